"""A lexicon that was parsed once is read from what was kept of it, unless its file has changed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from mednec import vocabulary
from mednec.errors import LexiconError


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    (tmp_path / "voids.yaml").write_text("concepts: {a: {terms: [one]}}", encoding="utf-8")
    return tmp_path / "voids.yaml"


def kept(file: Path) -> list[Path]:
    return sorted(file.parent.glob("__pycache__/*"))


def test_what_was_parsed_is_kept_and_read_again(file: Path) -> None:
    data = vocabulary._read(file)
    assert [json.loads(path.read_bytes()) for path in kept(file)] == [data]
    kept(file)[0].write_text('{"concepts": {}}', encoding="utf-8")
    assert vocabulary._read(file) == {"concepts": {}}


def test_a_changed_file_is_parsed_anew_and_replaces_what_was_kept(file: Path) -> None:
    vocabulary._read(file)
    file.write_text("concepts: {b: {terms: [two]}}", encoding="utf-8")
    assert vocabulary._read(file) == {"concepts": {"b": {"terms": ["two"]}}}
    assert len(kept(file)) == 1


def test_what_json_has_no_like_of_is_not_kept(file: Path) -> None:
    file.write_text("concepts: {1: 2026-03-10}", encoding="utf-8")
    assert list(vocabulary._read(file)["concepts"]) == [1]
    assert not kept(file)


def test_a_damaged_copy_or_a_place_that_cannot_be_written_does_no_harm(file: Path) -> None:
    data = vocabulary._read(file)
    kept(file)[0].write_text('{"concepts": {', encoding="utf-8")
    assert vocabulary._read(file) == data
    for path in kept(file):
        path.unlink()
    (file.parent / "__pycache__").rmdir()
    (file.parent / "__pycache__").write_text("no folder", encoding="utf-8")
    assert vocabulary._read(file) == data


def test_named_words_stand_for_any_one_of_them_wherever_they_are_named() -> None:
    data = {
        "words": {"block": ["MBBs?", "{epidural}"], "epidural": ["ESIs?", "TFESI"]},
        "concepts": {"change": {"where": r"\bno {block} (?:\w+ ){0,2}of L\d{1,2}"}},
    }
    [where] = vocabulary.spelled_out(data)["concepts"]["change"].values()
    assert where == r"\bno (?:MBBs?|(?:ESIs?|TFESI)) (?:\w+ ){0,2}of L\d{1,2}"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({"block": ["MBB"]}, "'{blocks}' in an expression is not among the words: block"),
        ({"blocks": ["no {blocks}"]}, "'{blocks}' in an expression names itself"),
    ],
)
def test_words_that_are_not_there_or_name_themselves_are_told(words: dict[str, list[str]], told: str) -> None:
    with pytest.raises(LexiconError, match=re.escape(told)):
        vocabulary.spelled_out({"words": words, "concepts": {"change": {"where": "{blocks}"}}})
