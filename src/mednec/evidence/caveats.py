"""The evidence gathered in, what a reviewer has to look at out: contradictions, copies, mismatches, old images."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from mednec.evidence.agreement import unique
from mednec.evidence.claims import DONE, UNNAMED, is_procedure
from mednec.evidence.clones import cloned
from mednec.evidence.complaint import REPORTS, compatible
from mednec.evidence.disputes import disputes
from mednec.evidence.refuted import UNTRIED
from mednec.evidence.sizes import near
from mednec.model import Document, Evidence, Fact, Finding, ServiceRequest, Warning
from mednec.vocabulary import length_in_words

LENGTHS = {"days": "the duration of", "duration_days": "the length of", "relief_days": "the relief after"}
DISPUTED = {
    "therapy": (
        "duration_days",
        "sessions",
        "response",
        "relief_percent",
        "relief_days",
        "pain_after",
        "function_after",
        "adherence",
    ),
    "symptom_duration": ("days",),
    "exam": ("result",),
    "diagnosis": ("status",),
    "technique": ("value",),
    "statement": ("status",),
}
CONSERVATIVE = (
    "physical_therapy",
    "home_exercise",
    "aquatic_therapy",
    "chiropractic",
    "osteopathic_manipulation",
    "massage",
    "acupuncture",
    "traction",
)
OPPOSITE = {"left": "right", "right": "left"}
LATERAL = {
    "diagnosis": "status",
    "exam": "result",
}  # kinds whose side must fit the request, and the attribute that affirms them
LATERAL_SIGNS = (
    "straight_leg_raise",
    "spurling",
    "facet_loading",
    "faber",
    "gaenslen",
    "thigh_thrust",
    "si_tenderness",
)
RECENT = 90  # days before the request in which its plan is looked for
STALE = 730  # days after which an image is called old, whatever the policy


def caveats(evidence: Sequence[Evidence], documents: Sequence[Document], request: ServiceRequest) -> list[Warning]:
    """All warnings that the evidence gives rise to, in a fixed order."""
    by_id = {document.id: document for document in documents}
    return [
        *_contradictions(evidence),
        *_unlike_measured(evidence),
        *_denied(evidence),
        *_refuted(evidence),
        *disputes(evidence, by_id),
        *(_copy(one, other) for one, other in cloned(documents)),
        *_changed_scales(evidence),
        *_ranges(evidence, request),
        *_other_region(evidence, request),
        *_other_side(evidence, by_id, request),
        *_other_plan(evidence, request),
        *_old_images(evidence, request),
    ]


def _contradictions(evidence: Iterable[Evidence]) -> Iterator[Warning]:
    for one in evidence:
        if one.kind == "therapy" and one.value("status") not in DONE:
            continue
        for name in DISPUTED.get(one.kind, ()):
            facts = one.facts.get(name, ())
            if len(facts) > 1:
                told = " and ".join(_shown(fact.value, days=name.endswith("days")) for fact in facts)
                of = LENGTHS.get(name, f"{_words(name)} of")
                about = "the pain" if one.kind == "symptom_duration" else _words(one.concept)
                yield Warning("contradiction", f"The record gives {told} for {of} {about}.", _tellers(facts))


def _unlike_measured(evidence: Iterable[Evidence]) -> Iterator[Warning]:
    """Relief that is told in words, where the scores come to another one."""
    for one in evidence:
        measured, stated = one.facts.get("relief_percent", ()), one.facts.get("relief_stated", ())
        for told in stated:
            if not any(near("relief_percent", told.value, fact.value) for fact in measured):
                message = f"Relief by {_words(one.concept)} is told as {_shown(told.value)}% and measured as "
                message += " and ".join(f"{_shown(fact.value)}%" for fact in measured) + "."
                yield Warning("contradiction", message, _tellers([told, *measured]))


def _denied(evidence: Sequence[Evidence]) -> Iterator[Warning]:
    """What one note says was never done, and the record of an earlier day shows."""
    care = [e for e in evidence if e.kind == "therapy" and (e.concept in CONSERVATIVE or is_procedure(e.concept))]
    done = [e for e in care if e.value("status") in DONE and e.concept != UNNAMED and _region(e)]
    for one in care:
        since = any("since" in finding.quote.lower() for finding in one.findings)
        if one.value("status") != "not_tried" or since or not _region(one):
            continue
        belied = [f for other in done if _belies(other, one) for f in other.findings[:3]]
        if belied:
            message = f"The record says that {_words(one.concept)} was not tried, and that it was."
            yield Warning("contradiction", message, unique([*one.findings, *belied]))


def _belies(done: Evidence, denied: Evidence) -> bool:
    """Whether a treatment was given before the day on which another document denies it."""
    if done.concept != denied.concept or done.start is None or denied.end is None:
        return False
    if {f.document_id for f in done.findings} & {f.document_id for f in denied.findings}:
        return False
    return done.start.last < denied.end.first and compatible(_region(done), _region(denied))


def _refuted(evidence: Iterable[Evidence]) -> Iterator[Warning]:
    """A course that one note tells of and another says never was."""
    for one in evidence:
        facts = one.facts.get("status", ())
        if one.kind == "therapy" and len(facts) > 1 and any(fact.value == UNTRIED for fact in facts):
            message = f"The record says that {_words(one.concept)} was done, and that it was not."
            yield Warning("contradiction", message, _tellers(facts))


def _copy(one: Document, other: Document) -> Warning:
    return Warning(
        "cloned_note", f"Most of {other.id}, of {other.dated}, repeats {one.id}, of {one.dated}, word for word."
    )


def _changed_scales(evidence: Iterable[Evidence]) -> Iterator[Warning]:
    for one in evidence:
        facts = one.facts.get("same_scale", ())
        if any(fact.value is False for fact in facts):
            yield Warning(
                "scale_changed",
                f"Pain before and after {_words(one.concept)} was measured on different scales.",
                _tellers(facts),
            )


def _ranges(evidence: Iterable[Evidence], request: ServiceRequest) -> Iterator[Warning]:
    found = [
        f
        for one in evidence
        if one.kind == "pain_score" and compatible(_region(one), _requested(request))
        for f in one.findings
        if f.get("low") != f.get("high")
    ]
    if found:
        yield Warning(
            "score_range", "Pain is scored as a range; relief cannot be computed exactly from it.", unique(found)
        )


def _other_region(evidence: Sequence[Evidence], request: ServiceRequest) -> Iterator[Warning]:
    """Conservative care is recorded, but none of it for the region of the request."""
    if not request.region:
        return
    care = [e for e in evidence if e.kind == "therapy" and e.concept in CONSERVATIVE and e.value("status") in DONE]
    known = [e for e in care if _region(e)]
    if known and len(known) == len(care) and not any(compatible(_region(e), _requested(request)) for e in known):
        yield Warning(
            "region_mismatch",
            f"The treatment on record is for another region than the {request.region} one.",
            unique(f for e in known for f in e.findings[:3]),
        )


def _other_side(
    evidence: Sequence[Evidence], documents: Mapping[str, Document], request: ServiceRequest
) -> Iterator[Warning]:
    """Reports, or signs, that speak of the opposite side and never of the requested one."""
    other = OPPOSITE.get(request.side or "")
    if other is None:
        return
    for kind, name in LATERAL.items():
        found = [
            f
            for e in evidence
            if e.kind == kind and compatible(_region(e), _requested(request))
            for f in e.findings
            if f.get(name) in ("present", "positive")
        ]
        if kind == "diagnosis":
            found = [f for f in found if documents[f.document_id].type in REPORTS and _levels_fit(f, request)]
        else:
            found = [f for f in found if f.concept in LATERAL_SIGNS]
        sides = {f.get("side") for f in found}
        if _only(other, sides, request):
            what = "Imaging shows" if kind == "diagnosis" else "The examination finds"
            yield Warning(
                "side_mismatch",
                f"{what} the {other} side; the request is for the {request.side}.",
                unique(f for f in found if f.get("side") == other),
            )


def _only(side: str, sides: Set[str | None], request: ServiceRequest) -> bool:
    return side in sides and not {request.side, "bilateral"} & sides


def _other_plan(evidence: Sequence[Evidence], request: ServiceRequest) -> Iterator[Warning]:
    """Procedures planned for the region shortly before the request, all of them on the opposite side."""
    other = OPPOSITE.get(request.side or "")
    plans = [
        f
        for e in evidence
        if e.kind == "therapy" and is_procedure(e.concept) and compatible(_region(e), _requested(request))
        for f in e.findings
        if f.get("status") == "planned" and f.get("side") and f.dated and (request.dated - f.dated).days <= RECENT
    ]
    if other and _only(other, {f.get("side") for f in plans}, request):
        message = f"The procedure is planned for the {other} side; the request is for the {request.side}."
        yield Warning("side_mismatch", message, unique(plans))


def _levels_fit(finding: Finding, request: ServiceRequest) -> bool:
    levels = finding.get("levels") or ()
    return not levels or not request.levels or bool({_level(v) for v in levels} & {_level(v) for v in request.levels})


def _level(level: str) -> str:
    """'L4-L5' and 'L4-5' are one level."""
    first, _, second = level.partition("-")
    return (
        f"{first}-{second}" if not second or second[0].isdigit() or second[0] != first[0] else f"{first}-{second[1:]}"
    )


def _old_images(evidence: Iterable[Evidence], request: ServiceRequest) -> Iterator[Warning]:
    ages = [
        (age, one)
        for one in evidence
        if one.kind == "imaging"
        and one.value("status", "past") == "past"
        and compatible(_region(one), _requested(request))
        and isinstance(age := one.value("age_days"), int)
    ]
    newest = min(ages, key=lambda pair: pair[0], default=None)
    if newest and newest[0] > STALE:
        yield Warning(
            "stale_imaging", f"The latest image of the region is {newest[0] // 30} months old.", newest[1].findings
        )


def _requested(request: ServiceRequest) -> frozenset[str]:
    return frozenset([request.region] if request.region else [])


def _region(one: Evidence) -> frozenset[str]:
    value = one.value("region")
    return frozenset([value] if isinstance(value, str) else value or ())


def _tellers(facts: Iterable[Fact]) -> tuple[Finding, ...]:
    return unique(finding for fact in facts for finding in fact.findings)


def _words(name: str) -> str:
    return name.replace("_", " ")


def _shown(value: object, *, days: bool = False) -> str:
    if days and isinstance(value, int | float):
        return length_in_words(value)
    return f"{value:g}" if isinstance(value, float) else str(value)
