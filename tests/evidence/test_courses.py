"""One trial for each course of therapy, whoever tells of it."""

from importlib.resources import files

import pytest
import yaml


def flowsheet(chart, days, dated, text="Dx: M54.17 low back pain. TherEx"):
    note = chart.note(text, dated=dated, type="therapy_note")
    for day in days:
        note.says("therapy", "physical_therapy", "TherEx", on=day, status="past", started=day, ended=day)
    return note


def test_a_course_told_three_times_is_one_trial(chart):
    chart.note("Low back pain. PT 11/17/25 - 1/13/26, 14 visits.", dated="2026-02-10").therapy(
        "physical_therapy", "PT", started="2025-11-17", ended="2026-01-13", sessions=14, region="lumbar"
    )
    chart.note("Completed 8 weeks of PT.", dated="2026-02-12").therapy("physical_therapy", "PT", duration_days=56)
    chart.note("PT did not help.", dated="2026-02-14").therapy("physical_therapy", "PT", response="none")
    (trial,) = chart.trials()
    assert trial.value("duration_days") == 57
    assert trial.value("sessions") == 14
    assert trial.value("response") == "none"
    assert len(trial.findings) == 3


def test_the_visits_of_a_flowsheet_are_one_course_with_counted_visits(chart):
    flowsheet(chart, ["2025-11-17", "2025-11-20", "2025-12-15", "2026-01-13"], "2026-01-13")
    (trial,) = chart.trials()
    assert trial.value("sessions") == 4 and trial.value("duration_days") == 57
    assert trial.value("region") == "lumbar"


def test_a_stated_number_of_visits_goes_before_counted_rows(chart):
    note = flowsheet(chart, ["2025-11-17", "2026-01-13"], "2026-01-13", "Dx: low back. TherEx. Attended 14 of 14")
    note.therapy("physical_therapy", "Attended 14 of 14", sessions=14)
    (trial,) = chart.trials()
    assert trial.value("sessions") == 14


def test_a_plan_is_not_the_treatment(chart):
    chart.note("Low back: PT for 6 weeks ordered.", dated="2025-11-04").therapy(
        "physical_therapy", "PT", "planned", duration_days=42
    )
    chart.note("Failed PT for the low back.", dated="2026-02-10").therapy("physical_therapy", "PT", response="none")
    (trial,) = chart.trials()
    (plan,) = chart.trials(status=("planned",))
    assert trial.value("duration_days") is None and plan.value("duration_days") == 42


def test_what_others_had_is_left_out(chart):
    chart.note("Her sister had PT.").therapy("physical_therapy", "PT", "other")
    assert chart.gather().evidence == ()


def test_the_therapist_and_the_office_note_contradict_each_other(chart):
    chart.note("Low back. PT 2 visits in 10 days.", dated="2026-02-11", type="therapy_discharge").therapy(
        "physical_therapy", "PT", sessions=2, duration_days=10, started="2026-01-19", ended="2026-01-28"
    )
    chart.note("Low back pain. Failed 6 weeks of PT.", dated="2026-02-20").therapy(
        "physical_therapy", "PT", duration_days=42, response="none"
    )
    (trial,) = chart.trials()
    assert sorted(fact.value for fact in trial.facts["duration_days"]) == [10, 42]
    assert "contradiction" in chart.warnings()


@pytest.mark.parametrize(("one", "other"), [(56, 57), (49, 56), (42, 40)])
def test_small_differences_in_duration_are_the_same(chart, one, other):
    chart.note("PT.", dated="2026-02-10").therapy("physical_therapy", "PT", duration_days=one)
    chart.note("PT.", dated="2026-02-12").therapy("physical_therapy", "PT", duration_days=other)
    (trial,) = chart.trials()
    assert len(trial.facts["duration_days"]) == 1 and "contradiction" not in chart.warnings()


