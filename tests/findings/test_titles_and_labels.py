"""A note's title is no plan; a procedure's place stands in the lines below its title; levels may be set apart."""

from datetime import date

import pytest

from mednec.findings import find
from mednec.findings.parse import parse
from mednec.model import Document, Finding


def read(text: str, kind: str = "office_visit") -> list[Finding]:
    return find(Document("note.txt", text, type=kind, dated=date(2026, 8, 25)))


def named(text: str, concept: str, kind: str = "office_visit") -> list[Finding]:
    return [one for one in read(text, kind) if one.concept == concept]


@pytest.mark.parametrize(
    "title",
    [
        "Harbor Pain Group\nFOLLOW-UP / PROCEDURE PLANNING     8/25/2026",
        "FOLLOW UP VISIT   08/25/2026",
        "Follow-up   08/25/2026",
        "Follow up: 08/25/2026",
        "F/U  8/25/2026",
    ],
)
def test_the_title_of_a_note_heads_no_plan(title):
    parsed = parse(Document("note.txt", f"{title}\nMrs. Oyelaran's neck ached for ten weeks.\nPlan: blocks.\n"))
    assert [parsed.section_at(parsed.text.index(word)).name for word in ("ached", "blocks")] == ["other", "plan"]


def test_what_follows_a_plan_may_be_headed_follow_up():
    parsed = parse(Document("note.txt", "Exam: normal.\nFollow-up: six weeks, sooner if worse.\n"))
    assert parsed.section_at(parsed.text.index("six")).name == "plan"


@pytest.mark.parametrize(
    "place",
    [
        "first. Bilateral L3, L4 medial branches and L5 dorsal rami for the L4-5 and L5-S1 facet joints.",
        "#1\nLevels: L4-5, L5-S1\nSide: bilateral",
        "\nSite: bilateral L4-5 and L5-S1",
        "\nDate: 08/25/2026\nLevel(s)   L4-5, L5-S1\nLaterality: bilateral",
        "\nNerves blocked: L3, L4 MB, L5 DR on each side, for joints L4-5 and L5-S1.",
    ],
)
def test_lines_below_a_title_tell_its_levels_and_side(place):
    text = f"PROCEDURE NOTE 08/25/2026\nProcedure: Medial branch block, {place}\nFluoroscopy.\n"
    block = named(text.replace(", \n", "\n"), "medial_branch_block", "procedure_note")[0]
    assert (block.get("levels"), block.get("side")) == (["L4-5", "L5-S1"], "bilateral")


@pytest.mark.parametrize("line", ["Indication: bilateral pain at L4-5.", "Level of consciousness: alert"])
def test_other_lines_below_a_title_place_nothing(line):
    text = f"PROCEDURE NOTE 08/25/2026\nProcedure: Medial branch block\n{line}\n"
    block = named(text, "medial_branch_block", "procedure_note")[0]
    assert block.get("levels") is block.get("side") is None


@pytest.mark.parametrize(
    "plan",
    [
        "PLAN: Interlaminar epidural steroid injection at C7-T1, entered there rather than at C6-7.",
        "PLAN: Epidural steroid injection C7-T1 instead of C6-7.",
    ],
)
def test_a_level_that_is_set_against_another_is_not_injected(plan):
    assert [one.get("levels") for one in named(plan, "epidural_steroid_injection")] == [["C7-T1"]]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("HPI: Leg pain. She never stopped the home exercise program.", "current"),
        ("HPI: Leg pain. Restarted gabapentin in July, slight effect so far.", "current"),
        ("HPI: Leg pain. Never did the home exercise program.", "not_tried"),
    ],
)
def test_what_was_never_stopped_goes_on(text, status):
    assert [one.get("status") for one in read(text) if one.kind == "therapy"] == [status]


@pytest.mark.parametrize(
    "exam",
    [
        "Spurling negative bilaterally for arm pain.",
        "SLR neg R for leg pain.",
        "SLR negative on the left for leg pain.",
    ],
)
def test_a_sign_that_is_negative_on_a_side_for_a_symptom_denies_it(exam):
    assert [one.get("status") for one in named(f"EXAM: {exam}", "radiculopathy")] == ["absent"]


def test_a_day_of_birth_beside_a_title_is_not_the_day_of_the_procedure():
    title = "Ada Stonefield  08/09/1961        LEFT SACROILIAC JOINT INJECTION"
    text = f"HILL PAIN CENTER   PROCEDURE 08/25/2026\n{title}\nPre: NRS 8/10."
    done = named(text, "sacroiliac_joint_injection", "procedure_note")[0]
    assert (done.get("status"), done.get("started"), done.get("side")) == ("performed", None, "left")


@pytest.mark.parametrize("chain", ["8->1->2", "8 -> 1 -> 2", "8/10 -> 1/10 -> 2/10"])
def test_a_chain_of_arrows_begins_before_and_goes_on_after(chain):
    found = named(f"Dx: left SI joint pain, confirmed by injection 3/12/26 ({chain}).", "nrs")
    assert [(one.get("low"), one.get("when")) for one in found] == [(8, "before"), (1, "after"), (2, "after")]


def test_a_chain_that_rises_again_keeps_its_worst():
    found = named("Left SI joint pain, injection 3/12/26 (8->1->6).", "nrs")
    assert [one.get("low") for one in found] == [8, 1, 6]


@pytest.mark.parametrize("praise", ["Attendance excellent.", "Attendance was excellent.", "Participation excellent."])
def test_attendance_that_is_praised_is_no_effect(praise):
    assert named(f"PT 15 visits. {praise}", "physical_therapy")[0].get("response") is None


@pytest.mark.parametrize(
    "reason",
    [
        "Reason for proceeding: exam and imaging point to L4-5, eight months of pain in spite of appropriate care.",
        "Rationale: measured benefit the last time, same pain, conservative measures resumed without effect.",
    ],
)
def test_a_reason_may_speak_of_care_without_naming_it(reason):
    found = named(f"HPI: back pain.\nPLAN: L4-5 epidural steroid injection.\n{reason}\n", "procedure_rationale")
    assert found


@pytest.mark.parametrize("reason", ["Reason for call: scheduling.", "Rationale: see above.", "Risks were discussed."])
def test_what_argues_nothing_is_no_reason(reason):
    assert not named(f"HPI: back pain.\nPLAN: L4-5 epidural steroid injection.\n{reason}\n", "procedure_rationale")
