"""Lines of text in, tables and paragraphs of the printed pages out: one look for the packet and the report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from mednec.reports.packet.typesetting import BOLD, SANS

TONES = {
    **dict.fromkeys(("supported", "met", "exempt"), "#176b3a"),
    **dict.fromkeys(("not_supported", "not_covered", "not_met"), "#a8201a"),
    **dict.fromkeys(("insufficient_documentation", "insufficient", "partial", "missing"), "#8a5300"),
    "conflicting": "#6a2a9c",
    "not_applicable": "#53606e",
}


def table(
    lines: Sequence[Sequence[str]],
    widths: Iterable[float],
    style: Mapping[str, Any],
    *,
    head: bool = True,
    markup: bool = False,
) -> Any:
    """A table with a rule below each line; the first is its head, repeated on every page. High rows are broken."""
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Paragraph, Table

    def cell(text: str, row: int) -> Any:
        return Paragraph(text if markup else escape(text), style["label" if head and row == 0 else "cell"])

    cells = [[cell(text, row) for text in line] for row, line in enumerate(lines)]
    table = Table(cells, colWidths=list(widths), repeatRows=1 if head else 0, hAlign="LEFT", splitInRow=1)
    rule = ("LINEBELOW", (0, 0), (-1, -1), 0.4, HexColor("#c9d0d8"))
    pads = [(f"{side}PADDING", (0, 0), (-1, -1), space) for side, space in (("LEFT", 2), ("TOP", 3), ("BOTTOM", 4))]
    table.setStyle([rule, ("VALIGN", (0, 0), (-1, -1), "TOP"), *pads])
    return table


def styles() -> dict[str, Any]:
    """The styles of paragraphs, by what they are for."""
    from reportlab.lib.colors import HexColor
    from reportlab.lib.styles import ParagraphStyle

    ink, soft = HexColor("#16202b"), HexColor("#53606e")
    return {
        "title": ParagraphStyle("title", fontName=BOLD, fontSize=19, leading=24, textColor=ink),
        "lead": ParagraphStyle("lead", fontName=SANS, fontSize=12, leading=16, textColor=soft),
        "head": ParagraphStyle("head", fontName=BOLD, fontSize=12.5, leading=18, textColor=ink),
        "small": ParagraphStyle("small", fontName=SANS, fontSize=8.5, leading=12, textColor=soft),
        "label": ParagraphStyle("label", fontName=BOLD, fontSize=8, leading=11, textColor=soft),
        "section": ParagraphStyle(
            "section", fontName=BOLD, fontSize=12.5, leading=18, spaceBefore=14, keepWithNext=1, textColor=ink
        ),
        "quote": ParagraphStyle("quote", fontName=SANS, fontSize=8, leading=11, leftIndent=12, textColor=ink),
        "cell": ParagraphStyle("cell", fontName=SANS, fontSize=8.5, leading=11.5, textColor=ink),
    }
