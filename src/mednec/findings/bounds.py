"""A number where it is written in, how much of it counts out: 'less than six weeks' is no six weeks.

A length, a percentage or a count that is only a bound from above says how much it was not; it is left out, so that
nothing is met by it. One that was nearly reached is taken a little short of it.
"""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled

SHORT_BY = 0.97  # near enough to be told apart from nothing but a threshold
REACH = 40  # characters before a number in which its bound may stand
FILLED = r"\s+(?:about\s+|the\s+|an?\s+|approximately\s+|only\s+)?\Z"
AT_MOST = compiled(
    r"(?:[<\u2264]\s*\Z|\b(?:(?:(?<!no )(?<!not )(?<!nor )(?:less|fewer|shorter|lower|smaller)"
    r"|no (?:more|longer|greater|better)"
    rf"|not (?:more|longer|greater|better)) than|under|below|up to|at (?:the )?(?:very )?most|not (?:even|yet)"
    rf"|maximum of|max){FILLED})",
    re.I,
)
CLOSE_TO = compiled(
    r"\b(?:almost|nearly|not quite|close to|approaching"
    r"|(?:just|only just|slightly|somewhat|a (?:little|bit|shade|touch)) (?:less than|under|below|short of|shy of)"
    rf"|(?:short|shy) of){FILLED}",
    re.I,
)
MORE_THAN = compiled(
    rf"(?:>\s*\Z|\b(?:(?<!no )(?<!not )(?:more|greater|higher|larger) than|over|above|exceed\w*|in excess of){FILLED})",
    re.I,
)
WORDS = ("than", "under", "below", "up to", "most", "even", "yet", "max", "<", "\u2264")
CLOSE_WORDS = ("almost", "nearly", "quite", "close", "approach", "than", "under", "below", "short", "shy")


def share_of(text: str, number: int) -> float | None:
    """What counts of a number that stands at an offset: all of it (1), a little less, or nothing (None)."""
    before = text[max(0, number - REACH) : number].lower()
    if any(word in before for word in CLOSE_WORDS) and CLOSE_TO.search(before):
        return SHORT_BY
    if any(word in before for word in WORDS) and AT_MOST.search(before):
        return None
    return 1.0


def is_exceeded(text: str, number: int) -> bool:
    """Whether it was more than the number that stands at an offset."""
    return MORE_THAN.search(text, max(0, number - REACH), number) is not None
