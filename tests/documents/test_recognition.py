"""Recognition of faxes: turned pages, coarse lines, letters that are no boxes, kept pages, progress, warnings."""

import math
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from mednec.documents import ocr, read_chart
from mednec.documents.layout import Placed
from mednec.documents.misreadings import corrected
from mednec.documents.recognized import Recognized, from_json
from mednec.evidence import gather
from mednec.model import Document, Page, ServiceRequest, Word

FONTS = Path("/usr/share/fonts/truetype")
LINES = (
    "OPERATIVE REPORT",
    "Patient: Jane Sample     Date of service: 03/05/2026",
    "Procedure: L4-L5 and L5-S1 transforaminal epidural injection,",
    "left side, under fluoroscopy, with contrast.",
    "Pain before 8/10, after 2/10. The patient tolerated it well.",
    "Plan: physical therapy twice a week for six weeks, then review.",
)


def drawn(font: str = "dejavu/DejaVuSans.ttf", size: int = 34) -> Any:
    from PIL import Image, ImageDraw, ImageFont

    path = FONTS / font
    image = Image.new("L", (1700, 2200), 255)
    type_face = ImageFont.truetype(str(path), size) if path.is_file() else ImageFont.load_default(size)
    for number, line in enumerate(LINES):
        ImageDraw.Draw(image).text((150, 200 + 75 * number), line, fill=0, font=type_face)
    return image


def fax(image: Any, path: Path, dpi: tuple[int, int] | None = (200, 200), *more: Any) -> Path:
    buffer = BytesIO()
    pages = [page.convert("1") for page in (image, *more)]
    told = {"dpi": dpi} if dpi else {}
    pages[0].save(buffer, "TIFF", compression="group4", save_all=True, append_images=pages[1:], **told)
    path.write_bytes(buffer.getvalue())
    return path


def words(document: Document) -> dict[str, Word]:
    return {document.text[word.start : word.end]: word for page in document.pages for word in page.words}


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_lies_on_its_side_or_head_is_turned(tmp_path: Path, turn: int) -> None:
    (document,) = read_chart(fax(drawn().rotate(turn, expand=True), tmp_path / "scan.tif")).documents
    assert "Pain before 8/10, after 2/10." in document.text
    (page,) = document.pages
    assert (page.width, page.height) == ((612.0, 792.0) if turn == 180 else (792.0, 612.0))


@pytest.mark.parametrize("turn", [0, 90, 180, 270, 2])
def test_the_box_of_a_word_lies_on_its_ink_however_the_page_lies(tmp_path: Path, turn: int) -> None:
    image = drawn().rotate(turn, expand=turn % 90 == 0, fillcolor=255)
    (document,) = read_chart(fax(image, tmp_path / "scan.tif")).documents
    for text in ("fluoroscopy,", "Procedure:", "physical"):
        box = words(document)[text]
        scale = image.width / (document.pages[0].width or 1)
        edges = [round(edge * scale) for edge in (box.left, box.top, box.right, box.bottom)]
        inside = image.crop((edges[0] - 3, edges[1] - 3, edges[2] + 3, edges[3] + 3))
        wide, high = (edges[2] - edges[0], edges[3] - edges[1])
        assert sum(inside.point(lambda shade: shade < 128, "1").convert("L").histogram()[1:]) > 300
        assert max(wide, high) < 420
        assert min(wide, high) < 60


def test_a_fax_of_half_as_many_lines_is_stretched(tmp_path: Path) -> None:
    from PIL import Image

    coarse = drawn().crop((0, 0, 1700, 700)).resize((1728, 350), Image.Resampling.BOX)
    for dpi in ((204, 98), None):
        (document,) = read_chart(fax(coarse, tmp_path / "scan.tif", dpi)).documents
        assert "tolerated it well" in document.text
        assert document.pages[0].height == pytest.approx(257, abs=6)


