"""Care that came to nothing, told in the turns of phrase of clinicians and patients; and what only sounds so."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mednec.findings import find
from mednec.model import Document

FAILED = ("none", "worse", "partial")


def told(text: str, concept: str = "physical_therapy") -> list[Any]:
    found = find(Document("note", text, dated=date(2026, 5, 20)))
    return [(one.get("status"), one.get("response")) for one in found if one.concept == concept]


@pytest.mark.parametrize(
    "text",
    [
        "She went through nine weeks of PT for her back and came out the other end no better.",
        "PT for the low back gained him nothing.",
        "Twelve PT sessions for the neck have yielded precious little.",
        "HPI: PT for the back: a complete washout.",
        "PT for the neck ran six weeks; the neck is as stiff as it was at the outset.",
        "He did the PT faithfully and his sciatica has not let up.",
        "The PT for her back never got her anywhere.",
        "PT of the lumbar spine, ten visits. She is back to square one.",
        "PT for the back, 8 visits. Still cannot sit through a meeting.",
        "He saw no payoff from PT.",
        "Nothing gained from ten weeks of PT.",
        "I would not claim that PT made any difference.",
        "What she got out of PT for the back did not outlast the drive home.",
        "Stubborn low back pain in spite of eight weeks of PT.",
        "Lumbar PT x 12. Outcome: none.",
        "PT and naproxen, then meloxicam. Neither the one nor the other eased it.",
        "Things that have not helped: PT, heat, naproxen.",
        "She has gained little from PT for her back.",
        "His low back pain has outlived three months of PT.",
        "Benefit from the PT for her neck - scant.",
        "PT for the back bought him an evening at most.",
        "PT did not bring about the slightest improvement in the back.",
        "Gave PT for the neck a fair chance; it was not the cure.",
        "PT for the low back has been of marginal use.",
        "Neither the traction nor the PT for the neck has panned out.",
        "Low back: traction (-), PT (-).",
        "Paltry improvement from PT for the back.",
        "PT for the back helped in the winter but no longer does.",
        "Tried and failed - PT, heat, naproxen for the back.",
        "PT for the back left the pain just as it had been.",
        "Tried for the back: traction, PT, heat. Nil benefit from the lot.",
        "Of traction and PT for the back, none made a dent.",
        "PT for the back brought no lasting change.",
    ],
)
def test_what_came_to_nothing_has_failed(text: str) -> None:
    assert any(status in ("past", "current") and response in FAILED for status, response in told(text)), told(text)


@pytest.mark.parametrize(
    "text",
    [
        "She went through nine weeks of PT for her back and came out able to garden.",
        "PT for the back may prove fruitless.",
        "PT for the back was anything but a waste of time.",
        "I cannot say that PT was useless.",
        "PT for her back could not have been more helpful.",
        "She could not be happier with PT for the back.",
        "PT for the back was no end of good.",
        "I had doubted that PT would not be in vain, but it was not a failure.",
        "PT did not fail to loosen the back, which no longer aches.",
        "He stuck with PT for his back all summer, and it got him back to rowing.",
        "The gains from PT for the back were far from fleeting.",
        "Thanks to PT she is all the better for it in her back.",
        "Low back: traction (+), PT (+).",
        "PT for the back did not work at first, but now it does.",
        "PT for the back was ordered; the pain is no better.",
        "PT for the neck started yesterday; pain no different.",
        "PT was to run through March but the clinic burned down; she is no better.",
        "The fax to PT failed.",
        "Attempts at reaching PT were fruitless.",
        "She has not yet begun PT and remains miserable.",
        "Tried: massage, PT, heat. All but the PT left him where he was.",
        "Circle all that did not help: PT N  heat N  massage N",
    ],
)
def test_what_only_sounds_like_failure_is_none(text: str) -> None:
    assert not any(status in ("past", "current") and response in FAILED for status, response in told(text)), told(text)


def test_what_became_of_the_patient_is_told_of_all_that_was_done() -> None:
    text = "He has been going to PT for his back for two months and takes naproxen; the leg pain has not budged."
    assert told(text) == [("current", "none")]
    assert told(text, "nsaid") == [("current", "none")]


def test_a_verdict_below_a_list_holds_for_its_items_but_for_what_it_excepts() -> None:
    text = "Has gone through massage, PT and Mobic. All but the massage left her unchanged."
    assert told(text) == [("past", "none")]
    assert ("past", "none") not in told(text, "massage")


def test_neither_nor_denies_the_help_and_not_the_treatment() -> None:
    assert told("Neither PT nor chiropractic has been able to help her back.") == [("past", "none")]
    assert told("Neither PT nor chiropractic has been started for her back.") == [("not_tried", None)]


@pytest.mark.parametrize(
    "text",
    [
        "Eight weeks of PT for the back. With minimal benefit.",
        "Eight weeks of PT for the back. Did it help? Not really.",
        "We had hoped PT would free her neck, but it never did.",
        "None of her PT visits for the back eased it.",
        "PT for the back, d/c'd for want of progress.",
        "PT for the back, leaving residual low back pain.",
        "PT for the back; the pain came straight back.",
        "Six weeks of therapy for the back and still he cannot lie flat.",
        "PT for the back was called off as every exercise sent the pain up.",
    ],
)
def test_verdicts_of_few_words_and_hopes_in_vain_tell_a_failure(text: str) -> None:
    assert any(status in ("past", "current") and response in FAILED for status, response in told(text)), told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Back pain for a year. Plan: PT for the back for 8 weeks; pain is no better.",
        "He is in his ninth week of PT and the claim has not moved, though the pain is nearly gone.",
        "Eight weeks of PT for the back. He improved.",
    ],
)
def test_a_plan_and_a_good_end_tell_none(text: str) -> None:
    assert not any(status in ("past", "current") and response in FAILED for status, response in told(text)), told(text)
