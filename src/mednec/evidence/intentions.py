"""Findings of therapy in, what was not done out: plans, refusals, what was never tried, what cannot be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from mednec.evidence.claims import Claim, claims_of
from mednec.evidence.dates import earliest, latest, on
from mednec.evidence.facts import facts_of, findings, latest_of_each, merged
from mednec.evidence.reading import Reading
from mednec.model import Evidence, Fact
from mednec.vocabulary import SESSION_RECORDS, lexicon

AMOUNTS = ("duration_days", "sessions", "relief_percent", "relief_days")


def intentions(reading: Reading) -> list[Evidence]:
    """Each plan, refusal and denial by its day, so that it neither is the treatment nor contradicts it; a
    contraindication once."""
    groups: dict[tuple[Any, ...], list[Claim]] = {}
    for one in sorted((one for one in claims_of(reading) if one.stage != "done"), key=lambda c: c.order):
        lasting = one.stage == "contraindicated"
        day = () if lasting else (one.told, one.start)
        key = (one.finding.concept, one.stage, one.agent, tuple(sorted(one.regions)), day)
        groups.setdefault(key, []).append(one)
    return [_intention(claims, reading) for claims in groups.values()]


def _is_put_off(claim: Claim) -> bool:
    """Whether the record of a session leaves a treatment to another day: 'consider the hip at a later visit'."""
    recorded = claim.document.type in SESSION_RECORDS and claim.stage == "planned"
    return recorded and _put_off().search(claim.finding.quote) is not None


@cache
def _put_off() -> re.Pattern[str]:
    return re.compile(lexicon("statement").concepts["other_block_same_session"].extra["second"]["put_off"], re.I)


def _intention(claims: Sequence[Claim], reading: Reading) -> Evidence:
    told = max((one.told for one in claims if one.told and not _is_put_off(one)), default=None)
    start = earliest([one.start for one in claims if one.start]) or (on(told) if told else None)
    end = latest([one.end for one in claims if one.end]) or start
    days = (Fact(reading.days_before(told), findings(claims)),) if told else ()
    told_of = {name: latest_of_each(claims, name) for name in AMOUNTS}
    status = (Fact(claims[0].stage, findings(claims)),)
    facts = merged(facts_of(claims), told_of, {"days_before": days, "status": status})
    return Evidence("therapy", claims[0].finding.concept, findings(claims), facts, start, end)
