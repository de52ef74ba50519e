"""What people say is laid over what the program says, never mixed with it, and found again in another chart."""

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mednec.auditor import judge_reading, judgement_json, read_and_find
from mednec.corrections import FINDING_ACTIONS
from mednec.exchange import Reading, from_bytes, to_bytes
from mednec.model import Status
from mednec.reviews import corrected

CONSERVATIVE, SEDATION = "esi.init.conservative_4w", "esi.lim.sedation"
ADVISORY = "esi.all.includes_steroid"


def statuses(judged):
    return {one.machine.criterion.key: one for one in judged.standings}


def therapies(reading, *concepts):
    return [f for found in reading.findings.values() for f in found if f.kind == "therapy" and f.concept in concepts]


@pytest.fixture(scope="module")
def pt(supported):
    """A course of physical therapy as the discharge tells it."""
    return next(f for f in therapies(supported, "physical_therapy") if "discharge" in f.document_id)


def test_without_corrections_the_judgement_is_the_audit(supported, request_):
    judged = judge_reading(supported, request_)
    assert judged.audit.determinations == judged.machine.determinations
    data = json.loads(judgement_json(judged))
    assert data["review"] == {
        "determination": dict.fromkeys(("machine", "corrected", "in_force"), "supported"),
        "findings": [],
        "statuses": [],
    }
    assert {one["review"]["by"] for one in data["criteria"]} == {"machine"}


def test_a_rejected_finding_no_longer_counts(supported, request_, say):
    said = [
        say(supported, finding, "reject", nth, number=number)
        for nth, (finding, number) in enumerate(numbered(supported), 1)
        if finding.kind == "therapy"
    ]
    judged = judge_reading(supported, request_, said)
    assert {one.state for one in judged.corrected.outcomes} == {"holds"}
    standing = statuses(judged)[CONSERVATIVE]
    assert (standing.machine.status, standing.status, standing.by) == (Status.MET, Status.INSUFFICIENT, "findings")
    assert judged.machine.determination == "supported"
    assert judged.audit.determination == "insufficient_documentation"
    reason = next(one.reason for one in judged.audit.determinations if one.criterion.key == CONSERVATIVE)
    assert reason.endswith("This rests on findings that people corrected; without that: met.")


def numbered(reading):
    """Every finding with its number among those that share place, kind and concept."""
    seen = {}
    for found in reading.findings.values():
        for f in found:
            key = (reading.document(f.document_id).text, f.start, f.end, f.kind, f.concept)
            yield f, seen.get(key, 0)
            seen[key] = seen.get(key, 0) + 1


def test_a_changed_finding_says_what_the_person_said_and_stands_where_it_stood(supported, request_, say, pt):
    change = say(supported, pt, "change", new_concept="home_exercise", attributes={"status": "declined"})
    judged = judge_reading(supported, request_, [change])
    (outcome,) = judged.corrected.outcomes
    assert outcome.read == (pt,)
    (new,) = outcome.said
    assert (new.concept, new.attributes, new.read_by) == ("home_exercise", {"status": "declined"}, "person")
    assert (new.mention, new.quote, new.dated) == (pt.mention, pt.quote, pt.dated)
    found = judged.corrected.findings[pt.document_id]
    assert new in found
    assert pt not in found
    assert list(found) == sorted(found, key=lambda f: (f.start, f.end, f.kind, f.concept))


def test_a_confirmed_finding_changes_nothing_and_is_listed(supported, request_, say, pt):
    judged = judge_reading(supported, request_, [say(supported, pt, "confirm")])
    assert judged.corrected.findings == dict(supported.findings)
    assert judged.corrected.outcomes[0].state == "holds"


def test_an_added_finding_is_cut_out_of_the_document_with_its_sentence(supported, request_, say, pt):
    document = supported.document(pt.document_id)
    start = document.text.index(" ") + 1
    added = say(supported, pt, "add", concept="massage", start=start, end=start + 3, attributes={"status": "past"})
    judged = judge_reading(supported, request_, [added])
    (new,) = judged.corrected.outcomes[0].said
    assert new.mention == document.text[start : start + 3]
    assert new.mention in new.quote
    assert new.quote == document.text[new.quote_start : new.quote_end]
    assert "\n" not in new.quote
    assert new.read_by == "person"


