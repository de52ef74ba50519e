"""The work queue: what is planned, how ready its record is, and whose question is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import Session

from mednec.office.desk import Office, check
from mednec.requests import services
from mednec.reviews.asking import FRONT_OFFICE
from mednec.roles import Permission
from mednec.store.accounts import Visitor
from mednec.store.tables import Audit, Case, File, Gap, Judgement

READY, GAPS, FAILING, CONFLICTING, UNREAD, RUNNING = "ready", "gaps", "failing", "conflicting", "unread", "running"
READINESS = (FAILING, CONFLICTING, GAPS, UNREAD, RUNNING, READY)  # the worst first
RED = frozenset({FAILING, CONFLICTING, GAPS, UNREAD})  # somebody has to do something
BY_DETERMINATION = {
    "supported": READY,
    "insufficient_documentation": GAPS,
    "conflicting": CONFLICTING,
    "not_supported": FAILING,
    "not_covered": FAILING,
}
STATUS_ORDER = {"not_met": 0, "conflicting": 1, "insufficient": 2}
Found: TypeAlias = Row[*tuple[Any, ...]]  # some columns, by name
OF_CASE = (Case.id, Case.patient, Case.service, Case.planned, Case.payer, Case.clinician)
MOST_QUESTIONS = 3
NO_FILES = "The case has no documents yet. Which documents make up the chart?"
NOT_COVERED = "The policy does not cover this service at all. Is it the service that is meant, and the right policy?"


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """One required criterion that does not hold: what it asks, what to ask of whom."""

    criterion: str | None  # none: the question is about the case itself
    asks: str
    status: str
    question: str
    whose: str  # clinician | front office | reviewer


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One planned procedure. `stale` where files were added or removed since it was audited."""

    case_id: str
    patient: str | None
    service: str
    title: str
    planned: date
    days_left: int
    payer: str | None
    clinician: str | None
    readiness: str  # one of READINESS
    determination: str | None
    open_required: int
    questions: tuple[OpenQuestion, ...]  # the first of them
    stale: bool
    audit_id: str | None  # the latest
    audit_state: str | None
    fault: str | None  # why the latest audit failed, a sentence

    @property
    def is_red(self) -> bool:
        """Whether somebody has to do something."""
        return self.readiness in RED


def queue(
    office: Office,
    visitor: Visitor,
    *,
    since: date | None = None,
    until: date | None = None,
    clinician: str | None = None,
    today: date | None = None,
) -> list[QueueRow]:
    """The open cases planned from one day to another, both included: those that need somebody first, nearest first."""
    check(visitor, Permission.READ)
    wanted = [Case.practice_id == visitor.practice_id, Case.closed.is_(None)]
    wanted += [Case.planned >= since] if since else []
    wanted += [Case.planned <= until] if until else []
    wanted += [Case.clinician == clinician] if clinician else []
    with office.database.read() as database:
        rows = database.execute(_latest(wanted)).all()
        audits = _audits(database, wanted)
        files = _files(database, wanted)
        gaps = _gaps(database, wanted)
    day = today or date.today()  # the day of the office, as its people see it
    made = [_row(row, audits.get(row.id), files.get(row.id), gaps.get(row.judgement, []), day) for row in rows]
    return sorted(made, key=_order)


def latest_numbers() -> Select[*tuple[Any, ...]]:
    """The number of the latest judgement of each case."""
    return select(Judgement.case_id, func.max(Judgement.number).label("number")).group_by(Judgement.case_id)


def _latest(wanted: Sequence[ColumnElement[bool]]) -> Select[*tuple[Any, ...]]:
    last = latest_numbers().subquery()
    return (
        select(*OF_CASE, Judgement.id.label("judgement"), Judgement.determination)
        .outerjoin(last, last.c.case_id == Case.id)
        .outerjoin(Judgement, (Judgement.case_id == Case.id) & (Judgement.number == last.c.number))
        .where(*wanted)
    )


