"""How clinics write: dictated headings, lists that repeat a side, scores of a course, effects told in passing."""

from datetime import date

import pytest

from mednec.findings import find
from mednec.findings.parse import parse
from mednec.model import Document, Finding

TESTS = ("faber", "gaenslen", "thigh_thrust", "si_compression")


def read(text: str, kind: str = "office_visit") -> list[Finding]:
    return find(Document("note.txt", text, type=kind, dated=date(2026, 8, 25)))


def named(text: str, concept: str) -> list[Finding]:
    return [one for one in read(text) if one.concept == concept]


def headings(text: str) -> list[str]:
    return [section.name for section in parse(Document("note.txt", text)).sections][1:]


@pytest.mark.parametrize(
    "text",
    [
        "** PLAN / MDM **\nLeft C5-6 blocks.",
        "[PLAN]\nLeft C5-6 blocks.",
        ">> PLAN <<\nLeft C5-6 blocks.",
        "--- PLAN ---\nLeft C5-6 blocks.",
        "Plan / Discussion\nLeft C5-6 blocks.",
        "PLAN AND DISCUSSION:\nLeft C5-6 blocks.",
        "Plan. Left C5-6 blocks on two occasions.",
        "P/ Left C5-6 blocks.",
    ],
)
def test_a_plan_is_a_plan_however_it_is_headed(text):
    assert headings(text) == ["plan"]


def test_stars_part_the_headings_of_a_line():
    assert headings("** MEDS ** losartan   ** ALLERGY ** codeine") == ["medications", "allergies"]


@pytest.mark.parametrize("text", ["The plan. Was it kept?", "[x] Plan reviewed with her daughter", "P/C 8 weeks"])
def test_a_word_within_a_line_heads_nothing(text):
    assert headings(text) == []


@pytest.mark.parametrize(
    "line",
    [
        "EXAM: L FABER, L Gaenslen, L thigh thrust and L compression positive.",
        "EXAM: FABER L, Gaenslen L, thigh thrust L and compression L all positive.",
        "EXAM: Positive left FABER, left Gaenslen, left thigh thrust, left compression.",
    ],
)
def test_a_list_may_name_its_side_with_each_test(line):
    found = [one for one in read(line) if one.concept in TESTS]
    assert [(one.get("side"), one.get("result")) for one in found] == [("left", "positive")] * 4


def test_a_list_of_two_sides_is_not_made_one():
    found = [one for one in read("EXAM: R FABER, L Gaenslen positive.") if one.concept == "faber"]
    assert all(one.get("side") != "left" for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "HPI: Low back pain. PT, 11 visits: 7/10 at the start and 6/10 at the end.",
        "HPI: Low back pain. PT x 11; 7/10 when she began, 6/10 when she left.",
        "HPI: Low back pain. PT 11 visits. Pain 7 going in, 6 coming out.",
        "HPI: Low back pain. She had 11 visits of PT, starting at 7/10 and ending at 6/10.",
        "HPI: Low back pain. PT 11 times; pain 7/10 at the first visit, 6/10 at the last visit.",
        "HPI: Low back pain. PT 11 visits. By her card 7/10 → 6/10 = 14%.",
    ],
)
def test_the_scores_of_a_course_are_of_before_and_after(text):
    found = {one.get("when"): one.get("low") for one in named(text, "nrs")}
    assert found == {"before": 7, "after": 6}


def test_the_end_of_a_day_is_no_end_of_a_course():
    text = "HPI: Low back pain. PT 11 visits. Pain 4/10 at the start of the day, 7/10 at the end of the day."
    assert {one.get("when") for one in named(text, "nrs")} == {None}


def test_the_ends_of_a_scale_are_no_scores():
    assert named("HPI: Low back pain. 0/10 = no pain, 10/10 = worst pain.", "nrs") == []


def test_a_sheet_read_over_the_telephone_is_a_diary():
    text = "Read from his pain sheet, left L4-5 MBB 8/21:\n before  8\n 10 am  1\n noon  1\n 4 pm  6\n"
    found = [(one.get("when"), one.get("low")) for one in named(text, "nrs")]
    assert found == [("before", 8), ("after", 1), ("after", 1), ("after", 6)]


