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
