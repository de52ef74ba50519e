"""What the checker says of broken policy files."""

import pytest

from mednec.errors import PolicyError
from mednec.policies import examples_of, lint, load
from mednec.policies.reading import policies_of

GOOD = """\
policy: test/policy
payer: test
title: Test
status: draft
sources:
  - {id: T1, effective: 2024-01-01, ends: 2025-12-31, seen: primary, read: All of it.}
services:
  esi.init: ["64483"]
criteria:
  test.pain:
    asks: Has the pain lasted four weeks?
    cites: {section: "1", says: Four weeks of pain., seen: primary}
    needs: {symptom_duration: pain_duration, days: at least 4 weeks}
    gap: How long has it lasted?
    examples:
      - {chart: "Low back pain for 8 weeks.", status: met}
      - {chart: "Low back pain for 2 weeks.", status: not_met}
      - {chart: "Low back pain. PT for 8 weeks.", status: insufficient, near_miss: true}
"""


@pytest.fixture
def faults(tmp_path):
    def checking(old="", new=""):
        assert old in GOOD
        path = tmp_path / "test.yaml"
        path.write_text(GOOD.replace(old, new) if old else GOOD, encoding="utf-8")
        return lint(path)

    return checking


def test_a_good_file_has_no_faults(faults):
    assert faults() == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("days: at", "dayz: at", "test.yaml:13: 'symptom_duration' does not know 'dayz'; did you mean 'days'?"),
        ("symptom_duration:", "symptom_durations:", "test.yaml:13: there is no kind 'symptom_durations'; did you mean"),
        (
            "pain_duration,",
            "pain_durations,",
            "test.yaml:13: 'symptom_duration' has no concept 'pain_durations'; did you",
        ),
        ("    gap:", "    gapp:", "test.yaml:14: 'test.pain' does not know 'gapp'; did you mean 'gap'?"),
        ("    gap: How long has it lasted?\n", "", "test.yaml:10: 'test.pain' has no 'gap'"),
        ("    gap:", "    asks: Twice?\n    gap:", "test.yaml:14: 'asks' stands twice; YAML would keep only the last"),
        ("4 weeks}", "4 weaks}", "has no unit of time; did you mean 'week'?"),
        ("at least 4 weeks}", "at least four weeks}", "'days: at least four weeks' has no number"),
        ("days: at least 4 weeks", "days: -4", "'days: -4' cannot be"),
        (", days: at least 4 weeks", "", "'symptom_duration' states no condition"),
        ("seen: primary", "seen: primery", "'seen' does not know 'primery'; did you mean 'primary'?"),
        ("status: not_met", "status: nott_met", "'status' does not know 'nott_met'; did you mean 'not_met'?"),
        ("2024-01-01", "2024-02-30", "is no date or number that exists"),
        ("2025-12-31", "2023-12-31", "T1 ends on 2023-12-31, before it begins on 2024-01-01"),
        ("status: met", "status: not_met", "'test.pain' has no example that is met"),
        (
            'not_met}\n      - {chart: "Low back pain. PT for 8 weeks.", status: insufficient',
            'met}\n      - {chart: "Low back pain for 9 weeks.", status: met',
            "'test.pain' has no example that is not met",
        ),
        (", near_miss: true", "", "'test.pain' has no near miss among its examples"),
        (", seen: primary, read: All of it.", ", seen: primary", "test.yaml:6: a source has no 'read'"),
        (", seen: primary, read: All", ", seen: seen, read: All", "'seen' does not know 'seen'"),
        (
            ", seen: primary, read: All",
            ", seen: {A: primary}, read: All",
            "'seen' of T1 does not say how the other sections were read (else)",
        ),
        ("{id: T1,", "{id: T1, states: [AZ],", "'states_seen' of T1 does not say whence its states are known"),
        (
            "    gap:",
            "    services: [esi.ini]\n    gap:",
            "'services' does not know 'esi.ini'; did you mean 'esi.init'?",
        ),
        (
            "symptom_duration: pain_duration, days",
            "therapy: nsaid, duration_days",
            "'therapy' asks for no 'status': a plan or a refusal would count",
        ),
        (
            "symptom_duration: pain_duration, days: at least 4 weeks",
            "therapy: nsaid, status: past, relief_percent: at least 150",
            "'relief_percent: at least 150' is more than all",
        ),
        ("policy: test/policy\n", "policy: [\n", "this is no YAML"),
        ("status: draft", "status: drafty", "test.yaml:4: 'status' does not know 'drafty'; did you mean 'draft'?"),
        (
            "status: draft",
            "status: {reviewed: yes}",
            "'status' is draft, retired, or {reviewed: {by: a name, dated: a day}}",
        ),
    ],
)
def test_a_fault_is_told_with_its_line_and_what_may_be_meant(faults, old, new, says):
    assert any(says in fault for fault in faults(old, new)), faults(old, new)


