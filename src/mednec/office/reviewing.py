"""Reviews: a person confirms, corrects, overrules or withdraws, and the case is judged anew in the same step."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from unicodedata import category

from sqlalchemy import select
from sqlalchemy.orm import Session

from mednec.errors import CorrectionError
from mednec.exchange import Reading, text_hash
from mednec.model import Document, Finding, Status
from mednec.office.cases import open_one
from mednec.office.desk import NotFound, Office, check, own_case
from mednec.office.judging import judge, latest_judgement, reading_of
from mednec.reviews import checked, kinds
from mednec.roles import Permission
from mednec.store import trail
from mednec.store.accounts import Visitor
from mednec.store.tables import Audit, Case, Correction, Judgement, Person, now

__all__ = [
    "CorrectionLine",
    "FindingPlace",
    "Reviewed",
    "Said",
    "add_finding",
    "change_finding",
    "confirm_finding",
    "confirm_status",
    "corrections_in",
    "kinds",
    "overrule",
    "reject_finding",
    "withdraw",
]

LONGEST_REASON = 2000  # characters


@dataclass(frozen=True, slots=True)
class FindingPlace:
    """Which finding is meant: the SHA-256 of its document's text, its kind and concept as read, and its mention.

    `number` tells findings apart that share all of that.
    """

    document: str
    kind: str
    concept: str
    start: int
    end: int
    number: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """What a finding should have been: attributes (None takes one away), concept, and the words that support it."""

    attributes: Mapping[str, Any] = field(default_factory=dict)
    concept: str | None = None
    quote: tuple[int, int] | None = None  # offsets; none: as it was read, or the sentence around the mention


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What a review did: the correction, the judgement made with it, and the determination now in force."""

    correction_id: str
    judgement_id: str
    determination: str


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """A correction as it is listed; `target` and `value` are those of mednec.corrections."""

    id: str
    of: str  # finding | criterion
    action: str
    target: Mapping[str, Any]
    reason: str
    by: str
    at: datetime
    withdrawn: datetime | None
    value: Mapping[str, Any] = field(default_factory=dict)


def confirm_finding(office: Office, visitor: Visitor, case_id: str, place: FindingPlace, reason: str = "") -> Reviewed:
    """Say that a finding was read rightly. Raises NotFound, CorrectionError where nothing is read there."""
    with _review(office, visitor, case_id, reason, needed=False) as review:
        review.seen(place)
        return review.of_finding("confirm", place, {})


def change_finding(
    office: Office, visitor: Visitor, case_id: str, place: FindingPlace, said: Said, reason: str
) -> Reviewed:
    """Say what a finding should have been: `said.attributes` over those that were read.

    Raises NotFound, and CorrectionError where nothing is read there or the vocabulary has no such value.
    """
    with _review(office, visitor, case_id, reason) as review:
        before = review.seen(place)
        concept = said.concept or review.concept(place)
        told = checked(place.kind, concept, {**before, **said.attributes}, before)
        quote = review.quote(place, said)
        return review.of_finding("change", place, {"attributes": told, "new_concept": concept, "quote": quote})


def reject_finding(office: Office, visitor: Visitor, case_id: str, place: FindingPlace, reason: str) -> Reviewed:
    """Say that a finding does not stand there. Raises NotFound, CorrectionError where nothing is read there."""
    with _review(office, visitor, case_id, reason) as review:
        review.seen(place)
        return review.of_finding("reject", place, {})


def add_finding(
    office: Office, visitor: Visitor, case_id: str, place: FindingPlace, said: Said, reason: str
) -> Reviewed:
    """Say that a finding stands at a place where it was not read.

    Raises NotFound, and CorrectionError where the place is not in a document or the vocabulary has no such value.
    """
    with _review(office, visitor, case_id, reason) as review:
        told = checked(place.kind, place.concept, said.attributes, {})
        return review.of_finding("add", place, {"attributes": told, "quote": review.quote(place, said)})