def test_of_two_that_contradict_each_other_the_latest_holds(supported, request_, say, pt):
    first = say(supported, pt, "reject", 1)
    second = say(supported, pt, "change", 2, attributes={"status": "current"})
    judged = judge_reading(supported, request_, [second, first])
    assert [one.state for one in judged.corrected.outcomes] == ["superseded", "holds"]
    assert judged.corrected.outcomes[1].said[0].get("status") == "current"


def test_what_was_added_can_be_changed_and_rejected_afterwards(supported, request_, say, pt):
    added = say(supported, pt, "add", 1, concept="massage", attributes={"status": "past"})
    changed = say(supported, pt, "change", 2, concept="massage", attributes={"status": "declined"})
    judged = judge_reading(supported, request_, [added, changed])
    assert judged.corrected.outcomes[1].said[0].get("status") == "declined"
    rejected = say(supported, pt, "reject", 3, concept="massage")
    judged = judge_reading(supported, request_, [added, changed, rejected])
    assert [one.state for one in judged.corrected.outcomes] == ["superseded", "superseded", "holds"]
    assert judged.corrected.findings == dict(supported.findings)


def test_a_correction_finds_its_words_in_whatever_file_they_lie(supported, request_, say, pt):
    moved = replace(supported.document(pt.document_id), id="scan 7.pdf", source="scan 7.pdf")
    findings = dict(supported.findings)
    findings[moved.id] = tuple(replace(f, document_id=moved.id) for f in findings.pop(pt.document_id))
    documents = tuple(moved if one.id == pt.document_id else one for one in supported.documents)
    judged = judge_reading(Reading(documents, findings), request_, [say(supported, pt, "reject")])
    assert judged.corrected.outcomes[0].read[0].document_id == "scan 7.pdf"


@pytest.mark.parametrize("moved", [{"document": "0" * 64}, {"start": 0, "end": 1}, {"number": 7}])
@pytest.mark.parametrize("action", ["confirm", "change", "reject"])
def test_a_correction_that_finds_its_place_no_more_is_listed(supported, request_, say, pt, action, moved):
    judged = judge_reading(supported, request_, [say(supported, pt, action, **moved)])
    assert judged.corrected.outcomes[0].state == "unplaced"
    assert judged.corrected.findings == dict(supported.findings)
    assert json.loads(judgement_json(judged))["review"]["findings"][0]["state"] == "unplaced"


def test_an_overruled_status_is_in_force_and_the_machine_s_stands_beside_it(supported, request_, rule):
    judged = judge_reading(supported, request_, [rule(SEDATION, Status.MET, Status.NOT_MET)])
    assert judged.audit.determination == "not_supported"
    data = json.loads(judgement_json(judged))
    assert data["review"]["determination"] == {
        "machine": "supported",
        "corrected": "supported",
        "in_force": "not_supported",
    }
    one = next(one for one in data["criteria"] if one["key"] == SEDATION)
    assert (one["status"], one["review"]["by"], one["review"]["machine"]["status"]) == ("not_met", "person", "met")
    assert one["reason"] == "Overruled by Rosa Lind: the wet copy is signed. The program's own status: met."
    assert one["questions"]
    assert one["review"]["correction"]["by"] == "Rosa Lind"


def test_an_advisory_criterion_never_changes_the_determination(supported, request_, rule):
    judged = judge_reading(supported, request_, [rule(ADVISORY, Status.MET, Status.NOT_MET)])
    assert judged.audit.determination == "supported"


def test_an_overruling_that_was_made_of_another_status_is_to_be_looked_at_again(supported, request_, rule):
    judged = judge_reading(supported, request_, [rule(SEDATION, Status.INSUFFICIENT, Status.MET)])
    standing = statuses(judged)[SEDATION]
    assert standing.look_again
    assert standing.status is Status.MET


