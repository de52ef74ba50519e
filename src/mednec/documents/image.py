"""Scanned pages (TIFF, PNG, JPEG and the like) in, one document with recognized text out; needs the extra `ocr`."""

from __future__ import annotations

import io
import warnings
from typing import Any

from mednec.documents import ocr
from mednec.documents.entry import Entry
from mednec.errors import UnreadableDocument, UnsupportedFormat
from mednec.model import Document, Page

SUFFIXES = (".tif", ".tiff", ".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp")
SIGNATURES = (b"II*\0", b"MM\0*", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM")
POINTS = 72.0
USUAL = 200.0  # dots an inch, where the file does not say
LARGEST = 60_000_000  # pixels of a page


def knows(data: bytes) -> bool:
    """Whether the bytes are an image."""
    return data.startswith(SIGNATURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")


def read(data: bytes, name: str) -> list[Entry]:
    """The document on the pages of an image file.

    Raises UnsupportedFormat where recognition is not installed, UnreadableDocument where there is nothing to read.
    """
    if not ocr.available():
        raise UnsupportedFormat(f"{name} is an image of a page; {ocr.HINT}")
    from PIL import Image, ImageSequence

    Image.MAX_IMAGE_PIXELS = LARGEST
    pages: list[Page] = []
    texts: list[str] = []
    offset = 0
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data)) as file:
            for number, frame in enumerate(ImageSequence.Iterator(file), start=1):
                sheet, size = squared(frame)
                text, page = ocr.page(sheet, number, offset, size)
                texts.append(text + "\n")
                pages.append(page)
                offset += len(text) + 1
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise UnreadableDocument(f"{name} is damaged or not an image; scan or export it again.") from None
    if not "".join(texts).strip():
        raise UnreadableDocument(f"{name} is an image on which no text can be made out; scan it again, sharper.")
    return [Document(id=name, text="".join(texts), pages=tuple(pages), source=name)]


def squared(frame: Any) -> tuple[Any, tuple[float, float]]:
    """The page at about 200 dots an inch both ways (faxes may have half as many downward), and its size in points."""
    from PIL import Image

    across, down = (float(dots) if dots and float(dots) > 50 else USUAL for dots in frame.info.get("dpi", (0, 0)))
    size = frame.width / across * POINTS, frame.height / down * POINTS
    if size[0] > 1500:
        across = down = frame.width / 8.5
        size = 8.5 * POINTS, frame.height / down * POINTS
    wanted = round(frame.width * USUAL / across), round(frame.height * USUAL / down)
    page = frame.convert("L")
    near = 0.85 < wanted[0] / frame.width < 1.6 and 0.85 < wanted[1] / frame.height < 1.6
    return (page if near else page.resize(wanted, Image.Resampling.LANCZOS)), size
