"""A group of treatments and the cues around it in, its status and response out."""

from __future__ import annotations

import re

from mednec.findings.parse import Section
from mednec.findings.therapy_mentions import Mention, Setting
from mednec.findings.therapy_scope import Cue, Group, ahead, behind

BY_SECTION = {
    "medications": "current",
    "allergies": "contraindicated",
    "plan": "planned",
    "prescribed": "planned",
    "instructions": "planned",
    "aftercare": "planned",
    "goals": "planned",
    "chief_complaint": "planned",
    "education": "other",
    "family_history": "other",
}
FIRM = ("contraindicated", "declined", "not_tried", "other")
CONDITION = re.compile(r"\b(?:if|unless|once|should (?:she|he|the patient|they|this|these|symptoms|pain)|when she|when he|in case)\b(?! any\b)", re.I)
GENERIC = frozenset(
    "helps helped help helping has_helped have_helped relief relieves relieved improved improves improvement better effective benefit benefits improving is_better helpful reduced decreased controlled controls worse responded recurred works worked managed_by".split()
)
RESPONSELESS = ("planned", "not_tried", "contraindicated", "declined", "other")


def status(text: str, group: Group, every: list[Cue], section: Section, where: Setting, inherited: str | None) -> str | None:
    """What is told of a group: by the words behind it, else by those before it, else by its list; None where nothing is."""
    before = ahead(text, group, every, "status")
    after = behind(text, group, every, "status", min(group.after, group.last + 1))
    firm = next((cue for cue in after if cue.says["status"] in FIRM or cue.concept == "ended"), None)
    if firm:
        return firm.says["status"]
    if before:
        return before.says["status"]
    if after:
        return after[0].says["status"]
    return inherited


def default(section: Section, mention: Mention, where: Setting) -> str:
    """What a treatment is where nothing is told of it: its section decides."""
    if section.name in BY_SECTION:
        return BY_SECTION[section.name]
    if section.name == "procedure" and where.procedure and mention.group == "injection":
        return "performed"
    if section.name in ("history", "assessment") and mention.reading == "agent":
        return "current"
    return "past"


def is_supposed(text: str, group: Group) -> bool:
    """Whether the group stands in a condition: 'if she fails PT'."""
    return bool(CONDITION.search(text, max(group.first, group.before), group.start))


def response(text: str, group: Group, every: list[Cue]) -> str | None:
    """How the treatments of a group worked: what is said behind them, else before them; plain words yield to exact ones."""
    after = [cue for cue in behind(text, group, every, "response")]
    exact = [cue for cue in after if not _is_generic(text, cue)]
    if exact:
        return exact[0].says["response"]
    before = ahead(text, group, every, "response")
    if before and not after:
        return before.says["response"]
    return after[0].says["response"] if after else None


def _is_generic(text: str, cue: Cue) -> bool:
    return "_".join(text[cue.start : cue.end].lower().split()) in GENERIC
