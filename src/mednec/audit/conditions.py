"""A test and a value in, yes, no or unknown out: the tests of the policy language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
BOUND = re.compile(r"(at least|at most|more than|less than) (\d+(?:\.\d+)?)(?: (day|week|month|year)s?)?")
KNOWN, UNKNOWN = "known", "unknown"


@cache
def bound(test: str) -> tuple[str, float] | None:
    """The operator and the number (in days where a unit stands) of 'at least 4 weeks'; None where it is no bound."""
    match = BOUND.fullmatch(test)
    if match is None:
        return None
    return match[1], float(match[2]) * DAYS.get(match[3] or "", 1)


def passes(value: Any, test: Any) -> bool | None:
    """Whether a stated value passes a test; None where it is such that it cannot tell."""
    if isinstance(test, Mapping):
        return _passes_named(value, test)
    if test == KNOWN:
        return True
    if isinstance(test, str) and (limit := bound(test)):
        return _within(value, *limit)
    wanted = test if isinstance(test, list | tuple) else [test]
    return any(item in wanted for item in _items(value))


def spans(fewest: float, most: float, test: Any) -> bool | None:
    """Whether a number known to lie between two bounds passes a test."""
    ends = {passes(fewest, test), passes(most, test)}
    return ends.pop() if len(ends) == 1 else None


def _within(value: Any, operator: str, limit: float) -> bool | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if operator == "at least":
        return value >= limit
    if operator == "at most":
        return value <= limit
    return value > limit if operator == "more than" else value < limit


def _passes_named(value: Any, test: Mapping[str, Any]) -> bool | None:
    """Tests on words as written: `mentions: [...]`, and `mg_at_most: {drug: milligrams}`."""
    text = " ".join(str(item) for item in _items(value)).lower()
    if "mentions" in test:
        return any(re.search(rf"\b{re.escape(word.lower())}", text) for word in test["mentions"])
    doses = [(_dose(text, drug), limit) for drug, limit in test["mg_at_most"].items() if drug in text]
    known = [(dose, limit) for dose, limit in doses if dose is not None]
    return all(dose <= limit for dose, limit in known) if known else None


def _dose(text: str, drug: str) -> float | None:
    """The milligrams of a drug as written behind its name, or else before it."""
    number = r"(\d+(?:\.\d+)?) ?mg\b(?! ?/ ?ml)"
    match = re.search(rf"{drug}[^\d;,]*{number}", text) or re.search(rf"{number} (?:of )?{drug}", text)
    return float(match[1]) if match else None


def _items(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list | tuple | set | frozenset) else (value,)
