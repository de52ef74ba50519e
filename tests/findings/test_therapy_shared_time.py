"""The time spent on a treatment that its sentence tells, but not beside it; and times that are of something else."""

from __future__ import annotations

from datetime import date

import pytest

from mednec.findings import find
from mednec.model import Document


def days(text: str, concept: str = "physical_therapy") -> list[float | None]:
    found = find(Document("note", text, dated=date(2026, 5, 20)))
    return [one.get("duration_days") for one in found if one.kind == "therapy" and one.concept == concept]


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("Nine weeks of back pain; PT throughout, no better.", 63),
        ("PT for the back was taken up seven weeks ago and has not helped.", 49),
        ("For two months now she has kept up PT for her back, in vain.", 60),
        ("Over the course of six weeks he went through PT for his back, in vain.", 42),
        ("His back has hurt for five months, and for the last three he has been in PT, in vain.", 90),
        ("She spent the whole of March and most of April in PT for her back, in vain.", 46),
        ("Treated conservatively for 7 weeks with PT. No relief of the back pain.", 49),
        ("Five weeks' PT for the back failed.", 35),
        ("Six-plus weeks of PT for the back failed.", 42),
        ("PT/NSAID x 6 wk for the back, no help.", 42),
        ("PT for the back since early April, no help.", 40),
        ("Back pain\nDuration of treatment: 6 weeks\nTreatments: PT\nResult: none", 42),
        ("He started PT for his back in the first week of April and still goes.", 40),
    ],
)
def test_the_time_is_that_of_the_treatment(text: str, length: float) -> None:
    assert days(text) == [length]


@pytest.mark.parametrize(
    "text",
    [
        "Nine weeks of back pain throughout; PT tried.",
        "Nine weeks of back pain; PT since Monday.",
        "PT for the back was taken up seven weeks ago and dropped after one visit.",
        "For two months her back has hurt, and PT did not help.",
        "In the last 6 weeks he tried PT for his back.",
        "Seven weeks ago his back began to hurt; he started PT.",
        "For eight weeks she has been waiting for PT.",
        "His back has hurt for five months, and for the last three it has been worse; he tried PT.",
    ],
)
def test_the_time_is_of_something_else(text: str) -> None:
    assert [one for one in days(text) if one] == []


def test_what_is_only_required_was_not_gone_through() -> None:
    found = find(Document("note", "Six weeks of PT are required by the plan.", dated=date(2026, 5, 20)))
    assert [one.get("status") for one in found if one.concept == "physical_therapy"] == ["other"]
