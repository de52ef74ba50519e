"""The shape of PainTrap's data: what every pair must have before anybody is measured by it."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

PAINTRAP = Path(__file__).parents[1] / "benchmarks/paintrap"
STATUSES = {"met", "exempt", "not_met", "insufficient", "conflicting", "not_applicable"}
CHOICE = re.compile(r"\{\{(.*?) ?\|\| ?(.*?)\}\}", re.DOTALL)


def loaded(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


FAMILIES = {path.stem: loaded(path) for path in sorted(PAINTRAP.glob("families/*.yaml"))}
PAIRS = [(family, pair) for family in FAMILIES.values() for pair in family["pairs"]]


def accepted(family: dict[str, Any], pair: dict[str, Any], member: str) -> list[str]:
    return pair.get(member) or family["accept"][member]


def test_a_family_is_named_as_its_file_and_says_what_it_is_about() -> None:
    assert len(FAMILIES) >= 40
    for stem, family in FAMILIES.items():
        assert family["family"] == stem and family["about"] and len(family["pairs"]) >= 2, stem


def test_ids_are_unique_and_begin_with_the_family() -> None:
    doubled = [one for one, times in Counter(pair["id"] for _, pair in PAIRS).items() if times > 1]
    assert not doubled
    assert all(re.fullmatch(rf"{family['family']}-\d\d", pair["id"]) for family, pair in PAIRS)


def test_statuses_are_those_of_an_audit() -> None:
    for family, pair in PAIRS:
        for member in "ab":
            statuses = accepted(family, pair, member)
            assert statuses and set(statuses) <= STATUSES, pair["id"]


def test_no_status_is_right_for_both_members() -> None:
    for family, pair in PAIRS:
        assert not set(accepted(family, pair, "a")) & set(accepted(family, pair, "b")), pair["id"]


def test_members_differ_and_keep_no_marks() -> None:
    for _, pair in PAIRS:
        one, other = (CHOICE.sub(rf"\g<{number}>", pair["text"]) for number in (1, 2))
        assert one != other, pair["id"]
        assert not any(mark in text for mark in ("{{", "}}", "||") for text in (one, other)), pair["id"]


def test_no_two_pairs_have_the_same_text() -> None:
    assert len({pair["text"] for _, pair in PAIRS}) == len(PAIRS)


def test_requests_and_criteria_are_defined() -> None:
    requests, criteria = loaded(PAINTRAP / "requests.yaml"), loaded(PAINTRAP / "criteria.yaml")
    for family, pair in PAIRS:
        assert pair.get("request", family["request"]) in requests, pair["id"]
        assert pair.get("criterion", family["criterion"]) in criteria, pair["id"]
