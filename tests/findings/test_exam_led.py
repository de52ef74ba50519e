"""One letter before a list of sacroiliac tests tells the side of all of them."""

import pytest

from mednec.findings import find
from mednec.model import Document

TESTS = ("faber", "gaenslen", "thigh_thrust", "si_compression")


@pytest.mark.parametrize(
    ("line", "side"),
    [
        ("Exam L: FABER +, Gaenslen +, thigh thrust +, compression +. R neg.", "left"),
        ("Exam R FABER +, Gaenslen +, thigh thrust +.", "right"),
        ("O) L: FABER pos, thigh thrust pos, Gaenslen pos, compression pos.", "left"),
        ("PE: SIJ right: FABER positive, thigh thrust positive, Gaenslen positive.", "right"),
    ],
)
def test_the_letter_holds_for_the_list(line: str, side: str) -> None:
    found = find(Document(id="note", text=f"OFFICE VISIT\n{line}", type="office_visit"))
    assert {one.get("side") for one in found if one.concept in TESTS} == {side}


def test_each_test_keeps_its_own_side() -> None:
    line = "Exam L: FABER +; R: Gaenslen +."
    found = find(Document(id="note", text=f"OFFICE VISIT\n{line}", type="office_visit"))
    assert [one.get("side") for one in found if one.concept in TESTS] == ["left", "right"]
