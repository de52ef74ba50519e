"""A pain diary in, its scores out: a time and a number on each line, or one pair after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled
from mednec.findings.scores.cell import Cell, line_at, number_in

DIARY = needing(
    r"\b(?:pain|block|injection|procedure|MBB|relief|NRS|VAS)\s(?:diary|log|sheet|card|journal|tracker|calendar)\b",
    re.I,
)
ENTRY = compiled(
    r"(?<![\w/.])(?P<time>\d{1,2}(?::\d\d)?\s?[ap]\.?m?\b\.?|\d{1,2}:\d\d|\d+(?:\.\d+)?\s?(?:min|hours?|hrs?|h)\w*"
    r"(?:\s(?:after|post|later))?|noon|bed(?:time)?|(?:before|pre)\b[^\d\n,;|]{0,20}|baseline"
    r"|(?:next\s)?(?:morning|evening|night|am|day)|supper|dinner)[ \t]*(?:\([^)\d\n]{0,24}\))?[ \t]*[:=|-]?[ \t]*"
    r"(?P<score>\d{1,3})(?:\s?/\s?10)?(?:\s?mm)?(?=\s|$|[,;|()])(?!\s?(?:min|hours?|hrs?|h\b|%|[ap]\.?m))",
    re.I,
)
BEFORE = compiled(r"\b(?:before|pre|baseline)\b", re.I)
AFTER = compiled(r"\b(?:after|post)\b", re.I)
MILLIMETERS = compiled(r"\bmm\b|\b0\s?-\s?100\b", re.I)
START = compiled(r"[\s*\u2022|-]*")
MISSED = 6  # lines without an entry before a diary is taken to have ended
COMMENT = 24  # characters behind a score in which it may be told to be of before
REACH = 60  # lines that a diary may have


def entries(text: str, offset: int) -> Iterator[Cell]:
    """The scores of a diary from an offset on: '10:30 am  1', or 'before 7, 1 hr 1, 2 hr 1' in one line."""
    treated, missed, first = False, 0, offset
    scale = 100 if MILLIMETERS.search(text, max(0, offset - 200), offset + 600) else 10
    for _ in range(REACH):
        if first > len(text) or missed > MISSED:
            return
        start, end = max(first, line_at(text, first)[0]), line_at(text, first)[1]
        first = end + 1
        found = _entries_of(text, start, end)
        missed = 0 if found else missed + 1
        for entry, following in zip_longest(found, found[1:]):
            value = number_in(entry["score"])
            words = text[entry.start() : min(following.start() if following else end, entry.end() + COMMENT)]
            told = "before" if BEFORE.search(words) else "after" if AFTER.search(words) or treated else None
            treated = treated or told == "before"
            if value <= scale:
                yield Cell(entry.start("score"), entry.end("score"), value, (entry.start("time"), end), told, scale)


def _entries_of(text: str, start: int, end: int) -> list[re.Match[str]]:
    """The entries of a line: several, or one that opens it or says 'before'."""
    found = list(ENTRY.finditer(text, start, end))
    if len(found) != 1 or START.fullmatch(text, start, found[0].start()) or BEFORE.search(found[0].group()):
        return found
    return []
