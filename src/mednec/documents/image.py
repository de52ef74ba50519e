"""Scanned pages (TIFF, PNG, JPEG and the like) in, one document with recognized text out; needs the extra `ocr`."""

from __future__ import annotations

import io
import struct
import warnings
from functools import partial
from typing import Any

from mednec.documents import ocr
from mednec.documents.entry import Entry
from mednec.documents.recognized import Recognized
from mednec.errors import UnreadableDocument, UnsupportedFormat
from mednec.model import Document, Page

SUFFIXES = (".tif", ".tiff", ".png", ".jpg", ".jpeg", ".bmp", ".gif", ".webp")
SIGNATURES = (b"II*\0", b"MM\0*", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM")
POINTS = 72.0
USUAL = 200.0  # dots an inch, where the file does not say
FAX_WIDTHS = (1728, 2048, 2432)  # dots of a line of the three widths of paper
LARGEST = 60_000_000  # pixels of a page
MOST = 3_000  # pages


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
    found: list[tuple[ocr.Size, ocr.Pending]] = []
    damaged = UnreadableDocument(f"{name} is damaged or not an image; scan or export it again.")
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data)) as file:
            count = getattr(file, "n_frames", 1)
            if count > MOST:
                raise UnreadableDocument(f"{name} has {count} pages; split it, {MOST} can be read at once.")
            with ocr.recognizer(data, name, count) as reader:
                for number, frame in enumerate(ImageSequence.Iterator(file), start=1):
                    dots, size = measured(frame)
                    page = partial(squared, frame, dots)
                    found.append((size, reader.submit(number, size, page) if reader else Recognized))
                read_pages = [(size, pending()) for size, pending in found]
    except Image.DecompressionBombError:
        raise UnreadableDocument(
            f"{name} has a page of more than {LARGEST // 10**6} megapixels; scan it again."
        ) from None
    except (OSError, ValueError, SyntaxError, EOFError, OverflowError, TypeError, KeyError, struct.error):
        raise damaged from None
    return [composed(read_pages, name)]


def composed(found: list[tuple[ocr.Size, Recognized]], name: str) -> Document:
    """The document of the recognized pages."""
    pages: list[Page] = []
    texts: list[str] = []
    offset = 0
    for number, (size, recognized) in enumerate(found, start=1):
        text, page = ocr.composed(recognized, number, offset, size)
        texts.append(text + "\n")
        pages.append(page)
        offset += len(text) + 1
    if not "".join(texts).strip():
        raise UnreadableDocument(f"{name} is an image on which no text can be made out; scan it again, sharper.")
    return Document(id=name, text="".join(texts), pages=tuple(pages), source=name)


def measured(frame: Any) -> tuple[tuple[float, float], ocr.Size]:
    """How many dots an inch a page has across and down, and its size in points.

    A fax that does not say so has half as many lines as columns where it would be much too low otherwise.
    """
    across, down = (float(dots) if dots and float(dots) > 50 else 0.0 for dots in frame.info.get("dpi", (0, 0)))
    if not across or not down:
        across = down = USUAL
        if frame.width in FAX_WIDTHS and frame.height < frame.width * 0.75:
            down = USUAL / 2
    if frame.width / across * POINTS > 1500:
        across = down = frame.width / 8.5
    return (across, down), (frame.width / across * POINTS, frame.height / down * POINTS)


def squared(frame: Any, dots: tuple[float, float]) -> Any:
    """The page at about 200 dots an inch both ways (faxes may have half as many downward)."""
    from PIL import Image

    wanted = round(frame.width * USUAL / dots[0]), round(frame.height * USUAL / dots[1])
    page = frame.convert("L")
    near = 0.85 < wanted[0] / frame.width < 1.6 and 0.85 < wanted[1] / frame.height < 1.6
    return page if near else page.resize(wanted, Image.Resampling.LANCZOS)
