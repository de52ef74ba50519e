"""A treatment and the date of its note in, when its course ran out, told by months and feasts: 'since Thanksgiving'."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled
from mednec.findings.dates import MONTHS, periods
from mednec.findings.therapy.scope import Around

MONTH = (
    r"Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
FEASTS = {  # the month and the days on which each can fall
    "new year": (1, 1, 1), "martin luther king": (1, 15, 21), "mlk": (1, 15, 21), "groundhog": (2, 2, 2),
    "super bowl": (2, 7, 14), "valentine": (2, 14, 14), "president": (2, 15, 21), "st. patrick": (3, 17, 17),
    "st patrick": (3, 17, 17), "easter": (4, 1, 20), "tax day": (4, 15, 15), "mother": (5, 8, 14),
    "memorial day": (5, 25, 31), "father": (6, 15, 21), "fourth of july": (7, 4, 4), "july 4th": (7, 4, 4),
    "independence day": (7, 4, 4), "labor day": (9, 1, 7), "columbus day": (10, 8, 14), "halloween": (10, 31, 31),
    "veteran": (11, 11, 11), "thanksgiving": (11, 22, 28), "christmas": (12, 25, 25), "xmas": (12, 25, 25),
}  # fmt: skip
FEAST = (
    r"(?:new year|martin luther king|mlk|groundhog|super bowl|valentine|president|st\.? patrick|easter|tax day"
    r"|mother(?='?s)"
    r"|memorial day|father(?='?s)|fourth of july|july 4th|independence day|labor day|columbus day|halloween|veteran"
    r"|thanksgiving|christmas|xmas)"
)
SEASONS = {
    "spring": (6, 20),
    "summer": (9, 20),
    "fall": (12, 20),
    "autumn": (12, 20),
    "winter": (3, 20),
}  # its last day


def _moment(name: str) -> str:
    """An expression for a time that a month, a feast or its part names, with groups of a name."""
    return (
        r"(?:(?:about|around|approximately|roughly|sometime in|the|last|this past|very|shortly|just|right|even|in)\s+)*"
        rf"(?:(?P<{name}_part>before|after|early|late|mid(?:dle)?|beginning|start|first (?:week|days?|part)|end"
        rf"|last (?:week|days?|part)|second week"
        r"|third week)(?:\s+(?:of|in)\s+|[\s-]+)(?:the\s+|last\s+)?)?"
        rf"(?:(?P<{name}_month>{MONTH})\b\.?(?:\s+(?P<{name}_day>\d{{1,2}})(?:st|nd|rd|th)?(?![\d/]))?"
        rf"|(?P<{name}_feast>{FEAST})\w*(?:'?s)?'?(?:\s+(?:eve|day|week))*"
        rf"|(?:last|this past|the past)\s+(?P<{name}_season>spring|summer|fall|autumn|winter))"
        rf"(?:,?\s+(?:of\s+)?(?P<{name}_year>20\d\d))?(?![\d/]|\s*/)"
    )


TO = r"\s*(?:to|through|thru|until|til|till|up\s+to|into|and|-|\u2013)\s*"
SPAN = rf"{_moment('begun')}{TO}{_moment('ended')}"
BEHIND = needing(
    rf"[^.;:\n]{{0,50}}?\b(?:from|between|in|during|over|throughout|,|\()?\s*(?:(?:the\s+)?whole\s+of\s+|"
    rf"all\s+(?:of\s+|through\s+)?)?{SPAN}",
    re.I,
)
AHEAD = needing(
    rf"(?:^|[.;:,(\n]\s*|\b(?:that|and|who)\s+)(?:from|between)\s+{SPAN}[,:]?\s+(?:[\w'/-]+\s+){{0,12}}?\Z", re.I
)
SINCE_BEHIND = needing(
    rf"(?![^.;:\n]{{0,50}}\b(?:pain|symptoms?|hurt\w*|injury|fall"
    rf"|ache)\b)[^.;:\n]{{0,50}}?\bsince\s+{_moment('begun')}",
    re.I,
)
BEGUN_THEN = needing(rf"[^.;:\n]{{0,50}}?\b(?:in|at|around|about|on)\s+{_moment('begun')}", re.I)
BEGUN_AHEAD = compiled(
    r"\b(?:start(?:ed|ing)?|began|begun|initiated|took up|taken up|placed on|went on)\s[^.;:,\n]{0,50}\Z",
    re.I,
)
GOES_ON = compiled(
    r"\b(?:still|continu\w+|ongoing|(?:has|have)\s+(?:stayed|stuck|kept|gone on|not\s+(?:stopped|missed))|"
    r"to date|so far"
    r"|(?:is|are)\s+keeping|keeps?\s+(?:up|at|going))\b",
    re.I,
)
FROM_ON = needing(rf"[^.;:\n]{{0,50}}?\bfrom\s+{_moment('begun')}\s+on(?:wards?)?\b", re.I)
SINCE_AHEAD = needing(
    rf"(?:^|[.;:,(\n]\s*|\band\s+)(?:ever\s+)?since\s+{_moment('begun')},?\s+(?:the\s+)?(?:s?he|patient|pt|I|we|they"
    rf"|{{name}})"
    r"(?:\s+(?!(?:pain|symptoms?|hurts?|aches?|suffer\w*)\b)[\w'/-]+){0,10}?\s+\Z".replace("{name}", "mr|mrs|ms"),
    re.I,
)
VISIT = r"(?:visit|session|appointment|treatment|seen|day|date|one|was|on|in|at|for|PT|therapy|entry|note|of)"
FIRST = compiled(
    rf"\b(?:first|initial|1st|start(?:ed|ing)?|beg[au]n|began|opened|eval\w*|SOC|intake"
    rf"|#1)(?:[\s:,(]+{VISIT})*[\s:,(]*$",
    re.I,
)
LAST = compiled(
    r"\b(?:last|final|latest|most\s+recent|\d{1,2}(?:st|nd|rd|th)|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
    r"|tenth|eleventh|twelfth|d/?c'?d?"
    rf"|discharged?|end(?:ed|ing)?|finish\w*|complet\w*|stopp?ed|closed|quit)(?:[\s:,(]+{VISIT})*[\s:,(]*$",
    re.I,
)
JUST = compiled(r"\b(?:yesterday|today|this morning)\b", re.I)
LAST_WORD = needing(
    r"\b(?:last|final|latest|recent|\d(?:th|st|nd|rd)|\w+(?:th|nd|rd)|discharge|end|finish|complet|stop|closed|quit)",
    re.I,
)
WHOLE = compiled(r"\b(?:whole\s+of|all\s+of|all\s+through|throughout|entire|all)\s+(?:the\s+)?$", re.I)
OVER = compiled(r"\b(?:stopped|discontinued|quit|ended|gave up|until|no longer)\b", re.I)


@dataclass(frozen=True, slots=True)
class Moment:
    """The first and the last day that a named time can mean."""

    first: date
    last: date
    exactly: bool

    @property
    def iso(self) -> str:
        """The day, where it is one, else its month."""
        return self.first.isoformat() if self.first == self.last else f"{self.first:%Y-%m}"


def span_named(around: Around, anchor: date) -> dict[str, Any]:
    """When a course began and ended of which months or feasts are told, and how long it lasted at least."""
    if around.mention.group == "injection":
        return {}
    text, mention = around.text, around.mention
    told = BEHIND.match(text, mention.end, around.after)
    told = told or AHEAD.search(text, _opening(around), mention.start)
    return _from_to(told, anchor) if told else _since(around, anchor)


def _throughout(told: re.Match[str]) -> bool:
    """Whether both months are meant as a whole: 'the whole of March and April', 'all through January and February'."""
    return bool(WHOLE.search(told.string, max(0, told.start("begun_month") - 30), told.start("begun_month"))) and not (
        told["begun_part"] or told["ended_part"]
    )


def first_to_last(around: Around, anchor: date) -> dict[str, Any]:
    """When a course began and ended whose first and last visit are told: 'first visit 1/12, last visit 2/23'."""
    text, start, end = around.text, around.mention.end, around.after
    if around.mention.group not in ("active", "passive") or not LAST_WORD.search(text, start, end):
        return {}
    days = [
        (one.start, one.end, one.first)
        for one in periods(text, start, end, anchor=anchor)
        if one.first and one.last in (None, one.first)
    ]
    for match in JUST.finditer(text, start, end):
        days.append((*match.span(), (anchor - timedelta(days=match.group().lower() == "yesterday")).isoformat()))
    days.sort()
    for (first, until, begun), (last, _, ended) in pairwise(days):
        if FIRST.search(text, max(start, first - 40), first) and LAST.search(text, until, last) and begun < ended:
            return {"started": begun, "ended": ended}
    return {}


def _from_to(told: re.Match[str], anchor: date) -> dict[str, Any]:
    """The course between two named times."""
    ended = _named(told, "ended", anchor)
    begun = _named(told, "begun", ended.last) if ended else None
    if begun is None or ended is None:
        return {}
    if told["begun_month"] and _throughout(told):
        return {"started": begun.iso, "ended": ended.iso, "duration_days": (ended.last - begun.first).days + 1}
    least = (ended.first - begun.last).days
    exact = begun.exactly and ended.exactly and least > 0  # 'March to April' may be two days or two months
    return {"started": begun.iso, "ended": ended.iso} | ({"duration_days": least} if exact else {})


def _since(around: Around, anchor: date) -> dict[str, Any]:
    """The beginning of a course that goes on."""
    text, mention = around.text, around.mention
    told = SINCE_BEHIND.match(text, mention.end, around.after) or FROM_ON.match(text, mention.end, around.after)
    told = told or SINCE_AHEAD.search(text, _opening(around), mention.start)
    told = told or _begun(around)
    if told is None or OVER.search(text, mention.end, around.after):
        return {}
    begun = _named(told, "begun", anchor)
    if begun is None or mention.group not in ("active", "passive", "medication"):
        return {}
    season = told["begun_season"]
    lasted = {"duration_days": (anchor - begun.last).days}  # up to the day of writing, whatever came of it
    return lasted if season else {"started": begun.iso} | (lasted if lasted["duration_days"] > 0 else {})


def _begun(around: Around) -> re.Match[str] | None:
    """The time at which a course was taken up that goes on: 'began PT in the first week of April, still goes'."""
    text, mention = around.text, around.mention
    if not BEGUN_AHEAD.search(text, max(around.lead[0], mention.start - 60), mention.start):
        return None
    told = BEGUN_THEN.match(text, mention.end, around.after)
    return told if told and GOES_ON.search(text, told.end(), min(len(text), told.end() + 90)) else None


def _opening(around: Around) -> int:
    """Where the words before a treatment begin, with the sign that ends what stands before them."""
    return max(0, max(around.lead[0], around.before) - 2)


def _named(told: re.Match[str], name: str, anchor: date) -> Moment | None:
    """The last such time up to a day."""
    month, feast, part, season = (told[f"{name}_{what}"] for what in ("month", "feast", "part", "season"))
    if season:
        return _season(season.lower(), anchor)
    try:
        return _latest(told, name, month, feast, (part or "").lower(), anchor)
    except ValueError:
        return None


def _season(name: str, anchor: date) -> Moment | None:
    """The last season of that name that was over some weeks before a day."""
    month, day = SEASONS[name]
    last = next(day for day in (date(year, month, day) for year in (anchor.year, anchor.year - 1)) if day < anchor)
    return Moment(last - timedelta(days=91), last, exactly=True)


def _latest(
    told: re.Match[str], name: str, month: str | None, feast: str | None, part: str, anchor: date
) -> Moment | None:
    if month:
        number = MONTHS.index(month[:3].lower()) + 1
        first, last = (int(told[f"{name}_day"]),) * 2 if told[f"{name}_day"] else _days(number, part)
    else:
        number, first, last = next(days for word, days in FEASTS.items() if (feast or "").lower().startswith(word))
        if part in ("before", "after"):
            first, last = (1, first) if part == "before" else (last, monthrange(anchor.year, number)[1])
    year = int(told[f"{name}_year"]) if told[f"{name}_year"] else anchor.year
    if not told[f"{name}_year"] and date(year, number, first) > anchor:
        year -= 1
    return Moment(
        date(year, number, first),
        date(year, number, min(last, monthrange(year, number)[1])),
        bool(part or feast or first == last),
    )


def _days(month: int, part: str) -> tuple[int, int]:
    """The days of a month that its part means."""
    last = monthrange(2026, month)[1]
    if part.startswith(("early", "first", "beginning", "start")):
        return 1, 10
    if part.startswith(("late", "end", "last")):
        return 20, last
    if part.startswith("second"):
        return 8, 14
    return (10, 20) if part.startswith(("mid", "third")) else (1, last)
