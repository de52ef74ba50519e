"""What is told of implants: where a lead lies is not where it hurts, an evaluation for one is no trial of it."""

from datetime import date

import pytest

from mednec.findings import find
from mednec.model import Document, Finding


def _of(text: str, concept: str, kind: str = "office_visit") -> list[Finding]:
    note = Document(id="note", text=text, type=kind, dated=date(2026, 6, 2))
    return [one for one in find(note) if one.kind == "therapy" and one.concept == concept]


@pytest.mark.parametrize(
    ("words", "region"),
    [
        ("PLAN: Percutaneous SCS trial, two leads, tips at T9, for the legs.", None),
        ("PLAN: Spinal cord stimulator trial, T8-9.", None),
        ("PLAN: Cervical SCS trial, C3-4.", "cervical"),
    ],
)
def test_where_a_lead_lies_is_not_where_it_hurts(words: str, region: str | None) -> None:
    assert [one.get("region") for one in _of(words, "spinal_cord_stimulator")] == [region]


@pytest.mark.parametrize(
    "text",
    [
        "Psychological evaluation for implantable neurostimulator    Date of service: 02/11/2026\nPHQ-9 (8). Cleared.",
        "Behavioral health screening - SCS trial    01/12/2026\nPHQ-9 6, no barrier.",
    ],
)
def test_who_is_evaluated_for_a_device_does_not_have_it(text: str) -> None:
    assert [one.get("status") for one in _of(text, "spinal_cord_stimulator", "psychological_evaluation")] == ["planned"]


def test_a_psychologist_may_tell_of_an_earlier_trial() -> None:
    text = "Psychological evaluation 02/11/2026. He had a stimulator trial in 2023 with 20% relief."
    assert [one.get("status") for one in _of(text, "spinal_cord_stimulator", "psychological_evaluation")] == ["past"]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("A: SI joint pain for a year. P: SI joint injection under fluoroscopy, left.", "planned"),
        ("S: buttock pain. O: FABER positive. A: SI joint pain; P: SI joint injection, left.", "planned"),
        ("O: BP 120/70. P: 72. SI joint injection on the left in March.", "past"),
    ],
)
def test_the_plan_of_a_note_in_one_line_is_a_plan(text: str, status: str) -> None:
    assert [one.get("status") for one in _of(text, "sacroiliac_joint_injection")] == [status]


def _percents(words: str) -> list[float | None]:
    text = f"OFFICE VISIT 6/2/2026\nHPI: Leg pain. Spinal cord stimulator trial on 5/12/26. {words}"
    return [one.get("relief_percent") for one in _of(text, "spinal_cord_stimulator")][:1]


@pytest.mark.parametrize(
    "words",
    [
        "We count anything over 60% relief as a pass.",
        "The threshold for an implant is 60% relief.",
        "Success was defined as 60% relief.",
        "She hopes for 60% relief.",
        "She had 60% relief with pregabalin before that.",
        "His foot is 60% better with aquatic therapy.",
        "The color of the foot is 60% better.",
        "Paresthesia coverage of 60%.",
    ],
)
def test_a_percent_of_something_else_is_no_relief_of_the_trial(words: str) -> None:
    assert _percents(words) == [None]


@pytest.mark.parametrize("words", ["On day 5 she reported 60% relief.", "60% relief with the device."])
def test_a_percent_of_the_trial_is_its_relief(words: str) -> None:
    assert _percents(words) == [60]


@pytest.mark.parametrize(
    ("words", "sides"),
    [
        ("Leg pain 2/10 during the trial compared with 8/10 at baseline.", [(2, "after"), (8, "before")]),
        ("Pain 8/10 before lead placement; 2/10 at the lead pull visit.", [(8, "before"), (2, "after")]),
        ("Diary average 2/10, pre-trial 8/10.", [(2, "after"), (8, "before")]),
    ],
)
def test_the_week_with_the_leads_is_set_against_the_time_before(words: str, sides: list[tuple[int, str]]) -> None:
    text = f"HPI: Leg pain. Spinal cord stimulator trial 05/12/2026 to 05/19/2026. {words}"
    found = find(Document(id="note", text=text, type="office_visit", dated=date(2026, 6, 2)))
    assert [(one.get("low"), one.get("when")) for one in found if one.kind == "pain_score"] == sides


@pytest.mark.parametrize("words", ["Intrathecal ziconotide trial", "Intrathecal catheter trial"])
def test_a_trial_of_a_drug_by_the_spinal_route_is_one_of_a_pump(words: str) -> None:
    found = _of(f"HPI: Leg pain. {words} on 5/12/26 with 70% relief.", "intrathecal_pump")
    assert [(one.get("status"), one.get("relief_percent")) for one in found] == [("past", 70)]


@pytest.mark.parametrize("words", ["planned for July", "set for 7/1/26"])
def test_what_is_planned_for_a_month_was_not_done(words: str) -> None:
    found = _of(f"HPI: Leg pain. L5-S1 ESI {words}, hoping for 70% relief.", "epidural_steroid_injection")
    assert [(one.get("status"), one.get("relief_percent")) for one in found] == [("planned", None)]


@pytest.mark.parametrize(
    ("words", "concept"),
    [
        ("Bad back, 2 years, seeing a chiropractor.", "chiropractic"),
        ("Back still the same, 2+ yrs, doing therapy since last month.", "physical_therapy"),
        ("Low back pain, 14 months, on naproxen since June.", "nsaid"),
        ("Back the same, two years now, taking naproxen.", "nsaid"),
    ],
)
def test_the_years_of_a_complaint_are_not_those_of_what_is_done_for_it(words: str, concept: str) -> None:
    assert [one.get("duration_days") for one in _of(f"HPI: {words}", concept)] == [None]


@pytest.mark.parametrize(
    ("words", "concept", "response"),
    [
        ("Gabapentin 300 TID since 1/20/2026: takes a point off at most.", "gabapentinoid", "partial"),
        ("Duloxetine 30 mg since 1/20/2026: takes the edge off.", "antidepressant_for_pain", "partial"),
    ],
)
def test_care_of_a_painful_limb_is_read_with_what_it_did(words: str, concept: str, response: str) -> None:
    assert response in [one.get("response") for one in _of(f"HPI: Foot pain. {words}", concept)]


def test_a_score_that_fell_for_some_days_is_no_duration_of_the_pain() -> None:
    text = "HPI: Foot pain. Sympathetic block 8/19/2025, pain 8 to 5 for three days."
    found = find(Document(id="note", text=text, type="office_visit", dated=date(2026, 6, 2)))
    assert not [one for one in found if one.kind == "symptom_duration"]


def test_what_could_not_go_on_was_begun() -> None:
    found = _of("HPI: T12 fracture. Brace since 2/9, home PT 4 visits, could not progress.", "home_exercise")
    assert [one.get("status") for one in found] == ["past"]
