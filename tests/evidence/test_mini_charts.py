"""Short charts in plain words: what is gathered of the sessions and courses that they tell of."""

from datetime import date

import pytest

from mednec.evidence import gather
from mednec.findings import find
from mednec.model import Document, Evidence, Person, Record, ServiceRequest, SignatureState

PATIENT = Person("Odessa Quill", date(1955, 5, 5))
REQUEST = ServiceRequest(
    service="facet.rfa1",
    dated=date(2026, 5, 20),
    side="left",
    levels=("L4-5", "L5-S1"),
    region="lumbar",
    patient=PATIENT,
)
NOTE = "office_visit"
BLOCK_1 = ("procedure_note", "2026-01-13", "PROCEDURE: Left L4-5 and L5-S1 medial branch block #1.\nPre NRS 7, post 1.")
BLOCK_2 = ("procedure_note", "2026-02-10", "PROCEDURE: Left L4-5 and L5-S1 medial branch block #2.\nPre NRS 7, post 2.")


def record(*notes: tuple[str, str | None, str]) -> Record:
    documents = [
        Document(
            id=f"{number}-{type}",
            text=text,
            type=type,
            dated=date.fromisoformat(day) if day else None,
            signature=SignatureState.SIGNED,
            patient=PATIENT,
        )
        for number, (type, day, text) in enumerate(notes)
    ]
    return gather(documents, {one.id: find(one) for one in documents}, REQUEST)


def done(concept: str, *notes: tuple[str, str | None, str]) -> list[Evidence]:
    given = ("past", "current", "performed")
    return [
        one
        for one in record(*notes).evidence
        if one.kind == "therapy" and one.concept == concept and one.value("status") in given
    ]


def test_scores_told_of_two_blocks_are_each_of_its_own():
    told = (
        NOTE,
        "2026-03-03",
        "HPI: Left low back pain. Two medial branch blocks, both with relief (7 to 1 and 7 to 4).",
    )
    one, other = done("medial_branch_block", BLOCK_1, (*BLOCK_2[:2], BLOCK_2[2].replace("post 2", "post 4")), told)
    assert (one.value("relief_percent"), other.value("relief_percent")) == (85.7, 42.9)


def test_more_scores_than_sessions_leave_the_least_favorable():
    told = "HPI: Left low back pain. Two medial branch blocks, NRS 7 to 1, then 7 to 2, then 7 to 5."
    sessions = done("medial_branch_block", (NOTE, "2026-03-03", told))
    assert {one.value("pain_after") for one in sessions} == {5}


@pytest.mark.parametrize(
    "words", ["the MBB on 1/13", "medial branch block 1/13", "the January 13 medial branch block", "s/p #1 MBB 1/13."]
)
def test_a_day_without_its_year_is_that_of_the_session(words):
    told = f"HPI: Left low back pain. She had 85% relief for 5 hours from {words}"
    sessions = done("medial_branch_block", BLOCK_1, BLOCK_2, (NOTE, "2026-03-03", told))
    assert [str(one.start.first) for one in sessions] == ["2026-01-13", "2026-02-10"]
    assert len(sessions[0].findings) > len(sessions[1].findings)


@pytest.mark.parametrize("words", ["MBB 8/10 to 2/10", "MBB: strength 4/5 after"])
def test_scores_and_grades_are_no_days(words):
    (session,) = done("medial_branch_block", (NOTE, "2026-03-03", f"HPI: Left low back pain after {words}."))
    assert session.start is None


def test_the_date_of_a_follow_up_is_not_that_of_the_procedure():
    rfa = ("procedure_note", "2025-08-12", "PROCEDURE: Left L4-5, L5-S1 radiofrequency ablation.\nNRS before 8/10.")
    later = (NOTE, "2026-01-15", "SPINE CLINIC  Jan 15, 2026  5 mos p RFA. NRS 2.")
    (session,) = done("radiofrequency_ablation", rfa, later)
    assert str(session.start.first) == "2025-08-12"


