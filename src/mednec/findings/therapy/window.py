"""A treatment in, the stretch of time that its list filled out: 'over the past 8 weeks she has done PT and HEP'."""

from __future__ import annotations

import re
from typing import Any

from mednec.expressions.patterns import compiled
from mednec.findings import quantities
from mednec.findings.therapy.scope import Around

DOING = compiled(
    r"\b(?:(?:has|have|had|'s|'ve)\s+(?:also\s+|faithfully\s+|consistently\s+|now\s+|already\s+)?"
    r"(?:been\s+(?:doing|in|on|attending|undergoing|using|taking|performing|receiving|going to|treated with|"
    r"managed with|"
    r"compliant with|participating in|engaged in|working with)|done|completed|finished|participated in|attended|"
    r"undergone|taken|used|performed|received|gone to|had|engaged in|kept up|worked with)|"
    r"did(?! not\b)|completed|attended|participated in|underwent|performed|received|was treated with|were treated with|"
    r"(?:has\s+|have\s+)?spent|treatment (?:has )?(?:included|consisted of)|(?:has|have) (?:included|consisted of))\b",
    re.I,
)
GOING_ON = compiled(r"\b(?:taking|doing|using|attending|performing|wearing)\s+(?:\w+\s+){0,2}$", re.I)
OPENS = compiled(
    r"\b(?:over|during|for|throughout|within|spent)\s+(?:the\s+)?(?:past|last|previous|preceding|prior)\s+"
    r"(?:about\s+|approximately\s+|at least\s+)?$",
    re.I,
)
SPENT = compiled(r"\bspent\b", re.I)
ENDS = compiled(r"\b(?:over|during|for|throughout|within)\s+(?:the\s+)?(?:past|last|previous|preceding)\s+$", re.I)
OF_PAIN = compiled(
    r"\b(?:pain|symptom\w*|ache\w*|numb\w*|worse\w*|complain\w*|suffer\w*|experienc\w*|difficult\w*|relief|injur\w*|"
    r"tried|trial\w*|helped|but|failed|visits?|sessions?|once|twice|times|not|never|no|without|doses?)\b",
    re.I,
)
LONGEST = 190  # days: a longer stretch is one that is looked back on, not one that was filled
GAP = 12  # words between the stretch of time and the treatments


def spent(around: Around) -> dict[str, Any]:
    """How long the treatments of a list ran, where the stretch of time stands before or behind all of them."""
    text, first, start = around.text, *around.lead
    for quantity in quantities.durations(text, first, start):
        said = text[quantity.end : start]
        lead = OPENS.search(text, first, quantity.start)
        doing = DOING.search(said) or (lead and SPENT.match(lead[0]))
        if lead and doing and _is_course(said, quantity.value):
            return {"duration_days": quantity.value}
    if not (DOING.search(text, first, start) or GOING_ON.search(text, first, start)):
        return {}
    for quantity in quantities.durations(text, around.mention.end, around.last):
        gap = text[around.mention.end : quantity.start]
        if ENDS.search(gap) and _is_course(gap, quantity.value):
            return {"duration_days": quantity.value}
    return {}


def _is_course(said: str, days: float) -> bool:
    """Whether the words between the time and the treatment speak of nothing but doing it."""
    return days <= LONGEST and len(said.split()) <= GAP and not OF_PAIN.search(said) and "." not in said
