"""Denials of a denial, and denials in front of a statement: what is meant is read, what is written is quoted."""

from __future__ import annotations

from datetime import date

import pytest

from mednec.findings import find
from mednec.findings.spelling.denials import denials
from mednec.model import Document


def responses(text: str) -> list[tuple[object, object]]:
    found = find(Document("note", text, dated=date(2026, 5, 20)))
    return [(one.get("status"), one.get("response")) for one in found if one.concept == "physical_therapy"]


@pytest.mark.parametrize(
    "text",
    [
        "Nobody can claim that PT for the back has worked.",
        "It would be a stretch to say PT helped his back.",
        "There is no mistaking that PT for the back failed.",
        "PT for the back has yet to bring any relief.",
        "At no time did PT ease the back pain.",
    ],
)
def test_a_help_that_is_denied_is_none(text: str) -> None:
    assert [response for _, response in responses(text)] == ["none"], responses(text)


@pytest.mark.parametrize(
    "text",
    [
        "It would be a stretch to say PT failed; the back is fine.",
        "It was not the case that PT gave her no benefit.",
        "PT for the back was anything but futile.",
        "It wasn't that PT did not ease it.",
        "Nobody could report that PT was in vain.",
    ],
)
def test_a_failure_that_is_denied_is_good(text: str) -> None:
    assert [response for _, response in responses(text)] == ["good"], responses(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("She does not dispute that the leg hurts.", "She reports the leg hurts."),
        ("He no longer has any leg pain.", "He denies leg pain."),
        ("There is no doubt of a radiculopathy.", "There is a radiculopathy."),
        ("Not only PT but also traction failed.", "PT and traction failed."),
    ],
)
def test_what_is_meant_is_read(text: str, meant: str) -> None:
    [change] = denials(text)
    assert text[: change.start] + change.meant + text[change.end :] == meant


@pytest.mark.parametrize(
    "text",
    [
        "Not without difficulty.",
        "PT was not denied.",
        "She never had PT.",
        "No question of surgery.",
        "She denies pain.",
    ],
)
def test_a_plain_denial_stays(text: str) -> None:
    assert list(denials(text)) == []


def test_the_quote_is_as_it_stands() -> None:
    text = "There is no denying that PT for the back failed."
    [found] = [
        one for one in find(Document("note", text, dated=date(2026, 5, 20))) if one.concept == "physical_therapy"
    ]
    assert found.quote == text
    assert found.mention == "PT"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("None of his tests was positive: FABER and Gaenslen.", "FABER and Gaenslen all negative."),
        ("Looked for a taut band. None was felt.", "No a taut band."),
        ("Nothing else is injected other than the left hip.", "The left hip is injected."),
    ],
)
def test_a_verdict_on_a_list_is_read_of_its_items(text: str, meant: str) -> None:
    [change] = denials(text)
    assert text[: change.start] + change.meant + text[change.end :] == meant
