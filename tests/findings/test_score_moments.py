"""Two scores that the telling of an injection sets against each other are of before and after, whatever the words."""

from datetime import date

import pytest

from mednec.findings import find
from mednec.model import Document, Finding


def read(text: str) -> list[Finding]:
    return find(Document("note.txt", text, dated=date(2026, 8, 25)))


def sides(text: str) -> dict[str, object]:
    return {str(f.get("when")): f.get("low") for f in read(text) if f.kind == "pain_score"}


@pytest.mark.parametrize(
    "told",
    [
        "Ache was 9, is 3.",
        "Her buttock ache had been a nine and is now a three.",
        "Calf pain 9 at the time, 3 a week later.",
        "9 that morning, 3 at the recheck.",
        "Before: 9. Since: 3.",
        "Pain on arrival 9, at follow-up 3.",
        "The leg fell from a nine to a three.",
        "It took the edge from a 9 to a 3.",
        "Aching 9 then, 3 since.",
        "Usual pain 9 the week before and 3 the week after.",
        "A nine going in, a three coming out.",
        "Prior to the shot 9; within two weeks it was 3.",
        "Leg pain used to be 9, now 3.",
        "A good deal less leg pain (9, now 3).",
        "Leg pain 9 beforehand, 3 at one month.",
        "Since the injection, the leg is 3; before it was 9.",
    ],
)
def test_a_number_gets_its_side_from_the_words_of_its_clause(told):
    assert sides(f"TFESI on 7/2/26. {told}") == {"before": 9, "after": 3}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Leg pain off the device 8, on the device 2.", {"before": 8, "after": 2}),
        ("With the leads in, leg pain was 2; without them it is 8.", {"before": 8, "after": 2}),
        ("Baseline: 8. During stimulation: 2.", {"before": 8, "after": 2}),
    ],
)
def test_a_trial_of_stimulation_is_told_by_on_and_off(told, expected):
    assert sides(f"Spinal cord stimulator trial last week. {told}") == expected


def test_a_list_of_times_behind_a_first_score_is_of_after():
    told = "MBB 8/4/26. NRS pre 7. 15 min: 3. 30 min: 1. 2 h: 1."
    assert [f.get("when") for f in read(told) if f.kind == "pain_score"] == ["before", "after", "after", "after"]


@pytest.mark.parametrize(
    "told",
    [
        "Ache was 9, she hopes for 3.",
        "Ache was 9, the goal is 3.",
        "Visits were 9, now 3.",
        "Nausea was 9, is 3.",
        "Tablets a day: 9 before, 3 after.",
        "The dose dropped from nine to three.",
        "Range of motion of the back 9 before, 3 after.",
        "Stress 9 at the time, 3 since.",
        "He cut down from nine to three cigarettes.",
        "Leg pain 9 now, 3 for an hour after.",
        "Leg pain 9. Anxiety is 3.",
        "Had it gone from 9 to 3, another would be planned.",
    ],
)
def test_what_is_hoped_for_or_no_pain_has_no_sides(told):
    assert sides(f"TFESI on 7/2/26. {told}") != {"before": 9, "after": 3}
