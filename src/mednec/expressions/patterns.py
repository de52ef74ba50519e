"""A regular expression in, one out that finds the same and passes over signs with which no match can begin.

The compiler of `re` notes by which signs a match can begin only where the expression begins with a sign whose case
counts; any other (`\\bpain`, `(?:knee|hip)` in either case) is tried at every sign of the text. Most of what is
searched for in a chart is not there, so that this was a third of the cost of reading. Here the set is worked out from
the parsed expression and put where the engine looks for it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import reduce
from operator import or_
from typing import Any

from mednec.expressions.branches import branched
from mednec.expressions.engine import compiler, op, parser, sre

__all__ = ["ALL", "ANY", "Once", "beginning", "built", "compiled", "compiler", "first_signs", "op", "parser", "spaced"]

Signs = int  # a set of ASCII signs: bit n is set where chr(n) is in it; signs beyond ASCII are in every set

ALL: Signs = (1 << 128) - 1
ANY = r"[\s\S]"
WIDEST = 0.8  # a set that holds more of the signs of a text than this saves nothing
TEXT = "The patient is a 54-year-old woman with low back pain radiating to the left leg. She rates it 7/10; PT failed."
ODD = "iIkKsS"  # letters that signs beyond ASCII (dotless i, the Kelvin sign, long s) are taken for in either case
INFO, CODE = 5, 4  # length of the note that the compiler writes at the head, and what it holds behind the opcode


def compiled(pattern: str, flags: int | re.RegexFlag = 0) -> re.Pattern[str]:
    """What `re.compile` gives, faster to search with. Raises re.error where the pattern is none."""
    return built(pattern, flags)[0]


def spaced(where: str) -> str:
    """A pattern of a lexicon, in which a blank stands for any run of blanks, outside character classes."""
    return re.sub(r"(\[[^\]]*\])|( )", lambda part: part[1] or r"\s+", where).replace(r"\s+?", r"\s*")


def built(pattern: str, flags: int | re.RegexFlag = 0) -> tuple[re.Pattern[str], Any]:
    """A compiled expression and the tree that it was parsed to; None where this Python does not tell."""
    if compiler is None:
        return re.compile(pattern, flags), None
    tree = parser.parse(pattern, int(flags))
    every = int(flags) | tree.state.flags
    try:
        code = compiler._code(branched(tree), int(flags))
        code = _noted(code, _first(tree, every)[0])
        names = tree.state.groupdict
        of_group: list[str | None] = [None] * tree.state.groups
        for name, number in names.items():
            of_group[number] = name
        found: re.Pattern[str] = sre.compile(pattern, every, code, tree.state.groups - 1, names, tuple(of_group))
    except (AttributeError, TypeError, RuntimeError):  # a Python whose compiler writes something else
        return re.compile(pattern, flags), tree
    return found, tree


class Once:
    """A regular expression that goes through a text once, and then answers for any stretch of it.

    Only for patterns whose matches depend on nothing around them and never overlap another stretch that can match.
    """

    __slots__ = ("_expression", "_found", "_starts", "_text")

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self._expression = compiled(pattern, flags)
        self._text, self._found, self._starts = "", list[re.Match[str]](), list[int]()

    def findall(self, text: str, start: int, end: int) -> list[re.Match[str]]:
        """Every match between two offsets."""
        if text is not self._text:
            self._found = list(self._expression.finditer(text))
            self._starts = [match.start() for match in self._found]
            self._text = text
        if not self._starts:
            return []
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [match for match in self._found[first:last] if match.end() <= end]


def first_signs(pattern: str, flags: int = 0) -> Signs:
    """The ASCII signs with which a match can begin; all of them where it can be empty."""
    tree = parser.parse(pattern, int(flags))
    signs, empty = _first(tree, int(flags) | tree.state.flags)
    return ALL if empty else signs


def beginning(tree: Any) -> str:
    """A pattern of the signs with which what a parsed expression finds can begin, where words begin if it says so."""
    signs, empty = _first(tree, tree.state.flags)
    if empty or signs == ALL:
        return ANY
    plain = "".join(re.escape(chr(n)) for n in range(128) if signs >> n & 1)
    return rf"{_edge(tree.data[0], tree.state.flags)}[{plain}\x80-\U0010ffff]"


def _edge(part: tuple[Any, Any], flags: int) -> str:
    """A pattern for what must stand before the first sign, where the first part of an expression asks for it."""
    code, value = part
    if flags & re.A:
        return ""
    if (code, value) == (op.AT, op.AT_BOUNDARY):
        return r"\b"
    behind = list(value[1]) if code is op.ASSERT_NOT and value[0] < 0 else []
    return r"(?<!\w)" if behind == [(op.IN, [(op.CATEGORY, op.CATEGORY_WORD)])] else ""


def _noted(code: list[int], signs: Signs) -> list[int]:
    """The code of an expression with a set of first signs at its head, where there is none and it is worth it."""
    head, length, kind, least, most = code[:INFO]
    unknown = head == op.INFO and length == CODE and kind == 0 and least > 0
    if not unknown or sum(signs >> ord(sign) & 1 for sign in TEXT if ord(sign) < 128) > WIDEST * len(TEXT):
        return code
    others = ALL & ~signs
    words = [others >> 32 * n & 0xFFFFFFFF for n in range(8)]  # a map of the first 256 signs
    table = [op.NEGATE, op.CHARSET, *words, op.FAILURE]
    return [op.INFO, CODE + len(table), op.SRE_INFO_CHARSET, least, most, *table, *code[INFO:]]


def _first(items: Any, flags: int) -> tuple[Signs, bool]:
    """The signs with which what a sequence matches can begin, and whether it can be empty."""
    signs = 0
    for code, value in items.data:
        more, empty = _first_of(code, value, flags)
        signs |= more
        if not empty:
            return signs, False
    return signs, True


def _first_of(code: Any, value: Any, flags: int) -> tuple[Signs, bool]:
    """The same of one part of a parsed expression; what looks around without taking a sign narrows nothing."""
    if code is op.LITERAL:
        return _cases(value, flags), False
    if code is op.IN:
        return _of_class(value, flags), False
    if code in (op.AT, op.ASSERT, op.ASSERT_NOT):
        return 0, True
    if code is op.BRANCH:
        firsts = [_first(branch, flags) for branch in value[1]]
        return reduce(or_, (signs for signs, _ in firsts)), any(empty for _, empty in firsts)
    if code is op.SUBPATTERN:
        _, added, taken, items = value
        return _first(items, (flags | added) & ~taken)
    if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        signs, empty = _first(value[2], flags)
        return signs, empty or value[0] == 0
    if code is op.ATOMIC_GROUP:
        return _first(value, flags)
    return ALL, code not in (op.ANY, op.NOT_LITERAL)


def _cases(sign: int, flags: int) -> Signs:
    """A sign, in either case where case does not count."""
    if not flags & re.IGNORECASE:
        return 1 << sign if sign < 128 else 0
    if sign < 128:
        return 1 << sign | 1 << ord(chr(sign).swapcase())
    return _ODD_LETTERS


def _of_class(members: list[tuple[Any, Any]], flags: int) -> Signs:
    """The signs of a class such as `[a-f\\d]` or `[^.;]`."""
    negated = members[0][0] is op.NEGATE
    own = flags & ~re.IGNORECASE if negated else flags
    signs = 0
    for code, value in members[negated:]:
        if code is op.LITERAL:
            signs |= _cases(value, own)
        elif code is op.RANGE:
            signs |= reduce(or_, (_cases(sign, own) for sign in _reached(*value)), 0)
        elif code is op.CATEGORY and value in _CATEGORIES:
            signs |= _CATEGORIES[value]
        else:
            return ALL
    if not negated:
        return signs
    others = ALL & ~signs
    return others | _swapped(others) if flags & re.IGNORECASE else others


def _reached(low: int, high: int) -> Iterator[int]:
    """The ASCII signs of a range, and one to stand for those beyond."""
    yield from range(low, min(high, 127) + 1)
    if high > 127:
        yield 128


def _swapped(signs: Signs) -> Signs:
    return reduce(or_, (1 << ord(chr(n).swapcase()) for n in range(128) if signs >> n & 1), 0)


def _where(pattern: str) -> Signs:
    return sum(1 << n for n in range(128) if re.match(pattern, chr(n)))


_ODD_LETTERS = reduce(or_, (1 << ord(sign) for sign in ODD))
if compiler is not None:
    _CATEGORIES = {
        op.CATEGORY_DIGIT: _where(r"\d"),
        op.CATEGORY_NOT_DIGIT: _where(r"\D"),
        op.CATEGORY_SPACE: _where(r"\s"),
        op.CATEGORY_NOT_SPACE: _where(r"\S"),
        op.CATEGORY_WORD: _where(r"\w"),
        op.CATEGORY_NOT_WORD: _where(r"\W"),
    }
