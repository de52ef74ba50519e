"""Findings other than of therapy and studies in, evidence out: what was found, said or measured, by day and place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from mednec.evidence.agreement import unique
from mednec.evidence.complaint import REPORTS
from mednec.evidence.dates import exact, interval, on
from mednec.evidence.reading import Reading
from mednec.evidence.scores import score
from mednec.model import Evidence, Fact, Finding, Interval

ALONE = ("therapy", "imaging", "electrodiagnostic", "symptom_duration")  # kinds with their own way of being gathered
IDENTITY = ("side", "levels", "sign")  # what tells two findings of one day apart, whatever their kind
APART = {  # attributes whose values do not exclude each other on one day, so that each is evidence by itself
    "pain_score": ("when", "low", "high", "of"),
    "function_score": ("when", "value", "percent"),
    "technique": ("value", "status", "earlier"),
    "evaluation": ("status",),
}
MANIFOLD = frozenset(  # signs and conditions of which several, with several results, are found on one day
    (
        "motor",
        "sensory",
        "reflex",
        "gait",
        "range_of_motion",
        "other_sign",
        "spine_tenderness",
        "joint_tenderness",
        "trigger_point",
        "other_condition",
    )
)
BASES = ("report", "quoted", "clinical")  # the grounds of a diagnosis, the firmest first
SINGLE_VALUED = ("guidance", "contrast", "sedation", "radiofrequency_mode", "images_saved")
SCALE = re.compile(
    r"\b(?:NP?RS|VN?RS|VAS|numeric|numerical|visual analog\w*|verbal)\b|\b0\s*(?:-|to|\u2013)\s*10\b", re.I
)
Facts = dict[str, tuple[Fact, ...]]


def states(reading: Reading) -> list[Evidence]:
    """Evidence of every kind but therapy, studies and the duration of pain, by concept, place and day."""
    groups: dict[tuple[Any, ...], list[Finding]] = {}
    for name in sorted(reading.found):
        for finding in reading.found[name]:
            if finding.kind not in ALONE:
                groups.setdefault(_key(finding, reading), []).append(finding)
    return [_state(several, reading) for _, several in sorted(groups.items(), key=lambda item: str(item[0]))]


def _key(finding: Finding, reading: Reading) -> tuple[Any, ...]:
    names = [*IDENTITY, *APART.get(finding.kind, ())]
    if finding.concept in MANIFOLD:
        names += ["result", "status"]
    if finding.kind == "technique" and finding.concept in SINGLE_VALUED:
        names.remove("value")
    day = reading.told(finding) or finding.document_id
    history = finding.get("status") == "history"
    values = tuple(frozen(finding.get(name)) for name in names)
    return (finding.kind, finding.concept, day, history, tuple(sorted(reading.where(finding))), values)


def _state(several: Sequence[Finding], reading: Reading) -> Evidence:
    first = several[0]
    facts = stated(several)
    facts["region"] = all_of(several, "region", reading)
    if first.kind == "diagnosis":
        facts |= _diagnosis(facts, several, reading)
    if first.kind in ("pain_score", "function_score"):
        facts |= _scale(several, reading)
    told = reading.told(first)
    day = interval(first.get("date")) if first.kind == "evaluation" else None
    return piece(several, facts, day or (on(told) if told else None), reading)


def piece(several: Sequence[Finding], facts: Facts, day: Interval | None, reading: Reading) -> Evidence:
    """A piece of evidence of one day, with the days from there to the request."""
    known = exact(day)
    if known:
        facts = {**facts, "days_before": (Fact(reading.days_before(known), unique(several)),)}
    told = {name: values for name, values in sorted(facts.items()) if values}
    return Evidence(several[0].kind, several[0].concept, unique(several), told, day, day)


def stated(several: Sequence[Finding]) -> Facts:
    """The attributes of findings as facts: equal values are one fact, unlike ones stand side by side."""
    values: dict[str, dict[Any, list[Finding]]] = {}
    for finding in several:
        for name, value in finding.attributes.items():
            values.setdefault(name, {}).setdefault(frozen(value), []).append(finding)
    return {name: tuple(_by_value(told)) for name, told in values.items()}


def all_of(several: Sequence[Finding], name: str, reading: Reading) -> tuple[Fact, ...]:
    """All regions or levels that findings state, as one fact."""
    told = (reading.where(f) if name == "region" else f.get(name) or () for f in several)
    values = tuple(sorted({str(value) for part in told for value in part}))
    if not values:
        return ()
    return (Fact(values[0] if len(values) == 1 and name == "region" else values, unique(several)),)


def frozen(value: Any) -> Any:
    """A value that can be a key: lists become tuples."""
    return tuple(value) if isinstance(value, list) else value


def _by_value(told: Mapping[Any, Sequence[Finding]]) -> list[Fact]:
    return [Fact(value, unique(tellers)) for value, tellers in sorted(told.items(), key=lambda item: str(item[0]))]


def _diagnosis(facts: Facts, several: Sequence[Finding], reading: Reading) -> Facts:
    """What is present is not also suspected; what a report shows is told apart from what a note says."""
    told = [fact.value for fact in facts.get("status", ())]
    changed: Facts = {}
    if "present" in told and "suspected" in told:
        changed["status"] = tuple(fact for fact in facts["status"] if fact.value != "suspected")
    if "icd10" in facts:
        codes = tuple(fact.value for fact in facts["icd10"])
        tellers = unique(finding for fact in facts["icd10"] for finding in fact.findings)
        changed["icd10"] = (Fact(codes[0] if len(codes) == 1 else codes, tellers),)
    grounds = {fact.value: fact for fact in facts.get("basis", ())}
    report = [f for f in several if reading.document(f).type in REPORTS]
    if report:
        grounds.setdefault("report", Fact("report", unique(report)))
    changed["basis"] = (next((grounds[name] for name in BASES if name in grounds), Fact("clinical", unique(several))),)
    return changed


def _scale(several: Sequence[Finding], reading: Reading) -> Facts:
    """The instrument, whether it is named, and a raw score of fifty points as the percent that it comes to."""
    first = several[0]
    facts: Facts = {"scale": (Fact(first.concept, unique(several)),)}
    named = [f for f in several if f.get("named") or f.kind == "function_score" or _names_scale(f, reading)]
    if named:
        facts["named"] = (Fact(True, unique(named)),)
    one = score(first, reading.document(first))
    if first.kind == "function_score" and one and one.high != first.get("value"):
        facts["value"] = (Fact(one.high, unique(several)),)
    return facts


def _names_scale(finding: Finding, reading: Reading) -> bool:
    return bool(SCALE.search(finding.quote) or SCALE.search(reading.document(finding).text))
