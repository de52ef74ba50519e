"""A sentence in, the lengths of time and the dates in it out, also the vague ones such as 'for years'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled
from mednec.findings.dates import periods
from mednec.findings.duration.points import Point, points
from mednec.findings.parse import Parsed, Sentence
from mednec.findings.quantities import durations

LENGTH = compiled(
    r"(?:\b(?:day|week|wk|month|mth|mo|year|yr|hour|hr|decade)|\d\s?[dwmy]\b|\d-?(?:day|week|wk|month|mo|year|"
    r"yr))",
    re.I,
)
PARTS = needing(
    r"\b(?:for|x|over|past|last|hx|history\sof|of)\s(?P<when>(?P<n>\d{1,2})/(?P<of>12|52))(?![\d/])", re.I
)  # '4/12' are months, '16/52' weeks
DATE = compiled(r"\d/\d|(?:19|20)\d\d")
LATELY = compiled(
    r"\b(?:over|for|during|in|within|throughout)\s(?:the|this)\s((?:past|last)\s(?P<unit>day|week|month|"
    r"year))\b(?!\s*[:=(]|\sof\b)",
    re.I,
)
AND_A_HALF = compiled(
    r"\b(?P<n>one|two|three|four|five|six|\d)[\s-]and[\s-](?:a|one)[\s-]half[\s-](?P<unit>day|week|month|"
    r"year)s?\b(?P<ago>\sago)?",
    re.I,
)
NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
LATE = compiled(r"[pl]ast\s(?:day|week|month|year)", re.I)
DENIES = compiled(r"\bden(?:ies|ied)\b", re.I)
RATED = compiled(r"\b(?:average|worst|number|rate|rated|score|scale|intensity|times|episodes?|relief)\b", re.I)
DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
MONTH_YEAR = compiled(
    r"\b(?:in|since|until|from|of|by|began|started|onset|about)\s(?P<when>(?P<month>0?[1-9]|"
    r"1[0-2])/(?P<year>[4-9]\d))(?![\d/])",
    re.I,
)
DAY_OF_MONTH = needing(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s\d{1,2}(?:st|nd|rd|"
    r"th)?\b(?!,?\s*(?:of\s)?(?:19|20)\d\d|\d)"
    r"|\b\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|"
    r"dec)[a-z]{0,6}\b(?!\.?,?\s*(?:of\s)?(?:19|20)\d\d)",
    re.I,
)  # without its year
AGO = compiled(r"\s*(?:ago|prior(?!\sto\s(?:the\s)?onset)|before(?!\sthe)|back|earlier)\b", re.I)
VAGUE = compiled(
    r"\b(?:long[\s-]?standing(?:\shistory)?|long\shistory|(?:for|over|during|x|(?:in|"
    r"within)\sthe(?=\s(?:past|last)))\s(?:the\s)?(?:past\s|last\s|about\s)?(?:many|several|a\sfew|"
    r"few|a\scouple(?:\sof)?|couple\sof|some|multiple|numerous)\s(?:\w+\s)?(?:days|weeks|months|years|"
    r"decades|time)"
    r"|(?:for|over)\s(?:a\s)?(?:number\sof|(?:long|prolonged)\speriod\sof)\s(?:days|weeks|months|years|time)"
    r"|for\s(?:years|months|weeks|decades|a\slong\stime|quite\ssome\stime|some\stime|a\swhile)|"
    r"(?:a\sfew|several|many|a\scouple\sof|couple\sof)\s(?:days|weeks|months|years)\sago"
    r"|since\s(?:the\s)?age\s(?:of\s)?\d+"
    r"|since\s(?:(?:she|he)\swas\s(?:in\s|a\s)?(?:\w+\s){0,2})?(?:high\sschool|college|childhood|adolescence|"
    r"teenager|child|kid|"
    r"teens)\b|since\sthat\s(?:day|moment|morning|evening|night|point)|from\s(?:then|that\s(?:day|moment|time|"
    r"point))\son(?:ward|wards)?\b|ever\safter\b"
    r"|since(?=\s*(?:[.;,)]|$))|since\s(?:the|that|this|her|his|an?)\s(?:[\w-]+\s){0,3}(?:accident|injury|fall|"
    r"collision|"
    r"incident|time|crash|MVA|MVC)|since\sthen|ever\ssince|yesterday|the\s(?:day|night)\s(?:prior|before)(?!\sto\b|"
    r"\sthe\b|\sher\b|\shis\b|\ssurgery)|last\s(?:night|week|month|year|"
    r"spring|summer|fall|winter|January|February|March|April|May|June|July|August|September|October|"
    r"November|December)\b|(?:back\s)?in\s(?:(?:early|mid|late)\s)?(?:January|February|March|April|May|June|July|"
    r"August|"
    r"September|October|November|December)\b(?!,?\s\d)(?:\sof\s(?:this|last)\syear)?)",
    re.I | re.M,
)
DAY_BEFORE = frozenset(
    {"yesterday", "last night", "the day prior", "the night prior", "the day before", "the night before"}
)
AGO_DAYS = {"last week": 7, "last month": 30, "a few days ago": 3, "a couple of days ago": 2}
WEEKEND = compiled(r"\bsince\s(?:this|last|the|this\spast)\sweekend\b", re.I)
WEEKEND_DAYS = 3  # days since the last weekend, about
MINUTES = ("minute", "hour")
AGO_BEHIND = compiled(r"\s+ago\b", re.I)


@dataclass(frozen=True, slots=True)
class Time:
    """A length of time, a date or a vague 'for years': what the words of one place say."""

    start: int
    end: int
    days: float | None = None
    onset: str | None = None
    ago: bool = False
    short: bool = False  # minutes or hours
    vague: bool = False


def times_in(parsed: Parsed, sentence: Sentence) -> list[Time]:
    """The lengths of time and dates of a sentence, in order."""
    text, start, end = parsed.text, sentence.start, sentence.end
    written = parsed.dated_at(start)
    found = [*_lengths(text, start, end), *_dates(text, start, end, written)]
    named = [_named(point) for point in points(text, start, end, written)]
    found = [time for time in found if not any(_holds(one, time) for one in named)]
    found += [one for one in named if not any(time.onset and _overlap(time, one) for time in found)]
    vague = [_vague(match) for match in VAGUE.finditer(text, start, end)]
    found += [one for one in vague if not any(_overlap(time, one) for time in named)]
    found += [Time(*match.span(), days=WEEKEND_DAYS) for match in WEEKEND.finditer(text, start, end)]
    return sorted(found, key=lambda time: (time.start, time.end))


def _lengths(text: str, start: int, end: int) -> Iterator[Time]:
    """'8 months', 'one and a half years', 'over the past year', '4/12' for four months."""
    if LENGTH.search(text, start, end):
        for length in durations(text, start, end):
            ago, short = bool(AGO.match(text, length.end)), length.unit in MINUTES
            yield Time(length.start, _end(text, length.end), days=length.value, ago=ago, short=short)
    if text.find("half", start, end) >= 0:
        yield from map(_and_a_half, AND_A_HALF.finditer(text, start, end))
    if LATE.search(text, start, end) and not RATED.search(text, start, end):
        for match in LATELY.finditer(text, start, end):
            if not DENIES.search(text, start, match.start()):
                yield Time(match.start(1), match.end(), days=DAYS[match["unit"].lower()])
    if text.find("/", start, end) >= 0:
        for match in PARTS.finditer(text, start, end):
            yield Time(*match.span("when"), days=int(match["n"]) * (DAYS["month"] if match["of"] == "12" else 7))


def _dates(text: str, start: int, end: int, written: date | None) -> Iterator[Time]:
    """Dates; those of 19xx written with two digits, and those without a year before the day of writing."""
    if DATE.search(text, start, end):
        for period in periods(text, start, end):
            yield Time(period.start, period.end, onset=period.first or period.last)
    if text.find("/", start, end) >= 0:
        for match in MONTH_YEAR.finditer(text, start, end):
            yield Time(*match.span("when"), onset=f"19{match['year']}-{int(match['month']):02}")
    if written and DAY_OF_MONTH.search(text, start, end):
        for period in periods(text, start, end, anchor=written):
            told = text[period.start : period.end]
            if not told[-4:].isdigit() and any(map(str.isalpha, told)):
                yield Time(period.start, period.end, onset=period.first or period.last)


def _overlap(one: Time, other: Time) -> bool:
    return one.start < other.end and other.start < one.end


def _holds(named: Time, year: Time) -> bool:
    """Whether a bare year is the end of a named time: '2024' in 'spring 2024'."""
    return bool(named.onset and year.onset) and len(year.onset or "") == 4 and named.end == year.end != year.start


def _named(point: Point) -> Time:
    """A time that is named and not dated; since an age or a season, or of no known length."""
    return Time(point.start, point.end, point.days, point.onset, vague=point.days is None and point.onset is None)


def _and_a_half(match: re.Match[str]) -> Time:
    """'One and a half years ago', 'two-and-a-half days'."""
    number = NUMBERS.get(match["n"].lower()) or int(match["n"])
    days = (number + 0.5) * DAYS[match["unit"].lower()]
    return Time(match.start(), match.end(), days=days, ago=bool(match["ago"]))


def _end(text: str, end: int) -> int:
    """Where a length of time ends: with its 'ago', without the full stop behind it."""
    if text[end - 1] == ".":
        end -= 1
    ago = AGO_BEHIND.match(text, end)
    return ago.end() if ago else end


def _vague(match: re.Match[str]) -> Time:
    words = match.group().lower()
    ago = words.endswith("ago") or words in DAY_BEFORE or words.startswith("last") or " in " in f" {words}"
    days = _days_before(words, match.string[match.end() : match.end() + 3])
    return Time(match.start(), match.end(), days=days, ago=ago, vague=True)


def _days_before(words: str, behind: str) -> int | None:
    """How many days ago it was, where the words tell it well enough: 'last week', not 'the last week of August'."""
    return 1 if words in DAY_BEFORE else None if behind == " of" else AGO_DAYS.get(words)
