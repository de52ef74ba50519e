"""PDF in, one document out: the text layer with a box for every word; what is an image goes through recognition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from mednec.documents import ocr, pdf_marks
from mednec.documents.comments import Comment, commented
from mednec.documents.entry import Attachment, Entry, left_out
from mednec.documents.layout import Placed, compose
from mednec.documents.pdf_places import Boxes, Places, pictures
from mednec.errors import UnreadableDocument, UnsupportedFormat
from mednec.model import Document, Page

SUFFIXES = (".pdf",)
WORD = re.compile(r"\S+")
LEGIBLE = 12  # letters and digits that a page with a text layer has at least
LAID_OVER = 15  # words of the text layer within a picture from which on they are the picture's own words
SHARPNESS = 200 / 72  # recognition wants about 200 dots an inch
MOST_POINTS = 2_400.0  # of the longer side of a page that is rendered; larger ones are rendered coarser
MOST = 5_000  # pages
CLEAR = 60.0  # mean confidence from which on the words of a picture beside text are taken


@dataclass(slots=True)
class Sheet:
    """A page as far as it is read: its lines, what recognition will give, and what was marked on it."""

    size: ocr.Size
    lines: list[list[Placed]] = field(default_factory=list)
    pending: ocr.Pending | None = None
    pictures: list[Placed] = field(default_factory=list)
    marks: list[pdf_marks.Mark] = field(default_factory=list)
    damaged: bool = False


def knows(data: bytes) -> bool:
    """Whether the bytes are a PDF (some begin with a few stray bytes)."""
    return b"%PDF-" in data[:1024] and not data.startswith(b"PK")


def read(data: bytes, name: str) -> list[Entry]:
    """The document that a PDF holds, its comments and the files attached to it.

    Raises UnreadableDocument where it is damaged, locked or empty, UnsupportedFormat where it is a scan and the means
    to recognize it are not installed.
    """
    with opened(data, name) as pdf:
        if not len(pdf):
            raise UnreadableDocument(f"{name} has no pages; export or scan it again.")
        if len(pdf) > MOST:
            raise UnreadableDocument(f"{name} has {len(pdf)} pages; split it, {MOST} can be read at once.")
        told = [*attached(pdf, name), *unfilled(pdf, name)]
        with ocr.recognizer(data, name, len(pdf)) as reader:
            sheets = [read_page(pdf, number, reader) for number in range(1, len(pdf) + 1)]
            pages = [composed(sheet, number) for number, sheet in enumerate(sheets, start=1)]
    document = joined(pages, name)
    if not document.text.strip():
        raise refusal(name, len(pages))
    comments = [
        Comment(mark.text, mark.author, mark.moment[2:10])
        for sheet in sheets
        for mark in sheet.marks
        if mark.kind == pdf_marks.COMMENT
    ]
    return [document, *commented(comments, name), *told]


def opened(data: bytes, name: str) -> Any:
    """The opened PDF; its failures in words."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
        if pdf.get_formtype():
            pdf.init_forms()
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableDocument(
                f"{name} is locked with a password, so nothing in it can be read; save a copy without the password."
            ) from None
        raise UnreadableDocument(f"{name} is damaged or not a whole PDF; export or fetch it again.") from None
    return pdf


def attached(pdf: Any, name: str) -> Iterator[Entry]:
    """The files that are attached to a PDF."""
    import pypdfium2

    for number in range(pdf.count_attachments()):
        try:
            file = pdf.get_attachment(number)
            yield Attachment(f"{name}/{file.get_name() or f'attachment {number + 1}'}", bytes(file.get_data()))
        except pypdfium2.PdfiumError:
            yield left_out(name, f"attachment {number + 1} is damaged and not read.")


def unfilled(pdf: Any, name: str) -> Iterator[Entry]:
    """A word on forms that only one program shows."""
    import pypdfium2.raw as raw

    if pdf.get_formtype() in (raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND):
        yield left_out(name, "it is a form of the XFA kind, whose values are not read; print it to a PDF.")


