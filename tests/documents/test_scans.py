"""Scanned pages are recognized, with boxes, confidence and ticked boxes."""

from io import BytesIO
from pathlib import Path

import pytest

from mednec.documents import ocr, read_chart
from mednec.errors import UnreadableDocument

LINES = (
    "PAIN DIARY",
    "Name: Jane Sample     Date: 03/05/2026",
    "Before the block the pain was 8 out of 10",
    "One hour after it was 1 out of 10",
)


def page(*, skewed: float = 0.0, boxes: bool = False) -> bytes:
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("L", (1700, 2200), 255)
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size=34)
    for number, line in enumerate(LINES):
        draw.text((200, 200 + 80 * number), line, fill=0, font=font)
    if boxes:
        for left, ticked in ((200, True), (500, False)):
            draw.rectangle((left, 704, left + 26, 730), outline=0, width=2)
            draw.text((left + 50, 700), "Heat" if ticked else "Massage", fill=0, font=font)
            if ticked:
                draw.line((left + 4, 708, left + 22, 726), fill=0, width=3)
                draw.line((left + 22, 708, left + 4, 726), fill=0, width=3)
    buffer = BytesIO()
    image.rotate(skewed, fillcolor=255).convert("1").save(buffer, "TIFF", compression="group4", dpi=(200, 200))
    return buffer.getvalue()


def test_a_scanned_page_is_read_with_places_and_confidence(tmp_path: Path) -> None:
    (tmp_path / "scan.tif").write_bytes(page())
    (document,) = read_chart(tmp_path).documents
    assert document.type == "pain_diary"
    assert "Before the block the pain was 8 out of 10" in document.text
    (sheet,) = document.pages
    assert sheet.confidence is not None
    assert sheet.confidence > 80
    assert (sheet.width, sheet.height) == (612.0, 792.0)
    word = next(word for word in sheet.words if document.text[word.start : word.end] == "Before")
    assert 60 < word.left < 90
    assert 125 < word.top < 150


def test_a_page_that_lies_askew_is_turned(tmp_path: Path) -> None:
    (tmp_path / "scan.tif").write_bytes(page(skewed=1.5))
    assert "Before the block the pain was 8 out of 10" in read_chart(tmp_path).documents[0].text


def test_boxes_are_read_as_ticked_or_not(tmp_path: Path) -> None:
    (tmp_path / "scan.tif").write_bytes(page(boxes=True))
    assert "[X] Heat   [ ] Massage" in " ".join(read_chart(tmp_path).documents[0].text.split("\n")).replace(
        "[X]   ", "[X] "
    ).replace("[ ]   ", "[ ] ")


def test_an_empty_page_is_refused(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("1", (1700, 2200), 1).save(tmp_path / "blank.tif")
    with pytest.raises(UnreadableDocument, match="no text can be made out"):
        read_chart(tmp_path)


def test_without_the_extra_a_scan_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    (tmp_path / "scan.tif").write_bytes(page())
    with pytest.raises(UnreadableDocument, match=r"mednec\[ocr\]"):
        read_chart(tmp_path)
