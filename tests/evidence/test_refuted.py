"""A course that one note claims, and the record of its time denies, is disputed."""

import pytest

from mednec.findings import find

LETTER = (
    "LAKESIDE PHYSICAL THERAPY\nRe: your patient\nScheduled for an initial evaluation on 1/12/2026 for the low back.\n"
    "{words} We have closed the referral."
)


def read(chart):
    for document in chart.documents:
        chart.findings[document.id].extend(find(document))
    return chart


@pytest.mark.parametrize(
    "words",
    [
        "She did not attend.",
        "NO SHOW.",
        "The patient never came.",
        "He failed to keep the appointment.",
        "Patient was never seen.",
        "She no-showed twice.",
    ],
)
def test_six_weeks_of_therapy_are_disputed_where_the_clinic_writes_that_the_patient_never_came(chart, words):
    chart.note(LETTER.format(words=words), dated="2026-01-20", type="correspondence")
    chart.note("Low back pain. Patient failed 6 weeks of PT.", dated="2026-02-10")
    (trial,) = read(chart).trials("physical_therapy", status=(None,))
    assert {fact.value for fact in trial.facts["status"]} == {"past", "not_tried"}
    assert "contradiction" in chart.warnings()


def test_a_therapist_who_saw_the_patient_three_times_denies_nothing(chart):
    chart.note(LETTER.format(words="Attended 3 visits, then no-showed."), dated="2026-01-20", type="correspondence")
    chart.note("Low back pain. Patient failed 6 weeks of PT.", dated="2026-02-10")
    assert "contradiction" not in read(chart).warnings()


def test_therapy_that_came_after_the_missed_visit_is_not_disputed(chart):
    chart.note(LETTER.format(words="She did not attend."), dated="2025-11-02", type="correspondence")
    chart.note("Low back pain. Patient failed 6 weeks of PT.", dated="2026-02-10")
    assert "contradiction" not in read(chart).warnings()


@pytest.mark.parametrize(
    "words",
    [
        "Seen 1 visit. Discharged for nonattendance.",
        "Only the initial evaluation took place.",
        "One visit (eval) on 1/12/2026; self-discharged.",
        "Did not attend any session after intake.",
        "Patient never started; all appointments were cancelled.",
        "No treatment was given, declined after the evaluation.",
    ],
)
def test_six_weeks_of_therapy_are_disputed_where_the_therapist_counts_next_to_no_visit(chart, words):
    chart.note(f"PT discharge note. Low back. {words}", dated="2026-01-20", type="therapy_discharge")
    chart.note("Low back pain. Patient failed 6 weeks of PT.", dated="2026-02-10")
    told = [fact.value for one in read(chart).of("therapy") for fact in one.facts["status"]]
    assert "not_tried" in told
    assert "contradiction" in chart.warnings()


@pytest.mark.parametrize(
    "words", ["Seen 14 visits, last one on 1/18.", "Attended 12 of 14; missed only the first visit."]
)
def test_a_therapist_who_counts_many_visits_denies_nothing(chart, words):
    chart.note(f"PT discharge note. Low back. {words} No relief.", dated="2026-01-20", type="therapy_discharge")
    chart.note("Low back pain. Patient failed 6 weeks of PT.", dated="2026-02-10")
    assert "contradiction" not in read(chart).warnings()