def _audits(database: Session, wanted: Sequence[ColumnElement[bool]]) -> Mapping[str, Found]:
    """The latest audit of each case; of those that were asked for at once, the one that is not over."""
    asked = select(Audit.case_id, Audit.id, Audit.state, Audit.fault, Audit.created, Audit.started)
    asked = asked.join(Case, Case.id == Audit.case_id)
    return {row.case_id: row for row in database.execute(asked.where(*wanted).order_by(Audit.created, Audit.id))}


def _files(database: Session, wanted: Sequence[ColumnElement[bool]]) -> Mapping[str, tuple[int, datetime | None]]:
    """How many files each case has, and when the last one was added or removed."""
    asked = (
        select(File.case_id, func.count() - func.count(File.removed), func.max(File.added), func.max(File.removed))
        .join(Case, Case.id == File.case_id)
        .where(*wanted)
        .group_by(File.case_id)
    )
    return {
        name: (count, max((moment for moment in (added, removed) if moment), default=None))
        for name, count, added, removed in database.execute(asked)
    }


def _gaps(database: Session, wanted: Sequence[ColumnElement[bool]]) -> Mapping[str, list[Found]]:
    """The required criteria of which there is a question, by judgement."""
    last = latest_numbers().subquery()
    asked = (
        select(Gap.judgement_id, Gap.criterion, Gap.asks, Gap.status, Gap.question, Gap.whose)
        .join(Judgement, Judgement.id == Gap.judgement_id)
        .join(last, (last.c.case_id == Judgement.case_id) & (last.c.number == Judgement.number))
        .join(Case, Case.id == Judgement.case_id)
        .where(*wanted, Gap.required, Gap.whose.is_not(None))
        .order_by(Gap.criterion)
    )
    found: dict[str, list[Found]] = {}
    for gap in database.execute(asked):
        found.setdefault(gap.judgement_id, []).append(gap)
    return found


def _row(
    case: Found,
    audit: Found | None,
    files: tuple[int, datetime | None] | None,
    open_: Sequence[Found],
    today: date,
) -> QueueRow:
    count, changed = files or (0, None)
    determination = case.determination
    asked = (_question(gap) for gap in sorted(open_, key=_urgency))
    questions = list({(one.question, one.whose): one for one in asked}.values())  # several criteria may ask the same
    if determination == "not_covered":
        questions.insert(0, OpenQuestion(None, NOT_COVERED, "not_covered", NOT_COVERED, FRONT_OFFICE))
    if not count:
        questions.insert(0, OpenQuestion(None, NO_FILES, "unread", NO_FILES, FRONT_OFFICE))
    return QueueRow(
        case_id=case.id,
        patient=case.patient,
        service=case.service,
        title=services().get(case.service, case.service),
        planned=case.planned,
        days_left=(case.planned - today).days,
        payer=case.payer,
        clinician=case.clinician,
        readiness=_readiness(determination, audit),
        determination=determination,
        open_required=sum(gap.status in STATUS_ORDER for gap in open_),
        questions=tuple(questions[:MOST_QUESTIONS]),
        stale=bool(case.judgement and audit and changed and changed > (audit.started or audit.created)),
        audit_id=audit.id if audit else None,
        audit_state=audit.state if audit else None,
        fault=audit.fault if audit and audit.state == "failed" else None,
    )


def _readiness(determination: str | None, audit: Found | None) -> str:
    if audit is not None and audit.state in ("queued", "running"):
        return RUNNING
    return BY_DETERMINATION.get(determination, UNREAD) if determination else UNREAD


def _urgency(gap: Found) -> tuple[int, str]:
    """What does not hold first, the worst before the others; then what is to be looked at again."""
    return STATUS_ORDER.get(gap.status, len(STATUS_ORDER)), gap.criterion


def _question(gap: Found) -> OpenQuestion:
    return OpenQuestion(gap.criterion, gap.asks, gap.status, gap.question or gap.asks, gap.whose or "")


def _order(row: QueueRow) -> tuple[Any, ...]:
    rank = 0 if row.is_red else 1 if row.readiness == RUNNING else 2
    return (rank, row.planned, READINESS.index(row.readiness), row.case_id)
