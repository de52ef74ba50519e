"""The files of a chart in, each as PDF pages out: PDF as it is, scans as images, everything else set from its text."""

from __future__ import annotations

import io
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from mednec.model import Document, Finding
from mednec.originals import Original
from mednec.reports.packet.typesetting import Rect, set_text, write_sheets
from mednec.reports.sheets import around, lines_of

POINTS, USUAL = 72.0, 200.0
Place = tuple[str, int, int]  # document, start and end of a quoted passage


@dataclass(slots=True)
class Part:
    """One file of the record as PDF pages: what it is, where its pages lie, and where passages stand on them."""

    name: str
    path: Path
    documents: tuple[Document, ...]
    digest: str
    how: str  # how its pages came about, in words
    kept: list[int]  # the pages of the PDF that go into the packet, from 0
    spots: dict[Place, list[tuple[int, list[Rect]]]] = field(default_factory=dict)  # page within `kept`, rectangles
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)  # document -> its first and last page within `kept`


def parts(
    originals: Callable[[], Iterable[Original]],
    documents: Sequence[Document],
    left_out: frozenset[str],
    quoted: Iterable[Finding],
    folder: Path,
) -> Iterator[Part]:
    """The parts of a record in the order of the chart; documents of another patient (`left_out`) are not put in.

    `originals` gives the files of the chart, as often as it is called. The pages are written into `folder`, so that
    memory holds one file at a time.
    """
    places = sorted({(f.document_id, f.quote_start, f.quote_end) for f in quoted})
    names = Counter(original.name for original in originals())
    homes = {document.id: home_of(document, names) for document in documents}
    for number, original in enumerate(originals()):
        own = tuple(document for document in documents if homes[document.id] == original.name)
        if names[original.name] > 1 and original.form != "other":
            own = ()  # which of the files of this name they were read from is not known: the pages go in unmarked
        part = _part(original, own, left_out, places, folder / f"{number:05}.pdf")
        if part and part.kept:
            yield part


def home_of(document: Document, names: Iterable[str]) -> str | None:
    """The file that a document was read from: the one whose name its source begins with, the longest."""
    source = document.source
    fitting = (name for name in names if source == name or source.startswith((f"{name}/", f"{name}#")))
    return max(fitting, key=len, default=None)


def _part(
    original: Original, documents: tuple[Document, ...], left_out: frozenset[str], places: list[Place], path: Path
) -> Part | None:
    digest = sha256(original.data).hexdigest()
    if original.form == "other":
        shown = tuple(document for document in documents if document.id not in left_out)
        return _of_text(original, shown, places, path, digest) if shown else None
    how = "pages of the PDF, untouched" if original.form == "pdf" else "scanned pages, untouched"
    count = _write_pdf(original, path) if original.form == "pdf" else _write_images(original, documents, path)
    barred = {page.number for d in documents if d.id in left_out for page in d.pages}
    kept = [index for index in range(count) if index + 1 not in barred]
    shown = tuple(document for document in documents if document.id not in left_out)
    part = Part(original.name, path, shown, digest, how, kept)
    for document in shown:
        if own := [kept.index(page.number - 1) for page in document.pages if page.number - 1 in kept]:
            part.spans[document.id] = (min(own), max(own))
        for place in (place for place in places if place[0] == document.id):
            part.spots[place] = list(_on_pages(document, place, kept))
    return part


def _on_pages(document: Document, place: Place, kept: list[int]) -> Iterator[tuple[int, list[Rect]]]:
    for page in document.pages:
        words = [word for word in page.words if word.start < place[2] and place[1] < word.end]
        if page.number - 1 in kept and page.start < place[2] and place[1] < page.end:
            yield kept.index(page.number - 1), [around(line) for line in lines_of(words)]


def _of_text(original: Original, documents: Sequence[Document], places: list[Place], path: Path, digest: str) -> Part:
    import pikepdf

    part = Part(original.name, path, tuple(documents), digest, "converted into pages from the text of the file", [])
    with pikepdf.new() as whole:
        for document in documents:
            setting = set_text(document)
            first = len(whole.pages)
            sheet_path = path.with_suffix(".sheets.pdf")
            write_sheets(setting, sheet_path)
            with pikepdf.open(sheet_path) as sheets:
                whole.pages.extend(sheets.pages)
            part.spans[document.id] = (first, len(whole.pages) - 1)
            for place in (place for place in places if place[0] == document.id):
                found: dict[int, list[Rect]] = {}
                for sheet, rect in setting.boxes(place[1], place[2]):
                    found.setdefault(first + sheet, []).append(rect)
                part.spots[place] = list(found.items())
        part.kept = list(range(len(whole.pages)))
        whole.save(path, deterministic_id=True)
    return part


def _write_pdf(original: Original, path: Path) -> int:
    import pikepdf

    path.write_bytes(original.data)
    try:
        with pikepdf.open(path) as pdf:
            return len(pdf.pages)
    except pikepdf.PdfError:
        return 0


def _write_images(original: Original, documents: tuple[Document, ...], path: Path) -> int:
    """Each frame of an image file as a page of the size that it was read in; the image itself is kept as it is."""
    import pikepdf
    from PIL import Image, ImageSequence

    sizes = {page.number: (page.width, page.height) for document in documents for page in document.pages}
    with pikepdf.new() as pdf, Image.open(io.BytesIO(original.data)) as file:
        single = getattr(file, "n_frames", 1) == 1
        for number, frame in enumerate(ImageSequence.Iterator(file), start=1):
            across, down = (
                float(dots) if dots and float(dots) > 50 else USUAL for dots in frame.info.get("dpi", (0, 0))
            )
            known = sizes.get(number, (None, None))
            wide, high = known[0] or frame.width / across * POINTS, known[1] or frame.height / down * POINTS
            raw = original.data if single and frame.format == "JPEG" and frame.mode in ("L", "RGB") else None
            _add_image(pdf, frame, (wide, high), raw)
        pdf.save(path, deterministic_id=True)
        return len(pdf.pages)


def _add_image(pdf: Any, frame: Any, size: tuple[float, float], jpeg: bytes | None) -> None:
    from pikepdf import Dictionary

    pdf.add_blank_page(page_size=size)
    page = pdf.pages[-1]
    image = _fax(pdf, frame) if frame.mode == "1" else _image(pdf, frame, jpeg)
    page.Resources = Dictionary(XObject=Dictionary(Im0=image))
    page.Contents = pdf.make_stream(b"q %.4f 0 0 %.4f 0 0 cm /Im0 Do Q" % size)


def _fax(pdf: Any, frame: Any) -> Any:
    """A black and white page, compressed without loss as fax machines do."""
    import pikepdf

    out = io.BytesIO()
    frame.save(out, "PDF")
    with pikepdf.open(out) as single:
        return pdf.copy_foreign(next(iter(single.pages[0].obj.Resources.XObject.values())))


def _image(pdf: Any, frame: Any, jpeg: bytes | None) -> Any:
    from pikepdf import Name, Stream

    gray = frame.mode in ("L", "LA", "I;16")
    plain = frame if frame.mode in ("L", "RGB") else frame.convert("L" if gray else "RGB")
    image = Stream(pdf, jpeg or zlib.compress(plain.tobytes(), 6))
    image.Type, image.Subtype = Name.XObject, Name.Image
    image.Width, image.Height, image.BitsPerComponent = plain.width, plain.height, 8
    image.ColorSpace = Name.DeviceGray if plain.mode == "L" else Name.DeviceRGB
    image.Filter = Name.DCTDecode if jpeg else Name.FlateDecode
    return image