def confirm_status(office: Office, visitor: Visitor, case_id: str, criterion: str, reason: str = "") -> Reviewed:
    """Say that the status which the rules give a criterion is right. Raises NotFound, CorrectionError."""
    with _review(office, visitor, case_id, reason, needed=False) as review:
        machine = review.status(criterion)
        return review.of_status("confirm", criterion, machine, machine)


def overrule(
    office: Office, visitor: Visitor, case_id: str, criterion: str, status: Status | str, reason: str
) -> Reviewed:
    """Say which status holds for a criterion instead. Raises NotFound, CorrectionError."""
    with _review(office, visitor, case_id, reason) as review:
        if status not in tuple(Status):
            raise CorrectionError(f"there is no such status; there are: {', '.join(Status)}")
        return review.of_status("overrule", criterion, review.status(criterion), str(status))


def withdraw(office: Office, visitor: Visitor, correction_id: str, reason: str = "") -> Reviewed:
    """Take a correction back; it stays listed. Raises NotFound, CorrectionError where it was withdrawn before."""
    check(visitor, Permission.REVIEW)
    with office.database.begin() as database:
        row = database.get(Correction, correction_id)
        case = database.get(Case, row.case_id) if row else None
        if row is None or case is None or case.practice_id != visitor.practice_id:
            raise NotFound("there is no such correction; it may have been named wrongly, go back to the case")
        open_one(database, visitor, case.id)
        database.refresh(row)  # another request may have withdrawn it meanwhile
        if row.withdrawn:
            raise CorrectionError("this correction was withdrawn before; nothing was changed")
        row.withdrawn, row.withdrawn_by = now(), visitor.person_id
        database.flush()
        what = ("correction", row.id)
        trail.write(database, visitor, "withdraw correction", what, case=case.id, reason=_reason(reason, needed=False))
        return _judged(database, office, row.id, case.id)


def corrections_in(office: Office, visitor: Visitor, case_id: str) -> list[CorrectionLine]:
    """All corrections of a case, the latest first, those withdrawn among them. Raises NotFound."""
    check(visitor, Permission.READ)
    with office.database.read() as database:
        own_case(database, visitor, case_id)
        rows = database.execute(
            select(Correction, Person.name)
            .join(Person, Person.id == Correction.person_id)
            .where(Correction.case_id == case_id)
            .order_by(Correction.created.desc(), Correction.id)
        )
        return [
            CorrectionLine(c.id, c.of, c.action, c.target, c.reason, name, c.created, c.withdrawn, c.value)
            for c, name in rows
        ]


@contextmanager
def _review(office: Office, visitor: Visitor, case_id: str, reason: str, *, needed: bool = True) -> Iterator[_Review]:
    """A correction in one transaction; raises where the case cannot be reviewed or the reason is missing."""
    check(visitor, Permission.REVIEW)
    told = _reason(reason, needed=needed)
    with office.database.begin() as database:
        open_one(database, visitor, case_id)
        judgement = latest_judgement(database, case_id)
        if judgement is None:
            raise CorrectionError("this case has not been audited yet; start the audit, then review it")
        yield _Review(office, visitor, database, judgement, told)