def test_two_diagnostic_blocks_may_be_one_of_each_kind():
    joint = (
        "procedure_note",
        "2025-11-13",
        "PROCEDURE: Left L4-5, L5-S1 facet joint injection, diagnostic #1.\nPre NRS 7, post 1.",
    )
    told = (NOTE, "2026-03-03", "HPI: Left low back pain.\nAssessment: Two positive diagnostic blocks.")
    assert len(done("medial_branch_block", joint, BLOCK_2, told)) == 1


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("PAIN LOG\nOdessa Quill  block day 1-13\nbefore 8\n1 hr 1   2 hr 2   6 hr 7   next am 8", 1),
        ("Block diary for 2/10\npre 8, 1h 3, 2h 3, 4h 6", 3),
    ],
)
def test_an_undated_diary_is_of_the_block_whose_day_it_names(text, after):
    bare = [(type, day, body.partition("\n")[0]) for type, day, body in (BLOCK_1, BLOCK_2)]
    sessions = done("medial_branch_block", *bare, ("pain_diary", None, text))
    assert [one.value("pain_after") for one in sessions if one.value("pain_after") is not None] == [after]


def test_relief_told_unlike_the_scores_is_warned_of():
    told = (NOTE, "2026-03-03", "HPI: Left low back pain. The MBB on 1/13 gave 90% relief.")
    block = (*BLOCK_1[:2], BLOCK_1[2].replace("post 1", "post 4"))
    warnings = [one for one in record(block, told).warnings if one.kind == "contradiction"]
    assert any("90%" in one.message and "42.9%" in one.message for one in warnings)


DISCHARGE = (
    "therapy_discharge",
    "2026-02-20",
    "Physical therapy discharge. Low back pain. 12 visits from 01/05/2026 to 02/20/2026.\n\n"
    "Scale | 1/5/26 | 2/20/26\nNPRS | 7 | 1\n\nAll goals met.",
)


def test_failure_told_of_a_course_that_helped_is_a_contradiction():
    told = (NOTE, "2026-03-03", "HPI: Left low back pain, NRS 7/10. Failed PT, no relief.")
    (course,) = done("physical_therapy", DISCHARGE, told)
    assert {fact.value for fact in course.facts["response"]} == {"good", "none"}
    assert "contradiction" in {one.kind for one in record(DISCHARGE, told).warnings}


def test_a_course_that_measured_no_relief_is_no_contradiction():
    told = (NOTE, "2026-03-03", "HPI: Left low back pain, NRS 7/10. Failed PT, no relief.")
    unchanged = (*DISCHARGE[:2], DISCHARGE[2].replace("7 | 1", "7 | 7").replace("goals met", "goals unmet"))
    (course,) = done("physical_therapy", unchanged, told)
    assert course.value("response") == "none"


RFA = (
    "procedure_note",
    "2025-04-05",
    "PROCEDURE: Left L4-5, L5-S1 radiofrequency ablation.\nPre-procedure pain NRS 8/10.",
)


@pytest.mark.parametrize(
    ("words", "relief"),
    [
        ("Follow up RFA. Pain NRS 2/10 (was 8/10).", 75.0),
        ("Follow up after RFA. NRS 2/10.", 75.0),
        ("Follow up after RFA. Pain is back to NRS 7/10.", None),
        ("Follow up after RFA. NRS 8/10.", None),
    ],
)
def test_what_a_follow_up_finds_soon_after_measures_a_procedure(words, relief):
    (session,) = done("radiofrequency_ablation", RFA, (NOTE, "2025-06-01", f"HPI: Left low back pain. {words}"))
    assert session.value("relief_percent") == relief


def test_what_a_follow_up_finds_weeks_after_a_block_does_not_measure_it():
    block = (*BLOCK_1[:2], "PROCEDURE: Left L4-5 and L5-S1 medial branch block #1.\nPre NRS 7.")
    told = (NOTE, "2026-02-20", "HPI: Left low back pain. Medial branch block on 1/13. NRS 2/10 today.")
    (session,) = done("medial_branch_block", block, told)
    assert session.value("relief_percent") is None


def test_function_has_to_hold_for_months():
    notes = [
        (NOTE, "2025-03-20", "HPI: Left low back pain, ODI 54%. Plan left RFA."),
        RFA,
        (NOTE, "2025-05-20", "HPI: Left low back pain after RFA. ODI 20%."),
        (NOTE, "2025-08-20", "HPI: Left low back pain returned. ODI 52%."),
    ]
    (session,) = done("radiofrequency_ablation", *notes)
    assert session.value("function_percent") == pytest.approx(3.7)


def test_an_injection_of_little_help_that_is_said_to_have_failed_has_failed():
    esi = ("procedure_note", "2026-03-05", "PROCEDURE: Left L5-S1 transforaminal epidural steroid injection.")
    told = "HPI: Left leg pain from the low back. L5-S1 TFESI gave 10% relief.\nAssessment: The L5-S1 TFESI failed."
    (session,) = done("epidural_steroid_injection", esi, (NOTE, "2026-03-26", told))
    assert session.value("response") == "none"
