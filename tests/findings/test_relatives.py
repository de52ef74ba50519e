"""What is told of another person is not told of the patient; who only tells, brings or helps takes nothing away."""

import pytest

from mednec.findings import find
from mednec.model import Document

NOTE = "HPI: 60-year-old with low back pain. {} Exam deferred."


def statuses(words: str) -> set[str]:
    found = find(Document("note.txt", NOTE.format(words)))
    return {str(one.get("status")) for one in found if one.kind == "therapy" and one.concept == "physical_therapy"}


@pytest.mark.parametrize(
    "words",
    [
        "Her hairdresser saw no change with PT.",
        "A colleague with the same back wore himself out in PT.",
        "PT was wasted on his uncle.",
        "PT did nothing for her neighbor.",
        "Drove his mother to PT for weeks, which did not help.",
        "Two coworkers on the line have been through PT in vain.",
        "His best friend exhausted PT.",
        "Wife calling. She did six weeks of PT for her own neck, no relief.",
        "Knows somebody who did ten weeks of PT in vain.",
    ],
)
def test_the_care_of_another_person_is_his(words: str) -> None:
    assert statuses(words) == {"other"}


@pytest.mark.parametrize(
    "words",
    [
        "Her husband took her to PT for eight weeks, which did not help.",
        "Pt, whose mother has the same, got nothing from PT.",
        "PT failed; she would like the shot that helped her mother.",
        "Like his brother, he failed PT.",
        "At his wife's urging he completed PT without relief.",
        "Son translating: she completed PT without relief.",
        "Cares for her elderly mother; PT has failed.",
        "As a child he was well. PT has failed.",
        "The patient, here with her daughter, says that PT did nothing for her own back.",
    ],
)
def test_who_only_tells_or_helps_takes_nothing_from_the_patient(words: str) -> None:
    assert "past" in statuses(words)


def test_a_score_behind_whose_is_of_the_person_before_it() -> None:
    found = find(Document("note.txt", NOTE.format("Her husband came along, whose pain is 7/10 NRS.")))
    assert not [one for one in found if one.kind == "pain_score"]
