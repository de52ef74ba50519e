"""The packet: links land, highlights cover their words, and the pages of the record are what they were."""

import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops

from mednec.auditor import Bates, examine, record_packet
from mednec.documents.originals import originals
from mednec.errors import MednecError, MissingPackage
from mednec.model import Document, Page, ServiceRequest
from mednec.reports.packet.typesetting import COLUMNS, set_text
from mednec.requests import parse_request, read_fields

EXAMPLES = Path(__file__).parents[2] / "examples"
NUMBERING = Bates("CLINIC-", 101)


def case_of(name):
    folder = EXAMPLES / name
    return examine(folder / "chart", parse_request(read_fields(folder / "request.yaml")))


def written(case, path):
    return record_packet(case, path, NUMBERING, lambda _done, _total: None)


@pytest.fixture(scope="module")
def case():
    return case_of("esi-contradicted")


@pytest.fixture(scope="module")
def packet(case, tmp_path_factory):
    path = tmp_path_factory.mktemp("packet") / "packet.pdf"
    written(case, path)
    return path


def text_of(path):
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)]


def annotations(page, kind):
    return [a for a in page.obj.get("/Annots", []) if a.Subtype == kind]


def page_number(pdf, destination):
    return [page.obj.objgen for page in pdf.pages].index(destination[0].objgen)


def covered(path, number, scale=2):
    """Where highlights change the picture of a page: the page, and the mask of what they change."""
    pdf = pypdfium2.PdfDocument(path)
    page = pdf[number]
    plain = page.render(scale=scale, draw_annots=False).to_pil().convert("RGB")
    marked = page.render(scale=scale, draw_annots=True).to_pil().convert("RGB")
    return page, ImageChops.difference(plain, marked).convert("L").point(lambda value: 255 if value > 8 else 0)


def test_every_link_of_the_index_lands_on_a_page_that_holds_a_cited_passage(case, packet):
    texts = [" ".join(text.split()) for text in text_of(packet)]
    quotes = [" ".join(f.quote.split()) for d in case.audit.determinations for f in (*d.findings, *d.against)]
    with pikepdf.open(packet) as pdf:
        targets = [page_number(pdf, a.Dest) for page in pdf.pages[:2] for a in annotations(page, "/Link")]
    assert len(targets) > 20
    for target in targets:
        assert any(quote[:40] in texts[target] for quote in quotes), target


def test_a_link_shows_the_number_that_stands_on_the_page_it_leads_to(packet):
    with pikepdf.open(packet) as pdf:
        front = pdf.pages[0]
        link = annotations(front, "/Link")[0]
        target = pdf.pages[page_number(pdf, link.Dest)]
        stamp = str(annotations(target, "/FreeText")[0].Contents)
    page = pypdfium2.PdfDocument(packet)[0]
    left, bottom, right, top = (float(value) for value in link.Rect)
    assert page.get_textpage().get_text_bounded(left, bottom - 1, right + 1, top + 1).strip(", ") == stamp


def share(mask, page, box, scale=2):
    """How much of the paper around a character is colored (its ink stays black)."""
    left, bottom, right, top = (value * scale for value in box)
    height = page.get_height() * scale
    found = mask.crop((int(left), int(height - top), int(right) + 1, int(height - bottom) + 1))
    return sum(1 for value in found.get_flattened_data() if value) / (found.width * found.height)


def test_highlights_cover_the_cited_words_and_nothing_far_from_them(case, packet):
    finding = next(f for d in case.audit.determinations for f in d.against if f.document_id.endswith(".pdf"))
    words = " ".join(finding.quote.split())
    number = next(n for n, text in enumerate(text_of(packet)) if words in " ".join(text.split()) and n > 3)
    page, mask = covered(packet, number)
    layer = page.get_textpage()
    searched = layer.search(finding.mention)
    index, count = searched.get_next()
    assert all(share(mask, page, layer.get_charbox(i)) > 0.5 for i in range(index, index + count))
    outside, _ = layer.search("GILA BEND PHYSICAL THERAPY").get_next()
    assert share(mask, page, layer.get_charbox(outside)) == 0


def test_highlights_and_stamps_are_layers_that_can_be_switched_off(packet):
    with pikepdf.open(packet) as pdf:
        layers = {str(group.Name): group.objgen for group in pdf.Root.OCProperties.OCGs}
        marks = [a for page in pdf.pages for a in annotations(page, "/Highlight")]
        assert marks and {a.OC.objgen for a in marks} == {layers["Evidence highlighted"]}
        stamps = [a for page in pdf.pages for a in annotations(page, "/FreeText")]
        assert {a.OC.objgen for a in stamps} == {layers["Bates numbers"]}


def test_every_page_bears_the_next_number(packet):
    with pikepdf.open(packet) as pdf:
        numbers = [str(annotations(page, "/FreeText")[0].Contents) for page in pdf.pages]
    assert numbers == [f"CLINIC-{101 + n:06}" for n in range(len(numbers))]


