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


def pain(text: str) -> list[int]:
    found = find(Document("note", f"05/20/2026 Low back pain for a year. {text}"))
    return [one.get("low") for one in found if one.kind == "pain_score"]


@pytest.mark.parametrize(
    "text",
    [
        "He'd settle for back pain of 4/10.",
        "Anticipated back pain at week 8: 2/10.",
        "Desired level of back pain 3/10.",
        "Keep the back pain at 3/10.",
        "Phone us where the back pain is 8/10.",
        "A tolerable back pain is 3/10.",
    ],
)
def test_a_score_that_is_wished_for_is_none(text: str) -> None:
    assert pain(text) == []


@pytest.mark.parametrize("text", ["He gets back pain of 6/10.", "Goal was 2/10, back pain is still at 6/10."])
def test_a_score_that_was_reached_is_one(text: str) -> None:
    assert pain(text) == [6]


@pytest.mark.parametrize(
    ("words", "milligrams"),
    [
        ("three ampules of triamcinolone 40 mg each", 120),
        ("triamcinolone 0.06 g", 60),
        ("dexamethasone 9000 mcg", 9),
    ],
)
def test_a_dose_is_told_in_any_unit(words: str, milligrams: int) -> None:
    note = f"Assessment: left L5 radiculopathy.\nPlan: left L5-S1 epidural under fluoroscopy, contrast, {words}."
    doses = [one.get("milligrams") for one in find(Document("note", note)) if one.concept == "injectate"]
    assert milligrams in doses


def test_degrees_fahrenheit_are_no_degrees_celsius() -> None:
    note = "Plan: lumbar radiofrequency ablation, thermal lesions at {} for 90 seconds."
    hot, cold = (find(Document("note", note.format(f"{degrees} degrees Fahrenheit"))) for degrees in (185, 85))
    assert [one.get("celsius") for one in hot if one.concept == "radiofrequency_mode"] == [85]
    assert [one.get("value") for one in cold if one.concept == "radiofrequency_mode"] == ["pulsed"]
