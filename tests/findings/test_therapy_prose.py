"""Treatments as visit notes tell them in running prose: what counts as one, and whether it was done."""

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
    "text",
    [
        "Her urine drug screen was positive for morphine and oxycodone.",
        "He has a record of abusing opiates and Percocet.",
        "The toxicology screen found hydrocodone.",
    ],
)
def test_a_drug_that_was_screened_for_or_abused_is_no_treatment(text: str) -> None:
    assert told(text, "opioid") == []


def test_a_drug_that_is_prescribed_stays_a_treatment_beside_its_screen() -> None:
    assert status("Her drug screen was clean and she takes Percocet for the back.", "opioid") == ["current"]


def test_the_class_of_a_drug_that_was_just_named_is_no_second_treatment() -> None:
    assert len(told("She continues naproxen as an anti-inflammatory.", "nsaid")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "PLAN: The worker should not lift over 20 pounds.",
        "PLAN: She should probably not repetitively stoop.",
        "PLAN: He has to remain non-weight-bearing until Friday.",
        "PLAN: I encouraged her to avoid playing hockey.",
    ],
)
def test_what_is_not_to_be_done_is_an_activity_modification_to_come(text: str) -> None:
    assert status(text, "activity_modification") == ["planned"]


def test_weight_is_lost_for_a_pain_only_where_the_text_says_so() -> None:
    assert told("PLAN: Obesity. We discussed weight loss.", "weight_loss") == []
    assert status("PLAN: Knee pain. We discussed weight loss.", "weight_loss") == ["planned"]


def test_a_slip_on_ice_is_no_cold_pack() -> None:
    assert told("A patch of ice made him fall.", "heat_cold") == []
    assert status("PLAN: He should also ice the elbow.", "heat_cold") == ["planned"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She is utilizing one crutch.", ["current"]),
        ("He used a cane previously.", ["past"]),
        ("He does not use a cane.", ["not_tried"]),
        ("He did not use his walker and fell.", []),
    ],
)
def test_an_aid_for_walking_counts_where_its_use_is_told(text: str, expected: list[str]) -> None:
    assert status(text, "other_therapy") == expected


@pytest.mark.parametrize(
    ("text", "concept", "expected"),
    [
        ("She ultimately came to a lumbar fusion in 2019.", "spine_surgery", "past"),
        ("He ended up having a left knee arthroscopy.", "joint_surgery", "past"),
        ("The patient is to come in for an L4 kyphoplasty.", "vertebral_augmentation", "planned"),
        ("PLAN: Her facet joints were denervated approximately 5 months ago.", "radiofrequency_ablation", "past"),
        ("PLAN: She could not garden before her rhizotomy.", "radiofrequency_ablation", "past"),
        ("He has been on Lyrica in the past.", "gabapentinoid", "past"),
        ("She has tried wearing a back brace.", "bracing", "past"),
        ("He has been in a tall walking boot.", "bracing", "current"),
        ("He is being given Norco by someone else.", "opioid", "current"),
        ("The Relafen does not appear to be working.", "nsaid", "current"),
        ("I dispensed Relafen today.", "nsaid", "planned"),
        ("It got better when she stopped Aleve.", "nsaid", "past"),
        ("PLAN: Prednisone, plan to taper off over 9 days.", "oral_steroid", "planned"),
        ("He was given Lyrica yet has not taken it.", "gabapentinoid", "not_tried"),
        ("Physical therapy for her hip was outlined.", "physical_therapy", "planned"),
    ],
)
def test_the_words_around_a_treatment_tell_whether_it_was_done(text: str, concept: str, expected: str) -> None:
    assert status(text, concept) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "She failed to improve on conservative care, including naproxen and a back brace.",
        "He did not improve on naproxen and a back brace.",
    ],
)
def test_care_on_which_nobody_improved_failed_with_all_its_parts(text: str) -> None:
    assert [told(text, concept)[0]["response"] for concept in ("nsaid", "bracing")] == ["none", "none"]


def test_what_is_enough_for_the_patient_helps() -> None:
    assert told("She takes Tylenol, which is enough for her.", "acetaminophen")[0]["response"] == "partial"


def test_each_joint_of_a_list_of_operations_keeps_its_side() -> None:
    text = "OPERATIONS: Arthroscopic surgery of the left shoulder, arthroscopic surgery of the right hip."
    assert [one.get("side") for one in told(text, "joint_surgery")] == ["left", "right"]


