"""Treatments as clinics tell of them in passing: who no longer takes, never had, does not want or cannot have one."""

from __future__ import annotations

from typing import Any

import pytest
from tests.findings.test_therapy_prose import told


def one(text: str, concept: str) -> dict[str, Any]:
    """What is told of the only treatment of a concept."""
    (only,) = told(text, concept)
    return only


@pytest.mark.parametrize(
    ("text", "concept", "status"),
    [
        ("HPI: She denies ever having had an injection in her back.", "injection_unspecified", "not_tried"),
        ("HPI: The patient did not want to try gabapentin.", "gabapentinoid", "declined"),
        ("HPI: A fusion was advised but the patient was reluctant.", "spine_surgery", "declined"),
        ("HPI: Anti-inflammatories are off the table because of an ulcer.", "nsaid", "contraindicated"),
        ("PLAN: He should stay off ibuprofen.", "nsaid", "contraindicated"),
        ("PLAN: I do not see a role for surgery.", "spine_surgery", "contraindicated"),
        ("HPI: Dr. Kim did not feel that surgery was indicated for her neck.", "spine_surgery", "contraindicated"),
        ("HPI: He remains in physical therapy twice weekly.", "physical_therapy", "current"),
        ("HPI: He has completed six of twelve therapy sessions so far.", "physical_therapy", "current"),
        ("HPI: He was doing home exercises daily until about a month ago.", "home_exercise", "past"),
        ("HPI: He had been seeing a chiropractor until it became too expensive.", "chiropractic", "past"),
        ("HPI: She is currently out of her Ultram.", "opioid", "past"),
        ("HPI: Tramadol was added but she had to stop because of nausea.", "opioid", "past"),
        ("PLAN: Patient to continue Norco.", "opioid", "current"),
        ("HPI: She has an appointment next week for a second epidural.", "epidural_steroid_injection", "planned"),
        ("ASSESSMENT: Failed back with a spinal cord stimulator in place.", "spinal_cord_stimulator", "current"),
    ],
)
def test_what_is_told_in_passing_has_its_status(text: str, concept: str, status: str) -> None:
    assert one(text, concept)["status"] == status


@pytest.mark.parametrize(
    ("text", "concept", "response"),
    [
        ("HPI: Medications included Celebrex and Soma, none of which were helpful.", "nsaid", "none"),
        ("HPI: He underwent knee arthroscopy, with persistent pain afterward.", "joint_surgery", "none"),
        ("HPI: He has done poorly with bracing.", "bracing", "none"),
        ("HPI: Meloxicam has taken the edge off.", "nsaid", "partial"),
        ("HPI: He was treated conservatively with bracing and improved.", "bracing", "partial"),
    ],
)
def test_what_is_told_in_passing_has_its_effect(text: str, concept: str, response: str) -> None:
    assert one(text, concept)["response"] == response


def test_an_injection_into_a_bursa_is_one_of_a_joint() -> None:
    assert one("HPI: An injection into the bursa helped for a week.", "joint_injection")["status"] == "past"