def test_the_content_of_a_source_page_is_the_same_bytes(case, packet):
    source = case.path / "02_PT_discharge_GilaBend.pdf"
    with pikepdf.open(source) as before, pikepdf.open(packet) as after:
        wanted = before.pages[0].Contents.read_raw_bytes()
        assert wanted in [page.Contents.read_raw_bytes() for page in after.pages if "/Contents" in page]
    assert text_of(source)[0] in text_of(packet)


def test_the_text_of_a_converted_document_is_all_there(case, packet):
    document = next(d for d in case.chart.documents if d.id.startswith("04_"))
    page = next(text for text in text_of(packet) if "No further" not in text and document.text[:20] in text)
    assert page.split() == document.text.split()


def test_bookmarks_name_each_requirement_and_each_document(case, packet):
    with pikepdf.open(packet) as pdf, pdf.open_outline() as outline:
        _, requirements, record = outline.root
        assert [item.title for item in requirements.children] == [d.criterion.asks for d in case.audit.determinations]
        assert [item.title for item in record.children] == [one.name for one in originals(case.path)]


def test_the_pages_of_another_patient_are_left_out(tmp_path):
    case = case_of("sij-misfiled-page")
    path = tmp_path / "packet.pdf"
    made = written(case, path)
    (other,) = [x.document_id for x in case.audit.excluded if x.reason == "other_patient"]
    stranger = next(d for d in case.chart.documents if d.id == other)
    assert [name for name, _ in made.left_out] == [other]
    assert stranger.patient.name.split()[0] not in " ".join(text_of(path))


def test_the_same_chart_gives_the_same_bytes(case, packet, tmp_path):
    written(case, tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == packet.read_bytes()


REQUEST = ServiceRequest("esi.init", date(2026, 3, 10), ("64483",), "left", ("L5-S1",), policy="L39240")
NOTE = "Date of service: 03/01/2026\nLow back pain radiating to the left leg for 8 weeks. Pain 7/10.\n"


def pdf_with(path, lines, rotation=0, crop=None):
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=(612, 792))
    for number, line in enumerate(lines.splitlines()):
        canvas.drawString(120, 640 - 20 * number, line)
    canvas.save()
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Rotate = rotation
        if crop:
            pdf.pages[0].CropBox = crop
        pdf.save(path)


def test_a_record_of_many_documents_in_one_file_has_a_line_and_a_bookmark_for_each(tmp_path):
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "record.pdf"), pagesize=(612, 792))
    for number in range(120):
        day = date.fromordinal(date(2025, 1, 6).toordinal() + number)
        title = ("PHYSICAL THERAPY DAILY NOTE", "FAMILY MEDICINE OFFICE VISIT")[number % 2]
        for row, line in enumerate((title, "Patient: Ada Roe", f"Date of service: {day:%m/%d/%Y}", "Pain 5/10.")):
            canvas.drawString(80, 700 - 20 * row, line)
        canvas.showPage()
    canvas.save()
    case = examine(tmp_path / "record.pdf", replace(REQUEST, dated=date(2026, 1, 10)))
    written(case, tmp_path / "packet.pdf")
    index = " ".join("".join(text_of(tmp_path / "packet.pdf")).split("SHA-256", 1)[0].split())
    assert all(str(document.dated) in index for document in case.chart.documents)
    with pikepdf.open(tmp_path / "packet.pdf") as pdf, pdf.open_outline() as outline:
        (file,) = outline.root[2].children
        assert len(file.children) == len(case.chart.documents) == 120
        assert page_number(pdf, file.children[-1].destination) == len(pdf.pages) - 1


@pytest.mark.parametrize(
    ("rotation", "crop"),
    [(0, None), (90, None), (180, None), (270, None), (0, [50, 60, 600, 700]), (90, [50, 60, 600, 700])],
)
def test_highlights_lie_on_the_words_of_turned_and_cropped_pages(tmp_path, rotation, crop):
    chart = tmp_path / "chart"
    chart.mkdir()
    pdf_with(chart / "note.pdf", NOTE, rotation, crop)
    path = tmp_path / "packet.pdf"
    written(examine(chart, REQUEST), path)
    with pikepdf.open(path) as pdf:
        marked = [(n, a) for n, page in enumerate(pdf.pages) for a in annotations(page, "/Highlight")]
        number = marked[0][0]
        boxes = [[float(value) for value in a.Rect] for _, a in marked]
        stamp = [float(value) for value in annotations(pdf.pages[number], "/FreeText")[0].Rect]
        shown = [float(value) for value in pdf.pages[number].cropbox]
    layer = pypdfium2.PdfDocument(path)[number].get_textpage()
    index, _ = layer.search("7/10").get_next()
    left, bottom, right, top = layer.get_charbox(index)
    x, y = (left + right) / 2, (bottom + top) / 2
    assert any(box[0] < x < box[2] and box[1] < y < box[3] for box in boxes)
    assert shown[0] <= stamp[0] and stamp[2] <= shown[2] and shown[1] <= stamp[1] and stamp[3] <= shown[3]


