"""The title of a procedure note names what the note records; a history that opens it does not."""

from datetime import date

import pytest

from mednec.findings import find
from mednec.model import Document


def statuses(text: str, type: str = "procedure_note") -> list[str]:
    found = find(Document(id="note", text=text, type=type, dated=date(2026, 3, 2)))
    return [str(one.get("status")) for one in found if one.kind == "therapy"]


@pytest.mark.parametrize(
    "line",
    [
        "Right L3, L4, L5 medial branch block, second diagnostic.",
        "L4-5 INTERLAMINAR EPIDURAL STEROID INJECTION, midline",
        "03/02/2026  Bilateral L4-5 and L5-S1 facet joint injections",
    ],
)
def test_a_line_that_only_names_the_procedure_is_its_title(line):
    assert statuses(f"HILLTOP SURGERY CENTER\nDOE, JANE\n\n{line}\n\nTolerated well.") == ["performed"]


@pytest.mark.parametrize(
    "line",
    [
        "Left L4-5 TFESI gave 60% relief for 3 months.",
        "Prior left L5-S1 TFESI, no complications.",
        "Left L5-S1 TFESI is scheduled.",
    ],
)
def test_what_an_earlier_or_later_procedure_did_is_no_title(line):
    assert "performed" not in statuses(f"HILLTOP SURGERY CENTER\n{line}")


def test_only_a_procedure_note_has_such_a_title():
    assert statuses("Right L4-5 medial branch block.", type="office_visit") == ["past"]


def test_the_day_of_a_month_is_no_number_of_sessions():
    found = find(Document(id="note", text="After the January 14 TFESI she walked more.", dated=date(2026, 3, 2)))
    assert all(one.get("sessions") is None for one in found)
