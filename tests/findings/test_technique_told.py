"""Sedation as clinicians tell it: offered and refused, supposed, of another day, denied twice."""

import pytest

from mednec.findings import find, technique
from mednec.findings.parse import parse
from mednec.model import Document


def sedation(text: str) -> list[object]:
    document = Document(id="note", text=text, type="office_visit")
    return [one.get("value") for one in technique.find(parse(document)) if one.concept == "sedation"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Epidural. IV sedation was proposed and she waved it off.", ["none"]),
        ("Epidural. Proposed IV sedation, which he accepted.", ["moderate"]),
        ("Epidural. She would have had IV sedation had she been frightened.", []),
        ("Epidural. Those who get conscious sedation must bring a driver.", []),
        ("Epidural. Cannot be done without sedation.", [None]),
        ("Epidural. The last injection was done under conscious sedation.", []),
        ("Epidural. Midazolam total: 0 mg.", []),
        ("Epidural. 3 of midazolam on board.", ["moderate"]),
        ("Epidural. The anesthesiologist will be present.", ["mac"]),
        ("Epidural, read by the anesthesiologist on call.", []),
        ("Epidural. He will be asleep.", ["general"]),
        ("Epidural. The left foot falls asleep.", []),
    ],
)
def test_sedation_counts_where_it_is_given_in_this_session(text: str, expected: list[object]) -> None:
    assert sedation(text) == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ablation with moderate sedation, as claustrophobia makes her panic.", True),
        ("Ablation with moderate sedation. The attempt under local had to be aborted.", True),
        ("Ablation with moderate sedation. No tremor, no panic disorder.", False),
        ("Ablation with moderate sedation, which is our custom.", False),
        ("Ablation with moderate sedation. The last block was stopped by a power cut.", False),
    ],
)
def test_a_need_of_sedation_is_a_condition_of_this_patient(text: str, told: bool) -> None:
    found = find(Document(id="note", text=text, type="office_visit"))
    assert any(one.concept == "sedation_need" for one in found) is told


def values(text: str, concept: str, key: str = "value") -> list[object]:
    document = Document(id="note", text=text, type="office_visit")
    return [
        one.get(key) for one in technique.find(parse(document)) if one.concept == concept and not one.get("earlier")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Facet block. The needles were steered by x-ray.", ["fluoroscopy"]),
        ("Facet block. X-rays of the lumbar spine show arthrosis.", []),
        ("Facet block given with the ultrasound.", ["ultrasound"]),
        ("Facet block. Abdominal ultrasound showed gallstones.", []),
        ("Facet block. Surface landmarks guided the needle.", ["none"]),
        ("Facet block. Landmarks and fluoroscopy guided the needle.", ["fluoroscopy"]),
        ("Facet block. Fluoroscopic guidance is the standard of care.", []),
    ],
)
def test_a_picture_guides_where_the_sentence_says_so(text: str, expected: list[object]) -> None:
    assert values(text, "guidance") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ablation. Each branch was coagulated at eighty degrees.", ["thermal"]),
        ("Ablation. We pulsed each branch at 42 degrees.", ["pulsed"]),
        ("Ablation at L4-5, 82 degrees, no pulsed mode.", ["thermal"]),
        ("Ablation is planned. Leg raising to 80 degrees.", []),
        ("Ablation is planned. Temp 98.4, pulse 80.", []),
        ("Ablation. The 2023 one was pulsed. This one will be done with the same settings.", ["pulsed"]),
        ("Ablation. The 2023 one was pulsed. This one will be done at the same clinic.", []),
    ],
)
def test_heat_is_told_by_its_degrees_and_pulses_by_name(text: str, expected: list[object]) -> None:
    assert values(text, "radiofrequency_mode") == expected


@pytest.mark.parametrize(
    ("text", "milligrams"),
    [
        ("Epidural. Two needles, each with 8 mg of dexamethasone.", [16]),
        ("Epidural. 8 mg dexamethasone at L4 and another 8 mg at L5.", [16]),
        ("Epidural. Three cc of Kenalog-40.", [120]),
        ("Epidural. Kenalog 40 mg in 3 mL of saline.", [40]),
        ("Epidural. Dexamethasone, dose: twelve milligrams.", [12]),
        ("Epidural. Dexamethasone 4 mg/mL, three vials of 1 mL.", [12]),
    ],
)
def test_the_dose_of_a_session_is_summed(text: str, milligrams: list[object]) -> None:
    assert values(text, "injectate", "milligrams") == milligrams


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("His wife says he uses heroin.", 1),
        ("Her husband reports that she uses heroin.", 1),
        ("His mother says she uses heroin.", 0),
        ("His wife uses heroin.", 0),
    ],
)
def test_a_relative_who_tells_of_the_patient_is_not_the_one_meant(text: str, told: int) -> None:
    found = find(Document(id="note", text=text, type="office_visit"))
    assert len([one for one in found if one.concept == "substance_use_disorder"]) == told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Epidural. Sedation is neither needed nor planned.", set()),
        ("Epidural. She had hoped for twilight but settled for local.", {"none"}),
        ("Epidural. She will be sedated.", {"moderate"}),
    ],
)
def test_what_became_of_a_wish_for_sedation(text: str, expected: set[object]) -> None:
    assert set(sedation(text)) == expected