def drawn(size=(850, 1100)):
    from PIL import ImageDraw, ImageFont

    image = Image.new("L", size, 255)
    ImageDraw.Draw(image).multiline_text((90, 120), NOTE, fill=0, font=ImageFont.load_default(22), spacing=14)
    return image


@pytest.mark.parametrize("kind", ["fax.tif", "scan.png", "scan.jpg"])
def test_scans_keep_every_pixel(tmp_path, kind):
    chart = tmp_path / "chart"
    chart.mkdir()
    image = drawn().convert("1") if kind == "fax.tif" else drawn()
    image.save(chart / kind, dpi=(100, 100), **({"compression": "group4"} if kind == "fax.tif" else {}))
    path = tmp_path / "packet.pdf"
    written(examine(chart, REQUEST), path)
    with pikepdf.open(path) as pdf:
        found = [page.obj.Resources.get("/XObject", {}).get("/Im0") for page in pdf.pages]
        (kept,) = [pikepdf.PdfImage(image) for image in found if image is not None]
        pixels = kept.as_pil_image().convert("L").tobytes()
        raw = kept.obj.read_raw_bytes()
    assert pixels == Image.open(chart / kind).convert("L").tobytes()
    if kind == "scan.jpg":
        assert raw == (chart / kind).read_bytes()


def test_long_lines_are_broken_at_blanks_and_no_character_is_lost():
    text = "word " * 60 + "x" * 250 + "\n\tend\n"
    setting = set_text(Document("a", text, pages=(Page(1, 0, len(text)),)))
    assert "".join(text[line.start : line.end] for line in setting.lines) == text.replace("\n", "")
    assert all(line.end - line.start <= COLUMNS for line in setting.lines)


def test_a_line_of_a_million_characters_is_set_at_once():
    text = "pain and therapy " * 60_000
    started = time.process_time()
    setting = set_text(Document("a", text, pages=(Page(1, 0, len(text)),)))
    assert time.process_time() - started < 5
    assert sum(line.end - line.start for line in setting.lines) == len(text)


def test_a_new_page_of_the_document_is_a_new_sheet():
    text = "one\n\ftwo\n"
    setting = set_text(Document("a", text, pages=(Page(1, 0, 5), Page(2, 5, len(text)))))
    assert (setting.sheets, setting.numbers) == (2, (1, 2))


HL7 = (
    "MSH|^~\\&|A|B|C|D|20260301120000||MDM^T02|1|P|2.5\r"
    "PID|1||1^^^H||DOE^ANN||19610402|F\r"
    "TXA|1|PN|TX|20260301120000|||||||||||||AU\r"
    "OBX|1|TX|1^NOTE||Low back pain for 8 weeks. Pain 7/10.\r"
)


def test_the_entries_of_a_message_stand_in_the_packet_as_pages(tmp_path):
    chart = tmp_path / "chart"
    chart.mkdir()
    (chart / "note.hl7").write_text(HL7, newline="")
    path = tmp_path / "packet.pdf"
    made = written(examine(chart, REQUEST), path)
    assert made.left_out == ()
    assert "Low back pain for 8 weeks." in " ".join(text_of(path))


def test_an_attachment_stands_in_the_packet_and_its_mail_is_not_called_missing(tmp_path):
    from email.message import EmailMessage

    chart = tmp_path / "chart"
    chart.mkdir()
    pdf_with(tmp_path / "scan.pdf", NOTE)
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"], mail["Date"] = "a@b.example", "c@d.example", "Record", "1 Mar 2026 12:00"
    mail.set_content("The note is attached.")
    mail.add_attachment(
        (tmp_path / "scan.pdf").read_bytes(), maintype="application", subtype="pdf", filename="scan.pdf"
    )
    (chart / "mail.eml").write_bytes(mail.as_bytes())
    path = tmp_path / "packet.pdf"
    assert written(examine(chart, REQUEST), path).left_out == ()
    assert "8 weeks. Pain 7/10." in " ".join(text_of(path))


def test_without_the_libraries_the_message_says_what_to_install(case, tmp_path, monkeypatch):
    monkeypatch.setattr("mednec.reports.packet.find_spec", lambda _name: None)
    with pytest.raises(MissingPackage, match=r"mednec\[packet\]"):
        written(case, tmp_path / "packet.pdf")


def test_a_record_without_any_page_is_refused(case, tmp_path):
    nothing = replace(case, chart=replace(case.chart, documents=()))
    empty = tmp_path / "chart"
    empty.mkdir()
    (empty / "note.txt").write_text("x")
    with pytest.raises(MednecError, match="nothing of this record"):
        written(replace(nothing, path=empty), tmp_path / "packet.pdf")