def test_a_running_total_gives_way_to_the_final_one(chart):
    chart.note("PT, 9 visits so far.", dated="2025-12-16").therapy(
        "physical_therapy", "PT", "current", sessions=9, duration_days=28
    )
    chart.note("PT, 14 visits.", dated="2026-01-13").therapy("physical_therapy", "PT", sessions=14, duration_days=56)
    (trial,) = chart.trials()
    assert trial.value("sessions") == 14 and trial.value("duration_days") == 56
    assert chart.warnings() == set()


def test_therapy_of_another_part_of_the_body_is_another_trial(chart):
    chart.note("PT for the knee, later PT for the back.").therapy("physical_therapy", "PT", region="knee").therapy(
        "physical_therapy", "PT", region="lumbar"
    )
    assert [trial.value("region") for trial in chart.trials()] == ["lumbar", "knee"] or len(chart.trials()) == 2


def test_the_region_is_that_of_the_record_where_the_sentence_names_none(chart):
    chart.note("Dx: M75.101\nBody part: R SHOULDER\nPT 11 visits.", type="therapy_note").therapy(
        "physical_therapy", "PT", sessions=11
    )
    chart.note("CC: low back pain\nFailed PT.").therapy("physical_therapy", "PT", response="none")
    assert {trial.value("region") for trial in chart.trials()} == {"shoulder", "lumbar"}


def test_an_undated_mention_is_of_the_latest_course_where_the_other_is_long_past(chart):
    chart.note("PT courses.").therapy("physical_therapy", "PT", started="2025-01-06", ended="2025-03-03").therapy(
        "physical_therapy", "PT", started="2025-10-20", ended="2025-11-24"
    )
    chart.note("Failed PT.", dated="2026-02-12").therapy("physical_therapy", "PT", response="none")
    assert [trial.value("response") for trial in chart.trials()] == [None, "none"]


def test_two_courses_months_apart_are_two_and_an_undated_mention_joins_neither(chart):
    chart.note("PT courses.").therapy("physical_therapy", "PT", started="2025-06-02", ended="2025-07-15").therapy(
        "physical_therapy", "PT", started="2025-10-20", ended="2025-11-24"
    )
    chart.note("Failed PT.", dated="2026-02-12").therapy("physical_therapy", "PT", response="none")
    trials = chart.trials()
    assert [trial.distinct for trial in trials].count(True) == 2
    assert [trial.value("response") for trial in trials if not trial.distinct] == ["none"]


def test_different_drugs_are_different_trials(chart):
    chart.note("Meloxicam, then celecoxib.").therapy("nsaid", "Meloxicam", agent="meloxicam", response="none").therapy(
        "nsaid", "celecoxib", agent="celecoxib", response="partial"
    )
    assert {trial.value("agent") for trial in chart.trials("nsaid")} == {"meloxicam", "celecoxib"}


def test_an_ongoing_drug_runs_from_its_start_to_the_day_it_is_told(chart):
    chart.note("Gabapentin since 1/5/26.", dated="2026-02-10").therapy(
        "gabapentinoid", "Gabapentin", "current", agent="gabapentin", started="2026-01-05"
    )
    (trial,) = chart.trials()
    assert trial.value("duration_days") == 36 and trial.value("status") == "current"


def test_the_later_response_is_the_outcome(chart):
    chart.note("PT helps some.", dated="2025-12-16").therapy("physical_therapy", "PT", "current", response="partial")
    chart.note("PT failed.", dated="2026-01-20").therapy("physical_therapy", "PT", response="none")
    (trial,) = chart.trials()
    assert trial.value("response") == "none"


def test_success_and_failure_told_of_one_finished_course_stand_side_by_side(chart):
    chart.note("Low back. PT done, great relief.", dated="2026-01-13", type="therapy_discharge").therapy(
        "physical_therapy", "PT", started="2025-11-17", ended="2026-01-13", response="good"
    )
    chart.note("Low back. PT failed.", dated="2026-02-10").therapy("physical_therapy", "PT", response="none")
    (trial,) = chart.trials()
    assert {fact.value for fact in trial.facts["response"]} == {"good", "none"}
    assert "contradiction" in chart.warnings()