@pytest.mark.parametrize("tilt", [0, 0.2, 0.25, 0.3, -0.25])
@pytest.mark.parametrize(
    "font", ["dejavu/DejaVuSans.ttf", "dejavu/DejaVuSans-Bold.ttf", "liberation/LiberationSans-Bold.ttf"]
)
def test_no_letter_is_taken_for_a_box(tilt: float, font: str) -> None:
    from mednec.documents import cleaning

    for size in (26, 30, 36, 44):
        image = drawn(font, size).crop((0, 0, 1700, 700)).rotate(tilt, fillcolor=255)
        _, boxes, _ = cleaning.clean(image.convert("1"))
        assert boxes == []


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("LS-S1", "L5-S1"),
        ("L4-LS", "L4-L5"),
        ("L4-L5S.", "L4-L5."),
        ("L5-$1,", "L5-S1,"),
        ("L4-S.", "L4-5."),
        ("S!", "S1"),
        ("norma}.", "normal."),
        ("LS", "LS"),
        ("L5-S1", "L5-S1"),
        ("SI", "SI"),
        ("L4-S1", "L4-S1"),
        ("YES!", "YES!"),
        ("$1", "$1"),
        ("{blank}", "{blank}"),
    ],
)
def test_only_what_can_be_nothing_else_is_mended(read: str, meant: str) -> None:
    assert corrected(read) == meant


def test_a_second_reading_takes_the_kept_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mednec.documents import recognition

    place = tmp_path / "kept"
    monkeypatch.setenv("MEDNEC_CACHE", str(place))
    scan = fax(drawn(), tmp_path / "scan.tif")
    first = read_chart(scan)
    monkeypatch.setattr(recognition, "recognize", lambda *_: pytest.fail("recognized again"))
    assert read_chart(scan) == first
    assert place.stat().st_mode & 0o777 == 0o700
    (entry,) = place.iterdir()
    assert entry.stat().st_mode & 0o777 == 0o600
    assert b"therapy" not in entry.read_bytes()
    assert b"scan" not in entry.name.encode()


def test_a_damaged_entry_of_the_cache_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEDNEC_CACHE", str(tmp_path / "kept"))
    scan = fax(drawn(), tmp_path / "scan.tif")
    first = read_chart(scan)
    (entry,) = (tmp_path / "kept").iterdir()
    entry.write_bytes(b"\0" * 40)
    assert read_chart(scan) == first


def test_progress_is_told_page_by_page(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    page = drawn()
    with ocr.telling(lambda *step: told.append(step)):
        document = read_chart(fax(page, tmp_path / "scan.tif", (200, 200), page)).documents[0]
    assert sorted(told) == [("scan.tif", 1, 2), ("scan.tif", 2, 2)]
    assert [p.number for p in document.pages] == [1, 2]


def test_what_is_kept_comes_back_the_same() -> None:
    found = Recognized([[Placed("8/10", 1.0, 2.0, 3.0, 4.0, 55.5)]], 81.0, 1.5, 90, (792.0, 612.0))
    assert from_json(found.as_json()) == found


def test_a_word_goes_back_to_where_it_stood() -> None:
    word = Placed("x", 306.0, 100.0, 306.0, 100.0)
    assert Recognized(size=(612.0, 792.0)).back(word) == word
    tilted = Recognized(angle=2.0, size=(612.0, 792.0)).back(word)
    assert tilted.left - 306 == pytest.approx(296 * math.sin(math.radians(2)), abs=0.1)


def test_a_finding_on_a_doubtful_word_is_warned_of() -> None:
    text = "Pain is 7/10 today."
    sheet = Page(1, 0, len(text), (Word(8, 12, 1, 1, 2, 2, 41.0), Word(13, 19, 1, 1, 2, 2, 96.0)), confidence=93.0)
    document = Document("scan.tif", text, type="office_visit", dated=date(2026, 3, 1), pages=(sheet,))
    score = document.finding("pain_score", "nrs", 8, 12, quote=(0, 19), low=7, high=7, of=10)
    request = ServiceRequest("esi.init", date(2026, 3, 10))
    warnings = gather([document], {"scan.tif": [score]}, request).warnings
    assert [w.findings for w in warnings if w.kind == "low_ocr_confidence"] == [(score,)]


def test_a_doubtful_figure_in_the_quote_is_warned_of_and_a_doubtful_filler_is_not() -> None:
    text = "MBB at L4-5 was done well."
    request = ServiceRequest("esi.init", date(2026, 3, 10))
    for start, end, warned in ((7, 11, True), (21, 26, False)):
        sheet = Page(1, 0, len(text), (Word(start, end, 1, 1, 2, 2, 30.0),), confidence=93.0)
        document = Document("scan.tif", text, type="procedure_note", dated=date(2026, 3, 1), pages=(sheet,))
        block = document.finding("therapy", "medial_branch_block", 0, 3, quote=(0, 26), status="performed")
        kinds = {warning.kind for warning in gather([document], {"scan.tif": [block]}, request).warnings}
        assert ("low_ocr_confidence" in kinds) is warned
