"""Dates as charts write them, whole, partial and as spans, each with its place in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
YEAR = r"(?:19[3-9]\d|20[0-4]\d)"
POINT = needing(
    rf"(?<![\d/.#-])(?P<y8>{YEAR})(?P<m8>0[1-9]|1[0-2])(?P<d8>0[1-9]|[12]\d|3[01])(?![\d.%/-])"
    rf"|(?<![\d/.#-])(?P<y9>{YEAR})(?P<s9>[./])(?P<m9>\d{{1,2}})(?P=s9)(?P<d9>\d{{1,2}})(?![\d/%])"
    rf"|(?<![\d/.#])(?<!\D-)(?:(?P<m1>\d{{1,2}})(?P<sep>[/.-])(?P<d1>\d{{1,2}})(?P=sep)(?P<y1>\d{{4}}|"
    rf"\d{{2}})(?![\d/%])"
    rf"|(?P<y2>{YEAR})-(?P<m2>\d{{2}})(?:-(?P<d2>\d{{2}}))?(?![\d-])"
    rf"|(?P<m3>\d{{1,2}})/(?P<y3>{YEAR})(?![\d/])"
    rf"|(?<!/10 -> )(?<!/10->)(?<!/10 to )(?<!/10 down to )(?<!/10 from )(?<!/10, was )"
    rf"(?P<m4>\d{{1,2}})/(?P<d4>\d{{1,2}})"
    rf"(?![\d/%]|\s*(?:mg|pain|on\b|NRS|VAS|strength)|(?<=/10)\s?(?:-+>|\u2192|"
    rf"(?:\w+\s)?(?:down\s)?to)\s?\d{{1,2}}/10\b))"
    rf"|(?<![A-Za-z\d])(?:(?P<d5>\d{{1,2}})(?:st|nd|rd|"
    rf"th)?[\s-]*(?:of\s+)?)?(?P<m5>{MONTH})(?![A-Za-z])\.?(?:\s*(?P<d6>\d{{1,2}})(?:st|nd|rd|"
    rf"th)?(?![\d/%]|:\d))?(?:\s*,?\s*(?:of\s+)?-?(?P<y5>{YEAR})\b|\s?'(?P<y6>\d{{2}})\b)?"
    rf"|(?<![\d/.,\-$#A-Za-z])(?P<y7>{YEAR})(?![\d/]|s\b|[.,]\d|-\d\d|\s*(?:mg|mcg|ml|units?|hours|hrs|"
    rf"calories|steps)\b)",
    re.I,
)
YEARS = ("y1", "y2", "y3", "y5", "y6", "y7", "y8", "y9")  # the groups of POINT
MONTHS_OF = ("m1", "m2", "m3", "m4", "m8", "m9")
DAYS = ("d1", "d2", "d4", "d5", "d6", "d8", "d9")
JOINED = compiled(
    r"\s*(?:-|\u2013|\u2014|to|thru|through|until|till?|up to|and ended|into)\s*(?:about\s+|approximately\s+|"
    r"early\s+|late\s+|mid[\s-]+)?$",
    re.I,
)
BETWEEN = compiled(r"\bbetween\s+(?:early\s+|late\s+|last\s+|this\s+|mid[\s-]+)?$", re.I)
AND = compiled(r"\s+and\s+(?:early\s+|late\s+|mid[\s-]+)?", re.I)
SINCE = compiled(
    r"\b(?:since|from|started|starting|began|begun|beginning|onset|initiated|start(?: date)?:?|as of|"
    r"dating (?:back )?to|(?:start|date) of care|SOC|first (?:visit|session|treatment|seen|appointment)|"
    r"initial (?:visit|session|eval(?:uation)?)|eval(?:uation|uated)?(?: date)?)"
    r"(?:\s+(?:in|on|about|approximately|around|early|late|mid))*[\s:]*$",
    re.I,
)
UNTIL = compiled(
    r"\b(?:until|till|through|thru|ended|ending|stopped|discontinued|d/c'?d|discharged|completed|finished|"
    r"end(?: date)?:?|last (?:visit|session|dose))(?:\s+(?:in|on|about|approximately|around|early|late|"
    r"mid))*[\s:]*$",
    re.I,
)
THEN_ENDED = compiled(
    r"\s*[,;|/]?\s*(?:and\s+)?(?:was\s+)?(?:end(?:ed|ing)?(?: date)?|stop(?:ped)?(?: date)?|completed|finished|"
    r"discharged?(?: date)?|d/c'?d?(?: date)?|(?:last|final) (?:visit|session|treatment|seen|appointment))"
    r"[\s:]*(?:on\s+|in\s+)?",
    re.I,
)
OPEN_END = compiled(r"\s*(?:-|\u2013|to)\s*(?:present|current|now|ongoing|date|today|\||$)", re.I | re.M)
MOST_YEARS = 6  # years back to which '07/21' may be a month of a year
AGO = compiled(
    r"\b(?:yesterday|today)\b|\blast (?:week|month|year)\b|\b(?P<n>\d{1,3}|an?|one|two|three|four|five|six|"
    r"seven|eight|nine|ten|twelve)\s+(?P<unit>day|week|month|year)s?\s+ago\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Period:
    """A date or span where it stands in the text, in ISO form or its known prefix; a single date has `first == last`.

    An open end ('since 2024', 'until 3/1/26') is None.
    """

    start: int
    end: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Point:
    """A date as far as it is written, where it stands in the text."""

    start: int
    end: int
    year: int | None
    month: int | None
    day: int | None

    @property
    def iso(self) -> str | None:
        """The date as far as it is known; None without a year."""
        if self.year is None:
            return None
        parts = [f"{self.year:04d}", f"{self.month:02d}" if self.month else "", f"{self.day:02d}" if self.day else ""]
        return "-".join(part for part in parts if part)

    def in_year(self, year: int) -> Point:
        """The date in that year."""
        return Point(self.start, self.end, year, self.month, self.day)


def periods(text: str, start: int, end: int, *, anchor: date | None = None) -> list[Period]:
    """Dates and spans in order. Those without a year take it from the other end of their span, else from `anchor`.

    Without an anchor a date that has no year is left out, as the contract asks.
    """
    return list(_periods(text, start, end, anchor))


def _periods(text: str, start: int, end: int, anchor: date | None) -> Iterator[Period]:
    points = list(_points(text, start, end))
    index = 0
    while index < len(points):
        first = points[index]
        last = points[index + 1] if index + 1 < len(points) else None
        if last and _is_span(text, start, first, last):
            index += 2
            if period := _span(first, last, anchor):
                yield period
            continue
        index += 1
        if first.year is None and anchor and first.day:
            first = _dated_before(first, anchor)
        if first.iso:
            yield _open(text, start, first)


def _is_span(text: str, start: int, first: Point, last: Point) -> bool:
    if JOINED.fullmatch(text, first.end, last.start):
        return True
    before = max(start, first.start - 30)
    if AND.fullmatch(text, first.end, last.start):
        return bool(BETWEEN.search(text, before, first.start))
    return bool(THEN_ENDED.fullmatch(text, first.end, last.start) and SINCE.search(text, before, first.start))


def _open(text: str, start: int, point: Point) -> Period:
    before = max(start, point.start - 30)
    if OPEN_END.match(text, point.end):
        return Period(point.start, point.end, point.iso, None)
    if SINCE.search(text, before, point.start):
        return Period(point.start, point.end, point.iso, None)
    if UNTIL.search(text, before, point.start):
        return Period(point.start, point.end, None, point.iso)
    return Period(point.start, point.end, point.iso, point.iso)


def _span(first: Point, last: Point, anchor: date | None) -> Period | None:
    if last.year is None and first.year is not None and last.month:
        last = last.in_year(first.year + (_order(last) < _order(first)))
    if last.year is None and anchor and last.month:
        last = _dated_before(last, anchor)
    if first.year is None and last.year is not None and first.month:
        first = first.in_year(last.year - (_order(first) > _order(last)))
    if first.iso is None or last.iso is None:
        return None
    return Period(first.start, last.end, first.iso, last.iso)


def _order(point: Point) -> tuple[int, int]:
    return (point.month or 0, point.day or 0)


def _dated_before(point: Point, anchor: date) -> Point:
    """The last such day that is not after the anchor."""
    return point.in_year(anchor.year - (_order(point) > (anchor.month, anchor.day)))


def _points(text: str, start: int, end: int) -> Iterator[Point]:
    for match in POINT.finditer(text, start, end):
        point = _point(match)
        if point is not None:
            yield point


def _point(match: re.Match[str]) -> Point | None:
    group = match.groupdict()
    month_name = group["m5"]
    if month_name is not None and _is_the_verb(match):
        return None
    year = _year(next((group[name] for name in YEARS if group[name]), None))
    month = (
        MONTHS.index(month_name[:3].lower()) + 1
        if month_name
        else _whole(next((group[name] for name in MONTHS_OF if group[name]), None))
    )
    day = _whole(next((group[name] for name in DAYS if group[name]), None))
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
        return None
    return Point(match.start(), match.end(), year, month, day)


def _is_the_verb(match: re.Match[str]) -> bool:
    """'may' and 'mar' in small letters, or 'march' as a walk, are months only beside a day or year."""
    name, group = match["m5"], match.groupdict()
    dated = group["d5"] or group["d6"] or group["y5"] or group["y6"]
    return not dated and (name.islower() or len(name) == 2)


def _year(figures: str | None) -> int | None:
    if figures is None:
        return None
    year = int(figures)
    if len(figures) > 2:
        return year if 1900 <= year <= 2100 else None
    return year + (1900 if year >= 50 else 2000)


def _whole(figures: str | None) -> int | None:
    return int(figures) if figures else None


def run(text: str, start: int, end: int, joined: re.Pattern[str]) -> list[Point]:
    """The first dates in a row, two or more, with only what `joined` allows between them; spans are passed over."""
    found: list[Point] = []
    for point in _points(text, start, end):
        if found and (
            _is_span(text, start, found[-1], point)
            or BETWEEN.search(text, max(start, found[-1].start - 30), found[-1].start)
        ):
            found = []
            continue
        if found and not joined.fullmatch(text, found[-1].end, point.start):
            if len(found) > 1:
                break
            found = []
        found.append(point)
    return found if len(found) > 1 else []


def in_years(points: list[Point], anchor: date | None) -> list[str]:
    """The dates of a list in ISO form; one without a year takes it from the next that has one, else from `anchor`."""
    if anchor and all(point.year is None and point.day for point in points):
        points = _as_months(points, anchor)
    told: list[str] = []
    later: Point | None = None
    for point in reversed(points):
        if point.year is None and later and later.year:
            point = point.in_year(later.year - (_order(point) > _order(later)))
        elif point.year is None and anchor:
            after = (point.month or 0, point.day or 1) > (anchor.month, anchor.day)
            point = point.in_year(anchor.year - after)
        if point.iso is None:
            return []
        told.append(point.iso)
        later = point
    return told[::-1]


def _as_months(points: list[Point], anchor: date) -> list[Point]:
    """'07/25, 10/25, 01/26' as months of years, where they come in order and end by the anchor."""
    years = [2000 + (point.day or 0) for point in points]
    months = [(year, point.month or 0) for year, point in zip(years, points, strict=True)]
    if months != sorted(months) or months[-1] > (anchor.year, anchor.month) or years[0] < anchor.year - MOST_YEARS:
        return points
    return [Point(point.start, point.end, year, point.month, None) for year, point in zip(years, points, strict=True)]


def relative(text: str, start: int, end: int, anchor: date) -> list[Period]:
    """'3 weeks ago', 'yesterday', 'last year', counted back from `anchor`; as exact as they are told."""
    return [_ago(match, anchor) for match in AGO.finditer(text, start, end)]


def _ago(match: re.Match[str], anchor: date) -> Period:
    words = match.group().lower()
    unit = match["unit"] or words.split()[-1]
    count = {"today": 0, "yesterday": 1}.get(words, 1)
    if match["n"]:
        names = ("a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
        count = (
            int(match["n"])
            if match["n"].isdigit()
            else {"an": 1, "twelve": 12}.get(match["n"].lower()) or max(1, names.index(match["n"].lower()))
        )
    if unit == "year":
        iso = f"{anchor.year - count:04d}"
    elif unit == "month":
        months = anchor.year * 12 + anchor.month - 1 - count
        iso = f"{months // 12:04d}-{months % 12 + 1:02d}"
    elif unit == "week" and not match["n"]:
        iso = (anchor - timedelta(days=7)).isoformat()[:7]
    else:
        iso = (anchor - timedelta(days=count * (7 if unit == "week" else 1))).isoformat()
    return Period(match.start(), match.end(), iso, iso)
