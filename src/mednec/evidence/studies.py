"""Findings of images and nerve tests in, one piece of evidence for each study out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mednec.evidence.agreement import unique
from mednec.evidence.complaint import REPORTS, compatible
from mednec.evidence.dates import apart, exact, interval, on, vagueness
from mednec.evidence.reading import Reading
from mednec.evidence.states import all_of, piece, stated
from mednec.model import Evidence, Fact, Finding, Interval


def studies(reading: Reading) -> list[Evidence]:
    """A report and the notes that quote it are one study; a mention that may mean several stays by itself."""
    groups: list[list[Finding]] = []
    unsure: list[list[Finding]] = []
    for finding in sorted(reading.of("imaging", "electrodiagnostic"), key=lambda f: _rank(f, reading)):
        homes = [group for group in groups if _same_study(finding, group, reading)]
        if len(homes) == 1:
            homes[0].append(finding)
        else:
            (unsure if homes else groups).append([finding])
    sure = [_study(group, reading) for group in groups]
    return [*sure, *(replace(_study(group, reading), distinct=False) for group in unsure)]


def _rank(finding: Finding, reading: Reading) -> tuple[bool, int, str, str, int]:
    """The made before the planned, the exactly dated before the vague."""
    made = _stage(finding) == "past"
    return (not made, vagueness(_day(finding, reading)), str(finding.dated), finding.document_id, finding.start)


def _same_study(finding: Finding, group: Sequence[Finding], reading: Reading) -> bool:
    first = group[0]
    if (finding.kind, finding.concept, _stage(finding)) != (first.kind, first.concept, _stage(first)):
        return False
    if not all(compatible(reading.where(finding), reading.where(other)) for other in group):
        return False
    day, known, told = _day(finding, reading), _day(first, reading), reading.told(finding)
    if day and known:
        return apart(day, known) == 0
    return not (told and known and known.first > told)


def _stage(finding: Finding) -> str:
    return str(finding.get("status", "past"))


def _day(finding: Finding, reading: Reading) -> Interval | None:
    """When the study was made: as told, else the day of its own report; a plan has the day on which it was made."""
    told = reading.told(finding)
    if day := interval(finding.get("date")):
        return day
    own = reading.document(finding).type in REPORTS or _stage(finding) != "past"
    return on(told) if own and told else None


def _study(several: Sequence[Finding], reading: Reading) -> Evidence:
    days = sorted({day for f in several if (day := _day(f, reading))}, key=lambda d: (vagueness(d), d.first))
    facts = stated(several)
    facts.pop("date", None)
    abnormal = tuple(fact for fact in facts.get("result", ()) if fact.value == "abnormal")
    if abnormal:  # an image on which something is abnormal is abnormal, whatever else it shows
        facts["result"] = abnormal
    facts |= {name: all_of(several, name, reading) for name in ("region", "levels")}
    known = exact(days[0]) if days else None
    if known:
        facts["age_days"] = (Fact(reading.days_before(known), unique(several)),)
    return piece(several, facts, days[0] if days else None, reading)
