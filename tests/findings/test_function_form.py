"""The total of a questionnaire that an instrument heads is the instrument's value."""

from __future__ import annotations

import pytest

from mednec.findings import find
from mednec.model import Document


def told(text: str) -> list[tuple[str, float | None, bool | None, str]]:
    found = [one for one in find(Document("form", text)) if one.kind == "function_score"]
    return [(one.concept, one.get("value"), one.get("percent"), one.quote) for one in found]


@pytest.mark.parametrize(
    ("text", "concept", "value", "percent"),
    [
        ("Oswestry Disability Index. Name: Dora Penn, born 02/03/1950. Date 04/09/2026. Total 46 %.", "odi", 46, True),
        ("Oswestry Disability Index, completed 04/09/2026. Score 23/50 = 46%", "odi", 46, True),
        ("Neck Disability Index (NDI) - 04/09/2026\nScore: 21/50", "ndi", 21, None),
        ("ODI\nPatient: D. P.  04/09/2026\n1. Lifting 3\n2. Walking 2\nTOTAL SCORE: 52%", "odi", 52, True),
    ],
)
def test_the_total_below_the_title_is_the_value(text: str, concept: str, value: float, percent: bool | None) -> None:
    (found,) = told(text)
    assert found[:3] == (concept, value, percent)
    assert found[3] in text


@pytest.mark.parametrize(
    "text",
    [
        "She will fill in the ODI next week. Total 14 visits so far.",
        "ODI\nNDI\nTotal visits: 12",
        "Oswestry Disability Index to be done.\nPHQ-9\nTotal score: 11",
    ],
)
def test_a_total_of_another_thing_is_none(text: str) -> None:
    assert not [one for one in told(text) if one[0] in ("odi", "ndi") and one[1] is not None]
