"""An injection in, with how long its relief lasted out, where a length or the day of its end is told in other words."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from mednec.expressions.needs import Needing, needing
from mednec.expressions.patterns import compiled, spaced
from mednec.findings import quantities
from mednec.findings.duration.times import Time, times_in
from mednec.findings.parse import Parsed, Sentence
from mednec.findings.therapy.relief import is_of_the_calendar
from mednec.findings.therapy.until import MARKS, NO_RELIEF, NOT_HELD, end_of_telling, is_of_something_else
from mednec.model import Finding
from mednec.vocabulary import lexicon

WORN = ("spinal_cord_stimulator", "intrathecal_pump")
ISO = 10  # characters of a whole date
LONGEST = 90  # characters before a time in which it is said what it is of
OF_CARE = compiled(
    r"\s*(?:of\s)?(?:PT|physical|therapy|exercis\w+|meds?|medication|wait\w*|ago|prior|"
    r"before\s(?:the|that|this|her|his)\s(?:inj|shot|proc|TPI|block))"
    r"|\s*(?:[,;]\s*)?(?:f/?u|follow|return|recheck|rtc)\b",
    re.I,
)
AHEAD = compiled(
    r"\b(?:(?<!not\s)(?<!never\s)return|recheck|rtc|f/?u|follow[- ]?up|next|plan\w*|will|repeat\w*|schedul\w*|PT|"
    r"therapy|every|"
    r"pain\s(?:for|of)|since|numb\w*|sore\w*|bruis\w*)\b[^.;,]*$",
    re.I,
)
HOPED = compiled(
    r"\b(?:if|goal|expect\w*|require\w*|need\w*|hop\w*|may|might|can|could|should|would|will|unless|often|usually|"
    r"typically|aim\w*)\b[^.;,]{0,40}$",
    re.I,
)
BY_NUMBER = needing(r"\b(?P<unit>week|month|day)\s+(?:#\s*|no\.?\s*)?(?P<n>\d{1,2})\b(?!\s*(?:of|/))", re.I)
PART = compiled(
    r"\b(?:(?P<early>early|beginning\sof|start\sof)|(?P<late>late|end\sof)|(?:mid|middle\sof))[\s-]+$", re.I
)
WITHHELD = compiled(r"\b(?:was|were|been|be|is)\s+(?:held|sustained)\b[^.;,]*$", re.I)  # a drug
NEGATED = compiled(r"\b(?:no|not|never|without|nil|little|hardly|barely)\b[^.;,]{0,24}$", re.I)
TELLS = compiled(
    r"\b(?:still|until|till|return\w*|recur\w*|back|worn?|off|before|later|afterwards?|comfort\w*|better|relief|"
    r"benefit|effect|held|sustained|respite|duration|ongoing|"
    r"got|went|took|was|faded|flared|persist\w*|continu\w*|holding|maintained)\b",
    re.I,
)


def with_its_words(parsed: Parsed, finding: Finding) -> Finding:
    """An injection that was given with the days of its relief, as the words behind it tell them."""
    finding = _as_given(finding)
    if finding.concept.endswith(("surgery", "augmentation")) or finding.concept in WORN:
        return finding
    if finding.get("relief_days") is not None or finding.get("status") not in ("past", "performed"):
        return finding
    last = end_of_telling(parsed, finding)
    if not TELLS.search(parsed.text, finding.end, last) or NO_RELIEF.search(parsed.text, finding.end, last):
        return finding
    for days, end in (*_lengths(parsed, finding, last), *_ends(parsed, finding, last)):
        said = {**finding.attributes, "relief_days": days}
        quote = (finding.quote_start, max(finding.quote_end, end))
        return parsed.document.finding("therapy", finding.concept, finding.start, finding.end, quote=quote, **said)
    return finding


def _as_given(finding: Finding) -> Finding:
    """An injection of a known day is not current; that its relief still goes on is told of the relief."""
    day = finding.get("started")
    over = (
        isinstance(day, str)
        and day == finding.get("ended")
        and finding.dated
        and len(day) == ISO
        and day <= finding.dated.isoformat()
    )
    if finding.get("status") != "current" or not over or finding.concept in WORN:
        return finding
    return replace(finding, attributes={**finding.attributes, "status": "past"})


def _is_ahead(text: str, near: int, start: int) -> bool:
    """Whether a time is hoped for, still to come, or that of something else."""
    return bool(HOPED.search(text, near, start) or AHEAD.search(text, near, start))


def _lengths(parsed: Parsed, finding: Finding, last: int) -> Iterator[tuple[float, int]]:
    """'Comfortable for nine weeks', 'did not return for two months', 'seven weeks before it crept back'."""
    text = parsed.text
    for told in (*quantities.durations(text, finding.end, last), *_numbered(text, finding.end, last)):
        near = max(finding.end, told.start - LONGEST)
        if WITHHELD.search(text, near, told.start) or is_of_the_calendar(text, near, told.start, told.end):
            continue
        if OF_CARE.match(text, told.end) or _is_ahead(text, near, told.start):
            continue
        before = _before("before").search(text, near, told.start)
        behind = _behind().match(text, told.end, last)
        shown = behind if behind and (before is None or _before("sure").search(text, near, told.start)) else None
        shown = shown or (before if before and not _is_bare(text, near, told.start) else None)
        denied = shown and NEGATED.search(text, near, before.start() if before else told.start)
        if shown and not denied and not is_of_something_else(parsed, finding, shown):
            yield told.value, max(told.end, shown.end())


def _numbered(text: str, first: int, last: int) -> Iterator[quantities.Quantity]:
    """'Returned at week 8' is after eight weeks."""
    for match in BY_NUMBER.finditer(text, first, last):
        days = int(match["n"]) * quantities.UNIT_DAYS[match["unit"].lower()]
        yield quantities.Quantity(match.start(), match.end(), quantities.tidy(days), None, match["unit"].lower())


def _is_nil(shown: re.Match[str]) -> bool:
    """Whether nothing was held: 'the benefit was nil until March'; that the pain did not come back is relief."""
    words = re.sub(r"\b(?:did not|didn.t|never)\b", "", shown.group(), flags=re.I)
    return NOT_HELD.search(words) is not None


def _is_bare(text: str, near: int, start: int) -> bool:
    """Whether a 'for' or 'had' alone stands before a length: then only what is behind it tells what it is of."""
    sure = _before("sure").search(text, near, start)
    full = _before("before").search(text, near, start)
    return bool(sure and full and sure.start() <= full.start())


def _ends(parsed: Parsed, finding: Finding, last: int) -> Iterator[tuple[float, int]]:
    """'It crept back on 04/28', 'held until Mother's Day', 'still there on 05/08', 'still 70% better today'."""
    text, written, began = parsed.text, parsed.dated_at(finding.start), _span(str(finding.get("started") or ""))
    if written is None or began is None:
        return
    for time in times_in(parsed, Sentence(finding.end, last)):
        span = _of(time, written)
        if span and span[0].day == 1 and span[1] != span[0]:
            span = _part(span, PART.search(text, max(finding.end, time.start - 16), time.start))
        near = max(finding.end, time.start - LONGEST)
        if span is None or span[0] > written or _is_ahead(text, near, time.start):
            continue
        shown = _before("over").search(text, near, time.start) or _before("still").search(text, near, time.start)
        if (
            shown
            and not _is_nil(shown)
            and not is_of_something_else(parsed, finding, shown)
            and (days := _days(began, span))
        ):
            yield days, time.end
    now = _now().search(text, finding.end, last)
    if (
        now
        and not NEGATED.search(text, max(finding.end, now.start() - 30), now.start())
        and (days := _days(began, (written, written)))
    ):
        yield days, now.end()


