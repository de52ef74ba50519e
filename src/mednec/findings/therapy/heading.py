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
IN_DETAIL = compiled(
    r"\s*(?:specifically|namely|i\.e\.|that is|in detail|including|(?:these|this|which)\s+(?:have |has )?includ\w+|"
    r"among (?:these|them))"
    r"\s*[:,]?",
    re.I,
)
EXCEPT = compiled(r"\b(?:except|excepting|save|but|other than|apart from|aside from|not)\b", re.I)
ALL_FAILED = compiled(
    r"\b(?:(?:all|each|every one)\s+(?:of\s+)?(?:this|these|the following|it|them|those)?\s*(?:has\s+"
    r"|have\s+)?(?:failed|did nothing)"
    r"|(?:none|nothing)\s+of\s+(?:this|these|the following|it|them)\s+(?:has\s+|have\s+)?(?:helped|worked))"
    r"\s*(?:[:\u2013\u2014]|-\s)[^.;\n]*$",
    re.I,
)
FAR = 700  # characters above a treatment in which the line that heads its list stands
LONGEST = 90  # characters of such a line


def heading_verdict(parsed: Parsed, start: int) -> str | None:
    """'none' where the line that heads the list says that what it lists failed."""
    lines = parsed.text[max(0, start - FAR) : start].split("\n")
    if not MARK.match(lines[-1] + parsed.text[start : start + 1]):
        return None
    above = next((line.strip() for line in reversed(lines[:-1]) if not MARK.match(line)), "")
    heads = above.endswith(":") and len(above) <= LONGEST
    return "none" if heads and _tells_failure(above) else None


def verdict_ahead(text: str, first: int, start: int, last: int) -> str | None:
    """'none' where the words before a list say that all of it failed: 'all of this failed - naproxen, PT, heat'."""
    return "none" if ALL_FAILED.search(text, first, start) and not EXCEPT.search(text, start, last) else None


def verdict_before(parsed: Parsed, start: int) -> str | None:
    """'none' where the sentence before says that care failed, this one which: 'Specifically: PT, naproxen'."""
    index = parsed.sentence_index(start)
    sentence, before = parsed.sentences[index], parsed.sentences[max(0, index - 1)]
    if not index or not IN_DETAIL.match(parsed.text, sentence.start) or before.end - before.start > LONGEST:
        return None
    return "none" if _tells_failure(parsed.text[before.start : before.end]) else None


def _tells_failure(words: str) -> bool:
    return bool(FAILED.search(words)) and not NOT_FAILED.search(words)
