"""A question of a policy in, the same in words out: for people who read rules and not YAML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mednec.policies.words import PATTERN

JOINED = {"all": "every one of these:", "any": "at least one of these:", "not": "not this:"}
MEANINGS = {
    "requested": "that of the request",
    "elsewhere": "clearly not that of the request",
    "covering": "all of those of the request",
    "beyond": "one that the request does not name",
    "far": "further away than one level",
    "counted": "the requested region, or one that counts as one with it",
    "known": "stated",
    "unknown": "not stated",
    "onset": "the beginning of this pain",
}
CONDITIONS = {
    "within": "no longer ago than {}",
    "order": "the {} dated",
    "recent": "no older than {} before the newest",
    "about": "said of the requested session",
    "prefer": "where there are some, those with {}",
    "says": "whose words hold {}",
    "in": "stated in documents of the type {}",
    "after": "that can have been for this pain",
}
COUNTS = {
    "count": "by {} different ones",
    "each": "by each one of them",
    "at_most": "and no more than {} sessions, the requested one included",
    "apart": "{} days apart",
    "sure": "counting only what clearly fits",
}


def in_words(question: Mapping[str, Any], depth: int = 0) -> Iterator[str]:
    """The lines of a nested list, indented by two blanks a level."""
    indent = "  " * depth
    first = next(iter(question))
    if first in JOINED:
        yield f"{indent}- {JOINED[first]}"
        parts = question[first] if isinstance(question[first], list | tuple) else [question[first]]
        for part in parts:
            yield from in_words(part, depth + 1)
    elif first == "of":
        yield f"{indent}- at least {question.get('at_least', 1)} of these:"
        for part in question["of"]:
            yield from in_words(part, depth + 1)
    elif first == "unread":
        yield f"{indent}- stays open, as this part of the policy was not read: {question[first]}"
    elif first == "request":
        yield f"{indent}- the request itself: {_listed(question[first], ' and ')}"
    else:
        yield f"{indent}- {_pattern(first, question)}"


def _pattern(kind: str, question: Mapping[str, Any]) -> str:
    parts = [f"**{_spoken(kind)}**: {_value(question[kind])}"]
    if question.get("where"):
        parts.append(f"where {_listed(question['where'], ', ')}")
    if question.get("except"):
        parts.append(f"left out is what has {_listed(question['except'], ' or ')}")
    tests = {name: test for name, test in question.items() if name != kind and name not in PATTERN}
    if tests:
        parts.append(f"shown by {_listed(tests, ' and ')}")
    parts += [COUNTS[name].format(_value(question[name])) for name in COUNTS if name in question]
    return "; ".join(parts)


def _listed(conditions: Mapping[str, Any], joint: str) -> str:
    return joint.join(_condition(name, test) for name, test in conditions.items())


def _condition(name: str, test: Any) -> str:
    if name in CONDITIONS:
        return CONDITIONS[name].format(_value(test))
    told = _value(test)
    measured = told.startswith(("at least ", "at most ", "more than ", "less than "))
    return f"{_spoken(name)} {told}" if measured else f"{_spoken(name)} is {told}"


def _value(value: Any) -> str:
    if isinstance(value, list | tuple):
        return " or ".join(_value(item) for item in value)
    if isinstance(value, Mapping):
        return _listed(value, " and ")
    if isinstance(value, bool):
        return "yes" if value else "no"
    return MEANINGS.get(str(value), _spoken(str(value)))


def _spoken(word: str) -> str:
    return word.replace("_", " ")
