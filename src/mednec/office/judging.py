"""An audit's reading and the corrections of its case in, a judgement written down out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mednec.auditor import Judged, judge_reading, judgement_json
from mednec.corrections import FindingCorrection, StatusCorrection
from mednec.errors import MednecError
from mednec.exchange import Reading, from_bytes
from mednec.model import Determination, ServiceRequest, Status
from mednec.office.desk import Office
from mednec.requests import Fields, parse_request
from mednec.reviews import Standing, whose
from mednec.reviews.asking import REVIEWER
from mednec.store.tables import Audit, Case, Correction, Gap, Judgement, Person

LOOK_AGAIN = "The rules now give this another status than when it was overruled. Does the overruling still hold?"
HELD = 8  # readings that are kept in memory, for corrections that follow each other


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A judgement that was made before its turn to be written: it holds while request and corrections stay the same."""

    request: ServiceRequest
    corrections: Sequence[FindingCorrection | StatusCorrection]
    judged: Judged


def foresee(office: Office, case_id: str, reading: Reading) -> Foreseen:
    """Judge a case before anything is locked, since whoever writes meanwhile would wait; raises as `judge` does."""
    with office.database.read() as database:
        request, corrections = request_of(database.get_one(Case, case_id)), corrections_of(database, case_id)
    return Foreseen(request, corrections, judge_reading(reading, request, corrections))


def judge(database: Session, office: Office, audit_id: str, foreseen: Foreseen | None = None) -> str:
    """Write what an audit's reading says with the corrections of its case; the id of the judgement.

    It becomes the latest of the case. Raises PolicyError where no policy fits the request, MednecError where the
    audit has no reading yet.
    """
    audit, case = _audit(database, audit_id)
    database.execute(select(Case.id).where(Case.id == case.id).with_for_update(key_share=True))  # one number each
    judged = _still(database, case, foreseen) or judged_of(database, office, audit_id)
    number = database.scalar(select(func.max(Judgement.number)).where(Judgement.case_id == case.id)) or 0
    judgement = Judgement(
        number=number + 1,
        case_id=case.id,
        audit_id=audit.id,
        determination=judged.audit.determination,
        machine=judged.machine.determination,
        result=office.blobs.put(judgement_json(judged).encode()),
        corrections=applied(judged),
    )
    database.add(judgement)
    database.flush()
    database.add_all(
        _gap(judgement.id, one, standing)
        for one, standing in zip(judged.audit.determinations, judged.standings, strict=True)
    )
    database.flush()
    return judgement.id


def judged_of(database: Session, office: Office, audit_id: str) -> Judged:
    """What an audit says with the corrections that its case has now, for a report; raises as `judge` does."""
    audit, case = _audit(database, audit_id)
    reading = reading_of(office, audit)
    return judge_reading(reading, request_of(case), corrections_of(database, case.id))


def reading_of(office: Office, audit: Audit) -> Reading:
    """Documents and findings as an audit read them; MednecError where it is not done."""
    if audit.reading is None:
        raise MednecError("the chart has not been read yet; start the audit, or wait until it is done")
    blobs: Any = office.blobs
    return _reading(blobs, audit.reading)


def request_of(case: Case) -> ServiceRequest:
    """The request of a case."""
    lists = {name: tuple(values) for name, values in case.request["lists"].items()}
    return parse_request(Fields(case.request["texts"], lists))


def corrections_of(database: Session, case_id: str) -> list[FindingCorrection | StatusCorrection]:
    """The corrections of a case that are not withdrawn, in the order in which they were made."""
    rows = database.execute(
        select(Correction, Person.name)
        .join(Person, Person.id == Correction.person_id)
        .where(Correction.case_id == case_id, Correction.withdrawn.is_(None))
        .order_by(Correction.created, Correction.id)
    )
    return [correction_of(row, name) for row, name in rows]


def correction_of(row: Correction, by: str) -> FindingCorrection | StatusCorrection:
    """The record of a row; `by` is the person's name."""
    if row.of == "criterion":
        return StatusCorrection(
            id=row.id,
            action=row.action,
            criterion=row.target["criterion"],
            machine=Status(row.target["machine"]),
            status=Status(row.value["status"]),
            reason=row.reason,
            by=by,
            at=row.created,
        )
    given = {**row.target, **row.value}
    if given.get("quote"):
        given["quote"] = tuple(given["quote"])
    return FindingCorrection(id=row.id, action=row.action, reason=row.reason, by=by, at=row.created, **given)


def latest_judgement(database: Session, case_id: str) -> Judgement | None:
    """The judgement of a case that is shown."""
    asked = select(Judgement).where(Judgement.case_id == case_id).order_by(Judgement.number.desc()).limit(1)
    return database.scalars(asked).first()


def applied(judged: Judged) -> list[str]:
    """The ids of the corrections that hold."""
    of_findings = [one.correction.id for one in judged.corrected.outcomes if one.state == "holds"]
    return of_findings + [one.correction.id for one in judged.statuses if one.state == "holds"]


def _still(database: Session, case: Case, foreseen: Foreseen | None) -> Judged | None:
    """What was foreseen, where it still holds."""
    if foreseen is None or foreseen.request != request_of(case):
        return None
    return foreseen.judged if list(foreseen.corrections) == corrections_of(database, case.id) else None


@lru_cache(maxsize=HELD)
def _reading(blobs: Any, key: str) -> Reading:
    return from_bytes(blobs.get(key))


def _audit(database: Session, audit_id: str) -> tuple[Audit, Case]:
    audit = database.get(Audit, audit_id)
    case = database.get(Case, audit.case_id) if audit else None
    if audit is None or case is None:
        raise MednecError("there is no such audit, so nothing can be judged; start one from the case")
    return audit, case


def _gap(judgement_id: str, one: Determination, standing: Standing) -> Gap:
    question = next((lack.question for lack in one.gap), None) or next(iter(one.questions), None)
    owner = whose(one)
    if standing.overruled and standing.look_again:
        question, owner = LOOK_AGAIN, REVIEWER
    return Gap(
        judgement_id=judgement_id,
        criterion=one.criterion.key,
        status=str(one.status),
        required=one.criterion.strength == "required",
        asks=one.criterion.asks,
        question=question if owner else None,
        whose=owner,
    )
