"""Conditions that are only asked about, looked for or gone."""

from __future__ import annotations

import pytest

from mednec.findings import find
from mednec.model import Document


def told(text: str, concept: str) -> list[str]:
    return [one.get("status") for one in find(Document("note", text)) if one.concept == concept]


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Axial low back pain. No radiculopathy? EMG pending.", "radiculopathy"),
        ("Axial low back pain. No radiculopathy work-up has been done.", "radiculopathy"),
        ("Left sciatica. MRI ordered for left L5-S1 herniation.", "disc_herniation"),
        ("Pain mostly in the left leg, axial in part.", "axial_pain"),
    ],
)
def test_what_is_asked_looked_into_or_partly_so_is_not_told(text: str, concept: str) -> None:
    assert told(text, concept) == []


def test_what_is_gone_is_history_and_an_answered_question_counts() -> None:
    assert told("MRI 2015 showed a left L5-S1 herniation, gone on the MRI of 05/2026.", "disc_herniation") == [
        "history"
    ]
    assert told("Axial low back pain. Any radiculopathy? No.", "radiculopathy") == ["absent"]
    assert told("MRI ordered because of known L4-5 stenosis.", "spinal_stenosis") == ["present"]
