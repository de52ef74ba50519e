"""A treatment with all that surrounds it in, everything that is told of it out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from mednec.findings.dates import periods
from mednec.findings.parse import Parsed, Section, Sentence
from mednec.findings.patterns import compiled
from mednec.findings.therapy.afterwards import told_after
from mednec.findings.therapy.alone import alone
from mednec.findings.therapy.amount import as_attended
from mednec.findings.therapy.beside import beside, is_allowed, was_begun
from mednec.findings.therapy.bracketed import bracketed
from mednec.findings.therapy.carried_out import Course, carried_out
from mednec.findings.therapy.course import course
from mednec.findings.therapy.dates import yearless_dates
from mednec.findings.therapy.given import is_described, is_done_here, is_given, is_told_as_done
from mednec.findings.therapy.goes_on import goes_on
from mednec.findings.therapy.heading import heading_verdict, verdict_ahead, verdict_before, verdict_below
from mednec.findings.therapy.kinds import kind_of
from mednec.findings.therapy.list_course import OF_A_COURSE, shared_length
from mednec.findings.therapy.mentions import Mention, Setting
from mednec.findings.therapy.month import month_named, months_named
from mednec.findings.therapy.old import old_dates
from mednec.findings.therapy.operations import operations
from mednec.findings.therapy.other_illness import is_unpainful
from mednec.findings.therapy.reasons import adherence, reasons
from mednec.findings.therapy.records import shared_course, told_by_label, visit_dates
from mednec.findings.therapy.response import none_of, response, told_by_response
from mednec.findings.therapy.scope import Around, Cue, Group, around
from mednec.findings.therapy.status import PLANNING, RESPONSELESS, default, is_supposed, status
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
HEAD = compiled(r"\s*(?:[-*\u2022]|\d{1,2}[.)])?\s*")
LABELED = compiled(r"\s*(?::|,\s*[A-Z]|\([^)]*\)\s*:)")
DIAGNOSES = compiled(r"\b(?:diagnos[ie]s|dx)\b", re.I)
DAILY = compiled(
    r"[^.;]{0,24}?\b(?:daily|every day|\d(?:-\d)?\s*(?:d|days|x|times)\s*(?:/|per|a)\s*(?:wk|week))\b", re.I
)
DIGIT = compiled(r"\b(?:19|20)\d\d\b|\d/\d")
SINCE = compiled(r"[^.;:]{0,40}\bsince (?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|last)", re.I)
NO_EFFECT = compiled(
    r"(?![^.;:\n]{0,40}\battend)[^.;:\n]{0,40}?\d[^.;:\n]{0,30}?[:\s-]\s*(?:none|nil|zero)\b(?![ \t]+[a-z])", re.I
)
WOULD = compiled(r"[\s\w.)]{0,6}(?:would|should|could|will|can|may|do you|does|is there|are there)\b", re.I)
GOOD = 50  # percent of relief from which it is good
NEAR = 25  # characters: what stands so close behind a treatment speaks of it, even in an item that another one heads


@dataclass(frozen=True, slots=True)
class Case:
    """One treatment with its document, its group, the cues of its sentence and the status that it inherits."""

    parsed: Parsed
    group: Group
    mention: Mention
    cues: list[Cue]
    where: Setting
    inherited: Mapping[str, str]


def attributes(case: Case) -> dict[str, Any]:
    """Everything that is told of one treatment; what is not told is None or absent."""
    numbers = _numbers(case)
    answer = _measured(_response(case), numbers.get("relief_percent"))
    told = _status(case, answer, numbers)
    if gone_through := _gone_through(case, told):
        told, numbers = "current" if gone_through.goes_on else "past", _numbers_from(case, gone_through.start)
        answer = _measured(_response(case), numbers.get("relief_percent"))
    if answer and told == "not_tried" and none_of(case.parsed.text, case.group, case.cues):
        told, answer = "past", "none"
    if told == "not_tried" and _is_without_effect(case, numbers):
        told, answer = "past", "none"
    if told == "current" and case.mention.concept.endswith("surgery"):
        told = "past"
    if told in RESPONSELESS or _is_asked(case):
        answer = None
        numbers = {name: value for name, value in numbers.items() if not name.startswith("relief")}
    if told == "past" and _continues(case, numbers):
        told = "current"
    if told == "past" and _is_asked(case) and WOULD.match(case.parsed.text, case.group.sentence.start):
        told = "other"
    if told == "past" and "started" not in numbers:
        numbers |= visit_dates(case.parsed, case.mention, case.where)
    if told in ("past", "current") and not gone_through and numbers.keys().isdisjoint(("started", "ended")):
        numbers |= _yearless(case) or old_dates(case.parsed, case.mention)
    said = {"status": told, "response": answer, **numbers, **_reasons(case, told, answer), **_adherence(case, told)}
    return as_attended(case.parsed, case.mention, said)


def _numbers(case: Case) -> dict[str, Any]:
    """The numbers of the course; a frequency in front of a list holds for each that has none of its own."""
    group, text = case.group, case.parsed.text
    numbers = course(_before_other_drugs(case, around(text, group, case.mention)))
    if case.mention.concept.endswith("surgery") and numbers.keys().isdisjoint(("started", "ended")):
        numbers |= _day_of_list(case)
    if {"per_week", "duration_days"}.isdisjoint(numbers):
        first = max(group.before, group.first)
        numbers |= shared_course(case.parsed, case.mention, first, group.start, case.where)
    if numbers.keys().isdisjoint(OF_A_COURSE):
        numbers |= shared_length(case.parsed, group, case.mention)
    return numbers


def _gone_through(case: Case, told: str) -> Course | None:
    """Where it is told that what was ordered was then done."""
    if told not in ("planned", "past", "current"):
        return None
    found = carried_out(case.parsed.text, case.group.end, case.group.after)
    ordered = told == "planned" or any(
        found and cue.says.get("status") == "planned" and case.group.first <= cue.start < found.start
        for cue in case.cues
    )
    return found if ordered else None


def _numbers_from(case: Case, start: int) -> dict[str, Any]:
    """The numbers of a course that is told from an offset on: what was ordered before it is not what was done."""
    near = around(case.parsed.text, case.group, case.mention)
    return course(replace(near, mention=replace(case.mention, start=start, end=start), before=start))


def _day_of_list(case: Case) -> dict[str, Any]:
    """The day on which the operation was done with which a list of operations begins."""
    first = case.group.mentions[0]
    if first is case.mention or not first.concept.endswith("surgery"):
        return {}
    if DIGIT.search(case.parsed.text, first.end, case.group.mentions[1].start):
        return {}  # 'fusion in 2000, knee surgery': the day is that of the first alone
    told = course(around(case.parsed.text, case.group, first))
    return {name: told[name] for name in ("started", "ended") if name in told}


def _before_other_drugs(case: Case, near: Around) -> Around:
    """The words of a treatment up to a drug that is none: 'stop naproxen, omeprazole x 8 weeks'."""
    others = (cue.start for cue in case.cues if cue.concept == "other_drug" and cue.start >= near.mention.end)
    end = min(others, default=near.last)
    return replace(near, after=min(near.after, end), last=min(near.last, end))


def _is_to_come(case: Case, numbers: dict[str, Any]) -> bool:
    """Whether a treatment has a date after the day on which the text was written, so that it was not yet given."""
    written, first = case.parsed.dated_at(case.mention.start), numbers.get("started") or numbers.get("ended")
    return bool(written and first and case.mention.group == "injection" and first > written.isoformat()[: len(first)])


def _is_without_effect(case: Case, numbers: dict[str, Any]) -> bool:
    """Whether 'none' behind a course tells its effect: 'naproxen 8 wks: none'."""
    told = not numbers.keys().isdisjoint(("duration_days", "sessions", "ended"))
    return told and bool(NO_EFFECT.match(case.parsed.text, case.mention.end))


def _yearless(case: Case) -> dict[str, Any]:
    """Dates that take their year from the document or the entry in which they stand."""
    anchor = case.parsed.dated_at(case.mention.start)
    if anchor is None:
        return {}
    words = around(case.parsed.text, case.group, case.mention)
    return months_named(words, anchor) or yearless_dates(words, anchor) or month_named(words, anchor)


def _response(case: Case) -> str | None:
    """How the treatment worked; for one that heads its item, also what the item says after other treatments."""
    answer = None if _is_secondary(case) else response(case.parsed.text, case.group, case.cues, _whole(case))
    if answer and case.mention.group == "medication" and is_unpainful(case.parsed, case.mention.start):
        return None
    answer = answer or bracketed(case.parsed.text, case.mention.end, case.group.sentence.end)
    if answer or _last(case) <= case.group.after:
        return answer or case.inherited.get("response") or _verdict_above(case)
    later = (cue for cue in case.cues if "response" in cue.says and case.group.after <= cue.start)
    return next((cue.says["response"] for cue in later if cue.scope != "forward"), None)


def _verdict_above(case: Case) -> str | None:
    """What the line or the sentence above says of all treatments that are listed here."""
    start = case.mention.start
    sentence = case.group.sentence
    ahead = verdict_ahead(case.parsed.text, sentence.start, start, sentence.end)
    told = ahead or heading_verdict(case.parsed, start) or verdict_before(case.parsed, start)
    return told or verdict_below(case.parsed, start)


def _measured(answer: str | None, percent: float | None) -> str | None:
    """The response, where a percent of relief decides between partial and good."""
    if percent is None or answer in ("none", "worse"):
        return answer
    return "good" if percent >= GOOD else "partial" if percent > 0 else "none"


def _continues(case: Case, numbers: dict[str, Any]) -> bool:
    """Whether a drug or program that has a beginning and no end goes on: 'gabapentin since January 2025'."""
    since = SINCE.match(case.parsed.text, case.mention.end) and case.mention.group == "medication"
    begun = "started" in numbers and "ended" not in numbers and case.mention.group in ("medication", "active")
    group, first = case.group, max(case.group.before, case.group.first)
    helping = case.mention.group in ("medication", "active") and goes_on(
        case.parsed.text, first, case.mention.start, case.mention.end, group.after
    )
    open_ended = begun or bool(since) or helping
    return open_ended and not any(cue.concept in ("ended", "ended_of", "failed", "failed_of") for cue in case.cues)


def _reasons(case: Case, told: str, answer: str | None) -> dict[str, Any]:
    if case.parsed.section_at(case.mention.start).name == "allergies":
        return {}
    why = reasons(case.parsed.text, case.group, case.mention, case.cues, (told, answer))
    bodily = case.mention.group in ("active", "passive") and told in ("past", "current", "contraindicated")
    if bodily and "unable_to_participate" not in why and was_unendured(case.parsed, case.mention.start):
        why = [*why, "unable_to_participate"]
    return {"failure_reason": why[0] if len(why) == 1 else why} if why else {}


def _adherence(case: Case, told: str) -> dict[str, Any]:
    """Whether the patient kept to it; in a plan 'daily' tells what is to be done, not what was."""
    kept = ("past", "current", "contraindicated", "not_tried")
    if case.mention.group not in ("active", "passive", "self_care") or told not in kept:
        return {}
    planning = case.parsed.section_at(case.mention.start).name in PLANNING
    return {
        "adherence": adherence(case.parsed.text, case.group, case.mention, case.cues, (told, _last(case), planning))
    }


def _status(case: Case, answer: str | None, numbers: dict[str, Any]) -> str:
    """The status of one treatment: what its place settles, what the words say, else what its section makes likely."""
    text, section = case.parsed.text, _section(case)
    if settled := _settled_by_place(case, section) or unrealized(text, case.group, case.cues):
        return settled
    told = beside(case.parsed, case.mention) or alone(text, case.mention)
    if told in (None, "past", "planned"):  # 'her mother had an epidural', 'asks for a PT referral, has not had any'
        spoken = status(text, case.group, case.cues, section, case.mention)
        firmer = spoken == "other" or (told == "planned" and spoken in ("not_tried", "declined", "contraindicated"))
        told = spoken if firmer else told or spoken
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
    if not was_begun(text, mention) and (void := voided(case.parsed, mention)):
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


def _is_asked(case: Case) -> bool:
    """Whether the sentence asks for the effect: 'Is she receiving any benefit from it?'"""
    end = _whole(case)
    return case.parsed.text[end - 1 : end] == "?" and case.group.sentence.end == end


def _whole(case: Case) -> int:
    """Where the sentence itself ends, without those that were joined to it."""
    return case.parsed.sentence_at(case.mention.start).end


def _is_secondary(case: Case) -> bool:
    """Whether another treatment heads the item, so that what follows this one at a distance speaks of that one."""
    parsed, group = case.parsed, case.group
    named = parsed.within(group.sentence.start, group.start, "therapy")
    if not named or LABELED.match(parsed.text, group.end) or group.after < group.sentence.end:
        return False
    first = Mention(named[0].start, named[0].end, named[0].concept, "plain", "active")
    near = any("response" in cue.says and group.end <= cue.start < group.end + NEAR for cue in case.cues)
    return is_head(parsed.text, group.sentence, first) and parsed.text[first.end] == ":" and not near


def is_head(text: str, sentence: Sentence, mention: Mention) -> bool:
    """Whether a treatment heads its list item: '- PT: 6 of 6 visits, HEP progressed, no gain'."""
    return bool(HEAD.fullmatch(text, sentence.start, mention.start) and LABELED.match(text, mention.end))


def _last(case: Case) -> int:
    """Where what is told of a treatment ends; for one that heads its item, at the item's end."""
    group = case.group
    heads = case.mention == group.mentions[0] and is_head(case.parsed.text, group.sentence, case.mention)
    return group.sentence.end if heads else group.after


def _section(case: Case) -> Section:
    """The section of a treatment; in a therapist's record a dated entry ends the sections before it."""
    section, entry = case.parsed.section_at(case.mention.start), case.parsed.entry_at(case.mention.start)
    if case.where.record and entry and section.start < entry.start:
        return Section("other", entry.start, entry.start, entry.end)
    return section


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