def read_page(pdf: Any, number: int, reader: ocr.Recognizer | None) -> Sheet:
    """What stands on one page; where that is an image, its recognition is begun."""
    import pypdfium2

    try:
        page = pdf[number - 1]
    except pypdfium2.PdfiumError:
        return Sheet((612.0, 792.0), damaged=True)
    places = Places(page)
    sheet = Sheet(places.size)
    sheet.marks = list(pdf_marks.marks(page, pdf.formenv, places.placed))
    if sheet.marks:
        page = flattened(pdf, page, number)
        places = Places(page)
    sheet.lines = list(lines_of(page, places))
    pdf_marks.put_in(sheet.lines, sheet.marks)
    shown = list(pictures(page, places))
    whole = sum(len(word.text) for line in sheet.lines for word in line) < LEGIBLE
    sheet.pictures = [] if whole else [one for one in shown if one.text == "large" and not is_laid_over(one, sheet)]
    if reader and shown and (whole or sheet.pictures):
        scale = SHARPNESS * min(1.0, MOST_POINTS / max(*sheet.size, 1.0))
        sheet.pending = reader.submit(number, sheet.size, lambda: page.render(scale=scale, grayscale=True).to_pil())
    sheet.damaged = whole and bool(shown) and reader is None
    page.close()
    return sheet


def flattened(pdf: Any, page: Any, number: int) -> Any:
    """The page with its fields and notes made part of it, as it is printed."""
    import pypdfium2

    try:
        page.flatten()
    except pypdfium2.PdfiumError:
        return page
    page.close()
    return pdf[number - 1]


def is_laid_over(picture: Placed, sheet: Sheet) -> bool:
    """Whether the text layer has the words of a picture already, or the picture is a ground for text."""
    return sum(pdf_marks.covers(picture, word) for line in sheet.lines for word in line) >= LAID_OVER


def lines_of(page: Any, places: Places) -> Iterator[list[Placed]]:
    """The lines of a page in PDFium's reading order, word by word."""
    layer = page.get_textpage()
    text = layer.get_text_range()
    boxes = Boxes(layer, text, places)
    for line in re.finditer(r"[^\r\n]+", text):
        words = [boxes.word(match.start(), match.end()) for match in WORD.finditer(text, line.start(), line.end())]
        if kept := [word for word in words if word.text]:
            yield kept
    layer.close()


def composed(sheet: Sheet, number: int) -> tuple[str, Page]:
    """The text of a page and the page, offsets counted from its own beginning."""
    if sheet.pending and not sheet.pictures:
        return ocr.composed(sheet.pending(), number, 0, sheet.size)
    confidence = 0.0 if sheet.damaged else None
    lines = sheet.lines
    if sheet.pending:
        found = sheet.pending()
        words = [[found.back(word) for word in line] for line in found.lines]
        seen = [[word for word in line if is_new(word, sheet)] for line in words]
        if found.confidence >= CLEAR and (kept := [line for line in seen if line]):
            confidence = found.confidence
            lines = merged(sheet.lines, kept)
    text, placed = compose(lines, 0)
    return text, Page(number, 0, len(text), placed, *sheet.size, confidence=confidence)


def is_new(word: Placed, sheet: Sheet) -> bool:
    """Whether a recognized word stands in a picture and is not in the text layer."""
    if not any(pdf_marks.covers(picture, word) for picture in sheet.pictures):
        return False
    return not any(pdf_marks.covers(other, word) for line in sheet.lines for other in line)


def merged(lines: list[list[Placed]], others: list[list[Placed]]) -> list[list[Placed]]:
    """Lines of text and of a picture in the order in which they stand on the page."""
    joined_lines = [list(line) for line in lines]
    for line in others:
        pdf_marks.insert(joined_lines, line)
    return joined_lines


def joined(pages: list[tuple[str, Page]], name: str) -> Document:
    """The document that the pages make up, their offsets moved behind one another."""
    from mednec.documents.split import placed_at

    offset = 0
    kept: list[Page] = []
    for text, page in pages:
        kept.append(placed_at(page, offset))
        offset += len(text) + 1
    return Document(id=name, text="".join(text + "\n" for text, _ in pages), pages=tuple(kept), source=name)


def refusal(name: str, pages: int) -> Exception:
    """Why a PDF without any text is not read."""
    sheets = "its page is an image" if pages == 1 else f"its {pages} pages are images"
    if not ocr.available():
        return UnsupportedFormat(f"{name} is a scan ({sheets}); {ocr.HINT}")
    return UnreadableDocument(f"{name} is a scan ({sheets}) on which no text can be made out; scan it again, sharper.")