@pytest.mark.parametrize(
    ("told", "response"),
    [
        ("Physical therapy for 8 weeks without meaningful change in pain.", "none"),
        ("Physical therapy for 8 weeks did not change the picture.", "none"),
        ("Physical therapy for 8 weeks has not restored her walking.", "none"),
        ("Physical therapy for 8 weeks has been disappointing.", "none"),
        ("Physical therapy for 8 weeks. Gained some strength, pain unaffected.", "none"),
        ("Physical therapy for 8 weeks. Loosened her for an hour each time.", "partial"),
        ("Physical therapy for 8 weeks; better on the table, back to the same by evening.", "partial"),
        ("Physical therapy for 8 weeks was pleasant but no more.", "partial"),
        ("Heat, a brace and massage, all temporary.", "partial"),
    ],
)
def test_what_a_treatment_did_is_read_in_passing(told, response):
    found = [one for one in read(f"HPI: Low back pain. {told}") if one.kind == "therapy"]
    assert {one.get("response") for one in found} == {response}


@pytest.mark.parametrize(
    "told",
    [
        "Physical therapy for 8 weeks; no change in medications.",
        "Physical therapy for 8 weeks; no change in sensation.",
        "Physical therapy is ordered for 8 weeks in the hope of restoring her walking.",
        "Physical therapy for 8 weeks. Temporary housing was found.",
    ],
)
def test_what_changed_elsewhere_is_no_effect(told):
    assert {one.get("response") for one in named(f"HPI: Low back pain. {told}", "physical_therapy")} == {None}


def test_what_has_not_worked_is_past_even_in_a_recommendation():
    text = "RECOMMENDATION: As an anti-inflammatory and gabapentin have not restored her walking, an ESI is fair."
    assert {one.get("status") for one in read(text) if one.concept in ("nsaid", "gabapentinoid")} == {"past"}


@pytest.mark.parametrize(
    "text",
    [
        "PLAN: MBB #2. A second block guards against a false positive.",
        "PLAN: MBB #2. Another block would add nothing after that.",
        "PLAN: Trigger point injections. We will do post-injection stretches.",
    ],
)
def test_a_block_that_is_spoken_of_in_general_was_not_given(text):
    assert {one.get("status") for one in read(text) if one.kind == "therapy"} == {"planned"}


def test_the_record_of_an_evaluation_bears_out_that_it_was_made():
    text = "BEHAVIORAL HEALTH EVALUATION\nInterview and questionnaire. No barriers to an injection."
    found = [one for one in read(text, "psychological_evaluation") if one.kind == "evaluation"]
    assert [one.get("status") for one in found] == ["past"]


def test_the_record_of_a_missed_evaluation_bears_out_nothing():
    text = "BEHAVIORAL HEALTH EVALUATION\nPatient was a no-show."
    assert all(
        one.get("status") != "past" for one in read(text, "psychological_evaluation") if one.kind == "evaluation"
    )


def statuses(text: str, concept: str) -> set[object]:
    return {one.get("status") for one in named(text, concept)}


@pytest.mark.parametrize(
    "text",
    [
        "ROS neg: fever, weight loss, bladder trouble, widespread pain.",
        "ROS negative: fever, fibromyalgia, widespread pain.",
        "ROS (-): fever, widespread pain.",
        "Pertinent negatives: fever, weight loss, widespread pain.",
        "PMH neg: cancer, fibromyalgia.",
    ],
)
def test_what_a_negative_label_heads_is_denied(text):
    assert statuses(text, "fibromyalgia_widespread_pain") == {"absent"}
    assert statuses(text, "generalized_pain") == {"negated"}


def test_a_positive_label_behind_it_is_not_denied():
    text = "ROS neg: fever, weight loss. Positive: widespread pain."
    assert statuses(text, "fibromyalgia_widespread_pain") == {"present"}