@pytest.mark.parametrize(
    "text",
    [
        "Back pain. Her goal is to have a bypass surgery.",
        "Abdominal pain and reflux. We discussed surgery.",
        "Back pain. Return prior to the scheduled surgery.",
    ],
)
def test_surgery_of_another_organ_is_no_treatment_of_the_pain(text: str) -> None:
    assert [concept for concept in ("spine_surgery", "joint_surgery") if told(text, concept)] == []


def test_a_form_that_asks_for_pain_medication_is_read() -> None:
    text = "QUESTIONS\nNon-narcotic pain medication: No.\nNarcotic pain medication: No.\n"
    assert status(text, "analgesic_unspecified") == ["not_tried"]
    assert status(text, "opioid") == ["not_tried"]


def test_cortisone_is_for_the_one_joint_of_the_complaint() -> None:
    text = (
        "CHIEF COMPLAINT: Left shoulder pain.\n\nHISTORY: No soreness of the neck.\n\n"
        "PLAN: Perhaps a cortisone shot later.\n"
        "ASSESSMENT: Left shoulder impingement.\n"
    )
    assert status(text, "joint_injection") == ["planned"]


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("He was driving with his shoulder belt on.", "bracing"),
        ("She went to the Chiropractic Wellness Center and filled in a form.", "chiropractic"),
        ("LABS: PTT 25, PT of 13, INR normal.", "physical_therapy"),
        ("She uses cortisone cream on the rash.", "injection_unspecified"),
        ("PLAN: We need some adjustments of his insulin for the day.", "chiropractic"),
        ("He gets Neupogen shots every week.", "injection_unspecified"),
        ("PLAN: Right upper quadrant ultrasound was ordered.", "therapeutic_ultrasound"),
        ("Chest pain resolves with rest.", "activity_modification"),
        ("PLAN: Knee pain - refill of Lorcet, 60 pills.", "analgesic_unspecified"),
        ("PLAN: Lower the aspirin to 81 mg.", "nsaid"),
        ("Heart disease: she wanted medical therapy.", "conservative_unspecified"),
        ("EXAM: There is eversion but not inversion weakness.", "traction"),
        ("She has not limited her activities for it.", "activity_modification"),
    ],
)
def test_words_that_mean_something_else_are_no_treatment(text: str, concept: str) -> None:
    assert told(text, concept) == []


@pytest.mark.parametrize(
    ("text", "concept", "expected"),
    [
        ("PLAN: She ought to continue working with PT.", "physical_therapy", "current"),
        ("She denies any icing of the wrist or wearing a splint.", "bracing", "not_tried"),
        ("She attends physical therapy.", "physical_therapy", "current"),
        ("REASON FOR VISIT: A toe fracture treated nonoperatively.", "conservative_unspecified", "past"),
        ("They referred her to physical therapy, where she had six visits.", "physical_therapy", "past"),
        (
            "PLAN: I do not believe she is a good candidate for an epidural injection.",
            "epidural_steroid_injection",
            "contraindicated",
        ),
        ("She would be an excellent candidate for an epidural injection.", "epidural_steroid_injection", "planned"),
        ("We offered an epidural injection, but she would rather wait.", "epidural_steroid_injection", "declined"),
        ("She declined any possible epidural injection.", "epidural_steroid_injection", "declined"),
        ("He had been receiving physical therapy until March.", "physical_therapy", "past"),
        ("He is halfway through physical therapy.", "physical_therapy", "current"),
        ("We talked about a lumbar fusion as a possibility.", "spine_surgery", "planned"),
        ("PLAN: I am giving her a Medrol Dosepak.", "oral_steroid", "planned"),
        ("We will keep her on gabapentin.", "gabapentinoid", "current"),
        ("If she takes ibuprofen, it does help the back.", "nsaid", "current"),
        ("She has previously been on opioids.", "opioid", "past"),
        ("PLAN: We provided her with crutches.", "other_therapy", "planned"),
        ("PLAN: The knee will be placed into a brace.", "bracing", "planned"),
        ("PLAN: Rest his left knee.", "activity_modification", "planned"),
        ("PLAN: The patient will discontinue playing hockey.", "activity_modification", "planned"),
    ],
)
def test_further_words_tell_whether_it_was_done(text: str, concept: str, expected: str) -> None:
    assert status(text, concept) == [expected]


