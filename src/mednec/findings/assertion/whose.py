"""A form that asks whom its answers are about in, the answers out that are about somebody else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mednec.expressions.patterns import compiled
from mednec.findings.assertion.boxes import box
from mednec.findings.parse import Parsed

SELF = compiled(r"(?:\bmyself|\bself|\bme\b|\bpatient\b|\bpt\b|\bI\b)", re.I)
ASKS = compiled(r"\b(?:who|whom|whose|relation(?:ship)?|family member|person (?:treated|affected))\b", re.I)
TELLER = compiled(  # who answers, not whom the answers are about
    r"\b(?:fill\w*|complet\w*|answer\w*|inform\w*|source|historian|history (?:from|by)|report\w*|accompan\w*|present"
    r"|lives?|living|driv\w*|contact|signed|help\w*|written|message|proxy)\b",
    re.I,
)
BY_SELF_FOR = compiled(  # 'form filled in by the patient for her husband'
    r"\b(?:by|from):?\s(?:the\s)?(?:patient|pt|self|me|her|him)\b[^\n.;]{0,20}\b(?:for|about|on\sbehalf\sof"
    r"|regarding)\s(?:his|her|my|an?|the)\s$",
    re.I,
)
ANEW = compiled(r"\n[ \t]*\n|\b(?:you|your|yourself|patient|myself)\b", re.I)


def spans(parsed: Parsed) -> Iterator[tuple[int, int]]:
    """What follows a line on which another person's box is ticked and the patient's own is empty."""
    text = parsed.text
    done = -1
    for hit in parsed.of("owners"):
        if hit.concept != "person" or hit.start < done:
            continue
        first, last = text.rfind("\n", 0, hit.start) + 1, text.find("\n", hit.end)
        last = last if last >= 0 else len(text)
        ticked = box(text, hit.start, hit.end) == "ticked" and _is_not_own(text, first, last)
        if ticked or BY_SELF_FOR.search(text, first, hit.start):
            anew = ANEW.search(text, last)
            done = anew.start() if anew else len(text)
            yield first, done


def _is_not_own(text: str, first: int, last: int) -> bool:
    """Whether the line asks for a person or has a box for the patient, and no such box is ticked."""
    if TELLER.search(text, first, last):
        return False
    own = [box(text, match.start(), match.end()) for match in SELF.finditer(text, first, last)]
    return "ticked" not in own and ("empty" in own or bool(ASKS.search(text, first, last)))
