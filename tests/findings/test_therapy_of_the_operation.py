"""The note of an operation: what belongs to the operation itself, and what its title names."""

from __future__ import annotations

import pytest

from mednec.findings import find
from mednec.model import Document

HEAD = "PREOPERATIVE DIAGNOSIS: Septic knee.\n\nOPERATIONS:\n1. Arthrotomy, left knee.\n2. Liner exchange, knee.\n\n"
TECHNIQUE = "\n\nDESCRIPTION OF PROCEDURE: The patient was taken into the operating room and the knee was prepped.\n"


def told(text: str) -> list[tuple[str, str]]:
    return [(one.concept, str(one.get("status"))) for one in find(Document("note", text)) if one.kind == "therapy"]


def test_operations_under_the_diagnoses_are_the_title() -> None:
    assert told(HEAD + TECHNIQUE) == [("joint_surgery", "performed"), ("joint_surgery", "performed")]


@pytest.mark.parametrize(
    "text",
    [
        "CAST: The arm was immobilized in a shoulder immobilizer.",
        "NOTE: Splinting will be used until four weeks postoperatively.",
        "NOTE: I gave a little morphine and Versed for the procedure.",
    ],
)
def test_what_belongs_to_the_operation_is_no_treatment(text: str) -> None:
    found = told(HEAD + text + TECHNIQUE)
    assert {concept for concept, _ in found} == {"joint_surgery"}


def test_what_was_tried_before_an_operation_counts() -> None:
    found = told(HEAD + "HISTORY: He had failed a knee brace and took morphine at home." + TECHNIQUE)
    assert ("bracing", "past") in found
    assert "opioid" in {concept for concept, _ in found}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The MPJ of the great toe hurts. She desires surgical treatment.", ["joint_surgery"]),
        ("PLAN: Low back pain. He will return for surgical consultation.", ["spine_surgery"]),
        ("PLAN: Bowel obstruction. Gastroenterology and surgical consultation.", []),
        ("PLAN: She wishes to stay off this pill.", []),
        ("Are there any off work factors that contribute to it?", []),
        ("He has back pain.\n\nDictated by: J Doe, DC\nChiropractor", []),
    ],
)
def test_general_words_mean_what_their_note_is_about(text: str, expected: list[str]) -> None:
    assert [concept for concept, _ in told(text)] == expected


def test_another_drug_with_its_dose_does_not_part_a_list() -> None:
    text = "She was given Norflex 60 mg, Zofran 8 mg, and morphine 4 mg with significant improvement of her pain."
    found = [one for one in find(Document("note", text)) if one.kind == "therapy"]
    assert [one.get("response") for one in found] == ["good", "good"]


def test_a_side_stays_with_its_own_operation() -> None:
    text = "PAST SURGICAL HISTORY: Right bypass of a leg artery eight years ago, neck fusion long ago."
    found = [one for one in find(Document("note", text)) if one.concept == "spine_surgery"]
    assert [one.get("side") for one in found] == [None]
