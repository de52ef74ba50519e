"""An expression in, one out that is not tried where none of the words stands of which each of its matches holds one.

For expressions that are slow to try and rarely found, asked of many stretches of one document. The words are read off
the expression, so that nobody keeps them in step with it; those of all such expressions are found in one pass over the
document, so that one more of them costs next to nothing where its words do not stand.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import chain, product
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation

from mednec.expressions.patterns import built, compiler, op, parser

FIGURE = re.compile(r"\d")
DIGIT = "\0"  # stands within the words for any digit
FOLDED = {"\u0130": "i", "\u0131": "i", "\u017f": "s"}  # what `re.I` takes for a letter, unlike lower()
FIGURES = str.maketrans("0123456789", DIGIT * 10)
RARITY = {1: 0.04, 2: 0.006, 3: 0.0016, 4: 0.0005, 5: 0.0002}  # how often words of a length stand, roughly
COMMON = {"with": 0.0025, "patient": 0.0017, "that": 0.001, "pain": 0.001, "right": 0.0008, "history": 0.0008,
          "there": 0.0006, DIGIT: 0.02, 2 * DIGIT: 0.008}  # fmt: skip
LONGEST_LIST = 64
MOST_SIGNS = 5  # of one kind in a row that are told apart
TOO_COMMON = 0.05  # where words stand more often than this, looking for them costs more than it saves

ZERO_WIDTH = () if compiler is None else (op.ASSERT, op.ASSERT_NOT, op.AT)

Words = frozenset[str]

SIGNS = [DIGIT if "0" <= chr(code) <= "9" else chr(code).lower() for code in range(128)]
ALONE = [frozenset([sign]) for sign in SIGNS]


class Needing:
    """A regular expression that first looks whether a word that it needs stands in the stretch to search.

    It finds what the plain expression finds. It remembers where the words stand in the text that it was last asked of,
    so that it is meant for stretches of whole documents, not for texts cut out of them.
    """

    __slots__ = ("_expression", "_text", "_where", "_words", "pattern")

    def __init__(self, expression: re.Pattern[str], words: Words) -> None:
        self.pattern = expression.pattern
        self._expression = expression
        self._words = words
        self._text: str | None = None
        self._where: list[int] = []
        _Words.known |= words

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first match between two offsets."""
        where = self._where if text is self._text else self._read(text)
        if not where:
            return None
        first = bisect_left(where, start)
        return self._expression.search(text, start, end) if first < len(where) and where[first] < end else None

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The match that begins at an offset."""
        where = self._where if text is self._text else self._read(text)
        if not where:
            return None
        first = bisect_left(where, start)
        return self._expression.match(text, start, end) if first < len(where) and where[first] < end else None

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Every match between two offsets."""
        where = self._where if text is self._text else self._read(text)
        if not where:
            return iter(())
        first = bisect_left(where, start)
        return self._expression.finditer(text, start, end) if first < len(where) and where[first] < end else iter(())

    def _read(self, text: str) -> list[int]:
        """Where the words begin in a text."""
        places = _places(text)
        where: list[int] = []
        for word in places.keys() & self._words:
            where += places[word]
        where.sort()
        self._text, self._where = text, where
        return where


class _Words:
    """Every word that an expression needs, and the automaton that finds them."""

    known: Words = frozenset()
    listed: tuple[str, ...] = ()
    automaton: AhoCorasick


class _Last:
    """The text that was read last, in the letters of the words, and where each word that is needed begins."""

    text = lowered = ""
    places: dict[str, list[int]] | None = None


def lowered(text: str) -> str:
    """A text in the letters of the words, every sign in its place; that of the last text is kept."""
    if text is not _Last.text:
        _Last.text, _Last.places = text, None
        _Last.lowered = folded(text)
    return _Last.lowered


def folded(text: str) -> str:
    """A text in the letters of the words; it may grow where letters have no small form of one sign."""
    if text.isascii():
        return text.lower().translate(FIGURES)
    for sign, letter in FOLDED.items():
        text = text.replace(sign, letter)
    return FIGURE.sub(DIGIT, text.lower())


def _places(text: str) -> dict[str, list[int]]:
    """The words that stand in a text, each with the offsets at which it begins."""
    small = lowered(text)
    if len(_Words.listed) != len(_Words.known):
        _Words.listed = tuple(sorted(_Words.known))
        _Words.automaton = AhoCorasick(_Words.listed, implementation=Implementation.DFA)
        _Last.places = None
    if _Last.places is None:
        _Last.places = {}
        for number, start, _ in _Words.automaton.find_matches_as_indexes(small, overlapping=True):
            _Last.places.setdefault(_Words.listed[number], []).append(start)
    return _Last.places


