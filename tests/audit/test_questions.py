"""Questions put to evidence made by hand."""

from dataclasses import replace
from datetime import date

import pytest

from mednec.model import Document, Evidence, Fact, Interval, Status

MET, NOT, NOTHING, BOTH = Status.MET, Status.NOT_MET, Status.INSUFFICIENT, Status.CONFLICTING
TRIED = {"region": "requested", "status": ["past", "current"]}
FOUR_WEEKS = {"therapy": "physical_therapy", "where": TRIED, "duration_days": "at least 4 weeks"}


def therapy(chart, **attributes):
    return chart.evidence("therapy", "physical_therapy", **{"status": "past", "region": "lumbar"} | attributes)


def block(chart, day, concept="medial_branch_block", **attributes):
    given = {"status": "performed", "region": "lumbar", "side": "left"} | attributes
    return chart.evidence("therapy", concept, start=day, **given)


def test_a_silent_chart_answers_nothing(ask):
    assert ask(FOUR_WEEKS).status is NOTHING
    assert ask(FOUR_WEEKS).missing == ("any record of physical therapy",)
    assert ask({"statement": "active_rehab", "status": "affirmed"}).missing == (
        "a word on this: takes part in an active program of exercise or rehabilitation",
    )


def test_a_trial_long_enough_answers_yes_and_a_short_one_no(ask, chart):
    assert ask(FOUR_WEEKS, therapy(chart, duration_days=56)).status is MET
    assert ask(FOUR_WEEKS, therapy(chart, duration_days=14)).status is NOT


def test_a_planned_therapy_is_no_trial(ask, chart):
    for status in ("planned", "declined", "other", "not_tried"):
        assert ask(FOUR_WEEKS, therapy(chart, status=status, duration_days=56)).status is NOTHING


def test_another_region_is_not_looked_at(ask, chart):
    assert ask(FOUR_WEEKS, therapy(chart, region="shoulder", duration_days=56)).status is NOTHING


def test_an_unknown_region_carries_neither_yes_nor_no(ask, chart):
    unknown = chart.evidence("therapy", "physical_therapy", status="past", duration_days=56)
    short = chart.evidence("therapy", "physical_therapy", status="past", duration_days=5)
    assert ask(FOUR_WEEKS, unknown).status is NOTHING
    assert ask(FOUR_WEEKS, unknown).missing == ("the body region of physical therapy",)
    assert ask(FOUR_WEEKS, short).status is NOTHING


def test_a_length_that_is_not_stated_is_missing(ask, chart):
    answer = ask(FOUR_WEEKS, therapy(chart))
    assert answer.status is NOTHING
    assert answer.missing == ("dates or number of weeks of physical therapy",)


def test_months_tell_the_length_only_where_each_of_their_days_does(ask, chart):
    def ran(first, last):
        month = {1: (date(2026, 1, 1), date(2026, 1, 31)), 2: (date(2026, 2, 1), date(2026, 2, 28))}
        month[3] = (date(2026, 3, 1), date(2026, 3, 31))
        return chart.evidence(
            "therapy",
            "physical_therapy",
            status="past",
            region="lumbar",
            start=Interval(*month[first]),
            end=Interval(*month[last]),
        )

    assert ask(FOUR_WEEKS, ran(1, 3)).status is MET
    assert ask(FOUR_WEEKS, ran(2, 3)).status is NOTHING
    assert ask(FOUR_WEEKS, ran(3, 3)).status is NOTHING
    assert ask(FOUR_WEEKS, ran(1, 3)).because == ("physical therapy: 29 to 89 days (at least 4 weeks)",)


def test_documents_that_disagree_make_a_contradiction(ask, chart):
    assert ask(FOUR_WEEKS, therapy(chart, duration_days={42, 10})).status is BOTH


def test_another_trial_carries_the_yes_over_a_contradiction(ask, chart):
    assert ask(FOUR_WEEKS, therapy(chart, duration_days={42, 10}), therapy(chart, duration_days=60)).status is MET


