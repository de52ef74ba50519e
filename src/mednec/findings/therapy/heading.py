"""A treatment in a list in, what the line above the list says of all of its items out: 'Failed treatments:'."""

from __future__ import annotations

import re

from mednec.findings.parse import Parsed
from mednec.findings.patterns import compiled
from mednec.findings.sentences import MARK

FAILED = compiled(
    r"\b(?:failed|failures?|unsuccessful|without (?:relief|benefit|success|improvement)|not help(?:ed|ful)|"
    r"did not help|ineffective|no (?:relief|benefit|improvement) (?:from|with|after))\b",
    re.I,
)
NOT_FAILED = compiled(r"\b(?:not failed|no failed|if|must|criteria|policy|required?|requires|back|fusion|or)\b", re.I)
FAR = 700  # characters above a treatment in which the line that heads its list stands
LONGEST = 90  # characters of such a line


def heading_verdict(parsed: Parsed, start: int) -> str | None:
    """'none' where the line that heads the list says that what it lists failed."""
    lines = parsed.text[max(0, start - FAR) : start].split("\n")
    if not MARK.match(lines[-1] + parsed.text[start : start + 1]):
        return None
    above = next((line.strip() for line in reversed(lines[:-1]) if not MARK.match(line)), "")
    heads = above.endswith(":") and len(above) <= LONGEST
    return "none" if heads and FAILED.search(above) and not NOT_FAILED.search(above) else None
