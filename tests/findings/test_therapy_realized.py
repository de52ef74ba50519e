"""Care that is only spoken of - planned, ordered, offered, refused - and care that was then gone through."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mednec.findings import find
from mednec.model import Document

FAILED = ("none", "worse", "partial")


def told(text: str, concept: str = "physical_therapy") -> list[Any]:
    found = find(Document("note", text, dated=date(2026, 5, 20)))
    return [(one.get("status"), one.get("response")) for one in found if one.concept == concept]


@pytest.mark.parametrize(
    "text",
    [
        "HPI: She has eight visits of PT lined up; the back is no better.",
        "HPI: PT begins after the holiday. Pain unchanged.",
        "HPI: He looks forward to physical therapy; the pain is the same.",
        "HPI: Nine PT visits to come. Pain is as bad as ever.",
        "HPI: Sent to PT. Pain no better.",
        "HPI: PT consult placed; the back still hurts.",
        "HPI: We went over PT and weight loss with her. No improvement.",
        "HPI: PT was held out as a choice. The pain is unchanged.",
        "HPI: The suggestion is two months of PT; pain as bad as before.",
        "HPI: Waved off physical therapy. The pain persists.",
        "HPI: Against PT from the start. Pain no different.",
        "HPI: Wants no part of PT; her back is no better.",
        "HPI: The carrier disallowed PT; her back is no better.",
        "HPI: PT came back not authorized. No gain.",
        "HPI: Forgot about the PT. No change.",
        "HPI: Blew off PT; the pain is the same.",
        "HPI: PT - not a covered service. Pain unchanged.",
    ],
)
def test_what_is_only_spoken_of_has_had_no_effect(text: str) -> None:
    assert told(text), text
    assert not [one for one in told(text) if one[1] in FAILED], told(text)
    assert not [one for one in told(text) if one[0] in ("past", "current")], told(text)


@pytest.mark.parametrize(
    "text",
    [
        "HPI: PT, ordered in the winter, has been used up without any gain.",
        "HPI: I had referred her to PT. She went fourteen times. The back still hurts the same.",
        "HPI: Advised to do PT and has done so; the pain is no different.",
        "HPI: The course of PT that was prescribed last fall brought no relief.",
        "HPI: Agreed to PT last fall and stuck with it. It got her nowhere.",
        "HPI: Tried the PT we had offered. No luck.",
        "HPI: Was reluctant to try PT but did ten sessions, none of which helped.",
        "HPI: Unwilling to repeat PT since eight weeks of it did nothing.",
        "HPI: Redeemed the script for PT at Lakeside. Says it was of no value.",
        "HPI: Two months of PT left the pain at 7/10.",
        "HPI: Physical therapy proved to be a dead end.",
        "HPI: PT came and went without changing a thing.",
    ],
)
def test_what_was_ordered_or_refused_at_first_and_then_done_has_failed(text: str) -> None:
    assert [one for one in told(text) if one[0] in ("past", "current") and one[1] in FAILED], told(text)


def test_a_denied_refusal_refuses_nothing() -> None:
    for text in ("Never skipped a PT session. Pain not improved.", "No missed PT visits. No change in the pain."):
        assert [answer for _, answer in told(f"HPI: {text}")] == ["none"], text


def test_a_drug_that_was_prescribed_earlier_counts_as_taken_and_one_prescribed_now_does_not() -> None:
    assert told("HPI: Was prescribed naproxen in February; pain unchanged.", "nsaid") == [("past", "none")]
    assert ("past", "none") not in told("HPI: E-prescribed naproxen. Pain unchanged.", "nsaid")


@pytest.mark.parametrize(
    "text",
    [
        "HPI: PT lives alone; the back is no better.",
        "HPI: PT was in an accident eight weeks ago, no relief since.",
        "HPI: Told PT that the scan is old. Pain no better.",
        "HPI: PT (female, 58): no better.",
        "HPI: PT on disability for six weeks, no improvement.",
        "HPI: Roomed PT, no change in the back.",
    ],
)
def test_pt_who_does_what_only_a_person_does_is_the_patient(text: str) -> None:
    assert not told(text), told(text)


@pytest.mark.parametrize(
    "text", ["PT tried for six weeks, ineffective.", "Had PT here, no help.", "PT came and went. No use."]
)
def test_pt_that_was_had_is_a_therapy(text: str) -> None:
    assert [answer for _, answer in told(f"HPI: {text}")] == ["none"], text
