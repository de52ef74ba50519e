"""Statements of a unit and its tokens in; out, each statement with the words before and after it that are its own."""

from __future__ import annotations

import re
from itertools import pairwise

from mednec.expressions.patterns import compiled
from mednec.findings.exam.shapes import Statement
from mednec.findings.exam.tokens import STRONG_SEPARATORS, Token

COUNTED = compiled(r"[1-9]\s?(?:/|(?:out )?of)\s?\d")


def share_out(text: str, groups: list[Statement], tokens: list[Token], start: int, end: int) -> None:
    """Give each statement the words before and after it; between two, a verdict right behind a term is its own."""
    for index, group in enumerate(groups):
        previous = groups[index - 1] if index else None
        first = previous.terms[-1].end if previous else start
        between = [token for token in tokens if first <= token.start and token.end <= group.terms[0].start]
        labelled = (
            previous is not None
            and len(previous.terms) == 1
            and text[previous.terms[0].end : previous.terms[0].end + 1] == ":"
        )
        cut = (
            0
            if previous is None
            else _cut(between, labelled or any(token.what in ("pos", "neg") for token in previous.head))
        )
        group.head = between[cut:]
        group.first = start
        if previous:
            previous.tail = between[:cut]
            previous.last = _until(between, cut, previous.terms[-1].end)
            group.first = between[cut - 1].end if cut else previous.last
    if groups:
        final = groups[-1]
        final.tail = [token for token in tokens if token.start >= final.terms[-1].end]
        final.last = end
    for group in groups:
        if not _as_many(group.head, group):
            group.head = [token for token in group.head if not _is_a_count(token)]
    for previous, group in pairwise(groups):
        _hand_back(previous, group)
        _hand_on(text, previous, group)


def _hand_on(text: str, previous: Statement, group: Statement) -> None:
    """'SI provocation positive on the left (FABER, Gaenslen)': the tests listed behind a verdict share it."""
    told = any(token.what in ("pos", "neg", "no") for token in (*group.head, *group.tail))
    if (
        not told
        and _as_many(previous.tail, group)
        and group.terms[0].reading == previous.terms[-1].reading == "test"
        and re.search(r"[(:]\s*$", text[previous.terms[-1].end : group.terms[0].start])
    ):
        group.head = [token for token in previous.tail if token.what in ("pos", "neg", "side")]


def _as_many(tail: list[Token], group: Statement) -> bool:
    """Whether as many tests are listed as are counted: of '2 of 5 positive (A, B, C, D, E)' nobody knows which two."""
    counted = next((token for token in tail if _is_a_count(token)), None)
    return counted is None or int(counted.words[0]) == len(group.terms)


def _is_a_count(token: Token) -> bool:
    return token.what == "pos" and COUNTED.match(token.words) is not None


def _hand_back(previous: Statement, group: Statement) -> None:
    """'Patrick positive right with pain on rotation, negative left': what follows the comma is of the test."""
    if (
        previous.terms[-1].reading != "test"
        or group.terms[0].reading != "motion"
        or not any(token.words in ("with", "w/") for token in (*previous.tail, *group.head))
    ):
        return
    comma = next(
        (index for index, token in enumerate(group.tail) if token.what == "sep" and token.words in (",", ";", "but")),
        None,
    )
    if comma is not None and any(token.side for token in group.tail[comma:]):
        previous.tail = [*previous.tail, *group.tail[comma:]]
        group.tail = group.tail[:comma]


def _until(between: list[Token], cut: int, last: int) -> int:
    """How far the words of a statement reach: to the separator before the next one."""
    if not cut:
        return between[0].start if between and between[0].what == "sep" else last
    final = between[cut - 1]
    return final.start if final.what == "sep" else final.end


def _denied_on(between: list[Token], index: int) -> bool:
    """Whether the 'or' at an index goes on with what a 'no' before it denies: 'no CVA tenderness or [deformity]'."""
    if between[index].words not in ("or", "nor"):
        return False
    for token in reversed(between[:index]):
        if token.what == "no":
            return True
        if token.what != "pain" and token.words not in (",", "or"):
            return False
    return False


def _cut(between: list[Token], judged: bool) -> int:
    """Where the words about the previous statement end: at the last separator in front of the next one's own."""
    for index in range(len(between) - 1, -1, -1):
        token = between[index]
        if _denied_on(between, index):
            continue
        if (token.what == "sep" and token.words not in ("with", "w/", "/")) or (token.what == "sep" and index == 0):
            told = any(
                other.what in ("pos", "neg", "grade", "reflex", "pain", "percent", "degrees", "ratio")
                for other in between[:index]
            )
            if told or index == 0 or token.words in STRONG_SEPARATORS:
                return index + 1
    if not any(token.what == "sep" for token in between):
        results = ("pos", "neg", "grade", "reflex", "percent", "degrees")
        first = next((index for index, token in enumerate(between) if token.what in results), None)
        if first is None or judged:
            return next((i for i, token in enumerate(between) if token.what != "side"), 0) if judged else 0
        return len(between) if between[-1].what != "no" else len(between) - 1
    return next((i + 1 for i in range(len(between) - 1, -1, -1) if between[i].what == "sep"), 0)
