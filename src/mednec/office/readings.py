"""A case's chart as it was read last in, its documents and findings out as data: texts, pages, what stands where."""

from __future__ import annotations

from typing import Any

from mednec.exchange import Reading, text_hash
from mednec.model import Document
from mednec.office.desk import NotFound, Office, check, own_case
from mednec.office.judging import latest_judgement, reading_of
from mednec.office.looking import looked_at
from mednec.reports import document_as_data, finding_as_data
from mednec.roles import Permission
from mednec.store.accounts import Visitor
from mednec.store.tables import Audit


def documents_of(office: Office, visitor: Visitor, case_id: str) -> list[dict[str, Any]]:
    """The documents of a case as the latest judgement has them, each with its text and what the program reads there.

    `sha256` and a finding's `number` are what a correction names it by. Raises NotFound where nothing was judged yet.
    """
    check(visitor, Permission.READ)
    with office.database.read() as database:
        own_case(database, visitor, case_id)
        judgement = latest_judgement(database, case_id)
        if judgement is None:
            raise NotFound("this case has not been judged yet; start its audit, or wait until it is done")
        reading = reading_of(office, database.get_one(Audit, judgement.audit_id))
    looked_at(office, visitor, case_id)
    return [_document(reading, document) for document in reading.documents]


def _document(reading: Reading, document: Document) -> dict[str, Any]:
    counts: dict[tuple[Any, ...], int] = {}
    findings = []
    for finding in reading.findings.get(document.id, ()):
        same = (finding.kind, finding.concept, finding.start, finding.end)
        counts[same] = counts.get(same, -1) + 1
        findings.append({**finding_as_data(finding), "number": counts[same]})
    return {"sha256": text_hash(document), **document_as_data(document), "findings": findings}