@pytest.mark.parametrize(
    "text",
    [
        "IMPRESSION: Cervical spondylosis without radiculopathy, axial, likely C3-4 facet pain.",
        "IMPRESSION: No radiculopathy, predominantly axial pain of the neck.",
        "HPI: no leg symptoms, axial low back pain.",
    ],
)
def test_what_the_pain_is_like_begins_anew_behind_a_denial(text):
    assert statuses(text, "axial_pain") == {"present"}


def test_both_parts_of_a_denied_pair_are_denied():
    assert statuses("IMPRESSION: no radiculopathy or axial pain.", "axial_pain") == {"absent"}


@pytest.mark.parametrize(
    "text",
    [
        "PLAN: L L3, L4 MB, L5 DR dx blocks #1 under fluoro.",
        "PLAN: Right C4, C5 MB dx blocks.",
        "PLAN: blocks of the medial branches L3, L4.",
        "PLAN: Diagnostic facet blocks (medial branch) L4-5.",
    ],
)
def test_a_block_of_the_medial_branches_by_its_short_names(text):
    assert statuses(text, "medial_branch_block") == {"planned"}


@pytest.mark.parametrize(
    "text",
    [
        "A: SI joint pain.\nP: L SI joint injection. Why: ODI 42, no gain with PT; exam localizes to the joint.",
        "A: Facet syndrome.\nP: MBB L4-5. Rationale: 11 mo axial pain, failed PT, facet signs on exam.",
        "A: First block positive.\nP: MBB #2.\nMedical necessity: NDI 40%; PT and massage without lasting relief.",
        "PLAN\nSLR agrees with the MRI. ODI of 50% in spite of PT. For these reasons we will do a TFESI.",
    ],
)
def test_reasons_under_a_heading_or_summed_up_are_a_rationale(text):
    assert named(text, "procedure_rationale")


@pytest.mark.parametrize("text", ["P: L4-5 TFESI. Rationale: options discussed.", "P: L4-5 TFESI. ODI 50%."])
def test_a_heading_or_a_score_alone_is_none(text):
    assert not named(text, "procedure_rationale")


def test_pain_that_has_gone_up_is_not_gone():
    text = "HPI: T12 fracture. In spite of acetaminophen and a brace her pain has gone up."
    assert {one.get("response") for one in read(text) if one.kind == "therapy"} == {"none"}


def test_a_score_told_of_the_weeks_behind_an_injection_is_of_after():
    text = "HPI: Neck pain. After the 2/26 TPI he stayed at 2/10 for about four weeks; 7/10 now."
    assert [(one.get("low"), one.get("when")) for one in named(text, "nrs")] == [(2, "after"), (7, "current")]


def test_treatments_that_are_told_with_their_effect_are_past():
    text = "Low back pain.\nTreatments: PT in 2025, no better. Ibuprofen 600 - no help, and Tylenol.\nExam: SLR neg."
    assert statuses(text, "acetaminophen") == {"past"}


def test_days_named_far_apart_in_a_visit_are_no_log_of_one_treatment():
    text = (
        "OFFICE VISIT\nKeeps a home exercise log.\nHPI: PT 03/02/2026 attended. Neck pain goes on.\n"
        "PLAN: Left C4-5 medial branch block, diagnostic, 9/3 done as planned. 10/5 attended recheck. 11/2 kept."
    )
    assert statuses(text, "medial_branch_block")


def test_a_birth_date_is_no_day_since_when_it_hurts():
    text = "TELEPHONE NOTE\nAda Quill    DOB 07/03/1939\nShe bent on 8/20 and has had severe back pain since."
    assert not [one for one in read(text) if str(one.get("onset")).startswith("1939")]


@pytest.mark.parametrize(
    "text",
    [
        "ROS: – fever, – weight loss, – hx CA, – fibromyalgia.",
        "ROS: - fever, - weight loss, - history of cancer, - fibromyalgia",
        "PMH: +HTN, -cancer, -fibromyalgia.",
    ],
)
def test_dashes_before_the_items_of_a_line_deny_them(text):
    assert statuses(text, "cancer_suspicion") == {"negated"}
    assert statuses(text, "fibromyalgia_widespread_pain") == {"absent"}


