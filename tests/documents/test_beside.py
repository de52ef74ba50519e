# ruff: noqa: E501
"""What stands beside the body: notes, comments, boxes, margins, what is struck out, form fields, files within files."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from reportlab.pdfgen import canvas

from mednec.documents import read_chart
from mednec.evidence import gather
from mednec.model import ServiceRequest

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NOTES = f'<w:footnotes {W}><w:footnote w:id="2"><w:p><w:r><w:t>Scores as told by the daughter.</w:t></w:r></w:p></w:footnote></w:footnotes>'


def text_of(path: Path) -> str:
    return read_chart(path).documents[0].text


def with_part(path: Path, name: str, kind: str, xml: str) -> None:
    """Add a part to a Word file, as Word itself would."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(buffer, "w") as new:
        for item in old.namelist():
            data = old.read(item)
            if item == "word/_rels/document.xml.rels":
                link = f'<Relationship Id="x{name}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{name}.xml"/></Relationships>'
                data = data.replace(b"</Relationships>", link.encode())
            new.writestr(item, data)
        new.writestr(f"word/{name}.xml", xml)
    path.write_bytes(buffer.getvalue())


def test_word_notes_are_read_and_struck_or_hidden_words_are_not(tmp_path: Path) -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("Pain is ")
    paragraph.add_run("3/10").font.strike = True
    paragraph.add_run(" 8/10.")
    paragraph.add_run(" secret").font.hidden = True
    path = tmp_path / "note.docx"
    word.save(str(path))
    with_part(path, "footnotes", "footnotes", NOTES)
    text = text_of(path)
    assert "Pain is  8/10." in text
    assert "[note 2] Scores as told by the daughter." in text
    assert "secret" not in text
    assert sorted(w.message.partition(": ")[2] for w in read_chart(path).warnings) == [
        "words that are hidden are not read.",
        "words that are struck out are not read.",
    ]


def test_a_comment_is_shown_and_never_evidence(tmp_path: Path) -> None:
    word = docx.Document()
    run = word.add_paragraph("Low back pain, DOS 03/02/2026.").runs[0]
    word.add_comment(run, text="Failed six weeks of physical therapy.", author="Billing Desk")
    path = tmp_path / "note.docx"
    word.save(str(path))
    chart = read_chart(path)
    (comment,) = [document for document in chart.documents if document.type == "addendum"]
    assert (comment.author, "Failed six weeks" in comment.text) == ("Billing Desk", True)
    record = gather(chart.documents, {}, ServiceRequest("esi.init", date(2030, 1, 1)))
    assert {e.document_id: e.reason for e in record.excluded} == {comment.id: "improper_amendment"}


def test_word_boxes_in_margins_and_symbol_boxes_are_read(tmp_path: Path) -> None:
    word = docx.Document()
    box = f'<w:r {W}><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent><w:p><w:r><w:t>DOB 02/03/1960</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>'
    word.sections[0].header.paragraphs[0]._p.append(parse_xml(box))
    row = word.add_paragraph()
    for code, label in (("F0FE", "Heat"), ("F0A8", "Ice")):
        row._p.append(
            parse_xml(
                f'<w:r {W}><w:sym w:font="Wingdings" w:char="{code}"/><w:t xml:space="preserve">{label} </w:t></w:r>'
            )
        )
    path = tmp_path / "note.docx"
    word.save(str(path))
    assert "DOB 02/03/1960" in text_of(path)
    assert "[X] Heat [ ] Ice" in text_of(path)


def test_rich_text_keeps_margins_notes_and_boxes(tmp_path: Path) -> None:
    path = tmp_path / "note.rtf"
    path.write_bytes(
        rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}{\stylesheet{\s1\strike Old;}}{\header Sample, Jane   DOB 02/03/1960\par}{\footer Page 1\par}"
        rb"Pain is {\strike 3/10} 8/10{\v secret}{\footnote By phone.}.\par"
        rb"{\shp{\*\shpinst{\shptxt Boxed words.\par}}}{\field{\*\fldinst FORMCHECKBOX{\*\formfield{\fftype1\ffres1}}}{\fldrslt}}Heat"
        rb"{\*\atnauthor A. Clerk}{\*\annotation Add the therapy.}\par}"
    )
    chart = read_chart(path)
    text = chart.documents[0].text
    assert text.startswith("Sample, Jane   DOB 02/03/1960\n\n")
    for words in ("Pain is  8/10.", "By phone.", "Boxed words.", "[X] Heat", "Page 1"):
        assert words in text
    for words in ("3/10 ", "secret", "Add the therapy", "Old"):
        assert words not in text
    assert [document.author for document in chart.documents] == [None, "A. Clerk"]
    assert "hidden" in chart.warnings[0].message


def test_a_page_leaves_out_what_is_struck_out_or_hidden(tmp_path: Path) -> None:
    path = tmp_path / "note.html"
    path.write_text(
        "<html><body><p>Pain <s>2/10</s> 8/10 <span style='display: none'>secret</span>today.</p><select><option>left<option selected>right</select></body></html>"
    )
    assert text_of(path) == "Pain 8/10 today.\n\nright\n"
    assert len(read_chart(path).warnings) == 2


