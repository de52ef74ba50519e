"""How long the pain has lasted, told of 'it' or in a fragment; and what is over, began anew or is no pain."""

from __future__ import annotations

from datetime import date

import pytest

from mednec.findings import find
from mednec.model import Document


def told(text: str) -> list[tuple[object, object]]:
    found = find(Document("note", f"Neck pain. {text}", dated=date(2026, 5, 20)))
    return [(one.get("days"), one.get("onset")) for one in found if one.kind == "symptom_duration"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It has hung on since October 2025.", (None, "2025-10")),
        ("It has dogged him since November 2025.", (None, "2025-11")),
        ("There without a break since December 2025.", (None, "2025-12")),
        ("A seven-month history of this.", (210, None)),
        ("It is now the sixth month of it.", (150, None)),
        ("Chronic, > 2 yr.", (730, None)),
        ("Her neck has been bad since January 2026.", (None, "2026-01")),
        ("It eased in March but is still there, and has been going on since October 2025.", (None, "2025-10")),
    ],
)
def test_it_has_lasted_so_long(text: str, expected: tuple[object, object]) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It began in October 2025, lasted two weeks and was not back until 05/11/2026.", (None, "2026-05-11")),
        ("A strain on 11/02/2025 healed fully; the present pain dates from 05/03/2026.", (None, "2026-05-03")),
        (
            "It began in October 2025, quit hurting in January 2026 and started up again on 05/09/2026.",
            (None, "2026-05-09"),
        ),
        ("Resolved in February 2026; sore anew since 05/12/2026.", (None, "2026-05-12")),
    ],
)
def test_a_pain_that_came_back_lasts_since_then(text: str, expected: tuple[object, object]) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    "text", ["Her neck had been fine since last summer.", "Numbness of the feet, which has been there for two years."]
)
def test_what_was_well_or_is_another_trouble_is_no_pain(text: str) -> None:
    assert told(text) == []