def _days(began: tuple[date, date], ended: tuple[date, date]) -> float | None:
    """The least days between two times, where no length by which policies measure lies between least and most."""
    least, most = (ended[0] - began[1]).days, (ended[1] - began[0]).days
    same = sum(least >= mark for mark in MARKS) == sum(most >= mark for mark in MARKS)
    return max(least, 1) if same and most > 0 else None


def _of(time: Time, written: date) -> tuple[date, date] | None:
    if time.onset:
        return _span(time.onset)
    if time.ago and time.days and time.days >= 1:
        day = written - timedelta(days=int(time.days))
        return day, day
    return None


def _part(month: tuple[date, date], told: re.Match[str] | None) -> tuple[date, date]:
    """The third of a month that a word before it names."""
    if told is None:
        return month
    first, last = month
    if told["early"]:
        return first, first + timedelta(days=10)
    if told["late"]:
        return first + timedelta(days=19), last
    return first + timedelta(days=9), first + timedelta(days=19)


def _span(told: str) -> tuple[date, date] | None:
    """The first and last day that an ISO date or month may be."""
    parts = [int(part) for part in told.split("-") if part.isdigit()]
    if len(parts) == 3:
        return date(*parts), date(*parts)
    if len(parts) != 2:
        return None
    year, month = parts
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


@cache
def _before(name: str) -> re.Pattern[str]:
    where = "length" if name in ("before", "sure") else "end"
    return compiled(rf"\b(?:{_any('relief_told', where, name)})\s*$", re.I)


@cache
def _behind() -> re.Pattern[str]:
    return compiled(rf"(?:{_any('relief_told', 'length', 'behind')})", re.I)


@cache
def _now() -> re.Pattern[str] | Needing:
    return needing(rf"\b(?:{_any('relief_told', 'end', 'now')})", re.I)


def _any(kind: str, concept: str, name: str) -> str:
    return "|".join(map(spaced, lexicon(kind).concepts[concept].extra[name])).replace("'", "['\u2019]")