@pytest.fixture
def form(tmp_path: Path) -> Path:
    """A PDF with a form: a text field, two boxes, and a note typed onto the page."""
    path = tmp_path / "form.pdf"
    sheet = canvas.Canvas(str(path))
    for top, words in ((700, "Worst pain:"), (660, "Heat"), (620, "Ice"), (560, "Signed by the patient on 03/05/2026")):
        sheet.drawString(150 if top in (660, 620) else 72, top, words)
    sheet.acroForm.textfield(name="worst", value="9/10", x=160, y=694, width=120, height=20)
    sheet.acroForm.checkbox(name="heat", checked=True, x=120, y=656, size=16)
    sheet.acroForm.checkbox(name="ice", checked=False, x=120, y=616, size=16)
    sheet.save()
    return path


def test_what_is_filled_into_a_form_is_read_where_it_stands(form: Path) -> None:
    text = " ".join(text_of(form).split())
    assert text == "Worst pain: 9/10 [X] Heat [ ] Ice Signed by the patient on 03/05/2026"


def annotated(path: Path, kind: str, words: str) -> Path:
    import pikepdf

    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name(f"/{kind}"),
            Rect=[72, 500, 300, 516],
            Contents=words,
            T="A. Clerk",
        )
        annots = pdf.pages[0].get("/Annots", pikepdf.Array())
        pdf.pages[0]["/Annots"] = pikepdf.Array([*annots, pdf.make_indirect(note)])
        pdf.save(path)
    return path


def test_a_typed_note_stands_on_the_page_and_a_comment_beside_it(form: Path) -> None:
    annotated(annotated(form, "FreeText", "Seen again 03/09/2026"), "Text", "Please add therapy.")
    documents = read_chart(form).documents
    assert "Seen again 03/09/2026" in documents[0].text
    assert [("Please add therapy." in d.text, d.author) for d in documents] == [(False, None), (True, "A. Clerk")]


def test_files_attached_to_a_pdf_are_read(form: Path) -> None:
    import pikepdf

    with pikepdf.open(form, allow_overwriting_input=True) as pdf:
        pdf.attachments["visit.txt"] = pikepdf.AttachedFileSpec(
            pdf, b"OFFICE VISIT\nDOS 03/05/2026\n", filename="visit.txt"
        )
        pdf.save(form)
    assert [document.id for document in read_chart(form).documents] == ["form.pdf", "form.pdf/visit.txt"]


def test_a_scan_under_a_typed_banner_is_read(tmp_path: Path) -> None:
    from PIL import Image, ImageDraw, ImageFont
    from reportlab.lib.utils import ImageReader

    image = Image.new("L", (1700, 2000), 255)
    for number, words in enumerate(
        ("OFFICE VISIT", "Pain is 8 out of 10 today.", "Plan: physical therapy for six weeks.")
    ):
        ImageDraw.Draw(image).text((200, 200 + 90 * number), words, fill=0, font=ImageFont.load_default(size=36))
    path = tmp_path / "fax.pdf"
    sheet = canvas.Canvas(str(path), pagesize=(612, 792))
    sheet.drawString(40, 775, "RECEIVED 03/06/2026 08:11 FROM 6025550100 PAGE 1 OF 1")
    sheet.drawImage(ImageReader(image), 0, 0, 612, 720)
    sheet.save()
    (document,) = read_chart(path).documents
    assert document.text.index("RECEIVED") < document.text.index("Pain is 8 out of 10 today.")
    assert document.pages[0].confidence


def mail(body: str, *attachments: tuple[Any, dict[str, Any]]) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "Records"
    message["Date"] = "Thu, 05 Mar 2026 10:00:00 -0700"
    message.set_content(body)
    for content, told in attachments:
        message.add_attachment(content, **told)
    return message


def test_a_message_within_a_message_is_read_with_its_files(tmp_path: Path) -> None:
    inner = mail("Note enclosed.\n", ("OFFICE VISIT\nDOS: 03/05/2026\n", {"filename": "note.txt"}))
    outer = mail(
        "Forwarded.\n", (inner, {}), (b"{\\rtf1 PAIN DIARY\\par}", {"maintype": "application", "subtype": "rtf"})
    )
    path = tmp_path / "mail.eml"
    path.write_bytes(outer.as_bytes())
    ids = [document.id for document in read_chart(path).documents]
    assert ids == ["mail.eml", "mail.eml/message 1.eml", "mail.eml/message 1.eml/note.txt", "mail.eml/attachment 2"]


def test_the_name_of_an_attachment_is_no_path(tmp_path: Path) -> None:
    path = tmp_path / "mail.eml"
    path.write_bytes(mail("x\n", ("DOS 03/05/2026\n", {"filename": "../../etc/note.txt"})).as_bytes())
    assert read_chart(path).documents[1].id == "mail.eml/note.txt"


def made(build: Callable[[Any], None], path: Path) -> Path:
    word = docx.Document()
    build(word)
    word.save(str(path))
    return path


def test_a_picture_in_a_word_file_is_read_where_it_may_be_a_scan(tmp_path: Path) -> None:
    from PIL import Image, ImageDraw, ImageFont

    def build(word: Any) -> None:
        word.add_paragraph("Scanned note:")
        for size in ((1700, 1100), (300, 300)):
            image = Image.new("L", size, 255)
            ImageDraw.Draw(image).text(
                (80, 100), "Pain is 8 out of 10 today.", fill=0, font=ImageFont.load_default(size=40)
            )
            buffer = io.BytesIO()
            image.save(buffer, "PNG")
            word.add_picture(io.BytesIO(buffer.getvalue()))

    chart = read_chart(made(build, tmp_path / "note.docx"))
    assert ["Pain is 8 out of 10" in document.text for document in chart.documents] == [False, True]
