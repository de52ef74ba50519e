"""A number in, whether the words before it rate the pain that was spoken of, or the place that hurts, out."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings.scores.numbers import Number

REACH = 160  # characters before a number within which the pain may have been spoken of
RATED_IT = compiled(
    r"\b(?:rates?|rated|gives?|gave|calls?|called|puts?|scores?|scored|grades?|graded|says?|makes?)\s(?:it"
    r"|this|that)\s"
    r"(?:(?:is|at|as|now|today|about|currently|around|a\ssolid|maybe)\s)*(?:an?\s)?$",
    re.I,
)
PAIN_WORD = compiled(r"\b(?:pain|ache|aching|sciatica|radiculopathy|hurts?|hurting|discomfort|symptoms?)\b", re.I)
OTHER_IT = compiled(
    r"\b(?:nausea|anxiety|stress|mood|sleep|fatigue|clinic|service|care|therapy|injection|block|visit|function"
    r"|strength"
    r"|numbness|weakness|mother|father|wife|husband|sister|brother|goal|hop\w+|want\w*|would\slike)\b",
    re.I,
)
PLACE = compiled(  # 'his low back runs 6 to 7/10'
    r"\b(?:back|neck|leg|arm|buttock|calf|thigh|sciatica)\s(?:(?:is|was|runs?|running|sits?|sitting|stays?"
    r"|hovers?|hangs?|has\sbeen|averag\w+|at|about"
    r"|around|now|today|usually|still|typically|currently|between|up\sto|an?)\s)+$",
    re.I,
)


def rates_the_pain(text: str, number: Number) -> bool:
    """Whether 'she calls it an eight' is of the pain spoken of last: nothing else that 'it' may mean stands between."""
    first = max(0, number.start - REACH)
    said = RATED_IT.search(text, first, number.start)
    pains = list(PAIN_WORD.finditer(text, first, said.start())) if said else []
    return bool(pains) and not OTHER_IT.search(text, pains[-1].end(), number.start)


def rates_the_place(text: str, start: int, number: Number) -> bool:
    """Whether a place of the body is itself rated: 'his low back runs 6 to 7/10'."""
    return bool(PLACE.search(text, max(start, number.start - 50), number.start))
