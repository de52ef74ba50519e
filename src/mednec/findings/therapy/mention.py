"""A treatment where a text names it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mednec.expressions.patterns import compiled

BACK_REFERENCE = compiled(
    r"\b(?:the|this|these|those|said|such|each|of each|each of these|that|above|similar|same|a similar)\s+$", re.I
)
SAID_THAT = compiled(r"\b(?:feels?|felt|think|thought|believed?|advised|told|decided|stated?|said) that $", re.I)


@dataclass(frozen=True, slots=True)
class Mention:
    """A treatment where it is named: `reading` tells how the lexicon reads its words."""

    start: int
    end: int
    concept: str
    reading: str
    group: str
    agent: str | None = None

    @property
    def weak(self) -> bool:
        """Whether it counts only where it is told as a treatment."""
        return self.reading == "weak"


def is_back_reference(text: str, mention: Mention) -> bool:
    """'the injection', 'these medications': what was told before is only pointed at."""
    before = text[max(0, mention.start - 24) : mention.start]
    return not SAID_THAT.search(before) and bool(BACK_REFERENCE.search(before[-16:]))
