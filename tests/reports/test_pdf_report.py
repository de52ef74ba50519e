"""The report as a PDF: what was decided, with quotes and places, the same bytes every time."""

import io

import pypdfium2
import pytest

from mednec.errors import MissingPackage
from mednec.model import Evidence, Fact, Interval
from mednec.reports import to_pdf
from mednec.reports.timeline import shade


@pytest.fixture
def dated(audit):
    from dataclasses import replace

    trial = audit.trials[0]
    pain = Evidence(
        "pain_score",
        "nrs",
        trial.findings[:1],
        {name: (Fact(7, trial.findings[:1]),) for name in ("low", "high")},
        Interval(audit.documents[0].dated, audit.documents[0].dated),
    )
    return replace(audit, evidence=(pain,))


def pages(audit):
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(to_pdf(audit))]


def test_it_begins_with_the_verdict_and_the_questions(audit):
    first = pages(audit)[0]
    assert first.split("\r\n")[1] == "Not supported by the record"
    assert "How many visits took place?" in first


def test_every_requirement_stands_there_with_paragraph_status_and_quotes(audit):
    whole = " ".join(" ".join(pages(audit)).split())
    for determination in audit.determinations:
        assert determination.criterion.asks in whole
        assert determination.reason in whole
    assert "“Left leg pain since November 2025.” 2026-02-03 pain clinic.txt, 2026-02-03, page 2" in whole


def test_chart_text_is_text(audit):
    assert "<b>today</b> & worse." in " ".join(" ".join(pages(audit)).split())


def test_what_is_missing_in_the_ledger_says_so(audit):
    assert "not stated" in " ".join(" ".join(pages(audit)).split())


def test_the_timeline_is_drawn_in_its_colors_where_room_was_left_for_it(dated):
    pdf = pypdfium2.PdfDocument(to_pdf(dated))
    number = next(n for n, page in enumerate(pdf) if "pain, 0 to 10" in page.get_textpage().get_text_range())
    assert "Timeline" in pdf[number].get_textpage().get_text_range()
    colors = pdf[number].render(scale=3).to_pil().convert("RGB").getcolors(1 << 24)
    assert any(abs(r - 168) + abs(g - 32) + abs(b - 26) < 6 for _, (r, g, b) in colors)
    assert shade(7 / 255) == (168 / 255, 32 / 255, 26 / 255)


def test_the_same_audit_gives_the_same_bytes(dated):
    assert to_pdf(dated) == to_pdf(dated)


def test_it_is_a_whole_pdf_with_a_title(audit):
    import pikepdf

    with pikepdf.open(io.BytesIO(to_pdf(audit))) as pdf:
        assert str(pdf.docinfo["/Title"]).startswith("Not supported by the record: ")


def test_without_the_libraries_the_message_says_what_to_install(audit, monkeypatch):
    monkeypatch.setattr("mednec.reports.pdf.find_spec", lambda _name: None)
    with pytest.raises(MissingPackage, match=r"mednec\[packet\]"):
        to_pdf(audit)
