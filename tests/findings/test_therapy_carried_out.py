"""What was ordered and then done is a course; what was only ordered, or done by another, stays a plan."""

from __future__ import annotations

from typing import Any

import pytest
from tests.findings.test_therapy_clinic_words import one


@pytest.mark.parametrize(
    ("text", "concept", "expected"),
    [
        (
            "An order was sent to PT on 3/1/2026; she completed 8 weeks without relief.",
            "physical_therapy",
            {"status": "past", "duration_days": 56, "response": "none"},
        ),
        (
            "He was referred to physical therapy in January and went twice a week for six weeks.",
            "physical_therapy",
            {"status": "past", "per_week": 2, "duration_days": 42},
        ),
        (
            "PT was ordered in January. He attended 12 sessions between 2/1/2026 and 3/15/2026 with minimal change.",
            "physical_therapy",
            {"status": "past", "sessions": 12, "started": "2026-02-01", "ended": "2026-03-15"},
        ),
        (
            "Chiropractic care was recommended; patient underwent 6 visits, no change.",
            "chiropractic",
            {"status": "past", "sessions": 6},
        ),
        (
            "He was sent to a chiropractor. He had 10 adjustments over 5 weeks without benefit.",
            "chiropractic",
            {"status": "past", "sessions": 10, "duration_days": 35, "response": "none"},
        ),
        ("PT was ordered and she is attending twice a week.", "physical_therapy", {"status": "current", "per_week": 2}),
        (
            "We asked for 10 visits of PT. The plan approved it and she attended 10 visits over 6 weeks.",
            "physical_therapy",
            {"status": "past", "sessions": 10, "duration_days": 42},
        ),
        (
            "PT for seven weeks was suggested in March and faithfully done, to no avail.",
            "physical_therapy",
            {"status": "past", "duration_days": 49},
        ),
        (
            "She was hesitant about PT at first but did go, for nine weeks.",
            "physical_therapy",
            {"status": "past", "duration_days": 63},
        ),
        ("PT was authorized and ran from 3/2/2026 to 4/20/2026.", "physical_therapy", {"status": "past"}),
        ("The carrier paid for 12 PT visits over 8 weeks; all attended.", "physical_therapy", {"duration_days": 56}),
        (
            "She was referred to physical therapy, but completed only 2 of 12 visits.",
            "physical_therapy",
            {"status": "past", "sessions": 2},
        ),
    ],
)
def test_what_was_ordered_and_gone_through_was_done(text: str, concept: str, expected: dict[str, Any]) -> None:
    found = one(f"HPI: {text}", concept)
    assert {name: found.get(name) for name in expected} == expected


def test_the_day_of_an_order_is_not_that_of_the_course() -> None:
    found = one("HPI: PT was ordered on 3/1/2026. She completed 8 weeks.", "physical_therapy")
    assert "started" not in found
    assert "ended" not in found


@pytest.mark.parametrize(
    "text",
    [
        "PT was ordered; her sister completed 8 weeks of it.",
        "We discussed PT. Once she has completed 6 weeks we will proceed.",
        "PT was ordered and she completed the intake form.",
        "PT was ordered. She completed 8 weeks of chemotherapy.",
        "PT was ordered, and she will have attended 12 visits by June.",
        "Referred to PT. She had two weeks of vacation.",
        "Plan PT 2x/week for 6 weeks. Completed 5 visits of cardiac rehab.",
        "PT for eight weeks was ordered, referral completed and faxed.",
        "PT was approved, and when done he will return.",
        "PT for six weeks was prescribed; intake done, paperwork completed.",
        "She was prescribed physical therapy.",
        "PT is the appropriate next step; it is simple and done with the intent to walk again.",
    ],
)
def test_what_another_did_or_what_is_another_thing_is_no_course(text: str) -> None:
    assert one(f"HPI: {text}", "physical_therapy")["status"] == "planned"


def test_what_a_plan_tells_to_have_failed_was_done() -> None:
    found = one(
        "PLAN: 7 weeks of PT and 8 weeks of etodolac have failed, so an epidural is warranted.", "physical_therapy"
    )
    assert (found["status"], found["response"]) == ("past", "none")
