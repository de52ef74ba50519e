"""The words by which documents show what they are, from patterns.yaml, compiled when first asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def data() -> Mapping[str, Any]:
    """The whole of patterns.yaml."""
    text = (files("mednec.documents") / "patterns.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return loaded


def labels() -> Mapping[str, list[str]]:
    """The labels of head lines, by what they ask for."""
    found: Mapping[str, list[str]] = data()["labels"]
    return found


@cache
def pattern(name: str) -> re.Pattern[str]:
    """One regular expression out of the list of that name; it ignores case, and `^` is the start of any line."""
    return re.compile("|".join(f"(?:{part})" for part in data()[name]), re.I | re.M)


@cache
def lowered(name: str) -> tuple[re.Pattern[str], ...]:
    """The regular expressions of a list, one by one, for text in lower case (which is searched much faster)."""
    return tuple(re.compile(part, re.M) for part in data()[name])


@cache
def titles() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """For each document type, in the order in which they are asked, what its title says."""
    return tuple(
        (kind, re.compile(r"(?:" + "|".join(words) + r")(?![a-z])", re.I)) for kind, words in data()["titles"].items()
    )


@cache
def sayings(kind: str) -> tuple[re.Pattern[str], ...]:
    """What the body of a document of this type says, each a sign of its own, for text in lower case."""
    return tuple(re.compile(part, re.M) for part in data()["says"].get(kind, ()))
