"""Findings of a document in, the same findings out: what a note quotes from an image bears the day of the image."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from mednec.evidence.complaint import REPORTS, compatible, regions_of
from mednec.evidence.dates import exact, interval
from mednec.model import Document, Finding

IMAGED = frozenset(["marrow_edema"])  # statements of which the day of the image counts, not that of the note
SEEN = ("disc_herniation", "spinal_stenosis", "nerve_root_compression")  # conditions that a note quotes from an image
OLD = timedelta(days=730)  # from which age on the day of the image, not that of the note, decides
LEAD = 240  # characters within which a report of an image goes on


def as_imaged(findings: Sequence[Finding]) -> list[Finding]:
    """The findings; what is seen on an image has the day that is told of it, where one is."""
    images = [f for f in findings if f.kind == "imaging" and exact(interval(f.get("date")))]
    return [_redated(f, images) if f.concept in IMAGED else f for f in findings]


def as_reported(
    found: Mapping[str, Sequence[Finding]], documents: Mapping[str, Document]
) -> dict[str, Sequence[Finding]]:
    """The findings by document; what a note quotes from an old image is of the day of that image.

    An image without a day is the last report of that region: 'MRI: L4-5 protrusion' in a visit makes no new image.
    """
    images = {name: [f for f in several if f.kind == "imaging"] for name, several in found.items()}
    reports = [(documents[name].dated, f) for name in images if documents[name].type in REPORTS for f in images[name]]
    return {
        name: [_of_its_day(f, documents[name], images[name], reports) if _is_quoted(f) else f for f in several]
        for name, several in found.items()
    }


def _is_quoted(finding: Finding) -> bool:
    return finding.concept in SEEN and finding.get("basis") == "quoted"


def _of_its_day(
    finding: Finding, note: Document, own: Iterable[Finding], reports: Iterable[tuple[date | None, Finding]]
) -> Finding:
    told = finding.dated or note.dated
    if told is None:
        return finding
    beside = [day for f in own if _speaks_of(f, finding) and (day := exact(interval(f.get("date"))))]
    here = frozenset(regions_of(finding))
    days = beside or [day for day, f in reports if day and day <= told and compatible(here, regions_of(f))]
    return replace(finding, dated=max(days)) if days and told - max(days) > OLD else finding


def _redated(finding: Finding, images: Iterable[Finding]) -> Finding:
    before = [one for one in images if _speaks_of(one, finding)]
    image = max(before, key=lambda one: (one.start <= finding.start, one.start), default=None)
    day = exact(interval(image.get("date"))) if image else None
    return replace(finding, dated=day) if day and (finding.dated is None or day < finding.dated) else finding


def _speaks_of(image: Finding, finding: Finding) -> bool:
    """Whether an image is named in the same sentence, or shortly before."""
    shared = image.quote_start < finding.quote_end and finding.quote_start < image.quote_end
    return shared or 0 <= finding.start - image.end <= LEAD
