"""Claims in, the same claims out: a course that a note only retells is of the region of the record that it retells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mednec.evidence.claims import THERAPY_RECORDS, Claim, is_procedure
from mednec.evidence.complaint import beside, compatible, regions_of
from mednec.evidence.sizes import near

SIZES = ("sessions", "duration_days")


def retold(claims: Sequence[Claim]) -> list[Claim]:
    """The claims; one without a region of its own takes that of the only therapist's record that has its size.

    "PT 13 visits over 7 weeks" in a note about the leg is the course of the neck, where only that one has 13 visits.
    """
    records = [one for one in claims if one.document.type in THERAPY_RECORDS and one.regions and _sizes(one)]
    return [_of_record(one, records) for one in claims]


def _of_record(claim: Claim, records: Sequence[Claim]) -> Claim:
    if claim.document.type in THERAPY_RECORDS or is_procedure(claim.finding.concept) or not _sizes(claim):
        return claim
    if regions_of(claim.finding) or beside(claim.finding, claim.document):
        return claim
    same = [one for one in records if _is_retelling(claim, one)]
    if not same or any(compatible(one.regions, claim.regions) for one in same):
        return claim
    return replace(claim, regions=same[0].regions)


def _is_retelling(claim: Claim, record: Claim) -> bool:
    """Whether a record of that day or before tells of the same treatment in the same size."""
    if record.finding.concept != claim.finding.concept or (record.told and claim.told and record.told > claim.told):
        return False
    shared = [name for name in SIZES if name in _sizes(claim) and name in _sizes(record)]
    return bool(shared) and all(near(name, claim.finding.get(name), record.finding.get(name)) for name in shared)


def _sizes(claim: Claim) -> frozenset[str]:
    return frozenset(name for name in SIZES if claim.finding.get(name) is not None)
