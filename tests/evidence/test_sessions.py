"""One trial for each session of a procedure, with what it did."""

from collections.abc import Callable

import pytest

BLOCK = "medial_branch_block"


@pytest.fixture
def facet(make_chart: Callable):
    return make_chart(service="facet.rfa1", side="right", levels=("L4-5", "L5-S1"))


def block(chart, day, before, after, number=None):
    text = f"Lumbar medial branch block.\nPRE-BLOCK PAIN: NRS {before}/10\nPOST-BLOCK PAIN: NRS {after}/10"
    note = chart.note(text, dated=day, type="procedure_note").therapy(
        BLOCK, "medial branch block", "performed", ordinal=number
    )
    return note.pain(f"{before}/10", before, "before").pain(f"{after}/10", after, "after")


def test_a_block_told_three_times_is_one_session_with_measured_relief(facet):
    block(facet, "2025-10-14", 7, 1, 1)
    facet.note("Block #1 on 10/14/2025: 90% relief.", dated="2025-11-01").therapy(
        BLOCK, "Block #1", ordinal=1, started="2025-10-14", ended="2025-10-14", relief_percent=90, relief_days=0.208
    )
    facet.note("The first block helped for 5 hours.", dated="2025-11-10").therapy(
        BLOCK, "first block", ordinal=1, relief_days=0.208
    )
    (session,) = facet.trials()
    assert session.value("pain_before") == 7 and session.value("pain_after") == 1
    assert session.value("relief_percent") == 85.7 and session.value("relief_basis") == "measured"
    assert session.value("relief_days") == 0.208 and session.value("same_scale") is True
    assert session.distinct and session.value("status") == "performed"


def test_stated_relief_counts_where_nothing_is_measured(facet):
    facet.note("SI joint injection gave 80% relief.").therapy(
        "sacroiliac_joint_injection", "SI joint injection", relief_percent=80
    )
    (session,) = facet.trials()
    assert session.value("relief_percent") == 80 and session.value("relief_basis") == "stated"


def test_the_scores_decide_where_they_and_the_words_differ(facet):
    block(facet, "2025-10-14", 8, 4)
    facet.note("The block gave 90% relief.", dated="2025-10-20").therapy(BLOCK, "block", relief_percent=90)
    (session,) = facet.trials()
    assert session.value("relief_percent") == 50


def test_two_blocks_are_two_sessions_and_each_keeps_its_scores(facet):
    block(facet, "2025-10-14", 7, 1, 1)
    text = (
        "Medial branch block #2.\nINTERVAL: Block #1 on 10/14/2025: NRS 7/10 to 1/10, back to 7/10 next morning.\n"
        "PRE-BLOCK PAIN: NRS 8/10\nPOST-BLOCK PAIN: NRS 4/10"
    )
    second = facet.note(text, dated="2025-11-18", type="procedure_note").therapy(
        BLOCK, "Medial branch block", "performed", ordinal=2
    )
    second.therapy(BLOCK, "Block #1", ordinal=1, started="2025-10-14", ended="2025-10-14")
    second.pain("7/10", 7, "before").pain("1/10", 1, "after").pain("7/10", 7, "after").pain("8/10", 8, "before").pain(
        "4/10", 4, "after"
    )
    sessions = facet.trials()
    assert [(s.value("relief_percent"), s.value("days_before")) for s in sessions] == [(85.7, 133), (50.0, 98)]


def test_both_blocks_are_told_of_the_two(facet):
    block(facet, "2025-10-14", 7, 1)
    block(facet, "2025-11-18", 7, 1)
    facet.note("Both blocks gave >80% relief.", dated="2026-02-10").therapy(
        BLOCK, "Both blocks", sessions=2, relief_percent=80
    )
    sessions = facet.trials()
    assert len(sessions) == 2 and all(len(session.findings) == 2 for session in sessions)


def test_an_undated_mention_that_may_be_any_of_two_is_not_counted(facet):
    block(facet, "2025-10-14", 7, 1)
    block(facet, "2025-11-18", 7, 1)
    facet.note("The block gave 85% relief.", dated="2026-02-10").therapy(BLOCK, "block", relief_percent=85)
    assert [session.distinct for session in facet.trials()].count(True) == 2


def test_a_series_without_dates_counts_each_of_its_sessions(facet):
    facet.note("Three ESIs in 2025.").therapy(
        "epidural_steroid_injection", "ESIs", sessions=3, started="2025", ended="2025"
    )
    sessions = facet.trials()
    assert len(sessions) == 3 and all(session.distinct and session.value("sessions") == 1 for session in sessions)


