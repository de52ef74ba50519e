"""An audit in, JSON out: the audit contract, the same bytes for the same audit."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from mednec.exchange import plain
from mednec.model import (
    Audit,
    Determination,
    Document,
    Element,
    Finding,
    Policy,
    ServiceRequest,
    Session,
    SessionLimit,
    Warning,
)
from mednec.reports.ledger import Row, rows, written
from mednec.reports.passages import passages

TRIAL = (
    *("region", "start", "end", "weeks", "sessions", "response", "adherence", "failure_reason"),
    *("agent", "status", "relief_percent", "relief_days", "levels", "side"),
)


def to_json(audit: Audit) -> str:
    """The audit as indented JSON, with a newline at its end."""
    return json.dumps(as_data(audit), indent=1, ensure_ascii=False) + "\n"


def as_data(audit: Audit) -> dict[str, Any]:
    """The audit as plain dicts and lists, in the order of the contract."""
    return {
        "request": request_as_data(audit.request),
        "policy": policy_as_reference(audit.policy),
        "determination": audit.determination,
        "elements": [_element(element) for element in audit.elements],
        "criteria": [_criterion(determination) for determination in audit.determinations],
        "trials": [_trial(row) for row in rows(audit)],
        "excluded": [
            {"document_id": item.document_id, "reason": item.reason, "explanation": item.explanation}
            for item in sorted(audit.excluded, key=lambda item: (item.document_id, item.reason))
        ],
        "warnings": [_warning(warning) for warning in sorted(audit.warnings, key=_of_warning)],
        "documents": [_document(document) for document in audit.documents],
        "calendar": [_limit(limit) for limit in audit.calendar],
    }


def finding_as_data(finding: Finding) -> dict[str, Any]:
    """A finding in the fields of the findings contract, in their order."""
    return {
        "document_id": finding.document_id,
        "page": finding.page,
        "kind": finding.kind,
        "concept": finding.concept,
        "start": finding.start,
        "end": finding.end,
        "mention": finding.mention,
        "quote_start": finding.quote_start,
        "quote_end": finding.quote_end,
        "quote": finding.quote,
        "attributes": plain(dict(sorted(finding.attributes.items()))),
    }


def document_as_data(document: Document) -> dict[str, Any]:
    """A document with its text and page boundaries, as the product itself sees it."""
    pages = [{"number": page.number, "start": page.start, "end": page.end} for page in document.pages]
    return {**_document(document), "source": document.source, "pages": pages, "text": document.text}


def request_as_data(request: ServiceRequest) -> dict[str, Any]:
    """A request in the fields of a request file; what was not given is left out."""
    patient = {"name": request.patient.name, "birth_date": request.patient.birth_date}
    fields = {
        "service": request.service,
        "procedure": request.procedure,
        "date": request.dated,
        "side": request.side,
        "levels": request.levels,
        "diagnoses": request.diagnoses,
        "region": request.region,
        "policy": request.policy,
        "payer": request.payer,
        "state": request.state,
        "patient": {name: value for name, value in patient.items() if value is not None},
    }
    return {name: plain(value) for name, value in fields.items() if value not in (None, (), {})}


def policy_as_reference(policy: Policy) -> dict[str, Any]:
    """What an audit says of the policy that it applied."""
    source = policy.source
    return {
        "id": source.id,
        "version": source.version,
        "title": policy.title,
        "source": source.url,
        "publisher": source.publisher,
        "effective": plain(source.effective),
        "text": policy.id,
        "status": policy.status,
        "read": source.read,
    }


def _element(element: Element) -> dict[str, Any]:
    return {
        "key": element.key,
        "status": str(element.status),
        "missing": list(element.missing),
        "evidence": evidence_as_data(element.findings),
    }


def _criterion(determination: Determination) -> dict[str, Any]:
    criterion = determination.criterion
    return {
        "key": criterion.key,
        "status": str(determination.status),
        "required": criterion.strength == "required",
        "reason": determination.reason,
        "missing": list(determination.missing),
        "evidence": evidence_as_data((*determination.findings, *determination.against)),
        "against": evidence_as_data(determination.against),
        "questions": list(determination.questions),
        "asks": criterion.asks,
        "section": criterion.cites.section,
        "says": criterion.cites.says,
        "seen": criterion.cites.seen,
        "gap": [{"about": one.about, "facts": list(one.facts), "question": one.question} for one in determination.gap],
    }


def _trial(row: Row) -> dict[str, Any]:
    return {
        "concept": row.concept,
        **{name: plain(row.one(name)) for name in TRIAL},
        "contradicted": {name: plain(row.contradicted[name]) for name in TRIAL if name in row.contradicted},
        "distinct": row.distinct,
        "evidence": evidence_as_data(row.findings),
    }


def _limit(limit: SessionLimit) -> dict[str, Any]:
    least, most = limit.counted or (None, None)
    return {
        "key": limit.key,
        "allowed": limit.most,
        "window": limit.window,
        "days_apart": limit.gap,
        "counted": None if least is None else {"least": least, "most": most},
        "sessions": [_session(session) for session in limit.sessions],
        "breaking": [plain(day) for day in limit.breaking],
        "eligible": written(limit.eligible),
    }


def _session(session: Session) -> dict[str, Any]:
    return {
        "concept": session.concept,
        "date": written(session.day) if session.day and session.day.first > date.min else None,
        "certain": session.sure,
        "evidence": evidence_as_data(session.findings),
    }


def _warning(warning: Warning) -> dict[str, Any]:
    return {"kind": warning.kind, "message": warning.message, "evidence": evidence_as_data(warning.findings)}


def _of_warning(warning: Warning) -> tuple[str, str]:
    return warning.kind, warning.message


def _document(document: Document) -> dict[str, Any]:
    return {
        "document_id": document.id,
        "type": document.type,
        "date": plain(document.dated),
        "author": document.author,
        "signature": str(document.signature),
    }


def evidence_as_data(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """The passages that findings quote, each once, with their places."""
    return [
        {"document_id": p.document_id, "page": p.page, "start": p.start, "end": p.end, "quote": p.quote}
        for p in passages(findings)
    ]
