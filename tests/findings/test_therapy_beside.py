"""What the words right beside a treatment settle: work that was restricted, drugs that go on or are given up."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mednec.findings import find
from mednec.model import Document


def told(text: str, concept: str) -> list[dict[str, Any]]:
    """What is told of each treatment of a concept."""
    found = find(Document("note", text, dated=date(2026, 5, 6)))
    return [dict(one.attributes) for one in found if one.kind == "therapy" and one.concept == concept]


def status(text: str, concept: str) -> list[str]:
    return [attributes["status"] for attributes in told(text, concept)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HISTORY: Dr. Lee took her off work after the fall.", "past"),
        ("HISTORY: The worker was off work for about six months.", "past"),
        ("HISTORY: He continued to work on light duty for a few months.", "past"),
        ("HISTORY: She was able to return to work doing mostly light duty.", "past"),
        ("HISTORY: The claimant was placed in a no work status.", "past"),
        ("HISTORY: He has been off work since the fall.", "current"),
        ("PLAN: He was placed on light duty.", "planned"),
        ("SHX/FHX: Married. Off work for two weeks because of the wrist.", "past"),
    ],
)
def test_work_that_was_restricted_is_no_plan(text: str, expected: str) -> None:
    assert status(text, "activity_modification") == [expected]


def test_the_day_of_an_injury_is_not_when_the_treatment_began() -> None:
    text = "HISTORY: She was off work for about six months following the injury that occurred on 06/29/2014."
    (found,) = told(text, "activity_modification")
    assert (found.get("started"), found["duration_days"]) == (None, 180)


@pytest.mark.parametrize(
    "text",
    [
        "HISTORY: She was switched to Ultram because Percocet was causing nausea.",
        "HISTORY: He was given Tylenol since Percocet made him vomit.",
        "PLAN: Percocet will be discontinued.",
    ],
)
def test_a_drug_given_up_is_past(text: str) -> None:
    assert status(text, "opioid")[-1] == "past"


@pytest.mark.parametrize(
    "text",
    [
        "PLAN: He goes home to continue his previous home medications, which are:\n1. Lasix.\n2. Norco 5 mg p.r.n.",
        "PLAN: Resume home medications, which include Aricept, Diovan 160 mg and Norco.",
    ],
)
def test_the_drugs_of_home_go_on(text: str) -> None:
    assert status(text, "opioid") == ["current"]


def test_a_new_prescription_after_the_drugs_of_home_is_to_come() -> None:
    text = "PLAN: Continue home medications.\nNew prescriptions:\n1. Norco 5 mg p.r.n."
    assert status(text, "opioid") == ["planned"]


@pytest.mark.parametrize(
    "text",
    [
        "HISTORY: It is not clear whether the patient ever had an epidural steroid injection.",
        "HISTORY: I cannot tell if she ever received an epidural steroid injection.",
    ],
)
def test_what_may_never_have_been_done_is_no_trial(text: str) -> None:
    assert "past" not in status(text, "epidural_steroid_injection")


def test_a_drug_that_an_allergic_patient_can_take_is_not_ruled_out() -> None:
    assert status("ALLERGIES: Codeine, but he says he can take morphine.", "opioid") == ["contraindicated", "other"]


def test_only_what_stands_right_behind_hold_is_held() -> None:
    text = "PLAN: Admit, hold oral medications, GI consult, IV fluids, bed rest."
    assert status(text, "activity_modification") == ["planned"]


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("HISTORY: He said that she was to see a chiropractor on Monday.", "chiropractic"),
        ("HISTORY: He recommended that Mr. Roe look into a Pilates class.", "home_exercise"),
        ("HISTORY: They agreed that he could pursue core strengthening.", "physical_therapy"),
        ("HISTORY: Cymbalta has been recommended as another drug for the pain.", "antidepressant_for_pain"),
    ],
)
def test_what_was_advised_is_to_come(text: str, concept: str) -> None:
    assert status(text, concept) == ["planned"]


def test_occasions_are_sessions() -> None:
    text = "HISTORY: She had physical therapy on two occasions, which helped for hours."
    assert told(text, "physical_therapy")[0]["sessions"] == 2
    text = "HISTORY: He had nerve root blocks on at least three different occasions."
    assert told(text, "epidural_steroid_injection")[0]["sessions"] == 3
    text = "HISTORY: She has chiropractic care. She was seen by Dr. Roe on three occasions."
    assert "sessions" not in told(text, "chiropractic")[0]


def test_a_therapist_who_tells_something_is_no_treatment() -> None:
    assert told("HISTORY: The physical therapist would contact the clinic.", "physical_therapy") == []
    assert status("HISTORY: He saw a physical therapist for six weeks.", "physical_therapy") == ["past"]


def test_an_epidural_for_an_operation_is_no_treatment() -> None:
    text = "HOSPITAL COURSE: Her pain was well controlled by an epidural that was placed by anesthesia."
    assert told(text, "epidural_steroid_injection") == []


def test_a_tracer_is_no_injection_for_pain() -> None:
    assert told("HISTORY: At rest 10 mCi of a technetium tracer was injected.", "injection_unspecified") == []


def test_a_splint_in_which_a_limb_was_placed_was_worn() -> None:
    assert status("HISTORY: The bones were set and she was placed in a wrist splint.", "bracing") == ["past"]
    assert status("PLAN: She was placed in a wrist splint.", "bracing") == ["planned"]


def test_the_frequency_of_a_plan_holds_for_the_list_behind_it() -> None:
    text = (
        "TREATMENT PLAN: She will be seen 3 times per week for 5 weeks and then less often. "
        "Interventions include:\n1. Therapeutic exercise.\n2. Gait training."
    )
    assert [(one["per_week"], one["duration_days"]) for one in told(text, "physical_therapy")] == [(3, 35), (3, 35)]


def test_levels_of_a_vertebroplasty_may_stand_before_it() -> None:
    text = "PROCEDURE PERFORMED:\n1. Fracture reduction at T8 with kyphoplasty."
    assert told(text, "vertebral_augmentation")[0]["levels"] == ["T8"]


def test_levels_are_told_up_to_a_condition() -> None:
    text = "HISTORY: She may be a candidate for ACDF at C5-6 and C6-7 if conservative measures failed."
    assert told(text, "spine_surgery")[0]["levels"] == ["C5-6", "C6-7"]


def test_pain_that_is_managed_with_exercise_is_treated_by_it() -> None:
    text = "HISTORY: He manages the pain using exercise, stretching and heat."
    assert status(text, "home_exercise")[0] == "current"


@pytest.mark.parametrize(
    ("text", "concept", "expected"),
    [
        ("PLAN: She is to stop the ibuprofen.", "nsaid", ["past"]),
        ("PLAN: I asked him to discontinue Mobic and start Celebrex.", "nsaid", ["past", "planned"]),
        ("HISTORY: She has no pain medication, nor has she tried acupuncture.", "acupuncture", ["not_tried"]),
        ("HISTORY: Dr. Roe suggested that he try Pilates; he has not done this.", "home_exercise", ["not_tried"]),
        ("HISTORY: Naproxen was prescribed and he has been taking it twice a day.", "nsaid", ["current"]),
        ("HISTORY: She returned to modified duty in March.", "activity_modification", ["past"]),
        ("HISTORY: He does the exercises that he was taught in therapy.", "physical_therapy", ["past"]),
        ("HISTORY: She was initially treated by Dr. Roe with a Medrol Dosepak and rest.", "oral_steroid", ["past"]),
        ("PLAN: I feel that a knee replacement is her best option.", "joint_surgery", ["planned"]),
        ("SUBJECTIVE: Knee pain. HEP going well.", "home_exercise", ["current"]),
        ("HISTORY: They wanted to try Lyrica, but she was afraid and did not take it.", "gabapentinoid", ["not_tried"]),
        ("HISTORY: Current medications include Darvocet, which does not help.", "opioid", ["current"]),
        ("PLAN: He is to go on with his Mobic and Aleve.", "nsaid", ["current", "current"]),
        ("PLAN: He has been advised against lifting.", "activity_modification", ["planned"]),
        ("HISTORY: She was taken out of work for three weeks.", "activity_modification", ["past"]),
        ("MEDICATIONS: Advil as needed, Aleve which she stopped last week.", "nsaid", ["current", "past"]),
    ],
)
def test_what_became_of_a_treatment_is_told_beside_it(text: str, concept: str, expected: list[str]) -> None:
    assert status(text, concept) == expected


def test_a_drug_that_upset_the_stomach_had_side_effects() -> None:
    text = "HISTORY: Vicodin was tried but it upset her stomach."
    assert told(text, "opioid")[0]["failure_reason"] == "side_effects"
