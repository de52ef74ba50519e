"""The text of a document in, the same text as a file of another format out: PDF, Word, RTF, HTML and C-CDA.

Equal texts give equal bytes, on any day.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from html import escape

LETTER = (612.0, 792.0)  # points
MARGIN, TOP, BOTTOM, LEADING = 36.0, 750.0, 50.0, 11.0  # points
SIZE, WIDE = 9.0, 105  # points of the type, and the signs that a line of it holds
EARLIEST = (1980, 1, 1, 0, 0, 0)  # that a zip can name


def as_pdf(text: str) -> bytes:
    """Lines of typewriter face on letter-size pages, with a text layer; long lines are set smaller."""
    from reportlab.pdfgen import canvas

    buffer = io.BytesIO()
    sheet, height = canvas.Canvas(buffer, pagesize=LETTER, invariant=1), TOP
    for line in text.splitlines():
        if height < BOTTOM:
            sheet.showPage()
            height = TOP
        sheet.setFont("Courier", SIZE * WIDE / max(len(line), WIDE))
        sheet.drawString(MARGIN, height, line)
        height -= LEADING
    sheet.save()
    return buffer.getvalue()


def as_docx(text: str) -> bytes:
    """A Word document with a paragraph for each line."""
    import docx

    word, buffer = docx.Document(), io.BytesIO()
    for line in text.splitlines():
        word.add_paragraph(line)
    word.save(buffer)
    return _undated(buffer.getvalue())


def as_rtf(text: str) -> bytes:
    """An RTF document with a paragraph for each line."""
    lines = ("".join(map(_rtf_sign, line)) for line in text.splitlines())
    return ("{\\rtf1\\ansi " + "\\par\n".join(lines) + "\\par}").encode("ascii")


def as_html(text: str) -> bytes:
    """A page whose lines and spaces are kept."""
    body = "<br>\n".join(escape(line).replace("  ", "&nbsp; ") for line in text.splitlines())
    return f"<!doctype html><html><body>{body}</body></html>".encode()


def as_ccda(text: str) -> bytes:
    """A C-CDA document with one section whose narrative is the text."""
    body = "<br/>".join(escape(line) for line in text.splitlines())
    return (
        '<?xml version="1.0" encoding="UTF-8"?><ClinicalDocument xmlns="urn:hl7-org:v3"><component><structuredBody>'
        f"<component><section><text>{body}</text></section></component></structuredBody></component></ClinicalDocument>"
    ).encode()


def _rtf_sign(sign: str) -> str:
    return f"\\u{ord(sign)}?" if ord(sign) > 126 else {"\\": "\\\\", "{": "\\{", "}": "\\}"}.get(sign, sign)


def _undated(data: bytes) -> bytes:
    """A zip whose members bear no time of writing."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(zipfile.ZipInfo(member, EARLIEST), old.read(member), zipfile.ZIP_DEFLATED)
    return made.getvalue()


FORMATS: dict[str, Callable[[str], bytes]] = {
    "docx": as_docx,
    "rtf": as_rtf,
    "html": as_html,
    "xml": as_ccda,
    "pdf": as_pdf,
}
