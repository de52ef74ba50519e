"""A group of treatments and the cues around it in, its status and response out."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Section
from mednec.findings.quantities import SPELLED
from mednec.findings.therapy.mention import Mention
from mednec.findings.therapy.scope import Cue, Group, ahead, behind
from mednec.findings.therapy.setting import Setting

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
EVALUATED_FOR = ("spinal_cord_stimulator", "intrathecal_pump")
PLANNING = ("plan", "prescribed", "instructions", "aftercare", "goals")
FIRM = ("contraindicated", "declined", "not_tried", "other")
ADJECTIVE = compiled(
    r"(?:prior|previous|past|recent|last|first|initial|(?:a )?(?:full )?(?:course|trials?|series|round|"
    r"bout) of|(?:large|high|standing|substantial|significant|heavy|escalating)[\s-]dos(?:es of|e)|repeat|ongoing|"
    r"current|continued|as needed|prn|scheduled|possible|potential)",
    re.I,
)
NOT_BEFORE = compiled(r"(?:\b(?:not|never|no longer)|n't)\s+(?:(?:yet|ever|even|actually|so far|as yet)\s+)?$", re.I)
OF_EFFECT = compiled(
    r"\s+(?:any|much|the|enough|adequate|more)?\s*(?:[\w-]+\s+){0,2}?(?:relief|benefits?|improvement|help|effect|"
    r"response)\b",
    re.I,
)
DENIES_THAT = compiled(
    r"\bden(?:y|ies|ied)\s+(?:that\s+)?(?:s?he|they|the patient)\s+(?:(?:has|have|had|is|was)\s+)?(?:ever\s+|"
    r"previously\s+)?"
    r"(?:been\s+)?$",
    re.I,
)
INFINITIVE = compiled(r"to (?:have|use|take|do|get|undergo|start|begin|receive|attend|wear)\b|undergo", re.I)
AFTER_COURSE = compiled(
    r"\b(?:after|once|when|following)\s+(?:(?:he|she|they|the patient)\s+(?:has\s+)?)?(?:complet\w+|finish\w+|"
    r"his|her|the)\b|\b(?:RTC|return|follow[- ]?up|f/u|recheck|see (?:him|her|them)(?: back)?|"
    r"back)\s(?:in clinic\s)?after\s$",
    re.I,
)
LOOSE = compiled(
    r"(?:taking|using|doing|wearing|applying|be placed in|on|starting|continue|continuing|receiving|attending|"
    r"takes|uses|wears|"
    r"performs|begins)$",
    re.I,
)
# 'prescribed naproxen today', 'started on gabapentin today for 6 weeks': nothing of it has been taken yet.
ON_THIS_DAY = compiled(r"(?: [^\s.;]+){0,6}? (?:today|to be taken|at (?:this|today's) visit)\b", re.I)
GIVEN = compiled(r"\s*(?:were |was )?(?:requested|given|prescribed|needed|taken|used|at this time)\b", re.I)
OF_THE_WRITER = compiled(r"\b(?:I|we)\s+(?:have\s+|also\s+|then\s+|will\s+)*(?:\w+)?", re.I)
FROM = compiled(r"\b(?:from|since|with|after|by)\s+(?:the\s+|his\s+|her\s+)?$", re.I)
CONDITION = compiled(
    r"\b(?:if(?!\s+(?:s?he|the patient)\s+(?:takes|uses|does(?! not)|wears|applies)\b)|unless|once|should (?:she|he|"
    r"the patient|they|this|these|symptoms|pain)|"
    r"when s?he(?!\s+(?:\w+ly\s+)?(?:\w+ed|had|was|took|quit|went|did|got|came|has)\b)|"
    r"in case)\b(?! any\b)",
    re.I,
)
RESTRICTION = compiled(
    r"(?:not?|avoid|off|light|sedentary|frequent|proper|stay|lifting|lift|work|restrict\w*|modified|limit\w*|desk|"
    r"remain|stay|keep|be)\b",
    re.I,
)
UNWARRANTED = compiled(
    r"\b(?:do|does|did)(?: not|n't) (?:think|believe|feel) (?:that )?(?:this |the )?(?:patient|s?he|they|it|there|"
    r"we|i)\b"
    r"[^.;,]{0,30}$",
    re.I,
)
REQUIRED = compiled(
    r"\b(?:requir(?:ing|es?)|necessitat(?:ing|es?)|needing|needs?|in need of)\s+(?:an?\s+)?(?:[\w-]+\s+){0,2}$", re.I
)
USE = compiled(r"\s+(?:use|usage|regimen|requirements?)\b", re.I)
CHRONIC = compiled(r"\bchronic\b", re.I)
ASIDE = compiled(
    r"[^,;(\n]{0,24}\([^()\n]{0,16}"
    r"|[^,;(\n]{0,40},?\s(?:which|that)\s(?:(?:was|were|he|she|the patient|has|had|been|now)\s){0,4}",
    re.I,
)
ARTICLE = compiled(r"\s+|\b(?:the|any|an?|his|her)\b", re.I)
SET_DOWN = compiled(r"\b(?:is|are|was|were|be|been|has|have|will|to)\s+(?:\w+\s+)?$", re.I)
OR_ELSE = compiled(r"\b(?:or|nor)\s+$", re.I)
HANDED = compiled(
    r"\b(?:given|prescribed|placed on|started on|started|begun on)$", re.I
)  # which may never have been taken
IN_THE_PAST = compiled(
    r"(?:\s+and\s+(?:all\s+)?(?:these|other|the)\s+\w+)?\s+(?:in the past|previously|at one (?:time|point)|"
    r"years ago|before(?=\s*[.,;]))(?!\s+(?:\d|few|year|month|"
    r"week|several))",
    re.I,
)
TO_THE_PATIENT = compiled(
    r"\b(?:s?he|the patient|pt)\s+(?:also\s+)?(?:may|can|should|will|is to)\s+[^.;:\n]{0,40}$",
    re.I,
)  # advice to this patient: 'she may also ice the knee'
VISITED = compiled(
    rf"(?:seen|treated|attended)\b|(?:\d{{1,3}}|{SPELLED})\s+(?:\w+\s+)?(?:visits|sessions|treatments)\b", re.I
)
PRESCRIBED = compiled(r"prescri", re.I)
COURSE = compiled(r"\bcourse\b", re.I)  # of a stay in hospital
LOOKS_BACK = compiled(  # 'Treatments: PT in 2025, no better. Ibuprofen - no help': headed like a plan, told of the past
    r"\bno (?:better|help|relief|benefit|improvement|effect)\b|\bfailed\b"
    r"|\b(?:did not|didn't|has not|without) (?:help|relie|benefit|improv)"
    r"|\b(?:helped|tried|stopped|could not tolerate)\b",
    re.I,
)
RESPONSELESS = ("planned", "not_tried", "contraindicated", "declined", "other", "performed")


def status(text: str, group: Group, every: list[Cue], section: Section, mention: Mention) -> str | None:
    """What is told of a group: by the words behind it, else by those before it; None where nothing is."""
    before = ahead(text, group, every, "status")
    after = _behind(text, group, every, section, mention)
    firm = next((cue for cue in after if cue.says["status"] in FIRM or cue.concept == "ended"), None)
    if (
        firm
        and firm.concept == "declined"
        and any(cue.end <= firm.start for cue in behind(text, group, every, "response"))
    ):
        return "past"  # what has had its effect was done: 'trial with 70% relief, declined the implant'
    if before and firm is None and before.says["status"] == "planned" and _is_done_today(text, group, every):
        return "performed"
    if before and firm is None and (then := _then(text, group, every, before)):
        return then
    if firm and not (before and before.says["status"] in FIRM and _is_listed_before(text, group, mention)):
        return firm.says["status"]
    if before and after and ADJECTIVE.fullmatch(text, before.start, before.end):
        return after[0].says["status"]
    if before and before.says["status"] == "current" and IN_THE_PAST.match(text, group.end):
        return "past"
    if before:
        return _settled(text, group, every, before, section)
    if after:
        told = after[0].says["status"]
        return ("planned" if section.name in PLANNING else "past") if told == "dispensed" else told
    given = (cue for cue in every if cue.concept == "dispensed" and group.end <= cue.start < group.last)
    return "planned" if any(_is_only_prescribed(text, group, every, cue) for cue in given) else None


def _is_only_prescribed(text: str, group: Group, every: list[Cue], cue: Cue) -> bool:
    """Whether exercise or the like is told as prescribed, and nothing of what came of it: that is an order."""
    if group.mentions[0].group not in ("active", "passive") or not PRESCRIBED.search(text, cue.start, cue.end):
        return False
    return not any("response" in one.says or one.says.get("status") == "past" for one in every if one is not cue)


def _is_done_today(text: str, group: Group, every: list[Cue]) -> bool:
    """Whether an injection that is recommended is told to be given in the same breath: '..., which was done today'."""
    after = behind(text, group, every, "status")
    return group.mentions[0].group == "injection" and any(cue.concept == "injected" for cue in after)


def _then(text: str, group: Group, every: list[Cue], before: Cue) -> str | None:
    """What became of what was prescribed: 'tramadol, which she takes at night', 'referred to PT, which he attended'."""
    if before.says["status"] not in ("planned", "dispensed") and not HANDED.search(text, before.start, before.end):
        return None
    told = (cue for cue in behind(text, group, every, "status") if cue.concept in ("taken_after", "done_after"))
    return next((cue.says["status"] for cue in told), None)


def _is_listed_before(text: str, group: Group, mention: Mention) -> bool:
    """Whether a comma alone parts a treatment from its group's last: 'avoids opioids, surgery not indicated'."""
    last = group.mentions[-1]
    return mention is not last and text[mention.end : last.start].strip() == ","


