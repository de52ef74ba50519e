"""Findings of a document in, the same findings out: what a note quotes from an image bears the day of the image."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from mednec.evidence.dates import exact, interval
from mednec.model import Finding

IMAGED = frozenset(["marrow_edema"])  # statements of which the day of the image counts, not that of the note
LEAD = 240  # characters within which a report of an image goes on


def as_imaged(findings: Sequence[Finding]) -> list[Finding]:
    """The findings; what is seen on an image has the day that is told of it, where one is."""
    images = [f for f in findings if f.kind == "imaging" and exact(interval(f.get("date")))]
    return [_redated(f, images) if f.concept in IMAGED else f for f in findings]


def _redated(finding: Finding, images: Iterable[Finding]) -> Finding:
    before = [one for one in images if _speaks_of(one, finding)]
    image = max(before, key=lambda one: (one.start <= finding.start, one.start), default=None)
    day = exact(interval(image.get("date"))) if image else None
    return replace(finding, dated=day) if day and (finding.dated is None or day < finding.dated) else finding


def _speaks_of(image: Finding, finding: Finding) -> bool:
    """Whether an image is named in the same sentence, or shortly before."""
    shared = image.quote_start < finding.quote_end and finding.quote_start < image.quote_end
    return shared or 0 <= finding.start - image.end <= LEAD
