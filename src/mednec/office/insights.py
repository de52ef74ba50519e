"""The dashboard: which gaps recur, by whom and where, and how many open charts would fail today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mednec.office.desk import Office, check
from mednec.office.readiness import (
    OF_CASE,
    READY,
    RUNNING,
    STATUS_ORDER,
    UNREAD,
    Found,
    QueueRow,
    latest_numbers,
    queue,
)
from mednec.requests import services
from mednec.roles import Permission
from mednec.store.accounts import Visitor
from mednec.store.tables import Case, Gap, Judgement

NOBODY = "not named"
UNFIT = frozenset({READY, RUNNING, UNREAD})


@dataclass(frozen=True, slots=True)
class CaseRef:
    """A case behind a number."""

    id: str
    patient: str | None
    service: str
    planned: date
    is_open: bool  # whether the gap is open still


@dataclass(frozen=True, slots=True)
class RecurringGap:
    """A required criterion that did not hold in several charts: in `count` of them once, in `still` of them now."""

    criterion: str
    asks: str
    count: int
    still: int
    cases: tuple[CaseRef, ...]  # the latest planned first


@dataclass(frozen=True, slots=True)
class Group:
    """The judged cases of one clinician, service, payer or month: how many, how many had gaps, and which."""

    value: str
    label: str
    judged: int
    with_gaps: int
    gaps: tuple[RecurringGap, ...]  # the most frequent first


@dataclass(frozen=True, slots=True)
class Insights:
    """What a manager sees. `open_by_readiness` counts the open cases; `failing` are those that would fail today."""

    judged: int
    gaps: tuple[RecurringGap, ...]
    by_clinician: tuple[Group, ...]
    by_service: tuple[Group, ...]
    by_payer: tuple[Group, ...]
    by_month: tuple[Group, ...]
    open_by_readiness: Mapping[str, int]
    failing: tuple[QueueRow, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    """A gap of a case: whether it is open in the latest judgement."""

    case: Found
    criterion: str
    asks: str
    is_open: bool


def insights(
    office: Office, visitor: Visitor, *, since: date | None = None, until: date | None = None, today: date | None = None
) -> Insights:
    """What recurs in the cases planned from one day to another, closed ones too; what is open is as of now."""
    check(visitor, Permission.MANAGE)
    with office.database.read() as database:
        cases = _judged(database, visitor, since, until)
        seen = _seen(database, visitor, cases)
    rows = queue(office, visitor, today=today)
    counts = Counter(row.readiness for row in rows)
    return Insights(
        judged=len(cases),
        gaps=_gaps(seen),
        by_clinician=_groups(cases, seen, lambda case: case.clinician or NOBODY, str),
        by_service=_groups(cases, seen, lambda case: case.service, lambda key: services().get(key, key)),
        by_payer=_groups(cases, seen, lambda case: case.payer or NOBODY, str),
        by_month=tuple(sorted(_groups(cases, seen, _month, str), key=lambda group: group.value)),
        open_by_readiness=dict(counts),
        failing=tuple(row for row in rows if row.readiness not in UNFIT),
    )


def _judged(database: Session, visitor: Visitor, since: date | None, until: date | None) -> Mapping[str, Found]:
    """The cases that were judged, with the number of the latest judgement, by id."""
    last = latest_numbers().subquery()
    asked = select(*OF_CASE, last.c.number).join(last, last.c.case_id == Case.id)
    asked = asked.where(Case.practice_id == visitor.practice_id)
    asked = asked.where(Case.planned >= since) if since else asked
    asked = asked.where(Case.planned <= until) if until else asked
    return {row.id: row for row in database.execute(asked)}


def _seen(database: Session, visitor: Visitor, cases: Mapping[str, Found]) -> list[_Seen]:
    """Every required criterion that did not hold in some judgement of a case."""
    asked = (
        select(Judgement.case_id, Gap.criterion, func.max(Gap.asks), func.max(Judgement.number))
        .join(Judgement, Judgement.id == Gap.judgement_id)
        .join(Case, Case.id == Judgement.case_id)
        .where(Case.practice_id == visitor.practice_id, Gap.required, Gap.status.in_(STATUS_ORDER))
        .group_by(Judgement.case_id, Gap.criterion)
    )
    return [
        _Seen(cases[name], criterion, asks, number == cases[name].number)
        for name, criterion, asks, number in database.execute(asked)
        if name in cases
    ]


def _groups(
    cases: Mapping[str, Found],
    seen: Iterable[_Seen],
    key: Callable[[Found], str],
    label: Callable[[str], str],
) -> tuple[Group, ...]:
    """The groups, those with the most cases with gaps first."""
    judged = Counter(key(case) for case in cases.values())
    parts: dict[str, list[_Seen]] = {}
    for one in seen:
        parts.setdefault(key(one.case), []).append(one)
    made = [
        Group(
            value, label(value), count, len({one.case.id for one in parts.get(value, ())}), _gaps(parts.get(value, ()))
        )
        for value, count in judged.items()
    ]
    return tuple(sorted(made, key=lambda group: (-group.with_gaps, -group.judged, group.value)))


def _gaps(seen: Iterable[_Seen]) -> tuple[RecurringGap, ...]:
    parts: dict[str, list[_Seen]] = {}
    for one in seen:
        parts.setdefault(one.criterion, []).append(one)
    made = [
        RecurringGap(
            criterion=criterion,
            asks=several[0].asks,
            count=len(several),
            still=sum(one.is_open for one in several),
            cases=tuple(_ref(one) for one in sorted(several, key=lambda one: (one.case.planned, one.case.id))[::-1]),
        )
        for criterion, several in parts.items()
    ]
    return tuple(sorted(made, key=lambda gap: (-gap.count, gap.criterion)))


def _ref(one: _Seen) -> CaseRef:
    return CaseRef(one.case.id, one.case.patient, one.case.service, one.case.planned, one.is_open)


def _month(case: Found) -> str:
    return f"{case.planned:%Y-%m}"
