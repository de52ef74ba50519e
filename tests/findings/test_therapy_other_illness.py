"""Unnamed care, massage or a wave of radio: which is that of another organ, and no treatment of a pain."""

from __future__ import annotations

import pytest

from mednec.findings import find
from mednec.model import Document


def treatments(text: str) -> list[str]:
    return [one.concept for one in find(Document("note", text)) if one.kind == "therapy"]


@pytest.mark.parametrize(
    "text",
    [
        "He has been on medical therapy since his coronary angiography.",
        "From a heart failure point of view, conservative management is planned.",
        "Tearing of both eyes. Conservative measures have failed to clear the symptoms.",
        "Hepatitis B, known for years. She does not take any treatment.",
        "The placenta came out whole. The massage was continued and the fundus became firm.",
        "The mole on the cheek was shaved with the radiofrequency loop.",
        "He had poison oak last year and got a steroid injection for it.",
        "PLAN: We will begin therapy with amiodarone.",
        "ASSESSMENT: Joint pain from lupus. PLAN: I may add leflunomide to her therapy.",
        "Her symptoms began when she heard that radiation therapy for the lymphoma was planned.",
    ],
)
def test_care_of_another_organ_is_no_treatment_of_pain(text: str) -> None:
    assert treatments(text) == []


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Her lumbar stenosis has failed conservative management.", "conservative_unspecified"),
        ("Knee pain despite diabetes control. Conservative measures have failed.", "conservative_unspecified"),
        ("She gets radiation therapy for the pain of her bone metastases.", "other_therapy"),
        ("Her back pain is better with massage.", "massage"),
        ("Neck pain. She is attending therapy twice a week.", "physical_therapy"),
    ],
)
def test_care_of_a_pain_beside_another_illness_counts(text: str, concept: str) -> None:
    assert concept in treatments(text)
