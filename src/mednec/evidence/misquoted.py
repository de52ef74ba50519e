"""Evidence in, the same evidence out: what a note says that an image shows is disputed where the report denies it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from mednec.model import Evidence, Fact

ABSENT, PRESENT = "absent", "present"
SAME_STUDY = timedelta(days=180)  # how far a note and a report may lie apart where they can speak of one study


def misquoted(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The evidence; a finding that a note quotes has two states where the report of that level says there is none."""
    told = [one for one in evidence if one.kind == "diagnosis" and one.value("levels")]
    reported = [one for one in told if one.value("basis") == "report"]
    denials = [one for one in reported if one.value("status") == ABSENT and not _is_shown(one, reported)]
    return [_weighed(one, denials) for one in evidence] if denials else list(evidence)


def _is_shown(denial: Evidence, reported: Sequence[Evidence]) -> bool:
    """Whether a report shows after all what one denies: another study, or another side."""
    return any(one.value("status") == PRESENT and _same_place(one, denial) for one in reported)


def _weighed(one: Evidence, denials: Sequence[Evidence]) -> Evidence:
    if one.kind != "diagnosis" or one.value("basis") != "quoted" or one.value("status") != PRESENT:
        return one
    against = [f for denial in denials if _same_place(one, denial) and _same_time(one, denial) for f in denial.findings]
    if not against:
        return one
    denied = Fact(ABSENT, tuple(against))
    return replace(one, facts={**one.facts, "status": (*one.facts["status"], denied)})


def _same_place(one: Evidence, other: Evidence) -> bool:
    levels = [{str(level) for fact in each.facts.get("levels", ()) for level in fact.value} for each in (one, other)]
    sides = [each.value("side") for each in (one, other)]
    same = one.concept == other.concept and one.value("region") == other.value("region")
    return same and bool(levels[0] & levels[1]) and (None in sides or sides[0] == sides[1])


def _same_time(one: Evidence, other: Evidence) -> bool:
    days = [max((f.dated for f in each.findings if f.dated), default=None) for each in (one, other)]
    return days[0] is None or days[1] is None or abs(days[0] - days[1]) <= SAME_STUDY
