"""A procedure and the dated scores of its region in, the days out over which they show that its relief held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from mednec.evidence.agreement import unique
from mednec.evidence.claims import Claim
from mednec.evidence.dates import exact
from mednec.evidence.scores import Score
from mednec.model import Fact

HALF, QUARTER = 0.5, 0.25  # of the pain before that is left
BASELINE = timedelta(days=180)  # how old a score may be to stand for the state before
GAP = timedelta(days=150)  # how far two scores may lie apart if nothing between them is to be feared
LONG = {"radiofrequency_ablation": 183, "trigger_point_injection": 42}  # days that policies ask for, else LASTING
LASTING = 90
USUAL = (None, "current", "average", "before", "after")


def held(claims: Sequence[Claim], scores: Sequence[Score], own: Sequence[Score] = ()) -> tuple[Fact, ...]:
    """`relief_days`: from the procedure to the last of the scores that follow it without one above half of that before.

    It is the least that relief lasted: less than policies ask for is not told.
    """
    least = LONG.get(claims[0].finding.concept, LASTING)
    return tuple(fact for fact in _over(claims, scores, own, HALF) if fact.value >= least)


def shown(claims: Sequence[Claim], scores: Sequence[Score], own: Sequence[Score] = ()) -> tuple[Fact, ...]:
    """`shown_days` where no length is told: the same for three quarters of the pain, however few the days are."""
    at_once = [one for one in own if one.when == "before"]  # told of the session itself: better than what came earlier
    others = [one for one in scores if one.when != "before" or one in at_once] if at_once else scores
    return tuple(fact for fact in _over(claims, others, own, QUARTER, at_once) if fact.value >= 1)


def _over(
    claims: Sequence[Claim],
    scores: Sequence[Score],
    own: Sequence[Score],
    left: float,
    at_once: Sequence[Score] = (),
) -> tuple[Fact, ...]:
    """The days from a procedure to the last score that follows it without one above what may be `left` of the pain.

    Each day tells its least favorable score, and the lowest score before stands for the state before. Scores that
    name no region prove nothing, unless they are `own`: told beside the procedure itself.
    """
    day = next((known for claim in claims if (known := exact(claim.start))), None)
    if day is None:
        return ()
    usual = [one for one in scores if one.told and one.when in USUAL and (one.regions or one in own)]
    before = [one for one in usual if one.told and timedelta(0) <= day - one.told <= BASELINE and one.when != "after"]
    if not before:  # told beside what it was afterwards: of these only those that have a day of their own are later
        before = [one for one in usual if one.when == "before" and one in own]
        usual = [one for one in usual if one.when != "after" or one.told != one.document.dated]
    if not before:
        return ()
    first = min(at_once or before, key=lambda one: (one.low, one.order))
    later: dict[date, Score] = {}
    for one in usual:
        if one.told and one.told > day and one.when != "before" and one.compares_with(first):
            later[one.told] = max(one, later.get(one.told, one), key=lambda score: score.high)
    kept: list[Score] = []
    last = day
    for told in sorted(later):
        if told - last > GAP or later[told].high > left * first.low:
            break
        kept.append(later[told])
        last = told
    return (Fact(float((last - day).days), unique(one.finding for one in [first, *kept])),)
