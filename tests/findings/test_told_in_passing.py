"""Lengths, studies and limits told in passing: by a pronoun, in a story, in a list, by what was not seen."""

from __future__ import annotations

from typing import Any

import pytest

from mednec.findings import find
from mednec.model import Document


def told(text: str, kind: str) -> list[dict[str, Any]]:
    return [dict(one.attributes) for one in find(Document("note", text)) if one.kind == kind]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("HPI: He mentions neck pain. She says she has had this for at least 12 years.", [4380]),
        ("HPI: She has low back pain. She has had it for about 3 years.", [1095]),
        ("HPI: Left shoulder pain. Two days ago he was walking on oil. He fell on his left shoulder.", [2]),
        ("HPI: She has numbness of the toes. She has had this for two years.", []),
        ("HPI: Two days ago he was taking ibuprofen for the knee pain. He fell in March.", []),
    ],
)
def test_how_long_pain_has_lasted_is_told_in_passing(text, days):
    assert [one["days"] for one in told(text, "symptom_duration") if "days" in one] == days


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HPI: We did x-rays of her knee that did not show anything remarkable.", ("knee", "normal")),
        ("HPI: X-rays of the shoulder did not reveal anything significant.", ("shoulder", "normal")),
        ("HPI: He had radiographic evidence of arthritis of the knee.", ("knee", "abnormal")),
        ("HPI: Headaches. MRI of the brain showed increased signal in the temporal lobe.", ("head", "abnormal")),
        (
            "RESULTS: MRI scans of the cervical spine, thoracic spine, and lumbosacral spine showed lesions.",
            (["cervical", "thoracic", "lumbar"], "abnormal"),
        ),
    ],
)
def test_a_study_tells_its_regions_and_its_result(text, expected):
    assert [(one["region"], one["result"]) for one in told(text, "imaging")] == [expected]


def test_a_block_of_conduction_is_no_second_study():
    found = told("HPI: EMG of the legs showed nerve conduction block.", "electrodiagnostic")
    assert [one["result"] for one in found] == ["abnormal"]


def test_what_a_review_is_negative_for_limits_nothing():
    text = "MUSCULOSKELETAL: Negative for back pain, joint swelling, arthritis, deformity, problems with ambulation."
    assert told(text, "functional_limitation") == []
