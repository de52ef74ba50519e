# ruff: noqa: E501
"""Word, RTF, HTML, C-CDA, HL7 v2 and e-mail: what a clinician wrote comes out, in order and once."""

import base64
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import docx

from mednec.documents import read_chart
from mednec.model import SignatureState

CDA = """<?xml version="1.0"?><ClinicalDocument xmlns="urn:hl7-org:v3">
<code code="11506-3" codeSystem="2.16.840.1.113883.6.1"/><title>Progress Note</title><effectiveTime value="202603051640-0700"/>
<recordTarget><patientRole><patient><name><given>Jane</given><family>Sample</family></name><birthTime value="19600203"/></patient></patientRole></recordTarget>
<author><assignedAuthor><assignedPerson><name><given>Alan</given><family>Stone</family><suffix>MD</suffix></name></assignedPerson></assignedAuthor></author>
<legalAuthenticator><time value="20260305"/><signatureCode code="S"/><assignedEntity><assignedPerson><name><given>Alan</given><family>Stone</family></name></assignedPerson></assignedEntity></legalAuthenticator>
<component>{}</component></ClinicalDocument>"""
SECTION = """<structuredBody><component><section><title>Medications</title><text><table><thead><tr><th>Drug</th><th>Start</th></tr></thead>
<tbody><tr><td>meloxicam 15 mg</td><td>12/01/2025</td></tr></tbody></table><paragraph>No <content>opioids</content>.</paragraph></text></section></component></structuredBody>"""


def test_a_word_file_keeps_the_order_of_paragraphs_and_tables(tmp_path: Path) -> None:
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "Sample, Jane   DOB 02/03/1960"
    word.sections[0].footer.paragraphs[0].text = "Confidential"
    word.add_heading("OFFICE VISIT")
    word.add_paragraph("Physical therapy, 12 visits.", style="List Bullet")
    table = word.add_table(rows=2, cols=2)
    for cell, text in zip(
        [*table.rows[0].cells, *table.rows[1].cells], ["Date", "NRS", "01/05/2026", "7/10"], strict=True
    ):
        cell.text = text
    word.add_paragraph("Plan: rest.")
    path = tmp_path / "note.docx"
    word.save(str(path))
    text = read_chart(path).documents[0].text
    assert text == (
        "Sample, Jane   DOB 02/03/1960\n\nOFFICE VISIT\n\n- Physical therapy, 12 visits.\n\n"
        "Date | NRS\n01/05/2026 | 7/10\n\nPlan: rest.\n\nConfidential\n"
    )


def test_a_merged_cell_of_a_word_table_stands_once(tmp_path: Path) -> None:
    word = docx.Document()
    table = word.add_table(rows=1, cols=3)
    table.rows[0].cells[0].merge(table.rows[0].cells[1]).text = "Failed PT"
    table.rows[0].cells[2].text = "6 weeks"
    path = tmp_path / "note.docx"
    word.save(str(path))
    assert read_chart(path).documents[0].text == "Failed PT | 6 weeks\n"


def test_rich_text_loses_its_marks(tmp_path: Path) -> None:
    path = tmp_path / "note.rtf"
    path.write_bytes(rb"{\rtf1\ansi {\b OFFICE VISIT}\par Patient: Jane Sample\par Pain 7/10\'96worse.\par}")
    assert read_chart(path).documents[0].text == "OFFICE VISIT\nPatient: Jane Sample\nPain 7/10\u2013worse.\n"


def test_a_page_shows_lists_tables_and_boxes_but_no_script(tmp_path: Path) -> None:
    path = tmp_path / "note.html"
    path.write_text(
        "<html><head><title>x</title><script>alert(1)</script></head><body><h1>Visit</h1><p>Pain <b>7/10</b>\n today.</p>"
        "<ul><li>PT</li><li>NSAID</li></ul><table><tr><th>Date</th><th>ODI</th></tr><tr><td>1/5</td><td>48%</td></tr></table>"
        "<input type=checkbox checked>Heat<br><input type=checkbox>Ice</body></html>",
        encoding="utf-8",
    )
    text = read_chart(path).documents[0].text
    assert text == "Visit\n\nPain 7/10 today.\n\n- PT\n- NSAID\n\nDate | ODI\n1/5 | 48%\n\n[X] Heat\n[ ] Ice\n"


def test_a_clinical_document_gives_narrative_and_head(tmp_path: Path) -> None:
    path = tmp_path / "note.xml"
    path.write_text(CDA.format(SECTION), encoding="utf-8")
    (document,) = read_chart(path).documents
    assert "MEDICATIONS:\nDrug | Start\nmeloxicam 15 mg | 12/01/2025\n\nNo opioids." in document.text
    assert (document.type, document.dated, document.author) == ("office_visit", date(2026, 3, 5), "Alan Stone, MD")
    assert document.signature is SignatureState.SIGNED
    assert (document.patient.name, document.patient.birth_date) == ("Jane Sample", date(1960, 2, 3))


def test_a_clinical_document_may_wrap_another_file(tmp_path: Path) -> None:
    wrapped = base64.b64encode(b"PROCEDURE NOTE\nProcedure: MBB\nComplications: none.\n").decode()
    path = tmp_path / "note.xml"
    path.write_text(
        CDA.format(f'<nonXMLBody><text mediaType="text/plain" representation="B64">{wrapped}</text></nonXMLBody>')
    )
    (document,) = read_chart(path).documents
    assert document.text.startswith("PROCEDURE NOTE")
    assert document.patient.name == "Jane Sample"
    assert document.id == "note.xml#1"


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Progress note")
    bomb = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;&b;">]>'
    text = CDA.format(SECTION.replace("opioids", "&c;")).replace(
        '<?xml version="1.0"?>', f'<?xml version="1.0"?>{bomb}'
    )
    (tmp_path / "bomb.xml").write_text(text)
    chart = read_chart(tmp_path)
    assert all("bbbb" not in document.text for document in chart.documents)


def test_a_message_gives_a_document_for_each_report(tmp_path: Path) -> None:
    path = tmp_path / "mri.hl7"
    path.write_text(
        "MSH|^~\\&|A|B|C|D|20260120||ORU^R01|1|P|2.5\rPID|1||11||SAMPLE^JANE^Q||19600203|F\r"
        "OBR|1|1|1|72148^MRI LUMBAR WITHOUT CONTRAST|||20260120|||||||||99^STONE^ALAN\r"
        "OBX|1|TX|1||FINDINGS: L4-5 protrusion.||||||F\rOBX|2|TX|1||IMPRESSION: L5 contact \\T\\ edema.||||||F\r"
    )
    (document,) = read_chart(path).documents
    assert document.text == "MRI LUMBAR WITHOUT CONTRAST\nFINDINGS: L4-5 protrusion.\nIMPRESSION: L5 contact & edema.\n"
    assert (document.type, document.dated, document.patient.name) == (
        "imaging_report",
        date(2026, 1, 20),
        "JANE Q SAMPLE",
    )


def test_an_e_mail_is_read_with_its_attachments(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "Records"
    message["Date"] = "Thu, 05 Mar 2026 10:00:00 -0700"
    message.set_content("Records attached.\n")
    message.add_attachment("OFFICE VISIT\nDOS: 03/05/2026\nPlan: rest\n", filename="note.txt")
    path = tmp_path / "mail.eml"
    path.write_bytes(message.as_bytes())
    assert [document.id for document in read_chart(path).documents] == ["mail.eml", "mail.eml/note.txt"]
