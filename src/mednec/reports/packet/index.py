"""The places of evidence in, the front pages of a packet out: what it answers, and where in the record to look."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from mednec.model import Audit, Document, Status
from mednec.reports.packet.parts import Part
from mednec.reports.packet.style import styles, table
from mednec.reports.packet.typesetting import BOLD, LETTER, MARGIN, SANS, canvas_to, register_fonts
from mednec.reports.summary import title
from mednec.reports.words import counted, spoken

DESCRIBED = 12  # documents of a file that its separator page names
INDENT = "&nbsp;" * 4
LINK = "packet:"  # how a link of the index names its page until the packet is put together


@dataclass(frozen=True, slots=True)
class Plan:
    """Where everything stands in the packet (pages from 0, the front pages included)."""

    front: int
    separators: tuple[int, ...]
    parts: tuple[Part, ...]
    cited: Mapping[str, tuple[tuple[str, int], ...]]  # criterion -> document and page of the packet, in its order
    left_out: int
    total: int
    prefix: str
    first: int

    def number(self, page: int) -> str:
        """The Bates number of a page of the packet."""
        return f"{self.prefix}{self.first + page:06}"


def write_index(audit: Audit, plan: Plan, path: Path) -> None:
    """Write the front pages."""
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer

    register_fonts()
    style = styles()
    story: list[Any] = [
        Paragraph("Record for documentation request", style["title"]),
        Paragraph(escape(title(audit.request.service)), style["lead"]),
        Spacer(0, 10),
        _facts(audit, plan, style),
        Spacer(0, 16),
        Paragraph("Requirements, and where the record speaks of them", style["head"]),
        Paragraph(
            "Each page number leads to its page. The words cited are highlighted there by annotations, which a viewer "
            "can switch off (layer “Evidence highlighted”). The pages of the record themselves are not altered.",
            style["small"],
        ),
        Spacer(0, 6),
        _requirements(audit, plan, style),
        PageBreak(),
        Paragraph("Documents of this packet", style["head"]),
        Spacer(0, 6),
        _documents(plan, style),
    ]
    if plan.left_out:
        told = counted(plan.left_out, "document bears", "documents bear")
        note = f"{told} another person's name or birth date and is not part of this packet."
        story += [Spacer(0, 10), Paragraph(note, style["small"])]
    template = SimpleDocTemplate(
        str(path), pagesize=LETTER, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN,
        invariant=1, title="Record for documentation request", author="", subject="", creator="mednec",
    )  # fmt: skip
    template.build(story)


def write_separators(plan: Plan, path: Path) -> None:
    """Write the page that goes before each file of the record: what follows, and how its pages came about."""
    canvas = canvas_to(path)
    for number, part in enumerate(plan.parts, start=1):
        height = LETTER[1] - 250
        canvas.setFont(SANS, 10)
        canvas.drawString(MARGIN, height, f"Document {number} of {len(plan.parts)}")
        canvas.setLineWidth(0.8)
        canvas.line(MARGIN, height - 10, LETTER[0] - MARGIN, height - 10)
        canvas.setFont(BOLD, 15)
        for piece in _wrapped(part.name, 58):
            height -= 32 if height > LETTER[1] - 260 else 20
            canvas.drawString(MARGIN, height, piece)
        canvas.setFont(SANS, 9.5)
        for line in _described(part, plan, plan.separators[number - 1] + 1):
            height -= 17
            canvas.drawString(MARGIN, height, line if len(line) < 96 else f"{line[:95]}…")
        canvas.showPage()
    canvas.save()


def _described(part: Part, plan: Plan, first: int) -> Iterator[str]:
    """What a separator page says of the file that follows it."""
    for document in part.documents[:DESCRIBED]:
        yield ", ".join(filter(None, [spoken(document.type), str(document.dated or ""), document.author]))
    if len(part.documents) > DESCRIBED:
        yield f"and {len(part.documents) - DESCRIBED} more documents; the index has a line for each"
    last = first + len(part.kept) - 1
    yield f"{counted(len(part.kept), 'page')}: {plan.number(first)}{f' to {plan.number(last)}' if last > first else ''}"
    yield "This separator page is not part of the record."
    yield f"What follows: {part.how}."
    yield f"SHA-256 of the file: {part.digest}"


def _facts(audit: Audit, plan: Plan, style: Mapping[str, Any]) -> Any:
    request, source = audit.request, audit.policy.source
    born = f"born {request.patient.birth_date}" if request.patient.birth_date else None
    patient = ", ".join(filter(None, [request.patient.name, born]))
    rows = [
        ("Patient", patient or "not named in the request"),
        ("Date of service", request.dated.isoformat()),
        ("Procedure code", ", ".join(request.procedure)),
        ("Side and levels", " ".join(part for part in (request.side or "", ", ".join(request.levels)) if part)),
        ("Diagnoses", ", ".join(request.diagnoses)),
        ("Policy", f"{audit.policy.title}, {source.id}{f' version {source.version}' if source.version else ''}"),
        ("Pages", f"{plan.total}, numbered {plan.number(0)} to {plan.number(plan.total - 1)}"),
    ]
    return table([[name, value] for name, value in rows if value], (110, 394), style, head=False)


def _requirements(audit: Audit, plan: Plan, style: Mapping[str, Any]) -> Any:
    lines = [["Requirement", "Paragraph", "Pages of this packet"]]
    for determination in audit.determinations:
        criterion = determination.criterion
        if determination.status is Status.NOT_APPLICABLE:
            continue
        pages = [_linked(page, plan) for page in dict.fromkeys(page for _, page in plan.cited.get(criterion.key, ()))]
        lines.append([escape(criterion.asks), escape(criterion.cites.section), ", ".join(pages) or "no page cited"])
    return table(lines, (264, 90, 150), style, markup=True)


def _documents(plan: Plan, style: Mapping[str, Any]) -> Any:
    """A line for each file, and where a file holds several documents one for each of them."""
    lines = [["Document", "Type and date", "Pages"]]
    for separator, part in zip(plan.separators, plan.parts, strict=True):
        whole = _span(separator + 1, separator + len(part.kept), plan)
        if len(part.documents) < 2:
            lines.append([escape(part.name), escape("; ".join(kind_and_day(d) for d in part.documents)), whole])
            continue
        lines.append([escape(part.name), f"{len(part.documents)} documents", whole])
        for document in in_order(part):
            first, last = part.spans.get(document.id, (0, len(part.kept) - 1))
            pages = _span(separator + 1 + first, separator + 1 + last, plan)
            told = ", ".join(filter(None, [str(document.dated or ""), document.author]))
            lines.append([INDENT + escape(spoken(document.type)), escape(told), pages])
    return table(lines, (190, 194, 120), style, markup=True)


def in_order(part: Part) -> list[Document]:
    """The documents of a file as they lie in it."""
    return sorted(part.documents, key=lambda document: part.spans.get(document.id, (len(part.kept), 0)))


def kind_and_day(document: Document) -> str:
    """What a document is and of which day."""
    return f"{spoken(document.type)}{f', {document.dated}' if document.dated else ''}"


def _span(first: int, last: int, plan: Plan) -> str:
    return _linked(first, plan) + (f" to {_linked(last, plan)}" if last > first else "")


def _linked(page: int, plan: Plan) -> str:
    return f'<a href="{LINK}{page}" color="#0b57a4">{plan.number(page)}</a>'


def _wrapped(text: str, width: int) -> list[str]:
    return [text[start : start + width] for start in range(0, len(text), width)][:4]
