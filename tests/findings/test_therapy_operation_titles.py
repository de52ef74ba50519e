"""The report of an operation: what its title names, what its technique hides, and what it tells of the time after."""

from __future__ import annotations

from typing import Any

import pytest

from mednec.findings import find
from mednec.model import Document

REPORT = "\nANESTHESIA: General.\n\nDESCRIPTION OF PROCEDURE: The limb was prepped and draped. An incision was made. "


def told(text: str, *concepts: str) -> list[dict[str, Any]]:
    found = find(Document("note", text))
    return [dict(one.attributes) for one in found if one.kind == "therapy" and one.concept in concepts]


@pytest.mark.parametrize(
    ("title", "count"),
    [
        ("1. Debridement of the labrum, left shoulder.\n2. Capsular shift.", 2),
        ("Removal of bone, left second metatarsal head.", 1),
        ("Right excision of olecranon bursa.", 1),
        ("Osteosynthesis of a left acetabular fracture.", 1),
        ("Repair of torn subscapularis tendon.", 1),
        ("Excision of a skin nevus of the left shoulder.", 0),
        ("Rotator cuff repair through a mini-arthrotomy.", 1),
        ("Left calcaneal lengthening osteotomy.", 1),
        ("Cervical discectomy, C3-C4, with removal of osteophytes.", 0),
    ],
)
def test_a_title_names_operations_by_what_was_done_to_which_part(title, count):
    found = told(f"PROCEDURE PERFORMED:\n{title}\n{REPORT}", "joint_surgery")
    assert [one["status"] for one in found] == ["performed"] * count


def test_a_decompression_with_its_level_is_the_operation_of_a_title():
    found = told(f"PROCEDURE PERFORMED: Decompression of the left L2-L3 with discectomy.\n{REPORT}", "spine_surgery")
    assert (found[0]["status"], found[0]["levels"], found[0]["side"]) == ("performed", ["L2-3"], "left")


def test_a_fusion_with_levels_of_its_own_is_a_second_operation():
    title = "PROCEDURES: C4-C5 cervical discectomy, C4-C5 allograft fusion."
    found = told(f"{title}\n{REPORT}", "spine_surgery")
    assert [one["levels"] for one in found] == [["C4-5"], ["C4-5"]]


@pytest.mark.parametrize(
    ("words", "concept", "status"),
    [
        ("The patient was given a prescription for Norco 5 mg one p.o. q.6h.", "opioid", "planned"),
        ("She was discharged home on oxycodone and ibuprofen.", "nsaid", "planned"),
        ("He has hydrocodone already at home.", "opioid", "current"),
        ("Physical therapy begins in six weeks.", "physical_therapy", "planned"),
    ],
)
def test_what_is_prescribed_behind_the_technique_counts(words, concept, status):
    text = f"PROCEDURE: Knee arthroscopy.\n{REPORT}{words}"
    assert [one["status"] for one in told(text, concept)] == [status]


@pytest.mark.parametrize("words", ["Toradol 30 mg IV was given.", "A mixture of morphine was injected."])
def test_what_is_given_during_an_operation_does_not(words):
    assert told(f"PROCEDURE: Knee arthroscopy.\n{REPORT}{words}", "nsaid", "opioid") == []


def test_a_technique_is_one_under_any_heading():
    work = "SUMMARY: The arm was prepped and draped. After elevation a fascial sling was made. Marcaine was injected."
    text = f"PROCEDURES: Carpal tunnel release.\n\nANESTHESIA: General.\nINDICATION: Numbness.\n\n{work}"
    assert told(text, "bracing", "other_therapy", "injection_unspecified") == []


def test_an_indication_is_one_with_an_article():
    text = "INDICATION FOR THE PROCEDURE: Neck pain. After failure of conservative treatment she elected surgery."
    text = f"PROCEDURES: C4-5 cervical discectomy.\n\n{text}\n{REPORT}"
    assert [one["response"] for one in told(text, "conservative_unspecified")] == ["none"]


def test_what_is_explained_to_the_family_is_the_patients():
    assert [one["status"] for one in told("HPI: Knee surgery was recommended to the father.", "joint_surgery")] == [
        "planned"
    ]


def test_what_was_elected_not_to_be_done_was_not_done():
    text = "It was elected to not perform any subacromial decompression."
    assert [one["status"] for one in told(f"HPI: {text}", "joint_surgery")] == ["not_tried"]


def test_what_the_surgeon_did_is_told_as_done():
    text = "INDICATIONS: Neck pain. Based on this I did a decompression, doing a foraminotomy at C3-C4."
    text = f"OPERATIONS: Cervical decompression C3-C4.\n\n{text}\n{REPORT}"
    assert told(text, "spine_surgery")[-1]["status"] == "performed"


def test_a_diagnosis_of_an_operation_note_names_what_was_done_before():
    text = f"PROCEDURE: Tendon repair.\n\nPREOP DIAGNOSIS:\n1. Right total shoulder arthroplasty.\n{REPORT}"
    assert told(text, "joint_surgery")[-1]["status"] == "past"


def test_the_side_of_the_pain_is_not_that_of_the_operation_before_it():
    text = "PREOPERATIVE DIAGNOSIS: Right leg radiculopathy with history of post laminectomy pain."
    assert "side" not in told(text, "spine_surgery")[0]


def test_what_an_operation_is_for_is_not_the_next_operation():
    title = "PROCEDURES: Anterior cervical discectomy at C3-C4, C4-C5, C5-C6 for neural decompression."
    assert told(f"{title}\n{REPORT}", "spine_surgery")[0]["levels"] == ["C3-4", "C4-5", "C5-6"]


@pytest.mark.parametrize("name", ["Left S1 and S2 lateral branch blocks", "Right posterior rami injections"])
def test_branches_of_the_sacrum_are_blocked(name):
    found = told(f"PROCEDURE: {name}.\n{REPORT}", "peripheral_nerve_block")
    assert [one["status"] for one in found] == ["performed"]
