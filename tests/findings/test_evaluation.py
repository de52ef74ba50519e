"""Evaluations: made, planned, declined or left out."""

import pytest

from mednec.findings import evaluation
from mednec.findings.parse import parse
from mednec.model import Document, Finding


def read(text: str) -> list[Finding]:
    return list(evaluation.find(parse(Document(id="note", text=text, type="office_visit"))))


@pytest.mark.parametrize(
    ("text", "concept", "expected"),
    [
        ("Psychological evaluation completed by Dr. Ames, cleared for the trial.", "psychological_evaluation", "past"),
        ("Referred for psychological evaluation before the trial.", "psychological_evaluation", "planned"),
        ("She declined the psychological evaluation.", "psychological_evaluation", "declined"),
        ("DEXA 2023 T -1.4.", "bone_density_evaluation", "past"),
        ("DXA ordered.", "bone_density_evaluation", "planned"),
        ("ORT 0.", "substance_use_screen", "past"),
        ("Evaluated by our multidisciplinary team.", "multidisciplinary_evaluation", "past"),
    ],
)
def test_the_state_of_an_evaluation(text: str, concept: str, expected: str) -> None:
    assert [(f.concept, f.get("status")) for f in read(text)] == [(concept, expected)]


def test_a_temperature_is_no_bone_density() -> None:
    assert read("BP 120/80, T 98.2, P 70.") == []


def test_the_date_of_a_past_evaluation_is_read() -> None:
    assert [f.get("date") for f in read("Osteopenia (DEXA 05/2025 T -1.9).")] == ["2025-05"]