def _is_aside(text: str, group: Group, mention: Mention, section: Section, cue: Cue) -> bool:
    """Whether a cue stands in brackets behind another drug of a list, of which alone it speaks.

    'Norco, Mobic (stopped)' stops the Mobic.
    """
    last = group.mentions[-1]
    listed = section.name in ("medications", "past_surgical") and mention is not last
    return listed and bool(ASIDE.fullmatch(text, last.end, cue.start))


def _behind(text: str, group: Group, every: list[Cue], section: Section, mention: Mention) -> list[Cue]:
    """The status cues behind a group: those of its clause, and a refusal in the rest of the sentence."""
    after = [cue for cue in behind(text, group, every, "status") if not _is_aside(text, group, mention, section, cue)]
    offered = ahead(text, group, every, "status")
    refusable = (
        offered is None
        or offered.says["status"] in ("planned", "dispensed")
        or HANDED.search(text, offered.start, offered.end)
    )
    beyond = {"ended", "declined", "not_tried_after"} if refusable else {"ended"}
    return [cue for cue in after if cue.end <= group.last + 1 or cue.concept in beyond]


def _settled(text: str, group: Group, every: list[Cue], cue: Cue, section: Section) -> str:
    """What a cue before a group says; a participle yields to the verb that governs it ('recommended taking')."""
    told, words = cue.says["status"], text[cue.start : cue.end].lower()
    earlier = [
        one
        for one in every
        if "status" in one.says and one.scope != "backward" and group.first <= one.start and one.end <= cue.start
    ]
    governing = earlier[-1] if earlier and len(text[earlier[-1].end : cue.start].split()) <= 8 else None
    effect = OF_EFFECT.match(text, cue.end)  # 'is not receiving any relief from it' denies the relief alone
    if (
        not effect
        and told in ("past", "current", "planned")
        and (refused := NOT_BEFORE.search(text, max(group.first, cue.start - 12), cue.start))
    ):
        return "past" if "longer" in refused.group() else "not_tried"
    if told in ("past", "current") and DENIES_THAT.search(text, max(group.first, cue.start - 50), cue.start):
        return "not_tried"
    if told == "planned" and UNWARRANTED.search(text, group.first, cue.start):
        return "contraindicated"
    if (
        governing
        and governing.concept in ("other_person", "general")
        and len(text[governing.end : cue.start].split()) <= 2
    ):
        return "other"
    if words == "scheduled" and _is_by_the_clock(text, group, cue):
        return "current"
    if words in ("last", "prior", "previous") and FROM.search(text, max(group.first, cue.start - 12), cue.start):
        return "past"
    if governing and ADJECTIVE.fullmatch(words):
        return _settled(text, group, every, governing, section)
    if governing and (governed := _governed(text, governing, cue)):
        return governed
    if ADJECTIVE.fullmatch(words) and (
        section.name in PLANNING and not any(past in words for past in ("previous", "prior", "last"))
    ):
        return "planned"
    if told == "dispensed":
        return _dispensed(text, group, every, cue, section)
    return "contraindicated" if told == "not_tried" and _is_unsafe(text, group, every, cue, section) else told


