"""Findings other than therapy in, evidence out: what was found, said or measured, put together by day."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from mednec.evidence.complaint import regions_of
from mednec.evidence.dates import exact, interval, on
from mednec.evidence.facts import unique
from mednec.evidence.scores import OF_FIFTY
from mednec.model import Document, Evidence, Fact, Finding, Interval, ServiceRequest

REPORTS = ("imaging_report", "electrodiagnostic_report")
STUDIES = ("imaging", "electrodiagnostic")
ALONE = ("therapy", *STUDIES, "symptom_duration")  # kinds that have their own way of being put together
IDENTITY = ("region", "side", "levels", "sign")  # what tells two findings of one day apart, whatever their kind
APART = {  # attributes whose values do not exclude each other on one day, so that each is evidence by itself
    "pain_score": ("when", "low", "high", "of"),
    "function_score": ("when", "value", "percent"),
    "technique": ("value",),
    "evaluation": ("status",),
    "rationale": (),
}
MANIFOLD = (
    "motor",
    "sensory",
    "reflex",
    "gait",
    "range_of_motion",
    "other_sign",
    "spine_tenderness",
    "joint_tenderness",
    "trigger_point",
)
SINGLE_VALUED = ("guidance", "contrast", "sedation", "radiofrequency_mode", "images_saved")
SCALE = re.compile(
    r"\b(?:N(?:P)?RS|VAS|VRS|VNRS|numeric|numerical|visual analog\w*|verbal)\b|\b0\s*(?:-|to|\u2013)\s*10\b", re.I
)


def states(
    found: Mapping[str, Sequence[Finding]],
    documents: Mapping[str, Document],
    regions: Mapping[str, str | None],
    request: ServiceRequest,
) -> list[Evidence]:
    """Evidence of every kind but therapy, by concept, place and day."""
    groups: dict[tuple[Any, ...], list[Finding]] = {}
    for document_id in sorted(found):
        for finding in found[document_id]:
            if finding.kind not in ALONE:
                groups.setdefault(_key(finding, documents[document_id], regions[document_id]), []).append(finding)
    return [
        _state(several, documents, regions, request)
        for _, several in sorted(groups.items(), key=lambda item: tuple(map(str, item[0])))
    ]


def _key(finding: Finding, document: Document, region: str | None) -> tuple[Any, ...]:
    told: object = finding.dated or document.dated or document.id
    names = [*IDENTITY, *APART.get(finding.kind, ())]
    if finding.kind == "exam" and finding.concept in MANIFOLD:
        names.append("result")
    if finding.kind == "technique" and finding.concept in SINGLE_VALUED:
        names.remove("value")
    if finding.concept == "other_condition":
        names.append("status")
    history = finding.get("status") == "history"
    return (
        finding.kind,
        finding.concept,
        told,
        history,
        _place(finding, region),
        *(_frozen(finding.get(name)) for name in names),
    )


def _place(finding: Finding, region: str | None) -> tuple[str, ...]:
    return tuple(sorted(regions_of(finding))) or ((region,) if region else ())


def _state(
    several: Sequence[Finding],
    documents: Mapping[str, Document],
    regions: Mapping[str, str | None],
    request: ServiceRequest,
) -> Evidence:
    first = several[0]
    told = first.dated or documents[first.document_id].dated
    facts = stated(several)
    if "region" not in facts and (places := _place(first, regions[first.document_id])):
        facts["region"] = (Fact(places[0], unique(several)),)
    if first.kind == "diagnosis":
        facts = _diagnosis(facts, several, documents)
    if first.kind in ("pain_score", "function_score"):
        facts = {**facts, **_scale(several, documents)}
    day = interval(first.get("date")) if first.kind == "evaluation" else None
    return piece(first, several, facts, day or (on(told) if told else None), request)


def piece(
    first: Finding,
    several: Sequence[Finding],
    facts: Mapping[str, tuple[Fact, ...]],
    day: Interval | None,
    request: ServiceRequest,
    *,
    distinct: bool = True,
) -> Evidence:
    """A piece of evidence of one day, with the days from there to the request."""
    known = exact(day)
    counted = {} if known is None else {"days_before": (Fact((request.dated - known).days, unique(several)),)}
    return Evidence(
        first.kind, first.concept, unique(several), dict(sorted({**facts, **counted}.items())), day, day, distinct
    )


def stated(several: Sequence[Finding]) -> dict[str, tuple[Fact, ...]]:
    """The attributes of findings as facts: equal values are one fact, unlike ones stand side by side."""
    values: dict[str, dict[Any, list[Finding]]] = {}
    for finding in several:
        for name, value in finding.attributes.items():
            values.setdefault(name, {}).setdefault(_frozen(value), []).append(finding)
    facts: dict[str, tuple[Fact, ...]] = {
        name: tuple(
            Fact(value, unique(tellers)) for value, tellers in sorted(told.items(), key=lambda item: str(item[0]))
        )
        for name, told in sorted(values.items())
    }
    return facts


def _diagnosis(
    facts: dict[str, tuple[Fact, ...]], several: Sequence[Finding], documents: Mapping[str, Document]
) -> dict[str, tuple[Fact, ...]]:
    """What is present is not also suspected; what a report shows is told apart from what a note says."""
    told = {fact.value: fact for fact in facts.get("status", ())}
    if "present" in told and "suspected" in told:
        facts["status"] = tuple(fact for fact in facts["status"] if fact.value != "suspected")
    if "basis" not in facts:
        report = [f for f in several if documents[f.document_id].type in REPORTS]
        facts["basis"] = (Fact("report", unique(report)),) if report else (Fact("clinical", unique(several)),)
    return facts


def _scale(several: Sequence[Finding], documents: Mapping[str, Document]) -> dict[str, tuple[Fact, ...]]:
    first = several[0]
    facts: dict[str, tuple[Fact, ...]] = {"scale": (Fact(first.concept, unique(several)),)}
    named = [
        f
        for f in several
        if f.kind == "function_score"
        or f.get("named")
        or SCALE.search(f.quote)
        or SCALE.search(documents[f.document_id].text)
    ]
    if named:
        facts["named"] = (Fact(True, unique(named)),)
    if (
        first.kind == "function_score"
        and isinstance(first.get("value"), int | float)
        and not first.get("percent")
        and first.concept in OF_FIFTY
        and first.get("value") <= 50
    ):
        facts["value"] = (Fact(first.get("value") * 2, unique(several)),)
    return facts


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def where(finding: Finding, regions: Mapping[str, str | None]) -> frozenset[str]:
    """The regions that a finding states, else the one that its document is about."""
    region = regions.get(finding.document_id)
    return regions_of(finding) or frozenset([region] if region else [])


def all_of(several: Sequence[Finding], name: str, regions: Mapping[str, str | None]) -> tuple[Fact, ...]:
    """All regions or levels that findings state, as one fact."""
    values = {str(v) for f in several for v in (where(f, regions) if name == "region" else f.get(name) or ())}
    if not values:
        return ()
    ordered = tuple(sorted(values))
    return (Fact(ordered[0] if len(ordered) == 1 and name == "region" else ordered, unique(several)),)
