"""What was changed to something else, how long relief lasted, and what is no treatment of this pain."""

from __future__ import annotations

from typing import Any

import pytest

from mednec.findings import find
from mednec.model import Document


def told(text: str, *concepts: str) -> list[dict[str, Any]]:
    found = find(Document("note", text))
    return [
        dict(one.attributes) for one in found if one.kind == "therapy" and (one.concept in concepts or not concepts)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HPI: He was switched from gabapentin to Lyrica for the leg pain.", ["past", "current"]),
        ("HPI: The morphine was changed to oxycodone.", ["past", "current"]),
        ("HPI: She would like her morphine changed to oxycodone.", ["current", "planned"]),
        ("PLAN: Switch from ibuprofen to meloxicam.", ["past", "planned"]),
        ("PLAN: I may suggest switching from OxyContin to methadone.", ["current", "planned"]),
        ("HPI: Naproxen was changed to meloxicam but without relief.", ["past", "past"]),
    ],
)
def test_a_drug_that_takes_the_place_of_another(text, expected):
    assert [one["status"] for one in told(text)] == expected


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("The relief lasted three months.", 90),
        ("Her relief lasted about three months before the pain returned.", 90),
        ("The effect wore off after six weeks.", 42),
        ("She would like another, as the relief from that lasted four to six months.", 120),
        ("Pain relief was 60% and lasted 10 weeks.", 70),
    ],
)
def test_the_next_sentence_tells_how_long_relief_lasted(words, days):
    assert [one["relief_days"] for one in told(f"HPI: Lumbar ESI in May helped. {words}")] == [days]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("PLAN: Suggested knee injections, but he denied.", "declined"),
        ("HPI: He has been to the clinic for an implantable stimulator, which was unsuccessful.", "past"),
        ("ASSESSMENT: Constipation from opiate use.", "current"),
        ("ASSESSMENT: Sedation, likely from large doses of opiates.", "current"),
        ("HPI: Before surgery she was taking high-dose gabapentin for the leg pain.", "past"),
        ("HPI: Knee pain. He was evaluated by our physical therapist.", "past"),
        ("PLAN: Continue water exercise for the arthritis.", "current"),
    ],
)
def test_how_a_treatment_stands(text, status):
    assert [one["status"] for one in told(text)] == [status]


def test_a_referral_to_evaluate_and_treat_has_its_frequency():
    found = told("PLAN: I recommended physical therapy evaluation and treatment twice weekly for four weeks.")
    assert [(one["per_week"], one["duration_days"]) for one in found] == [(2, 28)]


@pytest.mark.parametrize(
    "text",
    [
        "IMPRESSION: ITP, platelets stable. We discussed the treatment of ITP.",
        "HPI: Abdominal pain. After transient elevation, the enzymes returned to normal.",
        "HPI: He takes Adderall for ADHD. He notices when he does not take his medication.",
        "PLAN: I advised medication management if her lipids are elevated.",
        "PLAN: We talked of the possibility of a TURP surgical procedure.",
        "HPI: She sees a counselor and the therapy helps her depression.",
        "HPI: She is opposed to this treatment.",
    ],
)
def test_what_is_of_another_illness_is_no_treatment(text):
    assert told(text) == []


def test_a_complication_told_is_no_course():
    text = "DISCUSSION: I explained complications including ulcers from smoking or antiinflammatory intake."
    assert [one["status"] for one in told(text)] == ["other"]
