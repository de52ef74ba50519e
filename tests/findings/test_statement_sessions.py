"""What is said of one session in plain words: a second place that is injected, and several injections in a row."""

import datetime

import pytest

from mednec.findings import find, statement
from mednec.findings.parse import parse
from mednec.model import Document

WRITTEN = datetime.date(2026, 5, 4)


def affirmed(text: str, concept: str) -> bool:
    found = statement.find(parse(Document(id="note", text=text, type="office_visit", dated=WRITTEN)))
    return any(one.concept == concept and one.get("status") == "affirmed" for one in found)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Left L5-S1 TFESI. I then turned to the left SI joint and injected it.", True),
        ("Left L5-S1 TFESI on 6/2 and facet block on 6/2.", True),
        ("Left L5-S1 TFESI on 6/2 and facet block on 7/9.", False),
        ("MBB on 6/2. The knee gets its shot during that visit.", True),
        ("Procedures performed:\n1. Left L5-S1 TFESI.\nSI joint signs negative.", False),
        ("MBB on 6/2. The knee gets its shot at another visit.", False),
        ("Left SI joint injection. The piriformis was injected too.", True),
        ("Left SI joint injection. The piriformis is tight and was stretched.", False),
        ("Left SI joint injection. The facets were injected twice last year.", False),
        ("MBB on 6/2. We called off the SI joint injection of the same day.", False),
        ("TFESI or SI joint injection, one of the two, on 6/2.", False),
    ],
)
def test_a_second_place_counts_where_it_is_injected_in_the_same_session(text: str, told: bool) -> None:
    assert affirmed(text, "other_block_same_session") is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Left TFESI on 6/2, two more booked whatever comes of it.", True),
        ("Left TFESI. Quantity 4, every 10 days.", True),
        ("Left TFESI. She hopes for a course of three, but I never give one.", False),
        ("Left TFESI. A course of three is no longer done here.", False),
        ("Left TFESI. PT: three sessions scheduled weekly.", False),
        ("Left TFESI. Elsewhere she had three injections two weeks apart.", False),
        ("SI joint injection, first of three.", True),
        ("SI joint injection with a 3-1/2 inch needle.", False),
    ],
)
def test_injections_in_a_row_count_where_they_are_ordered(text: str, told: bool) -> None:
    assert affirmed(text, "series_planned") is told


def statuses(text: str, kind: str, concept: str) -> list[object]:
    found = find(Document(id="note", text=text, type="office_visit", dated=WRITTEN))
    return [one.get("status") for one in found if (one.kind, one.concept) == (kind, concept)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("RFA on 6/2. Pacemaker: cardiology will reprogram it beforehand.", ["planned"]),
        ("RFA on 6/2. Pacemaker. A magnet was used for his hernia.", []),
        ("RFA on 6/2. Pacemaker; nobody has asked cardiology.", ["negated"]),
        ("RFA on 6/2. Pacemaker, seen at the device clinic every six months.", []),
    ],
)
def test_a_plan_for_a_device_is_one_for_this_procedure(text: str, told: list[object]) -> None:
    assert statuses(text, "statement", "device_plan") == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("L1 fracture. Bone density requisition faxed.", ["planned"]),
        ("L1 fracture. Bone density referral was proposed, and she would rather not.", []),
        ("L1 fracture. A bone density scan was normal in 2021.", []),
    ],
)
def test_a_bone_study_that_is_put_off_is_no_referral(text: str, told: list[object]) -> None:
    assert statuses(text, "statement", "bmd_referral") == told


@pytest.mark.parametrize(
    ("text", "concept", "told"),
    [
        ("The psychologist interviewed him and favors the implant.", "psychological_evaluation", ["past"]),
        ("The psychologist will interview him after the implant.", "psychological_evaluation", ["planned"]),
        ("Psych eval: passed 04/02/2026", "psychological_evaluation", ["past"]),
        ("Physiatry examined him and supports the implant.", "physical_evaluation", ["past"]),
        ("Physical evaluation (PM&R): not done", "physical_evaluation", ["not_tried"]),
    ],
)
def test_who_has_judged_a_candidate(text: str, concept: str, told: list[object]) -> None:
    assert statuses(text, "evaluation", concept) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Alcoholic, eleven years sober.", ["history"]),
        ("Alcoholic, sober until a relapse in March.", ["present"]),
        ("Opioid use disorder, not in remission.", ["present"]),
        ("Used to be a heavy drinker, quit in 2001.", ["history"]),
        ("Drinking heavily again.", ["present"]),
    ],
)
def test_an_addiction_that_is_overcome_is_history(text: str, told: list[object]) -> None:
    assert statuses(text, "diagnosis", "substance_use_disorder") == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("05/04/2026 Left L5-S1 TFESI, June 2.", "planned"),
        ("05/04/2026 Left L5-S1 TFESI of 6/2 helped for a month.", "past"),
        ("05/04/2026 Left L5-S1 TFESI planned for 6/2.", "planned"),
        ("05/04/2026 Left L5-S1 TFESI, pain 8/10 before and 2/10 after.", "past"),
    ],
)
def test_an_injection_on_a_day_soon_to_come_is_planned(text: str, told: str) -> None:
    assert statuses(text, "therapy", "epidural_steroid_injection") == [told]


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("05/04/2026 MBB L3-5 on both sides.", ("L3", "L4", "L5")),
        ("05/04/2026 Block of the L3 and L4 medial branches and the L5 dorsal ramus.", ("L3", "L4", "L5")),
        ("05/04/2026 MBB of the L3-4 and L4-5 facets.", ("L3-4", "L4-5")),
    ],
)
def test_nerves_that_are_named_as_a_run_are_nerves(text: str, levels: tuple[str, ...]) -> None:
    found = find(Document(id="note", text=text, type="office_visit", dated=WRITTEN))
    told = [one.get("levels") for one in found if one.kind == "therapy" and one.concept == "medial_branch_block"]
    assert levels in [tuple(one) for one in told if one]


def test_months_in_a_row_are_no_days_to_come() -> None:
    text = "Lumbar epidurals 06/25, 09/25 and 02/26. Seen 05/04/2026."
    assert "planned" not in statuses(text, "therapy", "epidural_steroid_injection")
