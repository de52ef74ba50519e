"""Evidence in, the same evidence out: what a note claims of therapy that the record of that time denies is disputed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from mednec.evidence.agreement import unique
from mednec.evidence.claims import THERAPY_RECORDS
from mednec.model import Document, Evidence, Fact, Finding
from mednec.vocabulary import lexicon

VISITED = ("physical_therapy", "aquatic_therapy", "chiropractic", "osteopathic_manipulation", "massage", "acupuncture")
AT_LEAST = timedelta(days=21)  # how long a course lasts that is said to have failed, where nobody says how long
LATELY = timedelta(days=90)  # days before a claim within which a therapist's record is of the same course
UNTRIED = "not_tried"
ALL_CARE, ALL_DRUGS = "conservative_unspecified", "analgesic_unspecified"
FEW = 2  # visits that are no course of weeks
NEVER = re.compile(r"\bnever\b|\bfrom the (?:start|beginning|outset)\b|\bhas not (?:been|gone|had)\b", re.I)


def refute(evidence: Sequence[Evidence], documents: Mapping[str, Document]) -> list[Evidence]:
    """The evidence; a course has two states where others deny it for its time, or its therapist saw next to nothing."""
    told = [one for one in evidence if one.kind == "therapy"]
    denials = [one for one in told if one.value("status") == UNTRIED or _never(one)]
    return [_weighed(one, denials, told, documents) for one in evidence]


def _never(one: Evidence) -> bool:
    """Whether a refusal says too that there never was any."""
    return one.value("status") == "declined" and any(NEVER.search(finding.quote) for finding in one.findings)


def _weighed(
    course: Evidence, denials: Sequence[Evidence], told: Sequence[Evidence], documents: Mapping[str, Document]
) -> Evidence:
    drug = course.concept in lexicon("therapy").group("medication")
    if course.kind != "therapy" or not (course.concept in VISITED or drug) or course.value("status") != "past":
        return course
    heard = [one for one in denials if not course.start or _is_of_record(one, documents)]
    against = [f for one in heard if _refutes(one, course, documents, drug=drug) for f in one.findings]
    hardly = [] if drug else _hardly_attended(course, told, documents)
    if not (against := [*against, *hardly]):
        return course
    denied = Fact(UNTRIED, unique(against))
    kept = {name: facts for name, facts in course.facts.items() if not (hardly and name == "adherence")}
    return replace(course, facts={**kept, "status": (*course.facts["status"], denied)})


def _hardly_attended(course: Evidence, told: Sequence[Evidence], documents: Mapping[str, Document]) -> list[Finding]:
    """What a therapist's record says of one or two visits, where a note tells of a course of weeks at that time."""
    record = [
        f
        for one in told
        if one.concept == course.concept and _may_be_one(one, course)
        for f in one.findings
        if documents[f.document_id].type in THERAPY_RECORDS
    ]
    claimed = [f for f in course.findings if documents[f.document_id].type not in THERAPY_RECORDS]
    visits = [n for f in record if isinstance(n := f.get("sessions"), int | float)]
    lengths = [n for f in claimed if isinstance(n := f.get("duration_days"), int | float)]
    days, seen = [f.dated for f in claimed if f.dated], [f.dated for f in record if f.dated]
    if not visits or max(visits) > FEW or not lengths or max(lengths) < AT_LEAST.days or not days or not seen:
        return []
    if any(f.get("duration_days") for f in record):
        return []  # the lengths themselves are told against each other
    return record if abs(max(days) - max(seen)) <= LATELY else []


def _is_of_record(denial: Evidence, documents: Mapping[str, Document]) -> bool:
    """Whether the therapist's own record says that there was none, so that its date is no course's."""
    return all(documents[finding.document_id].type in THERAPY_RECORDS for finding in denial.findings)


def _refutes(denial: Evidence, course: Evidence, documents: Mapping[str, Document], *, drug: bool) -> bool:
    """Whether a document of the time in which a course must have run, or of a later day, says that there was none."""
    told, denied = _days(course), _days(denial)
    denying, claiming = ({f.document_id for f in one.findings} for one in (denial, course))
    same = denying & claiming and not (claiming - denying and _is_of_record(denial, documents))
    meant = {course.concept, ALL_CARE, ALL_DRUGS} if drug else {course.concept, ALL_CARE}
    if denial.concept not in meant or same or not told or not denied or not _may_be_one(denial, course):
        return False
    lengths = [timedelta(days=fact.value) for fact in course.facts.get("duration_days", ())]
    return max(denied) > max(told) - max([AT_LEAST, *lengths])


def _may_be_one(denial: Evidence, course: Evidence) -> bool:
    regions = [one.value("region") for one in (denial, course)]
    return None in regions or regions[0] == regions[1]


def _days(one: Evidence) -> list[date]:
    return [finding.dated for finding in one.findings if finding.dated]
