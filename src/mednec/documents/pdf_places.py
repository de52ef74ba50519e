"""A page of a PDF in, where its characters and pictures stand out, in points from the top left of what is shown."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from typing import Any

from mednec.documents.layout import Placed

Corners = tuple[float, float, float, float]
STRAY = str.maketrans({"\x02": "-", "\ufffe": "-", "\x00": " ", "\u00a0": " ", "\u00ad": "-"})
LARGE = 0.15  # of the page: a picture that may hold text, and is no logo
FINE = 100  # steps of a point, as PDFium only counts whole ones


class Places:
    """How a page is turned and cut: from its own coordinates to points from the top left of what is shown."""

    def __init__(self, page: Any) -> None:
        import pypdfium2.raw as raw

        self.size: tuple[float, float] = page.get_size()
        wide, high = (max(round(side * FINE), 1) for side in self.size)

        def shown(x: float, y: float) -> tuple[float, float]:
            across, down = ctypes.c_int(), ctypes.c_int()
            raw.FPDF_PageToDevice(page, 0, 0, wide, high, 0, x, y, across, down)
            return across.value / FINE, down.value / FINE

        self._zero = shown(0, 0)
        far = 10_000.0
        right, up = shown(far, 0), shown(0, far)
        self._across = (right[0] - self._zero[0]) / far, (right[1] - self._zero[1]) / far
        self._up = (up[0] - self._zero[0]) / far, (up[1] - self._zero[1]) / far

    def placed(self, corners: Corners, text: str) -> Placed:
        """The box around left, bottom, right and top of something on the page."""
        left, bottom, right, top = corners
        points = [self._shown(x, y) for x in (left, right) for y in (bottom, top)]
        across, down = [x for x, _ in points], [y for _, y in points]
        return Placed(text, min(across), min(down), max(across), max(down))

    def _shown(self, x: float, y: float) -> tuple[float, float]:
        return (
            self._zero[0] + x * self._across[0] + y * self._up[0],
            self._zero[1] + x * self._across[1] + y * self._up[1],
        )


class Boxes:
    """Where the characters of a page's text stand; PDFium counts UTF-16 units."""

    def __init__(self, layer: Any, text: str, places: Places) -> None:
        self._layer, self._text, self._places = layer, text, places
        self._astral = [match.start() for match in re.finditer("[\U00010000-\U0010ffff]", text)]
        self._count = layer.count_chars()

    def word(self, start: int, end: int) -> Placed:
        """The word between two offsets, with the box around its first and last character."""
        first, last = self._box(start), self._box(end - 1)
        around = min(first[0], last[0]), min(first[1], last[1]), max(first[2], last[2]), max(first[3], last[3])
        return self._places.placed(around, self._text[start:end].translate(STRAY).strip())

    def _box(self, offset: int) -> Corners:
        index = offset + sum(1 for place in self._astral if place < offset)
        box: Corners = self._layer.get_charbox(min(index, self._count - 1), loose=True)
        return box


def pictures(page: Any, places: Places) -> Iterator[Placed]:
    """The pictures on a page, each named 'large' or 'small'; one within a form may be anywhere on the page."""
    import pypdfium2
    import pypdfium2.raw as raw

    width, height = places.size
    for item in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM), max_depth=3):
        if item.type != raw.FPDF_PAGEOBJ_IMAGE:
            continue
        try:
            box = places.placed(item.get_bounds(), "")
        except pypdfium2.PdfiumError:
            continue
        if item.level:
            box = Placed("", 0.0, 0.0, width, height)
        left, right = max(box.left, 0.0), min(box.right, width)
        top, bottom = max(box.top, 0.0), min(box.bottom, height)
        share = max(right - left, 0.0) * max(bottom - top, 0.0) / max(width * height, 1.0)
        yield Placed("large" if share >= LARGE else "small", left, top, right, bottom)
