"""An injection and the date of its note in, the month out in which it was given, where only this is named."""

from __future__ import annotations

from datetime import date
from typing import Any

from mednec.expressions.patterns import compiled
from mednec.findings.dates import MONTHS
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
