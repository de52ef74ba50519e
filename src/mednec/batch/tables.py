"""An audit in, rows of the batch's tables out, and the schema of each table (docs/reference/batch.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from mednec.model import Audit, Finding
from mednec.reports import finding_as_data
from mednec.reports.json import as_data

Rows = dict[str, list[dict[str, Any]]]
TEXT, WHOLE, MANY = pa.string(), pa.int32(), pa.list_(pa.string())
PLACE = pa.struct([("document_id", TEXT), ("page", WHOLE), ("start", WHOLE), ("end", WHOLE), ("quote", TEXT)])
EVIDENCE = pa.list_(PLACE)
CHART = pa.field("chart", TEXT, nullable=False)


def _schema(*columns: tuple[str, pa.DataType]) -> pa.Schema:
    return pa.schema([CHART, *(pa.field(name, kind) for name, kind in columns)])


SCHEMAS: Mapping[str, pa.Schema] = {
    "audits": _schema(
        *(("service", TEXT), ("procedure", MANY), ("date", TEXT), ("month", TEXT), ("side", TEXT), ("levels", MANY)),
        *(("region", TEXT), ("payer", TEXT), ("state", TEXT), ("clinician", TEXT), ("policy", TEXT)),
        *(("policy_version", TEXT), ("policy_text", TEXT), ("policy_status", TEXT), ("publisher", TEXT)),
        *(("determination", TEXT), ("documents", WHOLE), ("required", WHOLE), ("failed", WHOLE), ("questions", MANY)),
        ("warnings", MANY),
    ),
    "elements": _schema(("key", TEXT), ("status", TEXT), ("missing", MANY), ("evidence", EVIDENCE)),
    "criteria": _schema(
        *(("key", TEXT), ("status", TEXT), ("required", pa.bool_()), ("reason", TEXT), ("missing", MANY)),
        *(("questions", MANY), ("asks", TEXT), ("section", TEXT), ("seen", TEXT), ("evidence", EVIDENCE)),
        ("against", EVIDENCE),
    ),
    "trials": _schema(
        *(("concept", TEXT), ("agent", TEXT), ("status", TEXT), ("region", TEXT), ("start", TEXT), ("end", TEXT)),
        *(("weeks", TEXT), ("sessions", TEXT), ("response", TEXT), ("relief_percent", TEXT), ("adherence", TEXT)),
        *(("failure_reason", TEXT), ("contradicted", TEXT), ("evidence", EVIDENCE)),
    ),
    "findings": _schema(
        *(("document_id", TEXT), ("page", WHOLE), ("kind", TEXT), ("concept", TEXT), ("start", WHOLE), ("end", WHOLE)),
        *(("mention", TEXT), ("quote_start", WHOLE), ("quote_end", WHOLE), ("quote", TEXT), ("attributes", TEXT)),
    ),
    "exclusions": _schema(("document_id", TEXT), ("reason", TEXT), ("explanation", TEXT)),
    "warnings": _schema(("kind", TEXT), ("message", TEXT), ("evidence", EVIDENCE)),
    "failures": _schema(("kind", TEXT), ("explanation", TEXT), ("clinician", TEXT)),
}
VISITS = ("office_visit", "consultation", "history_and_physical")
FAILED = ("not_met", "insufficient", "conflicting")


def rows_of_audit(chart: str, clinician: str | None, audit: Audit, findings: Iterable[Finding] = ()) -> Rows:
    """The rows of one audited chart, by table; `findings` only where that table is wanted."""
    data = as_data(audit)
    rows: Rows = {
        "audits": [_audit(data, audit, clinician)],
        "elements": data["elements"],
        "criteria": data["criteria"],
        "trials": [_trial(trial) for trial in data["trials"]],
        "findings": [_finding(finding) for finding in findings],
        "exclusions": data["excluded"],
        "warnings": data["warnings"],
    }
    return {table: [_fitting(SCHEMAS[table], chart, row) for row in found] for table, found in rows.items()}


def rows_of_failure(chart: str, clinician: str | None, kind: str, explanation: str) -> Rows:
    """The row of a chart that could not be audited, and why."""
    row = {"kind": kind, "explanation": explanation, "clinician": clinician}
    return {"failures": [_fitting(SCHEMAS["failures"], chart, row)]}


def _audit(data: Mapping[str, Any], audit: Audit, clinician: str | None) -> dict[str, Any]:
    policy, required = data["policy"], [one for one in data["criteria"] if one["required"]]
    failed = [one for one in required if one["status"] in FAILED]
    request: dict[str, Any] = {"payer": audit.policy.payer, **data["request"]}
    return {
        **request,
        "month": request["date"][:7],
        "clinician": clinician or _clinician(audit),
        "policy": policy["id"],
        "policy_version": policy["version"],
        "policy_text": policy["text"],
        "policy_status": policy["status"],
        "publisher": policy["publisher"],
        "determination": data["determination"],
        "documents": len(data["documents"]),
        "required": len(required),
        "failed": len(failed),
        "questions": [question for one in failed for question in one["questions"]],
        "warnings": sorted({warning["kind"] for warning in data["warnings"]}),
    }


def _clinician(audit: Audit) -> str | None:
    """Who wrote the last visit before the service, where the request does not say who ordered it."""
    visits = [one for one in audit.documents if one.type in VISITS and one.author and one.dated]
    latest = max(visits, key=lambda one: (one.dated, one.id), default=None)
    return latest.author if latest else None


def _trial(trial: Mapping[str, Any]) -> dict[str, Any]:
    """A course of treatment with its values as text: they may be a number, a list or nothing."""
    told = {name: _as_text(trial.get(name)) for name in SCHEMAS["trials"].names if name not in ("chart", "evidence")}
    return {**told, "evidence": trial["evidence"]}


def _finding(finding: Finding) -> dict[str, Any]:
    data = finding_as_data(finding)
    return {**data, "attributes": json.dumps(data["attributes"], ensure_ascii=False)}


def _as_text(value: Any) -> str | None:
    if value is None or value == {} or value == []:
        return None
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _fitting(schema: pa.Schema, chart: str, row: Mapping[str, Any]) -> dict[str, Any]:
    return {"chart": chart} | {name: row.get(name) for name in schema.names[1:]}


def arrow(table: str, rows: list[dict[str, Any]]) -> pa.Table:
    """The rows as an Arrow table of the documented schema."""
    return pa.Table.from_pylist(rows, schema=SCHEMAS[table])
