"""Files made for the tests: nothing in them is anybody's record."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen import canvas

Lines = list[tuple[float, float, str]]


@pytest.fixture
def pdf(tmp_path: Path) -> Callable[..., Path]:
    """Writes a PDF: a list of (left, top, text) for each page."""

    def write(*pages: Lines, name: str = "made.pdf", password: str | None = None) -> Path:
        buffer = BytesIO()
        sheet = canvas.Canvas(buffer, pagesize=letter, encrypt=password)
        for lines in pages:
            for left, top, text in lines:
                sheet.drawString(left, letter[1] - top, text)
            sheet.showPage()
        sheet.save()
        path = tmp_path / name
        path.write_bytes(buffer.getvalue())
        return path

    return write
