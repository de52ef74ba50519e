"""A device or drug in the note of a procedure in, whether it belongs to the procedure itself out.

The splint that goes on after the wound is closed and the drug that sedates are no treatments of the pain.
"""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.findings.therapy.mention import Mention

PUT_ON = compiled(
    r"\bpost-?\s?operative(?:ly)?\b|\bimmobiliz\w+|\b(?:placed|put|fitted|maintained|kept)\s+(?:in|into|on)\b|"
    r"\b(?:was|were|is|are|then)\s+(?:then\s+)?(?:applied|placed)\b|\bwill\s+be\s+(?:used|worn|applied|in|kept|"
    r"placed)\b|"
    r"\bapplication\s+of\b|\bwith\s+placement\s+of\b",
    re.I,
)
BEFORE_IT = compiled(
    r"\b(?:conservative|nonoperative|failed|tried|prior|previous\w*|pre-?operative\w*|had|has)\b", re.I
)
FOR_ITS_TIME = compiled(r"\b(?:for|during) (?:this|the) procedure\b|\bfor sedation\b", re.I)
TAKEN = compiled(
    r"\b(?:takes|taking|prescri\w+|discharge\w*|home|refill\w*|patch(?:es)?|failed|tried|chronic\w*)\b", re.I
)


def belongs_to_it(parsed: Parsed, mention: Mention) -> bool:
    """Whether a device is put on at the end of the procedure, or a drug is given for its time."""
    text, (start, end) = parsed.text, parsed.sentence_at(mention.start)
    if mention.concept == "bracing":
        return bool(PUT_ON.search(text, start, end)) and not BEFORE_IT.search(text, start, mention.start)
    if mention.concept == "opioid":
        beside = (hit.concept for hit in parsed.within(start, end, "technique") if hit.start != mention.start)
        sedates = "sedation" in beside or FOR_ITS_TIME.search(text, start, end)
        return bool(sedates) and not TAKEN.search(text, start, end)
    return False
