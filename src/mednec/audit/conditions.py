"""A test and a value in, yes, no or unknown out: the tests of the policy language."""

from __future__ import annotations

import re
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


def _items(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list | tuple | set | frozenset) else (value,)
