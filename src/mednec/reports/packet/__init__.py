"""An audit and the files of its chart in, one PDF out: an index, then the record itself, cited words highlighted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from mednec.errors import MednecError, MissingPackage
from mednec.model import Audit, Document
from mednec.originals import Original
from mednec.reports.packet.index import LINK, Plan, in_order, kind_and_day, write_index, write_separators
from mednec.reports.packet.marks import Layers, add_layers, highlight, link, stamp
from mednec.reports.packet.parts import Part, Place, home_of, parts

NEEDED = ("pikepdf", "reportlab", "matplotlib", "PIL")
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Packet:
    """What was written: how many pages, and the files that are not in it, with the reason."""

    pages: int
    numbers: tuple[str, str]
    left_out: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Bates:
    """How pages are numbered."""

    prefix: str = "MN"
    first: int = 1


def write_packet(
    path: Path,
    audit: Audit,
    documents: Sequence[Document],
    originals: Callable[[], Iterable[Original]],
    *,
    bates: Bates = Bates(),
    progress: Progress = lambda _done, _total: None,
) -> Packet:
    """Write the packet of an audited chart; `documents` are all of the chart, `originals` gives its files in order.

    Pages of other patients are left out. Raises MissingPackage where the libraries are not installed, MednecError
    where nothing of the record can be put in.
    """
    if any(find_spec(name) is None for name in NEEDED):
        raise MissingPackage("a packet needs more packages: pip install 'mednec[packet]'")
    others = frozenset(item.document_id for item in audit.excluded if item.reason == "other_patient")
    findings = [f for d in audit.determinations for f in (*d.findings, *d.against)]
    with TemporaryDirectory(prefix="mednec-") as folder:
        files = Path(folder)
        made = tuple(parts(originals, documents, others, findings, files))
        if not made:
            raise MednecError("nothing of this record can be put into a packet; convert its files to PDF")
        plan = _planned(audit, made, bates, others, files)
        _assemble(path, audit, plan, files, progress)
        missing = [*_without_pages(originals, made, documents), *_of_others(documents, others)]
        return Packet(plan.total, (plan.number(0), plan.number(plan.total - 1)), tuple(missing))


def _without_pages(
    originals: Callable[[], Iterable[Original]], made: Iterable[Part], documents: Sequence[Document]
) -> Iterator[tuple[str, str]]:
    """The files that no page could be made of; one that only holds other files is none of them."""
    names = [original.name for original in originals()]
    present = {part.name for part in made} | {home_of(document, names) for document in documents}
    for name in names:
        if name not in present and not any(other.startswith((f"{name}/", f"{name}#")) for other in names):
            yield name, "no pages of it can be made; convert it to PDF"


def _of_others(documents: Sequence[Document], others: frozenset[str]) -> list[tuple[str, str]]:
    """The files that hold papers of other patients, each once."""
    papers = Counter(document.source for document in documents if document.id in others)
    whole = Counter(document.source for document in documents)
    told = {
        name: "it bears" if count == whole[name] else f"{count} of its {whole[name]} papers bear"
        for name, count in sorted(papers.items())
    }
    return [(name, f"{what} another person's name or birth date") for name, what in told.items()]


def _planned(audit: Audit, made: tuple[Part, ...], bates: Bates, others: frozenset[str], files: Path) -> Plan:
    """The plan of the packet; the index is laid out until its own length is the one that it counts with."""
    front = 2
    while True:
        plan = _with_front(audit, made, bates, len(others), front)
        write_index(audit, plan, files / "index.pdf")
        if (count := _count(files / "index.pdf")) <= front:
            front = count
            plan = _with_front(audit, made, bates, len(others), front)
            write_index(audit, plan, files / "index.pdf")
            if _count(files / "index.pdf") == front:
                return plan
        front = max(front + 1, count)


def _with_front(audit: Audit, made: tuple[Part, ...], bates: Bates, left_out: int, front: int) -> Plan:
    separators, place = [], front
    for part in made:
        separators.append(place)
        place += 1 + len(part.kept)
    where = {
        quoted: (part.name, separator + 1 + page)
        for separator, part in zip(separators, made, strict=True)
        for quoted, spots in part.spots.items()
        for page, _ in spots[:1]
    }
    cited = {
        d.criterion.key: tuple(sorted({where[p] for p in _places(d) if p in where}, key=lambda found: found[1]))
        for d in audit.determinations
    }
    return Plan(front, tuple(separators), made, cited, left_out, place, bates.prefix, bates.first)


def _places(determination: Any) -> list[Place]:
    found = (*determination.findings, *determination.against)
    return [(f.document_id, f.quote_start, f.quote_end) for f in found]


def _count(path: Path) -> int:
    import pikepdf

    with pikepdf.open(path) as pdf:
        return len(pdf.pages)


def _assemble(path: Path, audit: Audit, plan: Plan, files: Path, progress: Progress) -> None:
    """Put the pages together, mark and number them, and write the packet."""
    import pikepdf

    write_separators(plan, files / "separators.pdf")
    asked = _asked(audit)
    with pikepdf.open(files / "index.pdf") as index, pikepdf.open(files / "separators.pdf") as separators:
        packet = pikepdf.new()
        packet.pages.extend(index.pages)
        layers = add_layers(packet)
        opened = []
        for number, part in enumerate(plan.parts):
            packet.pages.append(separators.pages[number])
            source = pikepdf.open(part.path, access_mode=pikepdf.AccessMode.mmap)
            opened.append(source)
            packet.pages.extend(source.pages[place] for place in part.kept)
            _mark(packet, plan.separators[number] + 1, part, asked, layers)
            progress(plan.separators[number] + 1 + len(part.kept), plan.total)
        for number, page in enumerate(packet.pages):
            stamp(packet, page, plan.number(number), layers)
        _join_links(packet, plan)
        _outline(packet, audit, plan)
        _describe(packet)
        path.parent.mkdir(parents=True, exist_ok=True)
        as_they_are = {"stream_decode_level": pikepdf.StreamDecodeLevel.none, "compress_streams": False}
        packed = pikepdf.ObjectStreamMode.generate
        packet.save(path, deterministic_id=True, object_stream_mode=packed, **as_they_are)
        for source in (packet, *opened):
            source.close()


def _mark(packet: Any, first: int, part: Part, asked: Mapping[Place, str], layers: Layers) -> None:
    for place, spots in sorted(part.spots.items()):
        for page, rects in spots:
            highlight(packet, packet.pages[first + page], rects, asked.get(place, ""), layers)


def _asked(audit: Audit) -> dict[Place, str]:
    """What each quoted passage is cited for."""
    found: dict[Place, list[str]] = {}
    for determination in audit.determinations:
        for place in dict.fromkeys(_places(determination)):
            found.setdefault(place, []).append(determination.criterion.asks)
    return {place: "Cited for: " + " ".join(asks) for place, asks in found.items()}


def _join_links(packet: Any, plan: Plan) -> None:
    """Let the links of the index lead to the pages that they name."""
    from pikepdf import Array

    for page in packet.pages[: plan.front]:
        kept = []
        for annotation in page.obj.get("/Annots", []):
            address = str(annotation.get("/A", {}).get("/URI", ""))
            if address.startswith(LINK):
                kept.append(link(packet, page, annotation.Rect, packet.pages[int(address.removeprefix(LINK))]))
            else:
                kept.append(annotation)
        if kept:
            page.obj.Annots = Array(kept)


def _outline(packet: Any, audit: Audit, plan: Plan) -> None:
    """Bookmarks: the index, each requirement with its pages, each document."""
    from pikepdf import OutlineItem

    with packet.open_outline() as outline:
        outline.root.append(OutlineItem("Index", 0, "Fit"))
        requirements = OutlineItem("Requirements", 0, "Fit")
        for determination in audit.determinations:
            cited = plan.cited[determination.criterion.key]
            item = OutlineItem(determination.criterion.asks, cited[0][1] if cited else 0, "Fit")
            item.children.extend(
                OutlineItem(f"{plan.number(page)}  {name}", page, "Fit") for name, page in dict.fromkeys(cited)
            )
            item.is_closed = True
            requirements.children.append(item)
        outline.root.append(requirements)
        record = OutlineItem("Record", plan.separators[0], "Fit")
        pairs = zip(plan.separators, plan.parts, strict=True)
        record.children.extend(_bookmark(part, separator + 1) for separator, part in pairs)
        outline.root.append(record)


def _bookmark(part: Part, first: int) -> Any:
    """The bookmark of a file; below it one for each of several documents in it."""
    from pikepdf import OutlineItem

    item = OutlineItem(part.name, first, "Fit")
    for document in in_order(part) if len(part.documents) > 1 else ():
        place = first + part.spans.get(document.id, (0, 0))[0]
        item.children.append(OutlineItem(kind_and_day(document), place, "Fit"))
    item.is_closed = True
    return item


def _describe(packet: Any) -> None:
    from pikepdf import Dictionary, Name, String

    packet.Root.PageMode = Name.UseOutlines
    packet.Root.Lang = String("en-US")
    packet.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    packet.docinfo["/Title"] = String("Record for documentation request")
    packet.docinfo["/Producer"] = String("mednec")