def test_what_except_names_is_left_out_and_what_is_silent_stays(ask, chart):
    question = {**FOUR_WEEKS, "except": {"adherence": "nonadherent"}}
    assert ask(question, therapy(chart, duration_days=56)).status is MET
    assert ask(question, therapy(chart, duration_days=56, adherence="nonadherent")).status is NOTHING


def test_two_blocks_are_two_pieces_of_evidence(ask, chart):
    question = {
        "therapy": "blocks",
        "where": TRIED | {"status": ["performed"]},
        "relief_percent": "at least 80",
        "count": 2,
    }
    first = block(chart, date(2026, 1, 5), relief_percent=90)
    second = block(chart, date(2026, 2, 2), relief_percent=85)
    assert ask(question, first, second).status is MET
    assert ask(question, first).status is NOTHING
    assert ask(question, first, block(chart, date(2026, 2, 2), relief_percent=40)).status is NOT


def test_a_retelling_never_adds_to_a_count(ask, chart):
    question = {"therapy": "blocks", "where": {"status": ["performed"]}, "relief_percent": "at least 80", "count": 2}
    retold = replace(block(chart, None, relief_percent=90), distinct=False)
    assert ask(question, block(chart, date(2026, 1, 5), relief_percent=90), retold).status is NOTHING


@pytest.mark.parametrize(("second", "status"), [(date(2026, 1, 19), MET), (date(2026, 1, 18), NOT)])
def test_sessions_lie_so_far_apart(ask, chart, second, status):
    question = {"therapy": "blocks", "where": {"status": ["performed"]}, "relief_percent": "known", "count": 2}
    question["apart"] = "at least 14"
    blocks = [block(chart, day, relief_percent=90) for day in (date(2026, 1, 5), second)]
    assert ask(question, *blocks).status is status


@pytest.mark.parametrize(("day", "status"), [(date(2026, 2, 24), MET), (date(2026, 2, 25), NOT)])
def test_days_before_the_request_are_exact_at_the_boundary(ask, chart, day, status):
    question = {"therapy": "blocks", "where": {"status": ["performed"]}, "days_before": "at least 14"}
    assert ask(question, block(chart, day)).status is status


def test_a_vague_date_leaves_an_interval_open(ask, chart):
    question = {"therapy": "blocks", "where": {"status": ["performed"]}, "days_before": "at least 14"}
    month = Interval(date(2026, 2, 1), date(2026, 2, 28))
    assert ask(question, block(chart, month)).status is NOTHING
    assert ask(question, block(chart, Interval(date(2026, 1, 1), date(2026, 1, 31)))).status is MET


@pytest.mark.parametrize(
    ("day", "status"),
    [(date(2025, 3, 10), MET), (date(2025, 3, 9), NOTHING), (Interval(date(2025, 3, 1), date(2025, 3, 31)), NOTHING)],
)
def test_a_window_is_counted_by_the_calendar(ask, chart, day, status):
    question = {"therapy": "blocks", "where": {"status": ["performed"], "within": "12 months"}, "side": "left"}
    assert ask(question, block(chart, day)).status is status


CAP = {
    "therapy": "blocks",
    "where": {"region": "counted", "status": ["past", "performed"], "within": "12 months"},
    "at_most": 4,
}


def test_a_limit_counts_the_requested_session(ask, chart):
    days = [date(2025, month, 5) for month in (5, 7, 9, 11)]
    assert ask(CAP, *(block(chart, day) for day in days[:3])).status is MET
    assert ask(CAP, *(block(chart, day) for day in days)).status is NOT


def test_both_sides_on_one_day_are_one_session_and_the_requested_day_is_the_request(ask, chart):
    days = [date(2025, month, 5) for month in (5, 7, 9)]
    pieces = [block(chart, day, side=side) for day in days for side in ("left", "right")]
    assert ask(CAP, *pieces, block(chart, date(2026, 3, 10))).status is MET


