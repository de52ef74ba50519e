"""Every example of every policy, and the house rules of the policy files."""

import pytest

from mednec.audit import decide_one
from mednec.evidence import gather
from mednec.findings import find
from mednec.policies import examples_of, lint, lint_together, policy_files

EXAMPLES = [example for path in policy_files() for example in examples_of(path)]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_an_example_is_decided_as_it_says(example):
    found = {document.id: find(document) for document in example.documents}
    record = gather(example.documents, found, example.request)
    decided = decide_one(example.criterion, example.policy, record, example.request)
    assert str(decided.status) in example.expected, f"line {example.line}: {decided.reason}"


@pytest.mark.parametrize("path", policy_files(), ids=lambda path: path.parent.name + "/" + path.stem)
def test_a_policy_file_keeps_the_format(path):
    assert lint(path) == []


def test_texts_neither_overlap_in_time_nor_leave_a_hole():
    assert lint_together(policy_files()) == []
