"""The text of a document in, its sheets as a PDF out, with the place of every character on them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from mednec.model import Document, Page

LETTER = 612.0, 792.0
MARGIN, SIZE, LEADING = 54.0, 9.0, 12.0
FONT, SANS, BOLD = "DejaVuSansMono", "DejaVuSans", "DejaVuSans-Bold"
ADVANCE = 0.602 * SIZE  # every character of the font is that wide
COLUMNS = int((LETTER[0] - 2 * MARGIN) / ADVANCE)
LINES = int((LETTER[1] - 2 * MARGIN) / LEADING)
TAB = 4
Rect = tuple[float, float, float, float]  # left, top, right, bottom, in points from the top left of the page


@dataclass(frozen=True, slots=True)
class Line:
    """One line on a sheet: the characters `start:end` of the text."""

    sheet: int
    row: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Setting:
    """How a text lies on its sheets."""

    text: str
    lines: tuple[Line, ...]
    sheets: int
    numbers: tuple[int, ...]  # the page of the document that each sheet shows

    def boxes(self, start: int, end: int) -> Iterator[tuple[int, Rect]]:
        """The sheet and rectangle of each line that holds characters of a passage."""
        for line in self.lines:
            first, last = max(line.start, start), min(line.end, end)
            if first < last and self.text[first:last].strip():
                left = MARGIN + len(shown(self.text[line.start : first])) * ADVANCE
                right = MARGIN + len(shown(self.text[line.start : last])) * ADVANCE
                top = MARGIN + line.row * LEADING
                yield line.sheet, (left, top, right, top + LEADING)


def set_text(document: Document) -> Setting:
    """The lines of a document, a new sheet for each of its pages."""
    lines: list[Line] = []
    numbers: list[int] = []
    for page in document.pages or (Page(1, 0, len(document.text)),):
        row = 0
        numbers.append(page.number)
        for start, end in _lines(document.text, page.start, page.end):
            if row == LINES:
                row = 0
                numbers.append(page.number)
            lines.append(Line(len(numbers) - 1, row, start, end))
            row += 1
    return Setting(document.text, tuple(lines), max(len(numbers), 1), tuple(numbers) or (1,))


def write_sheets(setting: Setting, path: Path) -> None:
    """Write the sheets as a PDF."""
    canvas = canvas_to(path)
    by_sheet: dict[int, list[Line]] = {}
    for line in setting.lines:
        by_sheet.setdefault(line.sheet, []).append(line)
    for sheet in range(setting.sheets):
        canvas.setFont(FONT, SIZE)
        for line in by_sheet.get(sheet, ()):
            height = LETTER[1] - MARGIN - line.row * LEADING - 0.78 * LEADING
            canvas.drawString(MARGIN, height, shown(setting.text[line.start : line.end]))
        canvas.showPage()
    canvas.save()


def canvas_to(path: Path) -> Any:
    """A canvas that writes the same bytes for the same drawing."""
    from reportlab.pdfgen.canvas import Canvas

    register_fonts()
    return Canvas(str(path), pagesize=LETTER, invariant=1, pageCompression=1)


@cache
def register_fonts() -> None:
    """Make the fonts known that hold the signs of charts (those that come with matplotlib)."""
    import matplotlib
    from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily
    from reportlab.pdfbase.ttfonts import TTFont

    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    for name in (FONT, SANS, BOLD):
        registerFont(TTFont(name, str(folder / f"{name}.ttf")))
    registerFontFamily(SANS, normal=SANS, bold=BOLD, italic=SANS, boldItalic=BOLD)


def shown(text: str) -> str:
    """Characters as they are set: a tab is blanks, what cannot be printed is one."""
    return "".join(" " * TAB if c == "\t" else c if c.isprintable() else " " for c in text)


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of a page that fit on a line, broken at blanks where there are any."""
    place = start
    while place < end:
        stop = next((i for i in range(place, end) if text[i] in "\n\f\v\u2028\u2029"), end)
        first = place
        while stop - first > COLUMNS or len(shown(text[first:stop])) > COLUMNS:
            cut = _fitting(text, first, stop)
            yield first, cut
            first = cut
        yield first, stop
        place = stop + 1


def _fitting(text: str, start: int, end: int) -> int:
    width, last = 0, start
    while last < end and (width := width + (TAB if text[last] == "\t" else 1)) <= COLUMNS:
        last += 1
    blank = text.rfind(" ", start, last)
    return blank + 1 if blank > start + COLUMNS // 2 else max(last, start + 1)
