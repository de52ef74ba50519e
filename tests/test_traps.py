"""Traps in words of our own: what an auditor would fall for, and what he would not, class by class."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from mednec.auditor import audit_chart
from mednec.requests import parse_request, read_fields

REQUESTS = Path(__file__).parents[1] / "benchmarks/paintrap/requests.yaml"
TRAPS = sorted(Path(__file__).parent.glob("traps*.yaml"))


def traps() -> list[Any]:
    """Every trap of every class, each with the sentence that it stands for as its id."""
    classes = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in TRAPS]
    return [
        pytest.param(trap, id=f"{name} {number}")
        for one in classes
        for name, several in one.items()
        for number, trap in enumerate(several, 1)
    ]


@pytest.mark.parametrize("trap", traps())
def test_an_auditor_does_not_fall_for_it(trap: dict[str, Any], tmp_path: Path) -> None:
    requests = yaml.safe_load(REQUESTS.read_text(encoding="utf-8"))
    chart, request = tmp_path / "chart", tmp_path / "request.yaml"
    chart.mkdir()
    for name, text in _documents(trap["chart"]).items():
        (chart / name).write_text(text, encoding="utf-8")
    request.write_text(yaml.safe_dump(requests[trap["request"]]), encoding="utf-8")
    audit = audit_chart(chart, parse_request(read_fields(request)))
    said = next(one.status.value for one in audit.determinations if one.criterion.key == trap["criterion"])
    assert said in trap["status"], trap["chart"]


def _documents(chart: Any) -> dict[str, str]:
    return {"note.txt": chart} if isinstance(chart, str) else dict(chart)
