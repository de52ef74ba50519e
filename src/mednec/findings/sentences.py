"""A text in, its sentences out: list items and table rows stand alone, lines wrapped at a fixed width are joined."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from mednec.expressions.patterns import compiled

MARK = compiled(
    r"[ \t]*(?:[-*\u2022\u25aa\u25e6\u00b7>\u2610\u2611\u2612]+(?=[ \t]|[A-Za-z])|\(?\d{1,2}[.)](?=[ \t]+\D|"
    r"[A-Z])|\(?[a-zA-Z][.)][ \t]|\[[ xX\u2713_]?\]|\([ xX\u2713_]\))"
)
LABEL = compiled(
    r"[ \t]*[A-Z][\w /&()#'.,-]{0,40}:(?=\s|$)|[ \t]*[A-Z][A-Z /&-]{3,}[ \t]*$|[ \t]*[A-Z]{2,5}[ \t]{2,}"
    r"|[ \t]*[A-Z][^\n.:]{1,40}\.{4,}",
    re.M,
)
ROW = compiled(
    r"(?:[ \t]*(?:\d{1,3}[.)]?[ \t]+)?(?:\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{4}-\d\d-\d\d)\b|.*\S(?:\t|[ ]{3,}|"
    r"[ ]*\|)[ ]*\S.*(?:\t|[ ]{3,}|\|)[ ]*\S)"
)
QUESTION = compiled(  # a line that is a question of a form
    r"[ \t]*(?:Have|Has|Did|Do|Does|Is|Are|Was|Were|How|What|When|Where|Which|Any|At)\b[^\n?]*\?[ \t]*"
    r"|[ \t]*[A-Z][^\n]{2,60}?[ ]{4,}(?i:yes|no|y|n|x|n/a)[ \t]*"
)
RUN_ON = compiled(
    r"(?:,|(?<=[A-Za-z])[-/&+]|[&+]|\b(?:and|or|with|of|the|to|for|a|an|in|on|by|at|from|her|his|no|was|is|"
    r"has|had|not|but|then|about|Dr\.))$"
)
DATED = compiled(r"[ \t]*\d{1,2}[/-]\d{1,2}[/-]\d{2,4}[ \t:|-]")
STOP = compiled(r"(?:(?<!\.\.\.)\.|[!?])[\"'\u201d)\]]*+\s++(?=[\"'\u201c(\[]?[A-Z0-9*\u2022<>-])")
STOP_OR_NUMBER = compiled(STOP.pattern + r"|[ \t]+(?=\d{1,2}\)[ \t]+[A-Z])|[ \t]{3,}(?=\d{1,2}\.[ \t]+[A-Z])")
TITLES = frozenset(
    (
        "dr",
        "drs",
        "mr",
        "mrs",
        "ms",
        "vs",
        "approx",
        "e.g",
        "i.e",
        "st",
        "jr",
        "sr",
        "prof",
        "lt",
        "rt",
        "fig",
        "mt",
        "cont",
    )
)
UNITS = frozenset(
    (
        "incl",
        "wk",
        "wks",
        "mo",
        "mos",
        "yr",
        "yrs",
        "hr",
        "hrs",
        "min",
        "mins",
        "sec",
        "secs",
        "no",
        "rx",
        "tx",
        "dx",
        "hx",
        "pt",
    )
) | frozenset(("p.o", "b.i.d", "t.i.d", "q.i.d", "p.r.n", "q.d", "q.h.s", "temp", "ht", "wt", "deg", "lb", "lbs"))
NUMBER_ALONE = compiled(r"\s*\(?(?:\d{1,2}|[a-zA-Z])[.)]$")
WIDEST = 170  # a line that is longer was not wrapped at a fixed width


class Sentence(NamedTuple):
    """A sentence, list item or table row: half-open offsets into the document's text."""

    start: int
    end: int


def split(text: str) -> Iterator[Sentence]:
    """The sentences of a text in order, without the blanks around them."""
    for start, end in blocks(text):
        yield from _sentences(text, start, end)


def blocks(text: str) -> Iterator[tuple[int, int]]:
    """Paragraphs, list items and table rows: lines that belong together."""
    width = _width(text)
    first = previous = -1
    last = 0
    for start, end in _lines(text):
        if first >= 0 and (
            (start - last > 1 and text.count("\n", last, start) > 1) or _begins(text, start, end, previous, last, width)
        ):
            yield first, last
            first = -1
        if first < 0:
            first = start
        previous, last = start, end
    if first >= 0:
        yield first, last


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Every line that is not blank, without the blanks at its end."""
    position = 0
    for line in text.splitlines(keepends=True):
        stripped = line.rstrip()
        if stripped.strip():
            yield position, position + len(stripped)
        position += len(line)


def _width(text: str) -> int:
    """The width at which the lines are wrapped; 0 where they are not."""
    longest = max(map(len, text.split("\n")), default=0)
    return longest if longest <= WIDEST else 0


def _begins(text: str, start: int, end: int, previous: int, last: int, width: int) -> bool:
    """Whether a line begins something new, and is not the rest of the line before it."""
    if MARK.match(text, start, end) or LABEL.match(text, start, end):
        return True
    if DATED.match(text, start, end) and DATED.match(text, min(end + 1, len(text))):
        return True
    length = last - previous
    if QUESTION.fullmatch(text, start, end) and not RUN_ON.search(text, max(previous, last - 6), last):
        return True
    if RUN_ON.search(text, max(previous, last - 6), last):
        return False
    here = start + len(text[start:end]) - len(text[start:end].lstrip())
    if ROW.match(text, start, end) and (ROW.match(text, previous, last) or length < 0.75 * width):
        return here - start < 30 or bool(ROW.match(text, start, end))
    if ROW.match(text, previous, last) and here - start > 12:
        return False
    if text[here].islower():
        return length < (0.5 * width if width else 60)
    word = len(text[here:end].split(None, 1)[0])
    return not width or length + 1 + word < 0.75 * width


def _sentences(text: str, start: int, end: int) -> Iterator[Sentence]:
    first = start
    listed = text.find(") ", start, end) >= 0 or text.find("   ", start, end) >= 0
    for stop in (STOP_OR_NUMBER if listed else STOP).finditer(text, start, end):
        at, beyond = stop.span()
        if (text[at] == "." and _abbreviates(text, first, at, beyond)) or NUMBER_ALONE.fullmatch(
            text, first, at + (text[at] == ".")
        ):
            continue
        yield from _trimmed(text, first, beyond)
        first = beyond
    yield from _trimmed(text, first, end)


def _abbreviates(text: str, first: int, dot: int, beyond: int) -> bool:
    """Whether the dot belongs to a title or an initial ('Dr. X'), or to a unit before a number ('6 wks. 12 visits')."""
    word = text[max(first, text.rfind(" ", first, dot) + 1) : dot].lstrip("(\"'").lower()
    if word in TITLES or (len(word) == 1 and text[dot - 1].isupper()):
        return text[beyond].isalpha()
    return word in UNITS and not text[beyond].isupper() and not text[dot - 1].isupper()


def _trimmed(text: str, start: int, end: int) -> Iterator[Sentence]:
    words = text[start:end]
    first = start + len(words) - len(words.lstrip())
    last = start + len(words.rstrip())
    if first < last:
        yield Sentence(first, last)
