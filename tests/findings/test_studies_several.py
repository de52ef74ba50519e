"""Reports of several studies, and names that are none: each spine or joint counts, a hematocrit does not."""

from __future__ import annotations

from typing import Any

import pytest

from mednec.findings import find
from mednec.model import Document


def studies(text: str) -> list[tuple[str, Any, Any]]:
    """The concept, the region and the result of each study."""
    found = find(Document(id="note", text=text))
    named = [one for one in found if one.kind in ("imaging", "electrodiagnostic")]
    return [(one.concept, one.get("region"), one.get("result")) for one in named]


def test_a_report_of_head_and_neck_is_one_of_the_neck() -> None:
    text = (
        "CT HEAD WITHOUT CONTRAST; CT CERVICAL SPINE WITHOUT IV CONTRAST\n\nREASON FOR EXAM: Fall.\n\n"
        "CT HEAD WITHOUT CONTRAST\nFINDINGS: No bleeding.\nIMPRESSION: Negative.\n\n"
        "CT CERVICAL SPINE\nFINDINGS: Osteophytes at C5-6.\nIMPRESSION: Degenerative disk disease at C5-6.\n"
    )
    assert studies(text) == [("ct", "cervical", "abnormal")]


def test_each_part_of_one_report_is_a_study() -> None:
    text = (
        "INTERPRETATION: MRI of the cervical spine showed a disc herniation at C6-7. MRI of the lumbar spine showed"
        " a protrusion at L4-5.\n\nFINDINGS: As above.\n\nIMPRESSION: Degenerative changes."
    )
    assert studies(text) == [("mri", "cervical", "abnormal"), ("mri", "lumbar", "abnormal")]


@pytest.mark.parametrize("told", ["HCT, 10/18/95, revealed a cyst.", "HCT was normal.", "HCT scan showed a cyst."])
def test_hct_that_shows_something_is_a_scan_of_the_head(told: str) -> None:
    assert [concept for concept, *_ in studies(f"CC: Headache.\n\nCOURSE: {told}")] == ["ct"]


@pytest.mark.parametrize("told", ["HCT 39.", "Hct 33%, Hgb 11.", "HCT of 41."])
def test_a_hematocrit_is_no_scan(told: str) -> None:
    assert studies(f"CC: Headache.\n\nCOURSE: {told}") == []


def test_contrast_material_is_no_radiograph() -> None:
    assert studies("PROCEDURE NOTE: 2 mL of radiograph contrast material followed.") == []


def test_a_study_that_is_put_off_was_not_made() -> None:
    text = "PLAN: He wants no operation. So we would defer any further evaluation with CT myelogram."
    (only,) = [one for one in find(Document(id="note", text=text)) if one.kind == "imaging"]
    assert only.get("status") == "not_tried"


def test_electro_diagnostic_studies_are_named_in_two_words_too() -> None:
    assert studies("HPI: Electro-diagnostic studies showed severe slowing of the ulnar nerve.")[0][0] == "emg_ncs"


@pytest.mark.parametrize(
    "told",
    [
        "A CT scan revealed dilated loops of bowel.",
        "The markings are less than on the previous CT scan, as the chest x-ray shows.",
        "It was closed with 3-0 Vicryl on a CT-1.",
    ],
)
def test_a_scan_of_an_organ_or_a_needle_is_no_study_of_pain(told: str) -> None:
    assert studies(f"COURSE: {told}") == []


def test_a_heading_names_no_study() -> None:
    assert studies("SIGNIFICANT LAB AND X-RAY: Hemoglobin 10.5.") == []
    assert studies("TEST & X-RAY RESULTS: X-rays of her shoulder show arthritis.") == [("xray", "shoulder", "abnormal")]


def test_each_region_of_a_list_is_one_of_the_study() -> None:
    assert studies("HPI: We did get x-rays of knees, hips, and ankles.")[0][1] == ["knee", "hip", "ankle_foot"]
    assert studies("PLAN: X-rays of the back and hip.")[0][1] == ["lumbar", "hip"]


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("HPI: Her headaches began after an MRI on 4/18/2008.", "past"),
        ("PLAN: See him back after an MRI.", "planned"),
        ("ASSESSMENT: Ankle pain which necessitates ankle x-rays.", "planned"),
    ],
)
def test_what_comes_after_a_study_tells_whether_it_was_made(told: str, status: str) -> None:
    (only,) = [one for one in find(Document(id="note", text=told)) if one.kind == "imaging"]
    assert only.get("status") == status
