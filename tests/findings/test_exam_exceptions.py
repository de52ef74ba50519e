"""What an examiner excepts, what can be done and what stands crooked: one weak muscle, heel walking, feet."""

import pytest

from mednec.findings import find
from mednec.model import Document


def examined(line: str) -> list[tuple[str, object, object]]:
    """Concept, result and side of each finding of an examination."""
    found = find(Document(id="note", text=f"PHYSICAL EXAMINATION: {line}", type="office_visit"))
    return [(one.concept, one.get("result"), one.get("side")) for one in found if one.kind == "exam"]


@pytest.mark.parametrize(
    "line",
    [
        "Motor strength is 5/5 in all groups except the right EHL, which is 4/5.",
        "Strength is 5/5 throughout except for the right deltoid, which was graded 4/5.",
        "Motor exam is 5/5 with the exception of the right tibialis anterior, which is 3/5.",
    ],
)
def test_the_excepted_muscle_is_weak_on_its_side_and_the_rest_is_strong(line: str) -> None:
    assert examined(line) == [("motor", "negative", None), ("motor", "positive", "right")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("He can heel and toe walk.", [("gait", "negative", None)]),
        (
            "She can heel walk but cannot toe walk on the left.",
            [("gait", "negative", None), ("gait", "positive", "left")],
        ),
        ("Pes planus is noted bilaterally.", [("other_sign", "positive", "bilateral")]),
        ("No bunions.", [("other_sign", "negative", None)]),
        ("The left leg is shortened and externally rotated.", [("other_sign", "positive", "left")]),
        ("Single leg stance is poor on the right.", [("other_sign", "positive", "right")]),
        ("The patient ambulates with contact guard assist.", [("gait", "positive", None)]),
        ("There is soreness at the PIP joint of the right index finger.", [("joint_tenderness", "positive", "right")]),
        ("Empty can test is positive.", [("other_sign", "positive", None)]),
    ],
)
def test_what_can_be_done_and_what_stands_crooked_is_found(
    line: str, expected: list[tuple[str, object, object]]
) -> None:
    assert examined(line) == expected
