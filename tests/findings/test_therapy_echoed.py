"""A treatment of which it is only said that it did as the one before has that one's effect."""

from __future__ import annotations

from datetime import date

import pytest
from tests.findings.test_therapy_clinic_words import one

from mednec.findings import find
from mednec.model import Document


@pytest.mark.parametrize(
    ("text", "concept", "response"),
    [
        ("Spinal manipulation gave no relief, nor did etodolac.", "nsaid", "none"),
        ("Acupuncture was of no help; neither did the tramadol taken beside it help.", "opioid", "none"),
        ("Lumbar PT failed and so did baclofen.", "muscle_relaxant", "none"),
        ("Chiropractic gave no relief. Ibuprofen likewise.", "nsaid", "none"),
        ("Massage did not help, as did six weeks of aquatic therapy.", "aquatic_therapy", "none"),
        ("PT gave excellent relief and so did naproxen.", "nsaid", "good"),
    ],
)
def test_what_did_as_the_one_before_has_its_effect(text: str, concept: str, response: str) -> None:
    found = one(f"HPI: {text}", concept)
    assert (found["status"] in ("past", "current"), found["response"]) == (True, response)


@pytest.mark.parametrize(
    "text",
    [
        "He did not attend PT, nor did he take naproxen.",
        "PT gave no relief, nor did the naproxen arrive.",
        "She never had PT, neither has she tried naproxen.",
    ],
)
def test_what_was_not_done_either_has_no_effect(text: str) -> None:
    found = one(f"HPI: {text}", "nsaid")
    assert (found["status"], found.get("response")) == ("not_tried", None)


def test_a_drug_that_is_to_go_on_the_same_has_no_effect_told() -> None:
    assert one("HPI: Lumbar PT failed. Continue etodolac the same.", "nsaid").get("response") is None


@pytest.mark.parametrize(
    "text",
    [
        "Finished eight weeks of PT for LBP, meloxicam, with no change.",
        "He had nine weeks of PT for the low back this spring, along with naproxen, no relief.",
        "PT x 7 weeks for CLBP, NSAIDs, gabapentin - no improvement.",
    ],
)
def test_a_verdict_set_apart_behind_a_list_holds_for_each(text: str) -> None:
    assert one(f"HPI: {text}", "physical_therapy")["response"] == "none"


@pytest.mark.parametrize(
    "text",
    [
        "PT for the low back helped a lot, naproxen, no relief.",
        "Will start PT for LBP; naproxen, no relief.",
        "PT for the low back. Naproxen, no relief.",
    ],
)
def test_it_does_not_hold_for_what_is_told_otherwise_or_apart(text: str) -> None:
    assert one(f"HPI: {text}", "physical_therapy").get("response") != "none"


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("Eight weeks of back PT, no gain.", "lumbar"),
        ("Six weeks of upper back PT.", "thoracic"),
        ("She went back to PT.", None),
        ("Pelvic stabilization with PT for six weeks.", "sacroiliac"),
    ],
)
def test_the_back_before_a_therapy_is_the_low_back(text: str, region: str | None) -> None:
    assert one(f"HPI: {text}", "physical_therapy").get("region") == region


def test_first_and_last_visit_are_the_days_of_the_course() -> None:
    found = one("HPI: PT, first visit 3/16/2026, last visit 5/13/2026, no relief.", "physical_therapy")
    assert (found["started"], found["ended"]) == ("2026-03-16", "2026-05-13")


def test_days_between_which_visits_lay_are_no_share_of_kept_visits() -> None:
    found = one("HPI: 16 lumbar PT visits between 03/09 and 05/01/2026, pain the same.", "physical_therapy")
    assert found.get("adherence") is None


def test_visits_counted_in_a_record_were_had_whatever_heading_stands_above_them() -> None:
    text = "PHYSICAL THERAPY DISCHARGE SUMMARY\nDx: sciatica, left.\nSeen 11 times from 03/16/2026 to 04/28/2026."
    (found,) = (one for one in find(Document("d", text, type="therapy_discharge")) if one.kind == "therapy")
    assert (found.get("status"), found.get("sessions"), found.get("started")) == ("past", 11, "2026-03-16")


@pytest.mark.parametrize(
    ("text", "concept", "days"),
    [
        ("Over nine weeks: etodolac failed, baclofen failed, lumbar PT failed too.", "physical_therapy", 63),
        ("Tried without success: ibuprofen, baclofen, 7 weeks of lumbar PT.", "physical_therapy", 49),
        ("She spent five weeks in SI joint PT without any gain.", "physical_therapy", 35),
        ("Five weeks each of SI joint PT, a belt and etodolac were useless.", "bracing", 35),
        ("PT and baclofen from early March to late April did not help.", "physical_therapy", 41),
    ],
)
def test_a_length_told_of_a_list_or_ahead_of_it_is_that_of_each(text: str, concept: str, days: float) -> None:
    found = next(one for one in find(Document("d", f"HPI: {text}", dated=date(2026, 5, 20))) if one.concept == concept)
    assert found.get("duration_days") == days


@pytest.mark.parametrize(
    ("text", "concept", "started", "ended"),
    [
        ("She started both PT and etodolac on April 20 and keeps at both.", "physical_therapy", "2026-04-20", None),
        ("He began taking etodolac 400 mg on 3/2/2026.", "nsaid", "2026-03-02", None),
        ("Started PT on 3/2/2026, discharged 4/20/2026.", "physical_therapy", "2026-03-02", "2026-04-20"),
    ],
)
def test_the_day_on_which_something_was_begun_is_not_its_end(
    text: str, concept: str, started: str, ended: str | None
) -> None:
    found = next(one for one in find(Document("d", f"HPI: {text}", dated=date(2026, 5, 20))) if one.concept == concept)
    assert (found.get("started"), found.get("ended")) == (started, ended)


def test_the_branches_of_a_block_that_is_named_are_no_second_block() -> None:
    text = "PLAN: medial branch blocks of the left L3, L4 medial branches and L5 dorsal ramus, for L4-5 and L5-S1."
    (found,) = (one for one in find(Document("d", text)) if one.concept == "medial_branch_block")
    assert found.get("levels") == ["L4-5", "L5-S1"]


def test_the_name_of_a_clinic_is_no_therapy() -> None:
    text = "Hand & Spine Therapy\nBack Therapy of Elm Street\nLow back pain since May."
    assert not [one for one in find(Document("d", text)) if one.kind == "therapy"]
