"""Effects told in composed words, and what only looks like them."""

from __future__ import annotations

import pytest

from mednec.findings.therapy.effect import effects


def told(text: str) -> list[str]:
    return [answer for _, _, answer in effects(text, 0, len(text))]


@pytest.mark.parametrize(
    "text",
    [
        "but nothing really seemed to help",
        "it has not given her much in the way of relief",
        "neither of which made any real difference",
        "without any appreciable benefit",
        "to no avail",
        "did not work.",
        "has failed to provide lasting or meaningful control of anything, no relief",
    ],
)
def test_a_denied_effect_is_none(text: str) -> None:
    assert "none" in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "eased it only slightly",
        "seems to help a little",
        "some degree of relief",
        "without lasting relief",
        "helps for a few hours",
    ],
)
def test_a_small_or_brief_effect_is_partial(text: str) -> None:
    assert told(text) == ["partial"]


@pytest.mark.parametrize(
    "text", ["helped him quite a bit", "very effective", "relieved the pain completely", "excellent and durable relief"]
)
def test_a_great_effect_is_good(text: str) -> None:
    assert told(text) == ["good"]


@pytest.mark.parametrize(
    "text",
    [
        "if this does not help",
        "should provide significant relief",
        "he is not working",
        "the risks and benefits were explained",
        "no difference in leg length",
        "hopefully it will help a little",
        "relieved somewhat by lying down, better with rest",
    ],
)
def test_hopes_and_other_matters_tell_no_effect(text: str) -> None:
    assert [answer for answer in told(text) if answer != "partial"] == []
