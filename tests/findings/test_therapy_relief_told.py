"""How much of the pain an injection took and how long that lasted, in the many words of those who tell it."""

from datetime import date

import pytest

from mednec.findings import find
from mednec.model import Document


def told(text: str, name: str) -> list[object]:
    document = Document("note.txt", f"TFESI right L4-5 on 03/02/2026. {text}", dated=date(2026, 7, 20))
    return [f.get(name) for f in find(document) if f.kind == "therapy" and f.concept == "epidural_steroid_injection"]


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("Eighty percent of the calf pain is gone.", 80),
        ("It lifted four fifths of her leg pain.", 80),
        ("He puts the relief at 65%.", 65),
        ("Leg pain went down by 60 percent.", 60),
        ("There is 70% less leg pain.", 70),
        ("Her leg pain was halved.", 50),
        ("Only a quarter of the leg pain remains.", 75),
        ("A drop of the leg pain by 40% was noted.", 40),
    ],
)
def test_a_part_of_the_pain_is_a_percent_of_relief(text, percent):
    assert told(text, "relief_percent") == [percent]


@pytest.mark.parametrize(
    "text",
    [
        "Eighty percent of the numbness is gone.",
        "Less than half of the leg pain went away.",
        "He hopes for 65% relief.",
        "Her brother had 70% less pain with his.",
        "Her leg pain was halved for an hour.",
        "Sleep is 70% better.",
        "Eighty percent of the neck pain is gone.",
        "Most people lose 70% of the leg pain.",
    ],
)
def test_a_part_of_something_else_is_none(text):
    assert told(text, "relief_percent") == [None]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Sixteen good weeks.", 112),
        ("Leg quiet for four months.", 120),
        ("No leg pain for fifteen weeks.", 105),
        ("Duration of benefit: 14 weeks.", 98),
        ("It took four months for the pain to creep back.", 120),
        ("Fifteen weeks later he is still comfortable.", 105),
        ("The leg did not bother him until July 4.", 124),
        ("Relief ended on 07/04.", 124),
        ("It came back ten days ago.", 130),
        ("Leg pain 8 to 2 ever since.", 140),
        ("The relief holds to this day.", 140),
        ("Leg pain 8 to 2, through June.", 110),
    ],
)
def test_the_length_of_a_good_time_is_that_of_relief(text, days):
    assert told(text, "relief_days") == [days]


@pytest.mark.parametrize(
    "text",
    [
        "Sore for sixteen weeks.",
        "No relief in the sixteen weeks since.",
        "The pain has been back for sixteen weeks.",
        "Off work for four months.",
        "Her sister did well for four months.",
        "Relief should last four months.",
        "He was told that relief lasts four months in most people.",
        "Leg pain the same ever since.",
        "Numb ever since.",
        "The injection was four months ago.",
    ],
)
def test_the_length_of_anything_else_is_not(text):
    assert told(text, "relief_days") == [None]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Leg pain 8 before. 04/02: 2. 05/04: 3. 06/15: 3.", [105]),
        ("NRS 8 pre; 3 at 2 wks, 3 at 6 wks, 3 at 14 wks, 7 at 18 wks.", [98]),
        ("Leg pain 8 before; 3 at 2 weeks, 7 at 6 weeks.", [14]),
        ("Leg pain 8 before; 3 at 2 weeks, 7 at 16 weeks.", [None]),
        ("Leg pain 8 before; 3 at 2 weeks, 3 at 6 weeks.", [None]),
    ],
)
def test_scores_with_their_times_tell_how_long_relief_held(text, days):
    assert told(text, "relief_days") == days
