"""Activities that the patient can do again, and those that are pushed, pulled and reached for."""

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
