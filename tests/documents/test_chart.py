"""A chart is a file, a folder or a zip; what cannot be read is said, and the order of the files does not matter."""

import zipfile
from pathlib import Path

import docx
import pytest

from mednec.documents import read_chart
from mednec.errors import UnreadableDocument

NOTE = "OFFICE VISIT\nPatient: Jane Sample   DOB: 02/03/1960   DOS: 03/05/2026\nHPI: pain.\nPlan: rest.\n"


def write(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_txt", ".txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_a_folder_is_read_with_its_folders(tmp_path: Path) -> None:
    chart = read_chart(write(tmp_path, b_txt=NOTE, a__c_txt=NOTE))
    assert [document.id for document in chart.documents] == ["c.txt", "b.txt"]
    assert all(document.type == "office_visit" for document in chart.documents)


def test_files_of_the_same_name_go_by_their_paths(tmp_path: Path) -> None:
    chart = read_chart(write(tmp_path, one__note_txt=NOTE, two__note_txt=NOTE))
    assert [document.id for document in chart.documents] == ["one/note.txt", "two/note.txt"]


def test_hidden_files_are_no_part_of_the_chart(tmp_path: Path) -> None:
    write(tmp_path, note_txt=NOTE)
    for name in (".DS_Store", "~$note.docx", "Thumbs.db", "request.yaml"):
        (tmp_path / name).write_bytes(b"\0\1")
    chart = read_chart(tmp_path)
    assert len(chart.documents) == 1
    assert not chart.unreadable


def test_plain_text_is_the_files_own_text(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes("Pain 7/10 \u2264 8\r\nRest\u00a0 and heat\tdaily \U0001f600\r\n".encode())
    assert read_chart(path).documents[0].text == "Pain 7/10 \u2264 8\r\nRest\u00a0 and heat\tdaily \U0001f600\r\n"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_other_encodings_are_understood(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes("Caf\u00e9 visit, pain 7/10, plan: rest.\n".encode(encoding))
    assert read_chart(path).documents[0].text == "Caf\u00e9 visit, pain 7/10, plan: rest.\n"


def test_form_feeds_and_page_lines_make_pages(tmp_path: Path) -> None:
    chart = read_chart(write(tmp_path, a_txt="one\ftwo\fthree", b_txt="one\nPage 1 of 2\ntwo\nPage 2 of 2\n"))
    first, second = chart.documents
    assert [first.text[page.start : page.end].strip() for page in first.pages] == ["one", "two", "three"]
    assert [second.text[page.start : page.end] for page in second.pages] == ["one\nPage 1 of 2\n", "two\nPage 2 of 2\n"]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b"", "empty"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "save it as .docx"),
        ("odd.bin", b"\0\1\2\3" * 50, "no reader knows"),
        ("broken.pdf", b"%PDF-1.4 nothing", "damaged"),
        ("broken.docx", b"PK\x03\x04 word/document.xml", "damaged"),
        ("broken.zip", b"PK\x03\x04 nothing", "damaged"),
        ("broken.json", b'{"resourceType": "Bundle"', "damaged"),
        ("broken.xml", b"<ClinicalDocument><a>", "damaged"),
        ("broken.tif", b"II*\0 nothing", "damaged|needs"),
        ("scan.dcm", b"\0" * 128 + b"DICM", "DICOM"),
    ],
)
def test_what_cannot_be_read_is_said_with_a_hint(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    write(tmp_path, note_txt=NOTE)
    (tmp_path / name).write_bytes(data)
    chart = read_chart(tmp_path)
    assert len(chart.documents) == 1
    (refused,) = chart.unreadable
    assert refused.document_id == name
    assert refused.reason == "unreadable"
    assert any(word in refused.explanation for word in words.split("|"))


def test_no_chart_at_all_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="there is no file or folder"):
        read_chart(tmp_path / "nowhere")
    with pytest.raises(UnreadableDocument, match="holds no files"):
        read_chart(tmp_path)
    (tmp_path / "empty.txt").touch()
    with pytest.raises(UnreadableDocument, match="nothing in"):
        read_chart(tmp_path)


def test_a_zip_is_read_like_a_folder(tmp_path: Path) -> None:
    path = tmp_path / "chart.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("records/note.txt", NOTE)
        archive.writestr("__MACOSX/._note.txt", "x")
        archive.writestr("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    chart = read_chart(path)
    assert [document.id for document in chart.documents] == ["chart.zip/records/note.txt"]
    assert chart.documents[0].dated is not None
    assert [refused.document_id for refused in chart.unreadable] == ["chart.zip/old.doc"]


def test_a_word_file_in_a_zip_does_not_make_it_a_word_file(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_paragraph("OFFICE VISIT")
    word.save(str(tmp_path / "note.docx"))
    path = tmp_path / "chart.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.write(tmp_path / "note.docx", "note.docx")
    assert [document.id for document in read_chart(path).documents] == ["chart.zip/note.docx"]


def test_a_zip_within_zips_without_end_is_refused(tmp_path: Path) -> None:
    data = NOTE.encode()
    for depth in range(8):
        path = tmp_path / f"{depth}.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("inner.zip" if depth else "note.txt", data)
        data = path.read_bytes()
    with pytest.raises(UnreadableDocument, match="too deep"):
        read_chart(path)


def test_a_wrong_suffix_does_not_mislead(tmp_path: Path) -> None:
    path = tmp_path / "note.pdf"
    path.write_text(f"<html><body><p>{NOTE}</p></body></html>", encoding="utf-8")
    assert "Jane Sample" in read_chart(path).documents[0].text
