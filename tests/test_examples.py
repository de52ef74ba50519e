"""The example charts are audited as their expected.yaml says, and the same way every time."""

from pathlib import Path

import pytest
import yaml

from mednec.auditor import audit_chart, read_chart
from mednec.model import Audit
from mednec.reports import to_html, to_json
from mednec.requests import parse_request, read_fields

EXAMPLES = sorted(path.parent for path in (Path(__file__).parents[1] / "examples").glob("*/expected.yaml"))
AUDITS: dict[Path, Audit] = {}


def audited(example: Path) -> Audit:
    """The audit of an example, made once."""
    if example not in AUDITS:
        AUDITS[example] = audit_chart(example / "chart", parse_request(read_fields(example / "request.yaml")))
    return AUDITS[example]


def otherwise(expected: dict[str, str | list[str]], found: dict[str, str]) -> dict[str, str | None]:
    """What was found where something else was expected (where a list is, one of it)."""
    several = {key: value if isinstance(value, list) else [value] for key, value in expected.items()}
    return {key: found.get(key) for key, values in several.items() if found.get(key) not in values}


@pytest.fixture(params=EXAMPLES, ids=lambda example: example.name)
def example(request):
    return request.param


@pytest.fixture
def expected(example):
    return yaml.safe_load((example / "expected.yaml").read_text(encoding="utf-8"))


def test_there_are_examples_of_every_outcome():
    outcomes = {yaml.safe_load((example / "expected.yaml").read_text())["determination"] for example in EXAMPLES}
    assert outcomes >= {"supported", "insufficient_documentation", "conflicting", "not_supported"}


def test_the_determination_is_as_expected(example, expected):
    assert audited(example).determination == expected["determination"]


def test_the_criteria_are_decided_as_expected(example, expected):
    statuses = {d.criterion.key: str(d.status) for d in audited(example).determinations}
    assert otherwise(expected["criteria"], statuses) == {}


def test_the_elements_are_judged_as_expected(example, expected):
    statuses = {element.key: element.status for element in audited(example).elements}
    assert otherwise(expected.get("elements", {}), statuses) == {}


def test_what_is_set_aside_and_warned_of_is_as_expected(example, expected):
    audit = audited(example)
    assert {item.document_id: item.reason for item in audit.excluded} == expected.get("excluded", {})
    assert {warning.kind for warning in audit.warnings} >= set(expected.get("warnings", ()))


def test_no_decision_rests_on_what_was_set_aside(example):
    audit = audited(example)
    aside = {item.document_id for item in audit.excluded}
    parts = (*audit.determinations, *audit.elements)
    assert not aside & {finding.document_id for part in parts for finding in part.findings}


def test_every_quote_stands_in_its_document(example):
    audit = audited(example)
    texts = {document.id: document.text for document in read_chart(example / "chart").documents}
    findings = [f for d in audit.determinations for f in (*d.findings, *d.against)]
    findings += [f for element in audit.elements for f in element.findings]
    assert findings
    assert all(texts[f.document_id][f.quote_start : f.quote_end] == f.quote for f in findings)


def test_what_decides_carries_evidence(example):
    audit = audited(example)
    bare = [
        d.criterion.key
        for d in audit.determinations
        if d.status in ("not_met", "conflicting", "exempt") and not (d.findings or d.against)
    ]
    assert bare == []


def test_auditing_again_gives_the_same_bytes(example):
    again = audit_chart(example / "chart", parse_request(read_fields(example / "request.yaml")))
    assert to_json(again) == to_json(audited(example))
    assert to_html(again) == to_html(audited(example))
