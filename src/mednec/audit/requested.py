"""The service request in, what its region, side and levels are, and how a finding's compare with them, out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from mednec.model import ServiceRequest

_REGION = {"C": "cervical", "T": "thoracic", "L": "lumbar", "S": "lumbar"}
_NEIGHBOURS = {"sacroiliac": ("sacroiliac", "lumbar", "abdomen_pelvis")}
# the low back is where sacroiliac pain is felt and treated, the pelvis what its exercises are named after
_LEVEL = re.compile(r"([CTLS])(\d{1,2})(?:\s*[-/]\s*([CTLS]?)(\d{1,2}))?", re.IGNORECASE)
_ORDER = [*(f"C{n}" for n in range(1, 8)), *(f"T{n}" for n in range(1, 13)), *(f"L{n}" for n in range(1, 6)), "S1"]
_EITHER_SIDE = ("bilateral", "midline", "central", "both")


def region_of(request: ServiceRequest) -> str | None:
    """The region of a request: as given, else from its levels, else from its service."""
    if request.region:
        return request.region
    regions = regions_of(request)
    if regions:
        return regions[0]
    return "sacroiliac" if request.service.startswith("sij") else None


def regions_of(request: ServiceRequest) -> tuple[str, ...]:
    """The regions of the requested levels, each once; C7-T1 is cervical and L5-S1 lumbar."""
    names = (
        "sacroiliac" if level.upper().startswith("SI") else _REGION.get(level[:1].upper()) for level in request.levels
    )
    return tuple(dict.fromkeys(name for name in names if name))


def fits_region(value: Any, request: ServiceRequest, groups: Sequence[Sequence[str]] = ()) -> bool | None:
    """Whether a finding's region is the requested one; `groups` are regions that a policy counts as one."""
    wanted = region_of(request)
    if wanted is None:
        return None
    accepted = {*_NEIGHBOURS.get(wanted, (wanted,)), *(name for group in groups if wanted in group for name in group)}
    return any(region in accepted for region in _several(value))


def fits_side(value: Any, request: ServiceRequest) -> bool | None:
    """Whether a finding's side is the requested one; one side alone neither shows nor denies both."""
    if request.side not in ("left", "right"):
        return True if request.side != "bilateral" or value in _EITHER_SIDE else None
    return value == request.side or value in _EITHER_SIDE


def fits_levels(value: Any, request: ServiceRequest, reach: int = 0) -> bool | None:
    """Whether a finding's levels have one in common with the request's, or lie no more than `reach` levels away."""
    wanted = {level for name in request.levels if (level := span(name))}
    told = {level for name in _several(value) if (level := span(name))}
    if not wanted or not told:
        return None
    if all(first == last for first, last in wanted):
        return _fits_bodies({first for first, _ in wanted}, told, reach)
    stated = _joints(told)
    alike = {(one, other) for one in wanted for other in stated if (len(set(one)) == 1) == (len(set(other)) == 1)}
    if not alike:
        return None
    return any(abs(one[0] - other[0]) <= reach for one, other in alike)


def covers(name: str, value: Any, request: ServiceRequest) -> bool | None:
    """Whether a finding's levels hold all of the request's, or its side both of them where both are requested."""
    if name == "side":
        return value in _EITHER_SIDE if request.side == "bilateral" else fits_side(value, request)
    wanted, told = _alike(value, request)
    if not wanted or not told:
        return None
    nerves = not any("-" in str(level) for level in _several(value))
    return None if nerves and wanted & told and not wanted <= told else wanted <= told


def is_beyond(value: Any, request: ServiceRequest) -> bool | None:
    """Whether a finding's levels hold one that the request does not name."""
    wanted, told = _alike(value, request)
    return bool(told - wanted) if wanted and told else None


def _alike(value: Any, request: ServiceRequest) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """The joints of the request and those of a finding, where both name joints."""
    wanted = {level for name in request.levels if (level := span(name))}
    told = _joints({level for name in _several(value) if (level := span(name))})
    joints = {level for level in told if level[0] != level[1]}
    return ({level for level in wanted if level[0] != level[1]}, joints)


def _fits_bodies(bodies: set[int], told: set[tuple[int, int]], reach: int) -> bool:
    """Whether one of the levels is at a requested vertebral body: L4-5 is at L4 and at L5."""
    return any(min(abs(body - first), abs(body - last)) <= reach for body in bodies for first, last in told)


def reach_of(request: ServiceRequest) -> int:
    """How many levels away a cause may lie: one, and in the neck three, where injections are given low for safety."""
    return 3 if region_of(request) == "cervical" else 1


def joints_of(value: Any) -> int:
    """How many joints the levels of a finding are."""
    return len(_joints({level for name in _several(value) if (level := span(name))}))


def _joints(levels: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """The levels; neighboring nerves named alone (L3, L4 medial branches) stand for the joint that they supply."""
    nerves = {first for first, last in levels if first == last}
    if len(nerves) < 2 or len(nerves) < len(levels):
        return levels
    below = {nerve: 0 if _ORDER[nerve].startswith("C") else 1 for nerve in nerves}
    return {(n + below[n], n + below[n] + 1) for n in nerves if n + 1 in nerves} or levels


def span(level: str) -> tuple[int, int] | None:
    """The positions of the vertebrae that a level joins: L4-5 and L4-L5 are one; a single vertebra is its own span."""
    match = _LEVEL.match(level.strip())
    if match is None:
        return None
    first = f"{match[1].upper()}{match[2]}"
    last = f"{(match[3] or match[1]).upper()}{match[4]}" if match[4] else first
    if first not in _ORDER or last not in _ORDER:
        return None
    return _ORDER.index(first), _ORDER.index(last)


def fields(request: ServiceRequest) -> Mapping[str, Any]:
    """What can be asked of the request itself."""
    return {
        "levels": len(request.levels) or None,
        "regions": len(regions_of(request)) or (1 if region_of(request) else None),
        "side": request.side,
        "procedure": request.procedure or None,
        "service": request.service,
        "region": region_of(request),
        "diagnoses": request.diagnoses or None,
    }


def _several(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list | tuple) else (value,)
