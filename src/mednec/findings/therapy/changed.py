"""A drug and the words around it in, what becomes of it where one takes the place of another out."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.findings.therapy.mention import Mention
from mednec.findings.therapy.status import PLANNING

VERB = r"(?:switch|chang|transition|convert|rotat|cross[- ]?taper)\w*"
WHOM = r"(?:(?:him|her|them|the\s+patient|over|back|me|his|the|off|from)\s+)*"
OLD_BEFORE = compiled(rf"\b{VERB}\s+{WHOM}(?:[\w-]+\s+)?$", re.I)
FROM = compiled(r"\bfrom\s+(?:(?:his|her|the)\s+)?$", re.I)
TO_AFTER = compiled(r"[^.;,\n]{0,30}?\s(?:over\s+)?(?:to|with)\s", re.I)
CHANGED_AFTER = compiled(
    r"(?:[^.;,\n]{0,24}?)\s(?:(?:was|were|has\s+been|had\s+been|be|being|is|to\s+be)\s+)*(?:then\s+|later\s+)?"
    r"(?:switched|changed|converted|transitioned|rotated)\s+(?:over\s+)?(?:to|from)\s",
    re.I,
)
ON = r"(?:(?!(?:because|since|as|due|after|when|and|or|for|with)\b)[\w-]+\s+){0,2}"
NEW_BEFORE = compiled(rf"\b(?P<verb>{VERB})\b[^.;\n]{{0,60}}?\s(?:over\s+)?to\s+{ON}$", re.I)
WISHED = compiled(
    r"\b(?:would like|wants?|wish\w*|request\w*|asks?|asking|prefer\w*|hop(?:es|ing)|interested in)\b[^.;\n]{0,60}$",
    re.I,
)
TO_COME = compiled(
    r"\b(?:will|plan\w*|going to|recommend\w*|suggest\w*|consider\w*|could|should|may|might|let us|am|are|to)\s"
    r"[^.;\n]{0,30}$|(?:^|[.;:\n-]\s*|\d[.)]\s+)$",
    re.I,
)
UNSURE = compiled(
    r"\b(?:suggest\w*|consider\w*|may|might|could|probably|possib\w+|discuss\w*|if)\b[^.;\n]{0,40}$", re.I
)
NO_EFFECT = compiled(r"[^.;\n]{0,40}\b(?:without|no|not|nor|fail\w*|never|but)\b", re.I)


def changed(parsed: Parsed, mention: Mention, first: int) -> str | None:
    """The status of a drug that takes the place of another, or whose place is taken; None where none is changed."""
    text = parsed.text
    planning = parsed.section_at(mention.start).name in PLANNING
    near = max(first, mention.start - 100)
    if (found := NEW_BEFORE.search(text, near, mention.start)) and not FROM.search(text, near, mention.start):
        if WISHED.search(text, near, found.start()) or planning or _is_to_come(text, near, found):
            return "planned"
        return None if NO_EFFECT.match(text, mention.end) else "current"
    old = OLD_BEFORE.search(text, near, mention.start)
    if old and TO_AFTER.match(text, mention.end):
        kept = WISHED.search(text, near, old.start()) or UNSURE.search(text, near, old.start())
        return "current" if kept else "past"
    if CHANGED_AFTER.match(text, mention.end):
        return "current" if WISHED.search(text, near, mention.start) else "past"
    return None


def _is_to_come(text: str, near: int, found: re.Match[str]) -> bool:
    """Whether the change is one that is to be made: 'will switch', 'to change', 'Change' as an order."""
    return not found["verb"].lower().endswith("ed") and TO_COME.search(text, near, found.start()) is not None
