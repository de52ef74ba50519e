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


@pytest.mark.parametrize(
    "text",
    [
        "Pain 7/10 [auto-filled from an ER encounter in 2019].",
        "Pain 7/10 (taken from a 2018 form, never updated).",
        "Pain 7/10 - reused, original 04/2019.",
        "NRS 7/10. [Same text as the 2018 visit; not reassessed.]",
        "Exam (retained from 2022): straight leg raise positive on the left.",
        "Exam (not repeated today, as recorded in 2021): straight leg raise positive on the left.",
        "Straight leg raise positive on the left. (Text retained from 2020, not examined today.)",
        "Pain score last filed in 2016: 7/10.",
        "Straight leg raise positive on the left. Video visit; these tests were imported from a note of 2022.",
    ],
)
def test_a_remark_says_that_a_value_or_test_is_of_years_ago(text: str) -> None:
    found = find(Document("note.txt", NOTE.format(text), dated=date(2026, 5, 13)))
    assert not [finding for finding in found if finding.kind in ("pain_score", "exam")]


@pytest.mark.parametrize(
    "text",
    [
        "Pain 7/10 (since a fall in 2019).",
        "Pain 7/10 (was 5/10 in the 2019 note; asked again today).",
        "Pain 7/10 after surgery (L5-S1 fusion, 2016).",
        "MRI (last done 2021) showed a disc bulge. Pain 7/10.",
        "Pain 7/10 (recorded 05/13/2026).",
    ],
)
def test_a_year_long_past_beside_a_value_of_today_takes_nothing_back(text: str) -> None:
    found = find(Document("note.txt", NOTE.format(text), dated=date(2026, 5, 13)))
    assert 7 in [finding.get("low") for finding in found if finding.kind == "pain_score"]
