"""Dated scores after a procedure tell how long its relief lasted, where nobody says it in words."""

import pytest

from mednec.findings import find

DAY = "2025-03-11"


def _ablated(make_chart, rows, region="lumbar"):
    chart = make_chart(service="facet.rfa.repeat")
    note = chart.note("Right L3-5 RFA. NRS before 8/10.", dated=DAY)
    note.therapy("radiofrequency_ablation", "RFA", "performed", started=DAY, ended=DAY, region="lumbar")
    note.pain("8/10", 8, "before", region="lumbar")
    for day, value in rows:
        chart.note(f"Low back pain {value}/10.", dated=day).pain(f"{value}/10", value, region=region)
    (one,) = chart.trials("radiofrequency_ablation")
    return one.value("relief_days")


def test_scores_that_stay_low_tell_the_least_that_relief_lasted(make_chart):
    rows = [("2025-04-22", 2), ("2025-07-15", 2), ("2025-10-07", 3), ("2026-01-29", 7)]
    assert _ablated(make_chart, rows) == 210


@pytest.mark.parametrize(
    "rows",
    [
        [("2025-04-22", 2), ("2025-07-15", 6), ("2025-12-01", 3)],  # it came back in between
        [("2025-04-22", 2), ("2026-01-20", 2)],  # nine months of silence
        [("2025-04-22", 2), ("2025-06-15", 2)],  # less than policies ask for: the rest is not known
        [("2025-10-07", 5)],
    ],
)
def test_scores_that_do_not_show_it_tell_nothing(make_chart, rows):
    assert _ablated(make_chart, rows) is None


def test_scores_of_another_region_tell_nothing(make_chart):
    rows = [("2025-04-22", 2), ("2025-07-15", 2), ("2025-10-07", 3)]
    assert _ablated(make_chart, rows, region="knee") is None


def test_a_foot_that_hurts_makes_no_joint_injection_of_an_epidural(chart):
    note = chart.note("Pain runs to the outer foot. The January injection helped. Plan: left L5-S1 epidural.")
    chart.findings[note.document.id].extend(find(note.document))
    assert [one.concept for one in chart.trials()] == ["injection_unspecified"]


def test_a_record_without_a_region_is_of_the_spine_that_its_disability_scale_measures(chart):
    note = chart.note("NPRS 7. NDI 46%.", type="therapy_discharge")
    note.pain("7", 7).says("function_score", "ndi", "NDI", value=46)
    assert [one.value("region") for one in chart.of("pain_score")] == ["cervical"]


def test_the_february_injection_is_the_epidural_of_that_month(chart):
    own = chart.note("Left L5-S1 TFESI. Pre NRS 9/10.", dated="2025-09-17", type="procedure_note")
    own.therapy("epidural_steroid_injection", "TFESI", "performed", started="2025-09-17", ended="2025-09-17")
    later = chart.note("The September injection carried her into February.", dated="2026-02-10")
    later.therapy("injection_unspecified", "injection", started="2025-09", ended="2025-09", relief_days=130)
    (one,) = chart.trials("epidural_steroid_injection")
    assert one.value("relief_days") == 130
