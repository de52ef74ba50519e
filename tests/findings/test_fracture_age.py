"""How long ago a vertebra broke is read where the chart tells it instead of how long it hurts."""

from datetime import date

import pytest

from mednec.findings import duration
from mednec.findings.parse import parse
from mednec.model import Document


def told(text: str) -> list[tuple[object, object]]:
    document = Document("note.txt", text, dated=date(2026, 6, 16))
    return [(one.get("days"), one.get("region")) for one in duration.find(parse(document))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Six weeks after T12 fracture.", (42, "thoracic")),
        ("T12 fx 3 weeks out.", (21, "thoracic")),
        ("4+ wks s/p L1 comp fx.", (28, "lumbar")),
        ("A fresh L3 fracture, three weeks old.", (21, "lumbar")),
        ("VCF of L2, now 4 weeks post.", (28, "lumbar")),
        ("L1 compression fracture sustained on 5/4/2026.", (None, "lumbar")),
    ],
)
def test_the_age_of_the_break_is_read(text, expected):
    assert told(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "L1 fracture on 5/12/2026 MRI.",
        "Her mother had an L1 fracture 3 weeks ago.",
        "Right hip fracture 3 weeks ago.",
        "Recheck 3 weeks after L1 fracture.",
        "Old L1 fracture 3 years ago.",
    ],
)
def test_another_fracture_or_another_day_is_not_read(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Day 19 from a fall at home with an osteoporotic L2 compression fracture.", (19, "lumbar")),
        ("2 wks after a tumble on the stairs and fall, T12 fx.", (14, "thoracic")),
        ("L2 VCF, week 5.", (35, "lumbar")),
        ("S/p L1 compression fracture 5/30/26.", (None, "lumbar")),
        ("Date of injury 5/30/2026. L1 VCF.", (None, "lumbar")),
    ],
)
def test_the_age_is_counted_from_the_fall_as_well(text: str, expected: tuple[int | None, str]) -> None:
    assert told(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "L1 fracture, hospital day 4.",
        "Day 3 of calcitonin for an L1 fracture.",
        "2 weeks after a knee scope, L1 fracture.",
    ],
)
def test_the_day_of_something_else_is_no_age(text: str) -> None:
    assert told(text) == []


def test_a_job_that_was_begun_is_no_pain() -> None:
    assert told("Left low back pain. Began working at the bakery 5/2025.") == []
