"""A treatment in the report of an operation in, its status out where the report tells of the time after.

'The patient was given a prescription for hydrocodone', 'therapy begins in six weeks' stand at the end of a technique.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed, Section
from mednec.findings.therapy.handed_out import is_handed_out

if TYPE_CHECKING:
    from mednec.findings.therapy.mention import Mention

PREPARED = compiled(
    r"\b(?:prepped|draped|incision(?! (?:and|&) (?:drainage|debridement))|sterile|anesthesia was|intubat|needle|"
    r"positioned)\b",
    re.I,
)
REPORTING = ("technique_description", "procedure", "anesthesia", "history", "other", "treatment", "aftercare")
BY_NEEDLE = compiled(
    r"\b(?:IV|IM|intraven\w*|intramusc\w*|inject\w*|infiltrat\w*|instill\w*|epidural\w*|intrathecal\w*|irrigat\w*|pump|"
    r"cc|mL|preop\w*|intraop\w*|anesthe\w+|soaked|mixture|catheter)\b|\d\s*%",
    re.I,
)
PRESCRIBED = compiled(
    r"\b(?:prescri\w+|scripts?|discharged?\s+(?:(?:to\s+)?home\s+)?(?:on|with)|(?:sent|went|go|goes) home (?:on|with)|"
    r"(?:was|were|is|be) (?:also\s+)?(?:given|placed on|started on)|"
    r"p\.?\s?r\.?\s?n\b|p\.o\b|to take|will take|take home|refills?|"
    r"(?:managed|controlled|treated) with)\b",
    re.I,
)
USED = compiled(
    r"\b(?:has been (?:requiring|taking|using|on)|requir(?:es|ing)|takes|"
    r"is (?:already |currently )?(?:on|taking|using)|"
    r"already (?:has|have|had|at home|on|taking)|resume[sd]?|continues?|continuing|usual|preoperative)\b",
    re.I,
)
DUE = compiled(
    r"\b(?:will|shall|begins?|beginning|starts?|starting|started|initiat\w+|refer\w*|ordered|recommend\w*|schedul\w+|"
    r"post-?op\w*|weeks|to follow)\b",
    re.I,
)
BESIDE = 45  # characters
EXERCISED = ("physical_therapy", "home_exercise", "aquatic_therapy")


def told_after(parsed: Parsed, mention: Mention, section: Section) -> str | None:
    """The status of what the report of an operation names behind the work itself; None where it names no such."""
    if section.name in REPORTING and section.name != "history" and is_handed_out(parsed, mention):
        return "current" if _is_used(parsed, mention) else "planned"
    if section.name not in REPORTING or mention.weak or not is_technique(parsed.text, section, mention.start):
        return None
    sentence = parsed.sentence_at(mention.start)
    start, end = max(sentence.start, section.body), sentence.end
    if mention.group == "medication":
        if BY_NEEDLE.search(parsed.text, start, end):
            return None
        if _is_used(parsed, mention):
            return "current"
        return "planned" if PRESCRIBED.search(parsed.text, start, end) else None
    due = mention.concept in EXERCISED and DUE.search(parsed.text, start, end)
    return "planned" if due and not PREPARED.search(parsed.text, start, end) else None


def _is_used(parsed: Parsed, mention: Mention) -> bool:
    """Whether the words beside a drug say that it is taken already."""
    sentence = parsed.sentence_at(mention.start)
    start, end = max(sentence.start, mention.start - BESIDE), min(sentence.end, mention.end + BESIDE)
    return USED.search(parsed.text, start, end) is not None


def is_technique(text: str, section: Section, start: int) -> bool:
    """Whether a section, whatever its heading, has come to the work itself before an offset."""
    return PREPARED.search(text, section.body, start) is not None
