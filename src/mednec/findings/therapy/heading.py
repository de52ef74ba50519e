"""A treatment in a list in, what the line above the list says of all of its items out: 'Failed treatments:'."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.findings.sentences import MARK

FAILED = compiled(
    r"\b(?:failed|failures?|unsuccessful|without (?:relief|benefit|success|improvement)|not help(?:ed|ful)|"
    r"did not help|ineffective|(?:pain|symptoms) (?:unchanged|persists?|the same|not (?:better|improved))|"
    r"none (?:has |have )?helped|no (?:relief|benefit|improvement) (?:from|with|after))\b",
    re.I,
)
NOT_FAILED = compiled(
    r"\b(?:not failed|no failed|if|must|criteria|policy|required?|requires|or)\b"
    r"|\bfailed\s+(?:\w+\s+)?(?:back|fusion)\b(?!\s+pain)",
    re.I,
)
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
    r"\s*(?:[:\u2013\u2014]|-\s)[^.;\n]*$|"
    r"(?<!not\s)(?<!if\s)\b(?:tried\s*(?:and|/|&|,)\s*failed|failed\s+(?:(?:conservative|prior|previous)\s+)?(?:care|measures|treatments?"
    r"|therap(?:y|ies)|trials?))\s*(?:[:\u2013\u2014]|-\s)[^.;\n]*$",
    re.I,
)
OF_ALL = (
    r"(?:all|both|each|every one|either|any|none|neither|nothing)(?:\s(?:of\s)?(?:these|them|the (?:above|three|"
    r"two|four|measures"
    r"|treatments)|those|this|three|two|four|it|treatments|measures))?"
)
ALL_BELOW = (
    compiled(  # 'Response to both: no relief', 'Review: none of them helped', 'All of the above without benefit'
        r"\s*(?:[-*\u2022=>]+\s*)?(?:"
        rf"(?:outcome|response|results?|effect|relief|benefit|verdict|efficacy|"
        rf"helped)\b[^:=\n]{{0,20}}\b{OF_ALL}\s*[:=\u2013-]\s*{{fails}}"
        rf"|(?:(?:outcome|response|results?|effect|review|verdict|overall|summary|assessment)\s*:\s*)?(?:"
        rf"{OF_ALL}\s*(?:\(\d\)\s*)?(?:[:=\u2013-]\s*)?(?:(?:were|was|have been|had been|are)\s)?(?:tried\s)?{{fails}}"
        r"|(?:none|neither|nothing|not one)(?:\s(?:of\s)?(?:these|them|the above|those|this|it))?\s(?:has\s|have\s|"
        r"had\s)?(?:really\s)?"
        r"(?:helped|worked|relieved|eased|made a difference|gave|given|brought|provided))"
        r")".replace(
            "{fails}",
            r"(?:(?:with(?:out)?\s|w/o\s|gave\s|brought\s|had\s)?(?:no|little|minimal|any|without)?\s?(?:\w+\s)?"
            r"(?<!good )(?<!much )(?:relief|benefit|improvement|help|change|effect|success)\b|none\b|nil\b|failed\b|"
            r"ineffective\b"
            r"|unsuccessful\b|unhelpful\b|did not help|no help\b|nothing\b|pain (?:unchanged|persists|the same))",
        ),
        re.I,
    )
)
FAVORABLE = compiled(
    r"\b(?:good|great|excellent|much|marked|some|partial|significant|substantial|complete|full|moderate|"
    r"failed to help)\b",
    re.I,
)
FOLLOWING = 8  # list items behind a treatment after which what is said of all of them may stand
FAR = 700  # characters above a treatment in which the line that heads its list stands
LONGEST = 90  # characters of such a line


def heading_verdict(parsed: Parsed, start: int) -> str | None:
    """'none' where the line that heads the list says that what it lists failed."""
    lines = parsed.text[max(0, start - FAR) : start].split("\n")
    if not MARK.match(lines[-1] + parsed.text[start : start + 1]):
        return None
    above = next((line.strip() for line in reversed(lines[:-1]) if not MARK.match(line)), "")
    heads = (above.endswith(":") or above.isupper()) and len(above) <= LONGEST
    return "none" if heads and _tells_failure(above) else None


def verdict_ahead(text: str, first: int, start: int, last: int) -> str | None:
    """'none' where the words before a list say that all of it failed: 'all of this failed - naproxen, PT, heat'."""
    return "none" if ALL_FAILED.search(text, first, start) and not EXCEPT.search(text, start, last) else None


def verdict_below(parsed: Parsed, start: int) -> str | None:
    """'none' where the line behind the list says that nothing of it helped: 'Response to both: no relief'."""
    index = parsed.sentence_index(start)
    before = parsed.sentences[index]
    for sentence in parsed.sentences[index + 1 : index + 1 + FOLLOWING]:
        if parsed.text.count("\n", before.end, sentence.start) > 1:
            return None
        if ALL_BELOW.match(parsed.text, sentence.start, sentence.end):
            return None if FAVORABLE.search(parsed.text, sentence.start, sentence.end) else "none"
        if not parsed.within(sentence.start, sentence.end, "therapy"):
            return None
        before = sentence
    return None


def verdict_before(parsed: Parsed, start: int) -> str | None:
    """'none' where the sentence before says that care failed, this one which: 'Specifically: PT, naproxen'."""
    index = parsed.sentence_index(start)
    sentence, before = parsed.sentences[index], parsed.sentences[max(0, index - 1)]
    if not index or not IN_DETAIL.match(parsed.text, sentence.start) or before.end - before.start > LONGEST:
        return None
    return "none" if _tells_failure(parsed.text[before.start : before.end]) else None


def _tells_failure(words: str) -> bool:
    return bool(FAILED.search(words)) and not NOT_FAILED.search(words)
