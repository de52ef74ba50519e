"""A sentence that tells of a pain in, whether it or the field behind it says that the pain is over out."""

from __future__ import annotations

import re

from mednec.findings.needs import needing
from mednec.findings.parse import Sentence
from mednec.findings.patterns import compiled

ENDED = needing(  # a field or an aside of its own: 'status: resolved', '(resolved 03/2026)', '- gone since May'
    r"(?:\bstatus\b\W{0,3}|[(\[|]\s*|\s[\u2013-]\s*|,\s*|[ \t]{2,}|\.\s)(?:(?:now|since|fully|completely|all)\s)*"
    r"(?:resolved|inactive|healed|cured|recovered|in remission|no longer (?:present|active)|gone (?:since|now|by)|"
    r"closed)\b",
    re.I,
)
RETURNED = compiled(
    r"\b(?:return\w*|recur\w*|c[ao]me(?:s)? back|again|relaps\w*|flare\w*|until|not|never|if|partially|partly|"
    r"almost|mostly"
    r"|nearly|hardly|un\w*|when|with rest|overnight|each|every|on and off|but)\b",
    re.I,
)
FIELD = compiled(
    r"\s*(?:status\W{0,3}(?:now\s)?(?:resolved|inactive)|(?:date\s)?resolved\b\s*(?:date)?\s*[:(]?\s*(?:on\s)?\d)",
    re.I,
)


def has_ended(text: str, sentence: Sentence) -> bool:
    """Whether a problem is told as over: in its own row, or in the field that follows it."""
    if FIELD.match(text, sentence.end):
        return True
    stop = text.find("\n", sentence.start, sentence.end)
    ended = ENDED.search(text, sentence.start, stop if stop >= 0 else sentence.end)
    return bool(ended) and not RETURNED.search(text, sentence.start, sentence.end)
