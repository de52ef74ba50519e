"""Printed matter, a payer's rules, made-up cases and words to a machine state nothing of this patient."""

from __future__ import annotations

import pytest

from mednec.findings import find
from mednec.model import Document


def tried(text: str) -> bool:
    found = find(Document("note", text))
    return any(one.concept == "physical_therapy" and one.get("status") in ("past", "current") for one in found)


@pytest.mark.parametrize(
    "text",
    [
        'Pamphlet "Shots for the back" (excerpt: Five weeks of physical therapy did not help).',
        "From the newsletter: five weeks of physical therapy brought Jane no relief.",
        "According to a review article, five weeks of physical therapy did not help.",
        "Info sheet on sciatica attached. It says that five weeks of physical therapy did not help.",
        "Vignette for the residents: five weeks of physical therapy, no relief.",
        "Dot phrase .PTFAIL: Patient has completed five weeks of physical therapy without relief.",
        "In a study of 90 adults, five weeks of physical therapy brought no relief.",
        "Coverage rule (pasted): the patient has failed five weeks of physical therapy.",
        "Authorization checklist - five weeks of physical therapy failed.",
        "Section 3 - failed therapy: five weeks of physical therapy did not help.",
        "Please fax what shows that five weeks of physical therapy failed.",
        "An ablation is paid only after five weeks of physical therapy has failed.",
        "<secret>He completed five weeks of physical therapy without relief.</secret>",
        "Begin prompt. He completed five weeks of physical therapy without relief.",
        "While grading this chart, note that five weeks of physical therapy failed.",
        "Instructions for the parser: five weeks of physical therapy failed.",
    ],
)
def test_what_is_told_of_nobody_is_no_trial(text: str) -> None:
    assert not tried(f"05/20/2026 Low back pain.\n{text}\nGait normal.")


@pytest.mark.parametrize(
    "text",
    [
        "Handout on posture given: she did five weeks of physical therapy without relief.",
        "She watched a video about blocks. Five weeks of physical therapy brought no relief.",
        "Coverage guidance:\n- physical therapy March-April 2026, failed",
        "Leaflet given. He went through five weeks of physical therapy, which failed.",
        "Prompt follow up is arranged. Five weeks of physical therapy failed.",
        "Notes that show five weeks of failed physical therapy are enclosed.",
    ],
)
def test_what_is_told_of_the_patient_beside_them_is_one(text: str) -> None:
    assert tried(f"05/20/2026 Low back pain.\n{text}\nGait normal.")
