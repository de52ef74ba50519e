"""What a note carries over from years ago is not of today."""

from datetime import date

import pytest

from mednec.findings import find
from mednec.model import Document

NOTE = "Seen 05/13/2026 for low back pain. {}\nElectronically signed by A. Doe, MD 05/13/2026\n"


@pytest.mark.parametrize(
    "text",
    [
        "Pain score [pulled forward from 2021]: 7/10 NRS.",
        "Score carried over from the visit of 03/2019: pain 8/10.",
        "Exam: not examined today. Exam carried forward from 2020: straight leg raise negative bilaterally.",
    ],
)
def test_what_was_copied_from_years_ago_states_nothing(text: str) -> None:
    found = find(Document("note.txt", NOTE.format(text), dated=date(2026, 5, 13)))
    assert not [finding for finding in found if finding.kind in ("pain_score", "exam")]


def test_what_was_copied_from_this_year_stays() -> None:
    text = NOTE.format("Pain score carried over from the intake of 05/12/2026: 7/10 NRS.")
    found = find(Document("note.txt", text, dated=date(2026, 5, 13)))
    assert [finding.get("low") for finding in found if finding.kind == "pain_score"] == [7]
