"""An injection that is named by its month alone was given in the last such month before the note."""

from datetime import date

import pytest

from mednec.findings import find
from mednec.model import Document


def started(text: str) -> list[object]:
    findings = find(Document("note.txt", text, dated=date(2026, 5, 28)))
    return [one.get("started") for one in findings if one.kind == "therapy"]


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("The epidural of last December helped.", "2025-12"),
        ("The December epidural helped.", "2025-12"),
        ("Her epidural in early March helped.", "2026-03"),
        ("The TFESI given in March of last year helped.", "2025-03"),
        ("The epidural last May helped.", None),
        ("Naproxen in March helped.", None),
    ],
)
def test_the_last_such_month_is_meant(text, month):
    assert started(text) == [month]


def test_the_month_of_may_is_no_may():
    text = "TRIED BEFORE\n- Meloxicam 15 mg daily, March to May 2025 (8 wks): little relief."
    found = find(Document(id="note", text=text, dated=date(2025, 7, 1)))
    assert [one.get("status") for one in found if one.kind == "therapy"] == ["past"]
