"""What several findings tell of one attribute in, the facts out: one where they agree, else several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from mednec.evidence.bounds import is_least
from mednec.evidence.sizes import near
from mednec.model import Fact, Finding

TOTALS = ("sessions", "duration_days", "relief_days")  # what can only grow while it goes on


class Told(NamedTuple):
    """A value, the day it was told, whether it was the state of that day only, and the finding."""

    value: Any
    day: date
    then: bool
    finding: Finding


def clusters(name: str, told: Iterable[Told], choose: Callable[[Sequence[Any]], Any] | None = None) -> tuple[Fact, ...]:
    """The values that remain: what is superseded falls, near ones merge, a lower bound joins what lies above it.

    The value of a cluster is that told last, or what `choose` takes of all.
    """
    items = sorted(told, key=_order)
    kept = [item for item in items if not any(_supersedes(later, item, name) for later in items)]
    firm = [item for item in kept if not any(_satisfies(other, item, name) for other in kept)]
    groups: list[list[Told]] = []
    for item in sorted(firm, key=lambda i: (_sortable(i.value), _order(i))):
        home = next((group for group in groups if near(name, group[0].value, item.value)), None)
        if home is None:
            groups.append([item])
        else:
            home.append(item)
    return tuple(_fact(name, group, [item for item in items if item not in firm], choose) for group in groups)


def unique(several: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings, each once, ordered by day, document and place."""
    seen: dict[tuple[str, int, int, str, str], Finding] = {}
    for finding in several:
        attributes = str(sorted(finding.attributes.items(), key=str))
        seen.setdefault((finding.document_id, finding.start, finding.end, finding.concept, attributes), finding)
    return tuple(
        sorted(seen.values(), key=lambda f: (str(f.dated or date.max), f.document_id, f.start, f.end, f.concept))
    )


def _fact(
    name: str, group: Sequence[Told], others: Sequence[Told], choose: Callable[[Sequence[Any]], Any] | None
) -> Fact:
    value = choose([item.value for item in group]) if choose else max(group, key=_order).value
    agreeing = [item for item in others if near(name, item.value, group[0].value) or _satisfies(group[0], item, name)]
    return Fact(value, unique(item.finding for item in [*group, *agreeing]))


def _supersedes(later: Told, item: Told, name: str) -> bool:
    """A running total gives way to what is told afterwards, unless that is smaller."""
    if not item.then or later.day <= item.day:
        return False
    numbers = _is_number(later.value) and _is_number(item.value)
    return not numbers or name not in TOTALS or later.value >= item.value


def _satisfies(other: Told, bound: Told, name: str) -> bool:
    """Whether 'more than six weeks' is borne out by an exact telling of eight."""
    if other is bound or not _is_number(other.value) or not _is_number(bound.value) or other.value < bound.value:
        return False
    return is_least(name, bound.finding) and not is_least(name, other.finding)


def _order(item: Told) -> tuple[date, str, int, int, str]:
    return (item.day, item.finding.document_id, item.finding.start, item.finding.end, str(item.value))


def _sortable(value: Any) -> tuple[int, float, str]:
    return (0, float(value), "") if _is_number(value) else (1, 0.0, str(value))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
