"""What the words around a treatment make of it: a risk, an alternative, a finding of the operation, no help."""

from __future__ import annotations

from typing import Any

import pytest
from tests.findings.test_therapy_prose import told

from mednec.findings import find
from mednec.model import Document

TITLE = "PROCEDURE PERFORMED: Resection of infected bone, right hallux.\n\nANESTHESIA: Local.\n\n"


def one(text: str, concept: str) -> dict[str, Any]:
    """What is told of the only treatment of a concept."""
    (only,) = told(text, concept)
    return only


@pytest.mark.parametrize(
    "text",
    [
        "HPI: She was given a muscle relaxer. The patient states that after this treatment her symptoms still"
        " persisted.",
        "HPI: He took a muscle relaxer for a month. Despite this medication the pain persisted.",
    ],
)
def test_what_persists_after_a_treatment_was_not_helped_by_it(text: str) -> None:
    assert one(text, "muscle_relaxant")["response"] == "none"


def test_pain_that_a_drug_does_not_control_was_not_helped_by_it() -> None:
    text = "HPI: Because of uncontrollable pain with narcotic medication he asks for the operation."
    assert one(text, "opioid")["response"] == "none"


def test_a_pain_that_grew_tremendously_praises_no_operation() -> None:
    text = "HPI: She underwent a right hip replacement, and since then the pain on the left has increased tremendously."
    assert "response" not in one(text, "joint_surgery")


def test_the_reason_for_a_visit_is_not_what_is_to_come() -> None:
    text = "HPI: He is here for surgery because nonoperative treatment has not worked."
    assert one(text, "conservative_unspecified") == {"status": "past", "response": "none"}


def test_an_operation_that_is_only_a_risk_is_not_planned() -> None:
    text = (
        "PLAN: Risks of a knee replacement were discussed, which include bleeding, infection and need for"
        " a revision arthroplasty."
    )
    assert [each["status"] for each in told(text, "joint_surgery")][-1] == "other"


def test_what_is_agreed_on_after_the_risks_is_planned() -> None:
    text = "PLAN: Risks including infection were explained and he elected to proceed with a facet injection."
    assert one(text, "facet_joint_injection")["status"] == "planned"


def test_an_alternative_is_at_the_same_place() -> None:
    text = "PLAN: He needs a right hip hemiarthroplasty versus cemented hemiarthroplasty."
    assert [each.get("side") for each in told(text, "joint_surgery")] == ["right", "right"]


def test_an_operation_that_a_condition_requires_is_to_come() -> None:
    text = "ASSESSMENT: Trigger thumb, failed splinting, requiring a trigger thumb release."
    assert one(text, "joint_surgery")["status"] == "planned"


def test_a_drug_against_seizures_is_none_for_pain() -> None:
    assert told("HPI: The EEG showed spikes and an anticonvulsant was advised.", "gabapentinoid") == []
    assert one("HPI: An anticonvulsant was started for his neuropathic pain.", "gabapentinoid")


@pytest.mark.parametrize("head", ["FINDINGS", "INTRAOPERATIVE FINDINGS"])
def test_what_an_operation_found_is_no_treatment(head: str) -> None:
    text = f"{TITLE}{head}: After traction the fragments stood well.\n\nPROCEDURE IN DETAIL: The foot was prepped."
    found = [each.mention for each in find(Document(id="note", text=text)) if each.kind == "therapy"]
    assert found == ["Resection"]


def test_surgery_for_which_the_patient_came_is_the_one_performed() -> None:
    text = f"{TITLE}HISTORY: At this time he wishes to attempt surgical correction.\n\nPROCEDURE IN DETAIL: Prepped."
    assert {each["status"] for each in told(text, "joint_surgery") + told(text, "spine_surgery")} == {"performed"}


def test_the_second_drug_of_a_prescription_is_prescribed_too() -> None:
    text = (
        f"{TITLE}PROCEDURE IN DETAIL: The foot was prepped and the wound closed. She was given a prescription for"
        f" Norco, 30,"
        " one p.o. q.6h. p.r.n. pain and Naprosyn 500 mg p.o. b.i.d."
    )
    assert one(text, "nsaid")["status"] == "planned"


def test_a_heading_names_no_operation() -> None:
    assert told("OPERATION AND PROCEDURE: The patient underwent a skin biopsy on 6/11/2009.", "spine_surgery") == []