def test_reasons_of_failure_supplement_each_other(chart):
    chart.note("Naproxen.", dated="2026-01-01").therapy(
        "nsaid", "Naproxen", agent="naproxen", failure_reason="side_effects"
    )
    chart.note("Naproxen.", dated="2026-02-01").therapy(
        "nsaid", "Naproxen", agent="naproxen", failure_reason=["inadequate_relief"]
    )
    (trial,) = chart.trials()
    assert trial.value("failure_reason") == ("inadequate_relief", "side_effects")


def test_a_note_sent_twice_says_nothing_twice(chart):
    for name in ("a", "b"):
        chart.note("Failed PT. PT again.", id=name).therapy("physical_therapy", "PT", response="none")
    (trial,) = chart.trials()
    assert len(trial.findings) == 1


def test_a_refusal_on_record_that_an_earlier_course_belies_is_a_contradiction(chart):
    chart.note("Low back PT.", dated="2026-01-13").therapy(
        "physical_therapy", "PT", started="2025-11-17", ended="2026-01-13"
    )
    chart.note("Low back pain. Never had PT.", dated="2026-02-10").therapy("physical_therapy", "PT", "not_tried")
    assert "contradiction" in chart.warnings()


def test_a_course_that_went_on_ended_by_the_day_it_is_told_to_be_over(chart):
    chart.note("In PT since 11/3.", dated="2025-11-25").therapy(
        "physical_therapy", "PT", "current", started="2025-11-03"
    )
    chart.note("Finished PT, 7 weeks.", dated="2026-01-10").therapy("physical_therapy", "PT", duration_days=49)
    (trial,) = chart.trials()
    assert (str(trial.end.first), str(trial.end.last)) == ("2025-11-25", "2026-01-10")
    assert trial.value("duration_days") == 49


def test_a_lower_bound_is_borne_out_by_the_exact_number(chart):
    chart.note("More than 6 weeks of PT.", dated="2026-02-10").therapy("physical_therapy", "PT", duration_days=42)
    chart.note("PT 12/1-2/1.", dated="2026-02-12").therapy(
        "physical_therapy", "PT", started="2025-12-01", ended="2026-02-01"
    )
    (trial,) = chart.trials()
    assert trial.value("duration_days") == 62 and len(trial.facts["duration_days"][0].findings) == 2


def test_a_lower_bound_above_the_exact_number_contradicts_it(chart):
    chart.note("More than 6 weeks of PT.", dated="2026-02-10").therapy("physical_therapy", "PT", duration_days=42)
    chart.note("PT for 2 weeks.", dated="2026-02-12").therapy("physical_therapy", "PT", duration_days=14)
    (trial,) = chart.trials()
    assert len(trial.facts["duration_days"]) == 2


def test_a_brand_name_is_another_name_of_the_drug(chart):
    chart.note("Mobic 15 mg.", dated="2026-01-01").therapy("nsaid", "Mobic", agent="mobic", duration_days=42)
    chart.note("Meloxicam failed.", dated="2026-02-01").therapy(
        "nsaid", "Meloxicam", agent="meloxicam", response="none"
    )
    (trial,) = chart.trials()
    assert (trial.value("agent"), trial.value("duration_days"), trial.value("response")) == ("meloxicam", 42, "none")


def test_no_name_means_two_drugs():
    drugs = yaml.safe_load((files("mednec.evidence") / "drugs.yaml").read_text(encoding="utf-8"))["names"]
    names = [name for drug, others in drugs.items() for name in (drug, *others)]
    assert len(names) == len(set(names))


def test_in_the_record_of_the_therapist_its_dates_hold(chart):
    note = flowsheet(chart, ["2026-01-19", "2026-01-28"], "2026-02-11", "Dx: low back. TherEx. Plan of 6 weeks of PT")
    note.therapy("physical_therapy", "PT", duration_days=42)
    (trial,) = chart.trials()
    assert trial.value("duration_days") == 9
