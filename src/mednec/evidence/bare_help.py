"""A finding of treatment in, whether it is told to have helped and nothing of how much or how long out."""

from __future__ import annotations

import re

from mednec.model import Finding

MEASURES = ("relief_percent", "relief_days", "failure_reason")
HELPED = re.compile(
    r"\b(?:help(?:s|ed|ful|ing)?|benefit(?:s|ed|ted)?|effective|improv(?:ed|es)|eas(?:es|ed)|reliefs?|relieve[sd]|improvement"
    r"|success(?:ful)?|respon(?:ds?|ded|se)|useful|worthwhile|works?|worked|better|beneficial|positive|favorabl[ey])\b",
    re.IGNORECASE,
)
LITTLE = (
    r"some\w*|partial\w*|minim\w+|mild\w*|modest\w*|slight\w*|little|limited|only|bit|moderate\w*|less|barely|hardly"
    r"|fair|so-so"
)
SHORT = (
    r"tempor\w+|brief\w*|short\w*|transient\w*|fleeting\w*|initial\w*|first|wore|wears|lasting|days?|weeks?|months?"
    r"|hours?"
)
VARYING = r"occasional\w*|prn|intermittent\w*|variabl\w*|mixed|plateau\w*|dull\w*|takes|edge|function\w*|sleep\w*"
NOT_ALL = (
    r"zero|nil|scant|negligible|incomplete\w*|enough|insufficient\w*"
    r"|inadequa\w+|not|no|never|didnt|doesnt|cannot|untrue|without|fail\w*|worse"
)
PAIN_GOES_ON = (
    r"(?<!nothing )but|however|though|although|despite|still|yet|persist\w*|remain\w*|return\w*|recur\w*|continu\w*"
    r"|gone|fad\w+|vanish\w*|evaporat\w*|by the (?:next|same|time)|overnight"
    r"|then|until|while|when|now"
)
LIMITED = re.compile(rf"\b(?:{LITTLE}|{SHORT}|{VARYING}|{NOT_ALL}|{PAIN_GOES_ON})\b|n't\b|\d\s*%|/10", re.IGNORECASE)


def is_bare_help(finding: Finding) -> bool:
    """Whether a treatment 'helped', without a word that makes it little, short or not enough: no failure, no success.

    Such help is `partial` among findings, since nothing calls it great; it does not show that care has failed.
    """
    if finding.get("response") != "partial" or any(finding.get(name) is not None for name in MEASURES):
        return False
    return bool(HELPED.search(finding.quote)) and not LIMITED.search(finding.quote)
