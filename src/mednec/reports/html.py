"""An audit in, one self-contained page of HTML out: conclusion, criteria with quotes, gaps, and what was set aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import mednec
from mednec.model import Audit, Determination, Document, Element, Finding
from mednec.reports import words
from mednec.reports.calendar import entries
from mednec.reports.ledger import Row, rows
from mednec.reports.passages import Passage, passages
from mednec.reports.summary import headline, open_criteria, open_questions, settled_criteria, title, unsaid

if TYPE_CHECKING:
    from jinja2 import Environment, Template

SHOWN = 3  # quotes that stand open on a card; the others unfold
LEGIBLE = 85  # mean OCR confidence below which a page is called hard to read


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage with what the reader wants to know of its document."""

    passage: Passage
    document: Document | None

    @property
    def source(self) -> str:
        """What the document is and of when."""
        document = self.document
        type_ = words.spoken(document.type) if document and document.type != "other" else ""
        dated = document.dated.isoformat() if document and document.dated else ""
        return " · ".join(part for part in (type_, dated) if part)


def to_html(audit: Audit) -> str:
    """The audit as one page that needs nothing else: no script, no font, no network."""
    return template("report.html").render(**_view(audit))


def _view(audit: Audit) -> dict[str, Any]:
    documents = {document.id: document for document in audit.documents}
    counts = Counter(determination.status for determination in audit.determinations)
    return {
        "audit": audit,
        "request": audit.request,
        "policy": audit.policy,
        "headline": headline(audit),
        "service": title(audit.request.service),
        "tally": [(status, label, counts[status]) for status, label in words.STATUSES.items() if counts[status]],
        "elements": [_element(element, documents) for element in audit.elements],
        "open": [_criterion(determination, documents) for determination in open_criteria(audit)],
        "settled": [_criterion(determination, documents) for determination in settled_criteria(audit)],
        "questions": open_questions(audit),
        "asks": {d.criterion.key: d.criterion.asks for d in audit.determinations},
        "trials": [{"row": row, "quotes": _quotes(row.findings, documents)} for row in rows(audit)],
        "warnings": [{"warning": w, "quotes": _quotes(w.findings, documents)} for w in audit.warnings],
        "calendar": entries(audit),
        "documents": [{"document": document, **_seen(document)} for document in audit.documents],
        "version": mednec.__version__,
        "words": words,
        "shown": SHOWN,
    }


def _element(element: Element, documents: dict[str, Document]) -> dict[str, Any]:
    name, question = words.ELEMENTS[element.key]
    quotes = _quotes(element.findings, documents)
    return {"element": element, "name": name, "question": question, "quotes": quotes}


def _criterion(determination: Determination, documents: dict[str, Document]) -> dict[str, Any]:
    return {
        "determination": determination,
        "criterion": determination.criterion,
        "missing": unsaid(determination),
        "quotes": _quotes(determination.findings, documents),
        "against": _quotes(determination.against, documents),
    }


def _quotes(findings: Iterable[Finding], documents: dict[str, Document]) -> list[Quote]:
    return [Quote(passage, documents.get(passage.document_id)) for passage in passages(findings)]


def _seen(document: Document) -> dict[str, Any]:
    recognized = [page.confidence for page in document.pages if page.confidence is not None]
    return {
        "pages": max(len(document.pages), 1),
        "fingerprint": sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()[:12],
        "confidence": round(min(recognized)) if recognized else None,
        "hard": bool(recognized) and min(recognized) < LEGIBLE,
    }


def _stated(row: Row, name: str) -> str:
    """What the documents state of one attribute of a trial, as people say it; values that differ stand side by side."""
    return " / ".join(_said(value) for value in row.values.get(name, ()))


def _said(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_said(item) for item in value)
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return words.spoken(str(value))


def _anchor(key: str) -> str:
    """A criterion's key as the target of a link."""
    return key.replace(".", "-").replace("_", "-")


@cache
def template(name: str) -> Template:
    """A page of the templates folder, with the words and filters that all of them know."""
    return _environment().get_template(name)


def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    environment = Environment(
        loader=FunctionLoader(
            lambda name: (files("mednec") / "reports" / "templates" / name).read_text(encoding="utf-8")
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"spoken": words.spoken, "anchor": _anchor}
    environment.globals |= {"stated": _stated, "counted": words.counted}
    return environment
