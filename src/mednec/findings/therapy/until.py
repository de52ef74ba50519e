"""An injection of a known day in, how long its relief lasted out, where only the day of its end is told."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from mednec.findings.dates import MONTHS
from mednec.findings.parse import Parsed
from mednec.findings.patterns import compiled
from mednec.findings.regions import regions_in
from mednec.model import Finding

FEASTS = {"new year": 1, "labor day": 9, "halloween": 10, "thanksgiving": 11, "christmas": 12}
FEAST = rf"(?P<feast>{'|'.join(FEASTS)})(?:'s)?(?:\s+(?:eve|day))?"
MONTH = rf"(?P<month>{'|'.join(MONTHS)})[a-z]{{0,6}}\.?"
PART = (
    r"(?:(?P<part>early|late|mid(?:dle)?|(?:very\s+)?(?:beginning|start)|end|(?:first|second|third|last)\s+(?:week|days?|part))"
    r"(?:\s+(?:of|in)|-|\s)\s*)?"
)
YEAR = r"(?:,?\s*(?P<year>20\d\d))?"
DAY = (
    rf"(?:{PART}(?:{MONTH}(?:\s+(?P<day>\d{{1,2}})(?!\d))?|{FEAST}){YEAR}"
    r"|(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>(?:20)?\d\d)|(?P<my>\d{1,2})/(?P<yy>20\d\d))\b"
)
ABOUT = (
    r"(?:(?:about|around|approximately|roughly|sometime|some\s+time|only|just|the|last|this|past|in|on|by"
    r"|(?:right|just|shortly|soon)\s+(?:after|before|around)|after|before)\s+)*"
)
SCORE = r"(?:\d{1,2}(?:\s?/\s?10)?|nil|zero|one|two|three|four|five)"
FROM = rf"(?:\s+from\s+{MONTH.replace('?P<month>', '?:')}(?:\s+20\d\d)?)?,?\s+"
HELD = compiled(  # 'the relief held until April', '8 to 3 until the end of March', '2 from August until April'
    r"(?:\b(?:lasted|lasting|held|kept|carried|helped|eased|worked|stayed|remained|good|better|relief|benefit|effect|improvement|well|comfortable)\b"
    rf"(?P<held>[^.;\d]{{0,40}}?)|(?<![\d/]){SCORE}\b{FROM})"
    rf"\b(?:until|till|through(?:out)?|thru|up\s+to|(?:well\s+)?into|(?<=\d)\s?to)\s+{ABOUT}{DAY}",
    re.I,
)
BEGAN = (
    r"(?:began|started)\s+(?:to\s+)?(?:com(?:e|ing)\s+back|return(?:ing)?|wear(?:ing)?\s+off|recur\w*|creep\w*\s+back)"
)
ENDED = compiled(  # 'wore off in April', 'it began to come back in mid-April', 'the pain returned around Halloween'
    rf"\b(?:w(?:ore|orn)\s+off|{BEGAN}|(?:came|crept)\s+back|returned|recurred|faded|gave\s+out|ran\s+out)"
    rf"\s+(?:in|on|by|around|about|at|again\s+in)\s+{ABOUT}{DAY}",
    re.I,
)
NOT_TOLD = compiled(
    r"\b(?:if|should|expect\w*|goal|hop\w*|mri|x-?ray|authori\w*|visit|therapy|PT|work\w*|vacation)\b[^.;]*$", re.I
)
OF_ANOTHER = compiled(  # 'she returned in March', 'the numbness lasted until May', 'it stayed at 8 until June'
    r"\b(?:(?:s?he|they|who|patient|pt|wife|husband)\s+(?:(?:has|had|then|again)\s+)*"
    r"|(?:numb\w*|weak\w*|sore\w*|bruis\w*|swell\w*)\s+"
    r"|(?:stayed|remained|still|unchanged)\s+(?:at\s+)?)$",
    re.I,
)
NOT_HELD = compiled(r"\b(?:nil|none|nothing|not|never|poor|bad|absent|weather|work|no(?!\s+pain))\b", re.I)
NO_RELIEF = compiled(r"\b(?:no|not|without|never)\b[^.;]{0,20}\b(?:relief|benefit|help\w*|improv\w*|better)\b", re.I)
MARKS = (42, 90, 183, 365)  # the lengths by which policies measure: six weeks, three and six months, a year
SENTENCES = 3  # how many sentences from that of the injection on may tell when its relief ended
FAR = 400


def with_its_end(parsed: Parsed, finding: Finding) -> Finding:
    """An injection with the least number of days to the end of its relief, where that is not too vague to count."""
    began, anchor = _span_of(finding.get("started")), parsed.dated_at(finding.start)
    if began is None or anchor is None or finding.get("relief_days") is not None:
        return finding
    text, last = parsed.text, end_of_telling(parsed, finding)
    if finding.get("status") not in ("past", "performed") or NO_RELIEF.search(text, finding.end, last):
        return finding
    told = HELD.search(text, finding.end, last) or ENDED.search(text, finding.end, last)
    if told is None or is_of_something_else(parsed, finding, told):
        return finding
    ended = _day(told, anchor)
    if ended is None or ended[0] > anchor or ended[1] <= began[0]:
        return finding
    least, most = (ended[0] - began[1]).days, (ended[1] - began[0]).days
    same = sum(least >= mark for mark in MARKS) == sum(most >= mark for mark in MARKS)
    if not same:
        return finding
    said, end = {**finding.attributes, "relief_days": max(least, 1)}, max(finding.quote_end, told.end())
    quote = (finding.quote_start, end)
    return parsed.document.finding("therapy", finding.concept, finding.start, finding.end, quote=quote, **said)


def is_of_something_else(parsed: Parsed, finding: Finding, told: re.Match[str]) -> bool:
    """Whether another than the relief of this injection is what lasted, returned or is hoped for."""
    text, near = parsed.text, max(finding.end, told.start() - 40)
    if NOT_TOLD.search(text, near, told.start()) or OF_ANOTHER.search(text, near, told.start()):
        return True
    if NOT_HELD.search(told.groupdict().get("held") or ""):
        return True
    sentence = parsed.sentence_at(told.start())
    named = regions_in(parsed, max(finding.end, sentence.start), told.start())
    own = finding.get("region")
    return bool(named and own) and set(named).isdisjoint([own] if isinstance(own, str) else own)


def end_of_telling(parsed: Parsed, finding: Finding) -> int:
    """Where what is told of an injection ends: at the next treatment, at a blank line, after some sentences."""
    index = parsed.sentence_index(finding.start)
    last = parsed.sentences[min(index + SENTENCES, len(parsed.sentences)) - 1].end
    blank = parsed.text.find("\n\n", finding.end, last)
    last = min(last, finding.end + FAR, blank if blank >= 0 else last)
    return min((hit.start for hit in parsed.within(finding.end, last, "therapy")), default=last)


def _span_of(told: Any) -> tuple[date, date] | None:
    """The first and last day that an ISO date or month may be; None for a year alone."""
    parts = [int(part) for part in str(told).split("-")] if isinstance(told, str) else []
    if len(parts) == 3:
        return date(*parts), date(*parts)
    return _month(parts[0], parts[1]) if len(parts) == 2 else None


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _day(told: re.Match[str], anchor: date) -> tuple[date, date] | None:
    """The first and last day that may be meant; a month without its year is the last one up to the note."""
    try:
        if told["m"]:
            day = date(2000 + int(told["y"]) % 100, int(told["m"]), int(told["d"]))
            return day, day
        if told["my"]:
            return _month(int(told["yy"]), int(told["my"]))
        month = MONTHS.index(told["month"].lower()) + 1 if told["month"] else FEASTS[told["feast"].lower()]
        year = int(told["year"]) if told["year"] else anchor.year - (month > anchor.month)
        if told["day"]:
            return date(year, month, int(told["day"])), date(year, month, int(told["day"]))
        return _part(_month(year, month), (told["part"] or "").lower())
    except ValueError:
        return None


def _part(month: tuple[date, date], part: str) -> tuple[date, date]:
    """The part of a month that is named."""
    first, last = month
    if part.startswith(("early", "first")) or "beginning" in part or "start" in part:
        return first, first + timedelta(days=10)
    if part.startswith(("late", "end", "last")):
        return first + timedelta(days=19), last
    if part.startswith("second"):
        return first + timedelta(days=7), first + timedelta(days=13)
    if part.startswith("third"):
        return first + timedelta(days=14), first + timedelta(days=20)
    if part.startswith("mid"):
        return first + timedelta(days=9), first + timedelta(days=19)
    return month
