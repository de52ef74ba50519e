"""An audit in, what the page of its report shows out: each part with its quotes and where they stand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from typing import Any

import mednec
from mednec.model import Audit, Determination, Document, Element, Finding, Status, Warning
from mednec.reports import words
from mednec.reports.calendar import entries
from mednec.reports.events import timeline
from mednec.reports.ledger import CELLS, Row, rows
from mednec.reports.passages import Passage, passages
from mednec.reports.procedures import months, procedures, tracks, windows
from mednec.reports.sheets import Images, Place, Sheet, anchors, sheets
from mednec.reports.summary import failing, headline, next_questions, open_questions, ordered_criteria, title, unsaid
from mednec.reports.timeline import HINT, can_draw, to_svg

SHOWN = 3  # quotes that stand open on a card; the others unfold
LEGIBLE = 85  # mean OCR confidence below which a page is called hard to read


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person said of words of a document, to be read wherever these are quoted."""

    document_id: str
    start: int
    end: int
    said: str  # a sentence: what, by whom, when and why


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage with what the reader wants to know of its document, and the link to its place on its page."""

    passage: Passage
    document: Document | None
    link: str | None
    remarks: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """What the document is and of when."""
        document = self.document
        type_ = words.spoken(document.type) if document and document.type != "other" else ""
        dated = document.dated.isoformat() if document and document.dated else ""
        return " · ".join(part for part in (type_, dated) if part)


def quoted(audit: Audit) -> Iterator[Finding]:
    """Every finding that a report of the audit quotes."""
    for determination in audit.determinations:
        yield from (*determination.findings, *determination.against)
    yield from chain.from_iterable(element.findings for element in audit.elements)
    yield from chain.from_iterable(trial.findings for trial in audit.trials)
    yield from chain.from_iterable(warning.findings for warning in audit.warnings)
    yield from chain.from_iterable(session.findings for session in procedures(audit))


class View:
    """What the template asks for; `documents` are those of the whole chart, also those that are set aside."""

    def __init__(
        self, audit: Audit, documents: Iterable[Document], images: Images, remarks: Iterable[Remark] = ()
    ) -> None:
        self._audit = audit
        self._remarks = tuple(remarks)
        self._documents = {document.id: document for document in (*audit.documents, *documents)}
        found = tuple(quoted(audit))
        whole = tuple(documents) or audit.documents
        self._sheets = sheets(found, whole, images)
        shown = {anchor for sheet in self._sheets for spot in sheet.spots for anchor in spot.anchors}
        self._links = {place: anchor for place, anchor in anchors(found).items() if anchor in shown}

    def parts(self) -> dict[str, Any]:
        """The parts of the page, by the names that the template uses."""
        audit = self._audit
        counts = Counter(determination.status for determination in audit.determinations)
        questions = open_questions(audit)
        return {
            "audit": audit,
            "request": audit.request,
            "policy": audit.policy,
            "headline": headline(audit),
            "service": title(audit.request.service),
            "next": next_questions(audit),
            "failing": failing(audit),
            "tally": [(status, label, counts[status]) for status, label in words.STATUSES.items() if counts[status]],
            "elements": [self._element(element) for element in audit.elements],
            "criteria": [self._criterion(determination) for determination in ordered_criteria(audit)],
            "questions": questions,
            "asks": {d.criterion.key: d.criterion.asks for d in audit.determinations},
            "trials": [self._trial(row) for row in rows(audit)],
            "columns": CELLS,
            "warnings": [self._warning(warning) for warning in audit.warnings],
            "documents": [{"document": document, **_seen(document)} for document in audit.documents],
            "sheets": self._sheets,
            "citing": self._citing(),
            "version": mednec.__version__,
            "words": words,
            "shown": SHOWN,
            **self._times(),
        }

    def _times(self) -> dict[str, Any]:
        audit = self._audit
        held = procedures(audit)
        return {
            "events": timeline(audit),
            "picture": to_svg(audit, describedby="timeline-caption"),
            "hint": None if can_draw() else HINT,
            "windows": windows(audit),
            "months": months(audit.request.dated),
            "tracks": tracks(audit),
            "sessions": [{"session": session, "quotes": self.quotes(session.findings)} for session in held],
            "calendar": self._calendar(),
        }

    def _calendar(self) -> list[dict[str, Any]]:
        """The limits on sessions, each with its criterion's status and a sentence on how it stands."""
        decided = {d.criterion.key: d for d in self._audit.determinations}
        told = entries(self._audit)
        return [{"determination": decided[key], "told": sentence} for key, sentence in told if key in decided]

    def quotes(self, findings: Iterable[Finding]) -> list[Quote]:
        """The passages of findings, each with its document and the link to its place."""
        return [
            Quote(
                p,
                self._documents.get(p.document_id),
                self._links.get((p.document_id, p.start, p.end)),
                tuple(self._said_of(p)),
            )
            for p in passages(findings)
        ]

    def _said_of(self, passage: Passage) -> Iterator[str]:
        """What people said of words in a passage."""
        for one in self._remarks:
            if one.document_id == passage.document_id and passage.start <= one.start and one.end <= passage.end:
                yield one.said

    def _element(self, element: Element) -> dict[str, Any]:
        name, question = words.ELEMENTS[element.key]
        return {"element": element, "name": name, "question": question, "quotes": self.quotes(element.findings)}

    def _criterion(self, determination: Determination) -> dict[str, Any]:
        return {
            "determination": determination,
            "criterion": determination.criterion,
            "missing": unsaid(determination),
            "quotes": self.quotes(determination.findings),
            "against": self.quotes(determination.against),
            "folded": determination.status in (Status.MET, Status.EXEMPT, Status.NOT_APPLICABLE),
        }

    def _trial(self, row: Row) -> dict[str, Any]:
        cells = [
            {
                "name": name,
                "label": label,
                "values": [
                    {"said": words.said(fact.value), "quotes": self.quotes(fact.findings)}
                    for fact in row.facts.get(name, ())
                ],
            }
            for name, label in CELLS.items()
        ]
        return {"row": row, "cells": cells, "quotes": self.quotes(row.findings)}

    def _warning(self, warning: Warning) -> dict[str, Any]:
        """A warning; the quotes of a contradiction stand side by side, a column for each document."""
        quotes = self.quotes(warning.findings)
        sides: dict[str, list[Quote]] = {}
        for quote in quotes if warning.kind == "contradiction" else ():
            sides.setdefault(quote.passage.document_id, []).append(quote)
        asked = {d.criterion.key: f"“{d.criterion.asks}”" for d in self._audit.determinations}
        message = re.sub(r"[a-z_]+(?:\.\w+)+", lambda match: asked.get(match[0], match[0]), warning.message)
        return {"warning": warning, "message": message, "quotes": quotes, "sides": list(sides.values())}

    def _citing(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """Which criteria and elements cite a passage, by its anchor: where the reader came from."""
        found: dict[str, dict[str, str]] = {}
        for determination in self._audit.determinations:
            for place in _places((*determination.findings, *determination.against)):
                key = determination.criterion.key
                found.setdefault(self._links.get(place, ""), {})[anchor(key)] = determination.criterion.asks
        for element in self._audit.elements:
            for place in _places(element.findings):
                name = words.ELEMENTS[element.key][0]
                found.setdefault(self._links.get(place, ""), {})[f"element-{element.key}"] = name
        return {name: tuple(some.items()) for name, some in found.items()}


def anchor(key: str) -> str:
    """A criterion's key as the target of a link."""
    return key.replace(".", "-").replace("_", "-")


def cited_by(sheet: Sheet, citing: Mapping[str, tuple[tuple[str, str], ...]]) -> list[tuple[str, str]]:
    """The criteria and elements that cite a page."""
    return list(dict.fromkeys(pair for spot in sheet.spots for name in spot.anchors for pair in citing.get(name, ())))


def _places(findings: Iterable[Finding]) -> list[Place]:
    return list(dict.fromkeys((f.document_id, f.quote_start, f.quote_end) for f in findings))


def _seen(document: Document) -> dict[str, Any]:
    recognized = [page.confidence for page in document.pages if page.confidence is not None]
    return {
        "pages": max(len(document.pages), 1),
        "fingerprint": sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()[:12],
        "confidence": round(min(recognized)) if recognized else None,
        "hard": bool(recognized) and min(recognized) < LEGIBLE,
    }
