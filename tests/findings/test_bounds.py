"""Numbers that are only bounds: what was less than six weeks was no six weeks."""

from __future__ import annotations

from typing import Any

import pytest

from mednec.findings import find
from mednec.model import Document


def told(text: str, name: str) -> list[Any]:
    return [value for one in find(Document("note", text)) if (value := one.get(name)) is not None]


@pytest.mark.parametrize(
    "bound", ["less than", "fewer than", "under", "no more than", "up to", "at most", "not even", "<"]
)
def test_a_bound_from_above_is_no_length(bound: str) -> None:
    assert told(f"She had physical therapy for the low back for {bound} 6 weeks, no relief.", "duration_days") == []


@pytest.mark.parametrize("bound", ["less than", "up to", "no better than", "<"])
def test_a_bound_from_above_is_no_relief(bound: str) -> None:
    assert told(f"The left L5-S1 epidural of 03/02/2026 gave {bound} 50% relief.", "relief_percent") == []


@pytest.mark.parametrize("bound", ["almost", "nearly", "not quite", "just short of", "a little less than"])
def test_what_was_nearly_reached_was_not_reached(bound: str) -> None:
    (days,) = told(f"She had physical therapy for the low back for {bound} 6 weeks, no relief.", "duration_days")
    (percent,) = told(f"The left L5-S1 epidural of 03/02/2026 gave {bound} 50% relief.", "relief_percent")
    assert 40 < days < 42
    assert 48 < percent < 50


@pytest.mark.parametrize("bound", ["at least", "more than", "no less than", "not less than", "over", "about", "a full"])
def test_a_bound_from_below_is_the_length_itself(bound: str) -> None:
    assert told(f"She had physical therapy for the low back for {bound} 6 weeks, no relief.", "duration_days") == [42]


@pytest.mark.parametrize(
    ("length", "days"),
    [
        ("three quarters of a year", [273.75]),
        ("a quarter of a year", [91.25]),
        ("half of a year", [182.5]),
        ("part of a month", []),
    ],
)
def test_a_share_of_a_time_is_not_the_whole_of_it(length: str, days: list[float]) -> None:
    assert told(f"She had physical therapy for the low back for {length}, no relief.", "duration_days") == days


def test_fewer_visits_than_a_number_are_not_that_number() -> None:
    assert told("Physical therapy for the low back, fewer than 4 visits, no relief.", "sessions") == []


def test_less_than_half_gone_is_no_half_and_half_of_the_visits_are_not_all() -> None:
    assert told("Left L5-S1 TFESI on 02/01/2026: less than half of the pain was gone.", "relief_percent") == []
    assert told("She attended less than half of her 12 physical therapy visits for the back.", "sessions") == []


def test_a_bound_at_the_head_of_a_list_holds_for_its_length() -> None:
    assert told("Left sciatica. Less than four weeks of PT and naproxen, no relief.", "duration_days") == []


def test_a_dose_of_more_than_a_number_is_not_that_number() -> None:
    assert told("Plan: left L5-S1 TFESI under fluoroscopy, more than 80 mg triamcinolone.", "milligrams") == [81]
    assert told("Plan: left L5-S1 TFESI under fluoroscopy, no more than 80 mg triamcinolone.", "milligrams") == [80]