def needing(pattern: str, flags: int = 0) -> re.Pattern[str] | Needing:
    """An expression to search stretches of a document with: a plain one where no words are known, or common ones."""
    expression, words = with_words(pattern, flags)
    return Needing(expression, words) if words else expression


def with_words(pattern: str, flags: int = 0) -> tuple[re.Pattern[str], Words | None]:
    """A compiled expression and what `needed` says of it."""
    expression, tree = built(pattern, flags)
    return expression, _of_tree(tree) if tree is not None else None


def needed(pattern: str, flags: int = 0) -> Words | None:
    """Words (in small letters; DIGIT for any digit) of which every match of a pattern holds one: the rarest, if any."""
    return _of_tree(parser.parse(pattern, int(flags))) if parser is not None else None


def _of_tree(tree: Any) -> Words | None:
    words = _rarest(_offers(tree))
    return _shortest(words) if words and commonness(words) < TOO_COMMON else None


def _shortest(words: Words) -> Words:
    """The words without those that hold another of them."""
    return frozenset(word for word in words if not any(other != word and other in word for other in words))


def commonness(words: Words) -> float:
    """How often one of some words stands in a text, by their lengths: a rough figure to compare sets with."""
    return sum(COMMON.get(word) or RARITY.get(len(word), 0.0006 / len(word)) for word in words)


def _rarity(words: Words) -> tuple[float, list[str]]:
    return commonness(words), sorted(words)


def _rarest(offers: Iterable[Words | None]) -> Words | None:
    return min((words for words in offers if words and "" not in words), key=_rarity, default=None)


def _offers(items: Any) -> Iterator[Words | None]:
    """The sets of words that the parts of a sequence give."""
    return chain.from_iterable(_offers_by_part(items))


def _offers_by_part(items: Any) -> Iterator[list[Words | None]]:
    """The same, part by part; neighbors that are read letter for letter are one part."""
    said: list[Words | None] = [None]
    for code, value in items.data:
        if code in ZERO_WIDTH:
            continue
        exact, before = _exact(code, value), said[-1]
        if exact and before and len(before) * len(exact) <= LONGEST_LIST:
            said.append(frozenset(map("".join, product(before, exact))))
            continue
        yield said
        said = [exact]
        if not exact:
            yield [_of_part(code, value)]
    yield said


def _exact(code: Any, value: Any) -> Words | None:
    """All that a part of a pattern can match, where these are few words; '' where it may be left out."""
    if code is op.LITERAL:
        return ALONE[value] if value < 128 else None
    if code is op.IN:
        return _of_class(value)
    if code is op.SUBPATTERN:
        return _exact_sequence(value[3])
    if code in (op.MAX_REPEAT, op.MIN_REPEAT):
        return _repeated(_exact_sequence(value[2]), *value[:2])
    if code is op.BRANCH:
        some = [_exact_sequence(branch) for branch in value[1]]
        return frozenset().union(*(words for words in some if words)) if all(some) else None
    return None


def _repeated(some: Words | None, least: int, most: int) -> Words | None:
    if some and (least, most) == (0, 1):
        return some | {""}
    if some and len(some) == 1 and most <= MOST_SIGNS:
        return frozenset(number * word for word in some for number in range(least, most + 1))
    return None


def _exact_sequence(items: Any) -> Words | None:
    words: Words = frozenset([""])
    for code, value in items.data:
        if code in ZERO_WIDTH:
            continue
        exact = _exact(code, value)
        if not exact or len(words) * len(exact) > LONGEST_LIST:
            return None
        words = frozenset(map("".join, product(words, exact)))
    return words


def _of_part(code: Any, value: Any) -> Words | None:
    """What a part that cannot be read letter for letter needs."""
    if code is op.BRANCH:
        some = [_rarest(_offers(branch)) for branch in value[1]]
        return frozenset().union(*(words for words in some if words)) if all(some) else None
    if code is op.SUBPATTERN:
        return _rarest(_offers(value[3]))
    if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        sign = _exact_sequence(value[2]) if value[0] > 1 else None
        if sign and len(sign) == 1:
            return frozenset(min(value[0], MOST_SIGNS) * word for word in sign)
        return _rarest(_offers(value[2])) if value[0] > 0 else None
    return _rarest(_offers(value)) if code is op.ATOMIC_GROUP else None


def _of_class(members: Any) -> Words | None:
    """The signs of a class, where they are few and plain: `[fv]`, `\\d`."""
    signs: set[str] = set()
    for code, value in members:
        if code is op.LITERAL and value < 128:
            signs.add(SIGNS[value])
        elif code is op.RANGE and value[1] < 128 and value[1] - value[0] < 10:
            signs.update(SIGNS[value[0] : value[1] + 1])
        elif code is op.CATEGORY and value is op.CATEGORY_DIGIT:
            signs.add(DIGIT)
        else:
            return None
    return frozenset(signs) if len(signs) < 9 else None
