"""An injection that is named with a day soon after that of the note, and nothing else: it is to come, not past."""

from __future__ import annotations

import re
from datetime import date, timedelta

from mednec.expressions.patterns import compiled
from mednec.findings import dates
from mednec.findings.therapy.scope import Around

SOON = timedelta(days=75)
REACH = 60  # characters behind an injection in which its day may stand
UNTIL_DAY = compiled(r"[^.;:\n]{0,40}?(?:\bon\s+|\bfor\s+|[,(]\s*|\s)\Z", re.I)
ONE_OF_SEVERAL = compiled(r"\s*(?:,|and|&|;)\s*(?:and\s)?\d{1,2}/\d{1,2}")
BEHIND = compiled(
    r"\b(?:was|were|gave|relief|helped|pain|done|performed|given|without|with no|NRS|VAS|returned)\b", re.I
)
BYGONE = compiled(
    r"\b(?:had|underwent|received|s/p|status post|was|were|repeated|performed|returned|prior|previous\w*|last|"
    r"after|since|did|done|following"
    r"|returns?|history|post)\b",
    re.I,
)


def is_upcoming(around: Around, anchor: date | None) -> bool:
    """Whether the day behind an injection comes soon after the day of the note, and no effect of it is told."""
    text, mention = around.text, around.mention
    if anchor is None or mention.group != "injection":
        return False
    end = min(around.after, mention.end + REACH)
    for point in dates.periods(text, mention.end, end, anchor=anchor):
        if not UNTIL_DAY.fullmatch(text, mention.end, point.start) or BEHIND.search(
            text, mention.end, point.end + REACH
        ):
            return False
        if ONE_OF_SEVERAL.match(text, point.end):
            return False  # '07/25, 09/25 and 12/25' are months of years
        line = max(text.rfind("\n", 0, mention.start), text.rfind(". ", 0, mention.start)) + 1
        return _is_soon(text[point.start : point.end], anchor) and not BYGONE.search(text, line, mention.start)
    return False


def _is_soon(words: str, anchor: date) -> bool:
    """Whether a day, of this year or the next where none is written, comes within weeks of the anchor."""
    for year in (anchor.year, anchor.year + 1):
        told = dates.periods(words, 0, len(words), anchor=date(year, 12, 31))
        first = told[0].first if told else None
        if first and len(first) == len("2026-01-01"):
            try:
                day = date.fromisoformat(first)
            except ValueError:
                return False
            if timedelta(0) < day - anchor <= SOON:
                return True
    return False
