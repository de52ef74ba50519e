"""Boxes, columns and marked scales of forms; and signs that were not tested, are gone, or were there long ago."""

from __future__ import annotations

from typing import Any

import pytest

from mednec.findings import find
from mednec.model import Document, Finding


def found(text: str, kind: str) -> list[Finding]:
    return [one for one in find(Document("note", text)) if one.kind == kind]


def results(text: str) -> dict[str, Any]:
    return {one.concept: (one.get("result"), one.get("side")) for one in found(text, "exam")}


@pytest.mark.parametrize(
    "rows",
    [
        "[x] FABER  [x] Gaenslen  [ ] Distraction",
        "Maneuver        Pos    Neg\nFABER           x\nGaenslen        x\nDistraction            x",
        "FABER      Yes\nGaenslen   Yes\nDistraction  No",
        "FABER: pos   Gaenslen: pos   Distraction: neg",
        "| FABER | positive |\n| Gaenslen | positive |\n| Distraction | negative |",
    ],
)
def test_a_form_of_tests_is_read_by_its_marks(rows: str) -> None:
    told = results(f"Right sacroiliac exam 05/20/2026\n{rows}\n")
    assert told["faber"] == told["gaenslen"] == ("positive", "right")
    assert told.get("si_distraction") in (None, ("negative", "right"))


def test_a_form_that_leaves_its_tests_open_tells_none() -> None:
    assert not results("Right sacroiliac exam\nFABER pos / neg   Gaenslen pos / neg\n")


def test_columns_of_both_sides_are_no_answers() -> None:
    rows = found("SI exam   R    L\nFABER     +    -\nGaenslen  +    -\n", "exam")
    told = {(one.get("result"), one.get("side")) for one in rows if one.concept == "faber"}
    assert told == {("positive", "right"), ("negative", "left")}


@pytest.mark.parametrize(
    "words",
    [
        "unable to test Gaenslen or FABER on the left",
        "FABER on the left could not be assessed",
        "the taut band in the left trapezius has resolved",
        "a taut band was palpable at her last visit",
        "a taut band was not identified",
    ],
)
def test_a_sign_that_is_not_there_is_none(words: str) -> None:
    assert not any(one.get("result") == "positive" for one in found(f"Exam 05/20/2026: {words}.", "exam"))


@pytest.mark.parametrize(
    "text",
    [
        "Low back pain today (mark one): 0 1 2 3 4 5 [6] 7 8 9 10",
        "Low back pain. NRS: _6_/10",
    ],
)
def test_the_number_that_is_marked_on_a_scale_is_the_score(text: str) -> None:
    assert [one.get("low") for one in found(text, "pain_score")] == [6]


def test_a_scale_on_which_nothing_is_marked_is_no_score() -> None:
    assert not found("Low back pain today (mark one): 0 1 2 3 4 5 6 7 8 9 10", "pain_score")


def test_a_herniation_that_has_resorbed_is_history() -> None:
    text = "MRI 05/02/2026: the left L5-S1 herniation known from 2023 has since resorbed."
    assert [one.get("status") for one in found(text, "diagnosis") if one.concept == "disc_herniation"] == ["history"]


def test_what_a_scan_shows_that_was_looked_at_is_quoted_from_it() -> None:
    text = "I went over her scan of 05/02/2026. At L4-5 on the left a cyst presses on the L5 root."
    roots = [one for one in found(text, "diagnosis") if one.concept == "nerve_root_compression"]
    assert [one.get("basis") for one in roots] == ["quoted"]


def test_a_sequence_of_an_image_is_no_vertebra() -> None:
    changes = "MRI lumbar spine: L4-5 endplates dark on T1 and bright on T2, type 1 change."
    assert [one.get("modic_type") for one in found(changes, "statement") if one.concept == "modic_changes"] == [1]


def test_what_is_lost_because_of_the_leg_is_lost_for_its_pain() -> None:
    lost = found(
        "Left S1 radiculopathy. Because of the leg he has quit his job and cannot stand.", "functional_limitation"
    )
    assert {one.concept for one in lost} == {"work", "standing"}


@pytest.mark.parametrize(
    "words",
    [
        "does not reach the L5 root",
        "stops short of the exiting root",
        "spares the nerve",
        "leaves the L5 root untouched",
    ],
)
def test_a_root_that_a_herniation_does_not_reach_is_free(words: str) -> None:
    told = found(f"MRI 05/02/2026: left foraminal herniation at L4-5 {words}.", "diagnosis")
    assert [one.get("nerve_contact") for one in told if one.concept == "disc_herniation"] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "Blog post: six weeks of physical therapy failed.",
        "As one textbook puts it, six weeks of physical therapy failed.",
        "Robot: six weeks of physical therapy failed.",
    ],
)
def test_what_a_blog_or_a_book_says_is_no_trial(text: str) -> None:
    tried = found(f"05/20/2026 Low back pain.\n{text}", "therapy")
    assert not any(one.get("status") == "past" for one in tried)
