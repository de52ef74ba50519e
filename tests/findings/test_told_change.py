"""A change of pain told in words gives both its sides, and how long relief held; what is hoped for does not."""

from datetime import date

import pytest

from mednec.findings import find
from mednec.model import Document, Finding


def read(text: str) -> list[Finding]:
    return find(Document("note.txt", text, dated=date(2026, 8, 25)))


def sides(text: str) -> dict[str, object]:
    return {str(f.get("when")): f.get("low") for f in read(text) if f.kind == "pain_score"}


def days(text: str) -> list[object]:
    return [f.get("relief_days") for f in read(text) if f.kind == "therapy"]


@pytest.mark.parametrize(
    "text",
    [
        "The TFESI on 3/3/26 did splendidly: 8/10 came down to 2/10.",
        "The TFESI on 3/3/26 brought it from 8/10 down to 2/10.",
        "TFESI 3/3/26 - 8/10 -> 2/10.",
        "After the TFESI leg pain 2/10, was 8/10.",
        "After the TFESI pain is now 2/10 vs 8/10 pre.",
        "After the TFESI pain is 2/10 compared with 8/10 beforehand.",
        "After the TFESI her pain held at 2 out of 10 against 8 before the procedure.",
        "The TFESI gave her pain 2 instead of 8.",
        "The TFESI kept him at 2/10 from 8/10.",
        "TFESI in March. She is at 2/10 where it had been 8/10.",
    ],
)
def test_both_sides_of_a_change_are_read(text):
    assert sides(text) == {"before": 8, "after": 2}


@pytest.mark.parametrize(
    "text",
    [
        "Pain 3/10 at rest vs 8/10 with walking.",
        "Now 7/10 pain, was 2/10 after the TFESI.",
        "A good result of the TFESI means going from 8/10 to 2/10, he was told.",
        "She hopes that the TFESI brings it from 8/10 down to 2/10.",
        "The TFESI did nothing: pain 8/10, was 8/10.",
        "Strength 2/5 was 4/5 after the TFESI.",
    ],
)
def test_what_is_hoped_for_or_of_another_moment_is_no_change(text):
    assert sides(text) != {"before": 8, "after": 2}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TFESI 3/3/26: 8/10 came down to 2/10 and held there for five months.", 150),
        ("The TFESI of 3/3/26 took it from an 8 to a 2, and it stayed that way for 14 weeks.", 98),
        ("TFESI 3/3/26 - 8/10 -> 2/10, sustained 4+ months.", 120),
        ("TFESI 3/3/26 gave four good months.", 120),
        ("The TFESI was a success: four months at 2/10, having been 8/10.", 120),
        ("The epidural held until about the middle of May, a little over five months.", 150),
        ("Her pain stayed at a 2 for sixteen weeks after the TFESI.", 112),
        ("More than half relief for five months from the first epidural.", 150),
        ("Better than half of her pain was gone for four months after the TFESI.", 120),
    ],
)
def test_how_long_relief_held_is_read(text, expected):
    assert days(text) == [expected]


@pytest.mark.parametrize(
    "text",
    ["After the TFESI warfarin was held for 5 days.", "The epidural held until May, just under six months."],
)
def test_what_was_held_otherwise_is_no_relief(text):
    assert days(text) == [None]


def test_half_of_the_relief_is_a_percent():
    found = [f.get("relief_percent") for f in read("More than half relief for five months from the first epidural.")]
    assert 50 in found
    assert all(f.get("relief_percent") is None for f in read("PT: half of the visits were missed."))