def test_sessions_of_another_region_or_before_the_window_do_not_count(ask, chart):
    old = [block(chart, date(2024, month, 5)) for month in (5, 7, 9, 11)]
    neck = [block(chart, date(2025, month, 5), region="cervical") for month in (5, 7, 9, 11)]
    assert ask(CAP, *old, *neck).status is MET


def test_undated_sessions_leave_a_limit_open_only_where_they_could_break_it(ask, chart):
    known = [block(chart, date(2025, month, 5)) for month in (5, 7, 9)]
    undated = chart.evidence("therapy", "medial_branch_block", status="past", region="lumbar")
    assert ask(CAP, *known, undated).status is NOTHING
    assert ask(CAP, *known[:2], undated).status is MET
    assert ask(CAP, *known, replace(undated, distinct=False)).status is MET


def test_an_undated_session_leaves_the_latest_open_only_where_it_may_be_later(ask, chart):
    question = {
        "therapy": "blocks",
        "where": {"status": ["past", "performed"], "order": "latest"},
        "days_before": "at least 14",
    }
    latest = block(chart, date(2026, 3, 1))
    told_before = chart.document("first.txt", dated=date(2026, 1, 2))
    early = chart.evidence("therapy", "medial_branch_block", document=told_before, status="past")
    open_ = chart.evidence("therapy", "medial_branch_block", status="past")
    assert ask(question, latest, early).status is NOT
    assert ask(question, latest, open_).status is NOT  # whichever is the later, it is less than two weeks ago
    assert ask(question, latest, replace(open_, distinct=False)).status is NOT
    before = block(chart, date(2026, 2, 1))
    assert ask(question, before).status is MET
    assert ask(question, before, early).status is MET
    assert ask(question, before, open_).status is NOTHING


def test_what_is_surely_later_than_the_last_known_day_decides_in_its_place(ask, chart):
    question = {
        "therapy": "blocks",
        "where": {"status": ["past", "performed"], "order": "latest"},
        "days_before": "at least 14",
    }
    known, march = block(chart, date(2026, 1, 5)), Interval(date(2026, 3, 1), date(2026, 3, 31))
    assert ask(question, known, block(chart, march)).status is NOT
    early = Interval(date(2026, 2, 20), date(2026, 2, 28))
    assert ask(question, known, block(chart, early)).status is NOTHING


def test_a_session_of_a_month_was_over_when_it_was_told(ask, chart):
    march = Interval(date(2026, 3, 1), date(2026, 3, 31))
    question = {"therapy": "blocks", "where": {"status": ["past", "performed"]}, "days_before": "at least 7"}
    assert ask(question, block(chart, march)).status is MET  # told on the third of March, of a request on the tenth


def test_a_limit_that_a_denial_supports_cites_the_denial(ask, chart):
    denied = chart.evidence("therapy", "medial_branch_block", status="not_tried")
    assert ask(CAP, denied).yes == denied.findings
    assert ask(CAP).status is MET


def test_only_the_latest_day_counts_where_the_order_asks_so(ask, chart):
    question = {
        "therapy": "blocks",
        "where": {"status": ["performed"], "order": "latest"},
        "relief_percent": "at least 80",
    }
    good, poor = block(chart, date(2025, 9, 1), relief_percent=90), block(chart, date(2026, 1, 5), relief_percent=30)
    assert ask(question, good, poor).status is NOT
    assert ask({**question, "where": {**question["where"], "order": "first"}}, good, poor).status is MET


def test_older_statements_give_way_to_recent_ones(ask, chart):
    early = chart.document("pcp.txt", dated=date(2025, 9, 1))
    question = {
        "not": {
            "diagnosis": "radiculopathy",
            "where": {"region": "requested", "recent": "90 days"},
            "status": "present",
        }
    }
    absent = chart.evidence("diagnosis", "radiculopathy", document=early, status="absent", region="lumbar")
    present = chart.evidence("diagnosis", "radiculopathy", status="present", region="lumbar")
    assert ask(question, absent).status is MET
    assert ask(question, absent, present).status is NOT


