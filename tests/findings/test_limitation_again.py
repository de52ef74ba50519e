"""Activities that the patient can do again, and those that are pushed, pulled and reached for."""

import pytest

from mednec.findings import limitation
from mednec.findings.parse import parse
from mednec.model import Document


def read(text: str) -> list[tuple]:
    found = limitation.find(parse(Document(id="note", text=text, type="office_visit")))
    return [(f.concept, f.get("limited")) for f in found]


def test_a_sport_that_is_played_again_is_not_limited():
    assert read("Her back pain is better and she is once again playing tennis.") == [("recreation", False)]
    assert read("Elbow pain. By now she is able to swing a golf club.") == [("recreation", False)]
    assert read("Elbow pain. He is not able to play golf.") == [("recreation", True)]


def test_pushing_and_reaching_are_other_activities_than_lifting():
    assert read("Shoulder pain. She has difficulty pushing and lifting.") == [
        ("other_activity", True),
        ("bending_lifting", True),
    ]


def test_a_list_of_old_illnesses_tells_of_no_pain():
    assert read("HPI: Knee pain.\n\nPAST MEDICAL HISTORY: Obesity, difficulty climbing stairs.") == []


def test_a_disability_that_precludes_work_limits_it():
    assert read("Low back pain. He has a disability precluding heavy work.") == [("work", True)]


def test_small_things_of_daily_living_count():
    assert read("Shoulder pain. She is having a hard time combing her hair and putting on a bra.") == [("adl", True)]
    assert read("Back pain. His wife has to help him put on his shoes.") == [("adl", True)]
    assert read("Back pain. Her walking tolerance is about one block.") == [("walking", True)]
    assert read("Back pain. Sitting for more than 20 minutes is not possible.") == [("sitting", True)]


def test_a_cane_that_is_not_used_and_sleep_without_pain_do_not_count():
    assert read("Hip pain. He is supposed to use a cane.") == []
    assert read("Hip pain.\n\nHe had problems with insomnia and was given a pill for his moods.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Numbness climbed to her waist in a week and she could not stand. She denied any back or neck pain.",
        "She has stopped walking because her arm is weak. She has had no headaches.",
        "He has difficulty with eyesight in his activities of daily living. Risks include pain.",
    ],
)
def test_a_limit_without_a_pain_is_none_of_pain(text: str) -> None:
    assert read(text) == []


def test_a_pain_that_was_told_at_the_beginning_is_not_denied_away() -> None:
    assert read("She has knee pain. She denies back pain. She cannot stand for long.") == [("standing", True)]
    assert read("She denies knee pain but cannot stand for long.") == [("standing", True)]


def test_a_bad_night_told_twice_is_one_limit() -> None:
    text = "Because of the pain her sleep is broken. She says she has not had one good night's sleep since June."
    assert [concept for concept, _ in read(text)] == ["sleep"]
    assert read("With this back pain she has not slept through the night since June.") == [("sleep", True)]
