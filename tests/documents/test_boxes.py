"""The boxes of words, drawn over a page as it is shown, cover the ink of the words, whatever the font and the turn."""

from pathlib import Path
from typing import Any

import matplotlib
import pypdfium2
import pytest
from reportlab.lib.pagesizes import letter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

from mednec.documents import read_chart
from mednec.model import Document, Page, Word

SCALE = 3
LINES = (
    "Pain is 8/10 with standing, (jQgpy)",
    "Physical therapy: 12 visits, \u201cno relief\u201d",
    "L5-S1 injection; relief 80% \u2265 2 weeks",
)
FONTS = ("Helvetica", "Times-Italic", "Courier-Bold", "DejaVuSans")


def write(path: Path, font: str, *, angle: int = 0, size: float = 11) -> Path:
    if font == "DejaVuSans":
        file = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
        pdfmetrics.registerFont(TTFont(font, str(file)))
    sheet = canvas.Canvas(str(path), pagesize=letter)
    sheet.setFont(font, size)
    sheet.translate(300, 400)
    sheet.rotate(angle)
    for number, line in enumerate(LINES):
        sheet.drawString(-120, 60 - number * 40, line if font == "DejaVuSans" else line.replace("\u2265", ">="))
    sheet.save()
    return path


def turned(path: Path, degrees: int, crop: tuple[float, float, float, float] | None) -> Path:
    with pypdfium2.PdfDocument(path) as pdf:
        page = pdf[0]
        page.set_rotation(degrees)
        if crop:
            page.set_cropbox(*crop)
        pdf.save(path.with_name("turned.pdf"))
    return path.with_name("turned.pdf")


def ink_of(path: Path) -> Any:
    """The page as it is shown, true where it is dark."""
    import numpy

    with pypdfium2.PdfDocument(path) as pdf:
        return numpy.asarray(pdf[0].render(scale=SCALE, grayscale=True).to_pil()) < 128


def covered(ink: Any, words: tuple[Word, ...], margin: float = 1.5) -> tuple[float, list[int]]:
    """The share of the ink that lies in a box, and the dark pixels in each box."""
    import numpy

    mask = numpy.zeros_like(ink)
    dark = []
    for word in words:
        edges = (word.left - margin, word.top - margin, word.right + margin, word.bottom + margin)
        left, top, right, bottom = (max(round(edge * SCALE), 0) for edge in edges)
        mask[top:bottom, left:right] = True
        dark.append(int(ink[top:bottom, left:right].sum()))
    return float((ink & mask).sum() / ink.sum()), dark


def sheet_of(path: Path) -> tuple[Document, Page]:
    (document,) = read_chart(path).documents
    return document, document.pages[0]


@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_all_ink_lies_in_boxes_and_every_box_has_ink(tmp_path: Path, font: str, degrees: int) -> None:
    path = turned(write(tmp_path / "note.pdf", font), degrees, None)
    document, page = sheet_of(path)
    ink = ink_of(path)
    assert ink.shape == (round((page.height or 0) * SCALE), round((page.width or 0) * SCALE))
    share, dark = covered(ink, page.words)
    assert share > 0.99
    assert min(dark) > 5
    assert "Physical therapy: 12 visits" in document.text


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_words_drawn_at_an_angle_are_covered(tmp_path: Path, angle: int) -> None:
    path = write(tmp_path / "note.pdf", "Helvetica", angle=angle)
    _, page = sheet_of(path)
    share, dark = covered(ink_of(path), page.words)
    assert share > 0.99
    assert min(dark) > 5


@pytest.mark.parametrize("degrees", [0, 90])
def test_a_page_that_is_cut_has_its_boxes_where_it_is_shown(tmp_path: Path, degrees: int) -> None:
    path = turned(write(tmp_path / "note.pdf", "Times-Italic"), degrees, (100, 200, 560, 700))
    _, page = sheet_of(path)
    assert {page.width, page.height} == {460, 500}
    share, _ = covered(ink_of(path), page.words)
    assert share > 0.99


@pytest.mark.parametrize("size", [6, 9, 16, 28])
def test_a_box_is_no_larger_than_its_line(tmp_path: Path, size: float) -> None:
    path = write(tmp_path / "note.pdf", "Helvetica", size=size)
    _, page = sheet_of(path)
    assert all(word.bottom - word.top < 1.6 * size for word in page.words)
    assert covered(ink_of(path), page.words)[0] > 0.99 or size > 16  # the largest lines run off the page
