"""How long a pain lasts and what it limits, where the words beside them would mislead."""

from __future__ import annotations

from typing import Any

from mednec.findings import find
from mednec.model import Document


def told(text: str, kind: str) -> list[dict[str, Any]]:
    """The attributes of each finding of a kind."""
    return [dict(one.attributes) for one in find(Document(id="note", text=text)) if one.kind == kind]


def test_a_length_may_be_followed_by_its_cause() -> None:
    text = "HPI: Right knee pain for approximately three years secondary to a fall."
    assert [one.get("days") for one in told(text, "symptom_duration")] == [1095]


def test_the_day_of_a_treatment_is_no_onset() -> None:
    text = "HPI: She had an ablation for her back pain. She states that this occurred in October 2008."
    assert told(text, "symptom_duration") == []


def test_a_denied_list_limits_nothing() -> None:
    assert told("ROS: Denies joint pain, difficulty walking, etc.", "functional_limitation") == [{"limited": False}]
    text = "HPI: He denies numbness but has knee pain, difficulty walking."
    assert told(text, "functional_limitation") == [{"limited": True}]


def test_who_cannot_stand_it_can_stand() -> None:
    assert told("HPI: The pain was such that he could not stand it.", "functional_limitation") == []
    assert told("HPI: The pain is such that he cannot stand for long.", "functional_limitation") == [{"limited": True}]


def test_who_cannot_recall_is_not_limited() -> None:
    assert (
        told("HPI: With all the pain she could not recall the activities of that day.", "functional_limitation") == []
    )
