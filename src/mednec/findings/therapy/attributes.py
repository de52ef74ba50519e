"""A treatment with all that surrounds it in, everything that is told of it out."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from mednec.expressions.patterns import compiled
from mednec.findings.therapy import realized
from mednec.findings.therapy.amount import as_attended
from mednec.findings.therapy.bracketed import bracketed
from mednec.findings.therapy.carried_out import Course, carried_out
from mednec.findings.therapy.case import Case, is_asked, is_secondary, last, whole
from mednec.findings.therapy.course import course
from mednec.findings.therapy.dates import yearless_dates
from mednec.findings.therapy.failing import failing, has_lost_effect, none_did, none_helped
from mednec.findings.therapy.goes_on import goes_on
from mednec.findings.therapy.heading import heading_verdict, verdict_ahead, verdict_before, verdict_below
from mednec.findings.therapy.list_course import OF_A_COURSE, is_last_of_list, shared_length
from mednec.findings.therapy.month import month_named
from mednec.findings.therapy.old import old_dates
from mednec.findings.therapy.other_illness import is_unpainful
from mednec.findings.therapy.reasons import adherence, reasons
from mednec.findings.therapy.records import shared_course, visit_dates
from mednec.findings.therapy.response import none_of, response
from mednec.findings.therapy.scope import Around, around
from mednec.findings.therapy.shared_time import shared_time
from mednec.findings.therapy.span import first_to_last, span_named
from mednec.findings.therapy.status import PLANNING, RESPONSELESS
from mednec.findings.therapy.told_status import told_status
from mednec.findings.therapy.unendured import was_unendured
from mednec.findings.therapy.upcoming import is_upcoming
from mednec.findings.therapy.voids import voided

DIGIT = compiled(r"\b(?:19|20)\d\d\b|\d/\d")
SINCE = compiled(r"[^.;:]{0,40}\bsince (?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|last)", re.I)
NO_EFFECT = compiled(
    r"(?![^.;:\n]{0,40}\battend)[^.;:\n]{0,40}?\d[^.;:\n]{0,30}?[:\s-]\s*(?:none|nil|zero)\b(?![ \t]+[a-z])", re.I
)
AT_FIRST = compiled(r"\b(?:reluctan\w*|hesita\w*|unwilling|at first|initially|turned down|skeptical|first)\b", re.I)
WOULD = compiled(r"[\s\w.)]{0,6}(?:would|should|could|will|can|may|do you|does|is there|are there)\b", re.I)
AMOUNTS = ("duration_days", "per_week", "sessions")  # of an order of which all was done
FAILURES = ("none", "partial", "worse")
GROWN_UP = 18  # years
GOOD = 50  # percent of relief from which it is good


def attributes(case: Case) -> dict[str, Any]:
    """Everything that is told of one treatment; what is not told is None or absent."""
    numbers = _numbers(case)
    answer = _measured(_response(case), numbers.get("relief_percent"))
    told = told_status(case, answer, numbers)
    if gone_through := _gone_through(case, told):
        told = "current" if gone_through.goes_on else "past"
        ordered = {name: numbers[name] for name in AMOUNTS if name in numbers} if gone_through.whole else {}
        numbers = ordered | _numbers_from(case, gone_through.start)
        answer = _measured(_response(case), numbers.get("relief_percent"))
    if told == "not_tried" and none_of(case.parsed.text, case.group, case.cues) and (answer or none_helped(case)):
        told, answer = "past", "none"
    if told == "not_tried" and none_did(case):
        told, answer = "past", "none"
    if told == "not_tried" and _is_without_effect(case, numbers):
        told, answer = "past", "none"
    if told == "current" and case.mention.concept.endswith("surgery"):
        told = "past"
    if told in RESPONSELESS or is_asked(case):
        answer = None
        numbers = {name: value for name, value in numbers.items() if not name.startswith("relief")}
    if told == "past" and _continues(case, numbers):
        told = "current"
    if told == "past" and is_asked(case) and WOULD.match(case.parsed.text, case.group.sentence.start):
        told = "other"
    if answer is None and told in ("past", "current") and not is_asked(case):
        answer = failing(case)
    if answer in ("partial", "good") and told in ("past", "current") and has_lost_effect(case):
        answer = "none"
    told, answer = _weighed(case, told, answer)
    if told == "past" and answer is None and _is_to_come(case):
        told, numbers = "planned", {name: value for name, value in numbers.items() if name not in ("started", "ended")}
    if told == "past" and "started" not in numbers:
        numbers |= visit_dates(case.parsed, case.mention, case.where)
    if told in ("past", "current") and not gone_through:
        numbers |= _by_visits(case)
        if numbers.keys().isdisjoint(("started", "ended")):
            numbers |= _still_open(_yearless(case), told) or old_dates(case.parsed, case.mention)
    if told in ("past", "current") and numbers.keys().isdisjoint(OF_A_COURSE):
        numbers |= shared_time(case)
    said = {"status": told, "response": answer, **numbers, **_reasons(case, told, answer), **_adherence(case, told)}
    return as_attended(case.parsed, case.mention, said)


def _weighed(case: Case, told: str, answer: str | None) -> tuple[str, str | None]:
    """The status and the effect, after it was weighed whether the treatment took place or is only spoken of."""
    if told in ("past", "current") and answer in FAILURES:
        spoken = realized.only_spoken(case)
        return (spoken, None) if spoken else (told, answer)
    held = told == "declined" or (told == "planned" and not voided(case.parsed, case.mention))
    if held and not is_asked(case) and realized.took_place(case, told):
        after = _response(case) or failing(case)
        return ("past", after) if after else (told, answer)
    return told, answer


def _is_to_come(case: Case) -> bool:
    near = around(case.parsed.text, case.group, case.mention)
    return is_upcoming(near, case.parsed.dated_at(case.mention.start))


def _numbers(case: Case) -> dict[str, Any]:
    """The numbers of the course; a frequency in front of a list holds for each that has none of its own."""
    group, text = case.group, case.parsed.text
    numbers = _without_birth(case, course(_before_other_drugs(case, around(text, group, case.mention))))
    if case.mention.concept.endswith("surgery") and numbers.keys().isdisjoint(("started", "ended")):
        numbers |= _day_of_list(case)
    if {"per_week", "duration_days"}.isdisjoint(numbers):
        first = max(group.before, group.first)
        numbers |= shared_course(case.parsed, case.mention, first, group.start, case.where)
    if numbers.keys().isdisjoint(OF_A_COURSE):
        numbers |= shared_length(case.parsed, group, case.mention)
    return numbers


def _without_birth(case: Case, numbers: dict[str, Any]) -> dict[str, Any]:
    """The numbers without a day that is the patient's birth: 'Ada Stone 08/09/1961  LEFT SI JOINT INJECTION'."""
    told, written = str(numbers.get("started") or ""), case.parsed.document.dated
    whole_day = len(told) == len("1961-08-09")
    if case.mention.concept.endswith("surgery") or not whole_day or written is None:
        return numbers
    if written.year - int(told[:4]) <= GROWN_UP:
        return numbers
    return {name: value for name, value in numbers.items() if name not in ("started", "ended")}


