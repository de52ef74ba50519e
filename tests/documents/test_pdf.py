"""PDF files: text as it is laid out, a box for every word, and clear words where there is none."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mednec.documents import read_chart
from mednec.errors import UnreadableDocument

Made = Callable[..., Path]


def test_words_keep_their_places_on_every_page(pdf: Made) -> None:
    path = pdf([(72, 72, "OFFICE VISIT"), (72, 100, "Pain is 7/10 today.")], [(72, 72, "Plan: MBB \u00e9t\u00e9.")])
    document = read_chart(path).documents[0]
    assert [page.number for page in document.pages] == [1, 2]
    for page in document.pages:
        assert page.words
        for word in page.words:
            assert page.start <= word.start < word.end <= page.end
            assert 0 <= word.left < word.right <= 612
            assert 0 <= word.top < word.bottom <= 792
    places = {document.text[word.start : word.end]: word for page in document.pages for word in page.words}
    assert 60 < places["OFFICE"].top < places["Pain"].top < 110
    assert document.page_of(document.text.index("Plan")) == 2


def test_a_wrapped_line_goes_on_and_a_paragraph_ends(pdf: Made) -> None:
    long = "She has had low back pain for nine months, worse with standing and with leaning back and better"
    path = pdf([(72, 72, long), (72, 86, "when she sits down."), (72, 120, "PLAN"), (72, 134, "Return in four weeks.")])
    text = read_chart(path).documents[0].text
    assert "leaning back and better\nwhen she sits down.\n\nPLAN\n\nReturn" in text


def test_columns_stay_apart_and_rows_stay_together(pdf: Made) -> None:
    rows = [
        (72, 72, "Date"),
        (172, 72, "NRS"),
        (72, 90, "01/05/2026"),
        (172, 90, "7/10"),
        (72, 108, "02/09/2026"),
        (172, 108, "6/10"),
    ]
    text = read_chart(pdf(rows)).documents[0].text
    assert "Date   NRS\n\n01/05/2026   7/10\n\n02/09/2026   6/10" in text


def test_a_locked_pdf_is_named_as_such(pdf: Made) -> None:
    with pytest.raises(UnreadableDocument, match="password"):
        read_chart(pdf([(72, 72, "secret")], password="x"))


def test_a_damaged_pdf_is_named_as_such(tmp_path: Path) -> None:
    path = tmp_path / "broken.pdf"
    path.write_bytes(b"%PDF-1.7 and then nothing")
    with pytest.raises(UnreadableDocument, match="damaged"):
        read_chart(path)


def test_a_pdf_without_any_text_is_refused(pdf: Made) -> None:
    with pytest.raises(UnreadableDocument, match="nothing in"):
        read_chart(pdf([]))