def test_a_report_is_preferred_where_there_is_one(ask, chart):
    question = {
        "diagnosis": "disc_herniation",
        "where": {"region": "requested", "prefer": {"basis": "report"}},
        "side": "requested",
    }
    report = chart.evidence("diagnosis", "disc_herniation", region="lumbar", basis="report", side="right")
    note = chart.evidence("diagnosis", "disc_herniation", region="lumbar", basis="quoted", side="left")
    assert ask(question, note).status is MET
    assert ask(question, note, report).status is NOT


def test_the_record_of_an_earlier_session_says_nothing_about_the_requested_one(ask, chart):
    question = {"technique": "sedation", "where": {"about": "request"}, "value": "none"}
    earlier = chart.document("block1.txt", type="procedure_note", dated=date(2026, 2, 1))
    assert ask(question, chart.evidence("technique", "sedation", document=earlier, value="none")).status is NOTHING
    assert ask(question, chart.evidence("technique", "sedation", value="none")).status is MET


def test_the_record_of_the_requested_day_does(ask, chart):
    question = {"technique": "sedation", "where": {"about": "request"}, "value": "none"}
    same_day = chart.document("block.txt", type="procedure_note", dated=date(2026, 3, 10))
    assert ask(question, chart.evidence("technique", "sedation", document=same_day, value="deep")).status is NOT


def test_what_was_done_outweighs_what_was_planned(ask, chart):
    question = {"technique": "sedation", "where": {"about": "request"}, "value": "none"}
    same_day = chart.document("block.txt", type="procedure_note", dated=date(2026, 3, 10))
    planned = chart.evidence("technique", "sedation", value="none", status="planned")
    done = chart.evidence("technique", "sedation", document=same_day, value="deep", status="performed")
    assert ask(question, planned, done).status is NOT


def test_what_was_planned_before_the_last_session_was_that_session(ask, chart):
    before = chart.document("first.txt", dated=date(2026, 1, 2))
    old = chart.evidence("technique", "sedation", document=before, value="none")
    new = chart.evidence("technique", "sedation", value="none")
    question = {"technique": "sedation", "where": {"about": "request"}, "value": "none"}
    session = block(chart, date(2026, 2, 1))
    assert ask(question, old).status is MET
    assert ask(question, old, session).status is NOTHING
    assert ask(question, old, new, session).status is MET
    assert ask(question, old, block(chart, date(2026, 2, 1), region="knee")).status is MET


def test_each_asks_every_selected_piece(ask, chart):
    question = {"therapy": "blocks", "where": {"status": ["performed"]}, "each": True, "pain_after": "known"}
    measured, silent = block(chart, date(2026, 1, 5), pain_after=1), block(chart, date(2026, 2, 2))
    assert ask(question, measured).status is MET
    assert ask(question, measured, silent).status is NOTHING


def test_stated_in_documents_of_a_type(ask, chart):
    report = chart.document("mri.txt", type="imaging_report")
    question = {"diagnosis": "facet_cyst", "where": {"in": ["imaging_report"]}, "status": "present"}
    assert ask(question, chart.evidence("diagnosis", "facet_cyst", document=report, status="present")).status is MET
    assert ask(question, chart.evidence("diagnosis", "facet_cyst", status="present")).status is NOTHING


def test_the_request_itself_is_asked(ask, request_made):
    assert ask({"request": {"levels": "at most 2"}}).status is MET
    assert (
        ask(
            {"request": {"levels": "at most 2"}}, request=replace(request_made, levels=("L3-4", "L4-5", "L5-S1"))
        ).status
        is NOT
    )
    assert ask({"request": {"levels": "at most 2"}}, request=replace(request_made, levels=())).status is NOTHING
    assert (
        ask({"request": {"regions": "at most 1"}}, request=replace(request_made, levels=("C5-6", "L4-5"))).status is NOT
    )
    assert ask({"request": {"procedure": ["64493", "64494"]}}).status is MET