def _gone_through(case: Case, told: str) -> Course | None:
    """Where it is told that what was ordered was then done."""
    if told not in ("planned", "past", "current", "declined"):
        return None
    found = carried_out(case.parsed.text, case.group.end, case.group.after, case.group.sentence.end)
    if told == "declined" and not (found and AT_FIRST.search(case.parsed.text, case.group.first, found.start)):
        return None
    ordered = told in ("planned", "declined") or any(
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


def _is_without_effect(case: Case, numbers: dict[str, Any]) -> bool:
    """Whether 'none' behind a course tells its effect: 'naproxen 8 wks: none'."""
    told = not numbers.keys().isdisjoint(("duration_days", "sessions", "ended"))
    return told and bool(NO_EFFECT.match(case.parsed.text, case.mention.end))


def _by_visits(case: Case) -> dict[str, Any]:
    """The days of the first and the last visit, where both are told."""
    anchor = case.parsed.dated_at(case.mention.start)
    return first_to_last(around(case.parsed.text, case.group, case.mention), anchor) if anchor else {}


def _still_open(numbers: dict[str, Any], told: str) -> dict[str, Any]:
    """The numbers of a course, without a length where it goes on since a day that is told."""
    if told != "current" or "started" not in numbers or "ended" in numbers:
        return numbers
    return {name: value for name, value in numbers.items() if name != "duration_days"}


def _yearless(case: Case) -> dict[str, Any]:
    """Dates that take their year from the document or the entry in which they stand."""
    anchor = case.parsed.dated_at(case.mention.start)
    if anchor is None:
        return {}
    words = around(case.parsed.text, case.group, case.mention)
    told = span_named(words, anchor) or yearless_dates(words, anchor) or month_named(words, anchor)
    if told or is_last_of_list(case.parsed.text, case.group, case.mention):
        return told
    last = around(case.parsed.text, case.group, case.group.mentions[-1])
    return span_named(last, anchor) or yearless_dates(last, anchor)


def _response(case: Case) -> str | None:
    """How the treatment worked; for one that heads its item, also what the item says after other treatments."""
    answer = None if is_secondary(case) else response(case.parsed.text, case.group, case.cues, whole(case))
    if answer and case.mention.group == "medication" and is_unpainful(case.parsed, case.mention.start):
        return None
    answer = answer or bracketed(case.parsed.text, case.mention.end, case.group.sentence.end)
    if answer or last(case) <= case.group.after:
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
    return {"adherence": adherence(case.parsed.text, case.group, case.mention, case.cues, (told, last(case), planning))}
