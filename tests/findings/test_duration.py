"""How long the pain has lasted, and what lasts beside it."""

import pytest

from mednec.findings import duration
from mednec.findings.parse import parse
from mednec.model import Document


def read(text: str) -> list[tuple]:
    return [
        (f.get("days"), f.get("onset"), f.get("region")) for f in duration.find(parse(Document(id="note", text=text)))
    ]


@pytest.mark.parametrize(
    ("text", "days", "onset", "region"),
    [
        ("Low back pain for 8 months.", 240, None, "lumbar"),
        ("Low back pain x 3 yrs.", 1095, None, "lumbar"),
        ("Left lower neck pain 11 mo, no arm pain.", 330, None, "cervical"),
        ("15 weeks of low back pain.", 105, None, "lumbar"),
        ("Presents with a two month history of left knee pain.", 60, None, "knee"),
        ("Knee pain of 6 months duration.", 180, None, "knee"),
        ("Over the past 6 months he has had worsening neck pain.", 180, None, "cervical"),
        ("Pain in the neck that began 3 weeks ago.", 21, None, "cervical"),
        ("Neck pain since 10/27/2025.", None, "2025-10-27", "cervical"),
        ("Right shoulder pain, onset mid September 2025.", None, "2025-09", "shoulder"),
        ("Since 2019 she has had low back pain.", None, "2019", "lumbar"),
        ("Low back pain since Oct 2024 (8 months).", 240, "2024-10", "lumbar"),
        ("She was in an MVA on 3/4/2024 and has had neck pain since.", None, "2024-03-04", "cervical"),
        ("Injured his low back at work on 06/10/2023. Pain radiates to the leg.", None, "2023-06-10", "lumbar"),
        ("Seen for low back pain.\n\nThe onset of her pain was 2 years ago.", 730, None, "lumbar"),
        ("Low back pain for several years.", None, None, "lumbar"),
        ("Low back pain for a number of years.", None, None, "lumbar"),
        ("Over the past week she has had shoulder pain.", 7, None, "shoulder"),
        ("Knee pain began one and a half years ago.", 547.5, None, "knee"),
        ("Neck pain over the last week, no injury.", 7, None, "cervical"),
        ("Neck pain since she was in high school.", None, None, "cervical"),
        ("Pain in her shoulder and back for a year.", 365, None, ["shoulder", "lumbar"]),
        ("Hip pain getting worse over the last 2 years.", 730, None, "hip"),
        ("The heel has been painful for two weeks.", 14, None, "ankle_foot"),
        ("Well until 7/93, then neck pain.", None, "1993-07", "cervical"),
    ],
)
def test_duration_and_onset_of_the_pain_are_read(text, days, onset, region):
    assert read(text) == [(days, onset, region)]


@pytest.mark.parametrize(
    "text",
    [
        "PT for low back pain x 8 weeks.",
        "Had 6 weeks of physical therapy for low back pain.",
        "She has taken gabapentin for neck pain since 2021.",
        "The injection gave him 3 months of pain relief.",
        "He was pain-free for 6 months.",
        "The epidural cut her leg pain in half for three months.",
        "The injection took his back pain from 8 to 2 and this held for ten weeks.",
        "Her back pain stayed away for four months after the ablation.",
        "His back pain was under control for six weeks with the brace.",
        "Denies back pain in the last 6 months.",
        "Follow up in 4 weeks for back pain.",
        "Hypertension for 10 years, low back pain.",
        "65 year old woman with low back pain.",
        "Pain is worse after 20 minutes of standing.",
        "Lumbar fusion in 2015, low back pain.",
        "Low back pain. Had an epidural 3 months ago.",
        "L facet pain, 6 wks post RFA.",
        "Most people have had pain for 3 months or longer.",
        "Pain occurs 3 days a week.",
        "Despite 3 months of conservative treatment, low back pain persists.",
        "Chronic pain management for 5 years.",
        "RFA in 2023 gave relief of back pain for 14 months.",
        "Back pain was gone for 8 months after RFA.",
        "His wife has had back pain for 10 years.",
        "Pain must be present for 3 months before an injection is covered.",
        "Pain diary kept for 2 weeks.",
        "Off work for back pain for 6 weeks.",
        "If pain lasts more than 6 weeks, consider MRI.",
        "Average pain over the past week: 4/10.",
    ],
)
def test_other_lengths_of_time_are_left_out(text):
    assert read(text) == []


def test_a_region_taken_from_the_sentence_before_is_in_the_quote():
    text = "Seen for low back pain. The pain began 2 years ago."
    (finding,) = duration.find(parse(Document(id="note", text=text)))
    assert finding.get("region") == "lumbar"
    assert "low back pain" in finding.quote


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Bilateral leg pain with standing and walking for 5 months (since November 2025).", 150),
        ("Low back pain when sitting or bending for 14 weeks.", 98),
        ("Buttock pain, worse with sitting, for 8 months.", 240),
        ("Right leg pain brought on by walking for six months.", 180),
        ("Leg pain treated with walking for 6 weeks.", None),
        ("Back pain; has used a walker for walking for 5 months.", None),
    ],
)
def test_an_activity_that_brings_the_pain_on_does_not_take_its_length(text, days):
    assert [f.get("days") for f in duration.find(parse(Document(id="note", text=text)))] == ([days] if days else [])
