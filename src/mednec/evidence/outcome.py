"""The claims of a course and what its scores come to in, its response out: good where the scores say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mednec.evidence.claims import Claim
from mednec.evidence.facts import responses
from mednec.model import Fact

HALF = 50  # percent of measured relief that belies "no relief"
MOST = 70  # the same for "some relief"


def outcome(claims: Sequence[Claim], effects: Mapping[str, tuple[Fact, ...]]) -> tuple[Fact, ...]:
    """The response that is told, and beside it the good one that scores before and after show."""
    told = responses(claims)
    measured = effects.get("relief_percent", ())
    if not any(fact.value == "measured" for fact in effects.get("relief_basis", ())):
        return told
    least = MOST if any(fact.value == "partial" for fact in told) else HALF
    if any(fact.value == "good" for fact in told) or not all(fact.value >= least for fact in measured):
        return told
    return (Fact("good", tuple(finding for fact in measured for finding in fact.findings)), *told)
