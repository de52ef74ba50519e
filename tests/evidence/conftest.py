"""Charts for the tests of evidence: notes written in place, findings cut out of them by their words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest

from mednec.evidence import gather
from mednec.model import Document, Evidence, Exclusion, Finding, Person, Record, ServiceRequest, SignatureState

PATIENT = Person("Dolores M. Ibarra", date(1957, 4, 11))


@dataclass
class Chart:
    """A chart under construction."""

    request: ServiceRequest
    documents: list[Document] = field(default_factory=list)
    findings: dict[str, list[Finding]] = field(default_factory=dict)

    def note(self, text: str, dated: str | None = "2026-02-10", type: str = "office_visit", **fields: Any) -> Note:
        """A signed note of this patient, unless its fields say otherwise."""
        known = {"signature": SignatureState.SIGNED, "patient": PATIENT, "id": f"{type}-{dated}-{len(self.documents)}"}
        day = date.fromisoformat(dated) if dated else None
        document = Document(**{**known, "text": text, "type": type, "dated": day, **fields})
        self.documents.append(document)
        self.findings[document.id] = []
        return Note(self, document)

    def gather(self, unreadable: tuple[Exclusion, ...] = ()) -> Record:
        """What the evidence room makes of it."""
        return gather(self.documents, self.findings, self.request, unreadable)

    def trials(
        self, concept: str | None = None, status: tuple[str, ...] = ("past", "current", "performed")
    ) -> list[Evidence]:
        """The treatments that were given."""
        return [
            one
            for one in self.gather().evidence
            if one.kind == "therapy" and concept in (None, one.concept) and (one.value("status") in status)
        ]

    def of(self, kind: str) -> list[Evidence]:
        """The evidence of one kind."""
        return [one for one in self.gather().evidence if one.kind == kind]

    def warnings(self) -> set[str]:
        """The kinds of warnings."""
        return {warning.kind for warning in self.gather().warnings}

    def reasons(self) -> dict[str, str]:
        """Why documents are excluded, by id."""
        return {one.document_id: one.reason for one in self.gather().excluded}


@dataclass
class Note:
    """One note of a chart under construction."""

    chart: Chart
    document: Document

    def says(self, kind: str, concept: str, mention: str, /, *, on: str | None = None, **attributes: Any) -> Note:
        """Adds a finding on the next place where the words stand; its quote is the line."""
        text = self.document.text
        own = self.chart.findings[self.document.id]
        start = text.index(mention, own[-1].start + 1 if own and text.find(mention, own[-1].start + 1) >= 0 else 0)
        line = (text.rfind("\n", 0, start) + 1, text.find("\n", start) if "\n" in text[start:] else len(text))
        finding = self.document.finding(kind, concept, start, start + len(mention), quote=line, **attributes)
        own.append(replace(finding, dated=date.fromisoformat(on)) if on else finding)
        return self

    def therapy(self, concept: str, mention: str, /, status: str = "past", **attributes: Any) -> Note:
        """Adds a finding of therapy."""
        return self.says("therapy", concept, mention, status=status, **attributes)

    def pain(self, mention: str, value: int, when: str | None = None, /, **attributes: Any) -> Note:
        """Adds a pain score on the numeric rating scale."""
        given = {"low": value, "high": value, "of": 10, "when": when, **attributes}
        return self.says("pain_score", "nrs", mention, **given)


@pytest.fixture
def make_chart() -> Callable[..., Chart]:
    """Makes an empty chart for a request of an epidural on 2026-02-24, left L5-S1, unless told otherwise."""

    def make(**changes: Any) -> Chart:
        request = ServiceRequest(
            service="esi.init",
            dated=date(2026, 2, 24),
            side="left",
            levels=("L5-S1",),
            region="lumbar",
            patient=PATIENT,
        )
        return Chart(replace(request, **changes))

    return make


@pytest.fixture
def chart(make_chart: Callable[..., Chart]) -> Chart:
    """An empty chart."""
    return make_chart()
