"""Evidence other than of therapy, and the warnings that it gives rise to."""

from dataclasses import replace
from datetime import date

import pytest

from mednec.model import Page


def test_the_duration_of_pain_is_counted_to_the_request(chart):
    chart.note("Low back pain since 10/27/2025.", dated="2025-11-04").says(
        "symptom_duration", "pain_duration", "since 10/27/2025", onset="2025-10-27", region="lumbar"
    )
    chart.note("15 weeks of low back pain.", dated="2026-02-10").says(
        "symptom_duration", "pain_duration", "15 weeks", days=105, region="lumbar"
    )
    (duration,) = chart.of("symptom_duration")
    assert duration.value("days") == 120 and len(duration.findings) == 2


def test_a_vague_onset_counts_from_its_last_day(chart):
    chart.note("Since 2025.").says("symptom_duration", "pain_duration", "Since 2025", onset="2025-09")
    (duration,) = chart.of("symptom_duration")
    assert duration.value("days") == (date(2026, 2, 24) - date(2025, 9, 30)).days


def test_a_report_and_the_notes_that_quote_it_are_one_study(chart):
    chart.note("MRI LUMBAR SPINE", dated="2026-01-20", type="imaging_report").says(
        "imaging", "mri", "MRI", status="past", result="abnormal"
    )
    chart.note("MRI 1/20/26.").says("imaging", "mri", "MRI", status="past", date="2026-01-20", region="lumbar")
    chart.note("Matches the MRI.", dated="2026-02-12").says("imaging", "mri", "MRI", status="past")
    (study,) = chart.of("imaging")
    assert study.value("age_days") == 35 and study.value("region") == "lumbar" and len(study.findings) == 3


def test_an_ordered_study_is_not_a_made_one(chart):
    chart.note("MRI ordered.", dated="2025-12-16").says("imaging", "mri", "MRI", status="planned")
    chart.note("MRI 1/20/26.").says("imaging", "mri", "MRI", status="past", date="2026-01-20")
    assert {study.value("status") for study in chart.of("imaging")} == {"planned", "past"}


def test_signs_are_kept_apart_by_side_and_day(chart):
    chart.note("SLR positive left, negative right.").says(
        "exam", "straight_leg_raise", "SLR positive left", result="positive", side="left"
    ).says("exam", "straight_leg_raise", "negative right", result="negative", side="right")
    chart.note("SLR negative left.", dated="2025-11-01").says(
        "exam", "straight_leg_raise", "SLR negative left", result="negative", side="left"
    )
    assert len(chart.of("exam")) == 3 and "contradiction" not in chart.warnings()


def test_a_sign_told_both_ways_on_one_day_is_a_contradiction(chart):
    chart.note("SLR positive left.").says(
        "exam", "straight_leg_raise", "SLR positive left", result="positive", side="left"
    )
    chart.note("SLR negative left.").says(
        "exam", "straight_leg_raise", "SLR negative left", result="negative", side="left"
    )
    (sign,) = chart.of("exam")
    assert len(sign.facts["result"]) == 2 and "contradiction" in chart.warnings()


def test_what_a_report_shows_is_told_apart_from_what_a_note_says(chart):
    chart.note("MRI LUMBAR: herniation.", type="imaging_report").says(
        "diagnosis", "disc_herniation", "herniation", status="present"
    )
    chart.note("Lumbar herniation.", dated="2026-02-12").says(
        "diagnosis", "disc_herniation", "herniation", status="present"
    )
    assert {one.value("basis") for one in chart.of("diagnosis")} == {"report", "clinical"}


def test_a_raw_oswestry_is_told_in_percent(chart):
    chart.note("ODI 22/50.").says("function_score", "odi", "ODI 22/50", value=22)
    (score,) = chart.of("function_score")
    assert score.value("value") == 44 and score.value("named") is True


@pytest.mark.parametrize(("text", "named"), [("NRS 7/10", True), ("Pain 7/10", None), ("Pain 7 (0-10)", True)])
def test_a_pain_score_knows_whether_its_scale_is_named(chart, text, named):
    chart.note(text).pain("7", 7)
    (score,) = chart.of("pain_score")
    assert score.value("named") is named


def test_imaging_of_the_other_side_is_told(chart):
    chart.note("MRI LUMBAR: right L5-S1 herniation.", type="imaging_report").says(
        "diagnosis", "disc_herniation", "herniation", status="present", side="right", levels=["L5-S1"], region="lumbar"
    )
    assert chart.warnings() == {"side_mismatch"}


def test_a_plan_for_the_other_side_is_told(chart):
    chart.note("Low back. Right L5-S1 TFESI.").therapy("epidural_steroid_injection", "TFESI", "planned", side="right")
    assert chart.warnings() == {"side_mismatch"}


