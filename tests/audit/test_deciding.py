"""How a criterion is decided, and what the request comes to."""

from dataclasses import replace

import pytest

from mednec.audit.deciding import decide, outcome
from mednec.audit.selection import Asked
from mednec.audit.wording import contrary
from mednec.model import Citation, Criterion, Status

NEEDS = {"diagnosis": "radiculopathy", "where": {"region": "requested"}, "status": "present"}
CRITERION = Criterion("test", "Is it?", Citation("1", "It is.", "primary"), NEEDS, "Is it there?")


@pytest.fixture
def decided(chart, request_made, policy):
    def deciding(criterion, *evidence):
        return decide(criterion, Asked(request_made, policy, evidence, tuple(chart.documents.values())))

    return deciding


def stated(chart, concept="radiculopathy", **attributes):
    return chart.evidence("diagnosis", concept, **{"region": "lumbar", "status": "present"} | attributes)


def test_a_met_criterion_shows_what_it_rests_on(decided, chart):
    result = decided(CRITERION, stated(chart))
    assert result.status is Status.MET
    assert result.findings
    assert not result.questions
    assert "radiculopathy" in result.reason


def test_a_gap_asks_the_neutral_question_of_the_policy(decided):
    result = decided(CRITERION)
    assert result.status is Status.INSUFFICIENT
    assert result.questions == ("Is it there?",)
    assert result.missing


def test_a_contradiction_asks_which_of_its_two_places_is_right(decided, chart):
    result = decided(CRITERION, stated(chart, status={"absent", "present"}))
    assert result.status is Status.CONFLICTING
    (question,) = result.questions
    assert question.startswith("Which is right about radiculopathy")
    places = {f"{f.document_id} (page {f.page}" for f in (*result.findings, *result.against)}
    assert len(places) == 2
    assert all(place in question for place in places)


def test_a_silent_chart_is_within_a_limit_but_an_open_one_is_not(decided, chart):
    limit = replace(CRITERION, needs={"not": NEEDS}, otherwise="met")
    assert decided(limit).status is Status.MET
    assert decided(limit, stated(chart)).status is Status.NOT_MET
    nowhere = chart.evidence("diagnosis", "radiculopathy", status={"absent", "present"})
    assert decided(limit, nowhere).status is Status.INSUFFICIENT
    elsewhere = chart.evidence("diagnosis", "radiculopathy", status="absent")
    assert decided(limit, elsewhere).status is Status.MET


def test_the_exception_of_the_policy_waives_what_is_not_met(decided, chart):
    waived = replace(CRITERION, unless={"diagnosis": "herpes_zoster", "status": "present"})
    assert decided(waived, stated(chart, "herpes_zoster")).status is Status.EXEMPT
    assert decided(waived, stated(chart), stated(chart, "herpes_zoster")).status is Status.MET
    assert decided(waived, stated(chart, "herpes_zoster", status="absent")).status is Status.INSUFFICIENT


def test_what_does_not_apply_is_not_asked(decided, chart):
    conditional = replace(CRITERION, applies={"diagnosis": "implanted_device", "status": "present"})
    assert decided(conditional).status is Status.NOT_APPLICABLE
    assert decided(conditional, stated(chart, "implanted_device")).status is Status.INSUFFICIENT


def test_the_reason_tells_that_what_was_looked_for_is_absent(decided, chart):
    none = {"diagnosis": "radiculopathy", "where": {"status": "absent"}}
    made = decided(replace(CRITERION, needs=none), stated(chart, status="absent"))
    assert made.reason == "Documented: radiculopathy or radicular pain: absent."


def test_what_speaks_against_contradicts_a_yes_and_decides_a_silence(decided, chart):
    opposed = replace(CRITERION, against={"diagnosis": "crps", "status": "present"})
    assert decided(opposed, stated(chart), stated(chart, "crps")).status is Status.CONFLICTING
    assert decided(opposed, stated(chart, "crps")).status is Status.NOT_MET


def test_an_exclusion_outweighs_a_yes(decided, chart):
    excluded = replace(CRITERION, excludes={"diagnosis": "crps", "status": "present"})
    assert decided(excluded, stated(chart)).status is Status.MET
    assert decided(excluded, stated(chart), stated(chart, "crps")).status is Status.NOT_MET
    assert decided(excluded, stated(chart), stated(chart, "crps", status="absent")).status is Status.MET