def test_the_year_of_a_session_is_an_interval(facet):
    facet.note("ESI in 2011.").therapy("epidural_steroid_injection", "ESI", started="2011", ended="2011")
    (session,) = facet.trials()
    assert (session.start.first.isoformat(), session.start.last.isoformat()) == ("2011-01-01", "2011-12-31")
    assert session.value("days_before") is None


def test_the_diary_of_the_day_measures_the_block_and_its_return_does_not(facet):
    facet.note("Lumbar medial branch block.", dated="2025-10-14", type="procedure_note").therapy(
        BLOCK, "medial branch block", "performed"
    )
    diary = facet.note("Before block 7\n30 minutes 1\n7 hours 5\nnext morning 7", dated="2025-10-14", type="pain_diary")
    diary.pain("7", 7, "before").pain("1", 1, "after").pain("5", 5, "after")
    (session,) = facet.trials()
    assert session.value("relief_percent") == 85.7


def test_what_the_records_measure_differently_stands_side_by_side(facet):
    block(facet, "2025-10-14", 8, 1)
    facet.note("Phone: block, NRS 8 before, 5 after.", dated="2025-10-15", type="telephone_encounter").therapy(
        BLOCK, "block"
    ).pain("8", 8, "before").pain("5", 5, "after")
    (session,) = facet.trials()
    assert {fact.value for fact in session.facts["relief_percent"]} == {87.5, 37.5}
    assert "contradiction" in facet.warnings()


def test_scores_on_different_scales_are_not_compared(facet):
    text = "Lumbar medial branch block.\nPRE: 70/100\nPOST: 1/10"
    note = facet.note(text, dated="2025-10-14", type="procedure_note").therapy(
        BLOCK, "medial branch block", "performed"
    )
    note.pain("70/100", 70, "before", of=100).pain("1/10", 1, "after")
    (session,) = facet.trials()
    assert session.value("same_scale") is False and session.value("relief_percent") is None
    assert "scale_changed" in facet.warnings()


def test_a_range_is_taken_at_its_less_favorable_end_and_told(facet):
    text = "Lumbar medial branch block.\nPRE: 8/10\nPOST: 1-3/10"
    note = facet.note(text, dated="2025-10-14", type="procedure_note").therapy(
        BLOCK, "medial branch block", "performed"
    )
    note.pain("8/10", 8, "before").pain("1-3/10", 1, "after", high=3)
    (session,) = facet.trials()
    assert session.value("relief_percent") == 62.5
    assert "score_range" in facet.warnings()


def test_relief_that_lasted_longer_at_a_later_visit_goes_before_the_earlier_figure(facet):
    facet.note("RFA on 6/10/25, 6 weeks of relief.", dated="2025-07-22").therapy(
        "radiofrequency_ablation", "RFA", started="2025-06-10", ended="2025-06-10", relief_days=42
    )
    facet.note("RFA on 6/10/25, relief lasted 3 months.", dated="2025-10-07").therapy(
        "radiofrequency_ablation", "RFA", started="2025-06-10", ended="2025-06-10", relief_days=90
    )
    (session,) = facet.trials()
    assert session.value("relief_days") == 90


def test_an_unnamed_injection_of_the_day_is_the_named_one(facet):
    facet.note("Right SI joint injection.", dated="2025-08-26", type="procedure_note").therapy(
        "sacroiliac_joint_injection", "SI joint injection", "performed", side="right"
    )
    facet.note("Had injection Aug 26.", dated="2025-10-14").therapy(
        "injection_unspecified", "injection", started="2025-08-26", ended="2025-08-26"
    )
    (session,) = facet.trials()
    assert session.concept == "sacroiliac_joint_injection" and len(session.findings) == 2


def test_what_was_injected_is_told_of_the_session(facet):
    note = facet.note("Lumbar medial branch block, bupivacaine 0.5%.", dated="2025-10-14", type="procedure_note")
    note.therapy(BLOCK, "medial branch block", "performed").says(
        "technique", "injectate", "bupivacaine 0.5%", value="bupivacaine 0.5%"
    )
    (session,) = facet.trials()
    assert session.value("injectate") == "bupivacaine 0.5%"