def test_sutures_limit_nobody() -> None:
    text = (
        f"{TITLE}PROCEDURE IN DETAIL: The foot was prepped. The skin was closed with interrupted and running sutures."
    )
    assert [each for each in find(Document(id="note", text=text)) if each.kind == "functional_limitation"] == []


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("INSTRUCTIONS: She must be off narcotic medication before she drives.", "opioid"),
        ("INSTRUCTIONS: No driving while taking Norco.", "opioid"),
        (
            "PLAN: Risks included, but were not limited to weakness, need for physical therapy and stiffness.",
            "physical_therapy",
        ),
    ],
)
def test_a_treatment_of_a_warning_is_no_treatment(text: str, concept: str) -> None:
    assert {each["status"] for each in told(text, concept)} == {"other"}


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("MEDICATIONS:\n1. Topical creams for a rash.", "topical_analgesic"),
        ("PLAN: Laser therapy was offered for the warts.", "therapeutic_ultrasound"),
        ("HPI: The epidural was placed for labor pain.", "epidural_steroid_injection"),
        ("HPI: She was kept on bed rest for preterm contractions.", "activity_modification"),
        ("HPI: He is on antiretroviral therapy.", "physical_therapy"),
        ("HPI: He did use THC with friends.", "other_therapy"),
        ("HPI: She took four tramadol pills.", "analgesic_unspecified"),
        (
            "PLAN: There is an abscess of the tonsil; I do not think that surgical intervention is needed.",
            "spine_surgery",
        ),
    ],
)
def test_what_is_for_another_illness_is_no_treatment_of_pain(text: str, concept: str) -> None:
    assert told(text, concept) == []


def test_a_heavy_labor_does_not_make_an_epidural_one_of_a_birth() -> None:
    assert one("HPI: His manual labor job hurts; an epidural injection in May helped.", "epidural_steroid_injection")


def test_a_drug_that_helps_the_mood_is_not_told_to_help_the_pain() -> None:
    text = "HPI: The depression is well managed on Cymbalta."
    assert "response" not in one(text, "antidepressant_for_pain")
    assert one("HPI: Pain is well managed just with Tylenol.", "acetaminophen")["response"] == "good"


@pytest.mark.parametrize(
    "text",
    [
        "HPI: Her knees are fine and she is not needing Celebrex any longer.",
        "HPI: He has Celebrex at home from a previous prescription.",
    ],
)
def test_a_drug_that_is_no_longer_needed_is_past(text: str) -> None:
    assert one(text, "nsaid")["status"] == "past"


def test_a_mother_who_speaks_for_her_child_has_not_had_the_treatment() -> None:
    text = (
        "HPI: The girl told of increasing pain with physical therapy, and the mother strongly desired something else."
    )
    assert one(text, "physical_therapy") == {"status": "past", "response": "worse"}


def test_the_next_sentence_about_something_else_tells_no_length_of_the_course() -> None:
    assert "duration_days" not in one(
        "HPI: He took pain medication. He has had acne for two years.", "analgesic_unspecified"
    )


def test_surgery_to_repair_a_limb_is_none_of_the_spine() -> None:
    text = "HPI: He has low back pain and a screw in the hip from previous surgery to repair a pelvic fracture."
    assert told(text, "spine_surgery") == [] and one(text, "joint_surgery")["status"] == "past"


def test_nerves_that_were_cauterized_were_ablated() -> None:
    assert one("HPI: She had her back nerves cauterized in May.", "radiofrequency_ablation")["status"] == "past"


def test_the_story_under_a_title_is_history() -> None:
    text = (
        "PROCEDURE PERFORMED: Arthroplasty of the left second toe.\n\n"
        "The patient is a 60-year-old man who presents with a painful toe. He has failed conservative treatment and"
        " cannot"
        " wear shoes because of the pain.\n\nPROCEDURE IN DETAIL: The foot was prepped."
    )
    assert one(text, "conservative_unspecified") == {"status": "past", "response": "none"}
    limits = [each for each in find(Document(id="note", text=text)) if each.kind == "functional_limitation"]
    assert [each.concept for each in limits] == ["adl"]


def test_therapy_after_an_operation_is_planned() -> None:
    text = f"{TITLE}POSTOPERATIVE PLAN: He will restart physical therapy in 3 days."
    assert one(text, "physical_therapy")["status"] == "planned"


def test_what_a_treatment_was_meant_to_do_is_no_effect() -> None:
    text = "HPI: She had a lumbar ablation to help alleviate her painful symptoms."
    assert "response" not in one(text, "radiofrequency_ablation")
    text = "HPI: She takes Tylenol to try to control her headaches, and that helps somewhat."
    assert one(text, "acetaminophen")["response"] == "partial"


def test_an_operation_that_was_sought_is_to_come() -> None:
    assert one("HPI: With his back pain he sought operative intervention.", "spine_surgery")["status"] == "planned"


def test_the_levels_of_a_fusion_are_those_of_the_surgery() -> None:
    assert one("PSH: Back surgery with fusion of L5-S1.", "spine_surgery")["levels"] == ["L5-S1"]


@pytest.mark.parametrize(
    "text", ["HPI: He used to do abdominal exercises and play tennis.", "PLAN: Get sleep and appropriate rest."]
)
def test_sport_and_sleep_are_no_treatments(text: str) -> None:
    assert told(text, "home_exercise") + told(text, "activity_modification") == []
