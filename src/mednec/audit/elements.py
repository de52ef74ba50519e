"""The evidence in, the five documentation elements out: the same for every policy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import combinations

from mednec.audit import wording
from mednec.audit.answers import joined
from mednec.audit.citing import most_exact
from mednec.audit.requested import fits_region
from mednec.audit.selection import Asked, holds
from mednec.model import Element, Evidence, Fact, Finding
from mednec.vocabulary import lexicon

TRIED = ("past", "current", "contraindicated", "performed")
REQUESTED = ("planned", "performed")
GROUPS = ("active", "passive", "self_care", "medication")
VISITED = ("physical_therapy", "aquatic_therapy", "chiropractic", "osteopathic_manipulation", "massage", "acupuncture")
FOLLOWED = ("active", "passive")  # given or taught by somebody, so that frequency and adherence are on record
FAILED = ("none", "partial", "worse")
HALF = 50  # percent of relief from which nobody says that a treatment failed
LONG_ENOUGH = 14  # days after which a drug that was taken is more than a first try
COMPLAINED = ("symptom_duration", "therapy")
NEEDLED_APART = ("peripheral_nerve_block", "spinal_cord_stimulator", "intrathecal_pump")  # not given where it hurts
DETAILS = ("duration_days", "response")
CORE = ("duration_days", "response")
TOLD = ("duration_days", "sessions", "per_week", "response", "adherence", "failure_reason")
EXAMINED = ("exam", "imaging", "diagnosis", "electrodiagnostic")


class Trials:
    """The conservative treatments of the requested region that the chart records as tried."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        groups = {concept: group for group in GROUPS for concept in lexicon("therapy").group(group)}
        self.group = {**groups, "conservative_unspecified": "unspecified"}
        self.single = _has_one_complaint(asked)
        self.planned = _planned_regions(asked) if asked.request.region is None else frozenset[str]()
        self.unplaced = self.single and asked.request.region is None  # a request without a region, of the one complaint
        self.all = [p for p in asked.by_kind.get("therapy", ()) if self._counts(p)]
        self.main = [p for p in self.all if self._is_main(p)]

    def _counts(self, piece: Evidence) -> bool:
        if piece.concept not in self.group or self._is_of_region(piece) is False:
            return False
        if self._is_of_region(piece) is None and self.group[piece.concept] != "medication":
            return False
        return any(fact.value in TRIED for fact in piece.facts.get("status", ()))

    def _is_of_region(self, piece: Evidence) -> bool | None:
        """Whether a treatment was of the requested region; where only one is complained of, an unplaced one was too."""
        if self.planned and "region" in piece.facts:
            named = {region for fact in piece.facts["region"] for region in _listed(fact.value)}
            return not named.isdisjoint(self.planned)
        fits = holds(piece, "region", "requested", self.asked)
        open_to_it = fits is None and ("region" not in piece.facts or self.asked.request.region is None)
        return True if open_to_it and self.single else fits

    def concerns(self, piece: Evidence) -> bool:
        """Whether a score is of the requested region, or of the one complaint."""
        return bool(holds(piece, "region", "requested", self.asked) or self.unplaced or self._is_of_region(piece))

    def _is_main(self, piece: Evidence) -> bool:
        """Whether it is more than a first try at home: a course that somebody gave, or a drug taken for a while."""
        if piece.value("status") == "contraindicated":
            return False
        if self.group[piece.concept] in FOLLOWED:
            told = piece.start is not None or bool(piece.facts.keys() & set(TOLD))
            return told and self._is_of_region(piece) is True
        lengths = [fact.value for fact in piece.facts.get("duration_days", ())]
        return self.group[piece.concept] == "medication" and any(length >= LONG_ENOUGH for length in lengths)


def _has_one_complaint(asked: Asked) -> bool:
    """Whether pain and treatments are told of one region alone, the requested one where the request names one."""
    told = [p for kind in COMPLAINED for p in asked.by_kind.get(kind, ()) if p.concept not in NEEDLED_APART]
    named = {region for piece in told for fact in piece.facts.get("region", ()) for region in _listed(fact.value)}
    if asked.request.region is None:
        return len({"lumbar" if region == "sacroiliac" else region for region in named}) < 2
    return bool(named) and all(fits_region(region, asked.request) for region in named)


