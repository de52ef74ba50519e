"""A text in, its labelled fields and answered questions out: 'Response: poor', 'Did it help?' and 'No' below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mednec.expressions.patterns import compiled
from mednec.findings.structure.words import head

ITEM = (
    r"[ \t]*(?:(?:[-*\u2022>]|\(?[a-z\d]{1,2}[.)]|Q\d{0,2}[.:)]|[A-Z]\d{1,2}[.:)]?(?=[ \t]))[ \t]*)?"
    r"(?:\[[ xX]?\][ \t]*|[\u2610-\u2612][ \t]*)?"
)
LABEL = compiled(
    rf"[ \t]*{ITEM}(?P<label>[A-Za-z%](?:(?!\.[ \t]+[A-Z])[^\n:?;|\t]){{1,70}}?)[ \t]*"
    r"(?:\?[ \t]*:?|:(?!\d)|\.{3,}|\u2026+|[ \t](?:--|->|[\u2013\u2014\u2192])[ \t]|(?=[ \t]{3}\S))"
)
PARTS = compiled(r"[ \t]{3,}|[;|\t]|[.?][ \t]+(?=[A-Z][^\n?.:]{2,60}[?:])")
ANSWER_MARK = compiled(r"[ \t]*(?:A(?:ns(?:wer)?)?\d{0,2}[.:)][ \t]*|->[ \t]*|>[ \t]*|\u2192[ \t]*|[-\u2022][ \t]+)?")
NUMBERED = compiled(r"Q[.:\d]|\s*\(?\d{1,2}[.)]\s")
PART_END = compiled(
    r"[.?][ \t]+(?=[A-Z][^\n?.:]{2,60}[?:])|[ \t]{3,}(?=[A-Za-z%][^\n:?]{1,40}[:?])"
    r"|[;|\t](?=[ \t]*[A-Za-z][^\n:?;|]{1,40}[:?])"
)
CLOSED = compiled(r"[:?\u2026\u2192]|[ ](?:--|->|[\u2013\u2014])[ ]|\.\.\.|[ \t]{3}\S")


@dataclass(frozen=True, slots=True)
class Field:
    """A label or question and the words that answer it; `asks` is what it asks for, None where that is not known."""

    start: int
    label_end: int
    value: int
    end: int
    asks: str | None

    def words(self, text: str) -> str:
        """The answer."""
        return text[self.value : self.end].strip()


def fields(text: str, near: Sequence[int], far: int) -> Iterator[Field]:
    """The labelled fields of a text in order, on the lines of some offsets and for some signs behind each of them.

    An answer stands behind its label, or else on the next line.
    """
    last = 0
    for offset in near:
        start = max(last, text.rfind("\n", 0, offset) + 1)
        end = text.find("\n", min(offset + far, len(text)))
        last = len(text) if end < 0 else end
        if start < last and CLOSED.search(text, start, last):
            yield from _within(text, start, last)


def _within(text: str, start: int, end: int) -> Iterator[Field]:
    """The fields of some lines."""
    while start < end:
        last = text.find("\n", start, end)
        last = end if last < 0 else last
        if CLOSED.search(text, start, last):
            yield from _of_line(text, start, last)
        start = last + 1


def _of_line(text: str, start: int, last: int) -> Iterator[Field]:
    """The fields of a line: at its beginning, and behind each wide gap, bar or semicolon."""
    done = start
    for begin in (start, *(gap.end() for gap in PARTS.finditer(text, start, last))):
        match = LABEL.match(text, begin, last) if begin >= done else None
        if match:
            done = match.end()
            value, stop = _answer(text, match)
            yield Field(match.start("label"), match.end("label"), value, stop, head(match["label"]))


def _answer(text: str, match: re.Match[str]) -> tuple[int, int]:
    first = match.end()
    last = text.find("\n", first)
    last = len(text) if last < 0 else last
    part = PART_END.search(text, first, last)
    end = part.start() if part else last
    if text[first:end].strip():
        return first, end
    if part or last >= len(text):
        return first, first
    return _below(text, last + 1, first)


def _below(text: str, first: int, empty: int) -> tuple[int, int]:
    """The answer on the next line that is not blank; none where that line is a label or a question itself."""
    while first < len(text) and text[first] == "\n":
        first += 1
    last = text.find("\n", first)
    last = len(text) if last < 0 else last
    mark = ANSWER_MARK.match(text, first, last)
    start = mark.end() if mark else first
    line = text[start:last]
    if not line.strip() or line.rstrip().endswith(("?", ":")) or NUMBERED.match(text, first, last):
        return empty, empty
    return start, last
