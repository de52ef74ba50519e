"""What was read of the documents that count, side by side: their findings, what each is about, and the request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from mednec.evidence.complaint import RADIATES, beside, regions_of
from mednec.model import Document, Finding, ServiceRequest

OF_PAIN = ("pain_score", "function_score", "symptom_duration")


@dataclass(frozen=True, slots=True)
class Reading:
    """Documents, their findings and the region that each is about, all by document id."""

    documents: Mapping[str, Document]
    found: Mapping[str, Sequence[Finding]]
    homes: Mapping[str, str | None]
    request: ServiceRequest
    _named: dict[tuple[str, int, int], frozenset[str]] = field(default_factory=dict)  # what was looked up before

    def of(self, *kinds: str) -> Iterator[Finding]:
        """The findings of some kinds, in an order that does not depend on how the documents came."""
        return (finding for name in sorted(self.found) for finding in self.found[name] if finding.kind in kinds)

    def document(self, finding: Finding) -> Document:
        """The document that a finding stands in."""
        return self.documents[finding.document_id]

    def told(self, finding: Finding) -> date | None:
        """The day on which a statement was made."""
        return finding.dated or self.document(finding).dated

    def where(self, finding: Finding) -> frozenset[str]:
        """The regions that a finding states, else the one that its document is about.

        The foot to which the pain of the back runs is of the back.
        """
        home = self.homes.get(finding.document_id)
        stated = regions_of(finding)
        if finding.kind in OF_PAIN:
            stated = stated or self._beside(finding)
            if home and stated <= RADIATES.get(home, frozenset()):
                stated = frozenset()
        return stated or frozenset([home] if home else [])

    def _beside(self, finding: Finding) -> frozenset[str]:
        place = (finding.document_id, finding.start, finding.end)
        if place not in self._named:
            self._named[place] = beside(finding, self.document(finding))
        return self._named[place]

    def days_before(self, day: date) -> int:
        """The days from a day to the request."""
        return (self.request.dated - day).days

    def is_of_one_day(self, document: Document) -> bool:
        """Whether a document tells of its own day alone: no entry or treatment in it bears another date."""
        found = self.found[document.id]
        return all(f.dated in (None, document.dated) and not f.get("started") and not f.get("ended") for f in found)
