"""A treatment with all that surrounds it in, its status out: settled by its place, told in words, else likely."""

from __future__ import annotations

import re
from typing import Any

from mednec.expressions.patterns import compiled
from mednec.findings.dates import periods
from mednec.findings.parse import Section
from mednec.findings.therapy.afterwards import told_after
from mednec.findings.therapy.alone import alone
from mednec.findings.therapy.beside import beside, is_allowed, was_begun
from mednec.findings.therapy.case import Case, section_of
from mednec.findings.therapy.given import is_described, is_done_here, is_given, is_told_as_done
from mednec.findings.therapy.kinds import kind_of
from mednec.findings.therapy.operations import operations
from mednec.findings.therapy.records import told_by_label
from mednec.findings.therapy.response import told_by_response
from mednec.findings.therapy.status import PLANNING, default, is_supposed, status
from mednec.findings.therapy.stay import EARLIER, is_of_this_stay
from mednec.findings.therapy.title import is_title
from mednec.findings.therapy.unendured import was_unendured
from mednec.findings.therapy.unrealized import unrealized
from mednec.findings.therapy.voids import voided

TODAY = compiled(r"\btoday\b", re.I)
RISKS_OF = compiled(
    r"\b(?:risks?|complications|side effects|alternatives)(?:,? (?:and|or|&|/)? ?\w+){0,3} (?:of|to|"
    r"associated with|with)\s+(?:the\s+|an?\s+"
    r"|this\s+)?(?:repeat\s+|proposed\s+)?$",
    re.I,
)
RISKS_LISTED = compiled(  # 'risks include infection, nerve injury and a [revision surgery]'
    r"\b(?:risks?|complications?)\b[^.;\n]{0,120}?\b(?:include[sd]?|including|not limited to|such as|namely)\b"
    r"(?:(?!\b(?:elect|agree|wish|want|proceed|decid|opt|consent|schedul|understand|understood|accept|request|will|"
    r"today)\w*)"
    r"[^.;\n])*$",
    re.I,
)
DIAGNOSES = compiled(r"\b(?:diagnos[ie]s|dx)\b", re.I)
DAILY = compiled(
    r"[^.;]{0,24}?\b(?:daily|every day|\d(?:-\d)?\s*(?:d|days|x|times)\s*(?:/|per|a)\s*(?:wk|week))\b", re.I
)


def told_status(case: Case, answer: str | None, numbers: dict[str, Any]) -> str:
    """The status of one treatment: what its place settles, what the words say, else what its section makes likely."""
    text, section = case.parsed.text, section_of(case)
    if settled := _settled_by_place(case, section) or unrealized(text, case.group, case.cues):
        bodily = case.mention.group in ("active", "passive") and not case.where.education
        unable = settled == "other" and bodily and was_unendured(case.parsed, case.mention.start)
        return "contraindicated" if unable else settled
    told = beside(case.parsed, case.mention) or alone(text, case.mention)
    if told in (None, "past", "planned"):  # 'her mother had an epidural', 'asks for a PT referral, has not had any'
        spoken = status(text, case.group, case.cues, section, case.mention)
        firmer = spoken == "other" or (told == "planned" and spoken in ("not_tried", "declined", "contraindicated"))
        told = spoken if firmer else told or spoken
    if told == "not_tried" and case.mention.group == "active" and was_unendured(case.parsed, case.mention.start):
        told = "past"  # 'PT was called off as each exercise sent the pain up'
    told = told or _daily(case, section) or told_by_label(case.parsed, case.mention, case.where)
    told = told or _inherited(case, answer)
    told = told or (told_by_response(text, case.group, section, answer) if answer else None)
    if told in (None, "past") and (
        _is_recorded(case) or is_of_this_stay(case.parsed, case.mention, section, case.group.first)
    ):
        return "performed"
    if told in (None, "past", "current") and case.where.procedure and is_done_here(case.parsed, case.mention):
        return "performed"
    supposed = told in (None, "planned") and section.name not in ("past_surgical", "past_medical", "medications")
    described = told == "planned" and case.where.procedure and section.name not in PLANNING
    described = described and is_described(case.parsed, case.mention, case.group.first)
    if supposed and (described or _is_carried_out(case, section)):
        return "performed"
    if told in (None, "current") and section.name in PLANNING and is_given(text, case.mention):
        return "performed"
    if told == "planned" and section.name in PLANNING and is_told_as_done(text, case.mention):
        return "performed"
    if told is None and (case.parsed.document.type == "order" or _is_to_come(case, numbers)):
        return "planned"
    if told is None and section.name == "procedure" and case.mention.group == "injection" and _is_of_another_day(case):
        return "past"
    return told or default(section, case.mention, case.where, text, answer)


