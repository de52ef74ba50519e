"""What is told in years and not counted is enough where the least that it can be is enough."""

from pathlib import Path

import pytest

from mednec.auditor import audit_chart
from mednec.requests import parse_request, read_fields

REQUEST = """service: facet.dx1
procedure: ["64493"]
date: 2026-06-09
side: left
levels: [L4-5]
policy: L38801
"""


def status(folder: Path, text: str) -> str:
    (folder / "request.yaml").write_text(REQUEST)
    (folder / "chart").mkdir()
    (folder / "chart" / "note.txt").write_text(f"Visit 05/20/2026. {text}")
    told = audit_chart(folder / "chart", parse_request(read_fields(folder / "request.yaml"))).determinations
    return next(str(one.status) for one in told if one.criterion.key == "facet.all.pain_duration_3m")


@pytest.mark.parametrize(
    "text",
    [
        "Low back pain for years.",
        "Decades of low back pain.",
        "Lifelong low back pain.",
        "Low back pain since childhood.",
        "Low back pain for as long as she can remember.",
        "She has lived with low back pain for half her life.",
    ],
)
def test_years_that_are_not_counted_are_more_than_three_months(tmp_path, text):
    assert status(tmp_path, text) == "met"


@pytest.mark.parametrize(
    "text", ["Low back pain for weeks.", "Low back pain for months.", "Low back pain for a while."]
)
def test_weeks_or_months_that_are_not_counted_are_not_surely_three_months(tmp_path, text):
    assert status(tmp_path, text) == "insufficient"


def test_more_than_so_many_weeks_may_be_enough(tmp_path):
    assert status(tmp_path, "Low back pain for more than 5 weeks.") == "insufficient"
