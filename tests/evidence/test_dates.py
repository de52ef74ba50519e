"""Dates as exactly as they are told."""

from datetime import date

import pytest

from mednec.evidence.dates import earliest, interval, latest


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2024-03-18", "2024-03-18", "2024-03-18"),
    ],
)
def test_a_prefix_is_all_the_days_that_it_may_mean(text, first, last):
    span = interval(text)
    assert (span.first, span.last) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("text", ["", "spring", "2024-13", "2024-02-30", None, 2024])
def test_what_is_no_date_means_no_days(text):
    assert interval(text) is None


def test_a_month_is_told_more_exactly_by_a_day_in_it():
    spans = [interval("2025-03"), interval("2025-03-12"), interval("2025-03-20")]
    assert earliest(spans) == interval("2025-03-12")
    assert latest(spans) == interval("2025-03-20")
