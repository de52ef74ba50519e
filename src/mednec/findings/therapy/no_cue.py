"""A word beside a treatment in, whether it tells of something else out: of its paper, of its effect, of a question."""

from __future__ import annotations

import re
from collections.abc import Mapping

from mednec.expressions.patterns import compiled
from mednec.findings.assertion.relatives import is_beside
from mednec.findings.assertion.writers import means_patient
from mednec.findings.parse import Parsed

NONE_OF = compiled(
    r"(?:none|not\s+one)\s+of\s+(?:his|her|the|their|all)(?:\s+[\w-]+){1,6}?\s+(?:has\s+|have\s+|had\s+"
    r"|ever\s+)?(?:left|help\w*|gave|given|brought"
    r"|did|made|eased|worked|reliev\w+|touch\w*|provid\w+|improv\w+|chang\w+|lasted|got|budged|mattered|paid)\b"
    r"|none\s+of\s+(?:it|them|this|these|those|that|which)\b(?!\s+(?:(?:was|were|has|have|had|is|are|been|ever|yet"
    r"|actually)\s+)*"
    r"(?:tried|done(?!\s+(?:any|much|a\s|him|her|the))|attempted|started|begun|attended|taken|filled|used|kept"
    r"|completed|given|received|made|happened|took|went|covered|approved|authori[sz]ed)\b)",
    re.I,
)
ASKED = compiled(r"[^.;:?\n]{0,40}\?\s+(?:no|not|none|nope|hardly|nothing|little|never|negative)\b", re.I)
LABELED = compiled(
    r"\b(?:response|outcome|results?|effect|benefit|relief|improvement|gains?|change|help(?:ed|ful)?)\s*[:=?]\s*\Z",
    re.I,
)
PAPERWORK = compiled(
    r"\b(?:intake|paperwork|forms?|referral|order|fax|authori[sz]ation|pre-?cert\w*|scheduling|questionnaires?|consent"
    r"|registration|request|script)\s+(?:(?:was|is|were|are|has|have|been|all|now|already)\s+)*\Z",
    re.I,
)
WE_STARTED = compiled(r"(?:i|we)\s+started", re.I)
AGO = compiled(r"\b(?:ago|last (?:month|spring|summer|fall|winter|year|visit)|back in|since then)\b", re.I)


def is_no_status(parsed: Parsed, start: int, end: int, concept: str, says: Mapping[str, str]) -> bool:
    """Whether the paper is over, not the treatment ('intake done'), or the effect is told: 'none of it is worth it'."""
    text = parsed.text
    if concept in ("other_person", "other_person_after"):
        return means_patient(parsed, text[start:end]) or is_beside(text, start, end)
    if concept == "not_tried_after":
        labeled = LABELED.search(text, max(0, start - 30), start)
        return bool(labeled) or NONE_OF.match(text, start) is not None
    if "response" in says and ASKED.match(text, end):
        return True  # 'Did it help? Not really.'
    if says.get("status") == "planned" and WE_STARTED.fullmatch(text, start, end):
        sentence = parsed.sentence_at(start)
        return AGO.search(text, sentence.start, sentence.end) is not None
    over = says.get("status") == "past" and "response" not in says
    return over and PAPERWORK.search(text, max(0, start - 36), start) is not None
