"""Relief that is told before the name of the treatment is that treatment's; what is only hoped for is none."""

from datetime import date

import pytest

from mednec.findings import find
from mednec.model import Document


def told(text: str) -> list[tuple[str, object, object, object]]:
    findings = find(Document("note.txt", text, dated=date(2026, 4, 7)))
    names = ("relief_percent", "relief_days", "response")
    return [(f.concept, *(f.get(name) for name in names)) for f in findings if f.kind == "therapy"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Reports 80% relief from the medial branch block.", ("medial_branch_block", 80, None, "good")),
        ("She had 60% improvement with physical therapy.", ("physical_therapy", 60, None, "good")),
        ("80% pain relief following the lumbar RFA for 9 months.", ("radiofrequency_ablation", 80, 270, "good")),
        (
            "He got about 50% relief of back pain for 3 months after the epidural steroid injection.",
            ("epidural_steroid_injection", 50, 90, "good"),
        ),
        ("Mr. Doe reports 75% relief of his leg pain with physical therapy.", ("physical_therapy", 75, None, "good")),
        (
            "Her pain stayed away for four months after the lumbar ablation.",
            ("radiofrequency_ablation", None, 120, None),
        ),
        (
            "The last ESI wore off after about 3 and a half months.",
            ("epidural_steroid_injection", None, 105, "partial"),
        ),
        (
            "She got a good 5 months out of the last SI joint injection.",
            ("sacroiliac_joint_injection", None, 150, None),
        ),
        ("Only 30% relief with PT.", ("physical_therapy", 30, None, "partial")),
    ],
)
def test_relief_before_the_treatment_is_read(text, expected):
    assert expected in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "If she has at least 80% relief from the medial branch block, ablation follows.",
        "Goal is 50% improvement with physical therapy.",
        "The policy requires 80% relief after the medial branch block.",
        "Proceed to ablation if >= 80% relief from the medial branch block.",
        "Had 20% improvement of her ODI with physical therapy.",
    ],
)
def test_relief_that_is_hoped_for_or_not_of_pain_is_none(text):
    assert all(percent is None for _, percent, _, _ in told(text))


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("After the TFESI the leg went from 8/10 before the injection to 2/10, about 75% relief.", 75),
        ("Following the SIJ injection NRS fell from 8 prior to the injection to 2, with 75% relief for 4 months.", 75),
        ("Her ESI on 2/3/2026 took the pain from 7/10 before the injection to 3/10, 57% better.", 57),
        ("The epidural gave 80% relief of what she had before the injection.", 80),
    ],
)
def test_a_moment_named_by_the_injection_does_not_cut_off_its_relief(text: str, percent: int) -> None:
    found = told(text)
    assert [relief for _, relief, *_ in found] == [percent]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("After the L4-5 ESI of 1/5 her NRS went from seven to two and stayed there for ten weeks.", 70),
        ("Lumbar RFA 8/2025: NRS 7 before, 2 at one month and still 2 at seven months.", 210),
        ("The ESI took the NRS from 8 down to 3 for nearly 4 months.", 116.4),
    ],
)
def test_a_score_that_stays_low_tells_how_long_the_relief_lasted(text, days):
    assert [found.get("relief_days") for found in find(Document(id="note", text=text)) if found.kind == "therapy"] == [
        days
    ]


@pytest.mark.parametrize("words", ["0 relief", "zero benefit", "no chg"])
def test_terse_words_for_nothing_tell_that_nothing_came_of_it(words):
    assert told(f"PT for the low back x 8 wks - {words}.")[0][-1] == "none"


def test_a_score_of_nothing_before_the_relief_is_no_failure():
    assert told("Lumbar MBB 4/2/2026: NRS 0 - relief 100% for 5 hours.")[0][-1] != "none"


def test_for_how_long_pain_was_eased_is_no_length_of_pain():
    found = find(Document(id="note", text="After the ESI of 1/5/2026 her pain was cut in half for four months."))
    assert [each for each in found if each.kind == "symptom_duration"] == []
