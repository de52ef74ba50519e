"""Policy files in, where their texts overlap in time or leave a hole out: a request has to meet exactly one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import yaml

from mednec.policies.reading import text_of

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """One source of one file: from when to when it holds, where, for which payer and services."""

    file: str
    line: int
    name: str
    payer: str
    services: frozenset[str]
    states: frozenset[str]
    first: date
    last: date
    by_name: bool  # taken by its number alone, so that it never competes with another


def between_files(files: Sequence[Path]) -> list[str]:
    """The overlaps and the holes between the revisions of each source, and between the sources of each state."""
    periods = [period for path in files for period in _periods(path)]
    return [*_of_sources(periods), *_of_states(periods)]


def _periods(path: Path) -> Iterator[Period]:
    data = yaml.load(text_of(path), Loader=yaml.CSafeLoader)
    lines = _lines(path)
    for place, source in enumerate(data["sources"]):
        first, last = source.get("effective"), source.get("ends")
        yield Period(
            file=path.name,
            line=lines[place],
            name=str(source["id"]),
            payer=str(data["payer"]),
            services=frozenset([*(data["services"] or {}), *(data.get("not_covered") or {})]),
            states=frozenset(source.get("states") or ()),
            first=first if isinstance(first, date) else date.min,
            last=last if isinstance(last, date) else date.max,
            by_name=bool(source.get("by_name")),
        )


def _lines(path: Path) -> list[int]:
    root: Any = yaml.compose(text_of(path), Loader=yaml.CSafeLoader)
    sources = next(value for key, value in root.value if key.value == "sources")
    return [item.start_mark.line + 1 for item in sources.value]


def _of_sources(periods: Sequence[Period]) -> Iterator[str]:
    """Revisions of one number: no day may have two of them, and none between them may have none."""
    for name, several in _grouped(periods, lambda period: [period.name]).items():
        ordered = sorted(several, key=lambda period: (period.first, period.last))
        for earlier, later in pairwise(ordered):
            where = f"{later.file}:{later.line}: '{name}'"
            if later.first <= earlier.last:
                until = f"to {earlier.last}" if earlier.last < date.max else "without end"
                yield f"{where} is in force from {later.first}, while {earlier.file} is still in force {until}"
            elif later.first > earlier.last + DAY:
                yield f"{where} is in force from {later.first}, but {earlier.file} only to {earlier.last}: a hole"


def _of_states(periods: Sequence[Period]) -> Iterator[str]:
    """Sources of one payer in one state: no service may have two of them on a day, and none between them a hole."""
    bound = [period for period in periods if period.states and not period.by_name]
    for (payer, state, service), several in sorted(_grouped(bound, _places).items()):
        ordered = sorted(several, key=lambda period: (period.first, period.last))
        what = f"'{service}' of {payer}"
        for one, other in combinations(ordered, 2):
            if one.name != other.name and other.first <= one.last:
                both = f"'{other.name}' and '{one.name}' ({one.file}) are both in force"
                yield f"{other.file}:{other.line}: {both} for {what} in {state} from {other.first}"
        for (first, last), later in _holes(ordered):
            yield f"{later.file}:{later.line}: {what} has no policy in {state} from {first} to {last}"


def _places(period: Period) -> Iterable[tuple[str, str, str]]:
    return [(period.payer, state, service) for state in period.states for service in period.services]


def _holes(ordered: Sequence[Period]) -> Iterator[tuple[tuple[date, date], Period]]:
    """The days between periods that none of them covers, each with the period that ends them."""
    until = ordered[0].last
    for period in ordered[1:]:
        if until < date.max and period.first > until + DAY:
            yield (until + DAY, period.first - DAY), period
        until = max(until, period.last)


def _grouped(periods: Iterable[Period], keys: Any) -> Mapping[Any, list[Period]]:
    groups: dict[Any, list[Period]] = {}
    for period in periods:
        for key in keys(period):
            groups.setdefault(key, []).append(period)
    return groups
