"""Treatments in the words of clinics: who took what, what was only offered, how it worked, and where."""

from __future__ import annotations

from typing import Any

import pytest
from tests.findings.test_therapy_prose import told


def one(text: str, concept: str) -> dict[str, Any]:
    """What is told of the only treatment of a concept."""
    (only,) = told(text, concept)
    return only


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("He denies he has done PT of any kind.", "physical_therapy"),
        ("She denies that she has ever had injections into the spine.", "injection_unspecified"),
        ("She never followed up with the recommended physical therapy.", "physical_therapy"),
        ("An injection was considered but not performed because of his blood thinner.", "injection_unspecified"),
        ("He was sent for physical therapy, which he has yet to start.", "physical_therapy"),
        ("The patient never got around to acupuncture.", "acupuncture"),
    ],
)
def test_what_was_denied_or_never_taken_up_was_not_tried(text: str, concept: str) -> None:
    assert one(f"HPI: {text}", concept)["status"] == "not_tried"


@pytest.mark.parametrize(
    ("text", "concept", "status"),
    [
        ("HPI: He quit doing his home exercises.", "home_exercise", "past"),
        ("PLAN: We discussed a hip injection, which she would like to hold off on.", "joint_injection", "declined"),
        (
            "HPI: He saw a surgeon who recommended lumbar fusion, but he is reluctant to proceed.",
            "spine_surgery",
            "declined",
        ),
        ("HPI: He is awaiting approval for physical therapy.", "physical_therapy", "planned"),
        ("HPI: He has been prescribed tramadol but seldom takes it.", "opioid", "current"),
        ("HPI: She was given gabapentin, which she takes at night.", "gabapentinoid", "current"),
        ("HPI: He cannot sleep without his Soma.", "muscle_relaxant", "current"),
        ("PLAN: I do not think back surgery is warranted.", "spine_surgery", "contraindicated"),
        ("PLAN: She is referred for ongoing physical therapy.", "physical_therapy", "planned"),
        ("PLAN: She will complete her course of physical therapy.", "physical_therapy", "current"),
        ("PLAN: Percocet was renewed.", "opioid", "current"),
    ],
)
def test_the_verb_around_a_treatment_decides_its_status(text: str, concept: str, status: str) -> None:
    assert one(text, concept)["status"] == status


@pytest.mark.parametrize(
    "text",
    [
        "The left knee was injected with steroid under sterile conditions.",
        "We injected his left knee in the office.",
        "A left knee injection was given today.",
        "She tolerated the left knee injection well.",
    ],
)
def test_an_injection_told_in_a_plan_as_done_was_performed(text: str) -> None:
    assert one(f"CHIEF COMPLAINT: Left knee pain.\nPLAN: {text}", "joint_injection")["status"] == "performed"


@pytest.mark.parametrize("text", ["Left knee injection.", "Knee injection was performed last year by another doctor."])
def test_an_injection_of_another_time_was_not_performed(text: str) -> None:
    assert one(f"CHIEF COMPLAINT: Left knee pain.\nPLAN: {text}", "joint_injection")["status"] != "performed"


@pytest.mark.parametrize(
    ("text", "concept", "response"),
    [
        ("Her pain is relieved by heat.", "heat_cold", "partial"),
        ("Ice makes it feel better.", "heat_cold", "partial"),
        ("Occupational therapy has helped with her grip.", "physical_therapy", "partial"),
        ("She takes gabapentin, but the effect is minimal.", "gabapentinoid", "partial"),
        ("Mobic keeps his pain tolerable.", "nsaid", "partial"),
        ("The subacromial injection of last May took away most of the ache.", "joint_injection", "good"),
        ("He had a cervical fusion with good resolution of his arm pain.", "spine_surgery", "good"),
        ("He took Celebrex, which was of no use.", "nsaid", "none"),
        ("Neither the gabapentin nor the ice has been of any use.", "gabapentinoid", "none"),
        ("He was given naproxen and Flexeril, neither of which did much.", "nsaid", "none"),
        ("Massage made her neck sorer.", "massage", "worse"),
    ],
)
def test_an_effect_in_everyday_words_is_a_response(text: str, concept: str, response: str) -> None:
    assert one(f"HPI: {text}", concept).get("response") == response


