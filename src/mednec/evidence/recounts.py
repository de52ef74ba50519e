"""Sessions in, those out that are no second count of others: 'two diagnostic blocks' may be one of each kind."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mednec.evidence.claims import Claim
from mednec.evidence.courses import Group

KINDS = frozenset(["medial_branch_block", "facet_joint_injection"])  # what "diagnostic blocks" may be
NAMED = re.compile(r"medial|branch|MBB|facet|articular|joint", re.I)


def without_recounts(groups: Sequence[Group]) -> list[Group]:
    """The sessions, without those that only a number of unnamed blocks would add to as many sessions with dates."""
    dated = [group for group in groups if group.concept in KINDS and group.span and group.distinct]
    kept = []
    for group in groups:
        homes = [one for one in dated if all(_may_mean(claim, one) for claim in group.claims)]
        recount = group.concept in KINDS and group.span is None and all(map(_is_unnamed, group.claims))
        if recount and any(one.concept != group.concept for one in homes) and len(homes) >= _most(group):
            for home in homes:
                for claim in group.claims if home.concept == group.concept else ():
                    home.add(claim)
        else:
            kept.append(group)
    return kept


def _is_unnamed(claim: Claim) -> bool:
    return not NAMED.search(claim.finding.mention)


def _may_mean(claim: Claim, group: Group) -> bool:
    return group.takes(claim) and bool(group.span and claim.told and group.span.last < claim.told)


def _most(group: Group) -> int:
    """How many sessions the claims tell of."""
    told = [value for one in group.claims if isinstance(value := one.finding.get("sessions"), int)]
    return max(told, default=1)
