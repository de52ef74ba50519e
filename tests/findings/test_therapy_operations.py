"""Operations: what counts as one, on which side it was, and what is prescribed at the end of its text."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mednec.findings import find
from mednec.model import Document

OPERATED = (
    "PREOPERATIVE DIAGNOSIS: Right wrist pain.\nPROCEDURE: Right {}.\nANESTHESIA: General.\n"
    "PROCEDURE IN DETAIL: The arm was prepped and draped. {}"
)


def told(text: str, concept: str) -> list[dict[str, Any]]:
    """What is told of each treatment of a concept."""
    found = find(Document("note", text, dated=date(2026, 5, 6)))
    return [dict(one.attributes) for one in found if one.kind == "therapy" and one.concept == concept]


@pytest.mark.parametrize(
    "ending",
    [
        "The wound was closed. She was given a prescription for Percocet one every six hours.",
        "She was taken to recovery. Discharge medication is Percocet, 20 tablets.",
        "He was discharged home with Percocet for the pain.",
        "She will have Percocet 5/325 as needed.",
        "He was placed on Percocet 5 mg q.4h. p.r.n. for pain.",
    ],
)
def test_a_drug_prescribed_at_the_end_of_an_operation_is_to_come(ending: str) -> None:
    assert [one["status"] for one in told(OPERATED.format("carpal tunnel release", ending), "opioid")] == ["planned"]


@pytest.mark.parametrize(
    "course",
    [
        "She was given fentanyl 50 mcg and Versed 2 mg.",
        "Preoperatively he was to receive fentanyl.",
        "After induction with fentanyl an incision was made.",
    ],
)
def test_a_drug_given_during_an_operation_is_no_treatment(course: str) -> None:
    assert told(OPERATED.format("carpal tunnel release", course), "opioid") == []


@pytest.mark.parametrize(
    "name",
    [
        "flexor tenosynovectomy",
        "hamstring release",
        "Achilles tendon lengthening",
        "transposition of the ulnar nerve",
        "olecranon bursectomy",
        "decompression of the subacromial space",
    ],
)
def test_an_operation_on_a_tendon_a_nerve_or_a_bursa_is_one_of_a_joint(name: str) -> None:
    performed = told(OPERATED.format(name, "The skin was closed."), "joint_surgery")
    assert [one["status"] for one in performed] == ["performed"]


def test_a_joint_that_was_replaced_was_operated_on() -> None:
    assert told("HISTORY: She had her left knee replaced two years ago.", "joint_surgery")[0]["side"] == "left"


def test_the_side_of_one_operation_is_not_that_of_the_next() -> None:
    text = "HISTORY: He had his right hip replaced and also back surgery in 2019."
    assert "side" not in told(text, "spine_surgery")[0]
    text = "PAST SURGICAL HISTORY: Status post left mastectomy for a tumor and status post right knee replacement."
    assert told(text, "joint_surgery")[0]["side"] == "right"
    text = "PAST SURGICAL HISTORY: Appendectomy, disc surgery in 1991, bilateral breast cyst removal in 1992."
    assert "side" not in told(text, "spine_surgery")[0]


@pytest.mark.parametrize(
    "text",
    [
        "SURGERY: Left lumpectomy and node sampling.",
        "IMPRESSION:\n1. A renal stone on the left. No symptoms. We discussed surgical intervention.",
        "HISTORY: She is an excellent candidate for bariatric work and would like surgery.",
    ],
)
def test_surgery_of_another_organ_is_none_of_the_spine(text: str) -> None:
    assert told(text, "spine_surgery") == []


@pytest.mark.parametrize("drug", ["beta-blocker", "statin", "warfarin", "nebulizer", "antihypertensive"])
def test_the_therapy_of_another_illness_is_no_physical_therapy(drug: str) -> None:
    assert told(f"HISTORY: The patient was on {drug} therapy.", "physical_therapy") == []
