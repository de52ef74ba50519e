"""How long the pain has lasted where the sentences around tell the region, the day or the time it goes back to."""

import pytest

from mednec.findings import duration
from mednec.findings.parse import parse
from mednec.model import Document


def read(text: str) -> list[tuple]:
    found = duration.find(parse(Document(id="note", text=text, type="office_visit")))
    return [(f.get("days") or f.get("onset"), f.get("region")) for f in found]


def test_since_then_goes_back_to_the_length_told_before():
    text = "She broke her left ankle 12 years ago. It was casted. She has had ankle pain since then."
    assert (12 * 365, "ankle_foot") in read(text)


@pytest.mark.parametrize("when", ["last night", "the day before", "the night prior"])
def test_last_night_is_a_day(when):
    assert read(f"Left knee pain. He twisted his knee {when}.") == [(1, "knee")]


def test_it_has_been_going_on_speaks_of_the_pain_told_before():
    assert read("Her low back aches. This has been going on for 5 days.") == [(5, "lumbar")]


def test_the_joint_that_was_injured_is_where_it_hurts():
    assert read("He had pain. He was working as a roofer on March 3, 2019, when he injured his right shoulder.") == [
        ("2019-03-03", "shoulder")
    ]


def test_what_hurts_since_an_injury_may_be_told_behind_it():
    text = (
        "Plan: lumbar injection for her back pain.\n\nHer injury of 05/01/2011 was a fall. She had onset of neck pain."
    )
    assert read(text) == [("2011-05-01", "cervical")]


def test_a_list_under_a_length_of_time_names_where_it_hurts():
    text = "She has had the following symptoms for 3 years:\n\nUpper back pain: yes.\nNeck pain: yes.\nRash: no."
    assert read(text)[0][0] == 3 * 365
    assert set(read(text)[0][1]) == {"thoracic", "cervical"}


def test_an_opinion_on_an_injury_is_no_duration():
    assert read("Neck pain. I see no apportionment for the injury of 05/01/2011.") == []
    assert read("PREVIOUS INJURIES: He broke an ankle six years ago and had pain.") == []


def test_the_date_of_a_record_is_no_onset():
    assert read("December 5, 2001: Intake form. He was rear-ended and had back pain.") == []


def test_a_pop_felt_yesterday_began_the_pain():
    assert read("Left elbow pain. He was moving a couch yesterday and felt a pop in his elbow.") == [(1, "elbow")]


def test_what_has_changed_of_late_is_no_duration():
    assert read("Back pain. At first it came and went, over the last 48 hours it was there without a break.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She has had headaches since age 15.", [(None, "head")]),
        ("He was quite well until four days ago, when he developed neck pain.", [(4, "cervical")]),
        ("About one month ago, while shoveling snow, he felt a sharp pain in the low back.", [(30, "lumbar")]),
        ("She is seen for right foot pain. This has been bothering her for 2 months.", [(60, "ankle_foot")]),
        ("He hurt his back 2 days ago at work.", [(2, "lumbar")]),
        ("The onset was 8 months ago. He has pain in both knees.", [(240, "knee")]),
    ],
)
def test_a_pain_that_began_is_told_in_many_ways(text, expected):
    assert read(text) == expected


def test_a_date_that_heads_an_entry_of_records_is_no_onset():
    text = "Back pain.\nFILES REVIEW:\n12/13/2020: A form was filled in. He was hit by a van and had back pain."
    assert ("2020-12-13", "lumbar") not in read(text)


def test_a_pain_that_was_denied_is_not_the_one_that_an_injury_caused():
    text = (
        "He denies any headache. He relates an injury on 06/29/2014, when he fell. He had instant onset of neck pain."
    )
    assert read(text) == [("2014-06-29", "cervical")]


def test_a_bout_that_was_over_is_no_length_of_the_pain():
    assert read("She had back pain about nine years ago for about two weeks. Her knee hurts now.") == []


def test_another_pain_that_is_only_noted_has_no_onset_here() -> None:
    text = "PT evaluation. Left knee pain since a fall on 1/5/2026. Hx low back pain since 2019, that's separate."
    found = list(duration.find(parse(Document("pt", text))))
    assert not any("2019" in one.mention for one in found)