def test_what_eases_the_pain_now_goes_on() -> None:
    assert one("HPI: Her pain is partially relieved by Percocet.", "opioid")["status"] == "current"


def test_the_second_of_two_injections_does_not_undo_the_first() -> None:
    assert (
        told("HPI: The first injection helped; the second did not help at all.", "injection_unspecified")[0]["response"]
        == "partial"
    )


def test_an_aside_in_a_list_of_drugs_belongs_to_the_drug_before_it() -> None:
    text = "MEDICATIONS: Norco, Robaxin, Mobic (stopped last week)."
    assert one(text, "opioid")["status"] == one(text, "muscle_relaxant")["status"] == "current"
    assert one(text, "nsaid")["status"] == "past"


def test_operations_of_one_title_line_share_place_and_side() -> None:
    text = "PROCEDURE PERFORMED: Arthroscopy with subacromial decompression of the right shoulder."
    assert [(each["region"], each["side"]) for each in told(text, "joint_surgery")] == [("shoulder", "right")] * 2


def test_operations_of_one_title_line_keep_what_is_their_own() -> None:
    text = "PROCEDURE: Lumbar decompression at L4-5 and posterolateral fusion L4 to S1."
    assert [each["levels"] for each in told(text, "spine_surgery")] == [["L4-5"], ["L4-5", "L5-S1"]]


def test_a_fusion_is_done_where_the_discs_were_taken_out() -> None:
    text = "OPERATION: Anterior cervical discectomy C5-C6 and C6-C7 with fusion."
    assert [each["levels"] for each in told(text, "spine_surgery")] == [["C5-6", "C6-7"]] * 2


def test_levels_are_read_where_their_hyphen_is_left_out() -> None:
    text = "PROCEDURE: Right facet injections at L23, L34, L5S1."
    assert one(text, "facet_joint_injection")["levels"] == ["L2-3", "L3-4", "L5-S1"]


def test_levels_overrule_a_slip_of_the_pen() -> None:
    assert one("HPI: He had a lumbar laminectomy C4-C5.", "spine_surgery")["region"] == "cervical"


def test_the_ports_of_a_scope_are_no_operation() -> None:
    assert told("PROCEDURE DETAILS: Scope ports: anterior and posterior.", "joint_surgery") == []


@pytest.mark.parametrize(
    ("text", "concept", "region"),
    [
        ("HPI: Her neck pain has been treated with traction, massage and Celebrex.", "nsaid", "cervical"),
        ("PLAN: Right knee: start physical therapy, continue Mobic.", "nsaid", "knee"),
        ("PLAN: For her neck, I have suggested heat and a soft collar.", "bracing", "cervical"),
        ("HPI: For his shoulder he has been through therapy and an injection.", "joint_injection", "shoulder"),
        ("PLAN: 1. Low back pain - start PT.", "physical_therapy", "lumbar"),
    ],
)
def test_the_complaint_that_opens_a_sentence_places_its_treatments(text: str, concept: str, region: str) -> None:
    assert one(text, concept).get("region") == region


