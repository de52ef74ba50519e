"""A case's latest judgement in, its criteria and its chart out as a page shows them: text in pieces, with marks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from mednec.errors import CorrectionError
from mednec.exchange import Reading, text_hash
from mednec.model import Document, Finding, Page
from mednec.office.desk import NotFound, Office, check, own_case
from mednec.office.judging import latest_judgement, reading_of
from mednec.office.looking import looked_at
from mednec.roles import Permission
from mednec.store.accounts import Visitor
from mednec.store.tables import Audit

OPEN = ("not_met", "conflicting", "insufficient")
DONE_TO = {"confirm": "confirmed", "change": "changed", "reject": "rejected", "add": "added"}


@dataclass(frozen=True, slots=True)
class Read:
    """What was read at one place, and what a person said of it; `place` names it for a correction."""

    place: Mapping[str, Any]  # document, kind, concept, start, end, number
    mention: str
    quote: str
    attributes: Mapping[str, Any]  # as they count
    machine: Mapping[str, Any] | None  # as they were read, where a person says otherwise; none where nothing was read
    said: Mapping[str, Any] | None  # the correction that holds: action, reason, by, at, id
    criteria: tuple[str, ...]  # the keys of those that quote it

    @property
    def state(self) -> str:
        """'read', or what a person did: confirmed, changed, rejected, added."""
        return DONE_TO[self.said["action"]] if self.said else "read"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text whose marks are all the same: whether something was read there, and which quotes hold it."""

    text: str
    start: int
    read: str  # '' where nothing was read, else the state of what was
    quotes: tuple[str, ...]  # anchors
    begins: tuple[str, ...]  # anchors of the quotes that begin here


@dataclass(frozen=True, slots=True)
class PageView:
    """One page of a document."""

    number: int
    pieces: tuple[Piece, ...]
    is_laid_out: bool  # whether there is a picture of it


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document of the chart; `number` names it in addresses, `excluded` says why it is no evidence."""

    number: int
    name: str
    sha256: str
    type: str
    dated: date | None
    author: str | None
    signature: str
    excluded: str | None
    pages: tuple[PageView, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage that a criterion rests on, and where it stands."""

    text: str
    document: str
    page: int
    anchor: str
    against: bool
    corrected: bool  # whether a person said something of a finding in it


@dataclass(frozen=True, slots=True)
class CriterionView:
    """A criterion as it stands; `data` is its part of the judgement."""

    data: Mapping[str, Any]
    quotes: tuple[Quote, ...]

    @property
    def is_open(self) -> bool:
        """Whether it is required and does not hold."""
        return self.data["status"] in OPEN and self.data["required"]


@dataclass(frozen=True, slots=True)
class ChartView:
    """A judged chart."""

    number: int  # of the judgement
    audit_id: str
    judgement: Mapping[str, Any]
    criteria: tuple[CriterionView, ...]
    documents: tuple[DocumentView, ...]


def chart_view(office: Office, visitor: Visitor, case_id: str) -> ChartView:
    """The chart and the criteria of a case. Raises NotFound where it has none, or was not judged yet."""
    number, audit_id, data, reading = _judged(office, visitor, case_id)
    numbers = {document.id: n for n, document in enumerate(reading.documents, 1)}
    documents = tuple(_document(reading, data, n, document) for n, document in enumerate(reading.documents, 1))
    criteria = tuple(CriterionView(one, tuple(_quotes(one, numbers))) for one in data["criteria"])
    return ChartView(number, audit_id, data, criteria, documents)


def read_at(office: Office, visitor: Visitor, case_id: str, document: int, offset: int) -> tuple[Read, ...]:
    """What was read at a place of a document, the narrowest mention first. Raises NotFound."""
    _, _, data, reading = _judged(office, visitor, case_id)
    if not 1 <= document <= len(reading.documents):
        raise NotFound("the chart has no such document; open the audit again")
    found = [one for one in _reads(reading, data, reading.documents[document - 1]) if _covers(one, offset)]
    return tuple(sorted(found, key=lambda one: one.place["end"] - one.place["start"]))


