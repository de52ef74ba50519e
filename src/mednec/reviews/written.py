"""The audit in force as data and what became of the corrections in, the judgement as data out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC
from typing import Any

from mednec.corrections import FindingCorrection, StatusCorrection
from mednec.exchange import plain
from mednec.model import Determination, Finding
from mednec.reviews.findings import Corrected, FindingOutcome
from mednec.reviews.statuses import Standing, StatusOutcome


def reviewed(
    audit: Mapping[str, Any],
    determinations: tuple[str, str],
    stand: Sequence[Standing],
    corrected: Corrected,
    statuses: Sequence[StatusOutcome],
) -> dict[str, Any]:
    """The audit with the review beside it: `determinations` are the machine's and that of corrected findings."""
    touched = [(one.correction.id, finding) for one in corrected.outcomes for finding in one.said]
    by_key = {one.machine.criterion.key: one for one in stand}
    data = {
        name: _marked(part, touched) if name in ("elements", "trials", "criteria", "warnings", "calendar") else part
        for name, part in audit.items()
    }
    data["criteria"] = [{**one, "review": _standing(by_key[one["key"]])} for one in data["criteria"]]
    machine, rules = determinations
    data["review"] = {
        "determination": {"machine": machine, "corrected": rules, "in_force": audit["determination"]},
        "findings": [_finding_outcome(one) for one in corrected.outcomes],
        "statuses": [{**_status(one.correction), "state": one.state} for one in statuses],
    }
    return data


def _standing(standing: Standing) -> dict[str, Any]:
    correction = standing.correction
    return {
        "by": standing.by,
        "machine": _decided(standing.machine),
        "corrected": _decided(standing.corrected),
        "correction": _status(correction) if correction else None,
        "look_again": standing.look_again,
    }


def _decided(determination: Determination) -> dict[str, Any]:
    return {
        "status": str(determination.status),
        "reason": determination.reason,
        "missing": list(determination.missing),
        "questions": list(determination.questions),
    }


def _status(correction: StatusCorrection) -> dict[str, Any]:
    return {
        "id": correction.id,
        "action": correction.action,
        "criterion": correction.criterion,
        "machine": str(correction.machine),
        "status": str(correction.status),
        **_told(correction),
    }


def _finding_outcome(outcome: FindingOutcome) -> dict[str, Any]:
    said = outcome.correction
    return {
        "id": said.id,
        "action": said.action,
        "state": outcome.state,
        "document": said.document,
        "kind": said.kind,
        "concept": said.concept,
        "start": said.start,
        "end": said.end,
        "number": said.number,
        "read": [_place(one) for one in outcome.read],
        "said": [_place(one) for one in outcome.said],
        **_told(said),
    }


def _told(correction: FindingCorrection | StatusCorrection) -> dict[str, str]:
    at = correction.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {"reason": correction.reason, "by": correction.by, "at": at}


def _place(finding: Finding) -> dict[str, Any]:
    return {
        "document_id": finding.document_id,
        "page": finding.page,
        "start": finding.quote_start,
        "end": finding.quote_end,
        "quote": finding.quote,
        "mention": finding.mention,
        "concept": finding.concept,
        "attributes": plain(dict(sorted(finding.attributes.items()))),
        "read_by": finding.read_by,
    }


def _marked(part: Any, touched: Iterable[tuple[str, Finding]]) -> Any:
    """The same data with the corrections named beside every passage that holds a finding that people spoke of."""
    if isinstance(part, list):
        return [_marked(one, touched) for one in part]
    if not isinstance(part, dict):
        return part
    if "quote" not in part:
        return {name: _marked(one, touched) for name, one in part.items()}
    names = [
        name
        for name, one in touched
        if one.document_id == part["document_id"] and part["start"] <= one.start and one.end <= part["end"]
    ]
    return {**part, "review": sorted(names)} if names else part
