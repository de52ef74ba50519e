"""A treatment of an episode that is told to be over is of that episode; one of the present pain beside it is not."""

from datetime import date

import pytest

from mednec.findings import find
from mednec.model import Document

NOTE = "HPI: low back pain since January 2026. {} Exam deferred."


def told(words: str) -> list[tuple[str, bool]]:
    found = find(Document("note.txt", NOTE.format(words), dated=date(2026, 5, 21)))
    return [(str(one.get("status")), bool(one.get("started"))) for one in found if one.concept == "physical_therapy"]


@pytest.mark.parametrize(
    "words",
    [
        "Back in the 1990s PT failed for a different back problem that has since healed.",
        "PT was no help when he strained his back in 2010; that pain passed.",
        "A childhood backache was treated with PT to no avail and was outgrown.",
        "An earlier spell (2018, since resolved) did not respond to PT.",
        "PT failed for a lumbar strain in 2016. He was pain-free from 2017 until this January.",
        "With her second pregnancy she had PT for a former backache without benefit, and it vanished after birth.",
    ],
)
def test_what_was_done_for_an_episode_that_is_over_is_of_that_episode(words: str) -> None:
    assert {status for status, _ in told(words)} == {"other"}


@pytest.mark.parametrize(
    "words",
    [
        "His old knee injury has healed. PT for the back has failed.",
        "PT has failed this spring; a previous strain had settled quickly.",
        "After an earlier episode that cleared the pain returned, and PT has failed.",
    ],
)
def test_what_was_done_for_the_present_pain_stays_so_beside_an_old_episode(words: str) -> None:
    assert ("past", False) in told(words)