def _inherited(case: Case, answer: str | None) -> str | None:
    """The status that the treatments before share with this one; what has had its effect is not to come."""
    told = case.inherited.get("status")
    return None if told == "dispensed" or (told == "planned" and answer) else told


def _settled_by_place(case: Case, section: Section) -> str | None:
    """What the place alone settles: education, a condition, an allergy list, a procedure's title."""
    text, mention, start = case.parsed.text, case.mention, case.group.sentence.start
    if case.where.education or section.name == "family_history" or _is_no_statement(case):
        return "other"
    if is_supposed(text, case.group, section):
        return "planned"
    void = None if was_begun(text, mention) else voided(case.parsed, mention)
    if void and not (void == "other" and mention.group == "active" and was_unendured(case.parsed, mention.start)):
        said = status(text, case.group, case.cues, section, mention) if void == "other" else None
        return said if said in ("contraindicated", "declined") else void
    if section.name == "allergies":
        return "other" if is_allowed(text, mention) else "contraindicated"
    if case.where.procedure and (after := told_after(case.parsed, mention, section)):
        return after
    done = mention.group == "injection" or (mention.concept == "other_therapy" and case.where.procedure)
    titled = section.name == "procedure" and done and not _is_of_another_day(case)
    return "performed" if titled and not EARLIER.search(text, max(start, mention.start - 40), mention.start) else None


def _is_recorded(case: Case) -> bool:
    """Whether a procedure note has the treatment for its title."""
    noted = case.parsed.document.type == "procedure_note" or case.where.procedure
    section = case.parsed.section_at(case.mention.start)
    named_in = DIAGNOSES.search(case.parsed.text, section.start, section.body)
    if case.mention.group != "injection" or not noted or named_in or _is_of_another_day(case):
        return False
    return is_title(case.parsed, case.mention.start, case.mention.end)


def _is_no_statement(case: Case) -> bool:
    """Whether the sentence speaks to who reads the chart, or tells what a policy asks for, not what was done."""
    group, text, start = case.group, case.parsed.text, case.mention.start
    risks = RISKS_OF.search(text, max(group.first, start - 60), start)
    if risks or RISKS_LISTED.search(text, group.sentence.start, start):
        return True
    return any(
        cue.concept == "addressed"
        or (cue.concept == "policy_asks" and group.first <= cue.start and cue.end <= group.start)
        for cue in case.cues
    )


def _is_of_another_day(case: Case) -> bool:
    """Whether a procedure has a date of its own that is not the document's: it is told, not performed."""
    end, dated = case.mention.end, case.parsed.document.dated
    told = next(iter(periods(case.parsed.text, end, min(end + 24, case.group.sentence.end))), None)
    return bool(told and told.first and dated and not dated.isoformat().startswith(told.first))


def _daily(case: Case, section: Section) -> str | None:
    """A home program done daily goes on, where that is no plan."""
    told = case.mention.concept == "home_exercise" and DAILY.match(case.parsed.text, case.mention.end)
    return "current" if told and (case.where.record or section.name not in PLANNING) else None


def _is_carried_out(case: Case, section: Section) -> bool:
    """Whether a plan is carried out in the same note: its procedure heading names the same treatment."""
    parsed, mention = case.parsed, case.mention
    today = TODAY.search(parsed.text, mention.end, mention.end + 60)
    later = section.name in ("plan", "instructions", "aftercare") or not case.where.procedure
    if mention.group != "injection" or (later and not today) or _is_of_another_day(case):
        return False
    if DIAGNOSES.search(parsed.text, section.start, section.body):
        return False  # 'preoperative diagnosis: pseudarthrosis of an L4-5 fusion' tells of what was done before
    on_a_joint = mention.concept == "joint_surgery" or (mention.weak and mention.concept == "spine_surgery")
    if mention.reading == "titled" or (on_a_joint and operations(parsed, [])):
        return True
    done = (part for part in parsed.sections if part.name == "procedure")
    hits = (hit for part in done for hit in parsed.within(part.body, min(part.end, part.body + 400), "therapy"))
    return kind_of(mention.concept) in {kind_of(hit.concept) for hit in hits}


def _is_to_come(case: Case, numbers: dict[str, Any]) -> bool:
    """Whether a treatment has a date after the day on which the text was written, so that it was not yet given."""
    written, first = case.parsed.dated_at(case.mention.start), numbers.get("started") or numbers.get("ended")
    return bool(written and first and case.mention.group == "injection" and first > written.isoformat()[: len(first)])
