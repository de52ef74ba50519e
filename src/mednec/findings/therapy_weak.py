"""A treatment in everyday words in ('ice', 'exercise', 'surgery', 'medications'), whether it is told as a treatment out."""

from __future__ import annotations

import re

from mednec.findings.parse import Parsed
from mednec.findings.therapy_mentions import Mention, Setting, about_pain, is_back_reference
from mednec.findings.therapy_scope import Cue, Group, ahead, behind

ELSEWHERE = ("exam", "imaging", "review_of_systems", "vitals", "past_medical", "social_history", "family_history")
OUTSIDE_TREATMENT = ("technique_description", "anesthesia")
REST_OF_RELIEF = re.compile(r"\b(?:reliev|better|improv|alleviat|ease|help|ameliorat)\w*\s+(?:somewhat\s+|partially\s+)?(?:by|with|factors?:?(?:\s+include:?)?)?\s*(?:\w+,\s*|\w+\s+and\s+){0,3}$", re.I)
USED = ("planned", "past", "current", "declined", "not_tried", "contraindicated")


def counts(parsed: Parsed, group: Group, mention: Mention, every: list[Cue], where: Setting) -> bool:
    """Whether a mention is told as a treatment of this patient."""
    section = parsed.section_at(mention.start).name
    if where.procedure and not _in_procedure_note(parsed, group, mention, section):
        return False
    if not mention.weak:
        return True
    if section in ELSEWHERE and not where.record:
        return False
    strong = any(not other.weak for other in group.mentions)
    status = ahead(parsed.text, group, every, "status") or next(iter(behind(parsed.text, group, every, "status")), None)
    response = ahead(parsed.text, group, every, "response") or next(iter(behind(parsed.text, group, every, "response")), None)
    rule = RULES.get(mention.concept, _as_treatment)
    return rule(parsed, mention, strong, status, response)


def _in_procedure_note(parsed: Parsed, group: Group, mention: Mention, section: str) -> bool:
    """In a procedure note the technique, the anesthesia and the aftercare tell no treatments; a long procedure paragraph is technique."""
    if section in OUTSIDE_TREATMENT:
        return False
    if section in ("aftercare",):
        return mention.group == "medication"
    if section == "procedure":
        body = parsed.section_at(mention.start).body
        listed = mention.group == "injection" and (mention.start - body < 200 or len(parsed.text[group.sentence.start : group.sentence.end].split()) <= 22)
        return listed and not mention.weak
    return True


def _as_treatment(parsed: Parsed, mention: Mention, strong: bool, status: Cue | None, response: Cue | None) -> bool:
    return strong or bool(status or response)


def _surgery(parsed: Parsed, mention: Mention, strong: bool, status: Cue | None, response: Cue | None) -> bool:
    if is_back_reference(parsed.text, mention):
        return False
    listed = bool(re.search(r"(?:^|\n)[ \t]*(?:[-*\u2022]|\d{1,2}[.)]?)\s*(?:\w+\s+){0,2}$", parsed.text[max(0, mention.start - 40) : mention.start]))
    return strong or bool(status) or listed or parsed.section_at(mention.start).name == "procedure"


def _injection(parsed: Parsed, mention: Mention, strong: bool, status: Cue | None, response: Cue | None) -> bool:
    return not is_back_reference(parsed.text, mention) and (strong or bool(status or response) or parsed.section_at(mention.start).name in ("plan", "prior_treatment", "history", "procedure", "rationale"))


def _medication(parsed: Parsed, mention: Mention, strong: bool, status: Cue | None, response: Cue | None) -> bool:
    sentence = parsed.sentence_at(mention.start)
    if parsed.section_at(mention.start).name in ("medications", "allergies", "prescribed") or is_back_reference(parsed.text, mention):
        return False
    return strong and bool(status or response) or bool(response) and about_pain(parsed.text, sentence.start, sentence.end)


def _treatment(parsed: Parsed, mention: Mention, strong: bool, status: Cue | None, response: Cue | None) -> bool:
    return bool(status) and status is not None and status.says["status"] == "not_tried" and parsed.text[mention.start : mention.end].lower().startswith("treatment")


def _rest(parsed: Parsed, mention: Mention, strong: bool, status: Cue | None, response: Cue | None) -> bool:
    before = parsed.text[max(0, mention.start - 60) : mention.start]
    return strong or bool(REST_OF_RELIEF.search(before)) or bool(status and status.says["status"] in ("planned", "current", "past") and status.end <= mention.start and len(parsed.text[status.end : mention.start].split()) <= 2)


def _aid(parsed: Parsed, mention: Mention, strong: bool, status: Cue | None, response: Cue | None) -> bool:
    return bool(status and status.says["status"] == "planned") or bool(strong and response)


def _antidepressant(parsed: Parsed, mention: Mention, strong: bool, status: Cue | None, response: Cue | None) -> bool:
    sentence = parsed.sentence_at(mention.start)
    return strong or bool(status or response) and about_pain(parsed.text, sentence.start, sentence.end)


def _weight(parsed: Parsed, mention: Mention, strong: bool, status: Cue | None, response: Cue | None) -> bool:
    return strong or bool(status and status.says["status"] == "planned") or bool(response)


def _topical(parsed: Parsed, mention: Mention, strong: bool, status: Cue | None, response: Cue | None) -> bool:
    told = any(hit.concept == "topical_analgesic" and hit.start < mention.start and len(hit.term) > 5 for hit in parsed.of("therapy"))
    return told and (strong or bool(status or response))


def _steroids(parsed: Parsed, mention: Mention, strong: bool, status: Cue | None, response: Cue | None) -> bool:
    return bool(status and status.says["status"] in ("past", "current")) and not re.search(r"inject|epidural", parsed.text[mention.start - 30 : mention.end + 30], re.I)


RULES = {
    "spine_surgery": _surgery,
    "joint_surgery": _surgery,
    "injection_unspecified": _injection,
    "analgesic_unspecified": _medication,
    "conservative_unspecified": _treatment,
    "activity_modification": _rest,
    "other_therapy": _aid,
    "antidepressant_for_pain": _antidepressant,
    "weight_loss": _weight,
    "topical_analgesic": _topical,
    "oral_steroid": _steroids,
}
