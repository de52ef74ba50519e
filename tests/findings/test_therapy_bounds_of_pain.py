"""What is care of this patient's pain and what is not; which of it is planned, past or performed in this stay."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mednec.findings import find
from mednec.model import Document

STAY = (
    "PROCEDURES PERFORMED: Left total hip replacement (THR) for arthritis.\n\n"
    "HOSPITAL COURSE: She came in on Monday and underwent a left total hip replacement without trouble.\n"
)


def told(text: str, concept: str) -> list[dict[str, Any]]:
    """What is told of each finding of a concept."""
    found = find(Document("note", text, dated=date(2026, 5, 6)))
    return [dict(one.attributes) for one in found if one.concept == concept]


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("PLAN: Evaluation by PT, OT, and speech therapy.", "physical_therapy"),
        ("PLAN: For the wheezing, an albuterol inhaler and a prednisone taper.", "oral_steroid"),
        ("HPI: He takes one day off a week from his exercises.", "home_exercise"),
        ("HPI: She will follow up with Surgery for the abscess.", "spine_surgery"),
        ("HPI: A minimal troponin elevation was seen and watched.", "other_therapy"),
        ("HPI: Her long therapy was interrupted. She says that her depression is worse.", "physical_therapy"),
        ("PLAN: If he is no better with these conservative measures, we will talk.", "conservative_unspecified"),
        ("HPI: The uterus was firm after bimanual massage.", "massage"),
    ],
)
def test_what_is_not_for_pain_is_no_treatment_of_it(text: str, concept: str) -> None:
    assert told(text, concept) == []


def test_exercises_that_go_on_at_home_are_a_treatment() -> None:
    assert told("HPI: She finished PT and continues at home with hamstring exercises.", "home_exercise")


def test_a_pain_shot_is_no_injection_of_a_joint() -> None:
    text = "HPI: Because of his knee pain he wanted a pain shot."
    assert told(text, "joint_injection") == []
    assert len(told(text, "analgesic_unspecified")) == 1


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("PLAN\n\nShe may apply ice and heat to her back.", "heat_cold"),
        ("ASSESSMENT AND PLAN\n\n1. Elbow pain.\n- Patient Education: He may also ice the elbow.", "heat_cold"),
        ("EDUCATION: I encouraged her to do yoga for sleep as well as her back pain.", "home_exercise"),
        ("ASSESSMENT AND PLAN\n\nKnee pain.\n- Medical Treatment: Prescribed naproxen 500 mg.", "nsaid"),
        ("HPI: She thinks of going back to ask for the nerve block.", "injection_unspecified"),
    ],
)
def test_what_a_clinician_advises_or_orders_is_planned(text: str, concept: str) -> None:
    assert [one["status"] for one in told(text, concept)] == ["planned"] * len(told(text, concept)) != []


def test_no_treatment_other_than_one_drug_means_that_the_drug_was_taken() -> None:
    assert told("HPI: He has had no treatment other than over-the-counter Aleve.", "nsaid")[0]["status"] == "past"
    assert told("HPI: He takes nothing except Aleve.", "nsaid")[0]["status"] == "current"


def test_a_stay_performs_the_operation_that_its_heading_names() -> None:
    assert [one["status"] for one in told(STAY, "joint_surgery")] == ["performed", "performed"]


def test_an_abbreviation_in_brackets_is_no_second_operation() -> None:
    assert len(told(STAY, "joint_surgery")) == 2
    assert told(STAY, "joint_surgery")[0]["side"] == "left"


def test_an_operation_before_the_stay_stays_past() -> None:
    text = STAY + "\nHISTORY: Status post right total hip replacement in 2019.\n"
    assert told(text, "joint_surgery")[-1]["status"] == "past"


def test_an_operation_among_the_diagnoses_before_a_stay_stays_past() -> None:
    text = "SECONDARY DIAGNOSES PRIOR TO ADMISSION:\n1.  Smoker.\n2.  Right hip surgery.\n\n" + STAY
    assert told(text, "joint_surgery")[0]["status"] == "past"


def test_a_fusion_is_known_by_the_levels_behind_it() -> None:
    text = (
        "PROCEDURES\n1.  Discectomy at C5-C6.\n2.  Fusion C5-C6 with a plate.\n\nANESTHESIA: General.\n\n"
        "PROCEDURE IN DETAIL: The patient was prepped.\n"
    )
    assert [one["levels"] for one in told(text, "spine_surgery")] == [["C5-6"], ["C5-6"]]


def test_each_operation_of_a_list_has_its_own_year_and_side() -> None:
    text = "PAST SURGICAL HISTORY: right ear surgery in 1990, disc surgery in 1991, laminectomy in 1999."
    first, last = told(text, "spine_surgery")
    assert (first["started"], last["started"], first.get("side")) == ("1991", "1999", None)


def test_drugs_between_which_other_names_stand_were_given_together() -> None:
    text = "HPI: For the back pain he was given morphine, Zofran, and Demerol in the emergency room."
    assert [one["status"] for one in told(text, "opioid")] == ["past", "past"]
