"""A treatment whose effect is told by pointing at the one before in, that effect out: 'PT failed; so did naproxen'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.model import Finding

AMOUNT = (
    r"(?:\s+(?:the|his|her|their|a|an|any|of|\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve|weeks?|months?"
    r"|visits?|sessions?|course|trial|home|oral|daily|regular|lumbar|cervical|low|neck|back|more|prior|previous|"
    r"earlier))*\s+"
)
NEITHER = compiled(rf"\b(?:nor|neither)\s+(?:did|does|do|has|have|had){AMOUNT}\Z", re.I)
ALSO = compiled(rf"\b(?:and so|so|as)\s+(?:did|does|do|has|have|had){AMOUNT}\Z", re.I)
OF_EFFECT = compiled(  # what may stand behind 'nor did naproxen'; 'nor did naproxen arrive' tells of another thing
    r"(?:\s+(?:\w+ly|tried|taken|given|used|done|alongside|either|before|after|then|at all|that followed"
    r"|(?:beside|with) it|for (?:the|her|his)(?: \w+){1,2}|twice|daily|at home|in \w+))*\s*"
    r"(?:[.,;:)\n]|$|(?:help|work|relieve|provide|bring|touch|change|make|do|improve|ease|give|suffice|ha[sd]|get|been"
    r"|any|much)\w*\b)",
    re.I,
)
LIKEWISE = compiled(  # 'naproxen likewise', 'naproxen: the same'; a drug that is to be taken 'the same' has no effect
    r"(?:(?:\s*[,:\u2013-])?\s*\b"
    r"(?:likewise|ditto|similarly|equally so|no different|(?:the )?same (?:result|story|outcome))"
    r"|\s*[:\u2013-]\s*(?:the )?same)\s*(?:[.;,)\n]|$)",
    re.I,
)
NEAR = 160  # characters between the two treatments
TRIED = ("past", "current", "performed")
FAILED = ("none", "worse")


def echoed(parsed: Parsed, finding: Finding, given: Sequence[Finding]) -> Finding:
    """The treatment, with the effect of the one told before it where its own words only point at that.

    `given` are the treatments told before it, in order; of the last of them with an effect this one has the same.
    """
    if finding.get("response") or finding.get("status") not in (*TRIED, "not_tried"):
        return finding
    before = next((one for one in reversed(given) if one.get("response")), None)
    if before is None or finding.start - before.end > NEAR or before.get("status") not in TRIED:
        return finding
    answer = before.get("response")
    if not _points_back(parsed.text, finding, failed=answer in FAILED):
        return finding
    status = "past" if finding.get("status") == "not_tried" else finding.get("status")
    return replace(finding, attributes={**finding.attributes, "response": answer, "status": status})


def _points_back(text: str, finding: Finding, *, failed: bool) -> bool:
    """Whether the words around a treatment say that it did as the one before: 'nor did it' only after a failure."""
    start = max(0, finding.start - 60)
    if failed and NEITHER.search(text, start, finding.start):
        return bool(OF_EFFECT.match(text, finding.end))
    if ALSO.search(text, start, finding.start):
        return bool(OF_EFFECT.match(text, finding.end))
    return finding.get("status") != "not_tried" and bool(LIKEWISE.match(text, finding.end))
