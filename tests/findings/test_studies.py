"""Imaging and electrodiagnostic studies: region, date, status and result."""

from datetime import date

import pytest

from mednec.findings import studies
from mednec.findings.parse import parse
from mednec.model import Document


def read(text: str, type: str = "other", dated: date | None = None) -> list[tuple]:
    found = studies.find(parse(Document(id="note", text=text, type=type, dated=dated)))
    return [(f.concept, f.get("status"), f.get("result"), f.get("region"), f.get("date")) for f in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "MRI lumbar 1/26/26 report reviewed. L5-S1 disc herniation.",
            [("mri", "past", "abnormal", "lumbar", "2026-01-26")],
        ),
        (
            "The lumbar spine MRI was reviewed. It revealed a disc herniation.",
            [("mri", "past", "abnormal", "lumbar", None)],
        ),
        ("X-rays of the right knee show no fracture or effusion.", [("xray", "past", "normal", "knee", None)]),
        ("UC x-ray of the left hip neg for fx.", [("xray", "past", "normal", "hip", None)]),
        ("XR L-spine 11/06/2025: mild narrowing, no fx.", [("xray", "past", "abnormal", "lumbar", "2025-11-06")]),
        (
            "MRI C & T spine 5/7/26 (report + images reviewed): no stenosis.",
            [("mri", "past", "normal", ["cervical", "thoracic"], "2026-05-07")],
        ),
        ("Hip and knee x-rays were taken.", [("xray", "past", None, ["hip", "knee"], None)]),
        ("Here for MRI results.", [("mri", "past", None, None, None)]),
        ("There is no MRI evidence of stenosis.", [("mri", "past", "normal", None, None)]),
        (
            "EMG and nerve conduction study of the right arm showed carpal tunnel syndrome.",
            [("emg_ncs", "past", "abnormal", None, None)],
        ),
        (
            "The MRI and EMG came back essentially negative.",
            [("mri", "past", "normal", None, None), ("emg_ncs", "past", "normal", None, None)],
        ),
        ("PLAN\n1. MRI lumbar w/o contrast to look for another cause.", [("mri", "planned", None, "lumbar", None)]),
        ("PLAN\nReturn after MRI.", [("mri", "planned", None, None, None)]),
        ("PLAN\n3. If MRI shows nothing else: medial branch blocks.", [("mri", "planned", None, None, None)]),
        (
            "We will order x-rays of the lumbar spine and an EMG.",
            [("xray", "planned", None, "lumbar", None), ("emg_ncs", "planned", None, None, None)],
        ),
        ("An MRI was not done.", [("mri", "not_tried", None, None, None)]),
        ("She has not had any x-rays in years.", [("xray", "not_tried", None, None, None)]),
        ("DEXA 05/2025 T -1.9 fem neck.", [("dexa", "past", "abnormal", None, "2025-05")]),
    ],
)
def test_a_study_is_read_with_what_is_said_of_it(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Works as an x-ray technician.",
        "Allergic to x-ray dye? No.",
        "CT guidance was used.",
        "Chest x-ray clear. CT of the abdomen normal.",
        "PROCEDURE: An x-ray confirmed the position of the needle.",
        "The stimulator is MRI compatible. Mr. Doe and MR. ROE agree.",
        "Intraoperative x-rays showed good placement.",
    ],
)
def test_what_only_sounds_like_a_study_is_left_out(text):
    assert read(text) == []


def test_imaging_of_the_head_counts_where_headache_is_the_complaint():
    assert read("HPI: Low back pain. MRI of the brain was normal.") == []
    assert read("HPI: Chronic headaches. MRI of the brain was normal.") == [("mri", "past", "normal", "head", None)]


