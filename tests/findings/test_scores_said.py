"""A score said in words, before its instrument or of 'it', is one; what only looks like it is none."""

from datetime import date

import pytest

from mednec.findings import find
from mednec.model import Document, Finding


def read(text: str, kind: str) -> list[Finding]:
    return [f for f in find(Document("note.txt", text, dated=date(2026, 8, 25))) if f.kind == kind]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("She scored 38% on the Oswestry.", 38),
        ("A 38 on the ODI.", 38),
        ("The Oswestry came out at thirty-eight percent.", 38),
        ("Tallied 14 on her Roland-Morris.", 14),
        ("Roland-Morris fourteen of twenty-four.", 14),
        ("The ODI works out to 38.", 38),
    ],
)
def test_a_disability_score_is_read_in_words_and_before_its_name(text, value):
    assert [f.get("value") for f in read(text, "function_score")] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "He would qualify with an ODI of 38.",
        "Needs a 38 on the ODI.",
        "Oswestry, 10 sections, left blank.",
        "Knew 38% of the questions on the Oswestry.",
    ],
)
def test_a_rule_or_a_count_is_no_disability_score(text):
    assert [f.get("value") for f in read(text, "function_score") if f.get("value")] == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Calf pain. She calls it a seven.", 7),
        ('Calf pain. "I\'d give it a seven."', 7),
        ("Ten being the worst, his calf pain is a seven.", 7),
        ("Calf pain. On a scale of one to ten he is a seven.", 7),
        ("Her low back runs 7/10.", 7),
        ("Her calf pain ranges from 7 to 8 on a 10-point scale.", 7),
        ("Calf pain, 70 mm on the hundred millimeter line.", 70),
    ],
)
def test_it_and_the_place_are_rated(text, value):
    assert [f.get("low") for f in read(text, "pain_score")] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "Calf pain. His nausea is bad, he calls it a seven.",
        "Calf pain. She gives the clinic a seven.",
        "Calf pain. Wants it at a three.",
    ],
)
def test_what_else_is_rated_is_no_pain(text):
    assert read(text, "pain_score") == []


def test_how_many_pills_a_day_is_no_score_of_an_injection():
    told = "Spinal cord stimulator trial last week. Hydrocodone went from eight a day to three."
    assert read(told, "pain_score") == []