def test_dashes_of_a_list_of_lines_deny_nothing():
    assert statuses("PMH:\n- HTN\n- fibromyalgia\n- asthma", "fibromyalgia_widespread_pain") == {"present"}


@pytest.mark.parametrize(
    "text",
    [
        "HPI: Low back pain. Nine-tenths of it is back.",
        "HPI: Low back pain into the top of the buttock, and never farther.",
        "HPI: Low back pain to the right buttock and no lower.",
        "HPI: Low back pain, nearly all of it is in the back.",
    ],
)
def test_pain_that_stays_in_the_spine_in_other_words(text):
    assert statuses(text, "axial_pain") == {"present"}


def test_pain_that_is_mostly_in_the_leg_is_not_axial():
    assert statuses("HPI: Low back pain. Most of it is in the leg.", "axial_pain") == {"absent"}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("HPI: The RFA of 8/20/2025 had her at 4/10 for five months.", 150),
        ("HPI: The RFA of 8/20/2025 kept him down at 3/10 for seven months.", 210),
    ],
)
def test_how_long_a_score_was_held_is_how_long_the_relief_lasted(text, days):
    assert [one.get("relief_days") for one in named(text, "radiofrequency_ablation")] == [days]


def test_a_lower_score_with_that_of_before_in_brackets_is_of_after():
    text = "HPI: Low back pain. NRS 3/10 average over the trial week (8/10 before). Leads pulled intact."
    assert [(one.get("low"), one.get("when")) for one in named(text, "nrs")] == [(3, "after"), (8, "before")]
    assert statuses(text, "spinal_cord_stimulator") == {"past"}


@pytest.mark.parametrize(
    "text",
    [
        "PLAN: left L2-L4 medial branch blocks (L3-4, L4-5).",
        "PLAN: MBB #2, same nerves and joints (left L2-4 MB; L3-4, L4-5).",
    ],
)
def test_the_joints_behind_a_range_of_nerves_are_the_levels(text):
    assert {tuple(one.get("levels")) for one in named(text, "medial_branch_block")} == {("L3-4", "L4-5")}


def test_a_row_that_is_labelled_with_its_scale_and_moment_is_a_score():
    text = "PROCEDURE: Left L4-5 MBB\nPain (NRS) on arrival, arching back: 8\nPain (NRS) at 30 min, arching back: 1\n"
    assert [(one.get("low"), one.get("when")) for one in named(text, "nrs")] == [(8, "before"), (1, "after")]


def test_the_number_of_a_page_is_no_score():
    assert named("PROCEDURE: TFESI. NRS form completed, page: 3\nNRS relief in hours: 5", "nrs") == []


@pytest.mark.parametrize(
    "text",
    [
        "HPI: Leg pain. Gabapentin for six weeks has not brought it back down.",
        "PLAN: L5-S1 TFESI. Exercise and gabapentin alone are not doing it.",
        "HPI: Low back pain. Gabapentin did not release the pain.",
    ],
)
def test_a_drug_that_does_not_do_it_is_without_effect(text):
    assert {one.get("response") for one in named(text, "gabapentinoid")} == {"none"}


def test_exercises_that_are_not_done_are_not_kept_to():
    found = named("HPI: Low back pain. Has a home exercise program but is not doing it.", "home_exercise")
    assert all(one.get("adherence") == "nonadherent" or one.get("status") == "not_tried" for one in found)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("HPI: Saw Dr. Lund, psychologist, 6/30/2026: no barrier.", "past"),
        ("HPI: Met with psychology 6/30/2026; cleared.", "past"),
        ("HPI: Will see Dr. Lund, psychologist, 9/30/2026.", "planned"),
    ],
)
def test_a_psychologist_who_was_seen_has_evaluated(text, status):
    assert statuses(text, "psychological_evaluation") == {status}


def test_the_initials_of_a_practice_are_no_illness():
    assert not statuses(
        "PRIOR TREATMENT (records from Juniper FM and Mesa PT reviewed)", "fibromyalgia_widespread_pain"
    )
    assert statuses("05/14/2026. Low back pain; FM for ten years.", "fibromyalgia_widespread_pain") == {"present"}