def test_a_confirmed_status_does_not_hold_against_what_the_record_says_later(supported, request_, rule):
    said = rule(SEDATION, Status.INSUFFICIENT, Status.INSUFFICIENT, action="confirm")
    standing = statuses(judge_reading(supported, request_, [said]))[SEDATION]
    assert (standing.status, standing.by, standing.look_again) == (Status.MET, "machine", True)


def test_the_latest_of_two_overrulings_holds_and_one_of_no_criterion_is_unplaced(supported, request_, rule):
    said = [
        rule(SEDATION, Status.MET, Status.NOT_MET, 1),
        rule(SEDATION, Status.MET, Status.INSUFFICIENT, 2),
        rule("no.such", Status.MET, Status.NOT_MET, 3),
    ]
    judged = judge_reading(supported, request_, reversed(said))
    assert [one.state for one in judged.statuses] == ["superseded", "holds", "unplaced"]
    assert statuses(judged)[SEDATION].status is Status.INSUFFICIENT


def test_passages_that_people_spoke_of_name_the_correction(supported, request_, say):
    cited = judge_reading(supported, request_).machine
    finding = next(f for one in cited.determinations if one.criterion.key == CONSERVATIVE for f in one.findings)
    kept = next(
        f for f in supported.findings[finding.document_id] if (f.start, f.concept) == (finding.start, finding.concept)
    )
    said = say(supported, kept, "change", attributes=dict(kept.attributes))
    data = json.loads(judgement_json(judge_reading(supported, request_, [said])))
    one = next(one for one in data["criteria"] if one["key"] == CONSERVATIVE)
    assert [said.id] in [passage.get("review") for passage in one["evidence"]]
    assert one["review"]["by"] == "machine"


def test_the_order_in_which_corrections_come_makes_no_difference(supported, request_, say, rule, pt):
    said = [
        say(supported, pt, "reject", 1),
        say(supported, pt, "change", 2, attributes={"status": "past"}),
        rule(SEDATION, Status.MET, Status.NOT_MET, 3),
    ]
    once = judgement_json(judge_reading(supported, request_, said))
    assert once == judgement_json(judge_reading(supported, request_, said[::-1]))


def test_more_files_leave_the_corrections_in_their_places(request_, say, supported):
    files = [(one.id, one.text.encode()) for one in supported.documents]
    before = read_and_find(files)
    after = read_and_find([*files, ("later.txt", b"Telephone note 2026-04-09\nPatient called, pain is 7/10 today.\n")])
    finding = therapies(before, "nsaid")[0]
    said = say(before, finding, "reject")
    outcomes = [judge_reading(reading, request_, [said]).corrected.outcomes[0] for reading in (before, after)]
    assert [one.state for one in outcomes] == ["holds", "holds"]
    assert outcomes[0].read == outcomes[1].read


@given(st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_people_say_every_finding_is_cut_out_of_its_document(supported, say, data):
    findings = [f for found in supported.findings.values() for f in found]
    said = []
    for nth in range(data.draw(st.integers(1, 8))):
        finding = data.draw(st.sampled_from(findings))
        action = data.draw(st.sampled_from(FINDING_ACTIONS))
        given = {"attributes": {"status": "declined"}} if action in ("change", "add") else {}
        if data.draw(st.booleans()):
            given |= {"start": data.draw(st.integers(0, 3000)), "end": data.draw(st.integers(0, 3000))}
        quote = data.draw(st.none() | st.tuples(st.integers(0, 3000), st.integers(0, 3000)))
        said.append(say(supported, finding, action, nth, quote=quote, **given))
    result = corrected(supported, said)
    kept = Reading(supported.documents, result.findings, supported.unreadable, supported.warnings)
    assert from_bytes(to_bytes(kept)) == kept
    shuffled = data.draw(st.permutations(said))
    assert corrected(supported, shuffled) == result
    assert {one.correction.id for one in result.outcomes} == {one.id for one in said}
    read = {id(finding) for finding in findings}
    for found in result.findings.values():
        assert all((id(finding) in read) == (finding.read_by == "rules") for finding in found)
