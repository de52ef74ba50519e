"""What a note reads into an image, or finds on examination, and the report or the next examiner denies, is disputed."""

import pytest

from mednec.findings import find

CLAIM = "Consult. Left S1 radiculopathy. My reading of the MRI: left L5-S1 herniation compressing the left S1 root."


def herniation(chart, report, dated="2026-02-01"):
    chart.note(CLAIM, dated="2026-02-10")
    chart.note(f"MRI LUMBAR SPINE\n{report}", dated=dated, type="imaging_report")
    for document in chart.documents:
        chart.findings[document.id].extend(find(document))
    told = [one for one in chart.of("diagnosis") if one.concept == "disc_herniation" and one.value("side") == "left"]
    return {fact.value for one in told for fact in one.facts["status"]}


@pytest.mark.parametrize(
    "report",
    [
        "FINDINGS: No disc herniation at any level. No nerve root compression.",
        "IMPRESSION: Normal study.",
        "FINDINGS: L5-S1: no herniation, no stenosis.",
    ],
)
def test_a_herniation_is_disputed_where_the_report_of_the_image_denies_it(chart, report):
    assert herniation(chart, report) == {"present", "absent"}


@pytest.mark.parametrize(
    "report",
    [
        "FINDINGS: L5-S1: left paracentral herniation compressing the left S1 root. L4-5: no herniation.",
        "FINDINGS: L3-4: no herniation.",
    ],
)
def test_a_report_that_says_the_same_or_speaks_of_another_level_denies_nothing(chart, report):
    assert herniation(chart, report) == {"present"}


def test_two_examiners_who_find_the_opposite_on_one_day_contradict_each_other(chart):
    chart.note("Exam: left FABER positive, left Gaenslen positive.", dated="2026-02-10")
    chart.note("EXAMINATION: Left SI maneuvers are negative.", dated="2026-02-10")
    for document in chart.documents:
        chart.findings[document.id].extend(find(document))
    results = {one.concept: {fact.value for fact in one.facts["result"]} for one in chart.of("exam")}
    assert results["faber"] == results["gaenslen"] == {"positive", "negative"}
