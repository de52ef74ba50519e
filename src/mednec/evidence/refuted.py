"""Evidence in, the same evidence out: what a note claims of therapy that the record of that time denies is disputed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from mednec.evidence.agreement import unique
from mednec.model import Evidence, Fact

VISITED = ("physical_therapy", "aquatic_therapy", "chiropractic", "osteopathic_manipulation", "massage", "acupuncture")
AT_LEAST = timedelta(days=21)  # how long a course lasts that is said to have failed, where nobody says how long
UNTRIED = "not_tried"


def refute(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence; a course without days of its own that others deny for its time has two states."""
    denials = [one for one in evidence if one.kind == "therapy" and one.value("status") == UNTRIED]
    return [_weighed(one, denials) for one in evidence]


def _weighed(course: Evidence, denials: Sequence[Evidence]) -> Evidence:
    if course.kind != "therapy" or course.concept not in VISITED or course.value("status") != "past" or course.start:
        return course
    against = [one for one in denials if _refutes(one, course)]
    if not against:
        return course
    denied = Fact(UNTRIED, unique(finding for one in against for finding in one.findings))
    return replace(course, facts={**course.facts, "status": (*course.facts["status"], denied)})


def _refutes(denial: Evidence, course: Evidence) -> bool:
    """Whether a document of the time in which a course must have run, or of a later day, says that there was none."""
    told, denied = _days(course), _days(denial)
    same = {f.document_id for f in denial.findings} & {f.document_id for f in course.findings}
    if denial.concept != course.concept or same or not told or not denied or not _may_be_one(denial, course):
        return False
    lengths = [timedelta(days=fact.value) for fact in course.facts.get("duration_days", ())]
    return max(denied) > max(told) - max([AT_LEAST, *lengths])


def _may_be_one(denial: Evidence, course: Evidence) -> bool:
    regions = [one.value("region") for one in (denial, course)]
    return None in regions or regions[0] == regions[1]


def _days(one: Evidence) -> list[date]:
    return [finding.dated for finding in one.findings if finding.dated]
