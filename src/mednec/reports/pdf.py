"""An audit in, its report as a PDF out: to be filed, mailed or printed; the same bytes for the same audit."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.sax.saxutils import escape

import mednec
from mednec.errors import MissingPackage
from mednec.model import Audit, Determination, Document, Element, Finding
from mednec.reports.ledger import CELLS, rows
from mednec.reports.packet import NEEDED
from mednec.reports.packet.style import TONES, styles, table
from mednec.reports.packet.typesetting import LETTER, MARGIN, register_fonts
from mednec.reports.passages import passages
from mednec.reports.summary import headline, open_questions, ordered_criteria, requested, unsaid
from mednec.reports.timeline import shade, to_pdf_page
from mednec.reports.words import DETERMINATIONS, ELEMENTS, REASONS, STATUSES, WARNINGS, said, spoken

WIDTH = LETTER[0] - 2 * MARGIN
QUOTED = 4  # quotes of a requirement; the page says how many more there are


def to_pdf(audit: Audit, documents: Iterable[Document] = ()) -> bytes:
    """The report as a PDF. Raises MissingPackage where the libraries are not installed."""
    if any(find_spec(name) is None for name in NEEDED):
        raise MissingPackage("a report as PDF needs more packages: pip install 'mednec[packet]'")
    from reportlab.platypus import SimpleDocTemplate

    register_fonts()
    picture = to_pdf_page(audit)
    report = _Report(audit, {d.id: d for d in (*audit.documents, *documents)}, _height(picture))
    with TemporaryDirectory(prefix="mednec-") as folder:
        path = Path(folder) / "report.pdf"
        template = SimpleDocTemplate(
            str(path), pagesize=LETTER, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN,
            invariant=1, title=f"{DETERMINATIONS[audit.determination]}: {requested(audit.request)}", author="",
            subject="Medical necessity audit", creator="mednec", lang="en",
        )  # fmt: skip
        template.build(list(report.story()), onFirstPage=_footer, onLaterPages=_footer)
        return _with_picture(path, picture, report.hole)


class _Report:
    def __init__(self, audit: Audit, documents: dict[str, Document], picture: float) -> None:
        self._audit, self._documents, self._style = audit, documents, styles()
        self.hole = _hole(picture) if picture else None

    def story(self) -> Iterator[Any]:
        """Everything that the report says, from top to bottom."""
        audit, tone = self._audit, TONES[self._audit.determination]
        yield self._say(f'<font color="{tone}">{DETERMINATIONS[audit.determination]}</font>', "title")
        yield self._say(escape(headline(audit)), "lead")
        yield self._say(escape(requested(audit.request)), "small")
        source = audit.policy.source
        draft = "; a draft that no reviewer has signed" if audit.policy.status == "draft" else ""
        version = f" version {source.version}" if source.version else ""
        yield self._say(escape(f"{audit.policy.title}, {source.id}{version}{draft}"), "small")
        yield from self._questions()
        yield self._head("Requirements of the policy")
        for determination in ordered_criteria(audit):
            yield from self._criterion(determination)
        yield self._head("The five documentation elements")
        for element in audit.elements:
            yield from self._element(element)
        yield from self._ledger()
        if self.hole:
            yield self._head("Timeline")
            yield self.hole
        yield from self._notes()

    def _questions(self) -> Iterator[Any]:
        questions = open_questions(self._audit)
        if questions:
            yield self._head("Questions to the clinician")
            for number, question in enumerate(questions, start=1):
                yield self._say(f"{number}. {escape(question.text)}", "cell")

    def _criterion(self, determination: Determination) -> Iterator[Any]:
        from reportlab.platypus import KeepTogether

        criterion = determination.criterion
        advisory = " (advisory)" if criterion.strength != "required" else ""
        label = f'<font color="{TONES[determination.status]}">{STATUSES[determination.status]}{advisory}</font>'
        head = [
            self._gap(8),
            self._say(f"<b>{escape(criterion.asks)}</b> {label}", "cell"),
            self._say(f"{escape(criterion.cites.section)}: {escape(criterion.cites.says)}", "small"),
        ]
        lines = [determination.reason, *(f"Missing: {item}" for item in unsaid(determination))]
        yield KeepTogether([*head, *(self._say(escape(line), "cell") for line in lines if line)])
        yield from self._quotes((*determination.findings, *determination.against))

    def _element(self, element: Element) -> Iterator[Any]:
        name, question = ELEMENTS[element.key]
        label = f'<font color="{TONES[element.status]}">{spoken(element.status)}</font>'
        yield self._gap(6)
        yield self._say(f"<b>{name}: {escape(question)}</b> {label}", "cell")
        for item in element.missing:
            yield self._say(f"Not found: {escape(item)}", "cell")

    def _quotes(self, findings: Iterable[Finding]) -> Iterator[Any]:
        found = passages(findings)
        for passage in found[:QUOTED]:
            document = self._documents.get(passage.document_id)
            dated = f", {document.dated}" if document and document.dated else ""
            words = "".join(f"<b>{escape(t)}</b>" if marked else escape(t) for t, marked in passage.pieces())
            place = escape(f"{passage.document_id}{dated}, page {passage.page}")
            yield self._say(f'“{words}” <font color="#53606e">{place}</font>', "quote")
        if len(found) > QUOTED:
            yield self._say(f"and {len(found) - QUOTED} more", "quote")

    def _ledger(self) -> Iterator[Any]:
        yield self._head("Treatments tried")
        if not self._audit.trials:
            yield self._say("The record documents no treatment that counts as evidence.", "cell")
            return
        lines = [["Treatment", *CELLS.values()]]
        for row in rows(self._audit):
            values = ([said(value) for value in row.values.get(name, ())] for name in CELLS)
            lines.append([row.label, *(" / ".join(some) or "not stated" for some in values)])
        yield table(lines, (80, 46, 60, 60, 36, 36, 52, 62, 72), self._style)

    def _notes(self) -> Iterator[Any]:
        audit = self._audit
        if audit.warnings:
            yield self._head("To look at")
            for warning in audit.warnings:
                label = WARNINGS.get(warning.kind, spoken(warning.kind))
                yield self._say(f"<b>{label}.</b> {escape(warning.message)}", "cell")
        if audit.excluded:
            yield self._head("Set aside: not evidence")
            for item in audit.excluded:
                why = item.explanation or REASONS.get(item.reason, spoken(item.reason))
                yield self._say(f"<b>{escape(item.document_id)}.</b> {escape(why)}", "cell")
        yield self._head("Documents that count")
        lines = [["Document", "Type", "Date", "Author"]]
        for d in audit.documents:
            lines.append([d.id, spoken(d.type), str(d.dated or "unknown"), d.author or "unknown"])
        yield table(lines, (190, 110, 74, 130), self._style)
        yield self._gap(10)
        yield self._say(
            "Quotes are cut out of their documents; the bold words are what was read. This audit reads documents; it "
            "does not examine patients and decides no coverage. A person who knows the case has to confirm it.",
            "small",
        )

    def _head(self, text: str) -> Any:
        return self._say(text, "section")

    def _say(self, markup: str, style: str) -> Any:
        from reportlab.platypus import Paragraph

        return Paragraph(markup, self._style[style])

    def _gap(self, height: float) -> Any:
        from reportlab.platypus import Spacer

        return Spacer(0, height)


def _footer(canvas: Any, template: Any) -> None:
    canvas.setFont("DejaVuSans", 7.5)
    canvas.setFillGray(0.35)
    canvas.drawString(MARGIN, 30, f"mednec {mednec.__version__}. This report holds health information of a patient.")
    canvas.drawRightString(LETTER[0] - MARGIN, 30, str(template.page))


def _hole(height: float) -> Any:
    """Room for the picture, which notes where it came to lie."""
    from reportlab.platypus import Flowable

    class Hole(Flowable):
        place: tuple[int, float, float] = (0, 0.0, 0.0)

        def wrap(self, _width: float, _height: float) -> tuple[float, float]:
            return WIDTH, height

        def draw(self) -> None:
            self.place = (self.canv.getPageNumber() - 1, *self.canv.absolutePosition(0, 0))

    return Hole()


def _height(picture: bytes | None) -> float:
    """How high the picture is where it is as wide as the text."""
    if picture is None:
        return 0.0
    import pikepdf

    with pikepdf.open(io.BytesIO(picture)) as pdf:
        box = [float(value) for value in pdf.pages[0].mediabox]
    return min(WIDTH * (box[3] - box[1]) / (box[2] - box[0]), LETTER[1] - 2 * MARGIN - 40)


def _with_picture(path: Path, picture: bytes | None, hole: Any) -> bytes:
    """The report with its picture drawn into the room that was left for it."""
    import pikepdf

    with pikepdf.open(path) as report:
        if picture is not None:
            number, left, bottom = hole.place
            with pikepdf.open(io.BytesIO(picture)) as drawn:
                _recolor(drawn)
                form = report.copy_foreign(drawn.pages[0].as_form_xobject())
            page, scale = report.pages[number], WIDTH / float(form.BBox[2])
            name = page.add_resource(form, pikepdf.Name.XObject, pikepdf.Name("/Timeline"))
            put = f"q {scale:.5f} 0 0 {scale:.5f} {left:.2f} {bottom:.2f} cm {name} Do Q"
            page.contents_add(report.make_stream(put.encode("ascii")))
        out = io.BytesIO()
        report.save(out, deterministic_id=True)
    return out.getvalue()


def _recolor(drawn: Any) -> None:
    """Give the grays that stand for colors their colors."""
    import pikepdf

    instructions: list[Any] = []
    for one in pikepdf.parse_content_stream(drawn.pages[0]):
        operands: list[Any] = list(one.operands)
        operator = one.operator
        color = (
            shade(float(operands[0])) if str(operator) in ("g", "G", "rg", "RG") and len(set(operands)) == 1 else None
        )
        if color:
            operands = [round(value, 4) for value in color]
            operator = pikepdf.Operator("rg" if str(operator).islower() else "RG")
        instructions.append((operands, operator))
    drawn.pages[0].Contents = drawn.make_stream(pikepdf.unparse_content_stream(instructions))
