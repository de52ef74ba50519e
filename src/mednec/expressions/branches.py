"""A parsed expression in, one out that finds the same and passes over alternatives that cannot begin where they stand.

The engine of `re` looks at the next sign before it tries an alternative, but only where that begins with a sign whose
case counts or with a class of such signs. In either case (`re.I`) every alternative is tried in full. Here its first
letter is put as the class of the signs that it is taken for. What may be left out (`(?:the\\s)?`) is put as the choice
between it and nothing, which is cheaper than a repetition.
"""

from __future__ import annotations

import re
from typing import Any

from mednec.expressions.engine import op, parser

__all__ = ["BEYOND", "branched"]

BEYOND = {"i": "\u0130\u0131", "k": "\u212a", "s": "\u017f"}  # signs that are taken for a letter in either case
LETTERS = "abcdefghijklmnopqrstuvwxyz"

Item = tuple[Any, Any]  # a part of a parsed expression: what it is, and what of


def branched(tree: Any) -> Any:
    """A parsed expression as one that is cheaper to search with; it is left as it is itself."""
    return _sequence(tree, tree.state.flags)


def _sequence(items: Any, flags: int) -> Any:
    return parser.SubPattern(items.state, [_part(code, value, flags) for code, value in items.data])


def _part(code: Any, value: Any, flags: int) -> Item:
    """One part of a sequence, with all that it holds."""
    if code is op.BRANCH:
        return code, (value[0], [_begun(_sequence(branch, flags), flags) for branch in value[1]])
    if code is op.SUBPATTERN:
        group, added, taken, items = value
        return code, (group, added, taken, _sequence(items, (flags | added) & ~taken))
    if code in (op.ASSERT, op.ASSERT_NOT):
        return code, (value[0], _sequence(value[1], flags))
    if code is op.ATOMIC_GROUP:
        return code, _sequence(value, flags)
    if code not in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return code, value
    least, most, items = value
    items = _sequence(items, flags)
    if (least, most) == (0, 1) and code is not op.POSSESSIVE_REPEAT and _can_be_a_choice(items):
        return op.BRANCH, (None, _choice(items, flags, first=code is op.MAX_REPEAT))
    return code, (least, most, items)


def _can_be_a_choice(items: Any) -> bool:
    """Whether what may be left out is more than one sign, takes at least one, and names no group."""
    width: tuple[int, int] = items.getwidth()
    return width[0] > 0 and not _is_one_sign(items) and not _has_groups(items)


def _choice(items: Any, flags: int, *, first: bool) -> list[Any]:
    """What may be left out, and nothing; which of them is tried first."""
    nothing = parser.SubPattern(items.state, [])
    code, value = items.data[0]
    alone = len(items.data) == 1
    if alone and code is op.SUBPATTERN and not any(value[:3]):
        return _choice(value[3], flags, first=first)
    some = value[1] if alone and code is op.BRANCH else [_begun(items, flags)]
    return [*some, nothing] if first else [nothing, *some]


def _is_one_sign(items: Any) -> bool:
    """Whether the compiler has a short form for the repetition of a part."""
    if len(items.data) != 1:
        return False
    code, value = items.data[0]
    if code is op.SUBPATTERN:
        return value[0] is None and _is_one_sign(value[3])
    return code in (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN)


def _has_groups(items: Any) -> bool:
    """Whether a sequence holds or asks for a group."""
    return any(_has_group(code, value) for code, value in items.data)


def _has_group(code: Any, value: Any) -> bool:
    if code is op.SUBPATTERN:
        return value[0] is not None or _has_groups(value[3])
    if code is op.BRANCH:
        return any(map(_has_groups, value[1]))
    if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        return _has_groups(value[2])
    if code in (op.ASSERT, op.ASSERT_NOT):
        return _has_groups(value[1])
    return _has_groups(value) if code is op.ATOMIC_GROUP else code in (op.GROUPREF, op.GROUPREF_EXISTS)


def _begun(items: Any, flags: int) -> Any:
    """An alternative whose first letter is put as a class, where its case does not count."""
    if flags & re.I and not flags & re.A and items.data and items.data[0][0] is op.LITERAL:
        items.data[0] = _classes.get(items.data[0][1], items.data[0])
    return items


def _class(letter: str) -> Item:
    """The signs that are taken for a letter, as the compiler writes a class, in which the case counts."""
    bits = 1 << ord(letter) | 1 << ord(letter.upper())
    words = [bits >> 32 * n & 0xFFFFFFFF for n in range(8)]  # a map of the first 256 signs
    for sign in BEYOND.get(letter, ""):
        words += [op.LITERAL, ord(sign)]
    some = parser.SubPattern(parser.State(), [(op.IN, [(op.CHARSET, words)])])
    return op.SUBPATTERN, (None, 0, int(re.I), some)


_classes: dict[int, Item] = {}
if parser is not None:
    for _letter in LETTERS:
        _classes[ord(_letter)] = _classes[ord(_letter.upper())] = _class(_letter)
