"""A treatment with its scores in, the facts out that measure what it did: before, after, relief, function."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mednec.evidence.agreement import Told, clusters, unique
from mednec.evidence.bounds import is_least
from mednec.evidence.claims import THERAPY_RECORDS, VISITS, Claim, is_procedure
from mednec.evidence.dates import exact
from mednec.evidence.facts import day_told
from mednec.evidence.scores import RISES, Score
from mednec.model import Fact, Finding

BASELINE = timedelta(days=180)  # how old a score may be to stand for the state before a procedure
FOLLOW_UP = timedelta(days=400)
HELD = {
    "radiofrequency_ablation": timedelta(days=183),
    "trigger_point_injection": timedelta(days=41),
}  # for how long a benefit has to hold, where longer than SOON
SOON = timedelta(days=90)  # by when a first score has to be taken if it is to show what the procedure did
DIAGNOSTIC = "medial_branch_block"  # tells of hours, so that scores weeks apart say nothing of it
SLOW = (
    "epidural_steroid_injection",
    "radiofrequency_ablation",
)  # the day itself shows only the anesthetic or the wound
WEARS_OFF = timedelta(days=1)
PRESENT = (None, "current", "average")
LESS = 0.7  # the part of the pain before that a present score may come to, if it is to show relief by itself
RETURNED = re.compile(
    r"\b(?:back (?:to|at|up)|returned to|return of|pain returned|wore off|worn off|to baseline|recurr\w*"
    r"|c[ao]m(?:e|ing) back|next (?:morning|day)|by (?:evening|bedtime|night|dinner)|bedtime|at hour \d)\b",
    re.I,
)
AFTER_VISIT = re.compile(r"\b(?:post|after)[- ]?(?:tx|rx|treatment|session|visit)?\b[\s:=]*$", re.I)


@dataclass(frozen=True, slots=True)
class Pair:
    """A score before and one after, told by one document or put together of two."""

    before: Score
    after: Score

    @property
    def same_scale(self) -> bool:
        """Whether the two can be compared at all."""
        return self.before.compares_with(self.after)

    @property
    def percent(self) -> float | None:
        """The improvement in percent, by the less favorable ends of ranges."""
        if not self.same_scale or self.before.low <= 0:
            return None
        change = self.before.low - self.after.high
        if self.before.finding.concept in RISES:
            change = -change
        return round(100 * change / self.before.low, 1)


def effect(
    claims: Sequence[Claim], scores: Sequence[Score], course: Sequence[Score] = ()
) -> dict[str, tuple[Fact, ...]]:
    """Pain and function before and after, the relief that this comes to, and that which is stated.

    `course` are the scores of function of the months around a procedure: they show what it did where no note says so.
    """
    procedure = is_procedure(claims[0].finding.concept)
    pains = [one for one in scores if one.finding.kind == "pain_score"]
    functions = [one for one in scores if one.finding.kind == "function_score"]
    if procedure:
        pain = pairs_of_procedure(pains, claims)
        function = [pair for several in _by_scale(functions) for pair in pairs_of_procedure(several, claims)]
        function = function or pairs_over_time(claims, course)
    else:
        pain, function = pairs_of_course(pains), pairs_of_course(functions)
    found = {
        **_sides(pain, scores, "pain"),
        **_sides(function, scores, "function"),
        "function_percent": _percents("function_percent", function),
        "relief_days": clusters("relief_days", _stated(claims, "relief_days"), min),
        "same_scale": _same_scale(pain),
    }
    measured = _percents("relief_percent", pain)
    stated = clusters("relief_percent", _stated(claims, "relief_percent"), min)
    found["relief_percent"] = measured or stated
    if measured:
        found["relief_stated"] = tuple(fact for fact in stated if not _bears_out(measured, fact))
    basis = "measured" if measured else "stated" if stated else None
    if basis:
        found["relief_basis"] = (Fact(basis, unique(f for fact in found["relief_percent"] for f in fact.findings)),)
    return {name: facts for name, facts in found.items() if facts}


def _bears_out(measured: Sequence[Fact], stated: Fact) -> bool:
    """Whether "more than 50%" is borne out by all that was measured."""
    least = all(is_least("relief_percent", finding) for finding in stated.findings)
    return least and all(fact.value >= stated.value for fact in measured)


def pairs_of_procedure(scores: Sequence[Score], claims: Sequence[Claim]) -> list[Pair]:
    """For each document the best score after, with its own score before or that of the procedure's record.

    A diagnostic block wears off the same day: a score told as the return of the pain is not what it gave.
    """
    pairs: list[Pair] = []
    befores = [one for one in scores if one.when == "before"]
    for several in _by_document(scores):
        known = [one for one in several if one.when == "before"] or befores
        afters = [one for one in several if one.when == "after" and not RETURNED.search(_clause(one))]
        if not any(one.when == "after" for one in several):
            afters = _present(several, known, claims)
        if afters and known:
            best = min(afters, key=lambda s: (-s.high if s.finding.concept in RISES else s.high, s.order))
            pairs.append(Pair(_on_scale(known, best) or known[0], best))
    return _lasting(pairs, claims)


def _lasting(pairs: list[Pair], claims: Sequence[Claim]) -> list[Pair]:
    """Without the scores of the day itself, where a steroid or a lesion works only later and later scores are told."""
    day = next((known for claim in claims if (known := exact(claim.start))), None)
    if day is None or claims[0].finding.concept not in SLOW:
        return pairs
    return [pair for pair in pairs if pair.after.told is None or pair.after.told > day] or pairs


def _present(scores: Sequence[Score], befores: Sequence[Score], claims: Sequence[Claim]) -> list[Score]:
    """The present score of a follow-up soon after, where it stands beside that of before, or is clearly less.

    Pain that is as it was may have returned since: it does not tell what the procedure did.
    """
    if not befores or not _is_soon(scores[0], claims):
        return []
    told = [one for one in scores if one.when in PRESENT and not RETURNED.search(_clause(one))][:1]
    beside = any(one.when == "before" for one in scores)
    first = _on_scale(befores, told[0]) if told else None
    return told if beside or (first and told[0].high <= LESS * first.low) else []


def _is_soon(one: Score, claims: Sequence[Claim]) -> bool:
    """Whether a score is told so soon after a procedure that the present state shows what it did."""
    day = next((known for claim in claims if (known := exact(claim.start))), None)
    limit = WEARS_OFF if claims[0].finding.concept == DIAGNOSTIC else SOON
    return day is not None and one.told is not None and timedelta(0) <= one.told - day <= limit


def pairs_of_course(scores: Sequence[Score]) -> list[Pair]:
    """The first and the last score of each scale in the therapists' records; before and after as other notes tell."""
    usual = [one for one in scores if one.when not in ("worst", "best")]
    records = [one for one in usual if one.document.type in THERAPY_RECORDS]
    pairs = [pair for several in _by_scale(records) if (pair := _first_and_last(several))]
    for several in _by_document([one for one in usual if one.document.type not in THERAPY_RECORDS]):
        for same in _by_scale(several):
            befores = [one for one in same if one.when == "before"]
            afters = [one for one in same if one.when == "after"]
            if befores and afters:
                pairs.append(Pair(befores[0], afters[-1]))
    return pairs


