"""A therapist's record whose entries say which is the first and which the last tells the course between them."""

from datetime import date
from typing import Any

import pytest

from mednec.findings import find
from mednec.model import Document

HEAD = "MEADOW PHYSICAL THERAPY    left sacroiliac joint pain\n"
SIGNED = "\nI. Holt, DPT   e-signed 3/2/26\n"


def _course(text: str, kind: str = "therapy_discharge") -> list[dict[str, Any]]:
    note = Document(id="pt", text=HEAD + text + SIGNED, type=kind, dated=date(2026, 3, 2))
    told = [one for one in find(note) if one.kind == "therapy" and one.concept == "physical_therapy"]
    return [
        {name: one.get(name) for name in ("started", "ended", "sessions", "response")}
        for one in told
        if one.get("started") != one.get("ended")
    ]


@pytest.mark.parametrize(
    ("text", "sessions", "response"),
    [
        ("1/5/26 eval NRS 7. Core, 2/wk.\n2/2/26 re-eval NRS 7.\n3/2/26 DC (v15) NRS 7, pain the same.", 15, "none"),
        ("IE 1/5/26 NRS 7\nDC 3/2/26 14 visits NRS 4, HEP daily.", 14, "partial"),
        ("SOC 01/05/2026\nPain 6. Bridges.\nDischarge 03/02/2026: kept 12 of 13. Goals unmet.", 12, "none"),
        ("First visit: 01/05/2026   Last visit: 03/02/2026   Kept 10 of 12\nNo meaningful change.", 10, "none"),
        ("Evaluation 1/5/26 pain 6/10.\nLast visit 3/2/26 pain 8/10, 11 sessions.", 11, "worse"),
        ("Eval 1/5/26 VAS 7\nDC 3/2/26 VAS 1, 9 visits, goals met, pain resolved.", 9, "good"),
    ],
)
def test_the_course_runs_from_the_first_entry_to_the_last(text: str, sessions: int, response: str) -> None:
    expected = {"started": "2026-01-05", "ended": "2026-03-02", "sessions": sessions, "response": response}
    assert expected in _course(text)


@pytest.mark.parametrize(
    "text",
    [
        "Eval 1/5/26 NRS 7. Expected discharge in 8 weeks.",
        "Eval 2/27/26 NRS 7.\nDC 3/2/26 did not come back.",
        "IE 1/5/26 NRS 7.\n3/2/26 DISCHARGE (admin): attended 3 visits to 1/16, NRS 7.",
        "Eval 1/5/26 NRS 7.\nDC 3/2/26 NRS 7, 2 visits.",
        "Eval 1/5/26 NRS 7.\nEval 2/9/26 of the left shoulder.\nDC 3/2/26 NRS 7.",
    ],
)
def test_an_entry_that_is_not_the_last_bounds_no_course(text: str) -> None:
    assert _course(text) == []


def test_only_a_therapists_record_is_read_so() -> None:
    assert _course("IE 1/5/26 NRS 7\nDC 3/2/26 14 visits NRS 5.", "office_visit") == []


def test_who_came_to_few_visits_did_not_adhere() -> None:
    note = Document(
        id="pt", text=HEAD + "Eval 1/5/26 NRS 7\nDC 3/2/26 5/12 attended. NRS 7." + SIGNED, type="therapy_note"
    )
    told = [one for one in find(note) if one.concept == "physical_therapy" and one.get("sessions") == 5]
    assert [one.get("adherence") for one in told] == ["nonadherent"]


def test_columns_of_a_first_and_a_last_visit_do_not_share_one_score() -> None:
    columns = "             EVAL 1/5/26   DISCHARGE 3/2/26\nNPRS         7/10        1/10\n"
    assert [one["response"] for one in _course(columns)] == [None]


def test_most_visits_kept_are_good_adherence() -> None:
    found = find(Document(id="note", text="PT: attended 11/12 sessions.", dated=date(2026, 3, 2)))
    assert [one.get("adherence") for one in found if one.kind == "therapy"] == ["adherent"]
