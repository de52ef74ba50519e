"""What the checker says of files whose parts do not fit together, and of texts that do not follow each other."""

import pytest

from mednec.checking import check_policies
from mednec.policies import lint, lint_together, policy_files

GOOD = """\
policy: test/policy
payer: test
title: Test
status: draft
sources:
  - {id: T1, effective: 2024-01-01, ends: 2025-12-31, states: [AZ, CA], states_seen: primary, seen: primary, read: All.}
services:
  esi.init: ["64483"]
definitions:
  care: {section: "1", says: Care., seen: primary, therapy: [active, passive]}
criteria:
  test.care:
    - asks: Was care tried?
      cites: {section: "1", says: Care., seen: primary}
      services: [esi.init]
      needs: {therapy: care, where: {within: 12 months, status: [past, current]}, duration_days: at least 4 weeks}
      gap: Which care was tried?
      examples:
        - {chart: "HPI: Low back pain. PT from 10/01/2025 to 12/01/2025.", status: met}
        - {chart: "HPI: Low back pain. PT from 11/03/2025 to 11/10/2025.", status: not_met}
        - {chart: "PT is planned.", status: insufficient, near_miss: true}
"""


@pytest.fixture
def faults(tmp_path):
    def checking(*changes):
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        text = GOOD
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path = folder / "test.yaml"
        path.write_text(text, encoding="utf-8")
        return lint(path)

    return checking


def test_a_good_file_has_no_faults(faults):
    assert faults() == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("therapy: care", "therapy: active", "test.yaml:10: definition 'care' is used by no question"),
        (
            '  esi.init: ["64483"]',
            '  esi.init: ["64483"]\n  esi.repeat: ["64483"]',
            "test.yaml:9: service 'esi.repeat' has no",
        ),
        ("esi.init", "esi.intit", "there is no service 'esi.intit'; did you mean 'esi.init'?"),
        ('["64483"]', '["64438"]', "test.yaml:8: there is no code '64438'; did you mean '644"),
        ('["64483"]', '["64483", "64483"]', "test.yaml:8: 'esi.init' names the code 64483 twice"),
        ("[AZ, CA]", "[AZ, CQ]", "test.yaml:6: there is no state 'CQ'"),
        ("[AZ, CA]", "[AZ, AZ]", "test.yaml:6: 'T1' names the state AZ twice"),
        ("2025-12-31", "2205-12-31", "test.yaml:6: 'ends' of T1 cannot be in 2205"),
        ("id: T1,", "id: T1, aliases: [T1],", "test.yaml:6: 'T1' is an alias of itself"),
        (
            "within: 12 months",
            "within: 0 months",
            "test.yaml:16: 'within: 0 months' is no length of time such as '12 months'",
        ),
        ("within: 12 months", "within: a year", "'within: a year' is no length of time such as '12 months'"),
        (
            "at least 4 weeks}",
            "at least 0 weeks}",
            "test.yaml:16: 'duration_days: at least 0 weeks' asks for nothing, or for what cannot be",
        ),
        (
            "needs: {therapy: care, where: {within: 12 months, status: [past, current]}",
            "needs: {pain_score: nrs, high: at least 40}\n      against: {therapy: care, where: {status: past}",
            "'high: at least 40' is above the scale",
        ),
        (
            "HPI: Low back pain. PT from 11/03/2025 to 11/10/2025.",
            "PT is planned.",
            "test.yaml:21: 'test.care' has one example twice, once not_met and once insufficient",
        ),
    ],
)
def test_what_does_not_fit_is_told_with_its_line(faults, old, new, says):
    found = faults((old, new))
    assert any(says in fault for fault in found), found


def test_a_retired_text_has_a_last_day(faults):
    assert faults(("status: draft", "status: retired")) == []
    found = faults(("status: draft", "status: retired"), ("ends: 2025-12-31, ", ""))
    assert found == ["test.yaml:6: 'T1' is retired and has no last day ('ends')"]


def test_two_wordings_that_apply_to_one_request_are_a_fault(faults):
    start = GOOD.index("    - asks")
    found = faults((GOOD[start:], GOOD[start:] + GOOD[start:].replace("Was care", "Was any care")))
    assert found == ["test.yaml:22: two wordings of 'test.care' apply to the same request"]


@pytest.fixture
def together(tmp_path):
    """What is said of two files of one source, or two, with these days of effect."""

    def checking(first, second, name="T1"):
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        for number, (days, source) in enumerate(((first, "T1"), (second, name))):
            text = GOOD.replace("effective: 2024-01-01, ends: 2025-12-31", days).replace("id: T1", f"id: {source}")
            (folder / f"{number}.yaml").write_text(text, encoding="utf-8")
        return lint_together(sorted(folder.glob("*.yaml")))

    return checking


def test_revisions_that_follow_each_other_day_by_day_are_no_fault(together):
    assert together("effective: 2024-01-01, ends: 2024-12-31", "effective: 2025-01-01") == []


def test_revisions_that_overlap_are_a_fault(together):
    found = together("effective: 2024-01-01, ends: 2025-01-01", "effective: 2025-01-01")
    assert found == ["1.yaml:6: 'T1' is in force from 2025-01-01, while 0.yaml is still in force to 2025-01-01"]
    assert "without end" in together("effective: unknown", "effective: 2025-01-01")[0]


def test_a_day_between_two_revisions_is_a_hole(together):
    found = together("effective: 2024-01-01, ends: 2024-12-30", "effective: 2025-01-01")
    assert "1.yaml:6: 'T1' is in force from 2025-01-01, but 0.yaml only to 2024-12-30: a hole" in found


def test_two_sources_in_one_state_overlap_and_their_succession_may_leave_a_hole(together):
    found = together("effective: 2024-01-01", "effective: 2025-01-01", name="T2")
    assert "1.yaml:6: 'T2' and 'T1' (0.yaml) are both in force for 'esi.init' of test in AZ from 2025-01-01" in found
    found = together("effective: 2024-01-01, ends: 2024-11-30", "effective: 2025-01-01", name="T2")
    assert "1.yaml:6: 'esi.init' of test has no policy in CA from 2024-12-01 to 2024-12-31" in found


def test_the_check_of_several_files_ends_with_the_files_among_each_other(tmp_path):
    for number, day in enumerate(("2024-01-01", "2025-01-01")):
        text = GOOD.replace("2024-01-01, ends: 2025-12-31", day)
        (tmp_path / f"{number}.yaml").write_text(text, encoding="utf-8")
    *_, last = check_policies([tmp_path])
    assert last.text.startswith("2 files, with each other: 6 examples, 1 to look at")


def test_the_files_of_the_package_fit_together():
    assert [fault for path in policy_files() for fault in lint(path)] == []
