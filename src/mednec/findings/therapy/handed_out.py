"""A drug in the text of an operation in, whether it is prescribed for afterwards, not given in its course, out."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.findings.therapy.mention import Mention

PRESCRIBED = compiled(  # 'was given a prescription for', 'discharge medication is', 'sent home on', 'she will have'
    r"\b(?:prescriptions?(?:\s+(?:was|were)\s+(?:given|written|provided))?\s+(?:for|of)|(?:was|were|been|I|"
    r"we)\s+prescribed"
    r"|prescribed\s+(?:her|him|the patient)"
    r"|discharge(?:d)?\s+(?:(?:to\s+)?home\s+)?(?:with|on|medications?|prescriptions?|meds)|(?:sent|went|go|"
    r"goes)\s+home\s+(?:with|on)"
    r"|(?:will|is\s+to|may|can|should|instructed\s+to|told\s+to|advised\s+to)\s+(?:have|take|use|receive|be\s+given|"
    r"be\s+placed\s+on"
    r"|be\s+started\s+on|continue(?:\s+on)?))\b(?:[^.;:\n]|\.(?!\s+[A-Z])){0,100}$",
    re.I,
)
STARTED = compiled(r"\b(?:placed|started|kept|maintained)\s+on\s+(?:[\w-]+\s+){0,3}$", re.I)
AS_NEEDED = compiled(
    r"(?:[^.;\n]|\.(?=\s*[a-z\d])){0,60}\b(?:p\.?\s?r\.?\s?n\b|as needed|as necessary|for (?:post-?operative )?pain)",
    re.I,
)
BEFOREHAND = compiled(
    r"\b(?:pre-?operatively|preoperative|induction|intravenous|prior to (?:the )?(?:incision|procedure))\b", re.I
)


def is_handed_out(parsed: Parsed, mention: Mention) -> bool:
    """Whether the words before a drug, or those around it, say that the patient is to take it from now on."""
    if mention.group != "medication":
        return False
    text, start = parsed.text, parsed.sentence_at(mention.start).start
    if BEFOREHAND.search(text, start, mention.start):
        return False
    if PRESCRIBED.search(text, max(start, mention.start - 180), mention.start):
        return True
    begun = STARTED.search(text, max(start, mention.start - 60), mention.start)
    return bool(begun and AS_NEEDED.match(text, mention.end))
