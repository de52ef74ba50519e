"""The findings that people reviewed in, gold annotations out: JSON lines in the form of the findings contract."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mednec.corrections import FindingCorrection
from mednec.exchange import Reading, text_hash
from mednec.office.desk import Office, check, own_case
from mednec.office.judging import corrections_of, latest_judgement, reading_of
from mednec.reports import finding_as_data
from mednec.reviews import corrected
from mednec.roles import Permission
from mednec.store import trail
from mednec.store.accounts import Visitor
from mednec.store.tables import Audit, Case, Correction


def export_gold(office: Office, visitor: Visitor, case_id: str | None = None, *, texts: bool = False) -> str:
    """Every finding that a person confirmed, changed or added, a line each; those rejected are left out.

    Of one case, or of all of the practice. A document's id is the SHA-256 of its text; with `texts` the lines are the
    documents themselves (id, type, text) instead. Raises NotFound.
    """
    check(visitor, Permission.REVIEW)
    with office.database.begin() as database:
        if case_id is not None:
            own_case(database, visitor, case_id)
        lines = {
            json.dumps(line, ensure_ascii=False)
            for reading, said in _reviewed(database, office, visitor, case_id)
            for line in (_texts(reading, said) if texts else _findings(reading, said))
        }
        what = ("case", case_id) if case_id else ("practice", visitor.practice_id)
        trail.write(database, visitor, "export corrections", what, lines=len(lines), texts=texts)
    ordered = sorted((json.loads(line) for line in lines), key=_place)
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in ordered)


def _reviewed(
    database: Session, office: Office, visitor: Visitor, case_id: str | None
) -> Iterator[tuple[Reading, list[FindingCorrection]]]:
    """The chart of every case whose findings were reviewed, as read last, with what was said of it."""
    cases = (
        select(Correction.case_id)
        .join(Case, Case.id == Correction.case_id)
        .where(Case.practice_id == visitor.practice_id, Correction.of == "finding", Correction.withdrawn.is_(None))
        .distinct()
    )
    if case_id is not None:
        cases = cases.where(Correction.case_id == case_id)
    for name in database.scalars(cases).all():
        judgement = latest_judgement(database, name)
        if judgement is not None:
            said = [one for one in corrections_of(database, name) if isinstance(one, FindingCorrection)]
            yield reading_of(office, database.get_one(Audit, judgement.audit_id)), said


def _findings(reading: Reading, said: list[FindingCorrection]) -> Iterator[dict[str, Any]]:
    for outcome in corrected(reading, said).outcomes:
        for finding in outcome.said:
            line = finding_as_data(finding)
            line["document_id"] = text_hash(reading.document(finding.document_id))
            del line["page"]
            yield line


def _texts(reading: Reading, said: list[FindingCorrection]) -> Iterator[dict[str, Any]]:
    named = {one.document for one in said}
    for document in reading.documents:
        if (name := text_hash(document)) in named:
            yield {"id": name, "type": document.type, "text": document.text}


def _place(line: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(line.get(name, "") for name in ("id", "document_id", "start", "end", "kind", "concept"))
