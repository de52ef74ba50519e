"""The day beside the name of an injection is its own; the day that heads the line is that of the note."""

from datetime import date

import pytest

from mednec.findings import find
from mednec.model import Document


def started(text: str) -> list[object]:
    document = Document("note.txt", text, dated=date(2026, 8, 25))
    return [f.get("started") for f in find(document) if f.kind == "therapy"]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("08/25/2026 Right L4-5 TFESI 03/03/2026. Leg better.", "2026-03-03"),
        ("08/25/2026 TPI right rhomboid 5/6. Better.", "2026-05-06"),
        ("08/25/2026: MBB no. 1 (right C4-5 and C5-6, 08/11), bupivacaine.", "2026-08-11"),
        ("08/25/2026 Cervical RFA, right C4-5, of last November helped.", "2025-11"),
        ("08/25/2026 Right L4-5 TFESI in March helped.", "2026-03"),
        ("08/25/2026 Right L4-5 TFESI 5 months ago helped.", "2026-03"),
        ("08/25/2026 After the right L4-5 epidural of 9 March she did well.", "2026-03-09"),
        ("08/25/2026 The right C4-5 ablation of 12/2025 helped.", "2025-12"),
    ],
)
def test_the_day_beside_the_name_is_that_of_the_injection(text, day):
    assert started(text) == [day]


@pytest.mark.parametrize(
    "text",
    [
        "08/25/2026 TPI right rhomboid 8/10 to 3/10.",
        "08/25/2026 Right L4-5 TFESI, MRI of 03/02/2026 reviewed.",
        "08/25/2026 Right L4-5 TFESI helped until 06/2026.",
        "08/25/2026 Right L4-5 TFESI. Strength 4/5.",
    ],
)
def test_another_day_or_fraction_is_none_of_it(text):
    assert started(text) == ["2026-08-25"]


@pytest.mark.parametrize(
    "text", ["Labor epidural at L3-4 in 2019.", "Epidural lumbar lipomatosis on MRI.", "Atrial ablation in 2024."]
)
def test_an_epidural_or_ablation_of_another_kind_is_none(text):
    assert started(text) == []
