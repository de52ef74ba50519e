"""The time since a procedure is no relief; an injection of a day is told by what it did; pain that keeps off a limb."""

from datetime import date

import pytest

from mednec.findings import find
from mednec.model import Document, Finding


def named(text: str, concept: str, kind: str = "office_visit") -> list[Finding]:
    found = find(Document("note.txt", text, type=kind, dated=date(2026, 8, 25)))
    return [one for one in found if one.concept == concept]


@pytest.mark.parametrize(
    "told",
    [
        "Prior RFA gave 70% relief; she may have it again now that more than six months have gone by.",
        "RFA on 10/12/2025. Good relief, interval of ten months since.",
        "RFA on 10/12/2025 with good relief; eligible after six months.",
        "RFA on 10/12/2025: 80% relief, and the six month mark has passed.",
    ],
)
def test_the_time_that_has_gone_by_is_no_relief(told):
    assert {one.get("relief_days") for one in named(f"HPI: Low back pain. {told}", "radiofrequency_ablation")} == {None}


@pytest.mark.parametrize(
    ("told", "days"),
    [
        ("RFA gave 70% relief for nine months.", 270),
        ("Low back pain returned around April 10, four months after RFA.", 120),
        ("Low back pain crept back nine months after the last RFA.", 270),
    ],
)
def test_the_time_until_the_pain_came_back_is_relief(told, days):
    assert named(f"HPI: {told}", "radiofrequency_ablation")[0].get("relief_days") == days


@pytest.mark.parametrize(
    "told", ["She returned four months after RFA.", "Pain has not returned four months after RFA."]
)
def test_a_return_to_the_clinic_ends_no_relief(told):
    assert named(f"HPI: {told}", "radiofrequency_ablation")[0].get("relief_days") is None


@pytest.mark.parametrize(
    "told",
    [
        "Excellent response to the injection of 5/26. It wore off by mid July.",
        "After the injection on 5/26 she had relief until mid July.",
    ],
)
def test_an_injection_of_a_day_is_told_by_what_it_did(told):
    found = named(f"HPI: Left leg pain. {told}", "injection_unspecified")
    assert [(one.get("started"), one.get("relief_days")) for one in found] == [("2026-05-26", 45)]


def test_what_came_after_an_injection_of_no_day_names_none():
    assert not named("HPI: Left leg pain. After the injection she went home.", "injection_unspecified")


@pytest.mark.parametrize(
    "title",
    [
        "Bilateral L3, L4 medial branch and L5 dorsal ramus radiofrequency ablation (L4-5, L5-S1).",
        "64635/64636 right: RFA of L3, L4 and L5 DR.",
    ],
)
def test_a_title_may_name_rami_and_codes(title):
    text = f"MESA PAIN   PROCEDURE NOTE 08/25/2026\n{title}\nFluoroscopy. No sedation.\n"
    assert [one.get("status") for one in named(text, "radiofrequency_ablation", "procedure_note")] == ["performed"]


@pytest.mark.parametrize("told", ["Purely axial.", "Nonradiating."])
def test_a_short_sentence_goes_on_about_the_pain_before_it(told):
    assert named(f"HPI: Low back pain for nine months. {told}", "axial_pain")[0].get("status") == "present"


@pytest.mark.parametrize("told", ["Purely axial.", "Axial images."])
def test_a_short_sentence_without_pain_before_it_tells_none(told):
    assert not named(f"HPI: Fatigue for nine months. {told}", "axial_pain")


@pytest.mark.parametrize(
    "who", ["a retired teacher", "a 69-year-old retired postal clerk", "a clerk", "a 71-year-old bus driver"]
)
def test_what_the_patient_worked_as_makes_nobody_else_of_her(who):
    assert named(f"HPI: She is {who} who has had low back pain for two years.", "pain_duration")


@pytest.mark.parametrize("who", ["Her retired brother", "Her 69-year-old sister", "Her old teacher"])
def test_what_another_worked_as_leaves_him_another(who):
    assert not named(f"HPI: Fatigue. {who} has had low back pain for two years.", "pain_duration")