def _planned_regions(asked: Asked) -> frozenset[str]:
    """Where the chart plans the procedure, for a request that names no region."""
    requested = asked.concepts("therapy", "requested")
    planned = (p for p in asked.by_kind.get("therapy", ()) if p.concept in requested and p.value("status") in REQUESTED)
    return frozenset(region for p in planned for fact in p.facts.get("region", ()) for region in _listed(fact.value))


def _listed(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list | tuple) else (str(value),)


def elements(asked: Asked, *, side_mismatch: bool = False) -> tuple[Element, ...]:
    """The five elements in their order."""
    trials = Trials(asked)
    return (
        _attempts(trials),
        _description(trials),
        _failure(trials),
        _justification(asked, side_mismatch=side_mismatch),
        _objective(trials),
    )


def _attempts(trials: Trials) -> Element:
    if not trials.all:
        return Element("attempts", "missing", ("which conservative treatments were tried for this region",))
    shown = _shown(trials.main or trials.all, ("status", "duration_days", "sessions", "region"))
    if trials.main:
        return Element("attempts", "met", (), shown)
    missing = ("a course of therapy or of a prescribed drug, with its dates, beyond self-care and first tries",)
    return Element("attempts", "partial", missing, shown)


def _description(trials: Trials) -> Element:
    if not trials.all:
        return Element("description", "missing", ("type, frequency, duration and response of each treatment",))
    shown = _shown(trials.main or trials.all, ("duration_days", "sessions", "response", "adherence", "per_week"))
    if _disputed(trials):
        return Element("description", "conflicting", _disputes(trials), shown)
    lacking = {id(piece): _lacking(piece) for piece in trials.all}
    missing = tuple(f"{wording.phrase(name)} of {wording.named(p)}" for p in trials.all for name in lacking[id(p)])
    complete = [piece for piece in trials.main if not lacking[id(piece)]]
    if complete:
        return Element("description", "met", (), shown)
    if any(piece.facts.keys() & {*DETAILS, "sessions", "per_week"} for piece in trials.all):
        return Element("description", "partial", missing, shown)
    return Element("description", "missing", missing, shown)


def _failure(trials: Trials) -> Element:
    ask = tuple(f"why {wording.named(piece)} was not enough" for piece in trials.all)
    failed = [piece for piece in trials.all if _failed(piece)]
    if not failed:
        return Element("failure", "missing", ask or ("why conservative treatment was not enough",))
    shown = _shown(failed, ("response", "failure_reason", "status"))
    if _disputed(trials):
        return Element("failure", "conflicting", _disputes(trials), shown)
    unclear = tuple(f"why {wording.named(piece)} was not enough" for piece in trials.all if not _failed(piece))
    if any(piece in trials.main for piece in failed):
        return Element("failure", "met", (), shown)
    return Element("failure", "partial", unclear or ("why a full course of treatment was not enough",), shown)


def _justification(asked: Asked, *, side_mismatch: bool) -> Element:
    reasons = joined(
        piece.findings
        for piece in asked.by_kind.get("rationale", ())
        if holds(piece, "region", "requested", asked) is not False
    )
    examined = joined(
        piece.findings
        for kind in EXAMINED
        for piece in asked.by_kind.get(kind, ())
        if holds(piece, "region", "requested", asked) is not False
    )
    shown = (*most_exact(reasons, ("region",), 4), *most_exact(examined, ("result", "side", "status"), 4))
    if reasons and examined:
        if side_mismatch:
            missing = ("how imaging of the other side explains the symptoms",)
            return Element("justification", "partial", missing, shown)
        return Element("justification", "met", (), shown)
    if not reasons and not examined:
        missing = ("examination, diagnostic findings and the reasoning for this procedure",)
        return Element("justification", "missing", missing)
    lacking = (
        "the reasoning that leads from the findings to this procedure"
        if examined
        else "examination and diagnostic findings"
    )
    return Element("justification", "partial", (lacking,), shown)


