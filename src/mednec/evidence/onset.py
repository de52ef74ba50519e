"""Findings of how long the pain has lasted in, one piece of evidence for each region out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from mednec.evidence.complaint import compatible
from mednec.evidence.dates import apart, days_before, interval, vagueness
from mednec.evidence.facts import unique
from mednec.evidence.states import all_of, where
from mednec.model import Document, Evidence, Fact, Finding, Interval, ServiceRequest


def durations(
    found: Mapping[str, Sequence[Finding]],
    documents: Mapping[str, Document],
    regions: Mapping[str, str | None],
    request: ServiceRequest,
) -> list[Evidence]:
    """How long the pain has lasted, by region, counted to the request: the more exact of two tellings that agree."""
    groups: list[list[Finding]] = []
    several = [f for d in sorted(found) for f in found[d] if f.kind == "symptom_duration" and _onset(f, documents)]
    for finding in sorted(several, key=lambda f: (not where(f, regions), str(f.dated), f.document_id, f.start)):
        homes = [group for group in groups if compatible(where(finding, regions), where(group[0], regions))]
        if homes:
            homes[0].append(finding)
        else:
            groups.append([finding])
    return [_duration(group, documents, regions, request) for group in groups]


def _duration(
    several: Sequence[Finding],
    documents: Mapping[str, Document],
    regions: Mapping[str, str | None],
    request: ServiceRequest,
) -> Evidence:
    clusters: list[list[tuple[Interval, Finding]]] = []
    onsets = [(onset, f) for f in several if (onset := _onset(f, documents))]
    for onset, finding in sorted(onsets, key=lambda o: (vagueness(o[0]), o[0].first, o[1].document_id, o[1].start)):
        home = next((c for c in clusters if _one_onset(c[0][0], onset, request.dated)), None)
        if home is None:
            clusters.append([(onset, finding)])
        else:
            home.append((onset, finding))
    days = tuple(Fact((request.dated - c[0][0].last).days, unique(f for _, f in c)) for c in clusters)
    facts = {"days": days, "region": all_of(several, "region", regions)}
    return Evidence(
        "symptom_duration",
        several[0].concept,
        unique(several),
        {k: v for k, v in facts.items() if v},
        clusters[0][0][0],
        None,
    )


def _one_onset(one: Interval, other: Interval, dated: date) -> bool:
    """Whether two onsets are the same for an auditor: within a month, or a fifth of the time since."""
    since = max((dated - min(one.first, other.first)).days, 0)
    return apart(one, other) <= max(31, 0.2 * since)


def _onset(finding: Finding, documents: Mapping[str, Document]) -> Interval | None:
    """When the pain began: as told, else the told days before the statement, as exactly as the unit allows."""
    onset = interval(finding.get("onset"))
    if onset:
        return onset
    told, days = finding.dated or documents[finding.document_id].dated, finding.get("days")
    if told is None or not isinstance(days, int | float):
        return None
    unit = 365 if days % 365 == 0 else 30 if days % 30 == 0 else 7 if days % 7 == 0 else 1
    return Interval(days_before(told, days + unit - 1), days_before(told, days))
