"""A parsed document in, the pain scores in the columns of its tables out: flowsheets of therapy, diaries after a block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mednec.findings.parse import Parsed
from mednec.findings.terms import Hit

COLUMN = re.compile(r"(?:pain|NRS|NPRS|VAS)\b", re.I)
FIELD = re.compile(r"[^\s|](?:[^\s|]|[ ](?![ |]))*")
BESIDE = re.compile(r"\b(?:date|visit|time|day|dos|#|no|treatment|tx|rx|hour|session|comments?|init|min|activity|what)\b", re.I)
SCORE = re.compile(r"(\d{1,2}(?:\.\d)?)(?:\s?/\s?10)?")
PAIR = re.compile(r"(\d{1,2})(?:/10)?\s?(?:/|->|\u2192)\s?(\d{1,2})(?:/10)?")
SCALE = re.compile(r"\(?\b0\s?(?:-|to|\u2013)\s?10\b\)?|/\s?10\b")
RULE = re.compile(r"[\s|+=_-]*")
BEFORE = re.compile(r"\b(?:pre|before|start|in)\b", re.I)
AFTER = re.compile(r"\b(?:post|after|end|out)\b", re.I)
BOTH = re.compile(r"\bpre\s?(?:/|-|and|to|&)\s?post\b|\bbefore\s?(?:/|and)\s?after\b", re.I)
FIRST_ROW = re.compile(r"\s*(?:before|pre)\b", re.I)
REACH = 40  # rows at most; a table ends at a blank line


@dataclass(frozen=True, slots=True)
class Cell:
    """A score in a table: where it stands, its value, the row to quote, and whether its column says before or after."""

    start: int
    end: int
    value: float
    quote: tuple[int, int]
    when: str | None


@dataclass(frozen=True, slots=True)
class _Column:
    first: int  # columns of characters, counted from the start of the line
    last: int
    index: int  # the number of the field, where fields are parted by bars or tabs
    when: str | None
    paired: bool


def cells(parsed: Parsed) -> Iterator[Cell]:
    """The scores of every table that has a column of pain."""
    text, done = parsed.text, -1
    for hit in parsed.hits:
        if hit.start < done or not _names_column(text, hit):
            continue
        start, end = _line(text, hit.start)
        columns = _columns(text, start, end)
        if columns:
            done = end
            yield from _rows(text, end + 1, columns)


def _names_column(text: str, hit: Hit) -> bool:
    return hit.lexicon in ("pain_score", "symptom_duration") and bool(COLUMN.match(text, hit.start))


def _line(text: str, offset: int) -> tuple[int, int]:
    end = text.find("\n", offset)
    return text.rfind("\n", 0, offset) + 1, end if end >= 0 else len(text)


def _fields(text: str, start: int, end: int) -> list[re.Match[str]]:
    return list(FIELD.finditer(text.replace("\t", "|") if "\t" in text[start:end] else text, start, end))


def _columns(text: str, start: int, end: int) -> list[_Column]:
    """The columns of pain that a line heads; none where it is no header."""
    fields = _fields(text, start, end)
    line = text[start:end]
    if len(fields) < 2 or len(line) > 200 or not BESIDE.search(line) or re.search(r"\d", SCALE.sub("", line)):
        return []
    title = text[max(0, start - 160) : start].rpartition("\n\n")[2]
    found = []
    for index, field in enumerate(fields):
        for match in COLUMN.finditer(text, field.start(), field.end()):
            words = text[match.start() : field.end()]
            if len(words) > 24:
                continue
            paired = bool(BOTH.search(words) or BOTH.search(title))
            when = None if paired else "before" if BEFORE.search(words) else "after" if AFTER.search(words) else None
            found.append(_Column(match.start() - start, field.end() - start, index, when, paired))
            break
    return found


def _rows(text: str, offset: int, columns: list[_Column]) -> Iterator[Cell]:
    treated = False
    for _ in range(REACH):
        start, end = _line(text, offset)
        if offset > len(text) or not text[start:end].strip():
            return
        offset = end + 1
        if RULE.fullmatch(text, start, end):
            continue
        treated_here = bool(FIRST_ROW.match(text, start, end))
        for column in columns:
            when = column.when or ("before" if treated_here else "after" if treated else None)
            yield from _cell(text, start, end, column, when)
        treated = treated or treated_here


def _cell(text: str, start: int, end: int, column: _Column, when: str | None) -> Iterator[Cell]:
    fields = _fields(text, start, end)
    if "|" in text[start:end] or "\t" in text[start:end]:
        fields = fields[column.index : column.index + 1]
    else:
        fields = [f for f in re.compile(r"\S+(?: / \S+)?").finditer(text, start, end) if _overlaps(f, start, column)]
    quote = start + len(text[start:end]) - len(text[start:end].lstrip()), start + len(text[start:end].rstrip())
    for field in fields:
        if column.paired and (pair := PAIR.fullmatch(text, field.start(), field.end())):
            yield Cell(pair.start(1), pair.end(1), float(pair[1]), quote, "before")
            yield Cell(pair.start(2), pair.end(2), float(pair[2]), quote, "after")
            return
        if (single := SCORE.fullmatch(text, field.start(), field.end())) and float(single[1]) <= 10:
            yield Cell(single.start(), single.end(), float(single[1]), quote, when)
            return


def _overlaps(field: re.Match[str], start: int, column: _Column) -> bool:
    return field.start() - start <= column.last + 1 and field.end() - start >= column.first - 1


HEADING = re.compile(r"\b(?:(?P<before>initial|eval(?:uation)?|intake|start|pre|before|baseline|IE|SOC|admission)|(?P<after>discharge|d/c|dc|final|end|post|after|re-?eval(?:uation)?))\b", re.I)


def heading_over(text: str, offset: int) -> str | None:
    """What the column over a number says it measures, where a line above names 'initial' and 'discharge' or the like."""
    start, _ = _line(text, offset)
    column = offset - start
    for _ in range(8):
        if start == 0:
            return None
        start, end = _line(text, start - 1)
        if not text[start:end].strip():
            return None
        labels = list(HEADING.finditer(text, start, end))
        if {"before", "after"} <= {label.lastgroup for label in labels} and _is_heading_row(text, start, end, labels):
            nearest = min(labels, key=lambda label: _distance(label, start, column))
            return nearest.lastgroup if _distance(nearest, start, column) <= 10 else None
    return None


def _is_heading_row(text: str, start: int, end: int, labels: list[re.Match[str]]) -> bool:
    """Whether the line is a row of headings: its fields stand apart and begin with the labels."""
    fields = {field.start() for field in FIELD.finditer(text, start, end)}
    return sum(label.start() in fields for label in labels) >= 2


def _distance(label: re.Match[str], start: int, column: int) -> int:
    return max(label.start() - start - column, column - (label.end() - start), 0)
