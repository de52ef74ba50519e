"""Activities that the pain limits, and sentences that only mention activities."""

import pytest

from mednec.findings import limitation
from mednec.findings.parse import parse
from mednec.model import Document


def read(text: str) -> set[tuple]:
    return {(f.concept, f.get("limited")) for f in limitation.find(parse(Document(id="note", text=text)))}


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("Pain prevents him from working.", {"work"}),
        ("Hip pain. She requires contact guard assist for ambulation.", {"walking"}),
        ("Hip pain. He is moderate assist for dressing.", {"adl"}),
        ("Back pain. His sleep is erratic.", {"sleep"}),
        ("The back pain affects all aspects of his life.", {"other_activity"}),
        ("Because of low back pain she can only walk one block.", {"walking"}),
        ("Low back pain. She can sit for 15 minutes and stand for 10 minutes.", {"sitting", "standing"}),
        ("He has stopped driving because of neck pain.", {"driving"}),
        ("Sleeps about 4 hours, wakes from back pain.", {"sleep"}),
        ("Neck pain interferes with sleep and work.", {"sleep", "work"}),
        ("Knee pain makes walking upstairs quite difficult.", {"walking"}),
        ("Hip pain. She ambulates with difficulty.", {"walking"}),
        ("Back pain. Difficulty with: [x] walking [ ] dressing [x] sleep", {"walking", "sleep"}),
        ("Back pain. Walking: moderate difficulty.", {"walking"}),
        ("Activities limited by back pain: walking, sleep.", {"other_activity", "walking", "sleep"}),
        ("Back pain. He cannot tolerate sitting for long.", {"sitting"}),
        ("Back pain. Standing for more than five minutes is impossible.", {"standing"}),
        ("Back pain interferes with: work (yes), driving (no).", {"work"}),
        ("Ankle pain, unable to bear full weight.", {"walking"}),
        ("Back pain. It is difficult for her to drive.", {"driving"}),
        ("Back pain. Gets only 4-5 hours of sleep.", {"sleep"}),
        ("Her pain limits her ability to do housework, shop and play with her grandchildren.", {"adl", "recreation"}),
        ("Can't sit through church because of tailbone pain.", {"sitting"}),
        ("Had to give up church bookkeeping because of leg pain.", {"other_activity"}),
        ("He cannot lift his grandson because of back pain.", {"bending_lifting"}),
        ("Low back pain persists, functional goals (stand 1 hr, shop) not met.", {"standing", "adl"}),
        ("Back pain. What can you no longer do?   work, drive far, sleep", {"work", "driving", "sleep"}),
    ],
)
def test_what_the_pain_limits_is_read(text, concepts):
    assert read(text) == {(concept, True) for concept in concepts}


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Low back pain does not limit his activities.", "other_activity"),
        ("Sleep is not affected by the back pain.", "sleep"),
        ("Low back pain. Denies any limitation of activities of daily living.", "adl"),
    ],
)
def test_what_is_stated_not_to_be_limited_says_so(text, concept):
    assert read(text) == {(concept, False)}


@pytest.mark.parametrize(
    "text",
    [
        "Pain is worse with sitting, standing and walking.",
        "Back pain. No lifting over 10 pounds for 2 weeks.",
        "Low back pain. Avoid bending and twisting.",
        "Goal: walk 30 minutes without back pain.",
        "Low back pain. He would like to return to golf.",
        "Shortness of breath limits walking. No back pain.",
        "Low back pain. Walks 2 miles daily.",
        "Back pain. HEP: walking 30 minutes three times a week.",
        "Low back pain. Patient was advised not to drive after the procedure.",
        "Back pain. Risks include inability to walk.",
        "Leg pain after walking one block, relieved by sitting.",
        "Low back pain. Works full time as a nurse.",
        "Back pain. He stands six feet tall.",
        "There is a possibility of chronic pain and the inability to play sports.",
        "Knee pain. He has discontinued use of the brace.",
    ],
)
def test_aggravation_advice_goals_and_other_causes_are_no_limitation(text):
    assert read(text) == set()


def test_a_numbered_goal_that_was_not_met_is_a_limitation():
    text = "Leg pain. Goals: (1) stand 30 min (2) walk 1 mile.\nGoal status: (1) NOT MET - 12 min  (2) MET"
    found = list(limitation.find(parse(Document(id="note", text=text))))
    assert [(f.concept, f.mention) for f in found] == [("standing", "(1) NOT MET - 12 min")]
