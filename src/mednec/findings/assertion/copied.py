"""A mark of copying in, the stretch of text out that it says to be of years ago."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.findings.terms import Hit

YEAR = compiled(r"\b(?:19|20)\d\d\b")
LEAD = compiled(r"[^\n.;]{0,60}")  # what may stand before a mark in the line that it heads
LEAD_WORDS = 6
SOURCE = compiled(r"[^\n:\])}>;]{0,50}(?:[\])}>:;]+|\.(?=\s)|(?=\n)|$)")
RENEWED = compiled(  # from here on the text is of today again
    r"\b(?:today|interval (?:history|hx|update)|interim (?:history|hx)|(?<!not )updated?|since then|currently|"
    r"at present"
    r"|this (?:visit|year|spring|summer|fall|winter)|confirmed|reviewed)\b|\n[ \t]*\n",
    re.I,
)
RECENT = 1  # years: what was copied from a note of this year or the last is of the present trouble


def stretch(parsed: Parsed, mark: Hit) -> tuple[int, int] | None:
    """What is of years ago: the mark's own sentence, and all that it heads; None where it names no old year."""
    own, written = parsed.sentence_at(mark.start), parsed.dated_at(mark.start)
    if written is None:
        return None
    if heads := _headed(parsed, mark, written.year):
        return heads
    years = [int(year) for year in YEAR.findall(parsed.text, own.start, own.end)]
    old = mark.concept == "copied" and years and max(years) < written.year - RECENT
    return (own.start, own.end) if old and not RENEWED.search(parsed.text, mark.end, own.end) else None


def _headed(parsed: Parsed, mark: Hit, now: int) -> tuple[int, int] | None:
    """What stands under a mark that heads a paragraph, up to words that are of today."""
    text = parsed.text
    first = text.rfind("\n", 0, mark.start) + 1
    lead = text[first : mark.start]
    if not LEAD.fullmatch(lead) or len(lead.split()) > LEAD_WORDS:
        return None
    source = SOURCE.match(text, mark.end)
    year = YEAR.search(text, mark.end, source.end()) if source else None
    if source is None or year is None or int(year.group()) >= now - RECENT or RENEWED.search(text, *source.span()):
        return None
    renewed = RENEWED.search(text, source.end())
    recent = next((at for at in YEAR.finditer(text, source.end()) if int(at.group()) >= now - RECENT), None)
    ends = [parsed.sentence_at(at.start()).start for at in (renewed, recent) if at]
    return mark.start, max(source.end(), min([*ends, len(text)]))
