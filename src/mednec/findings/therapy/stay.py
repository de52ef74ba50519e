"""An operation in the summary of a stay in hospital in, whether it is the one for which the patient stayed out."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed, Section
from mednec.findings.therapy.mention import Mention
from mednec.findings.therapy.status import PLANNING

COURSE = compiled(r"\bhospital(?:ization)? course\b|\bcourse (?:in|of) (?:the )?hospital", re.I)
EARLIER = compiled(r"\b(?:previous|prior|failed|status post|s/p|history of|retained|removal of)\b", re.I)


def is_of_this_stay(parsed: Parsed, mention: Mention, section: Section, first: int) -> bool:
    """Whether the summary of a stay tells of the operation that its own procedure heading names."""
    if not mention.concept.endswith("surgery") or section.name in ("past_surgical", "past_medical"):
        return False
    told_here = COURSE.search(parsed.text, section.start, section.body) or section.name in PLANNING
    if not told_here or not any(COURSE.search(parsed.text, part.start, part.body) for part in parsed.sections):
        return False
    if EARLIER.search(parsed.text, max(first, mention.start - 60), mention.start):
        return False
    return any(
        hit.concept == mention.concept
        for part in parsed.sections
        if part.name == "procedure"
        for hit in parsed.within(part.body, min(part.end, part.body + 400), "therapy")
    )
