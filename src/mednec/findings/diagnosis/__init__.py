"""Conditions that policies ask about, with status, place and basis: a parsed document in, findings out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from mednec.expressions.patterns import compiled
from mednec.findings.diagnosis import axial, place
from mednec.findings.diagnosis.checks import checked, mention_of, trait
from mednec.findings.diagnosis.codes import coded, codes_with
from mednec.findings.diagnosis.contact import TOUCHING, contacts
from mednec.findings.diagnosis.mention import Mention
from mednec.findings.diagnosis.share import shares
from mednec.findings.parse import Parsed
from mednec.model import Finding
from mednec.vocabulary import lexicon

ASSESSED = compiled(r"\b(?:assessment|impression|diagnos[ei]s|dx|imp|A)\s*:[^.\n]*$", re.I)
SCAR = "scar"  # on an image; as a diagnosis it names the syndrome
LABEL_OF_A_CODE = compiled(r"spondylosis\s+(?:without|w/o)\s", re.I)


def find(parsed: Parsed) -> Iterator[Finding]:
    """Every condition that the document states to be present, absent, suspected or past in this patient."""
    report = place.is_report(parsed.document)
    body = place.body_of(parsed.text) if report else 0
    found = list(axial.told(parsed, report))
    spared = [finding for finding in found if finding.concept == "radiculopathy"]
    for hit in parsed.of("diagnosis"):
        if hit.start < body or trait(hit.concept, "reads"):
            continue
        mention = mention_of(parsed, hit)
        if mention.concept == "radiculopathy" and any(f.start <= hit.start < f.end for f in spared):
            continue
        status = checked(parsed, mention, report)
        if status is not None:
            found += _findings(parsed, mention, status, report)
    found += contacts(parsed, found, report)
    found += coded(parsed, found, report)
    if not report:
        found += shares(parsed)
    found = axial.without_spread(found)
    found += axial.axial(parsed, found)
    yield from _as_assessed(parsed, list(_without_label_contradictions(found)))


def _findings(parsed: Parsed, mention: Mention, status: str, report: bool) -> Iterator[Finding]:
    """One finding, or one for each side where the sides differ ('severe left and mild right foraminal stenosis')."""
    attributes = _attributes(parsed, mention, status, report)
    sides = place.graded_sides(parsed.text, mention.first, mention.start) if trait(mention.concept, "graded") else ()
    for side, severity in sides or ((None, None),):
        own = attributes | {"side": side, "severity": severity} if side else attributes
        yield parsed.document.finding(
            "diagnosis", mention.concept, mention.start, mention.end, quote=(mention.first, mention.last), **own
        )


def _attributes(parsed: Parsed, mention: Mention, status: str, report: bool) -> dict[str, Any]:
    text, concept = parsed.text, mention.concept
    bounds = (mention.first, mention.start, mention.end, mention.last)
    levels = _levels(parsed, mention, report, denied=status == "absent")
    codes = codes_with(text, mention)
    shown = report or trait(concept, "imaged")
    graded = trait(concept, "graded") and status != "absent"
    touching = concept in TOUCHING and status == "present"
    basis = place.basis_of(parsed, mention.start, mention.first, report=report) if shown else "clinical"
    condition = _condition(mention)
    any_side = report or mention.reading == "running"
    return {
        "status": status,
        "region": _region(parsed, mention, report, levels or []),
        "side": place.side_of(text, *bounds, report=any_side) if trait(concept, "sided") else None,
        "levels": levels,
        "icd10": codes[0] if len(codes) == 1 else codes or None,
        "basis": basis,
        "severity": place.severity_of(text, *bounds) if graded else None,
        "nerve_contact": place.contact_of(text, *place.part_of(text, *bounds)) if touching else None,
        "condition": None if condition == SCAR and basis == "clinical" else condition,
    }


def _region(parsed: Parsed, mention: Mention, report: bool, levels: list[str]) -> str | list[str] | None:
    """The region that the words name, else that of the whole document."""
    if mention.concept == "sacroiliac_pain":
        return "sacroiliac"
    unplaced = lexicon("diagnosis").concepts[mention.concept].extra.get("unplaced", ())
    if not trait(mention.concept, "placed") or _condition(mention) in unplaced:
        return None
    bounds = (mention.first, mention.start, mention.end, mention.last)
    return place.region_of(parsed, bounds, levels) or place.region_of_document(parsed, report)


def _levels(parsed: Parsed, mention: Mention, report: bool, *, denied: bool) -> list[str] | None:
    bounds = (mention.first, mention.start, mention.end, mention.last)
    kind = lexicon("diagnosis").concepts[mention.concept].extra.get("levels")
    if kind == "vertebrae":
        return place.vertebrae_of(parsed.text, bounds, denied=denied)
    headed = report and trait(mention.concept, "structural")
    return place.levels_of(parsed, bounds, report=headed, denied=denied) if kind == "discs" else None


def _condition(mention: Mention) -> str | None:
    """Which of the other conditions is meant."""
    conditions: dict[str, list[str]] = lexicon("diagnosis").concepts[mention.concept].extra.get("conditions", {})
    return next((name for name, terms in conditions.items() if mention.term in terms), None)


def _as_assessed(parsed: Parsed, found: list[Finding]) -> Iterator[Finding]:
    """What the assessment denies is no more than suspected where the history of the same note tells it."""
    judged = [f for f in found if f.concept == "radiculopathy" and _is_assessed(parsed, f)]
    denied = judged and all(f.get("status") == "absent" for f in judged)
    for finding in found:
        if denied and finding.concept == "radiculopathy" and finding.get("status") == "present":
            finding = replace(finding, attributes={**finding.attributes, "status": "suspected"})
        yield finding


def _is_assessed(parsed: Parsed, finding: Finding) -> bool:
    """Whether a condition stands in the assessment, by its section or by a word at the start of its line."""
    line = parsed.text.rfind("\n", 0, finding.start) + 1
    return parsed.section_at(finding.start).name == "assessment" or bool(
        ASSESSED.search(parsed.text, line, finding.start)
    )


def _without_label_contradictions(found: list[Finding]) -> Iterator[Finding]:
    """'Spondylosis without radiculopathy' is a code's name: beside a stated radiculopathy it says nothing."""
    stated = {(f.concept, str(f.get("region"))) for f in found if f.get("status") == "present"}
    for finding in found:
        label = finding.get("status") == "absent" and LABEL_OF_A_CODE.search(finding.quote)
        if not (label and (finding.concept, str(finding.get("region"))) in stated):
            yield finding
