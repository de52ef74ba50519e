"""The files of a chart as they lie, and pictures of their pages."""

import io
import zipfile
from pathlib import Path

import pytest

from mednec.documents.originals import originals, page_images

EXAMPLE = Path(__file__).parents[2] / "examples" / "esi-contradicted" / "chart"
PDF = "02_PT_discharge_GilaBend.pdf"


def test_the_files_come_untouched_in_the_order_of_the_chart():
    found = list(originals(EXAMPLE))
    assert [(one.name, one.form) for one in found][1] == (PDF, "pdf")
    assert all(one.data == (EXAMPLE / one.name).read_bytes() for one in found)


def test_files_within_a_zip_are_named_as_their_documents_are(tmp_path):
    with zipfile.ZipFile(tmp_path / "chart.zip", "w") as archive:
        archive.writestr("a/note.txt", "Low back pain.")
    assert [one.name for one in originals(tmp_path / "chart.zip")] == ["chart.zip/a/note.txt"]


def test_a_page_of_a_pdf_is_drawn():
    from PIL import Image

    images = page_images(EXAMPLE, {PDF: frozenset({1})})
    picture = Image.open(io.BytesIO(images[PDF, 1].data))
    assert (picture.format, picture.width) == ("WEBP", 1000)


@pytest.mark.parametrize("wanted", [{PDF: frozenset({9})}, {"03_MRI_report.txt": frozenset({1})}, {}])
def test_what_has_no_such_page_is_left_out(wanted):
    assert page_images(EXAMPLE, wanted) == {}


def test_the_same_page_gives_the_same_bytes():
    assert page_images(EXAMPLE, {PDF: frozenset({1})}) == page_images(EXAMPLE, {PDF: frozenset({1})})
