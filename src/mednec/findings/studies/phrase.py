"""A study that is named in, the noun phrase around its name out, in which its region stands: 'left knee MRI'."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.findings.terms import Hit

AND_AGAIN = compiled(r"\band\s+(?:an?\s+|the\s+|his\s+|her\s+)?$", re.I)
OWN_REGION = compiled(
    r"\s+(?:of\s+(?:the|his|her|both)\s|(?:(?:left|right)\s+)?(?:cervical|thoracic|lumbar|lumbosacral|brain|head|"
    r"knee|hip|"
    r"shoulder|wrist|elbow|ankle|foot|hand|pelvis)\b)",
    re.I,
)
PHRASE_ENDS = compiled(
    r"[.;:\n]\s|[.;:]$|\n\s*\n|,\s(?!(?:and\s|or\s)?(?:both\s|his\s|her\s|the\s)?(?:(?:hips?|knees?|ankles?|feet|foot|"
    r"shoulders?|elbows?|wrists?|hands?|pelvis|neck|back|sacrum|femurs?|tibia|right|left|both)\b|bilateral|lumbar|"
    r"lumbosacral|cervical|thoracic|l-spine|c-spine|t-spine))|\)|"
    r"\b(?:show\w*|reveal\w*|demonstrat\w*|was|were|is|are|which|that|and\s+(?:an?|x-?rays?|mri|ct|emg)|"
    r"as well as|dated|perform\w*|taken|completed|done|if|but|because|with(?!\s+views)|consistent|suggest\w*|due|"
    r"secondary|after|before|at)\b",
    re.I,
)
BEFORE_STARTS = compiled(
    r".*(?:[.;:,(\n]|\b(?:an?|the|had|of|some|for|by|and an?|underwent|reviewed|obtain\w*|order\w*|on|showed|from|"
    r"to|new|recent|prior|previous|repeat|his|her|that)\s)",
    re.I | re.S,
)


def phrase_of(parsed: Parsed, hit: Hit, first: int, last: int) -> tuple[int, int]:
    """The noun phrase around a study's name between two offsets."""
    text = parsed.text
    start = max(first, hit.start - 45)
    if opening := BEFORE_STARTS.match(text, start, hit.start):
        start = opening.end()
    if AND_AGAIN.search(text, start, hit.start) and OWN_REGION.match(text, hit.end):
        start = hit.start  # 'CT of the neck and x-rays of the shoulder': each has its region behind it
    end = min(last, hit.end + 75)
    if closing := PHRASE_ENDS.search(text, hit.end, end):
        end = closing.start()
    return min(start, hit.start), max(end, hit.end)
