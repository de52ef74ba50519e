"""What an examination denies in a list, leaves untested, or tells of another organ."""

import pytest

from mednec.findings import exam
from mednec.findings.parse import parse
from mednec.model import Document

P, N, R, B = "positive", "negative", "right", "bilateral"


def read(text: str) -> list[tuple]:
    found = exam.find(parse(Document(id="note", text=f"PHYSICAL EXAM:\n{text}", type="office_visit")))
    return [(f.concept, f.get("result"), f.get("side")) for f in sorted(found, key=lambda f: f.start)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Neuro: No numbness, tingling, weakness or atrophy present.", ["sensory", "motor", "motor"]),
        ("Neuro: There is no numbness, pain, weakness or other deficit.", ["sensory", "motor"]),
        ("Motor: No tremor, fasciculations or abnormal involuntary movements.", ["other_sign", "motor", "other_sign"]),
        ("Back: Nontender, and there is no CVA tenderness or gross deformity.", ["spine_tenderness", "other_sign"]),
        ("Back: Nontender to palpation, no costovertebral angle tenderness.", ["spine_tenderness"]),
    ],
)
def test_a_denial_goes_for_its_whole_list(text, expected):
    assert [(concept, result) for concept, result, _ in read(text)] == [(concept, N) for concept in expected]


@pytest.mark.parametrize(
    "text",
    [
        "Gait/station/coordination not tested.",
        "Gait/coordination: no tested.",
        "Motor/sensory: No spontaneous movement.",
        "CRANIAL NERVES:\nV: Normal sensation of the face.\nXI: Normal strength of the shoulder shrug.",
        "Head: Marked temporal wasting.",
        "Seminal vesicles: no tenderness.",
    ],
)
def test_what_is_untested_or_of_another_organ_is_no_finding(text):
    assert read(text) == []


def test_an_examination_goes_on_behind_the_numbered_cranial_nerves():
    text = "CRANIAL NERVES:\nVII: No asymmetry.\nIX & X: Palate elevates.\n\nMotor: Strength 5/5.\nGait: Antalgic."
    assert read(text) == [("motor", N, None), ("gait", P, None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Motor: Plegic in both legs.", ("motor", P, B)),
        ("Motor: There is thinning of the calf muscles on the right.", ("motor", P, R)),
        ("Full motion of the upper extremities without tenderness.", ("joint_tenderness", N, None)),
        ("Musculoskeletal: No tenderness over the long bones.", ("joint_tenderness", N, None)),
        ("Neuro: Reflexes 2+/IV throughout.", ("reflex", None, None)),
    ],
)
def test_a_sign_is_told_in_other_words(text, expected):
    assert expected in read(text)


def test_the_reason_for_an_imaging_study_is_no_examination():
    text = "EXAM: Noncontrast CT of the lumbar spine\n\nREASON FOR EXAM: Muscle spasm of the left leg.\n"
    assert list(exam.find(parse(Document(id="note", text=text)))) == []
