"""Quoted pages: as pictures with boxes around the words where a page is laid out, else as text."""

from dataclasses import replace

from mednec.model import Document, Page, Word
from mednec.originals import PageImage
from mednec.reports.sheets import cited_pages, sheets

TEXT = "Pain 7/10 today.\nWorse at night.\n"
WORDS = tuple(
    Word(TEXT.index(word), TEXT.index(word) + len(word), left, top, left + 5 * len(word), top + 10)
    for word, left, top in (
        ("Pain", 72, 72),
        ("7/10", 100, 72),
        ("today.", 130, 72),
        ("Worse", 72, 90),
        ("at", 102, 90),
        ("night.", 120, 90),
    )
)
SCAN = Document("scan.pdf", TEXT, pages=(Page(3, 0, len(TEXT), WORDS, 612, 792, 93.0),), source="packet.pdf")
PAIN = SCAN.finding("pain_score", "nrs", 5, 9, quote=(0, 16))
NIGHT = SCAN.finding("functional_limitation", "sleep", 26, 31, quote=(17, 32))
PICTURE = PageImage("image/webp", b"RIFF")


def test_the_pages_to_draw_are_those_that_are_quoted():
    assert cited_pages([PAIN, NIGHT], [SCAN]) == {"packet.pdf": frozenset({3})}


def test_a_laid_out_page_is_shown_as_a_picture_with_boxes_on_its_words():
    (sheet,) = sheets([PAIN, NIGHT], [SCAN], {("packet.pdf", 3): PICTURE})
    assert sheet.image == "data:image/webp;base64,UklGRg=="
    pain, night = sheet.spots
    assert [box.marked for box in pain.boxes] == [False, True]
    assert abs(pain.frame.left - 100 * 72 / 612) < 0.2 and abs(pain.frame.top - 100 * 72 / 792) < 0.2
    assert night.frame.top > pain.frame.top


def test_the_box_of_the_words_that_were_read_lies_in_that_of_the_quote():
    (sheet,) = sheets([PAIN], [SCAN], {("packet.pdf", 3): PICTURE})
    quote, read = sheet.spots[0].boxes
    assert quote.left <= read.left and read.left + read.width <= quote.left + quote.width


def test_words_on_two_lines_get_a_box_on_each():
    both = SCAN.finding("pain_score", "nrs", 5, 9, quote=(0, 32))
    (sheet,) = sheets([both], [SCAN], {("packet.pdf", 3): PICTURE})
    assert [box.marked for box in sheet.spots[0].boxes] == [False, False, True]


def test_a_page_without_a_picture_is_shown_as_its_text():
    (sheet,) = sheets([PAIN], [SCAN], {})
    assert sheet.image is None
    assert "".join(p if isinstance(p, str) else "".join(t for t, _ in p.pieces) for p in sheet.pieces) == TEXT


def test_pages_that_nobody_quotes_are_left_out():
    two = replace(SCAN, pages=(Page(1, 0, 17), Page(2, 17, len(TEXT))))
    assert [sheet.number for sheet in sheets([replace(PAIN, page=1)], [two], {})] == [1]
