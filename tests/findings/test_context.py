"""What the words around a mention say of it."""

import pytest

from mednec.findings.assertion.context import historical, said_of
from mednec.findings.parse import parse
from mednec.model import Document


def said(text: str, words: str) -> frozenset[str]:
    start = text.index(words)
    return said_of(parse(Document(id="x", text=text)), start, start + len(words))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("She denies any numbness or weakness.", "weakness"),
        ("No fever, chills or night sweats.", "night sweats"),
        ("Fracture was ruled out.", "Fracture"),
        ("Without evidence of instability.", "instability"),
    ],
)
def test_what_is_denied_is_negated(text: str, words: str) -> None:
    assert "negated" in said(text, words)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("No change in her weakness.", "weakness"),
        ("No fever but severe pain.", "severe pain"),
        ("Chest pain, no palpitations.", "Chest pain"),
        ("Fracture cannot be ruled out.", "Fracture"),
    ],
)
def test_a_denial_does_not_reach_beyond_its_scope(text: str, words: str) -> None:
    assert "negated" not in said(text, words)


def test_relatives_and_suppositions_are_told_apart() -> None:
    assert "other_person" in said("Family history of stenosis.", "stenosis")
    assert "suspected" in said("Possible stenosis.", "stenosis")


@pytest.mark.parametrize(
    ("text", "words", "before"),
    [
        ("She has a history of migraine.", "migraine", True),
        ("PAST MEDICAL HISTORY: Diabetes, gout.", "gout", True),
        ("SOCIAL HISTORY: Former smoker.", "smoker", True),
        ("She had severe back pain this morning.", "back pain", False),
        ("ASSESSMENT: Lumbar stenosis.", "stenosis", False),
    ],
)
def test_what_a_section_of_the_past_or_a_cue_tells_was_there_before(text: str, words: str, before: bool) -> None:
    start = text.index(words)
    assert historical(parse(Document(id="x", text=text)), start, start + len(words)) is before
