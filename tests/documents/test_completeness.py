# ruff: noqa: E501
"""Every word of a source is read, or the chart says what was left out; counted by scripts/completeness.py."""

import base64
import importlib.util
import json
import sys
import zlib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from mednec.documents import read_chart

SCRIPT = Path(__file__).parents[2] / "scripts" / "completeness.py"
CDA = """<?xml version="1.0"?><c:ClinicalDocument xmlns:c="urn:hl7-org:v3"><c:title>Visit</c:title>
<c:component><c:structuredBody>{}</c:structuredBody></c:component></c:ClinicalDocument>"""
HEAD = "MSH|^~\\&|A|B|C|D|20260120||{}|1|P|2.5\rPID|1||11||SAMPLE^JANE||19600203|F\r"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("completeness", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["completeness"] = module
    spec.loader.exec_module(module)
    return module


def lost(script: ModuleType, path: Path) -> list[str]:
    read, _ = script.read_words(path)
    return sorted(script.words_of(path.read_bytes(), path.name) - read)


def told(path: Path) -> str:
    return " ".join(warning.message for warning in read_chart(path).warnings)


def cda(tmp_path: Path, *sections: str) -> Path:
    path = tmp_path / "visit.xml"
    body = "".join(f"<c:component><c:section>{section}</c:section></c:component>" for section in sections)
    path.write_text(CDA.format(body), encoding="utf-8")
    return path


def bundle(tmp_path: Path, *resources: dict[str, Any]) -> Path:
    path = tmp_path / "bundle.json"
    path.write_text(json.dumps({"resourceType": "Bundle", "entry": [{"resource": one} for one in resources]}))
    return path


def message(tmp_path: Path, kind: str, *segments: str) -> Path:
    path = tmp_path / "message.hl7"
    path.write_text(HEAD.format(kind) + "".join(f"{segment}\r" for segment in segments))
    return path


# --- C-CDA -----------------------------------------------------------------------------------------------------------


def test_the_narrative_of_a_clinical_document_is_read_whatever_its_prefix(tmp_path: Path, script: ModuleType) -> None:
    path = cda(
        tmp_path,
        "<c:title>History</c:title><c:text>Back pain<c:list><c:caption>Tried</c:caption><c:item>heat <c:sub>daily</c:sub></c:item></c:list>"
        "<c:table><c:caption>Scores</c:caption><c:tbody><c:tr><c:th>ODI</c:th><c:td>44<c:br/>percent</c:td></c:tr></c:tbody></c:table>"
        "<c:renderMultiMedia><c:caption>Body map</c:caption></c:renderMultiMedia><c:footnote>by phone</c:footnote></c:text>"
        "<c:component><c:section><c:title>Inner</c:title><c:text>Sleeps badly.</c:text></c:section></c:component>",
    )
    assert lost(script, path) == []


def test_a_section_without_narrative_is_read_from_its_entries(tmp_path: Path) -> None:
    path = cda(
        tmp_path,
        "<c:title>Procedures</c:title><c:text/><c:entry>"
        '<c:procedure moodCode="EVN" negationInd="true"><c:code displayName="Epidural injection"/><c:effectiveTime value="20260105"/></c:procedure></c:entry>'
        '<c:entry><c:procedure moodCode="RQO"><c:code><c:originalText>Physical therapy</c:originalText></c:code></c:procedure></c:entry>'
        '<c:entry><c:observation moodCode="EVN"><c:code displayName="Pain severity"/><c:value value="7" unit="1"/></c:observation></c:entry>',
    )
    text = read_chart(path).documents[0].text
    assert "- Procedure, not done: Epidural injection, 01/05/2026.\n" in text
    assert "- Procedure, ordered: Physical therapy.\n- Observation: Pain severity, 7." in text


def test_what_was_struck_out_is_not_read_and_said(tmp_path: Path) -> None:
    path = cda(tmp_path, '<c:text>Pain <c:content revised="delete">2/10</c:content> 7/10.</c:text>')
    assert "Pain 7/10." in read_chart(path).documents[0].text
    assert "struck out" in told(path)


def test_a_file_wrapped_and_packed_is_unpacked(tmp_path: Path) -> None:
    packed = base64.b64encode(zlib.compress(b"OFFICE VISIT\nKnee pain for a year.\n")).decode()
    path = tmp_path / "wrapped.xml"
    path.write_text(
        '<ClinicalDocument xmlns="urn:hl7-org:v3"><component><nonXMLBody>'
        f'<text mediaType="text/plain" representation="B64" compression="ZL">{packed}</text></nonXMLBody></component></ClinicalDocument>'
    )
    assert "Knee pain for a year." in read_chart(path).documents[0].text


def test_a_file_within_a_section_is_read(tmp_path: Path) -> None:
    inner = base64.b64encode(b"{\\rtf1 PAIN DIARY\\par Before 8/10 after 2/10\\par}").decode()
    path = cda(
        tmp_path,
        "<c:text>See diary.</c:text><c:entry><c:observationMedia>"
        f'<c:value mediaType="text/rtf" representation="B64">{inner}</c:value></c:observationMedia></c:entry>',
    )
    assert "Before 8/10 after 2/10" in read_chart(path).documents[1].text


# --- FHIR ------------------------------------------------------------------------------------------------------------

EVERYTHING: tuple[dict[str, Any], ...] = (
    {
        "resourceType": "Observation",
        "code": {"text": "Sit to stand"},
        "interpretation": [{"text": "slow"}],
        "component": [{"code": {"text": "repetitions"}, "valueInteger": 6, "interpretation": [{"text": "below norm"}]}],
    },
    {
        "resourceType": "DiagnosticReport",
        "code": {"text": "MRI"},
        "conclusion": "Disc bulge.",
        "presentedForm": [{"contentType": "text/html", "data": base64.b64encode(b"<p>Mild <b>bulge</b></p>").decode()}],
    },
    {
        "resourceType": "Composition",
        "title": "Visit",
        "section": [
            {
                "title": "Outer",
                "text": {"div": "<div>first</div>"},
                "section": [{"title": "Inner", "text": {"div": "<div>second</div>"}}],
            }
        ],
    },
    {
        "resourceType": "MedicationRequest",
        "status": "active",
        "intent": "order",
        "medicationReference": {"reference": "#m"},
        "contained": [{"resourceType": "Medication", "id": "m", "code": {"text": "meloxicam"}}],
        "dosageInstruction": [{"text": "one daily", "patientInstruction": "with food"}],
    },
    {
        "resourceType": "Encounter",
        "status": "finished",
        "type": [{"text": "Spine clinic"}],
        "period": {"start": "2026-01-05"},
    },
    {
        "resourceType": "Appointment",
        "status": "noshow",
        "description": "therapy visit",
        "start": "2026-01-07T10:00:00Z",
    },
    {"resourceType": "ClinicalImpression", "status": "completed", "summary": "mechanical pain", "date": "2026-01-05"},
    {"resourceType": "Communication", "status": "completed", "payload": [{"contentString": "called back"}]},
    {
        "resourceType": "ServiceRequest",
        "status": "active",
        "intent": "order",
        "code": {"text": "therapy"},
        "orderDetail": [{"text": "aquatic"}],
    },
    {
        "resourceType": "Procedure",
        "status": "completed",
        "text": {"status": "additional", "div": "<div>tolerated well</div>"},
        "code": {"text": "block"},
    },
)


@pytest.mark.parametrize("resource", EVERYTHING, ids=lambda one: one["resourceType"])
def test_what_an_entry_says_is_read(tmp_path: Path, script: ModuleType, resource: dict[str, Any]) -> None:
    assert lost(script, bundle(tmp_path, resource)) == []


def test_entries_that_state_nothing_or_are_not_read_are_told(tmp_path: Path) -> None:
    void = {"resourceType": "Procedure", "status": "entered-in-error", "code": {"text": "Epidural injection"}}
    goal = {"resourceType": "Goal", "description": {"text": "Walk a mile"}}
    broken = {"resourceType": "Condition", "code": "back pain"}
    path = bundle(tmp_path, EVERYTHING[0], void, goal, broken)
    assert "Epidural" not in "".join(document.text for document in read_chart(path).documents)
    for words in ("made in error", "1 Procedure", "1 Goal", "damaged and not read: 1 Condition"):
        assert words in told(path)


@pytest.mark.parametrize(
    ("resource", "line"),
    [
        (
            {"resourceType": "ServiceRequest", "status": "active", "intent": "option", "code": {"text": "RFA"}},
            "Proposed: RFA.",
        ),
        (
            {"resourceType": "Procedure", "status": "unknown", "code": {"text": "RFA"}},
            "Procedure, whether done is unknown: RFA.",
        ),
        (
            {
                "resourceType": "MedicationStatement",
                "status": "unknown",
                "medicationCodeableConcept": {"text": "ibuprofen"},
            },
            "Medication, whether taken is unknown: ibuprofen.",
        ),
        (
            {
                "resourceType": "MedicationRequest",
                "status": "active",
                "medicationCodeableConcept": {"text": "ibuprofen"},
                "dosageInstruction": [
                    {
                        "doseAndRate": [{"doseQuantity": {"value": 400, "unit": "mg"}}],
                        "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}},
                        "asNeededBoolean": True,
                    }
                ],
            },
            "Prescribed: ibuprofen, 400 mg 2 times every 1 day as needed.",
        ),
    ],
    ids=("option", "unknown procedure", "unknown medication", "coded dose"),
)
def test_a_state_that_proves_nothing_is_written_out(tmp_path: Path, resource: dict[str, Any], line: str) -> None:
    assert line in read_chart(bundle(tmp_path, resource)).documents[0].text


# --- HL7 v2 ----------------------------------------------------------------------------------------------------------


def test_every_kind_of_result_is_read(tmp_path: Path, script: ModuleType) -> None:
    rich = base64.b64encode(b"{\\rtf1 Walks alone}").decode()
    path = message(
        tmp_path,
        "ORU^R01",
        "OBR|1|1|1|1^Function tests|||20260120",
        "NTE|1||Tested \\.br\\seated\\X2C\\ twice",
        "OBX|1|NM|1^Grip^LN||22|kg|30-45|L|||F",
        "OBX|2|CWE|2^Gait^LN||A1^antalgic^L||||||F",
        "OBX|3|DTM|3^Onset^LN||20250105||||||F",
        "OBX|4|ID|4^Brace^LN||yes~soft||||||F",
        f"OBX|5|ED|5^Note||^text^rtf^Base64^{rich}||||||F",
        "OBX|6|ED|6^Letter||^text^plain^A^Sits for an hour||||||F",
    )
    text = "\n".join(document.text for document in read_chart(path).documents)
    assert "Grip: 22 kg (range 30-45) [L]" in text
    assert "Tested \nseated, twice" in text
    assert "Onset: 01/05/2025" in text
    assert set(lost(script, path)) == {"20250105"}


def test_withdrawn_results_and_documents_are_told_and_not_read(tmp_path: Path) -> None:
    path = message(tmp_path, "ORU^R01", "OBR|1|1|1|1^Test", "OBX|1|TX|1||kept||||||F", "OBX|2|TX|1||of another||||||W")
    assert "of another" not in read_chart(path).documents[0].text
    assert "wrong patient" in told(path)
    both = tmp_path / "both.hl7"
    both.write_text(path.read_text() + HEAD.format("MDM^T11") + "TXA|1|DI\rOBX|1|TX|1||cancelled words||||||F\r")
    assert "cancelled words" not in " ".join(document.text for document in read_chart(both).documents)
    assert "cancelled" in told(both)
