"""Procedures told with a list of dates."""

from datetime import date

import pytest

from mednec.findings import find
from mednec.model import Document


def days(text):
    found = find(Document("note", text, type="office_visit", dated=date(2026, 3, 3)))
    return [f.get("started") for f in found if f.kind == "therapy"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "HPI: Lumbar epidural steroid injections on 05/05/2025, 07/07/2025 and 12/01/2025.",
            ["2025-05-05", "2025-07-07", "2025-12-01"],
        ),
        ("HPI: Left L4-5 RFA 5/20/25 and 9/30/25.", ["2025-05-20", "2025-09-30"]),
        ("HPI: Left MBB 12/9/2025 (NRS 7 to 1), 1/13/2026 (NRS 7 to 2).", ["2025-12-09", "2026-01-13"]),
        ("HPI: Left L4-5 RFA on 5/20/2025, MRI on 9/30/2025.", ["2025-05-20"]),
        (
            "Record of epidurals, L4-5:\n1) 06/14/2025\n2) 09/30/2025\n3) 01/15/2026\n",
            ["2025-06-14", "2025-09-30", "2026-01-15"],
        ),
        ("HPI: Completed physical therapy 1/5/2026, 2/6/2026.", ["2026-01-05"]),
    ],
)
def test_each_date_of_a_list_is_a_session(text, expected):
    assert days(text) == expected
