"""A text in, whether its opening says that it is written for whoever decides on payment: a plea, whatever its form."""

from __future__ import annotations

import re
from functools import cache

from mednec.documents.patterns import data
from mednec.expressions.patterns import compiled

HEAD = 260  # characters in which a paper says whom it is for
DAY = compiled(r"\W*(?:dated? )?(?:\d{1,4}[/-]\d{1,2}[/-]\d{1,4}|[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4})\W*")
OPENING = compiled(r"(?i:dear|attn:?|attention:?)\s[^,:\n]{3,70}|[^\n]{0,12}?:[^.:\n]{3,140}|[^.:\n]{3,140}")
BETWEEN = compiled(r"\bpeer[- ]to[- ]peer\b", re.I)


def writes_to_payer(text: str) -> bool:
    """Whether the first words name a paper with its reader or its purpose, and no record of care."""
    head = text[:HEAD].lstrip()
    dated = DAY.match(head)
    opening = OPENING.match(head, dated.end() if dated else 0)
    words = opening.group() if opening else ""
    if not _any("paper").search(words) or _any("record").search(words):
        return False
    return bool(_any("reader").search(words) or _any("purpose").search(words) or BETWEEN.search(words))


@cache
def _any(name: str) -> re.Pattern[str]:
    return compiled(rf"\b(?:{'|'.join(data()['addressees'][name])})(?![a-z])", re.I)