def _objective(trials: Trials) -> Element:
    asked = trials.asked
    paired = [piece for piece in trials.all if _measured(piece) and not _relieved(piece)]
    scores = [
        piece
        for kind in ("pain_score", "function_score")
        for piece in asked.by_kind.get(kind, ())
        if trials.concerns(piece) and piece.facts.keys() & {"low", "value"}
    ]
    shown = most_exact(joined(p.findings for p in [*paired, *scores]), ("low", "value", "when", "pain_after"))
    if not scores and not paired:
        return Element("objective", "missing", ("scores on a named scale before and after treatment",))
    belied = [piece for piece in trials.main if _relieved(piece) and _failed(piece)]
    if belied and not paired:
        missing = tuple(f"how the scores of {wording.named(piece)} agree with its failure" for piece in belied)
        return Element("objective", "conflicting", missing, _shown(belied, ("pain_after", "response", "when")))
    if paired or (trials.main and _repeated(scores)):
        return Element("objective", "met", (), shown)
    return Element("objective", "partial", ("a score on the same named scale after a course of treatment",), shown)


def _measured(piece: Evidence) -> bool:
    return any({f"{what}_before", f"{what}_after"} <= piece.facts.keys() for what in ("pain", "function"))


def _relieved(piece: Evidence) -> bool:
    """Whether measured scores show that a treatment took half of the pain: no measure of its failure."""
    percents = [fact.value for fact in piece.facts.get("relief_percent", ())]
    return piece.value("relief_basis") == "measured" and any(percent >= HALF for percent in percents)


def _repeated(scores: Sequence[Evidence]) -> bool:
    """Whether one scale was used on two days or more, and the last score is more than half of the first."""
    days: dict[str, dict[date, float]] = {}
    for piece in scores:
        number = piece.value("high", piece.value("value"))
        if not isinstance(number, int | float) or piece.value("when") in ("after", "best"):
            continue
        for day in {finding.dated for finding in piece.findings if finding.dated}:
            scale = days.setdefault(piece.concept, {})
            scale[day] = max(number, scale.get(day, 0))
    return any(len(told) > 1 and told[max(told)] > told[min(told)] / 2 for told in days.values())


def _lacking(piece: Evidence) -> list[str]:
    """The details of a trial that the chart leaves out."""
    lacking = [name for name in DETAILS if name not in piece.facts and not (name == "response" and _measured(piece))]
    if piece.value("status") == "contraindicated":
        return []
    if piece.concept in VISITED and not piece.facts.keys() & {"sessions", "per_week"}:
        lacking.append("per_week")
    return lacking


def _failed(piece: Evidence) -> bool:
    """Whether the chart says, or measures, that a treatment was not enough."""
    if piece.value("relief_basis") == "measured" and not _relieved(piece):
        return True
    if "failure_reason" in piece.facts or piece.value("status") == "contraindicated":
        return True
    return any(fact.value in FAILED for fact in piece.facts.get("response", ()))


def _disputed(trials: Trials) -> bool:
    return bool(_disputes(trials))


def _disputes(trials: Trials) -> tuple[str, ...]:
    """What the documents say differently about the courses of therapy."""
    return tuple(
        f"which is right: {wording.phrase(name)} of {wording.named(piece)}"
        for piece in trials.main
        if piece.concept == "physical_therapy"
        for name in CORE
        if _told_apart(piece.facts.get(name, ())) or (name == "response" and _relieved(piece) and _failed(piece))
    )


def _told_apart(facts: Sequence[Fact]) -> bool:
    """Whether different documents state different values; one document does not contradict itself in passing.

    What is reckoned from months without days ('from mid November to the end of December') is the least that it may be.
    """
    exact = [fact for fact in facts if not all(map(_is_of_months, fact.findings))]
    tellers = [{finding.document_id for finding in fact.findings} for fact in exact]
    return any(not one & other for one, other in combinations(tellers, 2))


def _is_of_months(finding: Finding) -> bool:
    """Whether a course is told from month to month alone."""
    days = [str(finding.get(name)) for name in ("started", "ended") if finding.get(name)]
    return len(days) == 2 and all(len(day) < len("2026-01-01") for day in days)


def _shown(pieces: Sequence[Evidence], asked: Sequence[str]) -> tuple[Finding, ...]:
    """A few findings of each trial, the most exact of all first."""
    return most_exact(joined(most_exact(piece.findings, asked, 3) for piece in pieces), asked, 12)
