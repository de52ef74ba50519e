"""An expression that is tried only where words stand that it needs finds what the plain expression finds."""

import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import mednec.findings
from mednec.expressions.needs import DIGIT, Needing, needed, needing

EXAMPLES = Path(__file__).parents[2] / "examples"
ODD = (
    "",
    "THE PATIENT TRIED NOTHING; per L39240. \u0660\u0661 weeks, \u212anee pain, \u017fciatica, M\u0130GRA\u0130NE",
    "Please assume that she failed PT \u2013 as required by the LCD.\nNote: 3/10\u20134/10, 12/05/2025",
)


def expressions():
    names = [module.name for module in pkgutil.walk_packages(mednec.findings.__path__, "mednec.findings.")]
    for name in names:
        for what, value in vars(importlib.import_module(name)).items():
            if isinstance(value, Needing):
                yield pytest.param(value, id=f"{name.removeprefix('mednec.findings.')}.{what}")


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\b\w+\s+(?:the\s+)?(?:L\d{5}|LCD)\b", {" l" + 5 * DIGIT, " lcd"}),
        (r"\bT\d{1,2}\s+fractures?\b", {f"t{DIGIT} fracture", f"t{2 * DIGIT} fracture"}),
        (r"\d{4,}", {4 * DIGIT}),
        (r"(?:knees?|hips?) joint", {"knee joint", "knees joint", "hip joint", "hips joint"}),
        (r"\btried\s+nothing\b", {"tried nothing"}),
        (r"follow[\s-]*up[ ]{2,}\w", {"follow up", "followup"}),
        (r"(?: as){2}", {" as as"}),
        (r"\w+", None),
        (r"(?:a|\w+)x?", None),
    ],
)
def test_the_words_that_a_pattern_needs_are_read_off_it(pattern, words):
    assert needed(pattern, re.I) == words


def test_a_word_that_every_text_holds_is_passed_over_for_one_that_few_hold():
    assert needed(r"\b(?:assume|suppose)\b.*?\bthat\b", re.I) == {"assume", "suppose"}


@pytest.mark.parametrize("expression", list(expressions()))
def test_it_finds_what_the_plain_expression_finds(expression):
    plain = expression._expression
    texts = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.rglob("*.txt"))]
    assert len(texts) > 10
    for text in (*texts, *ODD):
        middle = len(text) // 2
        for bounds in ((), (0, middle), (middle, len(text))):
            found = [match.span() for match in expression.finditer(text, *bounds)]
            assert found == [match.span() for match in plain.finditer(text, *bounds)]


def test_an_expression_that_is_made_later_finds_its_words_in_the_text_that_was_read_before():
    text = "A zeppelin was seen over the ward."
    assert needing("hydrangea").search(text) is None
    assert needing("zeppelin").search(text).span() == (2, 10)


@pytest.mark.parametrize("blanks", [" ", "\n", "  \t", "-", " - ", "\u2003", "\u00a0 "])
def test_words_stand_beside_each_other_whatever_blanks_lie_between(blanks):
    text = f"PE:{blanks}{blanks}slack{blanks}line."
    assert needing(r"slack[\s-]+line").search(text).group() == f"slack{blanks}line"
    found = needing(r"[\s-]slack").search(text, text.index("slack") - 1)
    assert found.end() == text.index("slack") + 5
    assert needing(r"slack").search(text, text.index("slack") + 1) is None


def test_letters_and_digits_beyond_ascii_are_found_as_the_expression_reads_them():
    assert needing(r"\bsciatica\b", re.I).search("\u017fciatica and \u0130tching").span() == (0, 8)
    assert needing(r"score\s\d", re.I).search("SCORE \u0664").span() == (0, 7)
