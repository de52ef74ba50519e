# ruff: noqa: E501
"""FHIR bundles: notes come out as they are, entries as lines that are true to their status."""

import base64
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mednec.documents import entry_lines, read_chart
from mednec.model import SignatureState

PATIENT = {
    "resourceType": "Patient",
    "id": "p",
    "name": [{"family": "Sample", "given": ["Jane"]}],
    "birthDate": "1960-02-03",
}
NOTE = {
    "resourceType": "DocumentReference",
    "status": "current",
    "docStatus": "final",
    "type": {"coding": [{"code": "11488-4"}], "text": "Consult note"},
    "subject": {"reference": "Patient/p"},
    "date": "2026-03-06",
    "author": [{"display": "Alan Stone, MD"}],
    "content": [
        {"attachment": {"title": "Consult", "data": base64.b64encode(b"Back pain for nine months.\n").decode()}}
    ],
}


def bundle(tmp_path: Path, *resources: dict[str, Any]) -> Path:
    path = tmp_path / "bundle.json"
    entries = [{"resource": resource} for resource in (PATIENT, *resources)]
    path.write_text(json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries}))
    return path


def test_a_note_is_read_with_what_its_envelope_says(tmp_path: Path) -> None:
    (document,) = read_chart(bundle(tmp_path, NOTE)).documents
    assert document.id == "bundle.json/Consult"
    assert document.text == "Back pain for nine months.\n"
    assert (document.type, document.dated, document.author) == ("consultation", date(2026, 3, 6), "Alan Stone, MD")
    assert (document.patient.name, document.patient.birth_date) == ("Jane Sample", date(1960, 2, 3))


def test_a_preliminary_note_is_unsigned(tmp_path: Path) -> None:
    (document,) = read_chart(bundle(tmp_path, {**NOTE, "docStatus": "preliminary"})).documents
    assert document.signature is SignatureState.UNSIGNED


def test_a_note_made_in_error_states_nothing(tmp_path: Path) -> None:
    chart = read_chart(bundle(tmp_path, NOTE, {**NOTE, "status": "entered-in-error"}))
    assert len(chart.documents) == 1


def test_a_note_that_is_only_linked_is_said(tmp_path: Path) -> None:
    linked = {**NOTE, "content": [{"attachment": {"title": "Elsewhere", "url": "https://example.org/1"}}]}
    chart = read_chart(bundle(tmp_path, NOTE, linked))
    assert "only linked" in chart.unreadable[0].explanation


@pytest.mark.parametrize(
    ("resource", "line"),
    [
        (
            {
                "resourceType": "MedicationStatement",
                "status": "stopped",
                "medicationCodeableConcept": {"text": "duloxetine 60 mg"},
                "dosage": [{"text": "1 capsule daily"}],
                "effectivePeriod": {"start": "2025-11-10", "end": "2026-01-08"},
                "statusReason": [{"text": "no change in pain"}],
            },
            "Stopped medication: duloxetine 60 mg, 1 capsule daily, 11/10/2025 to 01/08/2026, stopped: no change in pain.",
        ),
        (
            {
                "resourceType": "MedicationStatement",
                "status": "active",
                "medicationCodeableConcept": {"text": "meloxicam"},
            },
            "Current medication: meloxicam.",
        ),
        (
            {
                "resourceType": "MedicationRequest",
                "status": "cancelled",
                "authoredOn": "2026-01-05",
                "medicationCodeableConcept": {"text": "gabapentin 300 mg"},
            },
            "Prescription cancelled, not given 01/05/2026: gabapentin 300 mg.",
        ),
        (
            {
                "resourceType": "Procedure",
                "status": "not-done",
                "code": {"text": "Physical therapy"},
                "performedDateTime": "2026-01",
                "statusReason": {"text": "patient refused"},
            },
            "Procedure not done 01/2026: Physical therapy, reason: patient refused.",
        ),
        (
            {
                "resourceType": "Observation",
                "status": "final",
                "code": {"coding": [{"code": "72514-3"}], "text": "Pain severity"},
                "effectiveDateTime": "2026-05-18T10:45:00-07:00",
                "valueQuantity": {"value": 8.0, "unit": "{score}"},
            },
            "Pain score (NRS 0-10): 8/10 on 05/18/2026 10:45.",
        ),
        (
            {
                "resourceType": "Observation",
                "status": "final",
                "code": {"text": "Oswestry Disability Index"},
                "valueQuantity": {"value": 52, "unit": "%"},
            },
            "Oswestry Disability Index: 52%.",
        ),
        (
            {
                "resourceType": "Condition",
                "clinicalStatus": {"coding": [{"code": "resolved"}]},
                "code": {
                    "text": "Lumbar radiculopathy",
                    "coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "M54.16"}],
                },
                "onsetDateTime": "2025-12",
            },
            "Resolved: Lumbar radiculopathy (M54.16), onset 12/2025.",
        ),
        (
            {
                "resourceType": "ServiceRequest",
                "status": "active",
                "authoredOn": "2026-02-23",
                "code": {"text": "PT referral"},
            },
            "Ordered 02/23/2026: PT referral.",
        ),
        (
            {"resourceType": "ServiceRequest", "status": "revoked", "code": {"text": "MRI lumbar"}},
            "Order cancelled, not carried out: MRI lumbar.",
        ),
    ],
)
def test_an_entry_is_written_out_true_to_its_status(resource: dict[str, Any], line: str) -> None:
    assert list(entry_lines.lines(resource)) == [line]


