"""A procedure that is named in, the day out that is told beside it without its year: 'block on 4/16'."""

from __future__ import annotations

import re
from datetime import date

from mednec.model import Document, Finding, Interval

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FIGURES = r"(?<![\w/.:-])(?P<month>1[0-2]|0?[1-9])[/-](?P<day>3[01]|[12]\d|0?[1-9])(?![\d/%-]|\.\d)"
SPELLED = (
    rf"\b(?P<name>{'|'.join(MONTHS)})[a-z]*\.?\s+(?P<on>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b(?!,?\s*(?:19|20)\d\d)"
)
DAY = re.compile(rf"{FIGURES}|{SPELLED}", re.I)
BEHIND = re.compile(r"\s*(?:#\s?\d\s*)?(?:\(|on\s|of\s|from\s|done\s|dated\s|was\s|:|,|-|@)?\s*(?:on\s)?", re.I)
AHEAD = re.compile(
    r"(?:'s)?[\s:(]*(?:(?:left|right|bilateral|bilat|[LRB]|lumbar|cervical|thoracic|interlaminar|transforaminal|caudal"
    r"|diagnostic|repeat|first|second|third|1st|2nd|#\d|[CTLS]\d[-/\w]*|bupivacaine|lidocaine|ropivacaine)[\s,]+){0,5}",
    re.I,
)
NO_DAY = re.compile(
    r"\s*(?:of|the|better|relief|gone|improved|strength|pain|tab|motor|severity|intensity|weeks|wks|days|hours|mm|x)\b"
    r"|\s*(?:->|to\s\d)",
    re.I,
)
NO_DAYS = (5, 10)  # '8/10' and '4/5' are scores and grades, unless 'on' stands before them
AFTER_IT = re.compile(r"\b(?:s/p|p|post|after|since|following|status\spost)[\s-]+(?:[#\w/-]+\s+){0,4}$", re.I)
DATED = 40  # characters behind a procedure in which its date stands


def days_named(text: str) -> set[tuple[int, int]]:
    """The days that a text names, as month and day."""
    return {_month_and_day(match) for match in DAY.finditer(text)}


def told_beside(finding: Finding, document: Document, told: date) -> Interval | None:
    """The day on which a procedure was done, as the words right beside its name tell it."""
    text, start, end = document.text, finding.start, finding.end
    first = text.rfind("\n", max(0, start - 80), start) + 1 or max(0, start - 80)
    lead = BEHIND.match(text, end)
    behind = DAY.match(text, lead.end()) if lead else None
    if behind and _is_day(text, behind):
        return _latest(behind, told)
    ahead = [match for match in DAY.finditer(text, first, start) if _is_day(text, match)]
    if ahead and AHEAD.fullmatch(text, ahead[-1].end(), start):
        return _latest(ahead[-1], told)
    return None


def comes_after(finding: Finding, document: Document, span: Interval) -> bool:
    """Whether what is dated is a time after the procedure: 'Jan 15, 2026: 5 months post RFA', not 's/p RFA 8/12/25'."""
    text = document.text
    if span.first == span.last and not _is_written(span.first, finding.quote):
        return False  # the day was counted back, and is not the one that is written there
    led = AFTER_IT.search(text, max(0, finding.start - 40), finding.start)
    return bool(led) and f"{span.first:%y}" not in text[led.start() if led else 0 : finding.end + DATED]


def _is_written(day: date, text: str) -> bool:
    """Whether a day stands in a text, in figures or with the name of its month."""
    name, of_month = MONTHS[day.month - 1], f"0?{day.day}(?:st|nd|rd|th)?"
    figures = rf"0?{day.month}[/.-]0?{day.day}|{day.year}-{day.month:02}-{day.day:02}"
    return (
        re.search(rf"\b(?:{figures}|{name}[a-z]*\.?\s+{of_month}|{of_month}[\s-]+(?:of\s+)?{name}[a-z]*)\b", text, re.I)
        is not None
    )


def _is_day(text: str, match: re.Match[str]) -> bool:
    if NO_DAY.match(text, match.end()):
        return False
    graded = match["day"] and int(match["day"]) in NO_DAYS
    return not graded or bool(re.search(r"\bon\s+$", text[max(0, match.start() - 4) : match.start()]))


def _month_and_day(match: re.Match[str]) -> tuple[int, int]:
    if match["name"]:
        return MONTHS.index(match["name"].lower()) + 1, int(match["on"])
    return int(match["month"]), int(match["day"])


def _latest(match: re.Match[str], told: date) -> Interval | None:
    """The last such day before the statement was made."""
    month, day = _month_and_day(match)
    for year in (told.year, told.year - 1):
        try:
            known = date(year, month, day)
        except ValueError:
            continue
        if known <= told:
            return Interval(known, known)
    return None