def test_so_many_of_several(ask, chart):
    signs = ("faber", "gaenslen", "thigh_thrust")
    question = {"of": [{"exam": sign, "result": "positive"} for sign in signs], "at_least": 2}
    positive = [chart.evidence("exam", sign, result="positive") for sign in signs]
    assert ask(question, *positive[:2]).status is MET
    assert ask(question, positive[0]).status is NOTHING
    assert ask(question, positive[0], *(chart.evidence("exam", s, result="negative") for s in signs[1:])).status is NOT


def test_a_silent_alternative_gives_way_to_one_that_is_answered_no(ask, chart):
    said = {"statement": "moderate_severe_pain", "status": "affirmed"}
    question = {"any": [said, {"pain_score": "nrs", "where": {"region": "requested"}, "high": "at least 4"}]}
    assert ask(question).status is NOTHING
    assert ask(question, chart.evidence("pain_score", "nrs", region="lumbar", high=2)).status is NOT
    assert ask(question, chart.evidence("pain_score", "nrs", high=2)).status is NOTHING


def test_an_exclusion_looks_only_at_what_is_surely_meant(ask, chart):
    where = {"status": ["past", "performed"], "levels": "requested", "response": "good"}
    question = {"not": {"therapy": "radiofrequency_ablation", "where": where, "sure": True}}
    vague = block(chart, date(2025, 1, 5), "radiofrequency_ablation", response="good")
    clear = block(chart, date(2025, 1, 5), "radiofrequency_ablation", response="good", levels=("L4-5",))
    assert not ask(question, vague).seen
    assert ask(question, clear).status is NOT


def test_the_requested_level_is_preferred_to_its_neighbors(ask, chart):
    preferences = [{"basis": "report"}, {"levels": "requested"}]
    question = {
        "diagnosis": "disc_herniation",
        "where": {"prefer": preferences},
        "except": {"levels": "far"},
        "side": "requested",
    }
    found = {"region": "lumbar", "basis": "report", "status": "present"}
    at_level = chart.evidence("diagnosis", "disc_herniation", side="right", levels=("L5-S1",), **found)
    above = chart.evidence("diagnosis", "disc_herniation", side="left", levels=("L3-4",), **found)
    assert ask(question, above).status is MET
    assert ask(question, above, at_level).status is NOT


def test_a_suspicion_neither_shows_nor_denies_a_condition(ask, chart):
    suspected = chart.evidence("diagnosis", "radiculopathy", status="suspected")
    assert ask({"diagnosis": "radiculopathy", "status": "present"}, suspected).status is NOTHING
    assert ask({"not": {"diagnosis": "radiculopathy", "status": "present"}}, suspected).status is NOTHING
    assert ask({"diagnosis": "radiculopathy", "status": ["present", "suspected"]}, suspected).status is MET


def test_words_in_a_quote_select_and_their_absence_leaves_open(ask, chart):
    question = {
        "therapy": "physical_therapy",
        "where": {"status": "past", "says": ["statem"]},
        "duration_days": "known",
    }
    other = {**question, "where": {"status": "past", "says": ["exercise"]}}
    course = therapy(chart, duration_days=56)
    assert ask(question, course).status is MET
    assert ask(other, course).status is NOTHING


def pain(chart, days, longest=None):
    more = {} if longest is None else {"longest": longest}
    return chart.evidence("symptom_duration", "pain_duration", place=30, days=days, region="lumbar", **more)


def course(chart, **attributes):
    return chart.evidence("therapy", "physical_therapy", status="past", response="none", **attributes)


def test_a_treatment_that_ended_before_the_pain_began_was_not_for_it(ask, chart):
    question = {"therapy": "physical_therapy", "where": {"after": "onset"}, "status": "past"}
    old, new = course(chart, end=date(2024, 12, 31)), course(chart, end=date(2026, 2, 20))
    assert ask(question, old, pain(chart, 60, 66)).status is NOTHING
    assert ask(question, new, pain(chart, 60, 66)).status is MET
    assert ask(question, old, pain(chart, 60)).status is MET
    assert ask(question, old).status is MET


