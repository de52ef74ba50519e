"""What stands beside a treatment and is not of it: other drugs, the content of therapy, the weeks of visits."""

from datetime import date

import pytest

from mednec.findings import find
from mednec.model import Document


def told(text: str, concept: str) -> dict[str, object]:
    """What is told of the first treatment of that kind."""
    found = find(Document("note", text, dated=date(2026, 5, 6)))
    return dict(next(one for one in found if one.kind == "therapy" and one.concept == concept).attributes)


@pytest.mark.parametrize(
    "text",
    [
        "STOP naproxen, PPI x 8 wks.",
        "Stop meloxicam, start omeprazole x 6 weeks.",
        "Naproxen stopped; pantoprazole for 2 months.",
        "Ibuprofen held. Famotidine x 4 weeks.",
        "Discontinue diclofenac, sucralfate for 30 days.",
        "No more naproxen, Prilosec x 8 weeks.",
    ],
)
def test_the_course_of_a_stomach_drug_is_not_that_of_the_anti_inflammatory(text):
    assert "duration_days" not in told(text, "nsaid")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Naproxen x 6 weeks, no relief; omeprazole x 8 weeks.", 42),
        ("Ibuprofen 600 TID for 4 weeks with famotidine, no relief.", 28),
    ],
)
def test_the_anti_inflammatory_keeps_its_own_weeks(text, days):
    assert told(text, "nsaid")["duration_days"] == days


@pytest.mark.parametrize(
    "text",
    [
        "Physical therapy completed 13 visits over 7 weeks with active exercise, failed.",
        "PT 13 visits over 7 weeks with home exercise, no relief.",
        "Physical therapy 13 sessions in 7 weeks plus home exercises did not help.",
    ],
)
def test_the_weeks_of_visits_stay_with_the_visits(text):
    assert told(text, "physical_therapy")["duration_days"] == 49
    program = [one for one in find(Document("note", text)) if one.concept == "home_exercise"]
    assert all("duration_days" not in one.attributes for one in program)


@pytest.mark.parametrize(
    ("text", "percent", "days"),
    [
        ("She had RFA with 60% x 6 months.", 60, 180),
        ("Right L4-5 RFA was done 12/09/2025. She says 60% relief for 6 months.", 60, 180),
        ("Lumbar RFA gave 70% for 9 months.", 70, 270),
    ],
)
def test_relief_of_an_ablation_in_few_words(text, percent, days):
    ablation = told(text, "radiofrequency_ablation")
    assert (ablation["relief_percent"], ablation["relief_days"]) == (percent, days)


def test_weeks_of_relief_before_the_name_of_the_injection():
    tpi = told("Did well: 12 weeks of >=70% relief after the trigger point injection.", "trigger_point_injection")
    assert (tpi["relief_percent"], tpi["relief_days"]) == (70, 84)
