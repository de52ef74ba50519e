"""Therapy that was given up because doing it hurt too much."""

from __future__ import annotations

from typing import Any

import pytest

from mednec.findings import find
from mednec.model import Document


def reasons(text: str) -> list[Any]:
    found = find(Document("note", text))
    return [one.get("failure_reason") for one in found if one.concept in ("physical_therapy", "home_exercise")]


@pytest.mark.parametrize(
    "text",
    [
        "Lumbar PT was broken off after three visits because the stretches provoked numbness of the foot.",
        "She quit PT for the neck in week two. Each session set off severe arm pain.",
        "Home exercises for the back were given up: they made the leg pain intolerable.",
        "PT for the low back, aborted, as pain spiked after every visit.",
        "Back PT was so painful that he had to stop.",
    ],
)
def test_therapy_that_ended_as_doing_it_hurt_too_much_could_not_be_done(text: str) -> None:
    assert "unable_to_participate" in reasons(text)


@pytest.mark.parametrize(
    "text",
    [
        "PT was stopped after 8 visits; the exercises caused no pain.",
        "PT was stopped when a fall brought on severe leg pain.",
        "Lumbar PT for 6 weeks. She could not tolerate naproxen: it brought on stomach pain.",
        "She was discharged from PT with goals met. Lifting causes back pain.",
        "PT goes on; each session brings on more pain for an hour.",
        "He stopped PT after 8 visits, never in more pain from it.",
    ],
)
def test_therapy_that_ended_for_another_reason_or_goes_on_was_endured(text: str) -> None:
    assert "unable_to_participate" not in reasons(text)