def pairs_over_time(claims: Sequence[Claim], scores: Sequence[Score]) -> list[Pair]:
    """The last score of each scale up to the day of a procedure, and the worst of the months that it has to last."""
    day = next((known for one in claims if (known := exact(one.start))), None)
    if day is None:
        return []
    pairs = []
    for several in _by_scale(scores):
        before = [
            one for one in several if one.told and timedelta(0) <= day - one.told <= BASELINE and one.when != "after"
        ]
        after = [
            one for one in several if one.told and timedelta(0) < one.told - day <= FOLLOW_UP and one.when != "before"
        ]
        held = [one for one in after if one.told and one.told - day <= HELD.get(claims[0].finding.concept, SOON)]
        held = held or sorted(after, key=lambda s: s.order)[:1]
        if before and any(one.told and one.told - day <= SOON for one in held):
            rises = several[0].finding.concept in RISES
            worst = max(held, key=lambda s: (-s.high if rises else s.high, s.order))
            pairs.append(Pair(max(before, key=lambda s: s.order), worst))
    return pairs


def _first_and_last(scores: Sequence[Score]) -> Pair | None:
    """What is told as before and after a course; where it is not told, the first and the last score of unlike days."""
    befores = [one for one in scores if one.when == "before"]
    afters = [one for one in scores if one.when == "after"]
    others = [one for one in scores if one.when not in ("before", "after")]
    first = min(befores or others, key=lambda s: s.order, default=None)
    last = max(afters or others, key=lambda s: s.order, default=None)
    if first is None or last is None or first.finding == last.finding:
        return None
    if first.document is last.document and first.told == last.told and _is_of_one_visit(last):
        return None
    if first.when != "before" and (last.order < first.order or (last.when != "after" and first.told == last.told)):
        return None
    return Pair(first, last)


