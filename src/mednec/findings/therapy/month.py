"""A treatment and the date of its note in, the months out in which it was given, where only these are named."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from mednec.findings.dates import MONTHS
from mednec.findings.patterns import compiled
from mednec.findings.therapy.scope import Around

NAME = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
PART = r"(?:(?:early|late|mid)[\s-]+|(?:the\s+)?(?:beginning|middle|end|start)\s+of\s+)?"
BEFORE = compiled(  # 'the December epidural', 'last December's right L4-5 TFESI'
    rf"\b(?i:the|her|his|my|their|that|last)\s+(?:last\s+)?{NAME}(?:'s)?\s+"
    r"(?:(?:right|left|bilateral|lumbar|cervical|first|second|caudal|[CTLS]\d[-/\w]*)\s+){0,4}$"
)
BEHIND = compiled(  # 'the epidural of last December', 'ESI given in early December'
    r"(?:\s+(?:injection|block|procedure|series|ablation))?(?:\s+(?:was|that was|which was))?"
    rf"(?:\s+(?:given|done|performed|received))?,?\s+(?:in|of|from|back in|last|this past)\s+(?:last\s+)?{PART}{NAME}"
    r"(?:\s+of\s+(?P<year>last year|this year))?(?!\s*(?:\d|of\s+\d|'\d|,\s*\d))"
)

SPAN = compiled(  # 'PT from early March to the middle of April'
    r"[^.;:\n]{0,30}?\b(?:from\s+)?(?:the\s+)?(?P<part>early|mid|late|beginning of|middle of|end of)?[\s-]*"
    + NAME.replace("(?P<month>", "(?P<begun>")
    + r"\s*(?:to|through|thru|until|till|-|\u2013)\s*(?:the\s+)?"
    r"(?P<upto>early|mid|late|beginning of|middle of|end of)?[\s-]*" + NAME + r"(?!\s*(?:\d|of\s+\d|'\d|,\s*\d))",
    re.I,
)
LATEST = {"early": 10, "beginning of": 10, "mid": 20, "middle of": 20}  # the day of its month by which it had begun
EARLIEST = {"mid": 10, "middle of": 10, "late": 20, "end of": 20}  # the day of its month up to which it lasted at least


def months_named(around: Around, anchor: date) -> dict[str, Any]:
    """When a course began and ended of which months alone are told, and how long it lasted at least."""
    told = SPAN.match(around.text, around.mention.end, around.after)
    if told is None or around.mention.group == "injection":
        return {}
    first, last = (MONTHS.index(told[name][:3].lower()) + 1 for name in ("begun", "month"))
    ended = anchor.year if last <= anchor.month else anchor.year - 1
    begun = ended if first <= last else ended - 1
    after = date(begun, first, LATEST.get((told["part"] or "").lower(), 28))
    until = date(ended, last, EARLIEST.get((told["upto"] or "").lower(), 1))
    days = (until - after).days
    whole = {"started": f"{begun:04d}-{first:02d}", "ended": f"{ended:04d}-{last:02d}"}
    exact = told["part"] and told["upto"] and days > 0  # 'March to April' may be two days or two months
    return whole | ({"duration_days": days} if exact else {})


def month_named(around: Around, anchor: date) -> dict[str, Any]:
    """When an injection was given that is named by its month alone: the last such month before that of the note."""
    text, mention = around.text, around.mention
    if mention.group != "injection":
        return {}
    first = max(around.before, mention.start - 60)
    named = BEFORE.search(text, first, mention.start) or BEHIND.match(text, mention.end, around.after)
    if named is None:
        return {}
    month = MONTHS.index(named["month"][:3].lower()) + 1
    told = named.groupdict().get("year")
    if told is None and month == anchor.month:
        return {}
    past = month < anchor.month if told is None else told.startswith("this")
    when = f"{anchor.year if past else anchor.year - 1:04d}-{month:02d}"
    return {"started": when, "ended": when}
