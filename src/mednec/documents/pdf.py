"""PDF in, one document out: the text layer with a box for every word; pages that are images go through recognition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from mednec.documents import ocr
from mednec.documents.entry import Entry
from mednec.documents.layout import Placed, compose
from mednec.errors import UnreadableDocument, UnsupportedFormat
from mednec.model import Document, Page

SUFFIXES = (".pdf",)
WORD = re.compile(r"\S+")
STRAY = str.maketrans({"\x02": "-", "\ufffe": "-", "\x00": " ", "\u00a0": " ", "\u00ad": "-"})
LEGIBLE = 12  # letters and digits that a page with a text layer has at least
SHARPNESS = 200 / 72  # recognition wants about 200 dots an inch


def knows(data: bytes) -> bool:
    """Whether the bytes are a PDF (some begin with a few stray bytes)."""
    return b"%PDF-" in data[:1024] and not data.startswith(b"PK")


def read(data: bytes, name: str) -> list[Entry]:
    """The document that a PDF holds.

    Raises UnreadableDocument where it is damaged, locked or empty, UnsupportedFormat where it is a scan and the means
    to recognize it are not installed.
    """
    pages: list[Page] = []
    texts: list[str] = []
    offset = 0
    with opened(data, name) as pdf:
        if not len(pdf):
            raise UnreadableDocument(f"{name} has no pages; export or scan it again.")
        for number in range(1, len(pdf) + 1):
            text, page = read_page(pdf, number, offset)
            texts.append(text + "\n")
            pages.append(page)
            offset += len(text) + 1
    if not "".join(texts).strip():
        raise refusal(name, len(pages))
    return [Document(id=name, text="".join(texts), pages=tuple(pages), source=name)]


def opened(data: bytes, name: str) -> Any:
    """The opened PDF; its failures in words."""
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableDocument(
                f"{name} is locked with a password, so nothing in it can be read; save a copy without the password."
            ) from None
        raise UnreadableDocument(f"{name} is damaged or not a whole PDF; export or fetch it again.") from None


def read_page(pdf: Any, number: int, start: int) -> tuple[str, Page]:
    """The text of one page and its place; an image is recognized where that is possible, else the page is empty."""
    import pypdfium2

    try:
        sheet = pdf[number - 1]
    except pypdfium2.PdfiumError:
        return "", Page(number, start, start, confidence=0.0)
    width, height = sheet.get_size()
    lines = list(lines_of(sheet))
    if sum(len(word.text) for line in lines for word in line) >= LEGIBLE or not has_image(sheet):
        text, words = compose(lines, start)
        return text, Page(number, start, start + len(text), words, width, height)
    return ocr.page(lambda: sheet.render(scale=SHARPNESS, grayscale=True).to_pil(), number, start, (width, height))


def lines_of(sheet: Any) -> Iterator[list[Placed]]:
    """The lines of a page in PDFium's reading order, word by word."""
    layer = sheet.get_textpage()
    text = layer.get_text_range()
    boxes = Boxes(layer, text, sheet)
    for line in re.finditer(r"[^\r\n]+", text):
        words = [boxes.word(match.start(), match.end()) for match in WORD.finditer(text, line.start(), line.end())]
        if kept := [word for word in words if word.text]:
            yield kept
    layer.close()


class Boxes:
    """Where the characters of a page's text stand as the page is displayed, counted from its top left.

    PDFium counts UTF-16 units, and gives places from the bottom left of the sheet, before it is turned and cropped.
    """

    def __init__(self, layer: Any, text: str, sheet: Any) -> None:
        self._layer, self._text = layer, text
        self._shown = shown(sheet)
        self._turned = sheet.get_rotation()
        self._astral = [match.start() for match in re.finditer("[\U00010000-\U0010ffff]", text)]
        self._count = layer.count_chars()

    def word(self, start: int, end: int) -> Placed:
        """The word between two offsets, with the box around its first and last character."""
        first, last = self._box(start), self._box(end - 1)
        corners = [self._displayed(*corner) for box in (first, last) for corner in (box[:2], box[2:])]
        across, down = [x for x, _ in corners], [y for _, y in corners]
        return Placed(self._text[start:end].translate(STRAY).strip(), min(across), min(down), max(across), max(down))

    def _displayed(self, x: float, y: float) -> tuple[float, float]:
        left, bottom, right, top = self._shown
        turned = {
            90: (y - bottom, x - left),
            180: (right - x, y - bottom),
            270: (top - y, right - x),
        }
        return turned.get(self._turned, (x - left, top - y))

    def _box(self, offset: int) -> tuple[float, float, float, float]:
        index = offset + sum(1 for place in self._astral if place < offset)
        left, bottom, right, top = self._layer.get_charbox(min(index, self._count - 1), loose=True)
        return left, bottom, right, top


def shown(sheet: Any) -> tuple[float, float, float, float]:
    """The part of a sheet that is displayed: left, bottom, right, top."""
    media, crop = sheet.get_mediabox(), sheet.get_cropbox()
    return max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3])


def has_image(sheet: Any) -> bool:
    """Whether the page shows an image."""
    import pypdfium2.raw as raw

    return any(True for _ in sheet.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM), max_depth=3))


def refusal(name: str, pages: int) -> Exception:
    """Why a PDF without any text is not read."""
    sheets = "its page is an image" if pages == 1 else f"its {pages} pages are images"
    if not ocr.available():
        return UnsupportedFormat(f"{name} is a scan ({sheets}); {ocr.HINT}")
    return UnreadableDocument(f"{name} is a scan ({sheets}) on which no text can be made out; scan it again, sharper.")
