"""How long an injection helped, on which day it was and which others there were, as it is told in passing."""

from datetime import date

import pytest

from mednec.findings import therapy
from mednec.findings.parse import parse
from mednec.model import Document


def read(text: str) -> list[dict[str, object]]:
    document = Document("note.txt", text, dated=date(2026, 5, 20))
    return [dict(one.attributes) for one in therapy.find(parse(document))]


def lasted(text: str) -> object:
    return read(text)[0].get("relief_days")


def days(text: str) -> list[object]:
    return sorted(str(one["started"]) for one in read(text) if one.get("status") == "past" and one.get("started"))


SHOT = "Trigger point injection, left trapezius, 02/24/2026"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{SHOT}. She was at ease for seven weeks afterwards, then it crept back.", 49),
        (f"{SHOT}. The ache did not return for five weeks.", 35),
        (f"{SHOT}: pain recurred at week 9.", 63),
        (f"{SHOT}: 70% better, pain recurred 04/21/2026.", 56),
        (f"{SHOT}. The benefit was still there when we spoke on 04/28/2026.", 63),
        (f"{SHOT}. The benefit had worn off by the time we spoke on 03/10/2026.", 14),
        (f"{SHOT}, still 70% better today.", 85),
        (f"{SHOT}. Duration of relief: 8 days.", 8),
        (f"{SHOT}: helped a great deal until about two weeks ago.", 68),
        (f"{SHOT}, relief ongoing at 11 weeks.", 77),
    ],
)
def test_how_long_it_helped_is_told_by_a_length_or_by_the_day_of_its_end(text, expected):
    assert lasted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        f"{SHOT}, 70% relief. She went to PT for 8 weeks.",
        f"{SHOT}. It has been 8 weeks since.",
        f"{SHOT}. Soreness at the site for seven weeks.",
        f"{SHOT}. He hopes to be comfortable for nine weeks.",
        f"{SHOT}. He returned on 05/08/2026.",
        f"{SHOT}. Still in pain today.",
        f"{SHOT}. Never comfortable for nine weeks.",
    ],
)
def test_what_lasted_otherwise_is_no_relief(text):
    assert lasted(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lumbar RFA 07/17/2025. It was repeated on 12/04/2025.", ["2025-07-17", "2025-12-04"]),
        ("First lumbar RFA July 2025, second December 2025.", ["2025-07", "2025-12"]),
        ("Lumbar ESI on 07/14/2025. Another was set for 01/26/2026 and went well.", ["2025-07-14", "2026-01-26"]),
        ("Lumbar ESI on 07/14/2025. Another was set for 01/26/2026 but he did not come.", ["2025-07-14"]),
        ("Lumbar facet blocks: 09/08/2025 done; 10/13/2025 no show; 01/12/2026 done.", ["2025-09-08", "2026-01-12"]),
        ("Lumbar RFA 07/17/2025. Knee pain returned on 12/04/2025.", ["2025-07-17"]),
        ("Lumbar RFA 07/17/2025. MRI on 12/04/2025.", ["2025-07-17"]),
        ("Claims\nDOS 08/05/2025 CPT 20552 paid\nDOS 11/18/2025 CPT 20552 denied", ["2025-08-05"]),
        ("Ledger\n12/01/2025 lumbar MBB - patient canceled\n01/12/2026 lumbar MBB - completed", ["2026-01-12"]),
        ("Here for the second lumbar medial branch block. The first was done nine days ago.", ["2026-05-11"]),
        ("The second lumbar MBB follows on 05/29/2026, barely a week after the first one.", ["2026-05-22"]),
        ("First lumbar MBB, L4-5 and L5-S1, was yesterday.", ["2026-05-19"]),
        ("05/20/2026 Left trapezius TPI on 03/24/2026 helped.", ["2026-03-24"]),
    ],
)
def test_each_session_that_took_place_has_its_day(text, expected):
    assert days(text) == expected
