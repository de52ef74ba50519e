"""What an examination says of movement in verbs, and signs that are a disease's name or of the skin."""

from __future__ import annotations

import pytest

from mednec.findings import find
from mednec.model import Document


def signs(text: str) -> list[tuple[str, object]]:
    """The concept and the result of each finding of an examination."""
    found = find(Document(id="note", text=text))
    return [(one.concept, one.get("result")) for one in found if one.kind == "exam"]


@pytest.mark.parametrize(
    "told",
    [
        "Left shoulder: She is unable to actively raise her arm due to pain.",
        "Right knee: He cannot fully extend the knee.",
        "Right shoulder: There is an inability to abduct the arm.",
    ],
)
def test_who_cannot_move_a_joint_has_less_motion(told: str) -> None:
    assert signs(f"PHYSICAL EXAMINATION:\n{told}") == [("range_of_motion", "positive")]


@pytest.mark.parametrize(
    "told", ["No evidence of erythema nodosum.", "She has fair bed mobility.", "The lesion is slightly red."]
)
def test_the_skin_and_the_bed_are_no_signs_of_a_joint(told: str) -> None:
    assert signs(f"PHYSICAL EXAMINATION:\n{told}") == []