@pytest.mark.parametrize(
    ("text", "concept", "expected"),
    [
        ("Naproxen and Tylenol, neither of which have made a dent in it, were tried.", "nsaid", "none"),
        ("He has not benefited much from physical therapy.", "physical_therapy", "none"),
        ("Tramadol no longer works for her.", "opioid", "none"),
        ("She had an epidural injection, which did not do anything for her.", "epidural_steroid_injection", "none"),
        ("Nothing has helped, including physical therapy.", "physical_therapy", "none"),
        ("Her ache was not responsive to conservative care.", "conservative_unspecified", "none"),
        ("She had no help with her headaches from naproxen.", "nsaid", "none"),
        ("Aleve dulls the pain.", "nsaid", "partial"),
        ("The back brace gives some comfort.", "bracing", "partial"),
        ("She responded very nicely to the medial branch block.", "medial_branch_block", "good"),
        ("The trigger point injections were a great help.", "trigger_point_injection", "good"),
    ],
)
def test_an_effect_is_told_in_many_words(text: str, concept: str, expected: str) -> None:
    assert told(text, concept)[0].get("response") == expected


def test_each_operation_of_a_line_is_one() -> None:
    text = (
        "TITLE OF OPERATION: Revision laminectomy L4-L5, discectomy L4-L5 and hardware.\n\n"
        "INDICATIONS: Leg pain.\n\nANESTHESIA: General.\n\nDESCRIPTION OF PROCEDURE: The patient was prepped.\n"
    )
    assert [one.get("levels") for one in told(text, "spine_surgery")] == [["L4-5"], ["L4-5"]]


def test_the_day_of_one_operation_is_not_that_of_the_next() -> None:
    text = "PAST SURGICAL HISTORY: Lumbar fusion surgery in 2008, left knee surgery 20 years ago."
    assert "started" not in told(text, "joint_surgery")[0]


def test_the_fifth_finger_makes_no_fifth_operation() -> None:
    assert "ordinal" not in told("PAST SURGICAL HISTORY: Right fifth tendon repair.", "joint_surgery")[0]


def test_days_of_a_course_are_no_count_of_visits_kept() -> None:
    (therapy,) = told("Physical therapy, 11 visits attended 02/28-04/10/2026, no improvement.", "physical_therapy")
    assert "adherence" not in therapy and therapy["sessions"] == 11


def test_relief_that_should_come_is_no_effect_yet() -> None:
    (pump,) = told(
        "PLAN: With the intrathecal pump in place, she should have good relief of the spasm.", "intrathecal_pump"
    )
    assert "response" not in pump


def test_what_is_to_be_considered_is_to_come() -> None:
    assert status("If these fail she should be considered for an intrathecal pump.", "intrathecal_pump") == ["planned"]
    assert told("Prior to immunomodulatory therapy she was seen here.", "physical_therapy") == []


def test_what_was_discussed_for_this_patient_is_no_general_teaching() -> None:
    assert status("PLAN: We discussed that the patient ought to use ice.", "heat_cold") == ["planned"]


def test_what_was_asked_about_and_advised_against_is_contraindicated() -> None:
    assert status("PLAN: Asked about a back brace, advised against it.", "bracing") == ["contraindicated"]


def test_a_couple_of_injections_that_she_has_had_are_past() -> None:
    assert status("PLAN: He has had several cortisone shots into the left knee.", "joint_injection") == ["past"]


def test_care_that_failed_does_not_fail_the_operation_that_it_requires() -> None:
    (release,) = told(
        "IMPRESSION: Trigger finger, failed splinting, requiring a trigger finger release.", "joint_surgery"
    )
    assert "response" not in release


def test_care_of_an_illness_without_pain_is_none_of_the_pain() -> None:
    assert told("The ulcer was refractory to conservative treatment.", "conservative_unspecified") == []
    assert status("The heel pain was refractory to conservative treatment.", "conservative_unspecified") == ["past"]


def test_drugs_that_she_takes_in_vain_are_taken() -> None:
    assert told("None of the pain medications that she takes provides relief.", "analgesic_unspecified") == [
        {"status": "current", "response": "none"}
    ]


def test_what_failed_to_resolve_the_pain_completely_helped_in_part() -> None:
    text = "Conservative measures failed to completely relieve the pain."
    assert told(text, "conservative_unspecified")[0]["response"] == "partial"
