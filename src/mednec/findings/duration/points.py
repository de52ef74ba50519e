"""'In February', 'last Thursday', 'since his forties' and the day of writing in, when that was out."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from mednec.expressions.needs import Needing, needing
from mednec.expressions.patterns import compiled, spaced
from mednec.findings import quantities
from mednec.vocabulary import lexicon

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SEASONS = {"spring": 5, "summer": 8, "autumn": 11, "fall": 11, "winter": 2}  # the last month of each
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
DIGITS = {"two": 2, "three": 3, "four": 4}
VERBS = ("may", "mar", "march")  # months only with a capital letter
LED = compiled(  # what stands before the bare name of a month or season that is a time
    r"\b(?:since|in|from|by|around|about|during|before|after|until|of|at|over|early|mid|late|back\sin|began|begun|"
    r"started|onset|circa|"
    r"beginning|end|middle|spring|summer|fall|winter|autumn)[\s,:-]+(?:(?:the|about|around|early|mid|late|sometime|"
    r"maybe)[\s-]+)*$",
    re.I,
)
DAY_AHEAD = compiled(r"\d(?:st|nd|rd|th)?(?:\s+(?:of\s+)?|-)$", re.I)
TUMBLE = compiled(
    r"\b(?:a|an|his|her|my|s/p|after|post|from|due\sto|of)\s+(?:\w+\s)?$|\bsince\s(?:the|that|this)\s$", re.I
)
IN_SEASON = compiled(
    r"\b(?:since(?:\sthe)?|in\sthe|over\sthe|during\sthe|(?:since\s|in\s|the\s)?(?:early|mid|late)|by|"
    r"through\sthe)[\s-]+$",
    re.I,
)
AGED = compiled(
    r"\b(?P<a>\d{2})[\s-]?(?:y/?o\b|y\.o\.|years?[\s-]old|yr[\s-]old|[MF]\b)|\b(?:age[d:]?|"
    r"is(?:\snow)?)\s(?P<b>[2-9]\d)\b(?![/%]|\.\d|\s?(?:mg|kg|weeks|months|days))",
    re.I,
)
DECADES = {"twenties": 29, "thirties": 39, "forties": 49, "fifties": 59, "sixties": 69, "seventies": 79}
UNTIL = compiled(r"\b(?:until|till|through|thru|up\sto)\s(?:last\s|this\s|about\s)?$", re.I)
YEAR = 365
GROWING = 16


class Point(NamedTuple):
    """A time where it stands: since when at the latest (ISO, or its prefix) or how many days; neither is long ago."""

    start: int
    end: int
    onset: str | None = None
    days: float | None = None


def points(text: str, start: int, end: int, written: date | None) -> Iterator[Point]:
    """Every time that a stretch names without dating it; of those that need the day of writing none without one."""
    for kind in ("life", "youth", "many"):
        for match in _expression(kind).finditer(text, start, end):
            yield Point(*match.span())
    for match in _expression("age").finditer(text, start, end):
        days = _since_age(match)
        if days or _is_young(match):
            yield Point(*match.span(), days=days)
    if written is not None:
        for name, when in COUNTED.items():
            for match in _expression(name).finditer(text, start, end):
                if onset := when(match, written):
                    yield Point(*match.span(), onset=onset)
        yield from _feasts(text, start, end, written)


@cache
def _expression(name: str) -> re.Pattern[str] | Needing:
    return needing(_written(lexicon("points_of_time").concepts[name].extra["where"]), re.I)


def _written(where: str) -> str:
    return spaced(where).replace("'", "['\u2019]")


def _month(match: re.Match[str], written: date) -> str | None:
    """The last such month that had begun."""
    word = match["month"]
    if DAY_AHEAD.search(match.string, max(0, match.start() - 8), match.start()) or (
        word.lower() in VERBS and word.islower()
    ):
        return None
    month, told = MONTHS.index(word[:3].lower()) + 1, match["rel"] or match["rel2"]
    named = match.start("month") > match.start()
    if not named and not told and not LED.search(match.string, max(0, match.start() - 40), match.start()):
        return None
    if match["year"]:
        return None  # a date that is read as such
    if told:
        return f"{written.year - (told.lower() == 'last')}-{month:02}"
    last = match.group().lower().startswith("last")
    return f"{written.year - (month > written.month - last)}-{month:02}"


def _season(match: re.Match[str], written: date) -> str | None:
    """The last month of the last such season that is over."""
    season = (match["season"] or match["seasons"]).lower()
    month = SEASONS[season]
    year = written.year - (month >= written.month)
    if match["back"]:
        return f"{year - int(DIGITS.get(match['back'].lower()) or match['back']) + 1}-{month:02}"
    before = match.string[max(0, match.start() - 30) : match.start()]
    if match["year"]:
        last = int(match["year"]) + (season == "winter")
        fell = season == "fall" and " of " not in match.group() and TUMBLE.search(before)
        return None if fell else min(f"{last}-{month:02}", f"{written:%Y-%m}")
    if told := match["rel"] or match["rel2"]:
        return f"{written.year - (told.lower() == 'last')}-{month:02}"
    if match["which"]:
        return f"{year - bool(match['before'])}-{month:02}" if match["which"].lower() != "this" else None
    if season == "winter" and written.month in (12, 1, 2):
        return None  # it is winter
    bare = IN_SEASON.search(before) and not (season == "fall" and TUMBLE.search(before))
    return f"{year}-{month:02}" if bare else None


def _year(match: re.Match[str], written: date) -> str | None:
    if match["last"] or match["before"]:
        return str(written.year - (2 if match["before"] else 1))
    if match["turn"]:
        return f"{written.year}-01"
    if match["early"]:
        return f"{written.year}-03" if written.month > 3 else None
    quarter = int(match["quarter"] or QUARTERS[match["named"].lower()])
    return f"{match['of']}-{3 * quarter:02}"


def _weekday(match: re.Match[str], written: date) -> str:
    """The last such day before the day of writing, or that of a week earlier."""
    back = (written.weekday() - WEEKDAYS.index(match["day"][:3].lower())) % 7 or 7
    ago = (match["ago"] or "").lower()
    return (written - timedelta(days=back + 7 * (2 if "two" in ago else bool(ago)))).isoformat()


COUNTED: Mapping[str, Callable[[re.Match[str], date], str | None]] = {
    "month": _month,
    "season": _season,
    "year": _year,
    "weekday": _weekday,
}


def _since_age(match: re.Match[str]) -> int | None:
    """The days since a patient whose age the document tells was so old."""
    told = list(AGED.finditer(match.string, 0, min(len(match.string), match.end() + 200)))
    if not told:
        return None
    age = int(told[0]["a"] or told[0]["b"])
    return YEAR * years if (years := age - _age(match) - 1) > 0 else None


def _is_young(match: re.Match[str]) -> bool:
    """Whether it is since an age that is long ago for whoever is grown up."""
    return _age(match) <= GROWING and not AGED.search(match.string, 0, min(len(match.string), match.end() + 200))


def _age(match: re.Match[str]) -> int:
    if match["decade"]:
        word = match["decade"].lower()
        return DECADES.get(word) or int(word[:2]) + 9
    return int(quantities.number(match["years"]))


def _feasts(text: str, start: int, end: int, written: date) -> Iterator[Point]:
    expression, days = _calendar()
    for match in expression.finditer(text, start, end):
        name = next(group for group, value in match.groupdict().items() if value and group.startswith("feast"))
        told = match["rel"] or match["rel2"]
        year = int(match["year"]) if match["year"] else written.year - (str(told).lower() == "last")
        day = _in_year(days[name], year)
        if day >= written and not match["year"] and not told:
            day = _in_year(days[name], year - 1)
        if day < written:
            last = day.replace(day=monthrange(day.year, day.month)[1])
            exact = last > written or UNTIL.search(text, max(start, match.start() - 20), match.start())
            yield Point(*match.span(), onset=day.isoformat() if exact else f"{day:%Y-%m}")


@cache
def _calendar() -> tuple[re.Pattern[str] | Needing, dict[str, Mapping[str, Any]]]:
    """An expression for every feast, and by the group of each the day on which it is."""
    feast = lexicon("points_of_time").concepts["feast"].extra
    named = {f"feast{number}": day for number, day in enumerate(feast["days"])}
    any_of = "|".join(f"(?P<{name}>{day['called']})" for name, day in named.items())
    time = r"(?:'s)?(?: (?:long )?(?:week(?:end)?|time|season|morning|evening|dinner))?"
    return needing(_written(rf"\b(?:{any_of})\b{time}{feast['where']}"), re.I), named


def _in_year(feast: Mapping[str, Any], year: int) -> date:
    if "easter" in feast:
        return _easter(year) + timedelta(days=feast["easter"])
    if "day" in feast:
        return date(year, feast["month"], feast["day"])
    nth, length = feast["nth"], monthrange(year, feast["month"])[1]
    if nth > 0:
        first = date(year, feast["month"], 1)
        return first + timedelta(days=(feast["weekday"] - first.weekday()) % 7 + 7 * (nth - 1))
    last = date(year, feast["month"], length)
    return last - timedelta(days=(last.weekday() - feast["weekday"]) % 7)


def _easter(year: int) -> date:
    """Easter Sunday by the rule of the Gregorian calendar, as Meeus and Jones wrote it down."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)
