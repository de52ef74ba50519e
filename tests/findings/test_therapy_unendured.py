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
        "Cannot tolerate neck PT: arm spasms at every attempt, ended by the therapist.",
        "Two visits of neck therapy, given up, each set off days of arm pain.",
        "Physiotherapy of the neck cannot be done: any movement brings on severe arm pain.",
        "Lumbar PT ended after the second visit as she passed out while doing the exercises.",
        "Neck therapy: not tolerated (pain 9/10 with every movement).",
        "He tried back PT but the stretches hurt too much and he was discharged.",
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
        "PT ended on 4/2/2026 with good relief. She fainted in church.",
        "She cannot tolerate sitting. Lumbar PT is ordered.",
    ],
)
def test_therapy_that_ended_for_another_reason_or_goes_on_was_endured(text: str) -> None:
    assert "unable_to_participate" not in reasons(text)
