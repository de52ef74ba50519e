"""Tables, forms, lists of questions and logs tell of a treatment by where the words stand."""

from datetime import date

import pytest

from mednec.findings import find
from mednec.model import Document, Finding


def told(text: str, concept: str = "physical_therapy", kind: str = "other") -> Finding:
    """The one finding of a treatment that a document gives."""
    document = Document(id="page", text=text, dated=date(2026, 5, 20), type=kind)
    found = [one for one in find(document) if one.kind == "therapy" and one.concept == concept]
    assert found, text
    return found[0]


def test_a_row_gives_start_end_and_result_by_the_heads_of_its_columns() -> None:
    row = told("What           Since        Until        Outcome\nPhysiotherapy  01/05/2026   02/20/2026   no better\n")
    assert (row.get("started"), row.get("ended"), row.get("response")) == ("2026-01-05", "2026-02-20", "none")
    assert row.quote.endswith("no better")


@pytest.mark.parametrize(
    ("cell", "response"),
    [
        ("pain persists", "none"),
        ("worked well", "good"),
        ("helped a bit", "partial"),
        ("aggravated it", "worse"),
        ("", None),
    ],
)
def test_the_result_column_is_read_in_the_words_of_clinics(cell: str, response: str | None) -> None:
    row = told(f"Therapy | Started | Stopped | Result\nPT | 01/05/2026 | 02/20/2026 | {cell}\n")
    assert row.get("response") == response


@pytest.mark.parametrize(
    ("cells", "status"),
    [("Y | N", "past"), ("N | -", "not_tried"), ("never | ", "not_tried")],
)
def test_a_column_that_asks_whether_it_was_tried_decides(cells: str, status: str) -> None:
    assert told(f"Treatment | Tried? | Helped?\nPT | {cells}\n").get("status") == status


def test_a_row_without_any_answer_tells_of_no_treatment() -> None:
    text = "Treatment | Tried? | Helped?\nPT |  | \nChiropractic | Y | N\n"
    found = [one for one in find(Document(id="page", text=text)) if one.concept == "physical_therapy"]
    assert not found


@pytest.mark.parametrize(("answer", "response"), [("No", "none"), ("Not at all", "none"), ("Yes", "good")])
def test_a_question_is_answered_on_the_next_line(answer: str, response: str) -> None:
    text = f"Have you tried physiotherapy for your back?\n  Yes\nDid it help?\n  {answer}\n"
    assert told(text).get("response") == response


def test_a_question_answered_with_no_tells_that_it_was_not_tried() -> None:
    assert told("Have you tried physiotherapy for your back?\n  No\n").get("status") == "not_tried"


@pytest.mark.parametrize(
    ("boxes", "response"),
    [("[ ] better  [ ] worse  [x] no change", "none"), ("[x] better  [ ] worse  [ ] no change", "good"),
     ("[ ] better  [ ] worse  [ ] no change", None)],
)  # fmt: skip
def test_of_several_boxes_the_ticked_one_answers(boxes: str, response: str | None) -> None:
    assert told(f"Physical therapy: [x] yes  [ ] no\nEffect on back pain: {boxes}\n").get("response") == response


def test_a_key_of_grades_is_no_answer() -> None:
    text = "Physical therapy: 9 visits\nResult of physical therapy: 3 = much better (0 no help, 1 little, 3 much)\n"
    assert told(text).get("response") != "none"


def test_the_lines_set_in_below_an_item_speak_of_it() -> None:
    item = told("Tried so far\n- physical therapy\n    - nine weeks at the hospital\n    - without any benefit\n")
    assert (item.get("duration_days"), item.get("response")) == (63, "none")


def test_a_log_counts_the_visits_that_were_kept() -> None:
    log = "PT attendance, low back (A = attended, NS = no show)\n04/01/2026 A\n04/08/2026 NS\n04/15/2026 A\n"
    one = told(log + "04/22/2026 A\n04/29/2026 A\nPain is as it was at the start.\n")
    assert (one.get("sessions"), one.get("started"), one.get("ended")) == (4, "2026-04-01", "2026-04-29")
    assert one.get("response") == "none"


