"""Studies as reviews of records and letters tell them: whether they were made, on which day, with which result."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mednec.findings import find
from mednec.model import Document


def told(text: str) -> list[dict[str, Any]]:
    """What is told of each study."""
    found = find(Document("note", text, dated=date(2026, 5, 6)))
    return [dict(one.attributes) for one in found if one.kind in ("imaging", "electrodiagnostic")]


@pytest.mark.parametrize(
    "text",
    [
        "HISTORY: It is unclear whether or not Dr. Roe had performed an EMG.",
        "HISTORY: I have no letter suggesting that he may have performed an EMG.",
        "HISTORY: I do not know if she ever had an EMG.",
    ],
)
def test_a_study_that_may_never_have_been_made_is_none(text: str) -> None:
    assert told(text) == []


def test_a_study_that_is_under_discussion_is_still_to_come() -> None:
    text = "HISTORY: The question is whether he should have a CT myelogram of the lumbar spine."
    assert [one["status"] for one in told(text)] == ["planned"]


@pytest.mark.parametrize(
    "text",
    [
        "HISTORY: She did not obtain any MRI or x-rays of the back.",
        "HISTORY: She has not had any type of EMG of the left arm.",
        "HISTORY: He has not had any kind of x-rays of the knee.",
    ],
)
def test_studies_that_were_not_made_are_so_in_a_list_too(text: str) -> None:
    assert {one["status"] for one in told(text)} == {"not_tried"}


def test_a_date_that_heads_an_entry_is_that_of_its_study() -> None:
    text = "FILES REVIEW:\nSeptember 6, 2022: An MRI of the thoracic spine was finished. Dr. Roe noted a compression."
    (found,) = told(text)
    assert (found["date"], found["result"]) == ("2022-09-06", "abnormal")


def test_a_date_that_heads_an_entry_is_that_of_its_treatment() -> None:
    text = "FILES REVIEW:\nMarch 3, 2022: She received chiropractic manipulation at the clinic."
    (found,) = (one for one in find(Document("note", text)) if one.kind == "therapy")
    assert (found.get("started"), found.get("ended")) == ("2022-03-03", "2022-03-03")


@pytest.mark.parametrize(
    "text",
    [
        "HISTORY: In view of a normal EMG and MRI of her neck I am concerned.",
        "HISTORY: Her sore back was negative by x-ray and by CT scan.",
        'HISTORY: The x-ray of the back was described as "no acute bony process."',
    ],
)
def test_a_result_said_ahead_of_two_studies_holds_for_both(text: str) -> None:
    assert {one["result"] for one in told(text)} == {"normal"}


def test_a_fall_that_never_was_does_not_make_an_image_normal() -> None:
    text = "HISTORY: If he has never had a fall, then it is likely that the changes on the MRI of the spine are older."
    assert told(text)[0]["result"] == "abnormal"


def test_what_cannot_be_excluded_is_not_normal() -> None:
    text = "EXAM: Right foot series.\nFINDINGS: Three images.\nIMPRESSION: Cannot exclude a fracture of the heel."
    assert told(text)[0].get("result") != "normal"


def test_an_abnormal_study_that_is_suggested_was_made() -> None:
    assert told("HISTORY: His letter suggested a possible abnormal EMG of the legs.")[0]["status"] == "past"


def test_the_day_of_an_earlier_study_is_not_that_of_the_report() -> None:
    text = (
        "LUMBAR SPINE CT\nTECHNIQUE: Axial images.\nCOMPARISON: Previous MRI examination 10/13/2024.\n"
        "FINDINGS: Disc bulge.\nIMPRESSION: L3-4 disc bulge."
    )
    assert told(text)[0].get("date") != "2024-10-13"


def test_a_radiograph_told_in_the_history_of_an_operation_is_one() -> None:
    text = (
        "PROCEDURE: Right foot osteotomy.\nHISTORY AND PHYSICAL: She has foot pain. Radiographs confirmed collapse of "
        "the arch.\nDESCRIPTION OF PROCEDURE: The foot was prepped. Radiographs confirmed the position of the screw."
    )
    assert len(told(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "PLAN: I do not think she needs an MRI at this time.",
        "PLAN: An MRI is not indicated for her knee at this time.",
        "HPI: An MRI of the knee was ordered but not approved.",
        "PLAN: There is no need for an MRI of the knee.",
    ],
)
def test_a_study_that_is_not_needed_or_not_approved_was_not_made(text: str) -> None:
    (study,) = told(text)
    assert study["status"] == "not_tried"
