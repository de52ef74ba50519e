"""Evidence in, the same evidence out: what the report of an image or a second examination says nothing of is disputed.

A note may read more into an image than its report does, and one examiner may find what the next does not; which of the
two is right no auditor can tell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from mednec.evidence.agreement import unique
from mednec.evidence.complaint import REPORTS
from mednec.evidence.shown import SEEN
from mednec.expressions.patterns import compiled
from mednec.model import Document, Evidence, Fact, Finding

TESTS = frozenset(("faber", "gaenslen", "thigh_thrust", "si_compression", "si_distraction"))
AS_ONE = compiled(r"provoc|maneuver|\btests\b|cluster", 2)
BY_REPORT = compiled(r"\b(?:report|radiolog\w*|official|final read)\b[^\n]*$", 2)
LEVEL = compiled(r"\b[CTL]\d{1,2}[-/][CTLS]?\d{1,2}\b")
BEFORE = 70  # characters before an image in which a note says that it quotes the report
NEAR = timedelta(days=7)  # within which two examinations are of one state
IMAGES = ("mri", "ct", "ct_myelogram")


def belie(evidence: Sequence[Evidence], documents: Mapping[str, Document]) -> list[Evidence]:
    """The evidence; a positive test or image has two results where another examination or the report denies it."""
    return [_weighed(one, evidence, documents) for one in evidence]


def _weighed(one: Evidence, evidence: Sequence[Evidence], documents: Mapping[str, Document]) -> Evidence:
    if one.kind == "exam" and one.concept in TESTS and one.value("result") == "positive":
        against = [f for f in _all(evidence, "exam", "other_sign") if _denies_test(f, one, documents)]
        return _disputed(one, "result", "negative", against)
    quoted = one.kind == "diagnosis" and all(f.get("basis") == "quoted" for f in one.findings)
    if quoted and one.concept in SEEN and one.value("status") == "present":
        against = [f for name in IMAGES for f in _all(evidence, "imaging", name) if f.get("result") == "normal"]
        against += [f for name in SEEN for f in _all(evidence, "diagnosis", name) if _denies(f, one)]
        seen = {f.document_id for name in SEEN for f in _all(evidence, "diagnosis", name) if f.get("basis") == "report"
                and f.get("status") == "present"}  # fmt: skip
        against = [f for f in against if f.document_id not in seen]
        against = [f for f in against if _is_of_report(f, documents) and _may_be_one(f, one, evidence)]
        return _disputed(one, "status", "absent", against)
    return one


def _all(evidence: Sequence[Evidence], kind: str, concept: str) -> list[Finding]:
    return [f for one in evidence if (one.kind, one.concept) == (kind, concept) for f in one.findings]


def _disputed(one: Evidence, name: str, value: str, against: list[Finding]) -> Evidence:
    facts = {**one.facts, name: (*one.facts[name], Fact(value, unique(against)))}
    return replace(one, facts=facts) if against else one


def _denies_test(finding: Finding, one: Evidence, documents: Mapping[str, Document]) -> bool:
    """Whether all such tests are told to be negative, of that side and time and elsewhere than the test."""
    words = documents[finding.document_id].text[finding.start : finding.end]
    sides = {str(f.get("side")) for f in one.findings if f.get("side")}
    if finding.get("result") != "negative" or finding.get("sign") or not AS_ONE.search(words):
        return False
    if finding.get("side") not in (None, "bilateral", *sides):
        return False
    elsewhere = all(f.document_id != finding.document_id or f.quote != finding.quote for f in one.findings)
    days = [f.dated for f in one.findings if f.dated]
    return elsewhere and bool(finding.dated and days and abs(finding.dated - max(days)) <= NEAR)


def _denies(finding: Finding, one: Evidence) -> bool:
    """Whether a condition is told to be absent at all levels, or at those of the one that is told to be there."""
    levels = {level for f in one.findings for level in f.get("levels", ())}
    told = set(finding.get("levels", ())) or {level.replace("/", "-") for level in LEVEL.findall(finding.quote)}
    alike = finding.concept in (one.concept, "nerve_root_compression")
    return finding.get("status") == "absent" and alike and not finding.get("side") and (not told or levels <= told)


def _is_of_report(finding: Finding, documents: Mapping[str, Document]) -> bool:
    document = documents[finding.document_id]
    line = document.text.rfind("\n", 0, finding.start) + 1
    before = document.text[max(line, finding.start - BEFORE * 3) : finding.start]
    return document.type in REPORTS or BY_REPORT.search(before) is not None


def _may_be_one(finding: Finding, one: Evidence, evidence: Sequence[Evidence]) -> bool:
    """Whether the note that tells of the image names no other day of it than the report has."""
    notes = {f.document_id for f in one.findings} - {finding.document_id}
    days = {str(f.get("date")) for name in IMAGES for f in _all(evidence, "imaging", name) if f.document_id in notes}
    own = {str(day) for day in (finding.get("date"), _day(finding)) if day}
    regions = {str(f.get("region")) for f in one.findings if f.get("region")}
    same_place = finding.get("region") is None or not regions or str(finding.get("region")) in regions
    return same_place and (not (days - {"None"}) or not own or bool(days & own))


def _day(finding: Finding) -> date | None:
    return finding.dated
