"""The cited pages of the record in, each as its picture with boxes or as its text with the words marked, out."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from mednec.model import Document, Finding, Page, Word
from mednec.originals import PageImage
from mednec.reports.passages import Passage, passages

Images = Mapping[tuple[str, int], PageImage]
Place = tuple[str, int, int]  # document, start and end of a passage
MARGIN = 0.6  # points around a word


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page in percent of what it lies in; `marked` where it holds the very words that were read."""

    left: float
    top: float
    width: float
    height: float
    marked: bool = False

    @property
    def style(self) -> str:
        """Where the box lies, for a style attribute."""
        return f"left:{self.left:.2f}%;top:{self.top:.2f}%;width:{self.width:.2f}%;height:{self.height:.2f}%"


@dataclass(frozen=True, slots=True)
class Spot:
    """Passages of a page that overlap, shown as one; `anchors` are the targets of their links."""

    anchors: tuple[str, ...]
    pieces: tuple[tuple[str, bool], ...]
    frame: Box | None = None
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page that is quoted: its text in pieces (plain text, or a spot), and its picture where it has one."""

    document: Document
    number: int
    anchor: str
    pieces: tuple[str | Spot, ...]
    image: str | None
    width: float
    height: float

    @property
    def spots(self) -> tuple[Spot, ...]:
        """The quoted passages, in the order in which they stand on the page."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Spot))


def cited_pages(findings: Iterable[Finding], documents: Iterable[Document]) -> dict[str, frozenset[int]]:
    """Which pages are quoted, by the name of the file that they are in."""
    sources = {document.id: document.source for document in documents}
    pages: dict[str, set[int]] = {}
    for finding in findings:
        if source := sources.get(finding.document_id):
            pages.setdefault(source, set()).add(finding.page)
    return {source: frozenset(numbers) for source, numbers in sorted(pages.items())}


def sheets(found: Iterable[Finding], documents: Iterable[Document], images: Images) -> tuple[Sheet, ...]:
    """The quoted pages, the documents in the order of the chart."""
    quoted = tuple(found)
    numbered = anchors(quoted)
    by_document: dict[str, list[Passage]] = {}
    for passage in passages(quoted):
        by_document.setdefault(passage.document_id, []).append(passage)
    made = []
    for document in documents:
        pages = document.pages or (Page(1, 0, len(document.text)),)
        for page in pages:
            here = sorted((p for p in by_document.get(document.id, ()) if p.page == page.number), key=_extent)
            if here:
                made.append(_sheet(document, page, here, numbered, images))
    return tuple(made)


def anchors(findings: Iterable[Finding]) -> dict[Place, str]:
    """The anchor of every quoted passage, in the order of documents and places."""
    places = sorted({(f.document_id, f.quote_start, f.quote_end) for f in findings})
    return {place: f"q{number}" for number, place in enumerate(places, start=1)}


def _sheet(document: Document, page: Page, here: list[Passage], numbered: dict[Place, str], images: Images) -> Sheet:
    image = images.get((document.source, page.number))
    has_size = bool(image and page.width and page.height)
    pieces = list(_pieces(document, page, here, numbered))
    if not has_size and page.words and image:
        image = None
    return Sheet(
        document=document,
        number=page.number,
        anchor=f"page-{numbered[_place(here[0])]}",
        pieces=tuple(pieces),
        image=f"data:{image.mime};base64,{b64encode(image.data).decode()}" if image and has_size else None,
        width=page.width or 0,
        height=page.height or 0,
    )


def _pieces(document: Document, page: Page, here: list[Passage], numbered: dict[Place, str]) -> Iterator[str | Spot]:
    last = page.start
    for cluster in _clusters(here):
        start, end = min(p.start for p in cluster), max(p.end for p in cluster)
        if start > last:
            yield document.text[last:start]
        marks = sorted({(p.start + first, p.start + final) for p in cluster for first, final in p.marks})
        frame, boxes = _boxes(page, cluster, marks)
        names = tuple(numbered[_place(p)] for p in cluster)
        yield Spot(names, tuple(_marked(document.text, start, end, marks)), frame, boxes)
        last = end
    if last < page.end:
        yield document.text[last : page.end]


def _clusters(here: list[Passage]) -> Iterator[list[Passage]]:
    """The passages of a page, those that overlap together."""
    cluster: list[Passage] = []
    for passage in here:
        if cluster and passage.start >= max(p.end for p in cluster):
            yield cluster
            cluster = []
        cluster.append(passage)
    if cluster:
        yield cluster


def _marked(text: str, start: int, end: int, marks: list[tuple[int, int]]) -> Iterator[tuple[str, bool]]:
    bounds = sorted({start, end, *(place for mark in marks for place in mark if start < place < end)})
    for first, last in pairwise(bounds):
        yield text[first:last], any(low <= first and last <= high for low, high in marks)


def _boxes(page: Page, cluster: list[Passage], marks: list[tuple[int, int]]) -> tuple[Box | None, tuple[Box, ...]]:
    """The frame around the passages of a cluster (in percent of the page), and the boxes in it (of the frame)."""
    if not page.width or not page.height:
        return None, ()
    quoted = [w for w in page.words if any(p.start < w.end and w.start < p.end for p in cluster)]
    read = [w for w in quoted if any(low < w.end and w.start < high for low, high in marks)]
    if not quoted:
        return None, ()
    frame = around(quoted)
    lines = [(line, False) for line in lines_of(quoted)] + [(line, True) for line in lines_of(read)]
    return _within(frame, (0, 0, page.width, page.height)), tuple(
        _within(around(line), frame, marked) for line, marked in lines
    )


def lines_of(words: list[Word]) -> Iterator[list[Word]]:
    """Words that follow each other on one line, together."""
    line: list[Word] = []
    for word in words:
        follows = line and word.left >= line[-1].left and word.top < line[-1].bottom and word.bottom > line[-1].top
        if line and not (follows and word.left - line[-1].right < 4 * (word.bottom - word.top)):
            yield line
            line = []
        line.append(word)
    if line:
        yield line


def around(words: list[Word]) -> tuple[float, float, float, float]:
    """The rectangle around words, with a little room."""
    return (
        min(w.left for w in words) - MARGIN,
        min(w.top for w in words) - MARGIN,
        max(w.right for w in words) + MARGIN,
        max(w.bottom for w in words) + MARGIN,
    )


def _within(box: tuple[float, ...], outer: tuple[float, ...], marked: bool = False) -> Box:
    across, down = outer[2] - outer[0], outer[3] - outer[1]
    return Box(
        100 * (box[0] - outer[0]) / across,
        100 * (box[1] - outer[1]) / down,
        100 * (box[2] - box[0]) / across,
        100 * (box[3] - box[1]) / down,
        marked,
    )


def _place(passage: Passage) -> Place:
    return passage.document_id, passage.start, passage.end


def _extent(passage: Passage) -> tuple[int, int]:
    return passage.start, -passage.end
