"""A sentence in, the lengths of time and the dates in it out, also the vague ones such as 'for years'."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mednec.findings.dates import periods
from mednec.findings.duration.seasons import began
from mednec.findings.parse import Parsed, Sentence
from mednec.findings.patterns import compiled
from mednec.findings.quantities import durations

LENGTH = compiled(
    r"(?:\b(?:day|week|wk|month|mo|year|yr|hour|hr)|\d\s?[dwmy]\b|\d-?(?:day|week|wk|month|mo|year|"
    r"yr))",
    re.I,
)
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
    r"teens)\b|since\s(?:the|that|this|her|his|an?)\s(?:[\w-]+\s){0,3}(?:accident|injury|fall|collision|"
    r"incident|time|crash|MVA|MVC)|since\sthen|ever\ssince|yesterday|the\s(?:day|night)\s(?:prior|before)(?!\sto\b|"
    r"\sthe\b|\sher\b|\shis\b|\ssurgery)|last\s(?:night|week|month|year|"
    r"spring|summer|fall|winter|January|February|March|April|May|June|July|August|September|October|"
    r"November|December)\b|(?:back\s)?in\s(?:(?:early|mid|late)\s)?(?:January|February|March|April|May|June|July|"
    r"August|"
    r"September|October|November|December)\b(?!,?\s\d)(?:\sof\s(?:this|last)\syear)?)",
    re.I,
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
    found: list[Time] = []
    if LENGTH.search(text, start, end):
        found += [
            Time(
                length.start,
                _end(text, length.end),
                days=length.value,
                ago=bool(AGO.match(text, length.end)),
                short=length.unit in MINUTES,
            )
            for length in durations(text, start, end)
        ]
    if DATE.search(text, start, end):
        found += [
            Time(period.start, period.end, onset=period.first or period.last) for period in periods(text, start, end)
        ]
    if text.find("half", start, end) >= 0:
        found += [_and_a_half(match) for match in AND_A_HALF.finditer(text, start, end)]
    if LATE.search(text, start, end) and not RATED.search(text, start, end):
        found += [
            Time(match.start(1), match.end(), days=DAYS[match["unit"].lower()])
            for match in LATELY.finditer(text, start, end)
            if not DENIES.search(text, start, match.start())
        ]
    if text.find("/", start, end) >= 0:
        found += [
            Time(*match.span("when"), onset=f"19{match['year']}-{int(match['month']):02}")
            for match in MONTH_YEAR.finditer(text, start, end)
        ]
    seasons = [Time(first, last, onset=when) for first, last, when in began(text, start, end, parsed.dated_at(start))]
    vague = [_vague(match) for match in VAGUE.finditer(text, start, end)]
    found += [*seasons, *(one for one in vague if not any(time.start <= one.start < time.end for time in seasons))]
    found += [Time(*match.span(), days=WEEKEND_DAYS) for match in WEEKEND.finditer(text, start, end)]
    return sorted(found, key=lambda time: (time.start, time.end))


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
