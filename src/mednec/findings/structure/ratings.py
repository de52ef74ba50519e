"""The pain scores of a document in, with those out that fields, questions and tables of injections give."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from mednec.expressions.begun import at_lines
from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled
from mednec.findings import dates
from mednec.findings.parse import Parsed
from mednec.findings.structure.grids import Cell, Grid
from mednec.findings.structure.words import expression
from mednec.model import Finding

RATED = at_lines(
    r"^[ \t]*(?:[-*\u2022]|\(?[a-z\d]{1,2}[.)]|Q\d{0,2}[.:)])?[ \t]*"
    r"(?P<label>[A-Za-z\d][^\n:?|]{2,80}?)[ \t]*(?:\?[ \t]*:?|:|\.{3,}|\u2026+|\||[ ]{3})[ \t]*"
    r"(?:\n[ \t]*(?:A\d{0,2}[.:)][ \t]*)?)?"
    r"(?P<n>10|\d(?:\.\d)?)(?![\d.:-]|/(?!10))(?:[ ]?/[ ]?10)?[ \t]*(?:\([^)\n]{0,40}\)|(?:out )?of 10)?[ \t]*$",
    re.I,
)
SITE = compiled(r"^[ \t]*(?:site|location|region|area|body part|where)(?: of pain)?[ \t]*:[^\n]*$", re.I | re.M)
SIDES = (
    ("before", compiled(r"\b(?:before|pre|baseline|prior)\b", re.I)),
    ("after", compiled(r"\b(?:after|since|post)\b", re.I)),
    ("worst", compiled(r"\bworst\b", re.I)),
    ("best", compiled(r"\b(?:best|least)\b", re.I)),
    ("average", compiled(r"\b(?:average|avg|typical|usual)\b", re.I)),
    ("current", compiled(r"\b(?:now|current|today|present)\b", re.I)),
)
TIMED = compiled(r"\d+\s?(?:min\w*|h|hrs?|hours?|d|days?|wks?|weeks?|mos?|months?)\.?(?: (?:after|post|later))?", re.I)
NUMBER = compiled(r"(10|\d(?:\.\d)?)(?:\s?/\s?10)?\s*(?:\([^)]*\))?")
LABELLED_DAY = compiled(
    r"(?P<day>\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}/\d{4}"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (?:\d{1,2},? )?\d{4})"
    r"\)?(?:[ \t]*[:=-][ \t]*|[ \t]*(?:\([a-z ]{2,14}\))?[ \t]{2,})$",
    re.I,
)
# A printed scale on which one number is marked, and a field that is filled in on its line: 'NRS: _7_/10'.
CIRCLED = needing(
    r"(?<!\d)0[ \t.,-]+1[ \t.,-]+2\b[^\n]{0,40}?[(\[{<*_][ \t]?(?P<n>10|\d)[ \t]?[)\]}>*_]"
    r"[^\n]{0,40}?(?:(?<=[)\]}>*_])|10\b)"
    r"|\b(?:NRS|NPRS|VAS|pain(?: (?:score|level|scale|now|today))?)[ \t]*[:=]?[ \t]*_+"
    r"[ \t]?(?P<filled>10|\d)[ \t]?_+[ \t]?/[ \t]?10\b",
    re.I,
)
PAINFUL = compiled(r"\b(?:pain|hurts?|ache|NRS|NPRS|VAS|discomfort)\b", re.I)
ABOVE, LINE = 240, 120  # characters above a score in which its site is told, and of a line before it


def as_rated(parsed: Parsed, found: Iterable[Finding], tables: Sequence[Grid]) -> Iterator[Finding]:
    """The scores, those beside a day with that day, and those that only a field or a table gives."""
    known = sorted((_on_its_day(parsed, one) for one in found), key=lambda one: one.start)
    yield from known
    starts = [one.start for one in known]
    for start, end, when in (*_fields(parsed), *_columns(parsed, tables), *_circled(parsed)):
        at = bisect_left(starts, start)
        if at == len(starts) or starts[at] >= end:
            yield _rated(parsed, start, end, when)


def _rated(parsed: Parsed, start: int, end: int, when: str | None) -> Finding:
    """The finding of a number, whose quote begins with the line that names the place of the pain."""
    text = parsed.text
    value = float(text[start:end])
    line = text.rfind(
        "\n", 0, text.rfind("\n", 0, start) if not text[text.rfind("\n", 0, start) + 1 : start].strip() else start
    )
    site = [match.start() for match in SITE.finditer(text, max(0, start - ABOVE), start)]
    quote = (min([line + 1, *site[-1:]]), end)
    number = int(value) if value.is_integer() else value
    made = parsed.document.finding(
        "pain_score", "nrs", start, end, quote=quote, low=number, high=number, of=10, when=when
    )
    return _on_its_day(parsed, parsed.dated(made))


def _fields(parsed: Parsed) -> Iterator[tuple[int, int, str | None]]:
    """The numbers that answer a label or question about pain."""
    before = -LINE
    for match in RATED.finditer(parsed.text):
        label = match["label"].strip()
        if TIMED.fullmatch(label) and match.start() - before < LINE:
            before = match.end()
            yield *match.span("n"), "after"
        elif expression("rated").fullmatch(label) and not expression("intended").search(label):
            when = next((name for name, words in SIDES if words.search(label)), None)
            before = match.end() if when == "before" else before
            yield *match.span("n"), when


def _circled(parsed: Parsed) -> Iterator[tuple[int, int, str | None]]:
    """The number that is marked on a printed scale of pain."""
    text = parsed.text
    for match in CIRCLED.finditer(text):
        before = text[max(0, match.start() - LINE) : match.start()]
        if match["n"] and (not PAINFUL.search(before) or expression("intended").search(before.rpartition("\n")[2])):
            continue
        when = next((name for name, words in SIDES if words.search(before.rpartition("\n")[2])), None)
        yield *match.span("n" if match["n"] else "filled"), when


def _columns(parsed: Parsed, tables: Sequence[Grid]) -> Iterator[tuple[int, int, str | None]]:
    """The numbers under 'pre' and 'post' in a table of injections."""
    for grid in tables:
        for row in grid.rows:
            if {"before", "after"} <= row.under.keys() and is_dated(parsed.text, row.under.get("dates") or row.first):
                for name in ("before", "after"):
                    cell = row.under[name]
                    if match := NUMBER.fullmatch(parsed.text, cell.start, cell.end):
                        yield *match.span(1), name


def is_dated(text: str, cell: Cell) -> bool:
    """Whether a cell holds a day."""
    return bool(dates.periods(text, cell.start, cell.end))


def _on_its_day(parsed: Parsed, one: Finding) -> Finding:
    """A score with the day that its label names: 'NRS 10/2025: 2' was taken in that month."""
    line = max(parsed.text.rfind("\n", 0, one.start) + 1, one.start - LINE)
    label = LABELLED_DAY.search(parsed.text, line, one.start)
    if one.kind != "pain_score" or label is None:
        return one
    found = dates.periods(parsed.text, label.start("day"), label.end("day"))
    day = _first_day(found[0].first) if found and found[0].first else None
    wished = expression("intended").search(parsed.text, line, one.start)
    return replace(one, dated=day) if day and not wished else one


def _first_day(words: str) -> date | None:
    """The first day of a date or of a month."""
    parts = words.split("-")
    return date(int(parts[0]), int(parts[1]), int(parts[2]) if len(parts) > 2 else 1) if len(parts) > 1 else None
