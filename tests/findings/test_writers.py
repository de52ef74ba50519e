"""In a relative's message 'I' is the relative, and 'Mom' or 'my husband' the patient."""

from __future__ import annotations

import pytest

from mednec.findings import find
from mednec.model import Document


def statuses(text: str) -> list[str]:
    return [one.get("status") for one in find(Document("note", text)) if one.concept == "physical_therapy"]


@pytest.mark.parametrize(
    "text",
    [
        'Proxy message from the daughter of the patient:\n"Mom did six weeks of physical therapy, no better."',
        "Voicemail from the wife: He did physical therapy for six weeks, no relief.",
        "Message from her son: My mother had physical therapy for six weeks.",
        'Portal message from patient: "I did six weeks of physical therapy."',
        "Phone note. Wife called. She says he did physical therapy for six weeks.",
    ],
)
def test_what_a_relative_writes_of_the_patient_is_the_patients(text: str) -> None:
    assert statuses(text) == ["past"]


@pytest.mark.parametrize(
    "text",
    [
        'Proxy message from the daughter of the patient:\n"I did six weeks of physical therapy. Mom asks about June."',
        "Voicemail from the wife: my own physical therapy failed.",
        "Message from her son: My sister had physical therapy for six weeks.",
    ],
)
def test_what_a_relative_writes_of_himself_or_others_is_not(text: str) -> None:
    assert statuses(text) == ["other"]
