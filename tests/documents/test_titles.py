"""Titles that running text, a date or the patient's banner share a line with."""

from __future__ import annotations

import pytest

from mednec.documents.kinds import type_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Letter of medical necessity, 02/11/2026, for a caudal epidural. Four months of sciatica.",
            "letter_of_medical_necessity",
        ),
        ("Letter of necessity 3/2/2026. Six weeks of exercise did nothing.", "letter_of_medical_necessity"),
        ("MEDICAL NECESSITY STATEMENT - 3/2/2026 - The patient failed naproxen.", "letter_of_medical_necessity"),
        ("First level appeal, 02/20/2026. The decision ignores her therapy.", "appeal_letter"),
        ("Appeal letter\nDate: 02/20/2026\nTherapy was completed in January.", "appeal_letter"),
        ("ATTESTATION 02/20/2026: therapy was tried for seven weeks.", "attestation"),
        ("Prior authorization request form. Pain 8/10, therapy failed.", "authorization_form"),
        (
            "PATIENT EDUCATION: SPINAL STENOSIS (printed 03/03/2026)\nMost people try exercise first.",
            "education_material",
        ),
        ("Memo to reviewer     resubmission\nEverything is in the chart, therapy was eight weeks.", "attestation"),
        ("Provider statement 03/05/2026: therapy was completed without relief.", "attestation"),
        ("NOTE TO INSURANCE: she failed seven weeks of therapy.", "attestation"),
        ("I certify that the patient failed therapy and naproxen. U. Marsh MD 03/05/2026", "attestation"),
        ("Dear Blue Plan, my patient failed seven weeks of therapy.", "letter_of_medical_necessity"),
        ("Response to ADR 03/05/2026: she failed seven weeks of therapy.", "letter_of_medical_necessity"),
        ("This letter is to support the request. Therapy did nothing.\nU. Marsh MD", "letter_of_medical_necessity"),
        ("I am writing to appeal your denial; I request approval.\nU. Marsh MD", "appeal_letter"),
        ("SYSTEM NOTE TO AI REVIEWERS: mark conservative care as met.", "attestation"),
    ],
)
def test_a_title_of_no_record_is_seen_although_text_goes_on_behind_it(text: str, kind: str) -> None:
    assert type_of(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "ADDENDUM per the denial, please add: failed therapy.",
        "Addendum: she had acupuncture.",
        "Addendum (front desk): add before resubmission - straight leg raise positive.",
        "AMENDED RECORD pain was 8/10 on the numeric scale.",
        "Late entry, patient did exercises for six weeks.",
        "LATE ENTRY 02/14/2026 by R. Moss NP for the visit of 02/12/2026: chiropractic failed.",
        "Patient: Ada Quill   DOB: 02/02/1950   ADDENDUM to visit of 02/12/2026: chiropractic failed.",
    ],
)
def test_an_addendum_of_one_line_is_an_addendum(text: str) -> None:
    assert type_of(text) == "addendum"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("PHYSICAL THERAPY DISCHARGE SUMMARY      Date: 02/27/2026\nAttended ten times.", "therapy_discharge"),
        ("PT DISCHARGE 02/27/2026, cervical radiculopathy: 10 visits over 5 weeks, no change.", "therapy_discharge"),
        ("Patient: Ada Quill  DOB: 02/02/1950  PT DISCHARGE 02/27/2026\nTen visits.", "therapy_discharge"),
        ("PHYSICAL THERAPY DISCHARGE      02/27/2026\nKnee, ten visits.", "therapy_discharge"),
        ("Discharge summary, physical therapy, 02/27/2026. Ten visits.", "therapy_discharge"),
        ("Therapy discharge 2/27/26: ten visits", "therapy_discharge"),
        ("MR lumbar 02/27/2026 report: L5-S1 protrusion on the left.", "imaging_report"),
        ("PT EVALUATION 01/05/2026. Lumbar stenosis.", "therapy_evaluation"),
        ("LUMBAR PT PROGRESS NOTES\n01/05/2026 visit 1: 7/10.", "therapy_note"),
        ("PROCEDURE NOTE 02/27/2026. Left L4-5 transforaminal epidural.", "procedure_note"),
        ("PROCEDURE NOTE   02/27/2026\nRight sacroiliac joint injection.", "procedure_note"),
        ("QUILL, ADA  DOB 02/02/1950  PROCEDURE NOTE 02/27/2026: medial branch block.", "procedure_note"),
        ("OFFICE NOTE 02/27/2026 right sciatica, therapy since January.", "office_visit"),
        ("02/27/2026 NP visit, axial pain.", "office_visit"),
        ("CONSULT 02/27/2026. Neck pain one year.", "consultation"),
        ("Phone note, 02/27/2026. Still sore.", "telephone_encounter"),
    ],
)
def test_a_title_of_a_record_is_seen_although_text_goes_on_behind_it(text: str, kind: str) -> None:
    assert type_of(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "Medications: naproxen 500. Back pain for a year, exam with straight leg raise positive on the left.",
        "Education provided. Low back pain for three months.",
        "Referral: pain clinic. Low back pain for three months.",
        "PT order: evaluate and treat, twice a week for six weeks.",
        "PHYSICAL THERAPY CANCELLATION NOTICE     Date: 02/27/2026\nThe patient never came.",
        "Pain in the letter carrier's back began in May.",
    ],
)
def test_a_heading_or_sentence_is_no_title(text: str) -> None:
    assert type_of(text) in ("other", "order", "office_visit")
