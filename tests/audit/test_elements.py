"""The five documentation elements, and the warnings of the audit."""

from dataclasses import replace
from datetime import date

import pytest

from mednec.audit import audit
from mednec.model import Exclusion, Fact, Interval, SignatureState

PT = {"status": "past", "region": "lumbar", "duration_days": 56, "sessions": 14, "response": "none"}


@pytest.fixture
def element(chart, request_made, policy):
    def judging(key, *evidence, **fields):
        made = audit(policy, chart.record(*evidence, **fields), request_made)
        return next(one for one in made.elements if one.key == key)

    return judging


def pt(chart, **attributes):
    return chart.evidence("therapy", "physical_therapy", **PT | attributes)


def test_a_silent_chart_lacks_all_five(element):
    for key in ("attempts", "description", "failure", "justification", "objective"):
        assert element(key).status == "missing"
        assert element(key).missing


def test_a_full_course_of_therapy_is_attempted_described_and_failed(element, chart):
    for key in ("attempts", "description", "failure"):
        assert element(key, pt(chart)).status == "met"
        assert element(key, pt(chart)).findings


@pytest.mark.parametrize("change", [{"status": "planned"}, {"status": "declined"}, {"region": "shoulder"}])
def test_what_is_planned_declined_or_elsewhere_is_no_attempt(element, chart, change):
    assert element("attempts", pt(chart, **change)).status == "missing"


def test_a_few_days_of_self_care_are_a_partial_attempt(element, chart):
    pills = chart.evidence("therapy", "nsaid", status="past", duration_days=5, response="partial")
    for key in ("attempts", "failure"):
        assert element(key, pills).status == "partial"


def test_the_description_lists_what_each_trial_lacks(element, chart):
    bare = chart.evidence("therapy", "physical_therapy", status="past", region="lumbar", response="none")
    judged = element("description", bare)
    assert judged.status == "partial"
    assert judged.missing == ("dates or number of weeks of physical therapy", "the frequency of physical therapy")


def test_documents_that_disagree_on_a_course_conflict(element, chart):
    assert element("description", pt(chart, duration_days={42, 10})).status == "conflicting"


def test_what_is_reckoned_from_months_alone_contradicts_no_record(element, chart):
    record, told = chart.document("pt.txt"), chart.document("visit.txt")
    weeks = chart.finding("therapy", "physical_therapy", document=record, duration_days=42)
    months = {"started": "2025-11", "ended": "2025-12", "duration_days": 30}
    rough = chart.finding("therapy", "physical_therapy", document=told, **months)
    course = pt(chart)
    facts = {**course.facts, "duration_days": (Fact(42, (weeks,)), Fact(30, (rough,)))}
    assert element("description", replace(course, facts=facts)).status == "met"


def test_scores_before_and_after_a_course_are_objective(element, chart):
    assert element("objective", pt(chart, pain_before=8, pain_after=7)).status == "met"
    score = chart.evidence("pain_score", "nrs", region="lumbar", low=7, high=7)
    assert element("objective", pt(chart), score).status == "partial"
    elsewhere = chart.evidence("pain_score", "nrs", region="knee", low=7, high=7)
    assert element("objective", pt(chart), elsewhere).status == "missing"


def test_a_justification_needs_findings_and_reasoning(element, chart):
    reason = chart.evidence("rationale", "procedure_rationale")
    exam = chart.evidence("exam", "facet_loading", result="positive")
    assert element("justification", reason, exam).status == "met"
    assert element("justification", exam).status == "partial"
    assert element("justification", reason).status == "partial"


def test_imaging_of_the_other_side_weakens_the_justification_and_is_warned_of(chart, request_made, policy):
    report = chart.document("mri.txt", type="imaging_report")
    found = {"region": "lumbar", "levels": ("L5-S1",), "status": "present", "basis": "report"}
    right = chart.evidence("diagnosis", "disc_herniation", document=report, side="right", **found)
    reason = chart.evidence("rationale", "procedure_rationale")
    made = audit(policy, chart.record(right, reason), request_made)
    assert "side_mismatch" in {warning.kind for warning in made.warnings}
    assert next(e for e in made.elements if e.key == "justification").status == "partial"


