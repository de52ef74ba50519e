"""What goes on, what is only asked, what is done in the same note: the status of treatments told in passing."""

from __future__ import annotations

from typing import Any

import pytest

from mednec.findings import find
from mednec.model import Document


def told(text: str, concept: str) -> list[dict[str, Any]]:
    found = find(Document("note", text))
    return [dict(one.attributes) for one in found if one.kind == "therapy" and one.concept == concept]


def statuses(text: str, concept: str) -> list[str]:
    return [one["status"] for one in told(text, concept)]


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("He was started on nortriptyline and this has clearly improved the leg pain.", "antidepressant_for_pain"),
        ("She was put on gabapentin in June and it is helping.", "gabapentinoid"),
        ("He started physical therapy last week.", "physical_therapy"),
        ("Nobody knows how long the chiropractic care is to continue.", "chiropractic"),
    ],
)
def test_what_was_begun_and_helps_goes_on(text: str, concept: str) -> None:
    assert statuses(text, concept) == ["current"]


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("She was started on nortriptyline and it has helped, but she stopped it.", "antidepressant_for_pain"),
        ("He was given tramadol for 2 weeks and this has helped.", "opioid"),
    ],
)
def test_what_was_begun_and_ended_is_past(text: str, concept: str) -> None:
    assert statuses(text, concept) == ["past"]


def test_a_question_tells_no_effect() -> None:
    asked = "Is he getting any benefit from physical therapy?"
    assert "response" not in told(asked, "physical_therapy")[0]
    assert statuses("Would she benefit from more acupuncture?", "acupuncture") == ["other"]


@pytest.mark.parametrize(
    "text",
    [
        "He is not receiving any objective improvement from chiropractic care.",
        "She tried chiropractic care, which did not assist her.",
    ],
)
def test_no_effect_in_other_words(text: str) -> None:
    assert told(text, "chiropractic")[0]["response"] == "none"


def test_what_is_to_be_injected_and_was_endured_is_performed() -> None:
    plan = "PLAN: We will inject both knees with 40 mg of Kenalog. She tolerated both procedures well."
    assert statuses(plan, "joint_injection") == ["performed"]
    assert statuses("PLAN: We will inject both knees next month.", "joint_injection") == ["planned"]


def test_what_the_patient_comes_for_and_the_technique_tells_is_performed() -> None:
    technique = "\n\nDESCRIPTION OF PROCEDURE: After prep 40 mg of Kenalog was injected into the left knee."
    comes = "INDICATIONS: She presents for a joint injection of the left knee." + technique
    assert statuses(comes, "joint_injection")[0] == "performed"
    hoped = "INDICATIONS: A lumbar epidural steroid injection may help her later." + technique
    assert "performed" not in statuses(hoped, "epidural_steroid_injection")


def test_a_drug_of_the_hospital_course_was_given_then() -> None:
    assert statuses("HOSPITAL COURSE: He had a pump for the pain as well as Toradol.", "nsaid") == ["past"]


def test_a_taper_is_prescribed_though_it_ends() -> None:
    note = "DISCHARGE MEDICATIONS:\n1. Prednisone 40 mg daily for the pain, then 20 mg, then discontinue.\n"
    assert statuses(note, "oral_steroid") == ["planned"]


def test_what_an_operation_would_consist_of_is_planned() -> None:
    told_to = "Surgery is recommended to the grandmother. It would consist of an open reduction of the knee joint."
    assert set(statuses(told_to, "joint_surgery")) == {"planned"}


def test_a_block_that_is_pointed_at_does_not_go_on_with_an_exercise() -> None:
    plan = "PLAN:\n4. Continue HEP. Apixaban does not need to be held for this block.\n"
    assert statuses(plan, "home_exercise") == ["current"]


def test_what_makes_it_worse_and_better_is_told_of_now() -> None:
    text = "He noted back pain that was worse with coughing and better with massage."
    assert statuses(text, "massage") == ["current"]
