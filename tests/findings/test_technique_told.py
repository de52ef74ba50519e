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
