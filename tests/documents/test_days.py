"""Days are read where a scanner took figures for letters, and only there."""

from __future__ import annotations

import pytest

from mednec.documents.days import days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("O4/17/2026 office visit", "2026-04-17"),
        ("seen 04/1O/2O26", "2026-04-10"),
        ("DOS: I0/l2/2025", "2025-10-12"),
        ("l4 April 2026", "2026-04-14"),
        ("onset 2l Sept 2025", "2025-09-21"),
    ],
)
def test_letters_among_the_figures_of_a_day_are_figures(text, day):
    (found,) = days(text)
    assert found.value.isoformat() == day
    assert text[found.start : found.end] in text


@pytest.mark.parametrize("text", ["ll/lO/2026", "level l4/5", "order of 20 mg", "Ol/Il"])
def test_without_figures_enough_no_day_is_made_up(text):
    assert list(days(text)) == []
