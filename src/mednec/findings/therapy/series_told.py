"""An injection in, how long its relief lasted out, where scores are told with the times at which they were taken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from mednec.expressions.patterns import compiled
from mednec.findings import quantities
from mednec.findings.dates import MONTHS
from mednec.findings.parse import Parsed
from mednec.findings.scores import moments
from mednec.findings.scores.numbers import WORDS, value
from mednec.findings.therapy.until import is_anothers, span_of
from mednec.model import Finding

HALF = 0.5
GAP = 150  # days between two scores if nothing between them is to be feared
LONG = {"radiofrequency_ablation": 183, "trigger_point_injection": 42}  # days that policies ask for, else LASTING
LASTING = 90
FAR = 420  # characters behind an injection up to which its scores are told
BRIEF = "medial_branch_block"  # tells of hours
FIGURE = (
    rf"(?:an?\s)?(?P<score>10|\d|(?:{'|'.join(WORDS)})(?![a-z]))(?:\s?/\s?10)?(?![\d/:]|\.\d|\s?(?:%|wk|week|mo"
    rf"|day|h\b|hr|min))"
)
MONTH = (
    r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
    r"(?:\s(?P<day>[12]\d|3[01]|0?[1-9](?=\s*[:,]?\s*(?:an?\s)?(?:10|\d|[a-z]+)\b)))?"
)
TIME = (
    r"(?P<count>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a)[\s-]?(?P<unit>days?"
    r"|wks?|weeks?|mos?|months?)\b"
)
DAY = r"(?P<m>\d{1,2})/(?P<d>\d{1,2})(?:/(?P<y>(?:20)?\d\d))?(?![\d/])"
JOINS = r"\s*(?:[:=,\u2013-]\s*|(?:it\s)?(?:was|is|still)\s|(?:the\s)?(?:pain|leg|back|neck|score)\s(?:was\s|is\s)?)*"
FORMS = (
    *(compiled(rf"(?<![\d/])\b{when}{JOINS}{FIGURE}", re.I) for when in (DAY, MONTH)),
    *(compiled(rf"\b(?:at|after)?\s*{TIME}(?:\s(?:out|later|post|mark))?{JOINS}{FIGURE}", re.I),),
    *(
        compiled(rf"(?<![\d/.])\b{FIGURE}\s(?:(?:still|again|on|in|at|by|after|early|late|mid)[\s-])+{when}", re.I)
        for when in (DAY, MONTH, TIME)
    ),
)
GIVEN = ("past", "performed")


def with_its_series(parsed: Parsed, finding: Finding) -> Finding:
    """An injection that was given with the days over which later scores stayed at half of that before."""
    began, written = span_of(finding.get("started")), parsed.dated_at(finding.start)
    if finding.get("relief_days") is not None or finding.get("status") not in GIVEN or finding.concept == BRIEF:
        return finding
    if began is None or written is None:
        return finding
    first, last = finding.end, _end(parsed, finding)
    told = moments.told(parsed)
    befores = [one.low for one in told.values() if first <= one.start < last and one.when == "before"]
    taken = sorted(_taken(parsed.text, first, last, began[1], written))
    if not befores or len(taken) < 2 or is_anothers(parsed, first):
        return finding
    days = _kept(taken, HALF * befores[0], LONG.get(finding.concept, LASTING))
    if days is None:
        return finding
    said, quote = {**finding.attributes, "relief_days": days}, (finding.quote_start, max(finding.quote_end, last))
    return parsed.document.finding("therapy", finding.concept, finding.start, finding.end, quote=quote, **said)


def _end(parsed: Parsed, finding: Finding) -> int:
    """Where what is told of an injection ends: at the next other one, or a blank line."""
    last = min(len(parsed.text), finding.end + FAR)
    blank = parsed.text.find("\n\n", finding.end, last)
    others = (hit.start for hit in parsed.within(finding.end, last, "therapy") if hit.concept in moments.GIVEN)
    return min([blank if blank >= 0 else last, *others])


def _taken(text: str, first: int, last: int, began: date, written: date) -> Iterator[tuple[int, float]]:
    """The scores of after with the days since an injection: of the form that tells most of them."""
    found = [[*_of_form(form, text, first, last, began, written)] for form in FORMS]
    yield from max(found, key=len)


def _of_form(
    form: re.Pattern[str], text: str, first: int, last: int, began: date, written: date
) -> Iterator[tuple[int, float]]:
    for match in form.finditer(text, first, last):
        days = _days(match.groupdict(), began, written)
        if days is not None and days > 0:
            yield days, float(value(match["score"]))


def _days(told: dict[str, str | None], began: date, written: date) -> int | None:
    """The days from an injection to the time that is told; None for a time that is none, or to come."""
    if told.get("unit"):
        each = {"d": 1, "w": 7, "m": 30}[str(told["unit"])[0].lower()]
        return int(quantities.number(str(told["count"]))) * each
    try:
        month = MONTHS.index(str(told["month"])[:3].lower()) + 1 if told.get("month") else int(str(told["m"]))
        day = int(told.get("day") or told.get("d") or 1)
        year = 2000 + int(str(told["y"])) % 100 if told.get("y") else written.year
        taken = date(year, month, day)
    except (ValueError, TypeError):
        return None
    if taken > written and not told.get("y"):
        taken = taken.replace(year=year - 1)
    return (taken - began).days if taken <= written + timedelta(days=1) else None


def _kept(taken: list[tuple[int, float]], limit: float, asked: int) -> int | None:
    """Up to which day the scores stayed low; None where that is not known well enough to be held against `asked`."""
    kept = 0
    for days, score in taken:
        if score > limit:
            return max(kept, 1) if (kept >= asked) == (days >= asked) or kept >= asked else None
        if days - kept > GAP:
            break
        kept = days
    return kept if kept >= asked else None
