"""The abbreviation of a scale in, whether it stands for something else here out: 'ODI (oxygen desaturation index)'."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings.terms import Hit

SPELLED = compiled(
    r"(?:\s+(?:of|score of)\s+[^.;\n(]{0,30})?(?:\s+\d+(?:\.\d+)?)?\s*\((?P<words>[A-Za-z][A-Za-z /-]{5,60})\)"
)
OF_SCALE = compiled(
    r"\b(?:oswestry|neck|back|pain|disab\w*|functio\w*|quest\w*|score|scale|raw|percent|moderate|severe|mild|crippled|"
    r"version|today|baseline|before|after|pre|post|prior|initial|lumbar|cervical|roland|improved|worse|points|minimal|goal|knee|hip|"
    r"shoulder|outcome|physical|impact|interference|upper|lower|extremity)\b",
    re.I,
)
OTHERS = compiled(r"\b(?:desaturation|oxygen|apnea|sleep|inhibitor|insipidus|dose|drug|nephrogenic)\b", re.I)
STUDY = compiled(
    r"\s+(?:of|from|on|by)\s+(?:the\s|his\s|her\s|a\s)?(?:\w+\s)?(?:sleep|apnea|oximetry|polysomno\w*)\b", re.I
)
DOSED = compiled(r"\s*(?:\([^)\n]*\))?\s*\d+(?:\.\d+)?\s?(?:mg|mcg|mL|units?|mmHg|cm)\b", re.I)


def stands_for_another(text: str, hit: Hit) -> bool:
    """Whether what stands in brackets spells another name, or a dose follows."""
    if not text[hit.start : hit.end].isupper():
        return False
    spelled = SPELLED.match(text, hit.end)
    words = spelled["words"] if spelled else ""
    other = bool(words) and bool(OTHERS.search(words) or not OF_SCALE.search(words))
    return other or bool(DOSED.match(text, hit.end)) or bool(STUDY.match(text, hit.end))