@pytest.mark.parametrize(
    ("statuses", "result"),
    [
        ([Status.MET, Status.EXEMPT, Status.NOT_APPLICABLE], "supported"),
        ([Status.MET, Status.INSUFFICIENT], "insufficient_documentation"),
        ([Status.CONFLICTING, Status.INSUFFICIENT], "conflicting"),
        ([Status.CONFLICTING, Status.NOT_MET], "not_supported"),
    ],
)
def test_the_worst_required_criterion_decides(decided, statuses, result):
    made = [replace(decided(CRITERION), status=status) for status in statuses]
    assert outcome(made, covered=True) == result
    assert outcome(made, covered=False) == "not_covered"


def test_an_advisory_criterion_never_changes_the_outcome(decided):
    advisory = replace(CRITERION, strength="advisory")
    assert outcome([decided(advisory)], covered=True) == "supported"


def test_a_part_of_the_policy_that_nobody_read_is_never_met(decided, chart):
    result = decided(replace(CRITERION, needs={"unread": "the limits"}), stated(chart))
    assert result.status is Status.INSUFFICIENT
    assert result.missing == ("the limits",)
    assert outcome([result], covered=True) == "insufficient_documentation"


def test_a_text_that_asks_nothing_supports_nothing():
    assert outcome([], covered=True) == "insufficient_documentation"


def test_the_reason_of_a_contradiction_begins_with_what_contradicts():
    facts = ("NSAID: in the past", "PT: response: good", "heat: in the past", "PT: response: none")
    assert contrary(facts) == "PT: response: good; PT: response: none; and 2 more"
    assert contrary(("NSAID: in the past",)) == "NSAID: in the past"
    assert contrary(("PT: for 8 weeks", "bed rest: advised", "PT: for 3 weeks")).startswith(
        "PT: for 8 weeks; PT: for 3 weeks"
    )


def hint(chart, concept, **attributes):
    return chart.evidence("hint", concept, **attributes)


def test_a_limit_that_silence_keeps_is_open_where_the_chart_touches_on_it(decided, chart):
    limit = replace(
        CRITERION, needs={"technique": "sedation", "where": {"about": "request"}, "value": ["none"]}, otherwise="met"
    )
    assert decided(limit).status is Status.MET
    result = decided(limit, hint(chart, "sedation", status="planned"))
    assert result.status is Status.INSUFFICIENT
    assert result.questions == (CRITERION.gap,)
    assert [finding.kind for finding in result.findings] == ["hint"]
    assert "only touches on" in result.reason


def test_what_is_ruled_out_is_open_where_the_chart_hints_at_it_though_the_rest_is_met(decided, chart):
    ruled_out = replace(CRITERION, excludes={"diagnosis": "crps", "status": "present"})
    assert decided(ruled_out, stated(chart)).status is Status.MET
    assert (
        decided(ruled_out, stated(chart), hint(chart, "regional_pain", status="unclear")).status is Status.INSUFFICIENT
    )
    denied = chart.evidence("diagnosis", "crps", status="absent")
    hinted = hint(chart, "regional_pain", status="unclear")
    assert decided(ruled_out, stated(chart), denied, hinted).status is Status.MET


def test_a_hint_at_something_else_leaves_a_limit_kept(decided, chart):
    limit = replace(CRITERION, needs={"not": {"statement": "series_planned", "status": "affirmed"}}, otherwise="met")
    assert decided(limit, hint(chart, "sedation", status="planned")).status is Status.MET
    assert decided(limit, hint(chart, "row_of_injections", status="planned")).status is Status.INSUFFICIENT


def test_a_hint_at_no_more_sessions_than_are_allowed_leaves_a_cap_kept(decided, chart):
    pattern = {"therapy": "epidural_steroid_injection", "where": {"within": "12 months"}, "at_most": 4}
    cap = replace(CRITERION, needs=pattern, otherwise="met")
    assert decided(cap, hint(chart, "number_of_sessions", status="unclear", number=4)).status is Status.MET
    assert decided(cap, hint(chart, "number_of_sessions", status="unclear", number=5)).status is Status.INSUFFICIENT
    assert decided(cap, hint(chart, "number_of_sessions", status="unclear")).status is Status.INSUFFICIENT


def test_a_requirement_that_a_condition_brings_is_open_where_the_chart_hints_at_it(decided, chart):
    plan = replace(CRITERION, applies={"diagnosis": "implanted_device", "status": "present"})
    assert decided(plan).status is Status.NOT_APPLICABLE
    assert decided(plan, hint(chart, "device", status="unclear")).status is Status.INSUFFICIENT
    denied = chart.evidence("diagnosis", "implanted_device", status="absent")
    assert decided(plan, denied, hint(chart, "device", status="unclear")).status is Status.NOT_APPLICABLE
