"""What has to hold when a chart is changed: a decision goes with its evidence, and a contradiction never grants one."""

import importlib.util
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from mednec.model import Status

ROOT = Path(__file__).parents[1]
SPEC = importlib.util.spec_from_file_location("check_metamorphic", ROOT / "scripts" / "check_metamorphic.py")
assert SPEC and SPEC.loader
check = importlib.util.module_from_spec(SPEC)
sys.modules["check_metamorphic"] = check
SPEC.loader.exec_module(check)

FOLDERS = sorted(path.parent for path in ROOT.glob("examples/*/request.yaml"))
OTHERS = sorted(path.parent for path in ROOT.glob("benchmarks/charts/*/*/request.yaml"))[
    ::24
]  # the script takes them all


@pytest.fixture(scope="module", params=[*FOLDERS, *OTHERS], ids=lambda path: f"{path.parent.name}/{path.name}")
def case(request):
    [one] = check.cases([request.param])
    return one


def test_what_is_met_goes_with_the_sentences_that_it_cites(case):
    assert list(check.unwithdrawn(case)) == []


def test_what_contradicts_the_record_has_no_criterion_met(case):
    assert list(check.created(case)) == []


def test_there_is_something_to_withdraw_and_to_deny():
    [case] = check.cases([ROOT / "examples" / "esi-supported"])
    audited = case.audited(case.documents)
    assert sum(d.status is Status.MET and bool(d.findings) for d in audited.determinations) >= 15
    assert len(list(check._denials(case, audited))) >= 5


def test_a_decision_that_would_stay_without_its_evidence_is_noticed(monkeypatch):
    [case] = check.cases([ROOT / "examples" / "esi-supported"])
    monkeypatch.setattr(check, "without", lambda documents, _places: documents)
    assert list(check.unwithdrawn(case))


def test_a_decision_that_a_denial_would_grant_is_noticed():
    [case] = check.cases([ROOT / "examples" / "facet-letter-only"])
    before = case.audited(case.documents)
    open_ = next(d for d in before.determinations if d.status is Status.INSUFFICIENT)
    granted = replace(before, determinations=(replace(open_, status=Status.MET),))
    audits = iter([before])

    class Granting:
        name, documents, request = case.name, case.documents, case.request

        def audited(self, _documents):
            return next(audits, granted)

    assert list(check.created(Granting()))
