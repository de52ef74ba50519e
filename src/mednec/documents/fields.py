"""The labelled entries at the head and foot of a document in: whom, when, by whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from mednec.documents.patterns import labels
from mednec.expressions.patterns import compiled

HEAD_LINES, FOOT_LINES = 45, 14
ENDS = compiled(r"(?:\s*\([^)\n]{0,25}\))?(?:\s?:|\s?#|\s{2,}(?=\S)|\t|\s?\|\s?|\s(?=\d{1,4}[/-]\d))")
STAMP = re.compile(  # what a fax machine prints on every page of what it sends
    r"(?=.*\b(?:page|pg|p)\b\.?\s*\d{1,3}\s*(?:of|/)\s*\d{1,3})(?=.*(?:\bfax\b|\bfrom\s*:|\brecv|\breceived\b))"
    r"(?=.*\d{1,2}:\d{2}\b)",
    re.I,
)
CLOCK = re.compile(r"\d:\d\d")  # in every stamp, and quickly looked for
COLUMNS = compiled(r"\s{2,}|\t|\s*\|\s*")
WORD = re.compile(r"[^\s|]+")
OPENING = "*([-•"  # what may stand right before a label
PARTED = re.compile(r"\s\s|[\t|]")  # in every line with columns, and quickly looked for


@dataclass(frozen=True, slots=True)
class Field:
    """A label and what stands after it: `kind` is what the label asks for, `place` the value's offset in the text.

    `leads` tells that the label begins its line or column.
    """

    kind: str
    label: str
    value: str
    place: int
    line: int
    leads: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, with its offset and its number among those that are not."""

    text: str
    start: int
    number: int


def lines_of(text: str) -> list[Line]:
    """The lines that are not blank and no stamp of a fax machine."""
    return list(_lines_of(text))


@lru_cache(maxsize=2)  # whole documents
def _lines_of(text: str) -> list[Line]:
    found: list[Line] = []
    start = 0
    for part in text.splitlines(keepends=True):
        if part.strip() and not is_stamp(part):
            found.append(Line(part.rstrip("\r\n\f\v"), start, len(found)))
        start += len(part)
    return found


def is_stamp(line: str) -> bool:
    """Whether a line is what a fax machine printed."""
    return CLOCK.search(line) is not None and STAMP.match(line) is not None


def fields(lines: list[Line]) -> list[Field]:
    """The labelled entries of the first and last lines, those of label rows above value rows too."""
    near = lines if len(lines) <= HEAD_LINES + FOOT_LINES else [*lines[:HEAD_LINES], *lines[-FOOT_LINES:]]
    found = [field for line in near for field in labelled(line)]
    for above, below in pairwise(near):
        found += tabled(above, below)
    return sorted(found, key=lambda field: field.place)


def labelled(line: Line) -> Iterator[Field]:
    """'Label: value' and 'Label   value' within a line; a value ends where the next label or column begins."""
    marks = list(labels_in(line.text))
    for index, (label, kind, start, end) in enumerate(marks):
        stop = marks[index + 1][2] if index + 1 < len(marks) else len(line.text)
        gap = line.text[end:stop]
        value = re.split(r"(?<!,)(?:\s{2,}|\t)|\s*\|\s*", gap.strip())[0] if gap.strip() else ""
        place = line.start + end + (len(gap) - len(gap.lstrip()))
        before = line.text[:start]
        leads = not before.strip() or COLUMNS.search(before[-3:]) is not None or index > 0
        yield Field(kind, label, value, place, line.number, leads)


def labels_in(text: str) -> Iterator[tuple[str, str, int, int]]:
    """The labels of a line with what they ask for, where they begin, and where their value may begin."""
    done = 0
    for end in ENDS.finditer(text):
        near = text[max(done, end.start() - 40) : end.start()]
        if not ends_label(near):
            continue
        words = list(WORD.finditer(near))
        for first in range(max(len(words) - 5, 0), len(words)):
            label = " ".join(word.group().lower() for word in words[first:]).lstrip(OPENING).rstrip(".")
            kind = kinds_of_labels().get(label)
            if kind:
                yield label, kind, max(done, end.start() - 40) + words[first].start(), end.end()
                done = end.end()
                break


def ends_label(text: str) -> bool:
    """Whether a text ends with a word with which a label can end; few do."""
    words = text.replace("|", " ").split()
    return bool(words) and words[-1].lower().rstrip(".").lstrip(OPENING) in last_words()


def tabled(above: Line, below: Line) -> Iterator[Field]:
    """The values of a row under a row of labels."""
    heads, values = columns(above), columns(below)
    if len(heads) < 2 or len(values) < 2 or ":" in above.text:
        return
    for (head, _), (value, place) in zip(heads, values, strict=False):
        kind = kinds_of_labels().get(" ".join(head.lower().split()).rstrip("."))
        if kind and value.lower() not in kinds_of_labels():
            yield Field(kind, head.lower(), value, below.start + place, below.number)


def columns(line: Line) -> list[tuple[str, int]]:
    """The stretches of a line between wide gaps, with their places in it."""
    return list(_columns(line.text))


@lru_cache(maxsize=256)  # those of the lines of a document's head and foot
def _columns(text: str) -> list[tuple[str, int]]:
    found: list[tuple[str, int]] = []
    start = 0
    for gap in [*(COLUMNS.finditer(text) if PARTED.search(text) else ()), None]:
        stop = gap.start() if gap else len(text)
        if part := text[start:stop].strip():
            found.append((part, start))
        start = gap.end() if gap else stop
    return found


@cache
def kinds_of_labels() -> dict[str, str]:
    """What each label asks for."""
    return {word.rstrip("."): kind for kind, words in labels().items() for word in words}


@cache
def last_words() -> frozenset[str]:
    """The words with which labels end."""
    return frozenset(label.split()[-1].lstrip(OPENING) for label in kinds_of_labels())
