"""Ice, heat or a brace in a plan in, whether its sentence opens with it as an order out."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.findings.therapy.mention import Mention

BIDDEN = compiled(  # a brace or ice at the head of an order
    r"(?:[\s*\u2022-]|\d{1,2}[.)]|\b(?:please|then|may|can|should|patient|pt|the|his|her|your|a|an|moist|local|warm"
    r"|wears?|use|uses|apply|applies|keep|try|local)\b)*",
    re.I,
)
NOT_BIDDEN = compiled(
    r"\s+(?:was|were|is|has|had|did|does|removed|off|intoleran\w+|rash|stroke|exhaustion|exposure|cream|chips)\b", re.I
)


def is_bidden(parsed: Parsed, mention: Mention) -> bool:
    """Whether a sentence of a plan opens with ice, heat or a brace: 'Ice after activity', 'Wear the brace at work'."""
    if mention.concept not in ("heat_cold", "bracing"):
        return False
    text, sentence = parsed.text, parsed.sentence_at(mention.start)
    start = max(sentence.start, parsed.section_at(mention.start).body)
    return BIDDEN.fullmatch(text, start, mention.start) is not None and not NOT_BIDDEN.match(text, mention.end)
