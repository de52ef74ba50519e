"""The dated entries of a document that holds several: flowsheet rows, daily notes, telephone logs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mednec.expressions.begun import at_lines
from mednec.expressions.patterns import compiled

ROW = at_lines(
    r"^[ \t|]*(?:(?:visit|session|tx|treatment|day)?[ \t]*#?[ \t]*\d{1,3}[.):]?(?:[ \t|]+|[ \t]*[-\u2013][ \t]*))?"
    r"(?P<label>(?:date of (?:service|visit|treatment)|dos|date|visit date|service date|encounter date|"
    r"visit)[ \t]*[:#]?[ \t]*(?:\d{1,3}[ \t,:]+)?)?"
    r"(?:(?P<m>\d{1,2})[/-](?P<d>\d{1,2})(?:[/-](?P<y>\d{4}|\d{2}))?|"
    r"(?P<iso>\d{4}-\d\d-\d\d))(?![\d/-])(?!\s*(?:-|\u2013|to|through|thru)\s*\d)(?![ \t]*(?:mg|pain|%|/))",
    re.I,
)
BLANK_LINE = compiled(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Entry:
    """A stretch of text with a date of its own."""

    start: int
    end: int
    dated: date


def entries(text: str, dated: date | None) -> list[Entry]:
    """The dated entries; none where fewer than two lines begin with a date of their own.

    A row that gives no year takes it from the row before it, else from the document's date.
    """
    rows = [(match, bool(match["label"])) for match in ROW.finditer(text)]
    labelled = [match for match, label in rows if label]
    if len(labelled) > 1:
        return list(_until_the_next(text, labelled, dated))
    bare = [match for match, label in rows if not label]
    return list(_to_the_blank_line(text, bare, dated)) if len(bare) > 1 else []


def _until_the_next(text: str, marks: list[re.Match[str]], dated: date | None) -> Iterator[Entry]:
    """Daily notes: each goes on until the next begins."""
    bounds = [match.start() for match in marks] + [len(text)]
    known = dated
    for match, end in zip(marks, bounds[1:], strict=True):
        if day := _day(match, known, dated):
            yield Entry(match.start(), end, day)
            known = day if match["y"] or match["iso"] else known


def _to_the_blank_line(text: str, marks: list[re.Match[str]], dated: date | None) -> Iterator[Entry]:
    """Rows: each goes on until the next row or a blank line."""
    bounds = [match.start() for match in marks] + [len(text)]
    known = dated
    for match, end in zip(marks, bounds[1:], strict=True):
        blank = BLANK_LINE.search(text, match.end(), end)
        if day := _day(match, known, dated):
            yield Entry(match.start(), blank.start() if blank else end, day)
            known = day if match["y"] or match["iso"] else known


def _day(match: re.Match[str], known: date | None, latest: date | None = None) -> date | None:
    """The day that a row gives; without a year the one nearest to the row before it, not after the document's date."""
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        month, day = int(match["m"]), int(match["d"])
        if match["y"]:
            year = int(match["y"])
            return date(year + 2000 if year < 100 else year, month, day)
        if known is None:
            return None
        years = (known.year - 1, known.year, known.year + 1)
        near = [found for year in years if (found := date(year, month, day)) <= (latest or known)]
        return min(near, key=lambda found: abs((found - known).days), default=None)
    except ValueError:
        return None
