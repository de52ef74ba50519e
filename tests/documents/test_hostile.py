# ruff: noqa: E501
"""Hostile files: nothing is executed, fetched or expanded; limits hold, and each refusal is one clear sentence."""

import importlib.util
import io
import json
import os
import random
import struct
import sys
import zipfile
import zlib
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mednec.documents import archive, image, read_chart
from mednec.errors import UnreadableDocument

CDA = '<ClinicalDocument xmlns="urn:hl7-org:v3"><component><structuredBody><component><section><text>{}</text></section></component></structuredBody></component></ClinicalDocument>'


def refused(path: Path) -> str:
    """The sentence with which a file alone is refused."""
    with pytest.raises(UnreadableDocument) as told:
        read_chart(path)
    return str(told.value)


def packed(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return path


def test_a_file_of_the_machine_is_not_read_through_an_entity(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("root:x:0:0")
    path = tmp_path / "note.xml"
    head = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    path.write_text(head + CDA.format("Pain &x; 7/10"))
    assert "root:x" not in "".join(document.text for document in read_chart(path).documents)


def test_entities_within_entities_do_not_grow(tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    path = tmp_path / "note.xml"
    path.write_text(f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "lol">{levels}]>' + CDA.format("Pain &l11; 7/10"))
    try:
        text = "".join(document.text for document in read_chart(path).documents)
    except UnreadableDocument as error:
        text = str(error)
    assert len(text) < 500


def test_a_zip_that_unpacks_to_too_much_is_refused_unpacked_or_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "LARGEST", 1_000_000)
    path = packed(tmp_path / "bomb.zip", a_dot_txt=b"0" * 2_000_000)
    assert "unpacks to more than" in refused(path)
    lying = path.read_bytes().replace(struct.pack("<I", 2_000_000), struct.pack("<I", 20))
    (tmp_path / "lying.zip").write_bytes(lying)
    assert "damaged" in refused(tmp_path / "lying.zip")


def test_zips_within_zips_end_somewhere(tmp_path: Path) -> None:
    data = packed(tmp_path / "0.zip", note_dot_txt=b"OFFICE VISIT").read_bytes()
    for depth in range(1, 9):
        data = packed(tmp_path / f"{depth}.zip", inner_dot_zip=data).read_bytes()
    assert "lies too deep" in refused(tmp_path / "8.zip")


def test_all_zips_together_unpack_to_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mednec import documents

    monkeypatch.setattr(documents, "LARGEST", 1_000_000)
    inner = packed(tmp_path / "inner.zip", a_dot_txt=b"word " * 120_000).read_bytes()
    path = packed(tmp_path / "outer.zip", **{f"{n}_dot_zip": inner for n in range(4)})
    chart = read_chart(path)
    assert len(chart.documents) < 4
    assert any("unpacks to more than" in one.explanation for one in chart.unreadable)


def test_a_name_that_leads_out_of_the_zip_is_a_name_and_no_path(tmp_path: Path) -> None:
    path = tmp_path / "chart.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("../../evil.txt", "OFFICE VISIT 03/05/2026")
    (document,) = read_chart(path).documents
    assert document.id == "chart.zip/evil.txt"
    assert sorted(file.name for file in tmp_path.parent.rglob("evil.txt")) == []


def test_a_picture_that_unpacks_to_too_many_pixels_is_refused(tmp_path: Path) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"\0" * 1_000_000))
    (tmp_path / "bomb.png").write_bytes(b"\x89PNG\r\n\x1a\n" + head + body + chunk(b"IEND", b""))
    assert "megapixels" in refused(tmp_path / "bomb.png")
    assert image.LARGEST < 60_000**2


def test_json_that_lies_too_deep_is_damaged_and_no_crash(tmp_path: Path) -> None:
    path = tmp_path / "bundle.json"
    path.write_text('{"resourceType": "Bundle", "entry": ' + "[" * 100_000 + "]" * 100_000 + "}")
    assert "bundle.json" in refused(path)


def test_rich_text_that_lies_too_deep_is_damaged_and_no_crash(tmp_path: Path) -> None:
    path = tmp_path / "note.rtf"
    path.write_bytes(b"{\\rtf1 " + b"{" * 100_000 + b"pain" + b"}" * 100_000 + b"}")
    assert "damaged" in refused(path)


def test_a_page_of_a_pdf_that_is_huge_is_drawn_small(tmp_path: Path) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen import canvas

    path = tmp_path / "huge.pdf"
    sheet = canvas.Canvas(str(path), pagesize=(14_000, 14_000))
    sheet.drawImage(ImageReader(Image.new("L", (50, 50), 255)), 0, 0, 14_000, 14_000)
    sheet.save()
    assert "no text can be made out" in refused(path)


def test_a_bundle_within_a_bundle_is_read_to_its_end(tmp_path: Path) -> None:
    value: dict[str, object] = {"resourceType": "Condition", "code": {"text": "Low back pain"}}
    for _ in range(30):
        value = {"resourceType": "Bundle", "entry": [{"resource": value}]}
    path = tmp_path / "bundle.json"
    path.write_text(json.dumps(value))
    assert "Low back pain" in read_chart(path).documents[0].text


def test_macros_are_not_run_and_the_words_are_read(tmp_path: Path) -> None:
    import docx

    word = docx.Document()
    word.add_paragraph("Low back pain, 03/05/2026.")
    buffer = io.BytesIO()
    word.save(buffer)
    with zipfile.ZipFile(buffer, "a") as made:
        made.writestr("word/vbaProject.bin", b"\xd0\xcf\x11\xe0 Sub AutoOpen()")
    (tmp_path / "note.docm").write_bytes(buffer.getvalue())
    assert "Low back pain" in read_chart(tmp_path / "note.docm").documents[0].text


def load_fuzz() -> ModuleType:
    """The fuzzer, which is a script."""
    spec = importlib.util.spec_from_file_location("fuzz", Path(__file__).parents[2] / "scripts" / "fuzz.py")
    assert spec and spec.loader
    made: ModuleType = importlib.util.module_from_spec(spec)
    sys.modules["fuzz"] = made
    spec.loader.exec_module(made)
    return made


FUZZ = load_fuzz()
DAMAGED = [file for file in FUZZ.seeds() if not file[0].endswith((".tif", ".pdf"))]


def test_a_short_run_of_the_fuzzer_finds_no_undocumented_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FUZZ, "seeds", lambda: iter(DAMAGED))
    faults, tried, _ = FUZZ.run(4.0, 7)
    assert {fault for fault in faults if "said to be damaged" not in fault} == set()
    assert tried > 20


# MEDNEC_FUZZ_EXAMPLES asks for a longer search, new at every run and over all readers
LONG = int(os.environ.get("MEDNEC_FUZZ_EXAMPLES", "0"))


@settings(max_examples=LONG or 150, deadline=None, derandomize=not LONG)
@given(file=st.sampled_from(list(FUZZ.seeds()) if LONG else DAMAGED), chance=st.randoms(use_true_random=False))
def test_whatever_is_damaged_in_a_file_its_reader_fails_in_a_documented_way(
    file: tuple[str, bytes], chance: random.Random
) -> None:
    faults = FUZZ.failures(file[0], FUZZ.mutated(file[1], chance))
    assert {fault for fault in faults if "said to be damaged" not in fault} == set()
