"""The words by which documents show what they are, from patterns.yaml, compiled when first asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from mednec.expressions.patterns import compiled
from mednec.expressions.sieve import Sieve

SIGNATURES = ("unsigned", "blank_line", "signed")  # lists of patterns.yaml


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
    return compiled("|".join(f"(?:{part})" for part in data()[name]), re.I | re.M)


@cache
def signs() -> Sieve:
    """The lists of regular expressions that are asked one by one, for text in lower case (searched much faster)."""
    return Sieve({name: some for name, some in data().items() if isinstance(some, list)}, re.M)


@cache
def signatures() -> Sieve:
    """The lists by which signatures are told, for text as it stands."""
    return Sieve({name: data()[name] for name in SIGNATURES}, re.I | re.M)


@cache
def titles() -> Mapping[str, re.Pattern[str]]:
    """For each document type, in the order in which they are asked, what its title says."""
    named = data()["titles"].items()
    return {kind: compiled(r"(?:" + "|".join(words) + r")(?![a-z])", re.I) for kind, words in named}


@cache
def titling() -> Sieve:
    """The same, part by part, to see which types a few lines can name at all."""
    return Sieve(data()["titles"], re.I)


@cache
def sayings() -> Sieve:
    """What the bodies of documents of each type say, each a sign of its own, for text in lower case."""
    return Sieve(data()["says"], re.M)
