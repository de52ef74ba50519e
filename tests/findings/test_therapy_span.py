"""When a course ran, told by months, feasts and visits."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mednec.findings import find
from mednec.model import Document


def told(text: str) -> dict[str, Any]:
    found = find(Document("note", text, dated=date(2026, 5, 20)))
    one = next(one for one in found if one.kind == "therapy")
    return {name: one.get(name) for name in ("started", "ended", "duration_days") if one.get(name)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "From early March till late April he did PT for the back.",
            {"started": "2026-03", "ended": "2026-04", "duration_days": 41},
        ),
        (
            "PT for the back between Labor Day and New Year's.",
            {"started": "2025-09", "ended": "2026-01-01", "duration_days": 116},
        ),
        ("PT for the neck, October through December.", {"started": "2025-10", "ended": "2025-12"}),
        ("Since before Thanksgiving she has kept up her home exercise program.", {"started": "2025-11"}),
        ("Naproxen since Easter for his back.", {"started": "2026-04"}),
        ("Home exercise program daily since last winter.", {"duration_days": 61}),
        (
            "PT for the back, first visit 03/02/2026, last visit 04/20/2026.",
            {"started": "2026-03-02", "ended": "2026-04-20"},
        ),
        (
            "PT for the back, first visit 03/30/2026, tenth visit yesterday.",
            {"started": "2026-03-30", "ended": "2026-05-19"},
        ),
        ("PT for the back, 18 visits at 3 a week.", {"duration_days": 42}),
        ("Back pain since Christmas, now in PT.", {}),
        ("PT stopped since January.", {}),
    ],
)
def test_a_course_is_as_long_as_its_months_and_feasts_tell(text: str, expected: dict[str, Any]) -> None:
    assert told(text) == expected


def test_a_length_stays_with_the_care_before_along_with() -> None:
    assert told("She went to PT for the back for seven weeks along with meloxicam.") == {"duration_days": 49}
    assert told("PT for the back was discontinued after six weeks for lack of progress.") == {"duration_days": 42}
