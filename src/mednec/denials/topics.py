"""The words of a letter, or the questions of a clause, in; the topics out that they are about, of `topics.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from mednec.model import Criterion, Policy
from mednec.vocabulary import lexicon

QUESTIONS = ("needs", "against", "excludes")


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing that payers give as a reason."""

    key: str
    label: str
    terms: re.Pattern[str]
    clauses: tuple[Mapping[str, Any], ...]
    measures: frozenset[str]
    gives_way_to: frozenset[str]
    examples: tuple[str, ...]
    near_misses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """One pattern of a clause: its kind, the concepts that it is about, and the tests by attribute."""

    kind: str
    concepts: frozenset[str]
    tests: Mapping[str, Any]


@cache
def topics() -> tuple[Topic, ...]:
    """All topics, in the order of the file."""
    text = (files("mednec.denials") / "topics.yaml").read_text(encoding="utf-8")
    data = yaml.load(text, Loader=yaml.CSafeLoader)["topics"]
    return tuple(
        Topic(
            key=key,
            label=body["label"],
            terms=re.compile("|".join(f"(?:{term})" for term in body["terms"]), re.IGNORECASE),
            clauses=tuple(body["clauses"]),
            measures=frozenset(body["measures"]),
            gives_way_to=frozenset(body.get("gives_way_to", ())),
            examples=tuple(body["examples"]),
            near_misses=tuple(body["near_misses"]),
        )
        for key, body in data.items()
    )


def topics_of(text: str) -> tuple[Topic, ...]:
    """The topics that words speak of."""
    found = [topic for topic in topics() if topic.terms.search(text)]
    keys = {topic.key for topic in found}
    return tuple(topic for topic in found if not topic.gives_way_to & keys)


def words_of(criterion: Criterion) -> str:
    """What a clause asks and says."""
    return f"{criterion.asks} {criterion.cites.says}"


def patterns_about(criterion: Criterion, topic: Topic, policy: Policy) -> tuple[Asked, ...]:
    """The patterns of a clause that are about a topic."""
    return tuple(a for a in patterns(criterion, policy) if any(_fits(a, clause) for clause in topic.clauses))


def patterns(criterion: Criterion, policy: Policy) -> tuple[Asked, ...]:
    """The patterns of a clause, with the concepts that its words mean in this policy."""
    questions = (getattr(criterion, name) for name in QUESTIONS)
    return tuple(asked for question in questions if question for asked in _patterns(question, policy))


def _patterns(question: Mapping[str, Any], policy: Policy) -> Iterator[Asked]:
    for name in ("all", "any", "of"):
        for part in question.get(name, ()):
            yield from _patterns(part, policy)
    if "not" in question:
        yield from _patterns(question["not"], policy)
    if "at_least" in question:
        kinds = {asked.kind for part in question["of"] for asked in _patterns(part, policy)}
        yield from (Asked(kind, frozenset(), {"at_least": question["at_least"]}) for kind in sorted(kinds))
    elif "request" in question:
        yield Asked("request", frozenset(), question["request"])
    elif not {"all", "any", "not"} & question.keys():
        kind, spec = next(iter(question.items()))
        tests = {**question.get("where", {}), **{name: test for name, test in question.items() if name != kind}}
        yield Asked(kind, _concepts(kind, spec, policy), tests)


def _concepts(kind: str, spec: Any, policy: Policy) -> frozenset[str]:
    if isinstance(spec, list | tuple):
        return frozenset().union(*(_concepts(kind, name, policy) for name in spec))
    defined = policy.definitions.get(spec, {})
    if kind in defined:
        return _concepts(kind, defined[kind], policy)
    return frozenset(lexicon(kind).group(spec)) or frozenset([spec])


def _fits(asked: Asked, clause: Mapping[str, Any]) -> bool:
    """Whether a pattern asks about what a topic names; an attribute counts where a number or a value is asked of it."""
    if asked.kind != clause["kind"]:
        return False
    names, attributes = clause.get("concepts", ()), clause.get("attributes", ())
    wanted = frozenset().union(*(frozenset(lexicon(asked.kind).group(name)) or {name} for name in names))
    if names and asked.concepts and not wanted & asked.concepts:
        return False
    return not attributes or any(_asks(asked.tests, name) for name in attributes)


def _asks(tests: Mapping[str, Any], name: str) -> bool:
    """Whether an attribute is asked for; that a session lies before the request is no interval."""
    return name in tests and not (name == "days_before" and str(tests[name]) == "at least 1")
