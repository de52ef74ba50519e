"""Findings of images and nerve tests in, one piece of evidence for each study out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mednec.evidence.complaint import compatible
from mednec.evidence.dates import apart, exact, interval, on, vagueness
from mednec.evidence.facts import unique
from mednec.evidence.states import REPORTS, STUDIES, all_of, piece, stated, where
from mednec.model import Document, Evidence, Fact, Finding, Interval, ServiceRequest


def studies(
    found: Mapping[str, Sequence[Finding]],
    documents: Mapping[str, Document],
    regions: Mapping[str, str | None],
    request: ServiceRequest,
) -> list[Evidence]:
    """Images and nerve tests: a report and the notes that quote it are one piece of evidence."""
    groups: list[list[Finding]] = []
    unsure: list[list[Finding]] = []
    several = [f for d in sorted(found) for f in found[d] if f.kind in STUDIES]
    for finding in sorted(
        several,
        key=lambda f: (
            f.get("status") not in (None, "past"),
            vagueness(_day(f, documents)),
            str(f.dated),
            f.document_id,
            f.start,
        ),
    ):
        homes = [group for group in groups if _same_study(finding, group, documents, regions)]
        if len(homes) == 1:
            homes[0].append(finding)
        else:
            (unsure if homes else groups).append([finding])
    return [_study(group, documents, regions, request, distinct=True) for group in groups] + [
        _study(group, documents, regions, request, distinct=False) for group in unsure
    ]


def _same_study(
    finding: Finding, group: Sequence[Finding], documents: Mapping[str, Document], regions: Mapping[str, str | None]
) -> bool:
    first = group[0]
    if (finding.kind, finding.concept, _stage(finding)) != (first.kind, first.concept, _stage(first)):
        return False
    if not all(compatible(where(finding, regions), where(other, regions)) for other in group):
        return False
    day, known = _day(finding, documents), _day(first, documents)
    told = finding.dated or documents[finding.document_id].dated
    if day and known:
        return apart(day, known) == 0
    return not (told and known and known.first > told)


def _stage(finding: Finding) -> str:
    status = finding.get("status")
    return "past" if status is None else str(status)


def _day(finding: Finding, documents: Mapping[str, Document]) -> Interval | None:
    """When the study was made: as told, else the day of its own report; a plan has the day on which it was made."""
    document = documents[finding.document_id]
    told = finding.dated or document.dated
    if day := interval(finding.get("date")):
        return day
    own = document.type in REPORTS or finding.get("status") in ("planned", "not_tried")
    return on(told) if own and told else None


def _study(
    several: Sequence[Finding],
    documents: Mapping[str, Document],
    regions: Mapping[str, str | None],
    request: ServiceRequest,
    *,
    distinct: bool,
) -> Evidence:
    first = several[0]
    days = sorted({day for f in several if (day := _day(f, documents))}, key=lambda d: (vagueness(d), d.first))
    facts = stated(several)
    facts.pop("date", None)
    results = {fact.value: fact for fact in facts.get("result", ())}
    if "abnormal" in results:
        facts["result"] = (results["abnormal"],)
    for name in ("region", "levels"):
        facts[name] = all_of(several, name, regions)
    known = exact(days[0]) if days else None
    if known:
        facts["age_days"] = (Fact((request.dated - known).days, unique(several)),)
    return piece(
        first, several, {k: v for k, v in facts.items() if v}, days[0] if days else None, request, distinct=distinct
    )