def test_a_fact_of_a_letter_alone_is_absent_and_warned_of(chart, request_made, policy):
    letter = chart.document("letter.txt", type="letter_of_medical_necessity")
    told = chart.evidence("therapy", "physical_therapy", document=letter, **PT)
    excluded = (Exclusion("letter.txt", "letter_of_medical_necessity"),)
    made = audit(policy, chart.record(barred=(told,), excluded=excluded), request_made)
    assert "letter_only_fact" in {warning.kind for warning in made.warnings}
    assert next(e for e in made.elements if e.key == "attempts").status == "missing"


def test_teaching_material_tempts_nobody(chart, request_made, policy):
    sheet = chart.document("sheet.txt", type="education_material")
    told = chart.evidence("therapy", "physical_therapy", document=sheet, **PT)
    made = audit(
        policy, chart.record(barred=(told,), excluded=(Exclusion("sheet.txt", "education_material"),)), request_made
    )
    assert not made.warnings


def test_a_criterion_that_rests_on_an_unsigned_note_alone_is_warned_of(chart, request_made, policy):
    from mednec.model import Citation, Criterion

    needs = {"diagnosis": "axial_pain", "status": "present"}
    asked = Criterion("test", "Is it?", Citation("1", "It is.", "primary"), needs, "Is it?")
    draft = chart.document("draft.txt", signature=SignatureState.UNSIGNED)
    pain = chart.evidence("diagnosis", "axial_pain", document=draft, status="present")
    made = audit(replace(policy, criteria=(asked,)), chart.record(pain), request_made)
    assert [w.kind for w in made.warnings] == ["unsigned"]


def test_an_audit_is_the_same_whatever_the_order_of_the_evidence(chart, request_made, policy):
    pieces = [pt(chart), chart.evidence("exam", "gait", place=9, result="negative")]
    assert audit(policy, chart.record(*pieces), request_made) == audit(policy, chart.record(*pieces), request_made)


def test_two_days_of_one_scale_after_a_course_are_objective(element, chart):
    later = chart.document("later.txt", dated=date(2026, 2, 1))
    scores = [
        chart.evidence("function_score", "odi", region="lumbar", value=52),
        chart.evidence("function_score", "odi", document=later, region="lumbar", value=50),
    ]
    course = pt(chart, start=Interval(date(2026, 1, 1), date(2026, 1, 1)))
    assert element("objective", course, *scores).status == "met"


def test_a_history_that_contradicts_the_requested_step_is_warned_of(chart, request_made, policy):
    earlier = {
        "therapy": "medial_branch_block",
        "where": {"region": "requested", "status": ["performed"]},
        "days_before": "at least 1",
    }
    first = replace(policy, steps={"facet.dx1": {"contradicted_by": earlier, "warns": "There was one before."}})
    block = chart.evidence(
        "therapy", "medial_branch_block", start=date(2026, 1, 5), status="performed", region="lumbar"
    )
    assert [w.message for w in audit(first, chart.record(block), request_made).warnings] == ["There was one before."]
    assert not audit(first, chart.record(), request_made).warnings


def test_measured_relief_contradicts_a_failure(element, chart):
    better = pt(chart, pain_before=8, pain_after=2, relief_percent=75, relief_basis="measured")
    assert element("failure", better).status == "conflicting"
    assert element("objective", better).status != "met"


def test_a_score_that_halved_after_a_course_is_no_measure_of_failure(element, chart):
    early = chart.document("early.txt", dated=date(2026, 1, 1))
    scores = [
        chart.evidence("pain_score", "nrs", document=early, region="lumbar", low=8, high=8),
        chart.evidence("pain_score", "nrs", region="lumbar", low=2, high=2),
    ]
    assert element("objective", pt(chart), *scores).status == "partial"


def test_the_reasoning_for_another_region_is_none_for_this_one(element, chart):
    reason = chart.evidence("rationale", "procedure_rationale", region="knee")
    assert element("justification", reason, chart.evidence("exam", "gait", result="positive")).status == "partial"
