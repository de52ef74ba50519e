"""Every known requirement of payers' texts is decided, left to the reviewer with a reason, or told as outside."""

import importlib.util
from pathlib import Path

PATH = Path(__file__).parents[2] / "scripts" / "policy_keys.py"
SPEC = importlib.util.spec_from_file_location("policy_keys", PATH)
assert SPEC and SPEC.loader
policy_keys = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(policy_keys)


def test_no_known_requirement_is_silently_absent():
    keys = policy_keys.ledger()["keys"]
    assert len(keys) > 380
    assert [key for key, place in policy_keys.places(keys).items() if place == "absent"] == []


def test_what_is_decided_stands_nowhere_else_in_the_ledger():
    told = policy_keys.ledger()
    outside = {key for members in told["outside"].values() for key in members}
    assert policy_keys.decided() & {*told["within"], *told["not_covered"], *outside} == set()


def test_a_requirement_within_another_names_a_criterion():
    assert set(policy_keys.ledger()["within"].values()) <= policy_keys.decided()


def test_what_is_said_to_be_not_covered_is_excluded_by_that_document():
    assert {tuple(pair) for pair in policy_keys.ledger()["not_covered"].values()} <= policy_keys.excluded()


def test_keys_are_found_in_the_tables_and_lists_of_notes(tmp_path):
    notes = tmp_path / "notes.md"
    notes.write_text(
        "| `facet.new.rule` | a rule |\n- `scale.new`: another\nA sentence on `esi.init.pain_4w`.\n", encoding="utf-8"
    )
    assert policy_keys.keys_of([notes]) == ["facet.new.rule", "scale.new"]
    assert set(policy_keys.places(["facet.new.rule", "esi.init.pain_4w"]).values()) == {"absent", "decided"}
