"""How clinicians talk of treatments day by day: short forms of what helped, stopped, goes on, is set or ruled out."""

from __future__ import annotations

import pytest

from mednec.findings import find
from mednec.model import Document


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ASSESSMENT: Back pain, failed PT, partial response to ESI.", [("past", "none"), ("past", "partial")]),
        ("HPI: Norco makes him loopy so he does not use it.", [("past", None)]),
        ("MEDICATIONS: Ibuprofen 800 mg (not taking).", [("past", None)]),
        ("HPI: Since stopping the naproxen the back pain is worse.", [("past", None)]),
        ("HPI: He keeps up with his home exercises.", [("current", None)]),
        ("HPI: She swears by her TENS unit.", [("current", None)]),
        ("HPI: A second ESI is set for next Tuesday.", [("planned", None)]),
        ("PLAN: RTC after PT.", [("planned", None)]),
        ("PLAN: I do not see a role for surgery of the back.", [("contraindicated", None)]),
        ("HPI: Injections have not been considered.", [("not_tried", None)]),
    ],
)
def test_a_treatment_in_everyday_talk(text, expected):
    found = [one for one in find(Document("note", text)) if one.kind == "therapy"]
    assert [(one.get("status"), one.get("response")) for one in found] == expected


def test_the_first_two_injections_are_not_the_first():
    found = [one for one in find(Document("note", "HPI: The first two ESIs worked well.")) if one.kind == "therapy"]
    assert (found[0].get("sessions"), found[0].get("ordinal")) == (2, None)


def effects(text: str) -> list[tuple[str, str | None]]:
    found = [one for one in find(Document("note", text)) if one.kind == "therapy"]
    return [(one.concept, one.get("response")) for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "HPI: Tried chiropractic, massage (helped), TENS (no help).",
            [("chiropractic", None), ("massage", "partial"), ("tens", "none")],
        ),
        (
            "HPI: Prior treatments: chiropractic, ESI (good relief), Norco.",
            [("chiropractic", None), ("epidural_steroid_injection", "good"), ("opioid", None)],
        ),
        (
            "HPI: Failed PT and NSAIDs (no relief).",
            [("physical_therapy", "none"), ("nsaid", "none")],
        ),
        (
            "ASSESSMENT: Good relief with PT, minimal benefit from cortisone injection.",
            [("physical_therapy", "good"), ("injection_unspecified", "partial")],
        ),
    ],
)
def test_an_effect_belongs_to_the_treatment_beside_which_it_is_told(text, expected):
    assert effects(text) == expected


def test_visits_kept_of_those_ordered_are_the_sessions():
    found = [one for one in find(Document("note", "HPI: She completed 10/12 PT visits.")) if one.kind == "therapy"]
    assert found[0].get("sessions") == 10