def test_therapy_is_measured_from_evaluation_to_discharge(facet):
    text = "Dx: low back pain. TherEx\nEVAL NPRS 8 ODI 54%\nDISCHARGE NPRS 7 ODI 50%"
    note = facet.note(text, dated="2026-01-13", type="therapy_discharge")
    note.therapy("physical_therapy", "TherEx", started="2025-11-17", ended="2026-01-13").pain("8", 8, "before").pain(
        "7", 7, "after"
    )
    note.says("function_score", "odi", "54%", value=54, percent=True, when="before")
    note.says("function_score", "odi", "50%", value=50, percent=True, when="after")
    (trial,) = facet.trials()
    assert (trial.value("pain_before"), trial.value("pain_after"), trial.value("relief_percent")) == (8, 7, 12.5)
    assert (trial.value("function_before"), trial.value("function_after"), trial.value("function_percent")) == (
        54,
        50,
        7.4,
    )


def test_function_around_an_ablation_is_read_off_the_visits(facet):
    for day, value in (("2025-05-20", 50), ("2025-07-22", 36), ("2026-01-13", 50)):
        facet.note(f"Low back pain. ODI {value}%.", dated=day).says(
            "function_score", "odi", f"{value}%", value=value, percent=True
        )
    facet.note("Lumbar RFA.", dated="2025-06-10", type="procedure_note").therapy(
        "radiofrequency_ablation", "RFA", "performed"
    )
    (session,) = facet.trials()
    assert (session.value("function_before"), session.value("function_after"), session.value("function_percent")) == (
        50,
        36,
        28,
    )


def test_the_follow_up_that_tells_the_score_before_measures_the_relief(facet):
    facet.note("Lumbar RFA.", dated="2025-06-10", type="procedure_note").therapy(
        "radiofrequency_ablation", "RFA", "performed"
    )
    facet.note("6 wks after RFA. NRS 3/10 avg (was 8/10).", dated="2025-07-22").therapy(
        "radiofrequency_ablation", "RFA"
    ).pain("3/10", 3, "average").pain("8/10", 8, "before")
    (session,) = facet.trials()
    assert session.value("relief_percent") == 62.5 and session.value("relief_basis") == "measured"


def test_a_visual_scale_before_and_a_numeric_one_after_are_not_one_scale(facet):
    text = "Lumbar medial branch block.\nPRE: VAS 8/10\nPOST: NRS 1/10"
    note = facet.note(text, dated="2025-10-14", type="procedure_note").therapy(
        BLOCK, "medial branch block", "performed"
    )
    note.pain("8/10", 8, "before").pain("1/10", 1, "after")
    (session,) = facet.trials()
    assert session.value("same_scale") is False and session.value("relief_percent") is None


def test_the_present_pain_long_after_an_ablation_is_not_what_it_gave(facet):
    facet.note("Lumbar RFA.", dated="2025-06-10", type="procedure_note").therapy(
        "radiofrequency_ablation", "RFA", "performed"
    )
    facet.note("RFA in June (8/10 before). NRS 8/10 now.", dated="2026-01-13").therapy(
        "radiofrequency_ablation", "RFA"
    ).pain("8/10", 8, "before").pain("8/10", 8, "current")
    (session,) = facet.trials()
    assert session.value("relief_percent") is None


def test_a_series_told_by_its_first_and_last_day_is_the_sessions_in_between(facet):
    esi = "epidural_steroid_injection"
    for day in ("2025-03-12", "2025-06-11"):
        facet.note("Lumbar ESI.", dated=day, type="procedure_note").therapy(esi, "ESI", "performed")
    facet.note("ESI x3 from 3/12 to 9/10/2025.", dated="2025-12-01").therapy(
        esi, "ESI", sessions=3, started="2025-03-12", ended="2025-09-10"
    )
    facet.note("ESI 3/2025.", dated="2026-01-10").therapy(esi, "ESI", started="2025-03", ended="2025-03")
    sessions = facet.trials()
    assert len(sessions) == 3 and all(session.distinct for session in sessions)
    assert sum(session.start.first == session.start.last for session in sessions) == 2


def test_the_pain_of_another_part_does_not_measure_a_block(facet):
    block(facet, "2025-10-14", 8, 4)
    call = facet.note(
        "Phone call.\nKnee pain 8 before, 1 after the ice.", dated="2025-10-16", type="telephone_encounter"
    )
    call.pain("8", 8, "before").pain("1", 1, "after")
    (session,) = facet.trials()
    assert session.value("relief_percent") == 50
