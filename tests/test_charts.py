"""The whole charts under benchmarks/: none of their criteria is reported met that must not be."""

import importlib.util
import json
from pathlib import Path

import pytest

from mednec.auditor import audit_chart
from mednec.reports.json import as_data
from mednec.requests import parse_request
from mednec.requests.fields import read_fields

FOLDER = Path(__file__).parent.parent / "benchmarks" / "charts"
SPEC = importlib.util.spec_from_file_location("score", FOLDER / "score.py")
assert SPEC and SPEC.loader
score = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(score)
CHARTS = sorted(path.parent for path in FOLDER.glob("*/*/expected.json"))


@pytest.mark.parametrize("chart", CHARTS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_criterion_is_falsely_met(chart: Path) -> None:
    request = parse_request(read_fields(chart / "request.yaml"))
    audit = as_data(audit_chart(chart / "chart", request))
    expected = json.loads((chart / "expected.json").read_text(encoding="utf-8"))
    wrong = [name for group, name, right in score.rows(expected, audit) if group == "no false met" and not right]
    assert wrong == []


def test_there_are_charts() -> None:
    assert len(CHARTS) >= 80