def words_at(
    office: Office, visitor: Visitor, case_id: str, document: int, words: str, near: int = 0
) -> tuple[str, int, int, str]:
    """Where words stand in a document: the SHA-256 of its text, start, end, and the words as they stand there.

    Of several places the first from `near` on. Raises NotFound, CorrectionError where they stand nowhere.
    """
    *_, reading = _judged(office, visitor, case_id)
    if not 1 <= document <= len(reading.documents):
        raise NotFound("the chart has no such document; open the audit again")
    one = reading.documents[document - 1]
    spaced = r"\s+".join(re.escape(word) for word in words.split())
    found = list(re.finditer(spaced, one.text)) if spaced else []
    if not found:
        raise CorrectionError("these words do not stand in the document; write them as they stand there")
    match = next((match for match in found if match.start() >= near), found[0])
    return text_hash(one), match.start(), match.end(), match[0]


def judgement_data(office: Office, visitor: Visitor, case_id: str) -> Mapping[str, Any] | None:
    """The latest judgement of a case as JSON data; none where it was not judged yet. Raises NotFound."""
    check(visitor, Permission.READ)
    with office.database.read() as database:
        own_case(database, visitor, case_id)
        judgement = latest_judgement(database, case_id)
        data: Mapping[str, Any] | None = json.loads(office.blobs.get(judgement.result)) if judgement else None
    if judgement:
        looked_at(office, visitor, case_id)
    return data


def _judged(office: Office, visitor: Visitor, case_id: str) -> tuple[int, str, Mapping[str, Any], Reading]:
    check(visitor, Permission.READ)
    with office.database.read() as database:
        own_case(database, visitor, case_id)
        judgement = latest_judgement(database, case_id)
        if judgement is None:
            raise NotFound("this case has not been judged yet; start its audit, or wait until it is done")
        audit = database.get_one(Audit, judgement.audit_id)
        data = json.loads(office.blobs.get(judgement.result))
        reading = reading_of(office, audit)
    looked_at(office, visitor, case_id)
    return judgement.number, audit.id, data, reading


def _document(reading: Reading, data: Mapping[str, Any], number: int, document: Document) -> DocumentView:
    quotes = sorted({(start, end) for start, end, _ in _spans(data, document.id)})
    marks = [
        (one.place["start"], one.place["end"], one.state)
        for one in _reads(reading, data, document)
        if 0 <= one.place["start"] < one.place["end"] <= len(document.text)
    ]
    bounds = document.pages or (Page(1, 0, len(document.text)),)
    excluded = next((one["reason"] for one in data["excluded"] if one["document_id"] == document.id), None)
    return DocumentView(
        number=number,
        name=document.id,
        sha256=text_hash(document),
        type=document.type,
        dated=document.dated,
        author=document.author,
        signature=str(document.signature),
        excluded=excluded,
        pages=tuple(
            PageView(
                number=page.number,
                pieces=tuple(_pieces(document.text, page.start, page.end, number, marks, quotes)),
                is_laid_out=page.width is not None,
            )
            for page in bounds
        ),
    )


def _pieces(
    text: str,
    first: int,
    last: int,
    number: int,
    marks: Sequence[tuple[int, int, str]],
    quotes: Sequence[tuple[int, int]],
) -> Iterator[Piece]:
    """The text of a page cut wherever a mark or a quote begins or ends."""
    marks = [mark for mark in marks if mark[0] < last and mark[1] > first]
    quotes = [quote for quote in quotes if quote[0] < last and quote[1] > first]
    ends = [at for span in (*(mark[:2] for mark in marks), *quotes) for at in span]
    cuts = sorted({first, last, *(at for at in ends if first < at < last)})
    for start, end in pairwise(cuts):
        states = [state for begin, stop, state in marks if begin <= start and end <= stop]
        over = [(begin, stop) for begin, stop in quotes if begin <= start and end <= stop]
        state = next((one for one in states if one != "read"), "read") if states else ""
        begins = tuple(anchor(number, *one) for one in over if one[0] == start)
        state = state if text[start:end].strip() else ""  # nobody chooses a blank
        yield Piece(text[start:end], start, state, tuple(anchor(number, *one) for one in over), begins)


