"""The length of a course that is told by the week or day it has come to."""

from __future__ import annotations

import pytest

from mednec.findings import find
from mednec.model import Document


def length(text: str) -> int | None:
    found = find(Document("note", text))
    told = (one.get("duration_days") for one in found if one.concept in ("physical_therapy", "home_exercise"))
    return next((days for days in told if days), None)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("He is in his sixth week of lumbar PT without improvement.", 35),
        ("She finished the 8th week of PT for the back; no relief.", 56),
        ("Now in week seven of neck PT with no effect.", 42),
        ("Left leg and low back pain. PT for the back: discharged today after seven weeks, unchanged.", 49),
        ("He came through the fifth and last week of physical therapy no better.", 35),
    ],
)
def test_a_course_is_as_long_as_the_weeks_that_are_over(text: str, days: int) -> None:
    assert length(text) == days


@pytest.mark.parametrize(
    "text",
    ["PT will start in week six.", "She is in week 30 of her pregnancy. PT helped.", "PT begins after six weeks."],
)
def test_the_week_of_something_else_is_no_length_of_a_course(text: str) -> None:
    assert length(text) is None


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("PT for the back, a 6 week program, stopped at week 2.", 7),
        ("Physical therapy for the neck, 8 weeks, which she quit after three weeks.", 21),
        ("PT for the back for 8 weeks, stopped smoking in week 3.", 56),
    ],
)
def test_a_program_that_was_broken_off_is_as_long_as_it_was_kept(text: str, days: int) -> None:
    assert length(text) == days
