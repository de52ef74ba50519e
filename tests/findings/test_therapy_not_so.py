"""Words that sound as if a treatment had been had or had helped, and say that it was not so."""

from __future__ import annotations

import pytest
from tests.findings.test_therapy_clinic_words import one


@pytest.mark.parametrize(
    "what",
    [
        "a brochure about steroid injections",
        "a referral for a steroid injection",
        "a consent form for the steroid injection",
        "some options including steroid injections",
    ],
)
def test_what_is_given_besides_an_injection_is_none(what: str) -> None:
    assert one(f"PLAN: I gave her {what}.", "injection_unspecified")["status"] != "performed"


@pytest.mark.parametrize(
    "text",
    [
        "I did not give her a steroid injection.",
        "We did talk about steroid injections.",
        "I placed an order for steroid injections.",
        "I recommend a steroid injection, which could have been done today.",
        "A steroid injection was not done today.",
        "A steroid injection would be given today but for the lapsed authorization.",
    ],
)
def test_an_injection_that_was_not_given_was_not_performed(text: str) -> None:
    assert one(f"PLAN: {text}", "injection_unspecified")["status"] != "performed"


@pytest.mark.parametrize(
    "what", ["did not do", "had to cancel", "had hoped to start", "had planned to begin in May", "had no time for"]
)
def test_an_order_that_came_to_nothing_is_no_treatment(what: str) -> None:
    status = one(f"HPI: She was referred to PT, which she {what}.", "physical_therapy")["status"]
    assert status in ("planned", "not_tried")


def test_a_drug_that_is_never_taken_was_not_tried() -> None:
    assert one("HPI: She has been prescribed tramadol but never takes it.", "opioid")["status"] == "not_tried"


def test_what_would_be_of_no_use_was_not_tried_without_relief() -> None:
    assert "response" not in one("HPI: Physical therapy would be of no use.", "physical_therapy")


@pytest.mark.parametrize("what", ["did not cut her pain by half", "has never reduced her pain by half"])
def test_half_that_was_not_reached_is_no_good_effect(what: str) -> None:
    assert one(f"HPI: The radiofrequency ablation {what}.", "radiofrequency_ablation").get("response") != "good"


@pytest.mark.parametrize(
    "after",
    [
        "She returned in March 2026.",
        "The patient came back on 03/10/2026.",
        "Knee pain returned in March 2026.",
        "Benefit was nil until March 2026.",
        "The numbness lasted until March 2026.",
        "Pain stayed at 8 until March 2026.",
    ],
)
def test_what_did_not_last_so_long_has_no_length(after: str) -> None:
    text = f"05/20/2026. Low back pain. Bilateral L4-5, L5-S1 RFA on 06/10/2025. {after}"
    assert "relief_days" not in one(text, "radiofrequency_ablation")


def test_relief_that_came_to_its_end_has_a_length() -> None:
    text = "05/20/2026. Low back pain. Bilateral L4-5, L5-S1 RFA on 06/10/2025, 80% relief. Her back pain returned in "
    assert one(f"{text} March 2026.", "radiofrequency_ablation")["relief_days"] > 183
