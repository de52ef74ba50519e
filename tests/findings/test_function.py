"""Scores of function: instrument, value, percent, before and after."""

import pytest

from mednec.findings import function
from mednec.findings.parse import parse
from mednec.model import Document


def read(text: str) -> list[tuple]:
    found = sorted(function.find(parse(Document(id="note", text=text))), key=lambda finding: finding.start)
    return [(f.concept, f.get("value"), f.get("percent"), f.get("when")) for f in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ODI today 27/50 (54%).", ("odi", 54, True, None)),
        ("Oswestry Disability Index: 23/50", ("odi", 23, None, None)),
        ("Oswestry Disability Index completed in the waiting room: 48%", ("odi", 48, True, None)),
        ("ODI repeated by phone 3/9: 31/50 = 62%.", ("odi", 62, True, None)),
        ("Neck Disability Index (NDI) score: 18/50, 36%", ("ndi", 36, True, None)),
        ("RMDQ score 15 out of 24", ("rmdq", 15, None, None)),
        ("PROMIS Physical Function T-score 34.2", ("promis", 34.2, None, None)),
        ("PEG 7.3", ("peg", 7.3, None, None)),
        ("Quick DASH 56.8%", ("dash", 56.8, True, None)),
        ("LEFS 28/80 (35%)", ("lefs", 35, True, None)),
        ("Timed Up and Go: 13 seconds", ("other_function_scale", 13, None, None)),
        ("Patient completed the Oswestry questionnaire today.", ("odi", None, None, None)),
    ],
)
def test_an_instrument_is_read_with_its_value(text, expected):
    assert read(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "ODI 54 -> 50%",
        "ODI: initial 54%, discharge 50%",
        "Pre-procedure ODI 54%; post-procedure ODI 50%.",
        "                INITIAL      DISCHARGE\nODI             54 %         50 %\n",
    ],
)
def test_a_change_is_a_value_before_and_one_after(text):
    assert read(text) == [("odi", 54, True, "before"), ("odi", 50, True, "after")]


def test_an_earlier_value_in_parentheses_is_a_finding_of_its_own():
    assert read("NDI 46% (52% at intake).") == [("ndi", 46, True, None), ("ndi", 52, True, "before")]


@pytest.mark.parametrize(
    "text",
    [
        "PEG tube in place.",
        "DASH diet advised.",
        "We will obtain an ODI at the next visit.",
        "Repeat ODI and NRS in 6 weeks.",
        "Goal: ODI less than 20%.",
        "LTG: improve ODI to 20% in 8 weeks.",
        "The MCID for the ODI is 10 points.",
        "ODI not completed today.",
        "Change in ODI of 4 points.",
    ],
)
def test_plans_goals_and_look_alikes_are_no_scores(text):
    assert read(text) == []


def test_the_distance_of_a_walk_test_is_quoted_where_it_stands():
    text = "A six-minute walk test was done. She walked 220 feet before the back pain stopped her."
    (finding,) = function.find(parse(Document(id="note", text=text)))
    assert finding.get("value") == 220
    assert "220 feet" in finding.quote


def test_what_was_reached_of_a_goal_is_a_score():
    listed = "Goals: (1) stand 30 min (2) ODI < 20%.\nGoal status 3/1/26: (1) NOT MET - 12 min  (2) NOT MET - 44%"
    assert read(listed) == [("odi", 44, True, None)]
    assert read("ODI below 20% - NOT MET (44%)") == [("odi", 44, True, None)]


def test_before_and_after_behind_the_values_say_when():
    told = read("HPI: TFESI on 08/04/2025: ODI 52% before, 24% after.")
    assert told == [("odi", 52, True, "before"), ("odi", 24, True, "after")]


@pytest.mark.parametrize(
    ("text", "whens"),
    [
        ("ODI 38% before and since.", ["before", "after"]),
        ("ODI 38% before and throughout.", ["before", "after"]),
        ("ODI 38% before, 36% since.", ["before", "after"]),
        ("ODI 38% before.", ["before"]),
    ],
)
def test_a_value_of_before_and_after_is_one_of_both(text, whens):
    assert [finding[-1] for finding in read(text)] == whens