def test_a_log_of_missed_visits_is_no_therapy() -> None:
    log = "PT visits, low back: 4/1 NS, 4/8 cx, 4/15 no show, 4/22 NS\n"
    assert told(log).get("status") == "not_tried"


def test_weeks_of_exercise_that_were_done_are_added_up() -> None:
    log = "Home exercise sheet, low back\nWeek 1: done\nWeek 2: done\nWeek 3: not done\nWeek 4: done\nWeek 5: done\n"
    assert told(log, "home_exercise").get("duration_days") == 28


def test_a_tally_of_a_discharge_counts_what_was_attended() -> None:
    text = "PHYSICAL THERAPY DISCHARGE SUMMARY\nScheduled: 10   Attended: 2   Cancelled: 8\n"
    one = told(text, kind="therapy_discharge")
    assert (one.get("sessions"), one.get("adherence")) == (2, "nonadherent")


@pytest.mark.parametrize(
    "words", ["PT x 8 wks s\u0304 relief.", "PT x 8 wks: \u00d8 relief.", "PT x 8 wks - \u00d8 \u0394."]
)
def test_the_signs_of_old_shorthand_are_read(words: str) -> None:
    assert told(words).get("response") == "none"


def test_a_form_that_the_patient_fills_in_for_another_tells_of_that_one() -> None:
    text = "Form filled in by: patient for her brother\nProblem: low back\nPT? yes\nRelief? no\n"
    assert told(text).get("status") == "other"


def test_therapy_that_was_going_well_when_it_ended_did_not_fail() -> None:
    assert told("PT in January, stopped because of a move, had been improving.").get("response") == "good"


def test_a_visit_that_speaks_of_a_log_is_no_log() -> None:
    text = (
        "OFFICE VISIT\nStill does her home exercises most days of the week (brought the log that is on her phone).\n"
        "Week 1 naproxen, no relief. Week 2 baclofen, too sleepy. Week 3 acetaminophen did little.\n"
        "PLAN: lumbar medial branch block.\n"
    )
    named = {one.concept for one in find(Document("visit", text)) if one.kind == "therapy"}
    assert {"home_exercise", "nsaid", "muscle_relaxant", "acetaminophen", "medial_branch_block"} <= named


def test_what_a_therapist_did_at_a_visit_is_kept_beside_the_log_of_visits() -> None:
    text = (
        "PT NOTES, left sciatica\n03/02/2026 VISIT 1 attended\nTherapeutic exercise, manual therapy.\n"
        "03/05/2026 VISIT 2 attended\nNeural mobilization stopped early, HEP reviewed.\n03/09/2026 VISIT 3 attended\n"
    )
    found = [one for one in find(Document("pt", text, type="therapy_note")) if one.kind == "therapy"]
    assert {"home_exercise", "physical_therapy"} <= {one.concept for one in found}
    assert any("mobilization" in one.quote for one in found)


def scores(text: str, dated: date = date(2026, 5, 20)) -> list[tuple[float, str | None]]:
    """The pain scores of a document with what they measure."""
    document = Document(id="page", text=text, dated=dated)
    return [(one.get("low"), one.get("when")) for one in find(document) if one.kind == "pain_score"]


def test_a_question_about_pain_is_answered_with_a_number_on_the_next_line() -> None:
    assert scores("How bad is your back pain today, 0 to 10?\n  6\n") == [(6, "current")]


def test_a_question_about_pain_that_is_left_open_gives_no_score() -> None:
    assert scores("How bad is your back pain today, 0 to 10?\n  (skipped)\n") == []


def test_scores_stand_below_the_words_before_and_since() -> None:
    assert scores("Trapezius injection 03/02/2026\nPain before:\n9\nPain since:\n2\n") == [(9, "before"), (2, "after")]


def test_each_row_of_a_table_of_blocks_is_a_session_with_its_scores() -> None:
    rows = "No  Date        Pre  Post\n1   03/02/2026  7    1\n2   03/30/2026  7    0\n"
    text = f"L4-5 medial branch blocks, both sides\n{rows}"
    blocks = [one for one in find(Document(id="page", text=text)) if one.concept == "medial_branch_block"]
    assert [one.get("started") for one in blocks] == ["2026-03-02", "2026-03-30"]
    assert scores(text) == [(7, "before"), (1, "after"), (7, "before"), (0, "after")]


