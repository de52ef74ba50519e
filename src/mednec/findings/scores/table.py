"""A parsed document in, the pain scores in its tables out: flowsheets of therapy, diaries after a block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.findings.scores.cell import WIDEST, Cell, line_at, number_in
from mednec.findings.scores.diary import DIARY, entries

NAMES = ("pain_score", "symptom_duration")
GRADE = compiled(r"(?:score|level|rating|NRS|NPRS|VAS|number|0-10)\b", re.I)
NAME = compiled(
    r"(?:(?:pre|post|before|after|baseline|initial|average|avg|worst|best|least|"
    r"current)[\s-]+(?:[a-z]+[\s-]+)?)?"
    r"(?:pain|NRS|NPRS|VAS)\b",
    re.I,
)
GAP = compiled(r"[ ]*[|\t][ |\t]*|[ ]{2,}")
BESIDE = compiled(
    r"\b(?:date|visit|time|day|dos|#|no|treatment|tx|rx|hour|session|comments?|init|min|activity|what|"
    r"measure|block|agent)\b",
    re.I,
)
SCORE = compiled(r"(\d{1,2}(?:\.\d)?)(?:\s?/\s?10)?")
PAIR = compiled(r"(\d{1,2})(?:/10)?\s?(?:/|-+>|\u2192|-)\s?(\d{1,2})(?:/10)?")
RULE = compiled(r"[\s|+=_.-]*")
COLUMN_LABEL = compiled(
    r"\b(?:(?P<before>pre|before|start|in|baseline|initial)|(?P<after>post|after|end|out)|"
    r"(?P<average>average|avg)"
    r"|(?P<worst>worst)|(?P<best>best|least)|(?P<current>current|now|today))\b",
    re.I,
)
BOTH = compiled(r"\bpre\s?(?:/|-|and|to|&)\s?post\b|\bbefore\s?(?:/|and)\s?after\b", re.I)
SCALE = compiled(r"\(?\b0\s?(?:-|to|\u2013)\s?10\b\)?|/\s?10\b")
ROW = compiled(
    r"[\s|]*(?:#|\d|--|before|pre\b|next\b|bed|hour|noon|midnight|morning|evening|visit|eval|baseline)", re.I
)
ROW_LABEL = compiled(r"\b(?:(?P<before>before|pre)|(?P<after>after|post))\b", re.I)
HEADING = compiled(
    r"\b(?:(?P<between>re-?(?:eval\w*|check|test|assess\w*)|progress|interim|mid\w*)|"
    r"(?P<before>initial|eval(?:uation)?|intake|start|pre|before|baseline|IE|SOC|admission)|"
    r"(?P<after>discharge|d/c|dc|final|end|post|after))\b",
    re.I,
)
DAY = compiled(
    r"(?:\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{2,4})?|\d{4}-\d\d-\d\d"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\d{1,2}(?:,?\s\d{4})?)\s*",
    re.I,
)
REACH = 60  # lines that a table may have


@dataclass(frozen=True, slots=True)
class _Field:
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Column:
    first: int  # columns of characters, counted from the start of the line
    last: int
    index: int  # the number of the field in its row
    when: str | None
    paired: bool


def cells(parsed: Parsed) -> Iterator[Cell]:
    """The scores of every table that has a column of pain, and of diaries."""
    text, done = parsed.text, -1
    if parsed.document.type == "pain_diary" and not DIARY.search(text):
        yield from entries(text, 0)
        return
    diaries = [found for title in DIARY.finditer(text) if (found := _diary(text, title))]
    yield from (cell for diary in diaries for cell in diary)
    for hit in parsed.of(NAMES):
        if hit.start < done or _within(diaries, hit.start) or not NAME.match(text, hit.start):
            continue
        start, end = line_at(text, hit.start)
        columns = _columns(text, start, end, NAME)
        if not columns and hit.lexicon == "pain_score":
            start, end = _next_line(text, end)
            columns = _columns(text, start, end, GRADE)
        if columns:
            done = end
            yield from _rows(text, end + 1, columns, aligned=_is_aligned(text, start, end))
        elif title := DIARY.search(text, *line_at(text, hit.start)):
            done = line_at(text, hit.start)[1]
            for entry in entries(text, title.end()):
                done = entry.end
                yield entry


def _diary(text: str, title: re.Match[str]) -> list[Cell]:
    """The scores under the title of a diary that names no pain: 'MBB log'."""
    return [] if NAME.match(text, title.start()) else list(entries(text, title.end()))


def _within(diaries: list[list[Cell]], offset: int) -> bool:
    return any(diary[0].quote[0] <= offset <= diary[-1].end for diary in diaries)


def _next_line(text: str, end: int) -> tuple[int, int]:
    """The line behind one that ends at the offset, blank lines left out."""
    while end < len(text) and text[end].isspace():
        end += 1
    return line_at(text, min(end, len(text) - 1))


def _is_aligned(text: str, start: int, end: int) -> bool:
    """Whether the columns stand under each other; a laid-out page gives all gaps of a row the same width instead."""
    gaps = {gap.group() for gap in GAP.finditer(text[start:end].strip())}
    return len(gaps) > 1 and not any("|" in gap or "\t" in gap for gap in gaps)


def _fields(text: str, start: int, end: int) -> list[_Field]:
    """The fields of a line: what gaps, bars or tabs part."""
    found, first = [], start
    for gap in GAP.finditer(text, start, end):
        if gap.start() > first:
            found.append(_Field(first, gap.start()))
        first = gap.end()
    return [*found, _Field(first, end)] if first < end else found


def _columns(text: str, start: int, end: int, name: re.Pattern[str]) -> list[_Column]:
    """The columns of pain that a line heads; none where it is no header."""
    line = text[start:end]
    if len(line) > 200 or not BESIDE.search(line) or re.search(r"\d", SCALE.sub("", line)):
        return []
    fields = [part for field in _fields(text, start, end) for part in _apart(text, field)]
    if len(fields) < 2:
        return []
    titled = text[max(0, start - 160) : start].rpartition("\n\n")[2] + " " + " ".join(_until_row(text, end + 1))
    found = []
    for index, field in enumerate(fields):
        words = text[field.start : field.end]
        if name.match(words) and len(words) <= 24:
            paired = bool(BOTH.search(words) or BOTH.search(titled))
            when = None if paired else _said_by(words)
            found.append(_Column(field.start - start, field.end - start, index, when, paired))
    return found


def _said_by(heading: str) -> str | None:
    """What the heading of a column says that it measures."""
    label = COLUMN_LABEL.search(heading)
    return label.lastgroup if label else None


def _apart(text: str, field: _Field) -> list[_Field]:
    """A field of the header, or two where a narrow column left a single blank before 'Pain'."""
    if NAME.match(text, field.start, field.end):
        return [field]
    name = NAME.search(text, field.start + 1, field.end)
    if name is None or text[name.start() - 1] != " " or name.start() - field.start > 8:
        return [field]
    return [_Field(field.start, name.start() - 1), _Field(name.start(), field.end)]


def _until_row(text: str, offset: int) -> Iterator[str]:
    """The lines that continue a header."""
    for _ in range(3):
        start, end = line_at(text, min(offset, len(text)))
        if ROW.match(text, start, end) or start >= len(text):
            return
        yield text[start:end]
        offset = end + 1


def _rows(text: str, offset: int, columns: list[_Column], *, aligned: bool) -> Iterator[Cell]:
    treated, missed, blank = False, 0, False
    for _ in range(REACH):
        if offset > len(text) or missed > 3:
            return
        start, end = line_at(text, offset)
        offset = end + 1
        if RULE.fullmatch(text, start, end):
            blank = blank or start == end
            continue
        if blank and (aligned or not ROW.match(text, start, end)) and not _until_blank(text, start, end, missed):
            return
        label = ROW_LABEL.search(text, start, min(end, start + 40))
        told = label.lastgroup if label else "after" if treated else None
        row = [cell for column in columns for cell in _cell(text, start, end, column, aligned=aligned)]
        for cell in row:
            yield cell if cell.when else _timed(cell, told)
        treated, missed, blank = treated or told == "before", 0 if row else missed + 1, False


def _until_blank(text: str, start: int, end: int, missed: int) -> bool:
    """Whether a line behind a blank one may still be the rest of a header or of a row in a laid-out page."""
    return missed < 2 and end - start < 60 and ":" not in text[start:end] and len(_fields(text, start, end)) < 3


def _timed(cell: Cell, when: str | None) -> Cell:
    return Cell(cell.start, cell.end, cell.value, cell.quote, when)


def _cell(text: str, start: int, end: int, column: _Column, *, aligned: bool) -> Iterator[Cell]:
    """The score of a row in a column: the field of that number, or the one that stands under the heading."""
    fields = _fields(
        text, start + len(text[start:end]) - len(text[start:end].lstrip()), start + len(text[start:end].rstrip())
    )
    if not fields or not ROW.match(text, start, end):
        return
    quote = fields[0].start, fields[-1].end
    pattern = PAIR if column.paired else SCORE
    under = [f for f in fields if aligned and f.start - start <= column.last and f.end - start >= column.first]
    same = fields[column.index : column.index + 1]
    alike = [f for f in fields[2:] if pattern.fullmatch(text, f.start, f.end)]
    for field in (
        [*under, *same] if aligned else [*same, *(alike if len(alike) == 1 and len(fields) <= column.index else [])]
    ):
        pair = PAIR.fullmatch(text, field.start, field.end) if column.paired else None
        if pair and max(number_in(pair[1]), number_in(pair[2])) <= 10 and not pair[1].startswith("0"):
            yield Cell(pair.start(1), pair.end(1), number_in(pair[1]), quote, "before")
            yield Cell(pair.start(2), pair.end(2), number_in(pair[2]), quote, "after")
            return
        single = SCORE.fullmatch(text, field.start, field.end)
        if single and number_in(single[1]) <= 10:
            yield Cell(single.start(), single.end(), number_in(single[1]), quote, column.when)
            return


def heading_over(text: str, offset: int) -> str | None:
    """What the column of a number says it measures, where a line above names 'initial' and 'discharge' or the like.

    An empty string where there is such a line and it says neither of this column; None where there is none.
    """
    start, end = line_at(text, offset)
    if end - start > WIDEST:
        return None
    fields = _fields(text, start + len(text[start:end]) - len(text[start:end].lstrip()), end)
    index = next((i for i, field in enumerate(fields) if field.start <= offset < field.end), 0)
    if not index:
        return None
    here = offset - start
    for _ in range(12):
        if start == 0:
            return None
        start, end = line_at(text, start - 1)
        heads = _fields(text, start + len(text[start:end]) - len(text[start:end].lstrip()), end)
        if text[start:end].strip() and len(heads) < 2:
            return None
        named = _by_days(text, heads) or [_heading(text, head) for head in heads]
        if {"before", "after"} <= set(named):
            return _over(heads, named, len(fields), index, here, start)
    return None


def _by_days(text: str, heads: list[_Field]) -> list[str | None]:
    """The headings of a line that names a day for each column but the first: that is before, the last is after."""
    days = [bool(DAY.fullmatch(text, head.start, head.end)) for head in heads]
    if len(heads) < 3 or days[0] or not all(days[1:]):
        return []
    return [None, "before", *["between"] * (len(heads) - 3), "after"]


def _heading(text: str, field: _Field) -> str | None:
    label = HEADING.search(text, field.start, field.end)
    return label.lastgroup if label and field.end - field.start < 40 else None


def _over(heads: list[_Field], named: list[str | None], count: int, index: int, here: int, start: int) -> str | None:
    """The heading of a field: by its number where the rows agree in length, else the one that stands over it."""
    if len(heads) == count:
        name = named[index]
    elif len(heads) == count - 1 and named[0]:
        name = named[index - 1]
    else:
        nearest = min(range(len(heads)), key=lambda i: _distance(heads[i], start, here))
        name = named[nearest] if _distance(heads[nearest], start, here) <= 10 else None
    return name if name != "between" else ""


def _distance(head: _Field, start: int, column: int) -> int:
    return max(head.start - start - column, column - (head.end - start), 0)
