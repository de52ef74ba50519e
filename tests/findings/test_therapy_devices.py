"""What is told of implants: where a lead lies is not where it hurts, an evaluation for one is no trial of it."""

from datetime import date

import pytest

from mednec.findings import find
from mednec.model import Document, Finding


def _of(text: str, concept: str, kind: str = "office_visit") -> list[Finding]:
    note = Document(id="note", text=text, type=kind, dated=date(2026, 6, 2))
    return [one for one in find(note) if one.kind == "therapy" and one.concept == concept]


@pytest.mark.parametrize(
    ("words", "region"),
    [
        ("PLAN: Percutaneous SCS trial, two leads, tips at T9, for the legs.", None),
        ("PLAN: Spinal cord stimulator trial, T8-9.", None),
        ("PLAN: Cervical SCS trial, C3-4.", "cervical"),
    ],
)
def test_where_a_lead_lies_is_not_where_it_hurts(words: str, region: str | None) -> None:
    assert [one.get("region") for one in _of(words, "spinal_cord_stimulator")] == [region]


@pytest.mark.parametrize(
    "text",
    [
        "Psychological evaluation for implantable neurostimulator    Date of service: 02/11/2026\nPHQ-9 (8). Cleared.",
        "Behavioral health screening - SCS trial    01/12/2026\nPHQ-9 6, no barrier.",
    ],
)
def test_who_is_evaluated_for_a_device_does_not_have_it(text: str) -> None:
    assert [one.get("status") for one in _of(text, "spinal_cord_stimulator", "psychological_evaluation")] == ["planned"]


def test_a_psychologist_may_tell_of_an_earlier_trial() -> None:
    text = "Psychological evaluation 02/11/2026. He had a stimulator trial in 2023 with 20% relief."
    assert [one.get("status") for one in _of(text, "spinal_cord_stimulator", "psychological_evaluation")] == ["past"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("A: SI joint pain for a year. P: SI joint injection under fluoroscopy, left.", "planned"),
        ("S: buttock pain. O: FABER positive. A: SI joint pain; P: SI joint injection, left.", "planned"),
        ("O: BP 120/70. P: 72. SI joint injection on the left in March.", "past"),
    ],
)
def test_the_plan_of_a_note_in_one_line_is_a_plan(text: str, status: str) -> None:
    assert [one.get("status") for one in _of(text, "sacroiliac_joint_injection")] == [status]