def test_treatment_of_other_regions_alone_is_told(chart):
    chart.note("PT for the shoulder.").therapy("physical_therapy", "PT", region="shoulder")
    assert chart.warnings() == {"region_mismatch"}


def test_an_image_older_than_two_years_is_told(chart):
    chart.note("MRI lumbar 1/20/2022.").says("imaging", "mri", "MRI", status="past", date="2022-01-20", region="lumbar")
    assert chart.warnings() == {"stale_imaging"}


def test_a_badly_recognized_page_is_told(chart):
    note = chart.note("PT notes")
    chart.documents[0] = replace(note.document, pages=(Page(1, 0, 8, confidence=41.0), Page(2, 8, 8, confidence=0.0)))
    assert chart.warnings() == {"low_ocr_confidence", "unreadable_page"}


def test_a_note_copied_forward_is_told(chart):
    story = " ".join(
        f"He reports that the {word} pain bothers him when he does {word} things about the house." for word in WORDS
    )
    chart.note(f"Visit 1. BP 120/80. {story} Plan: MRI.", dated="2026-01-10")
    chart.note(f"Visit 2. BP 131/77. {story} Plan: injection and nothing else.", dated="2026-02-10")
    chart.note("Visit 3. " + story[:200], dated="2026-02-12")
    warnings = [warning for warning in chart.gather().warnings if warning.kind == "cloned_note"]
    assert any("2026-02-10" in warning.message and "2026-01-10" in warning.message for warning in warnings)


WORDS = (
    "dull",
    "aching",
    "burning",
    "stabbing",
    "nightly",
    "daily",
    "sharp",
    "heavy",
    "constant",
    "radiating",
    "deep",
    "old",
)


def test_a_score_is_of_the_part_that_its_words_name(chart):
    chart.note("CC: low back pain\nNRS 7/10. L knee arthritis - 4/10 with stairs.").pain("7/10", 7).pain("4/10", 4)
    assert {(one.value("high"), one.value("region")) for one in chart.of("pain_score")} == {(7, "lumbar"), (4, "knee")}


def test_an_incidental_finding_does_not_make_the_note_one_of_the_back(chart):
    note = chart.note("CC: flank pain\nPain 9/10. CT: stone, lumbar spondylosis noted.").pain("9/10", 9)
    note.says("diagnosis", "facet_syndrome", "spondylosis", status="present", region="lumbar", basis="quoted")
    (score,) = chart.of("pain_score")
    assert score.value("region") is None


def test_more_than_three_months_does_not_contradict_seven(chart):
    chart.note("Low back pain since 7/2025.").says("symptom_duration", "pain_duration", "since 7/2025", onset="2025-07")
    chart.note("Low back pain > 3 months.").says("symptom_duration", "pain_duration", "> 3 months", days=90)
    (duration,) = chart.of("symptom_duration")
    assert duration.value("days") == 208


def test_the_onset_of_a_problem_list_counts_where_no_note_tells_of_one(chart):
    chart.note("Low back pain: onset 2018", type="structured_entry").says(
        "symptom_duration", "pain_duration", "onset 2018", onset="2018"
    )
    (duration,) = chart.of("symptom_duration")
    assert duration.value("days") > 2000
    chart.note("Low back pain since 7/2025.").says("symptom_duration", "pain_duration", "since 7/2025", onset="2025-07")
    (duration,) = chart.of("symptom_duration")
    assert duration.value("days") == 208


def test_the_foot_to_which_the_pain_of_the_back_runs_is_of_the_back(chart):
    chart.note("CC: low back pain\nPain runs to the foot, NRS 7/10.").pain("7/10", 7)
    (score,) = chart.of("pain_score")
    assert score.value("region") == "lumbar"


def test_how_it_was_done_and_how_it_will_be_are_two_things(chart):
    note = chart.note("Done under fluoroscopy. Next: under CT.")
    note.says("technique", "guidance", "fluoroscopy", value="fluoroscopy", status="performed")
    note.says("technique", "guidance", "CT", value="ct", status="planned")
    assert {(one.value("status"), one.value("value")) for one in chart.of("technique")} == {
        ("performed", "fluoroscopy"),
        ("planned", "ct"),
    }


def test_a_diagnosis_has_the_firmest_of_its_grounds(chart):
    note = chart.note("MRI shows a herniation. A: herniation.")
    note.says("diagnosis", "disc_herniation", "herniation", status="present", basis="quoted")
    note.says("diagnosis", "disc_herniation", "herniation", status="present", basis="clinical")
    (diagnosis,) = chart.of("diagnosis")
    assert diagnosis.value("basis") == "quoted"
