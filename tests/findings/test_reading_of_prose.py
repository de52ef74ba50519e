"""Sentences of visit notes as clinicians dictate them: what a careful reader takes from them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mednec.findings import find
from mednec.model import Document


def told(text: str, concept: str) -> list[dict[str, Any]]:
    """What is told of each finding of a concept."""
    found = find(Document("note", text, dated=date(2026, 5, 6)))
    return [dict(one.attributes) for one in found if one.concept == concept]


@pytest.mark.parametrize(
    "text",
    [
        "She tried applying ice and taking naproxen, but none of it helped.",
        "He has taken naproxen and iced the knee, but nothing really made any difference.",
    ],
)
def test_a_verdict_holds_for_all_that_was_tried(text: str) -> None:
    assert [told(text, concept)[0].get("response") for concept in ("nsaid", "heat_cold")] == ["none", "none"]


def test_neither_one_nor_the_other_was_tried_in_vain() -> None:
    text = "Neither physical therapy nor chiropractic care has made much of a difference."
    assert told(text, "physical_therapy") == [{"status": "past", "response": "none"}]


def test_the_title_of_a_note_names_what_was_performed() -> None:
    text = (
        "LUMBAR FACET JOINT INJECTION WITH ARTHROGRAM.\n\nPREPARATION:  Consent was signed.\n\n"
        "PROCEDURE DETAILS:  The patient lay prone. A needle was passed down to the joint.\n"
    )
    assert told(text, "facet_joint_injection")[0]["status"] == "performed"


def test_a_normal_study_stays_normal_when_the_opinion_follows() -> None:
    text = "RESULTS\n\nAs the x-ray of the knee was unremarkable, it seems to be a flare of her arthritis."
    assert told(text, "xray")[0]["result"] == "normal"


def test_joints_that_were_denervated_were_ablated() -> None:
    assert (
        told("Her lumbar facet joints were denervated last spring.", "radiofrequency_ablation")[0]["status"] == "past"
    )


def test_therapy_for_a_low_mood_is_no_physical_therapy() -> None:
    text = "PLAN\n\nDepression.\n- Reasoning: She is doing well with therapy and walks.\n"
    assert told(text, "physical_therapy") == []


def test_a_plan_is_for_the_region_of_its_problem() -> None:
    text = "ASSESSMENT AND PLAN\n\n1. Neck strain.\n- Treatment: Start naproxen 500 mg. Referral to physical therapy.\n"
    assert told(text, "nsaid")[0]["region"] == "cervical"
    assert told(text, "physical_therapy")[0]["region"] == "cervical"


def test_a_dose_raised_for_a_flare_did_not_make_it_worse() -> None:
    text = "She took prednisone 2 mg for some days due to increased pain in her feet."
    assert "response" not in told(text, "oral_steroid")[0]


def test_each_operation_of_one_day_has_its_date() -> None:
    text = (
        "HISTORY: On September 7, 2025, she had an anterior cruciate reconstruction "
        "together with a medial meniscectomy."
    )
    days = [one.get("started") for one in told(text, "joint_surgery")]
    assert days == ["2025-09-07", "2025-09-07"]


def test_a_sport_to_be_avoided_is_an_activity_modification() -> None:
    assert (
        told("PLAN: She was advised to avoid skiing until the next visit.", "activity_modification")[0]["status"]
        == "planned"
    )


def test_what_is_recommended_to_be_worn_is_planned() -> None:
    assert told("PLAN: I recommended that he wears a knee brace.", "bracing")[0]["status"] == "planned"


def test_a_study_to_return_for_is_planned() -> None:
    assert told("PLAN: Return for EMG/NCV.", "emg_ncs")[0]["status"] == "planned"


def test_an_injection_told_with_its_amount_was_given() -> None:
    text = "S - Heel pain.\n\nA - Plantar fasciitis.\n\nP - Injection into the right heel using 1.5 cc of Celestone.\n"
    assert told(text, "joint_injection")[0]["status"] == "performed"


def test_pain_that_does_not_respond_to_rising_doses_was_not_relieved() -> None:
    text = "INDICATIONS:  Rib fractures; the pain is not responding to higher and higher doses of narcotics."
    assert told(text, "opioid")[0] == {"status": "past", "response": "none"}


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("PLAN: Right upper quadrant ultrasound was ordered for the abdominal pain.", "therapeutic_ultrasound"),
        ("PLAN: Refill Lorcet 60 pills.", "analgesic_unspecified"),
        ("Surgical decompression was done, and evacuation of a hematoma.", "spine_surgery"),
    ],
)
def test_what_only_sounds_like_a_treatment_is_none(text: str, concept: str) -> None:
    assert told(text, concept) == []


def test_the_number_of_an_accident_is_not_that_of_an_operation() -> None:
    assert (
        "ordinal" not in told("She was fine after the second accident and had neck surgery later.", "spine_surgery")[0]
    )


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("PT and ibuprofen for 8 weeks; no relief.", (56, 56)),
        ("PT 3x/wk and ibuprofen, five wks, no benefit.", (35, 35)),
        ("Nine weeks of PT and ibuprofen without relief.", (63, 63)),
        ("Tried for six weeks: ibuprofen, gabapentin, physical therapy.", (42, 42)),
        ("Six weeks each of ibuprofen, PT and home exercise.", (42, 42)),
        ("Ibuprofen and 6 weeks of PT without relief.", (42, None)),
        ("Takes ibuprofen and did PT for 3 weeks.", (21, None)),
        ("Ibuprofen as needed, PT for 6 weeks without relief.", (42, None)),
    ],
)
def test_the_weeks_of_a_joined_list_are_those_of_each(text: str, days: tuple[int, int | None]) -> None:
    read = [told(text, concept)[0].get("duration_days") for concept in ("physical_therapy", "nsaid")]
    assert tuple(read) == days


def test_a_drug_left_in_its_box_was_not_taken() -> None:
    assert told("Naproxen was prescribed in May, sits unopened at home.", "nsaid")[0]["status"] == "not_tried"


def test_an_answer_that_is_not_chosen_is_no_score() -> None:
    assert told("PAIN NOW, NRS 0-10: ( ) 0-3  ( ) 4-6  ( ) 7/10  ( ) 8-10", "nrs") == []


def test_scores_of_the_next_sentence_tell_how_long_an_ablation_helped() -> None:
    text = "Bilateral L4-5 RFA 9/4/2025. NRS 8 to 2 for 28 weeks, then 7 again."
    assert told(text, "radiofrequency_ablation")[0]["relief_days"] == 196


def test_a_record_treats_what_it_diagnoses() -> None:
    text = "Neck pain. PT 1/12/26 to 2/27/26: dx low back strain, 13 visits, pain unchanged."
    assert told(text, "physical_therapy")[0]["region"] == "lumbar"
