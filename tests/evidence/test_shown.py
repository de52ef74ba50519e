"""What a note quotes from an image bears the day of the image."""

import pytest

from mednec.findings import find


@pytest.mark.parametrize(
    "words",
    [
        "MRI 12/2/25 reviewed: T12 edema, 30% height loss.",
        "MRI of 12/02/2025 shows marrow edema at T12 on STIR.",
        "MRI thoracic spine 12/2/2025: acute T12 compression fracture, marrow edema.",
    ],
)
def test_edema_on_an_image_of_december_is_of_december(chart, words):
    note = chart.note(f"Mid back pain. {words}", dated="2026-02-10")
    chart.findings[note.document.id].extend(find(note.document))
    (edema,) = (one for one in chart.of("statement") if one.concept == "marrow_edema")
    assert str(edema.start.first) == "2025-12-02"


def test_edema_without_a_dated_image_is_told_on_the_day_of_the_note(chart):
    note = chart.note("Mid back pain. MRI shows marrow edema at T12.", dated="2026-02-10")
    chart.findings[note.document.id].extend(find(note.document))
    (edema,) = (one for one in chart.of("statement") if one.concept == "marrow_edema")
    assert str(edema.start.first) == "2026-02-10"


def _herniations(chart, words, report="2023-08-14"):
    image = chart.note("MRI LUMBAR SPINE\nFINDINGS: L4-5 left disc protrusion.", dated=report, type="imaging_report")
    note = chart.note(f"Left leg pain. {words}", dated="2026-02-10")
    for one in (image, note):
        chart.findings[one.document.id].extend(find(one.document))
    return [one for one in chart.of("diagnosis") if one.concept == "disc_herniation"]


@pytest.mark.parametrize(
    "words",
    ["MRI: L4-5 left protrusion on the L5 root.", "MRI lumbar 8/14/23: left L4-5 protrusion."],
)
def test_an_old_image_does_not_become_new_by_being_quoted(chart, words):
    assert {str(one.start.first) for one in _herniations(chart, words)} == {"2023-08-14"}


def test_a_quote_beside_a_report_of_this_winter_is_of_the_visit(chart):
    told = _herniations(chart, "MRI: L4-5 left protrusion on the L5 root.", report="2026-01-14")
    assert {str(one.start.first) for one in told} == {"2026-01-14", "2026-02-10"}


def test_a_quote_of_a_newer_image_is_not_that_of_the_old_report(chart):
    told = _herniations(chart, "MRI lumbar 1/20/26: left L4-5 protrusion.")
    assert "2026-02-10" in {str(one.start.first) for one in told}
