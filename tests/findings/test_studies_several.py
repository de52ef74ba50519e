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
        "CT HEAD WITHOUT CONTRAST AND CT CERVICAL SPINE WITHOUT CONTRAST\n\nREASON FOR EXAM: Fall.\n\n"
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
    text = "PLAN: He wants no operation. Therefore we would defer further evaluation with CT myelogram."
    (only,) = [one for one in find(Document(id="note", text=text)) if one.kind == "imaging"]
    assert only.get("status") == "not_tried"


def test_electro_diagnostic_studies_are_named_in_two_words_too() -> None:
    assert studies("HPI: Electro-diagnostic studies showed severe slowing of the ulnar nerve.")[0][0] == "emg_ncs"