def _dispensed(text: str, group: Group, every: list[Cue], cue: Cue, section: Section) -> str:
    """What was given out or prescribed is a plan where that was done in this visit, else was had."""
    writer = OF_THE_WRITER.search(text, max(0, cue.start - 16), cue.end)
    here = bool(writer) and group.mentions[0].group == "medication"
    here = here or bool(ON_THIS_DAY.match(text, group.end)) or _is_ordered(text, cue, section)
    here = here or _is_only_prescribed(text, group, every, cue)
    return "planned" if here or section.name in PLANNING else "past"


def _is_by_the_clock(text: str, group: Group, cue: Cue) -> bool:
    """Whether a drug is taken by the clock, not as needed: 'with scheduled acetaminophen'."""
    return group.mentions[0].group == "medication" and not SET_DOWN.search(text, group.first, cue.start)


def _is_ordered(text: str, cue: Cue, section: Section) -> bool:
    """Whether 'prescribed' opens what was done today under a heading such as 'Medical treatment:'."""
    lead = text[max(section.body, cue.start - 12) : cue.start]
    return section.name == "treatment" and not lead.strip(" \t\n:*-\u2022")


def _governed(text: str, governing: Cue, cue: Cue) -> str | None:
    """What the verb before a cue makes of it: 'recommended taking', 'has tried using', 'continues to use'."""
    told, words, says = cue.says["status"], text[cue.start : cue.end].lower(), governing.says["status"]
    adjacent = not ARTICLE.sub("", text[governing.end : cue.start])
    listed = LOOSE.match(words) and OR_ELSE.search(text, governing.end, cue.start)
    if says == "not_tried" and (adjacent or listed):
        return "not_tried"
    if (
        told == "planned"
        and INFINITIVE.match(words)
        and (says in FIRM or "continu" in text[governing.start : governing.end].lower())
    ):
        return says
    if told != "current" or not LOOSE.match(words):
        return None
    if governing.concept in ("tried", "ended") and adjacent:
        return "past"
    if says == "planned":
        return "current" if "continu" in words else "planned"
    return None


