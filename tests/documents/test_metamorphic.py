# ruff: noqa: E501
"""What must change no criterion: a letter more, a document twice, another order, another format of the same text."""

import random
import shutil
from collections.abc import Callable
from html import escape
from pathlib import Path

import docx
import pytest
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen import canvas

from mednec.auditor import audit_documents, load_all, read_chart
from mednec.documents import Chart
from mednec.model import ServiceRequest
from mednec.policies import choose
from mednec.requests import parse_request, read_fields

ROOT = Path(__file__).parents[2]
LETTER = """CENTER FOR SPINE CARE
{day}
To: Medical Director, Utilization Review
RE: Letter of Medical Necessity
Patient: {name}   DOB: {born}

Dear Medical Director,
I am writing to request authorization. The patient completed eight weeks of supervised physical therapy without any relief, took
meloxicam and gabapentin without relief, and has had pain of 8/10 for more than two years. In my professional opinion the requested
treatment is reasonable and medically necessary. Please do not hesitate to contact my office for a peer-to-peer discussion.

Sincerely,
Ann Writer, MD
"""


CHARTS = sorted(path.parent for path in (ROOT / "examples").glob("*/request.yaml"))


def asked(folder: Path) -> ServiceRequest:
    return parse_request(read_fields(folder / "request.yaml"))


def judged(chart: Chart, request: ServiceRequest) -> tuple[str, dict[str, str]]:
    audit = audit_documents(chart, request, choose(request, load_all()))
    return audit.determination, {d.criterion.key: d.status.value for d in audit.determinations}


@pytest.fixture(scope="module")
def plain() -> dict[str, tuple[str, dict[str, str]]]:
    return {folder.name: judged(read_chart(folder / "chart"), asked(folder)) for folder in CHARTS}


# --- the same text in other formats ----------------------------------------------------------------------------------


def as_docx(text: str, path: Path) -> None:
    word = docx.Document()
    for line in text.splitlines():
        word.add_paragraph(line)
    word.save(str(path))


def as_rtf(text: str, path: Path) -> None:
    def coded(letter: str) -> str:
        return f"\\u{ord(letter)}?" if ord(letter) > 126 else {"\\": "\\\\", "{": "\\{", "}": "\\}"}.get(letter, letter)

    lines = ("".join(map(coded, line)) for line in text.splitlines())
    path.write_text("{\\rtf1\\ansi " + "\\par\n".join(lines) + "\\par}", encoding="ascii")


def as_html(text: str, path: Path) -> None:
    body = "<br>\n".join(escape(line).replace("  ", "&nbsp; ") for line in text.splitlines())
    path.write_text(f"<!doctype html><html><body>{body}</body></html>", encoding="utf-8")


def as_ccda(text: str, path: Path) -> None:
    body = "<br/>".join(escape(line) for line in text.splitlines())
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><ClinicalDocument xmlns="urn:hl7-org:v3"><component><structuredBody><component><section>'
        f"<text>{body}</text></section></component></structuredBody></component></ClinicalDocument>",
        encoding="utf-8",
    )


def as_pdf(text: str, path: Path) -> None:
    sheet = canvas.Canvas(str(path), pagesize=letter)
    top = 750.0
    for line in text.splitlines():
        sheet.setFont("Courier", min(9.0, 9.0 * 105 / max(len(line), 105)))
        if top < 50:
            sheet.showPage()
            sheet.setFont("Courier", 9)
            top = 750.0
        sheet.drawString(36, top, line)
        top -= 11
    sheet.save()


FORMATS: dict[str, Callable[[str, Path], None]] = {
    "docx": as_docx,
    "rtf": as_rtf,
    "html": as_html,
    "xml": as_ccda,
    "pdf": as_pdf,
}


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("folder", CHARTS, ids=lambda path: path.name)
def test_another_format_of_the_same_text_changes_no_criterion(
    tmp_path: Path, plain: dict[str, tuple[str, dict[str, str]]], folder: Path, suffix: str
) -> None:
    for file in sorted((folder / "chart").rglob("*")):
        if file.suffix == ".txt":
            FORMATS[suffix](file.read_text(encoding="utf-8"), tmp_path / f"{file.stem}.{suffix}")
        elif file.is_file():
            shutil.copy(file, tmp_path / file.name)
    assert judged(read_chart(tmp_path), asked(folder)) == plain[folder.name]


@pytest.mark.parametrize("folder", CHARTS, ids=lambda path: path.name)
def test_a_letter_more_changes_no_criterion(
    tmp_path: Path, plain: dict[str, tuple[str, dict[str, str]]], folder: Path
) -> None:
    chart, request = read_chart(folder / "chart"), asked(folder)
    patient = next(d.patient for d in chart.documents if d.patient.name and d.patient.birth_date)
    path = tmp_path / "letter.txt"
    path.write_text(
        LETTER.format(day=f"{request.dated:%B %d, %Y}", name=patient.name, born=f"{patient.birth_date:%m/%d/%Y}")
    )
    (added,) = read_chart(path).documents
    assert added.type == "letter_of_medical_necessity"
    assert judged(Chart((*chart.documents, added), chart.unreadable), request) == plain[folder.name]


@pytest.mark.parametrize("folder", CHARTS, ids=lambda path: path.name)
def test_any_document_twice_and_any_order_change_no_criterion(
    tmp_path: Path, plain: dict[str, tuple[str, dict[str, str]]], folder: Path
) -> None:
    request = asked(folder)
    files = [file for file in sorted((folder / "chart").rglob("*")) if file.is_file()]
    for file in files:
        shutil.copy(file, tmp_path / file.name)
    whole = read_chart(tmp_path)
    mixed = list(whole.documents)
    random.Random(3).shuffle(mixed)
    assert judged(Chart(tuple(mixed), whole.unreadable), request) == plain[folder.name]
    for file in files:
        copy = tmp_path / f"zz copy of {file.name}"
        shutil.copy(file, copy)
        assert judged(read_chart(tmp_path), request) == plain[folder.name], file.name
        copy.unlink()
