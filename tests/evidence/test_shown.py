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
