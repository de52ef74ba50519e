"""Treatments in the everyday words of visit notes: what goes on, what is to come, what helps, and what is none."""

from __future__ import annotations

import pytest
from tests.findings.test_therapy_prose import told
from tests.findings.test_therapy_told_so import one

KNEE = "CHIEF COMPLAINT: Knee pain.\n\n"


@pytest.mark.parametrize(
    ("text", "concept", "status", "response"),
    [
        ("HPI: She gets good relief from Ultram.", "opioid", "current", "good"),
        ("HPI: The pain responds well to Motrin.", "nsaid", "current", "good"),
        ("HPI: The pain responds partially to Motrin.", "nsaid", "current", "partial"),
        ("HPI: He obtains some relief from his brace.", "bracing", "current", "partial"),
        ("HPI: Relieving factors include ice and rest.", "heat_cold", "current", "partial"),
        ("HPI: Therapy has not been beneficial.", "physical_therapy", "past", "none"),
        ("HPI: She has knee pain. Prednisone did not help.", "oral_steroid", "past", "none"),
        ("HPI: Injections and medication have not helped.", "analgesic_unspecified", "past", "none"),
        ("HPI: He received a Toradol shot in the ER, which did not help.", "nsaid", "past", "none"),
    ],
)
def test_what_helps_now_goes_on_and_what_did_not_is_over(text: str, concept: str, status: str, response: str) -> None:
    told_of = one(KNEE + text, concept)
    assert (told_of["status"], told_of["response"]) == (status, response)


@pytest.mark.parametrize(
    ("text", "concept", "status"),
    [
        ("HPI: She is in her third week of therapy.", "physical_therapy", "current"),
        ("HPI: She just started therapy.", "physical_therapy", "current"),
        ("HPI: Therapy begins on Monday.", "physical_therapy", "planned"),
        ("HPI: He is scheduled to start therapy next week.", "physical_therapy", "planned"),
        ("HPI: She goes to the chiropractor weekly.", "chiropractic", "current"),
        ("HPI: He ambulates with a knee brace.", "bracing", "current"),
        ("HPI: She walks in a boot.", "bracing", "current"),
        ("HPI: He presents for consideration of an epidural injection.", "epidural_steroid_injection", "planned"),
        ("PLAN: Stay on Neurontin at the present dose.", "gabapentinoid", "current"),
        ("PLAN: Medications were refilled including Norco.", "opioid", "current"),
        ("PLAN: Referral has been made to physical therapy.", "physical_therapy", "planned"),
        ("PLAN: Return to therapy.", "physical_therapy", "planned"),
        ("PLAN: Ice after activity.", "heat_cold", "planned"),
        ("PLAN: Heat to the area as needed.", "heat_cold", "planned"),
        ("PLAN: Wear the brace when up and about.", "bracing", "planned"),
    ],
)
def test_what_goes_on_or_is_to_come_is_told_in_plain_words(text: str, concept: str, status: str) -> None:
    assert one(KNEE + text, concept)["status"] == status


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("PLAN: Refer to physical therapy for strengthening and range of motion.", "home_exercise"),
        ("PLAN: PT for stretching and strengthening.", "home_exercise"),
        ("HPI: He was given an injection of Toradol.", "injection_unspecified"),
        ("PLAN: Toradol injection today.", "joint_injection"),
        ("PLAN: Blood pressure is controlled with medication and exercise.", "analgesic_unspecified"),
        ("PLAN: Heat intolerance is new.", "heat_cold"),
    ],
)
def test_the_aim_of_therapy_and_the_shot_of_a_drug_are_no_treatments_of_their_own(text: str, concept: str) -> None:
    assert not told(KNEE + text, concept)


def test_a_home_program_beside_therapy_is_one_of_its_own() -> None:
    text = KNEE + "PLAN: Physical therapy for stretching, strengthening and a home exercise program."
    assert one(text, "home_exercise")["status"] == "planned"


def test_what_is_to_be_reached_in_therapy_was_not_done() -> None:
    text = KNEE + "SHORT TERM GOAL TO BE REACHED WITHIN FOUR WEEKS:\n1. Independent with a home exercise program."
    assert one(text, "home_exercise")["status"] == "planned"


def test_injections_of_two_joints_are_joint_injections() -> None:
    told_of = one("HPI: He has had injections in both shoulders and the right knee.", "joint_injection")
    assert set(told_of["region"]) == {"shoulder", "knee"}


def test_injections_of_the_back_and_a_joint_stay_unnamed() -> None:
    assert one("HPI: He has had injections in his low back and the right knee.", "injection_unspecified")


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("HPI: He had surgery on his neck and low back.", "spine_surgery"),
        ("HPI: He had surgery on both knees and the right shoulder.", "joint_surgery"),
        ("HPI: She had surgery for fractures of the left hip and right knee.", "joint_surgery"),
        ("PROCEDURE: Decompression of the cervical and lumbar spine.", "spine_surgery"),
    ],
)
def test_an_operation_in_two_places_is_read(text: str, concept: str) -> None:
    assert one(text, concept)


@pytest.mark.parametrize(
    ("text", "concept", "status"),
    [
        ("PLAN: Discontinue physical therapy.", "physical_therapy", "past"),
        ("PLAN: The brace can be discontinued.", "bracing", "past"),
        ("PLAN: I suggested that she not restart her methadone.", "opioid", "contraindicated"),
        ("PLAN: He should not take any more Vicodin.", "opioid", "contraindicated"),
        ("HPI: Naprosyn gives her a rash.", "nsaid", "contraindicated"),
        ("PLAN: Using sterile technique, Depo-Medrol was injected into the knee.", "joint_injection", "performed"),
        ("PLAN: The patient was given instructions on RICE therapy.", "heat_cold", "planned"),
    ],
)
def test_what_is_ended_refused_or_done_in_a_plan_is_told(text: str, concept: str, status: str) -> None:
    assert one(KNEE + text, concept)["status"] == status


def test_the_place_before_a_bracket_holds_for_all_that_it_lists() -> None:
    text = "HPI: He takes four drugs for his back (Celebrex, tramadol, gabapentin and Flexeril)."
    concepts = ("nsaid", "opioid", "gabapentinoid", "muscle_relaxant")
    assert [one(text, concept)["region"] for concept in concepts] == ["lumbar"] * 4


def test_an_operation_from_the_thoracic_into_the_lumbar_spine_lies_in_both() -> None:
    assert set(one("PROCEDURE: Posterior spinal fusion T10 to L3.", "spine_surgery")["region"]) == {
        "thoracic",
        "lumbar",
    }
    assert one("PROCEDURE: Anterior cervical fusion C6-T1.", "spine_surgery")["region"] == "cervical"
