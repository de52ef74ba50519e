"""The calendar: what counts against a limit, which session breaks it, and from which day on it is kept."""

import importlib.util
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from mednec.audit.limits import explained, limits
from mednec.audit.selection import Asked
from mednec.model import Citation, Criterion, Determination, Interval, Status

SCRIPT = Path(__file__).parents[2] / "scripts" / "check_calendar.py"
SPEC = importlib.util.spec_from_file_location("check_calendar", SCRIPT)
assert SPEC and SPEC.loader
check_calendar = importlib.util.module_from_spec(SPEC)
sys.modules["check_calendar"] = check_calendar
SPEC.loader.exec_module(check_calendar)

HERE = {"region": "requested", "status": ["past", "performed"]}
CAP = {"therapy": "blocks", "where": {**HERE, "within": "12 months"}, "at_most": 4}
GAP = {
    "therapy": "blocks",
    "where": {**HERE, "days_before": "at least 1", "order": "latest"},
    "days_before": "at least 14",
}


@pytest.fixture
def limit(chart, request_made, policy):
    """The limit that a question sets, laid over sessions of some days."""

    def laid(needs, *days, **attributes):
        given = {"status": "performed", "region": "lumbar"} | attributes
        pieces = [
            chart.evidence("therapy", "medial_branch_block", start=day, place=n, **given) for n, day in enumerate(days)
        ]
        asked = Asked(request_made, policy, tuple(pieces), tuple(chart.documents.values()))
        [found] = limits([Criterion("test.cap", "", Citation("", "", "primary"), needs, "")], asked)
        return found

    return laid


def in_month(year, month, last):
    return Interval(date(year, month, 1), date(year, month, last))


def test_sessions_within_the_limit_leave_the_requested_day_eligible(limit):
    found = limit(CAP, date(2025, 5, 5), date(2025, 9, 1))
    assert found.counted == (3, 3)
    assert found.breaking == ()
    assert found.eligible == Interval(date(2026, 3, 10), date(2026, 3, 10))


def test_the_fifth_session_breaks_the_limit_and_is_eligible_when_the_first_has_rolled_out(limit):
    found = limit(CAP, date(2025, 5, 5), date(2025, 7, 7), date(2025, 9, 1), date(2025, 12, 1))
    assert found.breaking == (date(2026, 3, 10),)
    assert found.eligible == Interval(date(2026, 5, 6), date(2026, 5, 6))


def test_an_earlier_session_may_have_broken_it_already(limit):
    days = [date(2025, 4, 1) + timedelta(days=30 * number) for number in range(5)]
    assert limit(CAP, *days).breaking == (days[4], date(2026, 3, 10))


def test_a_session_that_may_lie_before_the_window_leaves_a_span_of_days(limit):
    found = limit(CAP, in_month(2025, 3, 31), date(2025, 7, 7), date(2025, 9, 1), date(2025, 12, 1))
    assert found.counted == (4, 5)
    assert found.breaking == ()
    assert found.eligible == Interval(date(2026, 3, 10), date(2026, 4, 1))


def test_both_sides_on_one_day_are_one_session(limit):
    assert len(limit(CAP, date(2025, 5, 5), date(2025, 5, 5)).sessions) == 1


def test_a_window_of_six_months_is_counted_by_the_calendar(limit):
    cap = {**CAP, "where": {**HERE, "within": "6 months"}, "at_most": 1}
    assert limit(cap, date(2025, 9, 10)).eligible == Interval(date(2026, 3, 11), date(2026, 3, 11))
    assert limit(cap, date(2025, 9, 9)).breaking == ()


def test_a_limit_of_a_lifetime_is_never_kept_again(limit):
    found = limit({**CAP, "where": HERE, "at_most": 2}, date(2020, 5, 5), date(2021, 5, 5))
    assert found.window is None
    assert found.eligible is None


def test_levels_are_counted_where_the_limit_asks_for_them(limit):
    cap = {**CAP, "where": {**CAP["where"], "levels": "requested"}, "at_most": 1}
    assert limit(cap, date(2025, 9, 10), levels=("L4-5",)).breaking == (date(2026, 3, 10),)
    assert limit(cap, date(2025, 9, 10), levels=("L1-2",)).sessions == ()


def test_a_least_interval_ends_so_many_days_after_the_last_session(limit):
    assert limit(GAP, date(2025, 9, 1), date(2026, 3, 1)).eligible == Interval(date(2026, 3, 15), date(2026, 3, 15))
    assert limit(GAP, date(2026, 2, 24)).eligible == Interval(date(2026, 3, 10), date(2026, 3, 10))
    assert limit(GAP).eligible == Interval(date(2026, 3, 10), date(2026, 3, 10))


def test_a_vague_last_session_leaves_the_end_of_the_interval_a_span(limit):
    found = limit(GAP, Interval(date(2026, 2, 20), date(2026, 2, 28)))
    assert found.eligible == Interval(date(2026, 3, 10), date(2026, 3, 14))


def test_the_reason_of_a_broken_limit_names_the_sessions_and_the_first_day_within_it(limit):
    found = limit(CAP, date(2025, 5, 5), date(2025, 7, 7), date(2025, 9, 1), date(2025, 12, 1))
    broken = Determination(Criterion("test.cap", "", Citation("", "", "primary"), CAP, ""), Status.NOT_MET, "Too many.")
    told = explained(broken, [found]).reason
    assert told.startswith("Too many. Sessions on record: 2025-05-05, 2025-07-07, 2025-09-01, 2025-12-01.")
    assert told.endswith("One too many: 2026-03-10. First day within the limit: 2026-05-06.")
    kept = Determination(broken.criterion, Status.MET, "Kept.")
    assert explained(kept, [found]).reason == "Kept."


def test_the_calendar_equals_a_count_day_by_day_over_all_that_vague_dates_can_mean():
    assert list(check_calendar.mismatches(1500, seed=7)) == []


def test_the_oracle_of_the_calendar_notices_a_wrong_count(monkeypatch):
    right = check_calendar.answered
    monkeypatch.setattr(check_calendar, "answered", lambda history: {**right(history), "counted": (0, 0)})
    assert len(list(check_calendar.mismatches(5, seed=7))) == 5


@pytest.mark.parametrize("day", [date(2024, 2, 29), date(2025, 3, 31), date(2026, 3, 1), date(2026, 12, 31)])
def test_windows_open_on_the_same_day_of_an_earlier_month(day):
    assert list(check_calendar.checked_windows(day)) == []
