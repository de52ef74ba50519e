"""Technique: how a procedure is planned, and how it was done."""

from typing import Any

import pytest

from mednec.findings import find, technique
from mednec.findings.parse import parse
from mednec.model import Document, Finding

NOTE = """PROCEDURE NOTE
Procedure: Left L3, L4 medial branch and L5 dorsal ramus block under fluoroscopic guidance.
Anesthesia: Local with minimal IV sedation.
Technique: Time out. 0.2 mL iohexol without vascular uptake. 0.5 mL bupivacaine 0.5% at each site. No steroid.
Images saved in AP and lateral views.
Previous block on 03/01/2026 used lidocaine 2%.
Plan: If positive proceed to thermal RFA.
"""


def read(text: str, type: str = "office_visit") -> list[Finding]:
    return list(technique.find(parse(Document(id="note", text=text, type=type))))


def values(text: str, concept: str, type: str = "office_visit") -> list[Any]:
    return [f.get("value") for f in read(text, type) if f.concept == concept]


@pytest.mark.parametrize(
    ("text", "concept", "expected"),
    [
        ("TFESI under fluoroscopy with contrast.", "guidance", ["fluoroscopy"]),
        ("TFESI under fluoroscopy with contrast.", "contrast", ["given"]),
        ("MRI lumbar spine without contrast.", "contrast", []),
        ("No contrast allergy. ESI planned.", "contrast", []),
        ("Block with no IV sedation.", "sedation", ["none"]),
        ("Block. Moderate sedation is not planned.", "sedation", ["none"]),
        ("ESI. Anesthesia: Local/IV sedation.", "sedation", ["moderate"]),
        ("ESI. Anesthesia: Local.", "sedation", ["none"]),
        ("ESI. Patient declined sedation.", "sedation", ["none"]),
        ("RFA with IV sedation minimal.", "sedation", ["minimal"]),
        ("SI injection with light IV sedation, midazolam and fentanyl.", "sedation", ["moderate"]),
        ("TFESI. Propofol by anesthesia.", "sedation", ["mac"]),
        ("TFESI. IV sedation was offered and declined.", "sedation", ["none"]),
        ("TFESI. Oral midazolam 5 mg before. Colonoscopy in 2024 under propofol.", "sedation", ["minimal"]),
        ("TFESI. She would like twilight sedation.", "sedation", [None]),
        ("TFESI. She would like sedation; local anesthesia only.", "sedation", ["none"]),
        ("TFESI. Fentanyl patch 25 mcg/h.", "sedation", []),
        ("RFA of the L4-5 facets with cooled RF at 60 degrees C.", "radiofrequency_mode", ["cooled"]),
        ("RFA at 42 C.", "radiofrequency_mode", ["pulsed"]),
        ("RFA was discussed.", "radiofrequency_mode", []),
        ("Transforaminal lumbar interbody fusion.", "approach", []),
        ("Trigger point injections without image guidance.", "guidance", ["none"]),
    ],
)
def test_what_a_plan_says(text: str, concept: str, expected: list[str]) -> None:
    assert values(text, concept) == expected


def test_the_dose_is_that_of_the_drug_it_stands_with() -> None:
    drugs = {f.get("agent"): f.get("milligrams") for f in read("1 cc bupivacaine and 40 mg triamcinolone injected.")}
    assert drugs == {"bupivacaine": None, "triamcinolone": 40}


def test_a_volume_of_a_strength_is_a_dose() -> None:
    [drug] = read("SI joint injection with 2 mL of 40 mg/mL methylprednisolone.")
    assert drug.get("milligrams") == 80


def test_a_concentration_is_no_dose() -> None:
    [drug] = read("Dexamethasone 10 mg/mL was injected.")
    assert drug.get("milligrams") is None


def test_a_steroid_that_is_not_given_is_no_injectate() -> None:
    assert [
        f.get("agent")
        for f in read("MBB with bupivacaine, no steroid, without dexamethasone.")
        if f.concept == "injectate"
    ] == ["bupivacaine"]


def test_a_procedure_note_tells_what_was_done_what_was_before_and_what_is_planned() -> None:
    found = read(NOTE, "procedure_note")
    assert {f.get("status") for f in found if f.concept == "guidance"} == {"performed"}
    assert [f.get("status") for f in found if f.concept == "radiofrequency_mode"] == ["planned"]
    assert [f.get("agent") for f in found if f.get("earlier")] == ["lidocaine"]
    assert values(NOTE, "sedation", "procedure_note") == ["minimal"]
    assert [f.get("views") for f in found if f.concept == "images_saved"] == [2]


def test_medial_branches_name_the_joints_that_they_supply() -> None:
    [levels] = [
        f.get("levels")
        for f in read(NOTE, "procedure_note")
        if f.concept == "levels" and f.get("status") == "performed"
    ][:1]
    assert levels == ["L4-5", "L5-S1"]


def test_an_imaging_report_has_no_technique() -> None:
    assert not read("MRI with contrast. Findings: normal after epidural injection with contrast.", "imaging_report")


@pytest.mark.parametrize("drug", ["Versed", "midazolam 2 mg"])
def test_a_sedative_beside_a_local_anesthetic_is_more_than_local(drug: str) -> None:
    text = f"Plan: left L5-S1 TFESI under local with {drug}."
    values = {f.get("value") for f in find(Document("note.txt", text)) if f.concept == "sedation"}
    assert "none" not in values
    assert "moderate" in values


@pytest.mark.parametrize(
    ("text", "milligrams"),
    [
        ("Triamcinolone 60 mg at each of two levels.", 120),
        ("Dexamethasone 10 mg right, 10 mg left.", 20),
        ("Kenalog 40 mg x3.", 120),
    ],
)
def test_doses_of_several_places_add_up(text: str, milligrams: int) -> None:
    found = [one for one in read(f"Plan: left L5-S1 TFESI. {text}") if one.concept == "injectate"]
    assert [one.get("milligrams") for one in found] == [milligrams]
