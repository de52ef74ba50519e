"""A procedure told with several dates in, one finding for each further date out: 'MBB 1/14/25, 3/11/25 and 8/5/25'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import dropwhile, pairwise

from mednec.expressions.patterns import compiled
from mednec.findings import dates, quantities
from mednec.findings.dates import Period
from mednec.findings.parse import Parsed
from mednec.model import Finding
from mednec.vocabulary import lexicon

BETWEEN = compiled(
    r"\s*(?:\([^()\n]{0,60}\)\s*|(?:right|left|bilateral|R|L)\b\s*)?(?:[,;&/]|\b(?:and|again|on|in|then)\b|\s)+", re.I
)
TO_THE_MONTH = len("2025-01")
NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = rf"(?:{'|'.join(NAMES)})[a-z]*\.?"
MONTHS = compiled(rf"[\s(:]*(?:in\s+|on\s+)?(?P<months>(?:{MONTH}\s*(?:,\s*(?:and\s+)?|/|&\s*|and\s+)\s*)+)$", re.I)
LISTED = compiled(
    rf"{BETWEEN.pattern}|\s*\)?[\s,;]*(?:and|plus|then)\s+(?:one|two|three|four|another|"
    rf"\d)\s+(?:\w+\s+){{0,4}}?(?:on\s+|in\s+)?[(:]?\s*",
    re.I,
)
DATED_LINES = compiled(  # a heading, and under it a line for each session that begins with its day
    r"[^.;:\n]{0,40}:[ \t]*(?:\n[ \t]*(?:[-*\u2022]|"
    r"\d{1,2}[.)])?[ \t]*\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b[^\n]{0,80}){2,}"
)
NEXT_LINE = compiled(r"[^\n\d]{0,60}\n[ \t]*(?:[-*\u2022]|\d{1,2}[.)])?[ \t]*")
OTHER = compiled(
    r"\.\s|\b(?:MRI|CT|seen|visit|f/u|follow[- ]?up|until|relief|returned|recurred|DOB|onset|began|NRS|VAS|pain|mg|mL"
    r"|mcg|before|after|now|today)\b|\d/10\b",
    re.I,
)
COUNT = compiled(r"\s*(?:strength|pain|NRS|relief|levels?|motor|[|])", re.I)
HEADS = compiled(r"\s*[:.-]?\s*(?:\w+\s+){0,3}$")
WITHIN = compiled(
    rf"[^.;,\d]{{0,40}}?\b(?:since\s+(?:last\s+)?(?P<month>{MONTH})(?:\s+(?P<year>20\d\d))?(?!\s*\d)|(?P<this>this)\s+year|(?:in|over|"
    rf"within|during)\s+the\s+(?:last|past)\s+"
    r"(?P<n>(?:\d{1,2}|twelve|six|ten|nine|eight|eighteen|twenty-four|three|four|two)\s+)?(?P<unit>years?|yrs?|"
    r"months?|mos?)\b)",
    re.I,
)
AHEAD = compiled(  # 'In the last twelve months he has received four epidurals'
    WITHIN.pattern.replace(r"[^.;,\d]{0,40}?", r"[^.;]{0,40}?", 1).replace(r"\b(?:since", r"(?:\b|^)(?:since", 1), re.I
)
TIMES = compiled(
    rf"\s*(?:(?P<n>twice|thrice|{quantities.NUMBER}(?=\s*(?:times|x\b)))(?:\s*(?:times|x))?)\s+(?=since|in|over|within|during)",
    re.I,
)
LAST = compiled(
    r"\b(?:last|latest|most\srecent)\b(?:\s(?:one|of\sthem|of\swhich|was|being|on|in|of))*\s*[:(]?\s*(?:\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b)",
    re.I,
)
KEPT = ("status", "levels", "side", "region", "agent")  # what holds for every session; results are each session's own


def sessions_of(parsed: Parsed, finding: Finding) -> list[Finding]:
    """The finding, or where its dates are listed behind it, one finding for each of them."""
    finding = _counted_behind(parsed, finding)
    if listed := _of_list(parsed, finding):
        return listed
    if latest := _of_the_last(parsed, finding):
        return latest
    further = list(further_dates(parsed, finding))
    if not further and (span := _span_of_several(parsed, finding)):
        return [replace(finding, attributes={**finding.attributes, **span})]
    return [one_of_several(finding) if further else finding, *further]


def _of_list(parsed: Parsed, finding: Finding) -> list[Finding]:
    """One finding for each day or month of a list, also where the year is not told with each."""
    if not _is_procedure(finding.concept) or finding.get("status") not in ("past", "performed"):
        return []
    text, last = parsed.text, parsed.sentence_at(finding.start).end
    last = min(
        (hit.start for hit in parsed.within(finding.end, last, "therapy") if _is_procedure(hit.concept)), default=last
    )
    lines = DATED_LINES.match(text, finding.end)
    last, joined = (lines.end(), NEXT_LINE) if lines else (last, LISTED)
    points = dates.run(text, finding.end, last, joined)
    if not points or OTHER.search(text, finding.end, points[0].start) or _counts(text, points[-1].end):
        return []
    told = dates.in_years(points, parsed.dated_at(finding.start))
    day = finding.get("started")
    if (
        not told
        or any(len(one) < TO_THE_MONTH for one in told)
        or (day and day not in told and _stands_before(parsed, finding, day))
    ):
        return []
    kept = {name: value for name, value in finding.attributes.items() if name in KEPT}
    quote = (finding.quote_start, max(finding.quote_end, points[-1].end))
    first = {
        name: value for name, value in one_of_several(finding).attributes.items() if name not in ("started", "ended")
    }
    return [
        replace(finding, attributes={**first, "started": one, "ended": one})
        if index == 0
        else parsed.document.finding(
            "therapy", finding.concept, finding.start, finding.end, quote=quote, **kept, started=one, ended=one
        )
        for index, one in enumerate(told)
    ]


def _counted_behind(parsed: Parsed, finding: Finding) -> Finding:
    """'TPIs three times since September': so many sessions, and not one that began then."""
    told = TIMES.match(parsed.text, finding.end) if finding.get("sessions") is None else None
    if told is None or not _is_procedure(finding.concept) or finding.get("status") not in ("past", "performed"):
        return finding
    said = {name: value for name, value in finding.attributes.items() if name not in ("started", "ended")}
    number = {"twice": 2, "thrice": 3}.get(told["n"].lower()) or quantities.number(told["n"])
    return replace(finding, attributes={**said, "sessions": int(number)})


def _of_the_last(parsed: Parsed, finding: Finding) -> list[Finding]:
    """'Two ablations in the past year, the last on 12/04': the last with its day, and the others of that time."""
    told, day = finding.get("sessions"), finding.get("started")
    if (
        not told
        or told < 2
        or not day
        or not LAST.search(parsed.text, finding.end, parsed.sentence_at(finding.start).end)
    ):
        return []
    bare = replace(finding, attributes={k: v for k, v in finding.attributes.items() if k not in ("started", "ended")})
    span = _span_of_several(parsed, bare)
    if not span:
        return []
    others = {**bare.attributes, **span, "sessions": told - 1}
    return [one_of_several(finding), replace(bare, attributes={**others, "ended": _day_before(str(day))})]


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat() if len(day) > TO_THE_MONTH else day


def _span_of_several(parsed: Parsed, finding: Finding) -> dict[str, str]:
    """Between which days several sessions lie, where only that is told: 'four since last August'."""
    told, written = finding.get("sessions"), parsed.dated_at(finding.start)
    if not told or told < 2 or finding.get("started") or written is None or not _is_procedure(finding.concept):
        return {}
    sentence = parsed.sentence_at(finding.start)
    match = WITHIN.match(parsed.text, finding.end, sentence.end) or AHEAD.match(
        parsed.text, sentence.start, finding.start
    )
    if match is None:
        return {}
    if match["month"]:
        month = NAMES.index(match["month"][:3].lower()) + 1
        first = f"{match['year'] or written.year - (month > written.month)}-{month:02}"
    elif match["this"]:
        first = f"{written.year}"
    else:
        back = {"year": 12, "yr": 12, "month": 1, "mo": 1}[re.sub("s$", "", match["unit"].lower())] * int(
            quantities.number(match["n"].strip()) if match["n"] else 1
        )
        index = written.year * 12 + written.month - 1 - int(back)
        first = f"{index // 12}-{index % 12 + 1:02}-{min(written.day, 28):02}"
    return {"started": first, "ended": written.isoformat()}


def _counts(text: str, end: int) -> bool:
    """Whether what was taken for a date is a count or score: '4/5 and 5/5 strength'."""
    return bool(COUNT.match(text, end))


def _stands_before(parsed: Parsed, finding: Finding, day: str) -> bool:
    """Whether the day of a finding is told before it as its own, and not the date at the head of the line."""
    before = list(dates.periods(parsed.text, finding.quote_start, finding.start))
    return any(one.first == day and not HEADS.search(parsed.text, one.end, finding.start) for one in before)


def further_dates(parsed: Parsed, finding: Finding) -> Iterator[Finding]:
    """The same procedure on the other days of a list of dates, each as a finding of its own."""
    day = finding.get("started")
    if day is None or day != finding.get("ended") or len(day) < TO_THE_MONTH or not _is_procedure(finding.concept):
        return
    kept = {name: value for name, value in finding.attributes.items() if name in KEPT}
    for start, end, month in _months_before(parsed, finding, day):
        kept |= {"started": month, "ended": month}
        quote = (min(finding.quote_start, start), max(finding.quote_end, end))
        yield parsed.document.finding("therapy", finding.concept, finding.start, finding.end, quote=quote, **kept)
    for period in _listed_after(parsed, finding, day):
        quote = (finding.quote_start, max(finding.quote_end, period.end))
        kept |= {"started": period.first, "ended": period.first}
        yield parsed.document.finding("therapy", finding.concept, finding.start, finding.end, quote=quote, **kept)


def one_of_several(finding: Finding) -> Finding:
    """The finding of the first day of a list, without the number of all of its days."""
    return replace(finding, attributes={name: said for name, said in finding.attributes.items() if name != "sessions"})


def _listed_after(parsed: Parsed, finding: Finding, day: str) -> Iterator[Period]:
    """The exact dates that follow that of the finding with nothing but commas, 'and' and brackets between them."""
    found = dates.periods(parsed.text, finding.end, parsed.sentence_at(finding.start).end)
    listed = dropwhile(lambda period: not (period.first == period.last == day), found)
    for before, after in pairwise(listed):
        joined = BETWEEN.fullmatch(parsed.text, before.end, after.start)
        if not joined or after.first != after.last or len(after.first or "") < TO_THE_MONTH:
            return
        yield after


def _months_before(parsed: Parsed, finding: Finding, day: str) -> Iterator[tuple[int, int, str]]:
    """The months that are listed before the one that has the year: 'in June, September and December 2025'."""
    for period in dates.periods(parsed.text, finding.end, parsed.sentence_at(finding.start).end):
        listed = MONTHS.match(parsed.text, finding.end, period.start) if period.first == day else None
        if listed and len(day) == TO_THE_MONTH:
            for name in re.finditer(MONTH, listed["months"], re.I):
                yield finding.end, period.end, f"{day[:4]}-{NAMES.index(name.group()[:3].lower()) + 1:02}"
        return


def _is_procedure(concept: str) -> bool:
    return concept in lexicon("therapy").group("injection")