@pytest.mark.parametrize(
    ("text", "concept", "status"),
    [
        ("HPI: He was referred to physical therapy, which he attended for six weeks.", "physical_therapy", "past"),
        ("HPI: She did not fill the prescription for tramadol.", "opioid", "not_tried"),
        ("HPI: He had not been able to take anti-inflammatories since a bleed.", "nsaid", "contraindicated"),
        ("HPI: He declined physical therapy as he could not take time off.", "physical_therapy", "declined"),
        ("HPI: He has done well on Celebrex over the years.", "nsaid", "current"),
        ("PLAN: Refills given on Ultram.", "opioid", "current"),
        ("SOCIAL HISTORY: He is on light duty.", "activity_modification", "current"),
        ("PLAN: I gave her a cortisone injection into the right shoulder today.", "joint_injection", "performed"),
        (
            "PLAN: I recommend trigger point injections, which were done today.",
            "trigger_point_injection",
            "performed",
        ),
    ],
)
def test_what_became_of_an_order_decides_its_status(text: str, concept: str, status: str) -> None:
    assert one(text, concept)["status"] == status


def test_what_is_said_right_after_a_treatment_speaks_of_it() -> None:
    assert [
        each.get("response") for each in told("HPI: He tried heat, ice. Nothing has made a difference.", "heat_cold")
    ] == [
        "none",
        "none",
    ]
    assert (
        one("HPI: She is three months out from a lumbar laminectomy. The leg pain has resolved.", "spine_surgery")[
            "response"
        ]
        == "good"
    )


@pytest.mark.parametrize(
    "text",
    [
        "PLAN: He is restricted to sedentary work.",
        "PLAN: Limit standing to ten minutes.",
        "PLAN: Use proper lifting technique.",
        "PLAN: Stay out of sports until cleared.",
    ],
)
def test_a_restriction_of_what_is_done_is_an_activity_modification(text: str) -> None:
    assert one(text, "activity_modification")["status"] == "planned"


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("HPI: She works as a physical therapist.", "physical_therapy"),
        ("HPI: He is a retired massage therapist.", "massage"),
        ("HPI: She had surgery on her eyes last year.", "spine_surgery"),
        ("PROCEDURE IN DETAIL: The hip was injected with contrast.", "joint_injection"),
    ],
)
def test_a_calling_or_an_operation_elsewhere_is_no_treatment(text: str, concept: str) -> None:
    assert told(text, concept) == []


@pytest.mark.parametrize(
    ("text", "concept", "status"),
    [
        ("HPI: She was going to have back surgery but it was cancelled.", "spine_surgery", "not_tried"),
        ("HPI: She presents today for her third Supartz injection of the knee.", "joint_injection", "planned"),
        ("HPI: She wishes to discuss having her hip injected.", "joint_injection", "planned"),
        ("HPI: She sleeps with wrist splints.", "bracing", "current"),
        ("HPI: He has not required any narcotics.", "opioid", "not_tried"),
        ("HPI: Her only relief comes from heat.", "heat_cold", "current"),
        ("HPI: His lawyer sent him to a chiropractor.", "chiropractic", "past"),
        ("HPI: She did some exercises and has been wearing a lumbar brace.", "bracing", "current"),
        ("IMPRESSION: Chronic opioid therapy.", "opioid", "current"),
        ("PLAN: He is to continue his home exercises.", "home_exercise", "current"),
        ("PLAN: We had a long talk about lumbar fusion.", "spine_surgery", "planned"),
        ("PLAN: We will inject the knee next time.", "joint_injection", "planned"),
        ("PLAN: I recommended a knee injection, which was performed today.", "joint_injection", "performed"),
        ("PLAN: Ice and elevation.", "heat_cold", "planned"),
        ("PLAN: She can wear her brace as needed.", "bracing", "planned"),
    ],
)
def test_everyday_verbs_tell_whether_a_treatment_was_had(text: str, concept: str, status: str) -> None:
    assert one(text, concept)["status"] == status


@pytest.mark.parametrize(
    ("text", "concept", "response"),
    [
        ("The cortisone injection helped his shoulder quite a bit.", "joint_injection", "good"),
        (
            "The facet rhizotomy cut his pain in half; it reduced his back pain by half.",
            "radiofrequency_ablation",
            "good",
        ),
        ("She uses ice, which does not.", "heat_cold", "none"),
        ("The trigger point injections kept her comfortable for a month.", "trigger_point_injection", "partial"),
        ("He takes OxyContin, which controls his pain adequately.", "opioid", "good"),
    ],
)
def test_an_effect_on_a_limb_a_share_or_a_day_is_a_response(text: str, concept: str, response: str) -> None:
    assert one(f"HPI: {text}", concept).get("response") == response


