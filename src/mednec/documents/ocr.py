"""Images of pages in, text with word boxes and confidence out; needs the extra `ocr`."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from mednec.documents.layout import Placed, compose
from mednec.model import Page

HINT = "recognizing scans needs two more packages: pip install 'mednec[ocr]'"


def available() -> bool:
    """Whether the means to recognize text in images are installed."""
    return all(find_spec(module) is not None for module in ("tesserocr", "numpy", "PIL"))


def page(image: Any, number: int, start: int, size: tuple[float, float]) -> tuple[str, Page]:
    """The text of a page image (or of what makes one), and the page; empty, with confidence 0, where there is none."""
    lines: list[list[Placed]] = []
    confidence = 0.0
    if available():
        from mednec.documents.recognition import recognize

        lines, confidence = recognize(image() if callable(image) else image, size)
    text, words = compose(lines, start)
    return text, Page(number, start, start + len(text), words, *size, confidence=confidence)
