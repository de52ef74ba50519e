"""Durations, counts, frequencies and percents as charts write them."""

import pytest

from mednec.findings.quantities import counts, durations, frequencies, percents


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("6 wks", 42),
        ("six (6) weeks", 42),
        ("x8 wks", 56),
        ("4-6 weeks", 28),
        ("four to six weeks", 28),
        ("three months", 90),
        ("a month and a half", 45),
        ("two and a half years", 912.5),
        ("5-month", 150),
        ("1.5 to 2 hours", 0.062),
    ],
)
def test_lengths_of_time_are_given_in_days(text: str, days: float) -> None:
    assert [quantity.value for quantity in durations(text, 0, len(text))] == [days]


@pytest.mark.parametrize("text", ["a few weeks", "several months", "44-year-old", "3 mg", "72 y.o."])
def test_what_is_no_exact_length_is_left_out(text: str) -> None:
    assert durations(text, 0, len(text)) == []


@pytest.mark.parametrize(
    ("text", "count"), [("eight or nine visits", 8), ("12/12 sessions", 12), ("6 of 6 visits", 6), ("both blocks", 2)]
)
def test_counts_give_their_lower_bound(text: str, count: int) -> None:
    assert counts(text, 0, len(text))[0].value == count


@pytest.mark.parametrize(
    ("text", "per_week"),
    [
        ("2x/wk", 2),
        ("twice weekly", 2),
        ("2-3 times per week", 2),
        ("daily", 7),
        ("5 to 6 days a week", 5),
        ("6 d/wk", 6),
    ],
)
def test_frequencies_are_given_a_week(text: str, per_week: float) -> None:
    assert frequencies(text, 0, len(text))[0].value == per_week


def test_percents_give_their_lower_bound() -> None:
    assert [(quantity.value, quantity.upper) for quantity in percents("50-60 percent", 0, 13)] == [(50, 60)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("for the better part of two years", 365),
        ("for the better part of two weeks", 7),
        ("for a dozen weeks", 84),
        ("for half a dozen weeks", 42),
        ("for a fortnight", 14),
        ("over two fortnights", 28),
    ],
)
def test_lengths_in_everyday_words_are_read(text, days):
    assert [quantity.value for quantity in durations(text, 0, len(text))] == [days]