def test_a_score_beside_a_month_was_taken_in_that_month() -> None:
    text = "RFA L4-5, L5-S1 done 08/12/2025\nNRS before RFA: 8\nNRS 11/2025: 2\n"
    found = [one for one in find(Document(id="page", text=text, dated=date(2026, 5, 20))) if one.kind == "pain_score"]
    assert found[-1].dated == date(2025, 11, 1)


def test_a_day_behind_several_levels_is_that_of_the_procedure() -> None:
    assert told("RFA L4-5, L5-S1 done 08/12/2025", "radiofrequency_ablation").get("started") == "2025-08-12"


def test_the_day_on_which_relief_ended_tells_how_long_it_lasted() -> None:
    text = "Trigger point injection left trapezius, 03/03/2026\nRelief ended: 05/05/2026\n"
    assert told(text, "trigger_point_injection").get("relief_days") == 63


def test_a_cell_without_a_score_is_not_filled_from_the_next_column() -> None:
    text = "Measure        Score      Max\nModified ODI   ---         50\n"
    assert not [one for one in find(Document(id="page", text=text)) if one.get("value") == 50]


def test_the_checked_items_of_a_questionnaire_are_its_score() -> None:
    text = "Roland-Morris questionnaire, low back. Items checked: 15/24"
    assert [one.get("value") for one in find(Document(id="page", text=text)) if one.kind == "function_score"] == [15]


@pytest.mark.parametrize(("circled", "status"), [("PT", "past"), ("none", "not_tried")])
def test_what_a_line_offers_to_be_circled_was_had_where_it_was_circled(circled: str, status: str) -> None:
    text = f"Earlier treatment (circle): PT   massage   none\nCircled: {circled}\n"
    assert told(text).get("status") == status


def test_a_line_of_words_to_circle_answers_nothing_by_itself() -> None:
    text = "Physical therapy: yes\nDid it help? (circle) not at all / a little / a lot\nCircled: a lot\n"
    assert told(text).get("response") == "good"


def test_a_code_is_read_by_the_key_of_the_page() -> None:
    assert told("Tried for the back\nnaproxen -- NR\n(NR = no response)\n", "nsaid").get("response") == "none"


@pytest.mark.parametrize(("rest", "status"), [("completed", "past"), ("referred, waiting", "planned")])
def test_yes_with_what_is_still_to_come_is_a_plan(rest: str, status: str) -> None:
    assert told(f"Prior PT? Yes - {rest}\n").get("status") == status


@pytest.mark.parametrize(("attended", "status"), [(8, "past"), (0, "not_tried")])
def test_what_was_attended_of_what_was_scheduled_decides(attended: int, status: str) -> None:
    assert told(f"Physical therapy for low back: scheduled 8, attended {attended}.\n").get("status") == status


def test_poor_attendance_is_no_poor_effect() -> None:
    assert told("PT: poor attendance\n").get("response") is None


def test_what_stands_under_not_yet_tried_was_not_tried() -> None:
    text = "FAILED for low back pain | Not yet tried\nnaproxen | physiotherapy\n"
    assert told(text).get("status") == "not_tried"
    assert told(text, "nsaid").get("response") == "none"


def test_a_number_of_weeks_answers_the_question_for_weeks() -> None:
    text = "Did you do physiotherapy?\n> Yes\nFor how many weeks?\n> 8\nIs the pain better after that?\n> No\n"
    one = told(text)
    assert (one.get("duration_days"), one.get("response")) == (56, "none")


def test_a_column_of_yes_and_one_of_no_are_ticked() -> None:
    assert told("|     | Yes | No | Effective |\n| PT  |     | X  | No        |\n").get("status") == "not_tried"


def test_none_so_far_below_an_item_is_no_treatment() -> None:
    assert told("Tried\n- physiotherapy\n    - none so far\n").get("status") == "not_tried"