@pytest.mark.parametrize(
    ("text", "concept", "told_of_it"),
    [
        ("HPI: The neck is helped by massage.", "massage", {"status": "current", "response": "partial"}),
        (
            "HPI: He has trialed duloxetine, stopped for lack of benefit.",
            "antidepressant_for_pain",
            {"response": "none"},
        ),
        (
            "HPI: She was scheduled for a medial branch block but cancelled.",
            "medial_branch_block",
            {"status": "not_tried"},
        ),
        ("HPI: She has had to increase her Norco.", "opioid", {"status": "current"}),
        (
            "IMPRESSION: Lumbar stenosis, much improved after an epidural.",
            "epidural_steroid_injection",
            {"response": "good"},
        ),
        ("HPI: He was taken off Vioxx by his doctor.", "nsaid", {"status": "past"}),
        ("HPI: She had to stop taking Neurontin.", "gabapentinoid", {"status": "past"}),
        ("HPI: She was treated by her family doctor with Naprosyn.", "nsaid", {"status": "past"}),
        ("PLAN: She will stay on the Mobic.", "nsaid", {"status": "current"}),
        ("HPI: Her order was sent to PT last week.", "physical_therapy", {"status": "planned"}),
    ],
)
def test_more_verbs_of_having_and_not_having(text: str, concept: str, told_of_it: dict[str, str]) -> None:
    assert told_of_it.items() <= one(text, concept).items()


@pytest.mark.parametrize("text", ["Attended 12 therapy sessions, cancelled 2.", "Twelve therapy visits, no relief."])
def test_the_number_before_the_visits_of_a_treatment_counts_them(text: str) -> None:
    assert one(f"HPI: Low back pain. {text}", "physical_therapy")["sessions"] == 12


def test_what_is_left_of_a_course_is_not_its_length() -> None:
    assert one("HPI: Started PT 3 weeks ago, has 4 weeks left.", "physical_therapy").get("duration_days") != 28


def test_how_long_a_drug_helped_is_the_length_of_its_relief_alone() -> None:
    found = one("HPI: Took a Medrol dose pack in March which helped for four days.", "oral_steroid")
    assert (found.get("duration_days"), found["relief_days"]) == (None, 4)


def test_a_length_after_which_nothing_has_changed_is_no_relief() -> None:
    found = one("HPI: We hoped PT would help but after 7 weeks there is no change.", "physical_therapy")
    assert "relief_days" not in found


def test_a_no_in_brackets_says_that_it_was_not_tried() -> None:
    text = "HPI: Prior treatments: PT (yes, 10 visits, no help), chiropractic (no)."
    assert one(text, "chiropractic")["status"] == "not_tried"
    assert one(text, "physical_therapy")["status"] == "past"


def test_relief_that_held_is_as_long_as_it_held() -> None:
    text = "HPI: Left L4-5 TFESI on 2/10/26 took her pain from 8 to 2 and this held for ten weeks."
    assert one(text, "epidural_steroid_injection")["relief_days"] == 70


def test_a_cross_behind_a_treatment_says_that_it_was_not_tried() -> None:
    text = "HPI: Tx to date: PT \u2713 (6 wk, no relief); chiro \u2717; ESI \u2717"
    assert one(text, "physical_therapy")["status"] == "past"
    assert one(text, "chiropractic")["status"] == "not_tried"
    assert one(text, "epidural_steroid_injection")["status"] == "not_tried"


