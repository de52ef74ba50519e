"""What two policies, or two versions of one, word differently."""

from pathlib import Path

import pytest

from mednec.auditor import compare_policies
from mednec.errors import PolicyError
from mednec.policies import compare, load, load_all, policy_named
from mednec.reports import comparison_as_data, comparison_to_terminal

OLD = """\
policy: test/injections
payer: test
title: Test injections
status: draft
sources:
  - {id: T1, version: "1", states: [AZ], effective: 2024-01-01, ends: 2024-12-31}
services:
  esi.init: ["64483"]
  esi.repeat: ["64483"]
definitions:
  care: {section: Words, says: What counts as care., seen: primary, therapy: [active, passive]}
criteria:
  test.pain:
    asks: Has the pain lasted four weeks?
    cites: {section: "1", says: Four weeks of pain., seen: primary}
    needs: {symptom_duration: pain_duration, days: at least 4 weeks}
    gap: How long has it lasted?
  test.care:
    asks: Did care fail?
    cites: {section: "2", says: Six weeks of care., seen: primary}
    needs:
      any:
        - {therapy: care, status: past, duration_days: at least 6 weeks}
        - {therapy: nsaid, status: past, response: none}
    gap: What was tried?
  test.cap:
    asks: No more than three?
    cites: {section: "3", says: Three in a year., seen: primary}
    needs: {therapy: epidural_steroid_injection, where: {status: past, within: 12 months}, at_most: 3}
    gap: How many?
  test.relief:
    - asks: Was there relief at first?
      cites: {section: "4", says: Relief at first., seen: primary}
      services: [esi.init]
      needs: {therapy: care, status: past, relief_percent: at least 30}
      gap: How much relief?
    - asks: Was there relief again?
      cites: {section: "4", says: Relief again., seen: primary}
      services: [esi.repeat]
      needs: {therapy: care, status: past, relief_percent: at least 50}
      gap: How much relief?
"""


@pytest.fixture
def compared(tmp_path):
    """Compares the policy with what becomes of it by a few replacements."""

    def comparing(*changes: tuple[str, str]):
        new = OLD
        for one, other in changes:
            assert one in new
            new = new.replace(one, other, 1)
        for name, text in (("old", OLD), ("new", new)):
            (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
        return compare(load(tmp_path / "old.yaml"), load(tmp_path / "new.yaml"))

    return comparing


def told(comparison) -> dict[str, list[tuple[str, object, object]]]:
    """By key, each place that differs with its old and its new value."""
    return {c.key: [(d.place, d.old, d.new) for d in c.differences] for c in comparison.clauses}


def test_a_policy_does_not_differ_from_itself(compared):
    same = compared()
    assert (same.head, same.clauses) == ((), ())
    assert "The clauses are the same." in comparison_to_terminal(same)


def test_a_changed_number_is_told_with_its_place(compared):
    found = compared(("at least 4 weeks", "at least 6 weeks"))
    assert told(found) == {"test.pain": [("needs / days", "at least 4 weeks", "at least 6 weeks")]}


def test_a_changed_paraphrase_and_grade_are_told(compared):
    found = compared(("says: Four weeks of pain., seen: primary", "says: A month of pain., seen: excerpt"))
    assert told(found)["test.pain"] == [
        ("says", "Four weeks of pain.", "A month of pain."),
        ("seen", "primary", "excerpt"),
    ]


def test_a_number_within_joined_questions_is_found_under_what_it_is_about(compared):
    found = compared(("duration_days: at least 6 weeks", "duration_days: at least 4 weeks"))
    place = "needs / any / therapy care / duration_days"
    assert told(found)["test.care"] == [(place, "at least 6 weeks", "at least 4 weeks")]


def test_an_alternative_that_was_dropped_is_told_whole(compared):
    found = compared(("        - {therapy: nsaid, status: past, response: none}\n", ""))
    [(place, old, new)] = told(found)["test.care"]
    assert (place, new) == ("needs / any / therapy nsaid", None)
    assert old["response"] == "none"


def test_criteria_that_were_added_and_removed_are_told_with_their_section(compared):
    found = compared(("  test.cap:", "  test.limit:"))
    assert [(c.key, c.change, c.section) for c in found.clauses] == [
        ("test.limit", "added", "3"),
        ("test.cap", "removed", "3"),
    ]
    assert found.counts == {"added": 1, "removed": 1, "changed": 0}


def test_the_wordings_of_a_key_are_compared_service_by_service(compared):
    found = compared(("relief_percent: at least 50", "relief_percent: at least 75"))
    [clause] = found.clauses
    assert clause.services == ("esi.repeat",)
    assert told(found)["test.relief"] == [("needs / relief_percent", "at least 50", "at least 75")]


def test_dates_states_services_and_definitions_are_compared_too(compared):
    found = compared(
        ("states: [AZ]", "states: [AZ, CA]"),
        ("therapy: [active, passive]", "therapy: active"),
        ('  esi.init: ["64483"]', '  esi.init: ["64483", "62323"]'),
    )
    assert [(d.place, d.new) for d in found.head] == [
        ("states", ["AZ", "CA"]),
        ("services / esi.init", ["64483", "62323"]),
    ]
    assert told(found) == {"care": [("therapy", ["active", "passive"], "active")]}


def test_a_question_of_another_shape_is_told_whole(compared):
    question = "{symptom_duration: pain_duration, days: at least 4 weeks}"
    found = compared((question, "{not: {statement: no_pain, status: affirmed}}"))
    [(place, _, new)] = told(found)["test.pain"]
    assert (place, list(new)) == ("needs", ["not"])


def test_as_data_every_change_keeps_its_old_and_new_value(compared):
    data = comparison_as_data(
        compared(("effective: 2024-01-01", "effective: 2024-02-01"), ("at_most: 3", "at_most: 4"))
    )
    assert data["policy"] == [{"place": "effective", "old": "2024-01-01", "new": "2024-02-01"}]
    assert data["criteria"][0]["differences"] == [{"place": "needs / at_most", "old": 3, "new": 4}]


def test_a_policy_is_named_by_number_version_day_or_file():
    policies = load_all()
    assert policy_named("L38801@23", policies).source.version == "23"
    assert policy_named("l38801@2026-04-15", policies).source.ends.isoformat() == "2026-04-15"
    file = Path(policy_named("L39036", policies).path)
    assert policy_named(str(file), policies).id == load(file).id


def test_a_name_that_fits_several_revisions_is_told_them():
    with pytest.raises(PolicyError, match=r"several revisions of policy 'L38801'.*L38801@23"):
        compare_policies("L38801", "L39036")
    with pytest.raises(PolicyError, match="no revision '99' of policy 'L39240'"):
        compare_policies("L39240@99", "L39036")
    with pytest.raises(PolicyError, match=r"no policy 'L3924' \(did you mean 'L392"):
        compare_policies("L3924", "L39036")


def test_contractors_of_one_text_differ_where_a_wording_is_their_own():
    found = compare_policies("L39240@15", "L39036")
    assert {clause.key for clause in found.clauses} == {"esi.lim.dose"}
    assert {d.place for d in found.head} >= {"number", "states"}
