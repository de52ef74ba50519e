"""Words that touch on a limit and that nobody read are kept as hints; what is denied, bygone or read is none."""

import datetime

import pytest

from mednec.findings import find
from mednec.model import Document

WRITTEN = datetime.date(2026, 5, 4)


def hinted(text: str, concept: str, type: str = "office_visit") -> list[str]:
    found = find(Document(id="note", text=text, type=type, dated=WRITTEN))
    return [one.mention for one in found if one.kind == "hint" and one.concept == concept]


@pytest.mark.parametrize(
    "text",
    [
        "Left L5-S1 TFESI on 6/9. He will doze on two of midaz.",
        "Left L5-S1 TFESI on 6/9 with nitrous for the needle part.",
        "Left L5-S1 TFESI on 6/9, RASS kept at -3.",
    ],
)
def test_words_of_sedation_that_nobody_reads_are_a_hint(text: str) -> None:
    assert hinted(text, "sedation")


@pytest.mark.parametrize(
    "text",
    [
        "Left L5-S1 TFESI on 6/9. Nothing in the vein is wanted.",
        "Left L5-S1 TFESI on 6/9. Takes lorazepam at night.",
        "Left L5-S1 TFESI on 6/9. Propofol for his colonoscopy went well.",
        "Left L5-S1 TFESI on 6/9 under moderate sedation.",
        "The leg falls asleep. Left L5-S1 TFESI on 6/9.",
        "ALLERGIES: midazolam. PLAN: left L5-S1 TFESI on 6/9.",
        "Gabapentin made her drowsy. Knee brace given.",
    ],
)
def test_denied_bygone_or_understood_sedation_is_no_hint(text: str) -> None:
    assert not hinted(text, "sedation")


@pytest.mark.parametrize(
    ("text", "is_hint"),
    [
        ("Left L5-S1 TFESI on 6/9, the first of a trio.", True),
        ("Left L5-S1 TFESI on 6/9. Boosters in two and four weeks.", True),
        ("Left L5-S1 TFESI on 6/9. Another only if this one helps for three months.", False),
        ("Left L5-S1 TFESI on 6/9. PT twice a week, visits weekly.", False),
        ("Left L5-S1 TFESI on 6/9. She received a series of three in 2019.", False),
    ],
)
def test_a_row_of_injections_is_hinted_at_only_where_more_are_to_come(text: str, is_hint: bool) -> None:
    assert bool(hinted(text, "row_of_injections")) is is_hint


@pytest.mark.parametrize(
    ("text", "is_hint"),
    [
        ("Plan: left L5-S1 TFESI. Left SI joint gets 1 mL.", True),
        ("Plan: left L5-S1 TFESI. Trochanteric bursa injection, right.", True),
        ("Plan: left L5-S1 TFESI. The SI joint is tender.", False),
        ("Plan: left L5-S1 TFESI. Hip injection is planned for July.", False),
        ("Plan: left L5-S1 TFESI. If it fails, SI joint injection.", False),
    ],
)
def test_a_second_place_is_a_hint_where_no_word_puts_it_apart(text: str, is_hint: bool) -> None:
    assert bool(hinted(text, "second_target")) is is_hint


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("This will be the fifth since last summer. Plan: left L5-S1 TFESI.", 5),
        ("Four already since September. Plan: left L5-S1 TFESI.", 5),
        ("She gets one every two months. Plan: left L5-S1 TFESI.", None),
    ],
)
def test_a_hint_at_sessions_tells_how_many_they_come_to_with_the_requested_one(text: str, number: int | None) -> None:
    found = find(Document(id="note", text=text, type="office_visit", dated=WRITTEN))
    (hint,) = [one for one in found if one.concept == "number_of_sessions"]
    assert hint.get("number") == number


def test_sessions_that_are_told_day_by_day_are_no_hint() -> None:
    text = "Left L5-S1 TFESI on 06/16/2025, 09/16/2025, 12/16/2025 and 03/17/2026."
    assert not hinted(text, "number_of_sessions")


@pytest.mark.parametrize(
    ("text", "concept", "is_hint"),
    [
        ("Every joint and muscle aches.", "widespread", True),
        ("Her sister runs a fibromyalgia group.", "widespread", False),
        ("Loop recorder under the skin.", "device", True),
        ("Stimulator trial was considered and dropped.", "device", False),
        ("Twelve beers a night.", "substance", True),
        ("Sober for nine years, once an alcoholic.", "substance", False),
        ("Cellulitis of the shin.", "infection", True),
        ("Risks of bleeding and infection were reviewed.", "infection", False),
        ("Cannot pass urine since yesterday.", "red_flag", True),
        ("No saddle numbness.", "red_flag", False),
        ("Fever or infection now? [ ] Yes [X] No", "infection", False),
        ("Return precautions: weakness, retention, fever.", "infection", False),
    ],
)
def test_a_condition_is_hinted_at_unless_it_is_denied_past_or_of_others(text: str, concept: str, is_hint: bool) -> None:
    assert bool(hinted(text, concept)) is is_hint


def test_an_imaging_report_hints_at_nothing() -> None:
    assert not hinted("MRI LUMBAR SPINE under sedation with midazolam.", "sedation", type="imaging_report")