def _is_unsafe(text: str, group: Group, every: list[Cue], cue: Cue, section: Section) -> bool:
    """Whether a drug is ruled out rather than not yet taken: 'CKD, no NSAIDs', and any 'no NSAIDs' of a plan."""
    if (
        text[cue.start : cue.end].lower() not in ("no", "no further", "no more", "no additional")
        or not (
            group.mentions[0].group == "medication"
            or (group.mentions[0].group == "injection" and section.name in ("plan", "instructions"))
        )
        or GIVEN.match(text, group.end)
    ):
        return False
    return section.name in PLANNING or any(
        one.concept == "not_safe" and group.sentence.start <= one.start and 0 <= cue.start - one.end <= 40
        for one in every
    )


def default(section: Section, mention: Mention, where: Setting, text: str, answer: str | None) -> str:
    """What a treatment is where nothing is told of it: its section decides."""
    if where.education:
        return "other"
    if section.name == "education" and TO_THE_PATIENT.search(
        text, max(section.body, mention.start - 90), mention.start
    ):
        return "planned"
    if section.name in BY_SECTION or (where.psychological and mention.concept in EVALUATED_FOR):
        return BY_SECTION.get(section.name, "planned")
    counted = where.record and (VISITED.match(text, mention.start) or mention.group == "medication")
    if section.name == "treatment" and mention.agent and LOOKS_BACK.search(text, section.body, section.end):
        return "past"
    if (where.record and section.name in ("rationale", "assessment") and not counted) or (
        section.name == "treatment" and mention.agent and not where.record
    ):
        return "planned"
    if section.name == "procedure" and mention.group == "injection":
        return "performed"
    if (
        section.name == "assessment"
        and mention.group == "injection"
        and REQUIRED.search(text, mention.start - 40, mention.start)
    ):
        return "planned"
    if mention.concept == "activity_modification" and RESTRICTION.match(text, mention.start):
        return "planned"
    if mention.group == "medication" and (
        CHRONIC.search(text, max(0, mention.start - 9), mention.end)
        or (mention.concept == "opioid" and mention.reading == "class" and USE.match(text, mention.end))
    ):
        return "current"
    if mention.reading == "agent" and COURSE.search(text, section.start, section.body):
        return "past"
    if mention.reading == "agent" and section.name not in (
        "prior_treatment",
        "rationale",
        "indication",
        "technique_description",
    ):
        return "past" if answer in ("none", "worse") else "current"
    return "past"


def is_supposed(text: str, group: Group, section: Section) -> bool:
    """Whether the group stands in a condition: 'if she fails PT', 'return after he has completed PT'."""
    first = max(group.first, group.before)
    return bool(CONDITION.search(text, first, group.start)) or (
        section.name in PLANNING and bool(AFTER_COURSE.search(text, first, group.start))
    )
