"""An injection in, with its own day where that stands beside its name and another day only heads the line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from mednec.expressions.patterns import compiled
from mednec.findings import dates
from mednec.findings.dates import Period
from mednec.findings.parse import Parsed
from mednec.findings.therapy.month import NAME
from mednec.model import Finding

REACH = 90  # characters behind the name within which its place may be told before its day
PLACE = compiled(  # 'TPI L trapezius 04/03', 'MBB no. 1 (bilat L4-5, L5-S1, 05/13)', 'RFA of both sides on 7/15'
    r"(?:s?[\s,:()#-]|\b(?:on|of|from|at|in|the|was|were|done|performed|given|dated|both|sides?|bilat\w*"
    r"|bilateral|left"
    r"|right|L|R|Lt|Rt|LT|RT|b/l|and|to|no|number|first|second|third|last|trial|one|two|\d|I{1,2}|levels?"
    r"|lumbar|cervical|thoracic|low|lower|upper"
    r"|mid|back|neck|leg|arm|shoulder|girdle|trap\w*|levator\w*|scapul\w+|rhomboid\w*|splenius|paraspinal\w*"
    r"|muscles?|glute\w+"
    r"|medial|branch\w*|facets?|joints?|region|area|[CTLS]\d{1,2}(?:[-/]?[CTLS]?\d{1,2})*|bupivacaine"
    r"|lidocaine|ropivacaine"
    r"|dexamethasone|triamcinolone|injections?|blocks?|procedure|under|with|fluoro\w*|same|DOS|date|diagnostic"
    r"|set)\b\.?)*",
    re.I,
)
MONTH = compiled(rf"\b(?:in|of|from|last|past)\s+(?:early\s+|late\s+|mid[\s-]+)?{NAME}(?!\s*,?\s*(?:\d|of\s+\d|'\d))")
POST = compiled(r"\b(?:post|after)[\s-]?$", re.I)
CONTACT = compiled(
    r"\s+(?:phone\s+|telephone\s+)?(?:call|visit|check|f/u|follow[- ]?up|note|survey|contact|message"
    r"|recheck)\b",
    re.I,
)
LISTED = compiled(r"\s*(?:,|and|&|,\s*and)\s*(?:on\s+)?(?:\d{1,2}/\d|[A-Z][a-z]{2,8}\.?\s\d)")
FRACTION = compiled(r"[1-9]\s?/\s?10\b(?!\s*/)|[0-5]\s?/\s?5\b(?!\s*/)")  # a score or a strength, not a day
GIVEN = ("past", None)


def with_its_day(parsed: Parsed, finding: Finding) -> Finding:
    """An injection that was given with the day beside its name, where no day is known but that of the note."""
    written = parsed.dated_at(finding.start)
    if written is None or finding.get("status") not in GIVEN or finding.concept.endswith("surgery"):
        return finding
    if finding.get("started") not in (None, written.isoformat()):
        return finding
    if _names_a_contact(parsed.text, finding):
        said = {name: value for name, value in finding.attributes.items() if name not in ("started", "ended")}
        return replace(finding, attributes=said)
    told = _beside(parsed, finding, written)
    if told is None or told.first is None or told.first > written.isoformat()[: len(told.first)]:
        return finding
    if told.first == finding.get("started"):
        return finding
    said = {**finding.attributes, "started": told.first, "ended": told.first}
    quote = (finding.quote_start, max(finding.quote_end, told.end))
    return parsed.document.finding("therapy", finding.concept, finding.start, finding.end, quote=quote, **said)


def _names_a_contact(text: str, finding: Finding) -> bool:
    """Whether the name only says after what a call or visit was: 'post-block call 05/06/2026'."""
    after = POST.search(text, max(0, finding.start - 8), finding.start)
    return bool(after and CONTACT.match(text, finding.end))


def _beside(parsed: Parsed, finding: Finding, written: date) -> Period | None:
    """The first date behind the name, where only the place of the injection stands between."""
    text, first = parsed.text, finding.end
    last = min(first + REACH, parsed.sentence_at(finding.start).end)
    told = [*dates.periods(text, first, last, anchor=written), *dates.relative(text, first, last, written)]
    for one in sorted((*told, *_months(text, first, last, written)), key=lambda period: period.start):
        if FRACTION.match(text, one.start) or text[one.start - 1].isalnum():
            continue
        if one.first != one.last or not PLACE.fullmatch(text, first, one.start) or LISTED.match(text, one.end):
            return None
        return one
    return None


def _months(text: str, start: int, end: int, written: date) -> Iterator[Period]:
    """Months without day and year, each the last one before that of the note: 'in January', 'last June'."""
    for match in MONTH.finditer(text, start, end):
        month = dates.MONTHS.index(match["month"][:3].lower()) + 1
        if month == written.month:  # of this year or of the last
            continue
        year = written.year - (month > written.month)
        yield Period(match.start(), match.end(), f"{year:04d}-{month:02d}", f"{year:04d}-{month:02d}")
