"""Dates, spans and times told back from today."""

from datetime import date

import pytest

from mednec.findings.dates import periods, relative


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("3/1/26", "2026-03-01", "2026-03-01"),
        ("03-01-2026", "2026-03-01", "2026-03-01"),
        ("March 2026", "2026-03", "2026-03"),
        ("in 2024", "2024", "2024"),
        ("11/4 - 12/16/25", "2025-11-04", "2025-12-16"),
        ("11/17/25 - 1/13", "2025-11-17", "2026-01-13"),
        ("March to May 2025", "2025-03", "2025-05"),
        ("since January 2025", "2025-01", None),
        ("until 4/1/26", None, "2026-04-01"),
        ("the 3rd of July 2008", "2008-07-03", "2008-07-03"),
    ],
)
def test_dates_are_given_as_far_as_they_are_known(text: str, first: str, last: str) -> None:
    assert [(period.first, period.last) for period in periods(text, 0, len(text))] == [(first, last)]


@pytest.mark.parametrize(
    "text", ["3/1 to 4/26", "from 12/22", "7/10", "2000 mg", "he may have", "strength 5/5", "10/325"]
)
def test_without_a_year_there_is_no_date(text: str) -> None:
    assert periods(text, 0, len(text)) == []


def test_an_anchor_gives_the_year() -> None:
    assert periods("3/1 to 4/26", 0, 11, anchor=date(2026, 5, 1))[0].first == "2026-03-01"


def test_ago_is_counted_back() -> None:
    assert relative("3 weeks ago", 0, 11, date(2026, 1, 15))[0].first == "2025-12-25"
    assert relative("two months ago", 0, 14, date(2026, 1, 15))[0].first == "2025-11"
