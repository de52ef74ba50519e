"""A parsed expression in, how far from the start of a match the words that it needs can begin, out."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any, NamedTuple

from mednec.expressions.patterns import compiler, op


class Reach(NamedTuple):
    """Signs, with how many runs of blanks and of other signs beside, which are as long as those of a text are."""

    signs: int
    blanks: int = 0
    runs: int = 0

    def plus(self, other: Reach) -> Reach:
        """One behind the other."""
        return Reach(*(one + more for one, more in zip(self, other, strict=True)))

    def times(self, number: int) -> Reach:
        """Several behind each other."""
        return Reach(*(number * one for one in self))


NONE, ONE, BLANKS, RUN = Reach(0), Reach(1), Reach(0, 1), Reach(0, 0, 1)
SINGLE = () if compiler is None else (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN)
ZERO_WIDTH = () if compiler is None else (op.ASSERT, op.ASSERT_NOT, op.AT)


def reach(tree: Any, offers: Callable[[Any], bool]) -> Reach | None:
    """The longest that the shortest beginning of a sequence can be that `offers` the words; None for no bound."""
    size = len(tree)
    while size > 1 and offers(tree[: size - 1]):
        size -= 1
    return width(tree[:size])


def width(items: Any) -> Reach | None:
    """The most that a sequence can match."""
    most = NONE
    for code, value in items.data:
        one = _width_of(code, value)
        if one is None:
            return None
        most = most.plus(one)
    return most


def _width_of(code: Any, value: Any) -> Reach | None:
    if code in ZERO_WIDTH:
        return NONE
    if code in SINGLE:
        return ONE
    if code is op.SUBPATTERN:
        return width(value[3])
    if code is op.ATOMIC_GROUP:
        return width(value)
    if code is op.BRANCH:
        some = [width(branch) for branch in value[1]]
        return reduce(_wider, (one for one in some if one)) if all(one is not None for one in some) else None
    return _repeated(value) if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT) else None


def _wider(one: Reach, other: Reach) -> Reach:
    return Reach(*map(max, one, other))


def _repeated(value: Any) -> Reach | None:
    _, most, items = value
    if most is not op.MAXREPEAT:
        one = width(items)
        return one.times(most) if one is not None else None
    if len(items) != 1 or items.data[0][0] not in (op.IN, op.LITERAL):
        return None
    code, what = items.data[0]
    blank = {_is_blank(*member) for member in (what if code is op.IN else [(code, what)])}
    return None if len(blank) > 1 or None in blank else BLANKS if blank == {True} else RUN


def _is_blank(code: Any, value: Any) -> bool | None:
    """Whether a member of a class is a blank, or never one; None where it can be both."""
    if code is op.LITERAL:
        return chr(value).isspace()
    if code is op.CATEGORY and value in (op.CATEGORY_SPACE, op.CATEGORY_NOT_SPACE):
        return bool(value is op.CATEGORY_SPACE)
    if code is op.CATEGORY and value in (op.CATEGORY_WORD, op.CATEGORY_DIGIT):
        return False
    return False if code is op.RANGE and not any(map(str.isspace, map(chr, range(value[0], value[1] + 1)))) else None
