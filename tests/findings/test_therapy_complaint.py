"""The region of a treatment, where its sentence tells the complaint for which it is taken."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mednec.findings import find
from mednec.model import Document


def region(text: str, concept: str) -> Any:
    """The region of the only treatment of a concept."""
    found = find(Document("note", text, dated=date(2026, 5, 6)))
    (one,) = [one for one in found if one.kind == "therapy" and one.concept == concept]
    return dict(one.attributes).get("region")


@pytest.mark.parametrize(
    ("text", "concept", "expected"),
    [
        ("She has long-standing back pain and takes Percocet.", "opioid", "lumbar"),
        ("His neck and shoulder pain is managed with Celebrex.", "nsaid", ["cervical", "shoulder"]),
        ("Her headaches are treated with Fioricet.", "analgesic_unspecified", "head"),
        ("With regard to her hip pain, I recommend physical therapy.", "physical_therapy", "hip"),
        ("She has pain of both feet. For treatment, she tried ibuprofen.", "nsaid", "ankle_foot"),
        ("He is on three drugs for his neck (Celebrex, tramadol, Lyrica).", "opioid", "cervical"),
        ("PLAN: Instructed in neck and back exercises.", "home_exercise", ["cervical", "lumbar"]),
    ],
)
def test_a_treatment_is_for_the_complaint_that_its_sentence_names(text: str, concept: str, expected: Any) -> None:
    assert region(text, concept) == expected


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("He has been icing his knee and taking Tylenol.", "acetaminophen"),
        ("She takes Flexeril for back spasms and Norco at night.", "opioid"),
        ("She finished physical therapy and complains of pain in the knee.", "physical_therapy"),
        ("He took naproxen until he could see a hip specialist.", "nsaid"),
    ],
)
def test_the_region_of_something_else_is_not_that_of_the_treatment(text: str, concept: str) -> None:
    assert region(text, concept) is None