def test_a_file_that_breaks_the_format_is_refused_with_its_name(tmp_path):
    path = tmp_path / "broken.yaml"
    path.write_text("policy: [\n", encoding="utf-8")
    with pytest.raises(PolicyError, match=r"broken\.yaml:2"):
        load(path)
    path = tmp_path / "short.yaml"
    path.write_text("policy: x\nsources: []\ncriteria: {a: {}}\n", encoding="utf-8")
    assert lint(path)
    with pytest.raises(PolicyError, match=r"missing\.yaml"):
        load(tmp_path / "missing.yaml")


def test_examples_know_their_line_and_their_request(tmp_path):
    path = tmp_path / "test.yaml"
    path.write_text(GOOD, encoding="utf-8")
    first, second, _near = examples_of(path)
    assert (first.line, second.line) == (16, 17)
    assert first.request.service == "esi.init"
    assert first.documents[0].dated < first.request.dated
    assert load(path).criteria[0] == first.criterion


def test_only_what_was_read_itself_can_be_reviewed(tmp_path):
    reviewed = GOOD.replace("status: draft", "status: {reviewed: {by: A. Name, dated: 2026-01-31}}")
    path = tmp_path / "reviewed.yaml"
    path.write_text(reviewed, encoding="utf-8")
    assert lint(path) == []
    assert load(path).status == "reviewed by A. Name on 2026-01-31"
    other = tmp_path / "second.yaml"
    other.write_text(reviewed.replace("seen: primary}", "seen: excerpt}"), encoding="utf-8")
    assert lint(other) == ["second.yaml:4: a file that was read as excerpt in parts cannot be reviewed"]


def test_a_criterion_is_graded_by_how_each_document_was_read(tmp_path):
    shared = GOOD.replace(
        "  - {id: T1, effective: 2024-01-01, ends: 2025-12-31, seen: primary, read: All of it.}\n",
        "  - {id: T1, seen: primary, read: All of it.}\n"
        "  - {id: T2, seen: unread, read: Only its header.}\n"
        "  - {id: T3, seen: {B: primary, else: second-hand}, read: Section B.}\n"
        '  - {id: T4, seen: {"1": excerpt, else: background}, read: Section 1 in part., '
        "states: [AZ], states_seen: background}\n",
    )
    path = tmp_path / "shared.yaml"
    path.write_text(shared, encoding="utf-8")
    assert lint(path) == []
    assert [policy.criteria[0].cites.seen for policy in policies_of(path)] == [
        "primary",
        "unread",
        "second-hand",
        "excerpt",
    ]
    assert policies_of(path)[3].source.read == (
        "Section 1 in part. Which states it serves is general knowledge, not read in a source."
    )


def test_a_text_that_was_read_in_part_has_a_criterion_that_stays_open(tmp_path):
    path = tmp_path / "part.yaml"
    path.write_text(GOOD.replace("status: draft", "status: draft\npartial: the limits"), encoding="utf-8")
    assert lint(path) == []
    assert [criterion.key for criterion in load(path).criteria] == ["test.pain", "policy.unread_part"]
    assert {example.key for example in examples_of(path)} == {"test.pain"}
