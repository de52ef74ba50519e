"""What is asked, doubted or told of patients in general is no trial of this patient."""

from __future__ import annotations

import pytest

from mednec.findings import find
from mednec.model import Document


def statuses(text: str) -> list[str]:
    return [one.get("status") for one in find(Document("note", text)) if one.concept == "physical_therapy"]


@pytest.mark.parametrize(
    "text",
    [
        "Left sciatica. Find out whether six weeks of physical therapy gave any relief.",
        "Left sciatica. There is no evidence that six weeks of physical therapy failed.",
        "Left sciatica. We doubt that physical therapy for six weeks failed.",
        "Left sciatica. He has heard that physical therapy does not help sciatica.",
        "Left sciatica. Most patients get no relief from physical therapy.",
    ],
)
def test_what_nobody_asserts_is_no_trial(text: str) -> None:
    assert set(statuses(text)) <= {"other"}


@pytest.mark.parametrize(
    "text",
    [
        "Asked whether physical therapy helped, she said it did not.",
        "Physical therapy for six weeks failed; see if an epidural helps.",
        "She learned exercises in physical therapy that did not help.",
        "The patient failed six weeks of physical therapy.",
    ],
)
def test_an_answer_and_a_statement_count(text: str) -> None:
    assert "past" in statuses(text)


def test_a_plan_in_a_question_stays_a_plan() -> None:
    assert statuses("Return in 4 weeks to determine if physical therapy is needed.") == ["planned"]