@dataclass(frozen=True, slots=True)
class _Review:
    """One correction being made: the transaction, what was judged last, and the reason."""

    office: Office
    visitor: Visitor
    database: Session
    judgement: Judgement
    reason: str

    @property
    def reading(self) -> Reading:
        """The chart as it was read last."""
        return reading_of(self.office, self.database.get_one(Audit, self.judgement.audit_id))

    def document(self, place: FindingPlace) -> Document:
        """The document that a place names."""
        return document_of(self.reading, place.document)

    def seen(self, place: FindingPlace) -> Mapping[str, Any]:
        """The attributes that count at a place now: as a person said them last, or as they were read."""
        document, said = self.document(place), self._said(place)
        if said and said[-1].action in ("change", "add"):
            return dict(said[-1].value["attributes"])
        here = [one for one in self.reading.findings.get(document.id, ()) if _is_at(place, one)]
        if place.number < len(here):
            return here[place.number].attributes
        added = next((one for one in reversed(said) if one.action == "add"), None)
        if added is None:
            raise CorrectionError("nothing of that kind is read at this place; open the page again and choose it there")
        return dict(added.value["attributes"])

    def concept(self, place: FindingPlace) -> str:
        """The concept that counts at a place now."""
        last = next(iter(self._said(place)[-1:]), None)
        return (last.value.get("new_concept") if last else None) or place.concept

    def _said(self, place: FindingPlace) -> list[Correction]:
        """The corrections of a place that are not withdrawn, the latest last."""
        asked = select(Correction).where(
            Correction.case_id == self.judgement.case_id, Correction.of == "finding", Correction.withdrawn.is_(None)
        )
        rows = self.database.scalars(asked.order_by(Correction.created, Correction.id))
        return [row for row in rows if row.target == asdict(place)]

    def quote(self, place: FindingPlace, said: Said) -> list[int] | None:
        """The offsets of the supporting words, where they are given; they must hold the mention."""
        first, last = said.quote or (place.start, place.end)
        if not 0 <= first <= place.start < place.end <= last <= len(self.document(place).text):
            raise CorrectionError("the words that are meant do not stand in the document; mark them there again")
        return list(said.quote) if said.quote else None

    def status(self, criterion: str) -> str:
        """The status that the rules give a criterion, findings corrected."""
        data = json.loads(self.office.blobs.get(self.judgement.result))
        for one in data["criteria"]:
            if one["key"] == criterion:
                return str(one["review"]["corrected"]["status"])
        raise CorrectionError(
            "the policy of this case has no such requirement; open the page again and choose it there"
        )

    def of_finding(self, action: str, place: FindingPlace, value: Mapping[str, Any]) -> Reviewed:
        """Keep a correction of a finding, and judge."""
        told = {name: one for name, one in value.items() if one is not None}
        return self._kept(Correction(of="finding", action=action, target=asdict(place), value=told))

    def of_status(self, action: str, criterion: str, machine: str, status: str) -> Reviewed:
        """Keep a correction of a status, and judge."""
        target = {"criterion": criterion, "machine": machine}
        return self._kept(Correction(of="criterion", action=action, target=target, value={"status": status}))

    def _kept(self, row: Correction) -> Reviewed:
        row.case_id, row.person_id, row.reason = self.judgement.case_id, self.visitor.person_id, self.reason
        self.database.add(row)
        self.database.flush()
        said = {"status": row.value["status"]} if row.of == "criterion" else {}
        details = {"case": self.judgement.case_id, "target": row.target, "reason": self.reason, **said}
        trail.write(self.database, self.visitor, f"{row.action} {row.of}", ("correction", row.id), **details)
        return _judged(self.database, self.office, row.id, self.judgement.case_id)


def document_of(reading: Reading, name: str) -> Document:
    """The document of a chart whose text has this SHA-256; CorrectionError where there is none."""
    for document in reading.documents:
        if text_hash(document) == name:
            return document
    raise CorrectionError("the chart as it was read last has no such document; open the page again")


def _is_at(place: FindingPlace, one: Finding) -> bool:
    return (one.kind, one.concept, one.start, one.end) == (place.kind, place.concept, place.start, place.end)


def _judged(database: Session, office: Office, correction_id: str, case_id: str) -> Reviewed:
    latest = latest_judgement(database, case_id)
    if latest is None:
        raise CorrectionError("this case has not been audited yet; start the audit, then review it")
    judgement = database.get_one(Judgement, judge(database, office, latest.audit_id))
    return Reviewed(correction_id, judgement.id, judgement.determination)


def _reason(reason: str, *, needed: bool) -> str:
    told = " ".join("".join(sign for sign in reason if sign.isspace() or category(sign)[0] != "C").split())
    if needed and not told:
        raise CorrectionError("a correction needs a reason, so that whoever reads it later knows why; write one")
    if len(told) > LONGEST_REASON:
        raise CorrectionError(f"the reason is longer than {LONGEST_REASON} characters; shorten it")
    return told
