"""A term of technique in, whether it is denied out: 'no TFESI', 'rules out a fluoroscopic injection'."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings.assertion.context import meaning
from mednec.findings.parse import Parsed
from mednec.findings.terms import Hit

RULED_OUT = compiled(
    r"\b(?:rul(?:es?|ed|ing) out|preclud(?:es?|ed|ing)|contraindicat\w+|prevent(?:s|ed|ing)?|in lieu of|instead of"
    r"|rather than)\s+(?:the use of\s+|use of\s+|using\s+)?(?:an?\s+|the\s+|any\s+)?(?:[\w-]+\s+){0,2}$",
    re.I,
)


def is_denied(parsed: Parsed, hit: Hit, first: int) -> bool:
    """'No TFESI planned', 'no prior RFA': a negation stands close before; 'rules out a fluoroscopic injection'."""
    if RULED_OUT.search(parsed.text, max(first, hit.start - 50), hit.start):
        return True
    cues = (cue for cue in parsed.within(max(first, hit.start - 40), hit.start, "cues") if meaning(cue) == "negated")
    return any(not re.search(r"[,;:]|\bto\b", parsed.text[cue.end : hit.start]) for cue in cues)
