"""A policy asks, the evidence answers, the audit decides."""

from __future__ import annotations

from dataclasses import replace

from mednec.audit.deciding import decide, outcome
from mednec.audit.elements import Trials, elements
from mednec.audit.gaps import smallest_gap
from mednec.audit.lacks import lacks
from mednec.audit.limits import explained, limits
from mednec.audit.requested import region_of
from mednec.audit.selection import Asked
from mednec.audit.warnings import opposite_side, warnings
from mednec.model import Audit, Criterion, Determination, Policy, Record, ServiceRequest, Status

__all__ = ["audit", "decide_one", "outcome", "region_of"]


def audit(policy: Policy, record: Record, request: ServiceRequest) -> Audit:
    """The whole answer for one request: every criterion of its service decided, and the five elements."""
    request = replace(request, region=region_of(request))
    asked = Asked(request, policy, record.evidence, record.documents)
    applicable = [c for c in policy.criteria if not c.services or request.service in c.services]
    decided = [decide(criterion, asked) for criterion in applicable]
    concerned = [d.criterion for d in decided if d.status is not Status.NOT_APPLICABLE]
    calendar = limits(concerned, asked)
    determinations = tuple(_with_gap(explained(determination, calendar), asked) for determination in decided)
    return Audit(
        request=request,
        policy=policy,
        determination=outcome(determinations, covered=request.service not in policy.not_covered),
        elements=elements(asked, side_mismatch=bool(opposite_side(asked))),
        determinations=determinations,
        trials=tuple(Trials(asked).all),
        excluded=record.excluded,
        warnings=(*record.warnings, *warnings(asked, record, determinations)),
        documents=record.documents,
        calendar=calendar,
        evidence=record.evidence,
    )


def _with_gap(determination: Determination, asked: Asked) -> Determination:
    facts = smallest_gap(determination.criterion, determination.status, asked)
    return replace(determination, gap=lacks(facts, asked)) if facts else determination


def decide_one(criterion: Criterion, policy: Policy, record: Record, request: ServiceRequest) -> Determination:
    """One criterion alone, as the audit would decide it."""
    return decide(
        criterion, Asked(replace(request, region=region_of(request)), policy, record.evidence, record.documents)
    )
