"""An injection 'at the same levels' in, with levels, side and region of the one before it out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.model import Finding

SAME = compiled(
    r"[^.;\n]{0,60}?\b(?:same(?:\s+(?:levels?|joints?|nerves?|sites?|targets?)(?:\s*(?:,|and|&)\s*(?:the\s+)?sides?)?"
    r"|(?=\s*[,;)]))|(?:levels?|joints?|sites?)\s+(?:as\s+(?:before|above)|unchanged))(?!\s+(?:day|session|visit))",
    re.I,
)
VERSUS = compiled(
    r"\s*(?:,\s*)?(?:versus|vs\.?|or|rather than)\s+(?:an?\s+)?(?:(?!left|right|bilateral)[\w-]+\s+){0,3}", re.I
)
PLACES = ("levels", "side", "region")
FAR = 600  # characters back within which the one before is told, so that the quote can hold both


def at_the_same_place(parsed: Parsed, finding: Finding, earlier: Sequence[Finding]) -> Finding:
    """The finding, with the place of the last earlier one of its kind where the text says that it is the same.

    Its quote then begins with that of the earlier one, so that it shows where the place is told.
    """
    if earlier and _is_an_alternative(parsed, earlier[-1], finding):
        place = {name: earlier[-1].get(name) for name in PLACES if earlier[-1].get(name) is not None}
        return replace(finding, attributes={**place, **finding.attributes})
    if finding.get("levels") or not SAME.match(parsed.text, finding.end):
        return finding
    before = next((one for one in reversed(earlier) if one.concept == finding.concept and one.get("levels")), None)
    if before is None or finding.start - before.quote_start > FAR:
        return finding
    if any(finding.get(name) not in (None, before.get(name)) for name in PLACES):
        return finding
    place = {name: before.get(name) for name in PLACES if before.get(name) is not None}
    quote = (min(before.quote_start, finding.quote_start), finding.quote_end)
    said = {**finding.attributes, **place}
    return parsed.document.finding("therapy", finding.concept, finding.start, finding.end, quote=quote, **said)


def _is_an_alternative(parsed: Parsed, before: Finding, finding: Finding) -> bool:
    """Whether a procedure is weighed against the one before: 'left hip replacement versus resurfacing'."""
    same = before.concept == finding.concept and before.concept.endswith(("surgery", "injection"))
    return same and not finding.get("region") and VERSUS.fullmatch(parsed.text, before.end, finding.start) is not None