def test_a_report_is_the_study_of_its_title_with_the_result_of_its_impression():
    text = """VALLEY IMAGING CENTER
MRI - CT - DEXA
Patient: DOE, JANE   DOB: 01/02/1960   Exam date: 03/04/2026
EXAM: MRI LUMBAR SPINE WITHOUT CONTRAST
COMPARISON: Radiographs 01/26/2026.
TECHNIQUE: Sagittal T1 and T2.
FINDINGS: Normal alignment. No fracture.
IMPRESSION: L4-5 disc protrusion contacting the left L5 root.
"""
    assert read(text, type="imaging_report") == [
        ("mri", "past", "abnormal", "lumbar", "2026-03-04"),
        ("xray", "past", None, None, "2026-01-26"),
    ]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Plan: TFESI. Pain keeps him from work and the MRI explains it.", "past"),
        ("Plan: LESI. The CT explained her pain.", "past"),
        ("Plan: ESI. MRI accounts for all of it.", "past"),
        ("Plan: PT. MRI lumbar spine.", "planned"),
    ],
)
def test_a_study_that_explains_the_pain_was_made(text: str, status: str) -> None:
    assert [found[1] for found in read(text)] == [status]


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("RESULTS\nBack x-ray shows good alignment.", "lumbar"),
        ("ASSESSMENT AND PLAN\n\n1. Left ankle pain.\n- Treatment: X-ray ordered to look for a break.", "ankle_foot"),
        ("RESULTS\n\nViews: Three views right shoulder.\nInterpretation: No fracture.", "shoulder"),
    ],
)
def test_a_study_has_the_region_of_its_name_or_its_problem(text: str, region: str) -> None:
    assert [where for concept, _, _, where, _ in read(text) if concept == "xray"] == [region]


def test_a_scan_in_a_chart_about_the_brain_is_no_scan_of_the_spine() -> None:
    assert read("HPI: He had a CT, which was negative. CT of his brain was repeated and was normal.") == []


def test_a_polyneuropathy_is_an_abnormal_study() -> None:
    assert read("HPI: A nerve conduction study showed polyneuropathy.") == [("emg_ncs", "past", "abnormal", None, None)]


def test_a_study_whose_results_are_to_be_told_by_telephone_is_planned() -> None:
    text = "PLAN: We will phone him with the result of his x-ray, and if it shows a fracture we refer him."
    assert read(text) == [("xray", "planned", None, None, None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "RADIOLOGY: AP, oblique, and lateral views of the left foot were taken and show no fracture.",
            [("xray", "past", "normal", "ankle_foot", None)],
        ),
        (
            "IMAGING: AP and lateral lumbar views dated June 3, 2024 are reviewed and are normal.",
            [("xray", "past", "normal", "lumbar", "2024-06-03")],
        ),
        (
            "She was found on bone scan to have a fracture of the lumbar spine.",
            [("bone_scan", "past", "abnormal", "lumbar", None)],
        ),
        ("EMG showed sharp waves and fibrillations.", [("emg_ncs", "past", "abnormal", None, None)]),
    ],
)
def test_views_and_results_in_other_words(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The MRI of last fall showed only normal pressure hydrocephalus.",
        "After the crash a CT scan showed a hiatal hernia.",
        "Plain films showed dilated small bowel loops.",
        "CT of the neck shows a mass in the left submandibular space.",
        "We will obtain a PET CT scan to stage the lymphoma.",
    ],
)
def test_a_study_of_another_organ_is_none_of_pain(text):
    assert read(text) == []


def test_a_report_that_advises_radiographs_plans_them():
    report = (
        "EXAM: MRI right knee\n\nFINDINGS: There may be a fracture; correlation with radiographs is recommended.\n\n"
        "IMPRESSION: Sprain of the ligament."
    )
    assert read(report, type="imaging_report") == [
        ("mri", "past", "abnormal", "knee", None),
        ("xray", "planned", None, None, None),
    ]


def test_a_myelogram_that_the_operation_begins_with_is_no_study() -> None:
    text = (
        "PROCEDURE PERFORMED:\n1. Injection for myelogram.\n2. Lumbar discectomy, L5-S1.\n\n"
        "PROCEDURE DETAIL: He was brought to the operating room and prepped. A myelogram was then performed."
    )
    assert read(text) == []