def anchor(document: int, start: int, end: int) -> str:
    """The name of a quote within its page."""
    return f"q{document}-{start}-{end}"


def _spans(data: Mapping[str, Any], document_id: str) -> Iterator[tuple[int, int, str]]:
    """The passages of a document that criteria quote, with the keys of these."""
    for criterion in data["criteria"]:
        for passage in criterion["evidence"]:
            if passage["document_id"] == document_id:
                yield passage["start"], passage["end"], criterion["key"]


def _quotes(criterion: Mapping[str, Any], numbers: Mapping[str, int]) -> Iterator[Quote]:
    against = {(one["document_id"], one["start"]) for one in criterion["against"]}
    for one in criterion["evidence"]:
        number = numbers.get(one["document_id"], 0)
        yield Quote(
            text=one["quote"],
            document=one["document_id"],
            page=one["page"],
            anchor=anchor(number, one["start"], one["end"]),
            against=(one["document_id"], one["start"]) in against,
            corrected="review" in one,
        )


def _reads(reading: Reading, data: Mapping[str, Any], document: Document) -> Iterator[Read]:
    """All that was read in a document, and what people added to it."""
    sha256 = text_hash(document)
    said = {
        _key(one): one for one in data["review"]["findings"] if one["document"] == sha256 and one["state"] == "holds"
    }
    spans = list(_spans(data, document.id))
    counts: dict[tuple[Any, ...], int] = {}
    for finding in reading.findings.get(document.id, ()):
        same = (finding.kind, finding.concept, finding.start, finding.end)
        number = counts[same] = counts.get(same, -1) + 1
        yield _read(sha256, finding, number, said.pop((*same, number), None), spans)
    for one in said.values():
        if one["said"]:
            yield _added(sha256, one, spans)


def _key(one: Mapping[str, Any]) -> tuple[Any, ...]:
    return one["kind"], one["concept"], one["start"], one["end"], one["number"]


def _read(
    sha256: str, finding: Finding, number: int, said: Mapping[str, Any] | None, spans: Iterable[tuple[int, int, str]]
) -> Read:
    counted = next((one["attributes"] for one in said["said"]), {}) if said else finding.attributes
    return Read(
        place=_place(sha256, finding.kind, finding.concept, finding.start, finding.end, number),
        mention=finding.mention,
        quote=finding.quote,
        attributes=counted if said and said["action"] == "change" else finding.attributes,
        machine=finding.attributes if said else None,
        said=said,
        criteria=_citing(spans, finding.start, finding.end),
    )


def _added(sha256: str, said: Mapping[str, Any], spans: Iterable[tuple[int, int, str]]) -> Read:
    shown = said["said"][0]
    return Read(
        place=_place(sha256, *_key(said)),
        mention=shown["mention"],
        quote=shown["quote"],
        attributes=shown["attributes"],
        machine=None,
        said=said,
        criteria=_citing(spans, said["start"], said["end"]),
    )


def _place(*parts: Any) -> dict[str, Any]:
    return dict(zip(("document", "kind", "concept", "start", "end", "number"), parts, strict=True))


def _citing(spans: Iterable[tuple[int, int, str]], start: int, end: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for first, last, key in spans if first <= start and end <= last))


def _covers(one: Read, offset: int) -> bool:
    start, end = one.place["start"], one.place["end"]
    return bool(start <= offset < end)
