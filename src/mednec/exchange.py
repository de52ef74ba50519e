"""Documents and findings in, JSON bytes out, and exactly back: what is kept of a chart once it has been read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import Any

from mednec.model import Document, Exclusion, Finding, Page, Person, SignatureState, Warning, Word

FORM = 1  # of the bytes; raised when what is written changes


@dataclass(frozen=True, slots=True)
class Reading:
    """A chart as it was read: its documents, what stands in each (by document id), and what could not be read."""

    documents: tuple[Document, ...]
    findings: Mapping[str, tuple[Finding, ...]]
    unreadable: tuple[Exclusion, ...] = ()
    warnings: tuple[Warning, ...] = ()
    _by_id: dict[str, Document] = field(default_factory=dict, compare=False, repr=False)

    def document(self, name: str) -> Document:
        """The document of an id; KeyError where there is none."""
        if not self._by_id:
            self._by_id.update((document.id, document) for document in self.documents)
        return self._by_id[name]


def text_hash(document: Document) -> str:
    """The SHA-256 of a document's text: the name by which corrections find it again."""
    return sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()


def to_bytes(reading: Reading) -> bytes:
    """A reading as JSON in ASCII; the same reading gives the same bytes."""
    data = {
        "form": FORM,
        "documents": [_document(document) for document in reading.documents],
        "findings": {name: [_finding(one) for one in found] for name, found in reading.findings.items()},
        "unreadable": [[one.document_id, one.reason, one.explanation] for one in reading.unreadable],
        "warnings": [[one.kind, one.message, [_finding(f) for f in one.findings]] for one in reading.warnings],
    }
    return json.dumps(data, separators=(",", ":")).encode("ascii")


def from_bytes(data: bytes) -> Reading:
    """The reading that the bytes hold.

    Raises ValueError where they are of another form, or a finding does not stand in its document as it says.
    """
    whole = json.loads(data)
    if whole.get("form") != FORM:
        raise ValueError(
            f"a reading of the form {whole.get('form')} cannot be read by this program; audit the case again"
        )
    documents = tuple(_to_document(one) for one in whole["documents"])
    by_id = {document.id: document for document in documents}
    return Reading(
        documents=documents,
        findings={name: tuple(_to_finding(one, by_id) for one in found) for name, found in whole["findings"].items()},
        unreadable=tuple(Exclusion(*one) for one in whole["unreadable"]),
        warnings=tuple(
            Warning(kind, message, tuple(_to_finding(one, by_id) for one in found))
            for kind, message, found in whole["warnings"]
        ),
        _by_id=by_id,
    )


def plain(value: Any) -> Any:
    """A value as JSON can hold it: dates are ISO text, every sequence a list."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(plain(item) for item in value)
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _document(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "text": document.text,
        "type": document.type,
        "dated": _day(document.dated),
        "written": _day(document.written),
        "author": document.author,
        "signature": document.signature.value,
        "patient": [document.patient.name, _day(document.patient.birth_date)],
        "pages": [_page(page) for page in document.pages],
        "source": document.source,
    }


def _page(page: Page) -> list[Any]:
    words = [[w.start, w.end, w.left, w.top, w.right, w.bottom, w.confidence] for w in page.words]
    return [page.number, page.start, page.end, words, page.width, page.height, page.confidence]


def _to_document(data: Mapping[str, Any]) -> Document:
    name, born = data["patient"]
    given = {**data, "dated": _to_day(data["dated"]), "written": _to_day(data["written"])}
    given |= {"signature": SignatureState(data["signature"]), "patient": Person(name, _to_day(born))}
    given["pages"] = tuple(_to_page(*page) for page in data["pages"])
    return Document(**given)


def _to_page(number: int, start: int, end: int, words: list[list[Any]], *rest: float | None) -> Page:
    return Page(number, start, end, tuple(Word(*word) for word in words), *rest)


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "document": finding.document_id,
        "page": finding.page,
        "kind": finding.kind,
        "concept": finding.concept,
        "place": [finding.start, finding.end, finding.quote_start, finding.quote_end],
        "mention": finding.mention,
        "quote": finding.quote,
        "attributes": {name: _value(value) for name, value in finding.attributes.items()},
        "dated": _day(finding.dated),
        "read_by": finding.read_by,
    }


def _to_finding(data: Mapping[str, Any], documents: Mapping[str, Document]) -> Finding:
    """A finding, cut out of its document anew: what is kept must be what stands there."""
    start, end, first, last = data["place"]
    document = documents.get(data["document"])
    if document is None:
        raise ValueError("a finding names a document that is not there")
    made = document.finding(data["kind"], data["concept"], start, end, quote=(first, last))
    if (made.mention, made.quote, made.page) != (data["mention"], data["quote"], data["page"]):
        raise ValueError(f"{document.id}: what is kept for {start}:{end} is not what stands there")
    attributes = {name: _to_value(value) for name, value in data["attributes"].items()}
    return replace(made, attributes=attributes, dated=_to_day(data["dated"]), read_by=data["read_by"])


def _value(value: Any) -> Any:
    """A value of an attribute; what JSON has no like of is an object with one name, the value's type."""
    match value:
        case date() if type(value) is date:
            return {"date": value.isoformat()}
        case tuple():
            return {"tuple": [_value(one) for one in value]}
        case list():
            return [_value(one) for one in value]
        case Mapping():
            return {"map": [[_value(key), _value(one)] for key, one in value.items()]}
        case None | bool() | int() | float() | str() if type(value) in (type(None), bool, int, float, str):
            return value
    raise TypeError(f"a finding cannot hold a {type(value).__name__}")


def _to_value(value: Any) -> Any:
    if isinstance(value, list):
        return [_to_value(one) for one in value]
    if not isinstance(value, Mapping):
        return value
    ((what, held),) = value.items()
    if what == "date":
        return date.fromisoformat(held)
    if what == "tuple":
        return tuple(_to_value(one) for one in held)
    return {_to_value(key): _to_value(one) for key, one in held}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _to_day(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None