def test_none_in_the_last_cell_of_a_dated_row_is_the_effect() -> None:
    found = one("TREATMENTS\n| PT | 1/5-2/20/26 | none |", "physical_therapy")
    assert (found["status"], found["response"]) == ("past", "none")


def test_the_day_behind_a_finished_course_is_its_end() -> None:
    found = one("HPI: Completed a 6-week course of formal PT (12/12 visits) on 4/30/2026.", "physical_therapy")
    assert (found.get("started"), found["ended"]) == (None, "2026-04-30")
    found = one("HPI: Doing her home exercises since discharge from PT on 3/2/26.", "physical_therapy")
    assert (found.get("started"), found["ended"], found["status"]) == (None, "2026-03-02", "past")


def test_failed_care_that_is_listed_in_the_next_sentence_failed() -> None:
    text = "HPI: Failed conservative measures. Specifically: physical therapy, naproxen."
    assert one(text, "physical_therapy")["response"] == "none"
    assert one(text, "nsaid")["response"] == "none"


def test_a_question_about_an_ablation_is_none() -> None:
    assert told("On which scale was the pain measured after the earlier ablation?", "radiofrequency_ablation") == []


@pytest.mark.parametrize(
    "text",
    [
        "HPI: Tried PT for the back (6 weeks) or naproxen, no relief from either.",
        "HPI: Seven weeks of neck PT, naproxen. Right arm pain is not improved.",
        "HPI: Neck therapy for six weeks along with naproxen. Right arm pain persists, no relief so far.",
        "HPI: Lumbar PT x 6 wks, naproxen 500 mg bid x 6 wks. Result: nil.",
        "HPI: All of this failed - naproxen, 7 weeks of back PT, heat.",
        "HPI: PT for the back from 03/02 to 04/24/2026 and naproxen: no relief.",
        "HPI: Neck PT was carried on for seven weeks, with naproxen; the arm pain did not budge.",
    ],
)
def test_what_is_said_of_all_holds_for_each(text: str) -> None:
    assert one(text, "physical_therapy")["response"] == "none"
    assert one(text, "nsaid")["response"] == "none"


def test_what_is_excepted_from_a_list_of_failures_did_not_fail() -> None:
    text = "HPI: All of this failed - naproxen, back PT, heat - except PT, which she has not had."
    assert "none" not in [found.get("response") for found in told(text, "physical_therapy")]


@pytest.mark.parametrize("same", ["same levels", "same", "same joints and side"])
def test_a_block_of_the_same_levels_has_those_of_the_one_before(same: str) -> None:
    text = f"HPI: MBB 1 on 4/20/2026, bilateral L4-5 and L5-S1. MBB 2 on 5/18/2026, {same}, with lidocaine."
    blocks = [(found.get("levels"), found.get("side")) for found in told(text, "medial_branch_block")]
    assert blocks == [(["L4-5", "L5-S1"], "bilateral")] * 2


def test_a_block_of_the_same_day_has_no_levels_of_another() -> None:
    text = "HPI: MBB on 4/20/2026, bilateral L4-5 and L5-S1. MBB on 5/18/2026, same day discharge."
    assert "levels" not in told(text, "medial_branch_block")[1]


def test_visits_that_were_missed_except_nothing_from_what_was_done() -> None:
    text = "HPI: She attended all but two and has kept up the home program every day since."
    assert one(text, "home_exercise")["status"] == "current"


def test_pt_that_was_had_here_is_no_patient() -> None:
    assert one("HPI: Knee scope 2021, had PT here, did well.", "physical_therapy")["status"] == "past"


def test_what_the_patient_will_have_is_planned() -> None:
    assert one("PLAN: The patient will have a wrist splint at night.", "bracing")["status"] == "planned"


def test_what_a_goal_will_have_brought_about_is_no_course() -> None:
    text = "Goal: the patient will have finished 8 PT sessions for the low back; status: not improved."
    assert one(text, "physical_therapy")["status"] in ("planned", "other")
