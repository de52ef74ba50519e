"""A page of a packet in, the same with its stamp and its highlights out: annotations, so that its content stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mednec.reports.packet.typesetting import Rect

YELLOW = (1.0, 0.85, 0.25)
PRINTED, FIXED = 4, 4 | 64 | 128  # flags: print; print, read only, locked
STAMP = 8.0  # points
EDGE = 9.0
QUARTERS = {0: (1, 0, 0, 1, 0, 0), 90: (0, 1, -1, 0, 0, 0), 180: (-1, 0, 0, -1, 0, 0), 270: (0, -1, 1, 0, 0, 0)}


@dataclass(frozen=True, slots=True)
class Layers:
    """The two layers that a viewer can switch off: the highlights and the stamps."""

    evidence: Any
    bates: Any


def add_layers(pdf: Any) -> Layers:
    """Declare the layers of a PDF."""
    from pikepdf import Array, Dictionary, Name, String

    made = [
        pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name)))
        for name in ("Evidence highlighted", "Bates numbers")
    ]
    pdf.Root.OCProperties = Dictionary(OCGs=Array(made), D=Dictionary(Order=Array(made), ON=Array(made)))
    return Layers(*made)


@dataclass(frozen=True, slots=True)
class Frame:
    """How a page is displayed: its visible box and its rotation."""

    box: tuple[float, float, float, float]
    rotation: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as displayed."""
        wide, high = self.box[2] - self.box[0], self.box[3] - self.box[1]
        return (wide, high) if self.rotation in (0, 180) else (high, wide)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point from the displayed top left in the coordinates of the page."""
        left, bottom, right, top = self.box
        return {
            0: (left + x, top - y),
            90: (left + y, bottom + x),
            180: (right - x, bottom + y),
            270: (right - y, top - x),
        }[self.rotation]

    def rect(self, box: Rect) -> tuple[float, float, float, float]:
        """A displayed rectangle in the coordinates of the page, low corner first."""
        (x1, y1), (x2, y2) = self.point(box[0], box[1]), self.point(box[2], box[3])
        return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def frame_of(page: Any) -> Frame:
    """The visible box and the rotation of a page."""
    left, bottom, right, top = (float(value) for value in page.mediabox)
    crop = [float(value) for value in page.cropbox]
    box = max(left, crop[0]), max(bottom, crop[1]), min(right, crop[2]), min(top, crop[3])
    return Frame(box, int(page.rotation) % 360 if int(page.rotation) % 90 == 0 else 0)


def highlight(pdf: Any, page: Any, rects: Iterable[Rect], cited_for: str, layers: Layers) -> None:
    """Mark rectangles of a page in yellow."""
    from pikepdf import Array, Dictionary, Name, String

    frame = frame_of(page)
    boxes = [frame.rect(rect) for rect in rects]
    if not boxes:
        return
    low = min(b[0] for b in boxes), min(b[1] for b in boxes)
    around = [*low, max(b[2] for b in boxes), max(b[3] for b in boxes)]
    drawn = " ".join(f"{b[0]:.2f} {b[1]:.2f} {b[2] - b[0]:.2f} {b[3] - b[1]:.2f} re f" for b in boxes)
    look = _form(pdf, around, f"/G gs {_color(YELLOW)} rg {drawn}", (1, 0, 0, 1, 0, 0))
    look.Resources = Dictionary(ExtGState=Dictionary(G=Dictionary(BM=Name.Multiply, ca=0.55)))
    corners = [value for b in boxes for value in (b[0], b[3], b[2], b[3], b[0], b[1], b[2], b[1])]
    _annotate(
        pdf, page, Name.Highlight, around, look, layers.evidence, F=PRINTED, C=Array(YELLOW), CA=0.55,
        QuadPoints=Array(round(value, 2) for value in corners), Contents=String(cited_for),
    )  # fmt: skip


def stamp(pdf: Any, page: Any, text: str, layers: Layers) -> None:
    """Put a Bates number into the lower right corner, upright as the page is displayed."""
    from pikepdf import Dictionary, Name, String

    frame = frame_of(page)
    wide, high = 0.56 * STAMP * len(text) + 6, STAMP + 4
    right, bottom = frame.size[0] - EDGE, frame.size[1] - EDGE
    around = frame.rect((right - wide, bottom - high, right, bottom))
    drawn = f"1 1 1 rg 0 0 {wide:.2f} {high:.2f} re f 0 0 0 rg BT /F {STAMP} Tf 3 3.2 Td ({text}) Tj ET"
    look = _form(pdf, (0, 0, round(wide, 2), high), drawn, QUARTERS[frame.rotation])
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Helvetica-Bold"), Encoding=Name.WinAnsiEncoding
    )
    look.Resources = Dictionary(Font=Dictionary(F=font))
    _annotate(
        pdf, page, Name.FreeText, around, look, layers.bates, F=FIXED, Contents=String(text),
        DA=String("/Helv 8 Tf 0 g"),
    )  # fmt: skip


def link(pdf: Any, page: Any, around: Any, target: Any) -> Any:
    """A link on a page to another page of the same PDF."""
    from pikepdf import Array, Dictionary, Name

    destination = Array([target.obj, Name.Fit])
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=around, Border=Array([0, 0, 0]), Dest=destination, P=page.obj
        )
    )


def _form(pdf: Any, box: Iterable[float], drawn: str, matrix: tuple[int, ...]) -> Any:
    from pikepdf import Array, Name, Stream

    form = Stream(pdf, drawn.encode("ascii"))
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.BBox, form.Matrix = Array(round(value, 2) for value in box), Array(matrix)
    return form


def _annotate(pdf: Any, page: Any, kind: Any, around: Any, look: Any, layer: Any, **more: Any) -> None:
    from pikepdf import Array, Dictionary, Name

    made = Dictionary(
        Type=Name.Annot, Subtype=kind, Rect=Array(round(value, 2) for value in around), P=page.obj, OC=layer,
        AP=Dictionary(N=look), **more,
    )  # fmt: skip
    present = list(page.obj.get("/Annots", []))
    page.obj.Annots = Array([*present, pdf.make_indirect(made)])


def _color(color: tuple[float, float, float]) -> str:
    return " ".join(f"{value:g}" for value in color)