def _is_of_one_visit(last: Score) -> bool:
    """Whether a score is what one visit left behind, which tells nothing of the course: 'pre 7 / post 7'."""
    near = last.document.text[max(0, last.finding.start - 20) : last.finding.start]
    return last.document.type in VISITS and AFTER_VISIT.search(near) is not None


def _sides(pairs: Sequence[Pair], scores: Sequence[Score], name: str) -> dict[str, tuple[Fact, ...]]:
    """The facts `pain_before` and `pain_after`, or those of function; a score without its counterpart is one too."""
    kind = f"{name}_score"
    sides = {}
    for when in ("before", "after"):
        used = [getattr(pair, when) for pair in pairs]
        alone = [] if used else [one for one in scores if one.finding.kind == kind and one.when == when]
        end = "low" if when == "before" else "high"
        told = [
            Told(getattr(one, end), one.told or date.min, False, one.finding)
            for one in (used or alone[: 1 if when == "before" else None][-1:])
        ]
        sides[f"{name}_{when}"] = clusters(f"{name}_{when}", told)
    return {key: facts for key, facts in sides.items() if facts}


def _percents(name: str, pairs: Iterable[Pair]) -> tuple[Fact, ...]:
    told = [(pair.percent, pair) for pair in pairs if pair.percent is not None]
    values = [Told(percent, pair.after.told or date.min, False, pair.after.finding) for percent, pair in told]
    facts = clusters(name, values, min)
    partners = {_place(pair.after.finding): pair for _, pair in told}
    return tuple(
        Fact(
            fact.value,
            unique([*fact.findings, *(p.before.finding for f in fact.findings if (p := partners.get(_place(f))))]),
        )
        for fact in facts
    )


def _place(finding: Finding) -> tuple[str, int]:
    return finding.document_id, finding.start


def _same_scale(pairs: Sequence[Pair]) -> tuple[Fact, ...]:
    if not pairs:
        return ()
    several = unique(finding for pair in pairs for finding in (pair.before.finding, pair.after.finding))
    return (Fact(all(pair.same_scale for pair in pairs), several),)


def _stated(claims: Sequence[Claim], name: str) -> list[Told]:
    """What claims state of relief; how long it lasts can only grow until it ends, so an earlier figure gives way.

    The hour of relief after one visit of a course is not what the course gave.
    """
    procedure = is_procedure(claims[0].finding.concept)
    return [
        Told(one.finding.get(name), day_told(one), name == "relief_days", one.finding)
        for one in claims
        if isinstance(one.finding.get(name), int | float) and (procedure or not one.is_visit)
    ]


def _by_document(scores: Iterable[Score]) -> list[list[Score]]:
    groups: defaultdict[str, list[Score]] = defaultdict(list)
    for one in scores:
        groups[one.document.id].append(one)
    return list(groups.values())


def _by_scale(scores: Iterable[Score]) -> list[list[Score]]:
    groups: defaultdict[str, list[Score]] = defaultdict(list)
    for one in scores:
        groups[one.scale].append(one)
    return [groups[scale] for scale in sorted(groups)]


def _on_scale(scores: Sequence[Score], other: Score) -> Score | None:
    return next((one for one in scores if one.compares_with(other)), None)


def _clause(one: Score) -> str:
    """The words about a score: from the last comma or stop before it to the next after it."""
    text, start, end = one.document.text, one.finding.start, one.finding.end
    first = max(text.rfind(mark, max(0, start - 80), start) for mark in (",", ";", ":", ". ", "\n")) + 1
    stops = [place for mark in (",", ";", ". ", ".\n", "\n") if (place := text.find(mark, end, end + 40)) >= 0]
    return text[max(first, start - 80) : min(stops, default=min(end + 40, len(text)))]
