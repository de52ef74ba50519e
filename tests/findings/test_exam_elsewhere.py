"""What an examiner found on the eye, a wound or a voice, and tests told in other words."""

from __future__ import annotations

import pytest

from mednec.findings import find
from mednec.model import Document


def read(text: str) -> list[tuple[str, str | None, str | None]]:
    found = (one for one in find(Document("note", "PHYSICAL EXAMINATION: " + text)) if one.kind == "exam")
    return [(one.concept, one.get("result"), one.get("side")) for one in found]


@pytest.mark.parametrize(
    "text",
    [
        "Throat, no erythema. Nose, no swelling.",
        "The nephrostomy on the right is dry. No erythema, swelling or tenderness.",
        "There is 2+ edema to the level of the knees.",
        "Her speech is slow with poor flexion.",
        "The Beery Developmental Test of Visual Motor Integration was normal.",
    ],
)
def test_what_is_of_another_organ_is_no_finding(text: str) -> None:
    assert read(text) == []


def test_swelling_of_a_joint_counts() -> None:
    assert read("No swelling of the left knee.") == [("other_sign", "negative", "left")]


def test_a_leg_raise_that_hurts_nowhere_is_negative() -> None:
    tight = "Straight leg raising is limited by tight calves to 60 degrees but causes no leg or back pain."
    assert read(tight)[0] == ("straight_leg_raise", "negative", None)
    assert read("The right SLR is limited to 60 degrees, provoking leg pain.") == [
        ("straight_leg_raise", "positive", "right")
    ]


def test_neutral_toes_are_normal() -> None:
    assert read("Babinski's are neutral.") == [("reflex", "negative", None)]


def test_both_of_two_tests_are_no_two_sides() -> None:
    assert {side for _, _, side in read("There is pain with both Neer's and Hawkins testing.")} == {None}
    assert {side for _, _, side in read("Weakness of both legs.")} == {"bilateral"}


def test_a_maneuver_of_kemp_loads_the_facets() -> None:
    assert read("Kemp's maneuver is painful.") == [("facet_loading", "positive", None)]
