"""Written dates in, calendar days out."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from mednec.expressions.patterns import compiled

MONTHS = {calendar.month_abbr[number].lower(): number for number in range(1, 13)}
NAMED = (
    r"(?:jan(?:uary)?|feb(?:r?uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)(?![a-z])"
)
WRITTEN = compiled(
    r"(?<![\d/.-])(?:"
    r"(?P<m>\d{1,2})\s?(?P<mark>[/.-])\s?(?P<d>\d{1,2})\s?(?P=mark)\s?(?P<y>\d{4}|\d{2})(?![\d/])"
    r"|(?P<y2>\d{4})(?P<mark2>[-/.])(?P<m2>\d{1,2})(?P=mark2)(?P<d2>\d{1,2})(?!\d)"
    r"|(?P<y5>19\d\d|20\d\d)(?P<m5>0[1-9]|1[0-2])(?P<d5>0[1-9]|[12]\d|3[01])(?![\d/.-])"
    rf"|(?P<y6>19\d\d|20\d\d)[- /.]?(?P<n6>{NAMED})\.?[- /.]?(?P<d6>\d{{1,2}})(?!\d)"
    rf"|(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?(?: of )?[ /.-]?(?P<n3>{NAMED})\.?,?[ /.-]?(?P<y3>\d{{4}}|(?<=[-/])\d\d)(?!\d)"
    r")"
    rf"|\b(?P<n4>{NAMED})\.?[ /-]?(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?(?:,\s*|\s+|[/-])(?P<y4>\d{{4}})(?!\d)",
    re.I,
)

FIGURE = re.compile(r"\d")  # one stands in the year of every day, whatever a scanner made of the others
NUMBERED = re.compile(r"[0-9]\s?[/.-]|[0-9]{4}|[/-][0-9][0-9]|[^\W\D0-9]")  # no day is written without such figures

SIGN = "[0-9OolI]"
DAMAGED = re.compile(r"[0-9/-][OolI]|[OolI][0-9]")
MISREAD = re.compile(  # letters among figures where only a day can stand; most of its signs are figures
    rf"(?<![\w/.-])(?=[OolI/-]{{0,5}}[0-9])(?:{SIGN}{{1,2}}([/-]){SIGN}{{1,2}}\1(?:20|2[Oo]){SIGN}{{2}}(?!\w)"
    rf"|{SIGN}{{1,2}}(?=\s(?i:{NAMED})\.?,?\s{SIGN}{{4}}(?!\w))|(?<=[a-z.,]\s)2{SIGN}{{3}}(?!\w))"
)
FIGURES = str.maketrans("OolI", "0011")


@dataclass(frozen=True, slots=True)
class Day:
    """A day where it is written: offsets into the text."""

    start: int
    end: int
    value: date


def days(text: str, start: int = 0, end: int | None = None) -> Iterator[Day]:
    """The days written between two offsets, in order; what is no day of the calendar is passed over."""
    return iter(_days(text, start, len(text) if end is None else end))


@lru_cache(maxsize=256)  # those of a document's head and foot
def _days(text: str, start: int, stop: int) -> list[Day]:
    if not FIGURE.search(text, start, stop):
        return []
    figures = in_figures(text)
    if not NUMBERED.search(figures, start, stop):
        return []
    found = ((match, of(match)) for match in WRITTEN.finditer(figures, start, stop))
    return [Day(match.start(), match.end(), value) for match, value in found if value is not None]


def in_figures(text: str) -> str:
    """The text, of the same length, with figures for the letters that a scanner read in the days: 'O5/2l/2026'."""
    if not DAMAGED.search(text):
        return text
    return MISREAD.sub(lambda day: day.group().translate(FIGURES), text)


def of(match: re.Match[str]) -> date | None:
    """The day that was matched; a year of two digits is the latest that is not far in the future."""
    found = match.groupdict()
    for number in "346":
        if month := found[f"n{number}"]:
            return day_of(full(found[f"y{number}"]), MONTHS[month[:3].lower()], int(found[f"d{number}"]))
    if found["y5"]:
        return day_of(int(found["y5"]), int(found["m5"]), int(found["d5"]))
    if found["y2"]:
        return day_of(int(found["y2"]), int(found["m2"]), int(found["d2"]))
    return day_of(full(found["y"]), int(found["m"]), int(found["d"]))


def full(digits: str) -> int:
    """The year of its digits, all four or the last two."""
    return int(digits) if len(digits) == 4 else century(int(digits))


def century(year: int) -> int:
    """The full year of one written with two digits: 26 is 2026, 58 is 1958."""
    return year + (2000 if year <= 40 else 1900)


def day_of(year: int, month: int, of_month: int) -> date | None:
    """The day, or None where the calendar has none."""
    try:
        return date(year, month, of_month)
    except ValueError:
        return None