def test_measurements_are_dated_by_their_day(tmp_path: Path) -> None:
    scores = [
        {
            "resourceType": "Observation",
            "status": "final",
            "code": {"coding": [{"code": "72514-3"}]},
            "effectiveDateTime": day,
            "valueQuantity": {"value": 7},
        }
        for day in ("2026-01-05", "2026-03-05")
    ]
    assert [d.dated for d in read_chart(bundle(tmp_path, *scores)).documents] == [date(2026, 1, 5), date(2026, 3, 5)]


def test_a_report_without_a_file_is_its_conclusion(tmp_path: Path) -> None:
    report = {
        "resourceType": "DiagnosticReport",
        "status": "final",
        "category": [{"coding": [{"code": "RAD"}]}],
        "code": {"text": "MRI lumbar spine"},
        "effectiveDateTime": "2026-01-20",
        "conclusion": "L4-5 protrusion.",
    }
    (document,) = read_chart(bundle(tmp_path, report)).documents
    assert document.text == "MRI lumbar spine   Date: 01/20/2026\nIMPRESSION: L4-5 protrusion.\n"
    assert document.type == "imaging_report"


def test_lines_of_json_are_read_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "export.ndjson"
    path.write_text("\n".join(json.dumps(resource) for resource in (PATIENT, NOTE)))
    assert read_chart(path).documents[0].patient.name == "Jane Sample"


def test_the_files_of_a_bulk_export_refer_to_each_other(tmp_path: Path) -> None:
    binary = {"resourceType": "Binary", "id": "b", "data": base64.b64encode(b"Back pain for nine months.\n").decode()}
    linked = {
        "resourceType": "DocumentReference",
        "status": "current",
        "type": {"text": "Visit"},
        "subject": {"reference": "Patient/p"},
        "date": "2026-03-06",
        "author": [{"reference": "Practitioner/d"}],
        "content": [{"attachment": {"url": "https://example.org/fhir/Binary/b", "contentType": "text/plain"}}],
    }
    drug = {"resourceType": "Medication", "id": "m", "code": {"text": "meloxicam 15 mg"}}
    taken = {
        "resourceType": "MedicationRequest",
        "status": "active",
        "subject": {"reference": "Patient/p"},
        "medicationReference": {"reference": "Medication/m"},
    }
    doctor = {"resourceType": "Practitioner", "id": "d", "name": [{"family": "Stone", "given": ["Alan"]}]}
    for resource in (PATIENT, binary, linked, drug, taken, doctor):
        (tmp_path / f"{resource['resourceType']}.ndjson").write_text(json.dumps(resource) + "\n")
    chart = read_chart(tmp_path)
    assert [(d.text, d.patient.name) for d in chart.documents] == [
        ("Back pain for nine months.\n", "Jane Sample"),
        ("PRESCRIPTIONS:\n- Prescribed: meloxicam 15 mg.\n", "Jane Sample"),
    ]
    assert chart.documents[0].author == "Alan Stone"
    assert chart.unreadable == ()
