"""An injection of a known day in, how long its relief lasted out, where only the day of its end is told."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Any

from mednec.expressions.patterns import compiled
from mednec.findings import quantities
from mednec.findings.assertion import owners
from mednec.findings.dates import MONTHS
from mednec.findings.parse import Parsed
from mednec.findings.regions import regions_in
from mednec.model import Finding

FEASTS = {
    **{"new year": 1, "valentine": 2, "st. patrick": 3, "tax day": 4, "easter": 4, "mother": 5, "memorial day": 5},
    **{"father": 6, "labor day": 9, "halloween": 10, "thanksgiving": 11, "christmas": 12},
}
FEAST = (
    rf"(?P<feast>{'|'.join(map(re.escape, FEASTS))})"
    r"(?:(?:'s|\u2019s|s'?)(?:\s+(?:eve|day))|\s+(?:eve|day)|(?<!mother)(?<!father)(?:'s)?)"
)
COUNT = r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|\d{1,2})"
RELATIVE = (
    r"(?P<relative>last\s+(?:week|month|night|weekend)|yesterday|today|this\s+(?:week|month|morning)"
    r"|(?:the\s+)?(?:past|last)\s+few\s+days"
    rf"|(?:about\s+)?(?P<n>{COUNT})\s+(?P<unit>day|week|month)s?\s+(?:ago|back)|(?:a\s+few|some)\s+days\s+ago)"
)
MONTH = rf"(?P<month>{'|'.join(MONTHS)})[a-z]{{0,6}}\.?"
PART = (
    r"(?:(?P<part>early|late|mid(?:dle)?|(?:very\s+)?(?:beginning|start)|end|(?:first|second|third"
    r"|last)\s+(?:week|wk|days?|part))"
    r"(?:\s+(?:of|in)|-|\s)\s*)?"
)
YEAR = r"(?:,?\s*(?P<year>20\d\d))?"
DAY = (
    rf"(?:{PART}(?:{MONTH}(?:\s+(?P<day>\d{{1,2}})(?!\d))?|{FEAST}){YEAR}"
    r"|(?P<m>\d{1,2})/(?P<d>\d{1,2})/(?P<y>(?:20)?\d\d)|(?P<my>\d{1,2})/(?P<yy>20\d\d)"
    rf"|(?P<sm>\d{{1,2}})/(?P<sd>\d{{1,2}})(?!/)|{RELATIVE})\b"
)
ABOUT = (
    r"(?:(?:about|around|approximately|roughly|sometime|some\s+time|only|just|the|last|this|past|in|on|by"
    r"|(?:right|just|shortly|soon)\s+(?:after|before|around)|after|before)\s+)*"
)
SCORE = r"(?:\d{1,2}(?:\s?-\s?\d{1,2})?(?:\s?/\s?10)?|nil|zero|one|two|three|four|five)"
BY_DIARY = r"(?:\s+(?:by|per|on|in)\s+(?:(?:his|her|the)\s+)?(?:pain\s+)?(?:diary|log|sheet|calendar|records?))?"
FROM = rf"{BY_DIARY}(?:\s+from\s+{MONTH.replace('?P<month>', '?:')}(?:\s+20\d\d)?)?,?\s+"
HELD = compiled(  # 'the relief held until April', '8 to 3 until the end of March', '2 from August until April'
    r"(?:\b(?:not\s+bother\w*|free|quiet|easy|easier|controlled|lasted|lasting|held|kept|carried|helped|eased"
    r"|worked|stayed|remained|good|better|relief|benefit|effect|improvement|well|comfortable)\b"
    rf"(?P<held>[^.;\d]{{0,40}}?)|(?<![\d/]){SCORE}\b\)?{FROM})"
    rf"\b(?:until|till?|'til|(?P<through>through(?:out)?|thru)|up\s+to|(?:well\s+)?into|(?<=\d)\s?to)\s+{ABOUT}{DAY}",
    re.I,
)
BEGAN = (
    r"(?:began|begun|started|starting)\s+(?:to\s+)?(?:com(?:e|ing)\s+back|return(?:ing)?|wear(?:ing)?\s+off|recur\w*"
    r"|creep\w*\s+back|fad(?:e|ing)|wan(?:e|ing)|slip(?:ping)?)"
)
ENDED = compiled(  # 'wore off in April', 'it began to come back in mid-April', 'the pain returned around Halloween'
    rf"\b(?:w(?:ore|orn|earing)\s+off|{BEGAN}|(?:c[ao]me|coming|crept|creeping|was|is|been)\s+back|return(?:ed"
    rf"|ing)|recurr(?:ed|ing)|faded|fading"
    r"|gave\s+out|ran\s+out|back\s+(?:to|at|up\s+to)\s+(?:an?\s+)?(?:\d{{1,2}}(?:\s?/\s?10)?|five|six|seven"
    r"|eight|nine|ten)|(?:relief|benefit|effect|it)\s+(?:ended|stopped|was\s+over|quit|let\s+up))"
    rf"(?:\s+(?:again\s+)?(?:in|on|by|around|about|at|since|as\s+of)\s+{ABOUT}"
    rf"|\s+(?:again\s+)?{ABOUT}(?=\d{{1,2}}/\d|last|yester|this|today|the\s|some|{COUNT}\s)){DAY}",
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
TELLS_OF = compiled(  # who tells of the patient
    r"[^.;,]{0,30}?\b(?:reports?|reported|says?|said|states?|stated|tells|told|thinks?|thought|notic\w+"
    r"|confirm\w*|believes?|writes|wrote|adds?"
    r"|agrees?|describes?|recalls?|remembers?|drove|drives|accompan\w+|present|helps?)\b",
    re.I,
)
READERS = compiled(
    r"\b(?-i:AI|LLM)\b|\b(?:language\s+model|assistant|(?:correct|right)\s+answer|reviewers?|auditors?"
    r"|adjudicat\w+|whoever\s+reads|disregard|ignore"
    r"|(?:is|are|must|should)\s+(?:to\s+)?be\s+(?:recorded|coded|marked|read|taken|treated|scored|answered)\s+as)\b",
    re.I,
)
TO_READERS = ("addressed", "policy_asks")  # words to whoever reads the chart, or of a policy
IS_RELIEF = compiled(r"relief|benefit|improvement|better|comfort|no\s", re.I)
NOT_HELD = compiled(r"\b(?:nil|none|nothing|not|never|poor|bad|absent|weather|work|no(?!\s+pain))\b", re.I)
NO_RELIEF = compiled(r"\b(?:no|not|without|never)\b[^.;]{0,20}\b(?:relief|benefit|help\w*|improv\w*|better)\b", re.I)
MARKS = (42, 90, 183, 365)  # the lengths by which policies measure: six weeks, three and six months, a year
SENTENCES = 3  # how many sentences from that of the injection on may tell when its relief ended
FAR = 400


def with_its_end(parsed: Parsed, finding: Finding) -> Finding:
    """An injection with the least number of days to the end of its relief, where that is not too vague to count."""
    began, anchor = span_of(finding.get("started")), parsed.dated_at(finding.start)
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
    if NOT_TOLD.search(text, near, told.start()):
        return True
    if not IS_RELIEF.match(told.group()) and OF_ANOTHER.search(text, near, told.start()):
        return True
    if NOT_HELD.search(told.groupdict().get("held") or ""):
        return True
    if is_anothers(parsed, told.start()):
        return True
    sentence = parsed.sentence_at(told.start())
    named = regions_in(parsed, max(finding.end, sentence.start), told.start())
    own = finding.get("region")
    return bool(named and own) and set(named).isdisjoint([own] if isinstance(own, str) else own)


def is_anothers(parsed: Parsed, offset: int) -> bool:
    """Whether what stands at an offset is told of another person, or of nobody in particular."""
    text, sentence = parsed.text, parsed.sentence_at(offset)
    to_readers = (hit.concept in TO_READERS for hit in parsed.within(sentence.start, sentence.end, "therapy_cues"))
    if any(to_readers) or READERS.search(text, sentence.start, sentence.end):
        return True
    first = max(sentence.start, text.rfind(";", sentence.start, offset) + 1)
    for hit in parsed.within(first, sentence.end, "owners"):
        feast = text[hit.end : hit.end + 6].lower().replace("\u2019", "'") == "'s day"
        if hit.concept == "person" and not feast and not (hit.start < offset and TELLS_OF.match(text, hit.end)):
            return True
    return any(start <= offset < end for start, end, _ in owners.spans(parsed))


def end_of_telling(parsed: Parsed, finding: Finding) -> int:
    """Where what is told of an injection ends: at the next treatment, at a blank line, after some sentences."""
    index = parsed.sentence_index(finding.start)
    last = parsed.sentences[min(index + SENTENCES, len(parsed.sentences)) - 1].end
    blank = parsed.text.find("\n\n", finding.end, last)
    last = min(last, finding.end + FAR, blank if blank >= 0 else last)
    return min((hit.start for hit in parsed.within(finding.end, last, "therapy")), default=last)


def span_of(told: Any) -> tuple[date, date] | None:
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
        if told["sm"]:
            day = date(anchor.year, int(told["sm"]), int(told["sd"]))
            day = day if day <= anchor else day.replace(year=anchor.year - 1)
            return day, day
        if told["relative"]:
            return _ago(told, anchor)
        month = MONTHS.index(told["month"].lower()) + 1 if told["month"] else FEASTS[told["feast"].lower()]
        year = int(told["year"]) if told["year"] else anchor.year - (month > anchor.month)
        if told["day"]:
            return date(year, month, int(told["day"])), date(year, month, int(told["day"]))
        whole = told["part"] or ("end" if told.groupdict().get("through") else "")
        return _part(_month(year, month), whole.lower())
    except ValueError:
        return None


def _ago(told: re.Match[str], anchor: date) -> tuple[date, date]:
    """The days that 'last week', 'yesterday' or 'ten days ago' may mean."""
    words = " ".join(told["relative"].lower().split())
    if told["n"]:
        count = int(quantities.number(told["n"])) or 1
        each, blur = {"day": (1, 0), "week": (7, 3), "month": (30, 10)}[told["unit"].lower()]
        return anchor - timedelta(days=count * each + blur), anchor - timedelta(days=max(0, count * each - blur))
    if words == "last month":
        last = anchor.replace(day=1) - timedelta(days=1)
        return last.replace(day=1), last
    far = (
        1
        if words in ("yesterday", "last night", "today", "this morning")
        else anchor.day
        if words == "this month"
        else 13
    )
    return anchor - timedelta(days=far), anchor


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