def test_a_treatment_cannot_have_run_longer_than_the_pain(ask, chart):
    question = {"therapy": "physical_therapy", "where": {"after": "onset"}, "status": "past"}
    assert ask(question, course(chart, duration_days=77), pain(chart, 56, 62)).status is NOTHING
    assert ask(question, course(chart, duration_days=49), pain(chart, 56, 62)).status is MET


def test_a_treatment_told_before_the_request_is_held_against_the_pain_of_that_day(ask, chart):
    question = {"therapy": "physical_therapy", "where": {"after": "onset"}, "status": "past"}
    assert ask(question, course(chart, duration_days=63), pain(chart, 56, 62)).status is NOTHING


def test_a_bound_on_levels_counts_joints(ask, chart):
    question = {"therapy": "medial_branch_block", "where": {"status": "planned"}, "levels": "more than 2"}
    three = chart.evidence("therapy", "medial_branch_block", status="planned", levels=("L3-4", "L4-5", "L5-S1"))
    nerves = chart.evidence("therapy", "medial_branch_block", status="planned", levels=("L3", "L4", "L5"))
    assert ask(question, three).status is MET
    assert ask(question, nerves).status is NOT


def test_what_a_plan_dates_back_is_no_plan_for_the_request(ask, chart):
    question = {"therapy": "medial_branch_block", "where": {"about": "request"}, "status": "planned"}
    old = chart.evidence("therapy", "medial_branch_block", status="planned", end=date(2021, 5, 1))
    assert ask(question, old).status is NOTHING


def test_a_number_within_the_year_above_the_limit_leaves_it_open(ask):
    question = {"therapy": "medial_branch_block", "where": {"status": ["past"], "within": "12 months"}, "at_most": 4}
    text = "This is her fifth medial branch block in 12 months."
    note = Document("told.txt", text, type="office_visit", dated=date(2026, 3, 3))
    told = note.finding("therapy", "medial_branch_block", 18, 37, quote=(0, len(text)), status="planned", ordinal=5)
    facts = {"status": (Fact("planned", (told,)),), "ordinal": (Fact(5, (told,)),)}
    assert ask(question, Evidence("therapy", "medial_branch_block", (told,), facts)).status is NOTHING


@pytest.mark.parametrize("concept", ["epidural_steroid_injection", "sacroiliac_joint_injection", "medial_branch_block"])
@pytest.mark.parametrize(
    ("measured", "stated", "status"),
    [(87.5, 90, MET), (87.5, None, MET), (87.5, 30, BOTH), (25, 30, NOT), (25, 90, NOT)],
)
def test_relief_that_is_measured_and_told_otherwise_is_no_clear_yes(ask, chart, concept, measured, stated, status):
    question = {
        "therapy": concept,
        "where": {"status": ["past", "performed"], "relief_basis": "measured"},
        "relief_percent": "at least 50",
    }
    told = {"relief_percent": measured, "relief_basis": "measured"} | ({"relief_stated": stated} if stated else {})
    answer = ask(question, block(chart, date(2026, 1, 5), concept, **told))
    assert answer.status is status
    if status is BOTH:
        assert any(fact.endswith("stated relief of 30% (not at least 50)") for fact in answer.because)
        assert answer.yes and answer.no


def test_a_bare_percentage_is_no_measured_relief(ask, chart):
    question = {
        "therapy": "sacroiliac_joint_injection",
        "where": {"status": ["past", "performed"], "relief_basis": "measured"},
        "relief_percent": "at least 50",
    }
    told = {"relief_percent": 90, "relief_basis": "stated"}
    assert ask(question, block(chart, date(2026, 1, 5), "sacroiliac_joint_injection", **told)).status is NOTHING
