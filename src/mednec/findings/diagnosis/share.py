"""How the pain divides between spine and limb ('80% leg, 20% back'): a parsed document in, findings out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mednec.expressions.patterns import compiled
from mednec.findings.diagnosis.place import region_of
from mednec.findings.diagnosis.window import window
from mednec.findings.parse import Parsed
from mednec.model import Finding

PLACE = (
    r"(?P<place>(?:low(?:er)? )?back|axial|spine|neck|legs?|arms?|(?:lower|upper) extremit(?:y|ies)|radicular"
    r"|buttocks? and legs?)"
)
WORDS = {"fifty": 50, "sixty": 60, "seventy": 70, "seventy-five": 75, "eighty": 80, "ninety": 90, "ninety-five": 95}
NUMBER = r"(?P<number>\d{1,3}|" + "|".join(sorted(WORDS, key=len, reverse=True)) + r")\s*(?:%|percent|per cent)"
SHARE_FIRST = compiled(
    rf"(?<![\d.]){NUMBER}\s*(?:(?:of|is|are|was)\s+)?(?:(?:the|her|his|their|my|total"
    rf"|overall)\s+)*(?:pain\s+)?(?:is\s+|comes\s+)?(?:(?:located\s+)?(?:in|from|on|to)\s+)?(?:(?:the|her|his|left"
    rf"|right|[LR])\s+)*{PLACE}\b",
    re.I,
)
PLACE_FIRST = compiled(
    rf"\b{PLACE}(?:\s+pain)?\s*(?:is|accounts for|=|:|-|at|about|\()?\s*(?:about\s+|roughly\s+)?(?<![\d.]){NUMBER}",
    re.I,
)
OF_TREATMENT = compiled(
    r"relief|reliev|reduc|improv|better|decreas|gone|eradicat|benefit|resol|ROM|range|strength|normal|compress"
    r"|height|stenosis",
    re.I,
)


def shares(parsed: Parsed) -> Iterator[Finding]:
    """One finding for each sentence that divides the pain: axial where more than half of it is in the spine."""
    done = -1
    for mark in _marks(parsed.text):
        sentence = parsed.sentence_at(mark)
        if mark < done:
            continue
        done = sentence.end
        first, last = max(sentence.start, mark - 120), min(sentence.end, mark + 200)
        parts = [*SHARE_FIRST.finditer(parsed.text, first, last)] or [*PLACE_FIRST.finditer(parsed.text, first, last)]
        status = _status(parts)
        if status is None or OF_TREATMENT.search(parsed.text, first, last):
            continue
        start, end = parts[0].start(), parts[-1].end()
        yield parsed.document.finding(
            "diagnosis", "axial_pain", start, end, quote=window(parsed, start, end), status=status,
            region=region_of(parsed, (first, start, end, last)), basis="clinical",
        )  # fmt: skip


def _marks(text: str) -> list[int]:
    """Where percentages stand; looking for two plain words is many times faster than a pattern."""
    found = []
    for word in ("%", "percent", "per cent"):
        at = text.find(word)
        while at >= 0:
            found.append(at)
            at = text.find(word, at + len(word))
    return sorted(found)


def _status(parts: list[re.Match[str]]) -> str | None:
    for part in parts:
        number = part["number"].lower()
        share = WORDS[number] if number in WORDS else int(number)
        axial = bool(re.match(r"(?:low|back|axial|spine|neck)", part["place"], re.I))
        if share != 50 and share <= 100:
            return "present" if (share > 50) == axial else "absent"
    return None
