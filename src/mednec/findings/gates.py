"""A regular expression in, one out that is not tried where none of the words stands of which each match holds one."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import chain, product
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation

FIGURE = re.compile(r"\d")
DIGIT = "\0"  # stands among the words for any digit
RARITY = {1: 0.04, 2: 0.006, 3: 0.0016, 4: 0.0005, 5: 0.0002}  # how often words of a length stand, roughly
LONGEST_LIST = 48
OFTEN = 1500  # times that a pattern is tried before its words are read off it: that costs as much as some hundred tries
TOO_COMMON = 0.05  # where words stand more often than this, looking for them costs more than it saves
ZERO_WIDTH = (op.ASSERT, op.ASSERT_NOT, op.AT)

FOLDED = str.maketrans({"\u0130": "i", "\u0131": "i", "\u017f": "s"})  # what `re.I` takes for a letter, unlike lower()

Words = frozenset[str]


class Gated:
    """A regular expression that looks first whether one of the words that it needs stands in the stretch to search.

    It finds what the plain expression finds. Only in the text that was last handed to `read` it knows where words are;
    other texts, and patterns of which no words are known, are searched as ever.
    """

    __slots__ = ("_expression", "_number", "_tries", "pattern")

    def __init__(self, expression: re.Pattern[str]) -> None:
        self.pattern = expression.pattern
        self._expression = expression
        self._number = -1  # not yet known to the index: reading words off a pattern pays only where it is used often
        self._tries = 0

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first match between two offsets."""
        return None if self._cannot_match(text, start, end) else self._expression.search(text, start, end)

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The match that begins at an offset."""
        return None if self._cannot_match(text, start, end) else self._expression.match(text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The match of the whole stretch between two offsets."""
        return None if self._cannot_match(text, start, end) else self._expression.fullmatch(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Every match between two offsets."""
        return iter(()) if self._cannot_match(text, start, end) else self._expression.finditer(text, start, end)

    def _cannot_match(self, text: str, start: int, end: int) -> bool:
        if self._number >= 0:
            return _index.lacks(self._number, text, start, end)
        self._tries += 1
        if self._tries >= OFTEN:
            self._number = _index.add(needed(self._expression))
        return False


class Once:
    """A regular expression that goes through the text last read once, and then answers for any stretch of it.

    Only for patterns whose matches depend on nothing around them and never overlap another stretch that can match.
    """

    __slots__ = ("_expression", "_found", "_starts", "_text")

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self._expression = re.compile(pattern, flags)
        self._text, self._found, self._starts = "", list[re.Match[str]](), list[int]()

    def findall(self, text: str, start: int, end: int) -> list[re.Match[str]]:
        """Every match between two offsets."""
        if text is not _index.text:
            return list(self._expression.finditer(text, start, end))
        if text is not self._text:
            self._found = list(self._expression.finditer(text))
            self._starts = [match.start() for match in self._found]
            self._text = text
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [match for match in self._found[first:last] if match.end() <= end]


class _Index:
    """The words of all gates in one automaton, and where they stand in the text that was read last."""

    def __init__(self) -> None:
        self._words: dict[str, int] = {DIGIT: 0}
        self._gates: list[list[list[int]]] = []  # by gate, the numbers of the words of each set that it needs
        self._automaton: AhoCorasick | None = None
        self._known = 0  # how many of the gates the automaton serves
        self._state: tuple[str, dict[int, list[int]], dict[int, list[list[int]]], int] = ("", {}, {}, 0)

    @property
    def text(self) -> str:
        """The text that was read last."""
        return self._state[0]

    def add(self, sets: tuple[Words, ...]) -> int:
        """The number of a new gate."""
        self._gates.append([[self._words.setdefault(word, len(self._words)) for word in sorted(set_)] for set_ in sets])
        return len(self._gates) - 1

    def relearn(self) -> None:
        """Take in every gate that was added, few as they may be, when the next text is read."""
        self._automaton = None

    def read(self, text: str) -> None:
        """Find the words of the gates in a text."""
        if not self._gates:
            return
        if self._automaton is None or len(self._gates) - self._known > self._known // 8:
            self._automaton = AhoCorasick(list(self._words), implementation=Implementation.ContiguousNFA)
            self._known = len(self._gates)
        found: dict[int, list[int]] = {}
        for word, start, _ in self._automaton.find_matches_as_indexes(text.translate(FOLDED).lower(), overlapping=True):
            if word in found:
                found[word].append(start)
            else:
                found[word] = [start]
        found[0] = [match.start() for match in FIGURE.finditer(text)]
        self._state = (text, found, {}, self._known)

    def lacks(self, gate: int, text: str, start: int, end: int) -> bool:
        """Whether a set of words that a gate needs is not met between two offsets of the text that was read last."""
        read, found, places, known = self._state
        if text is not read or gate >= known:
            return False
        sets = places.get(gate)
        if sets is None:
            sets = places[gate] = [
                sorted(chain.from_iterable(found.get(word, ()) for word in words)) for words in self._gates[gate]
            ]
        for where in sets:
            first = bisect_left(where, start)
            if first == len(where) or where[first] >= end:
                return True
        return False


_index = _Index()
read, relearn = _index.read, _index.relearn


def gated(pattern: str, flags: int = 0) -> Gated:
    """A regular expression that is only tried where a word that it needs stands; used like that of `re.compile`."""
    return Gated(re.compile(pattern, flags))


def needed(pattern: re.Pattern[str]) -> tuple[Words, ...]:
    """Sets of words (in small letters; DIGIT for any digit) of which every match of a pattern holds one each.

    They are the two that seem rarest in a text of those that the parts of the pattern give; none where none is known.
    """
    best = (_rarest(offers) for offers in _offers_by_part(parser.parse(pattern.pattern, pattern.flags)))
    rare = sorted({words for words in best if words and commonness(words) < TOO_COMMON}, key=_rarity)
    return tuple(map(_shortest, rare[:2]))


def _shortest(words: Words) -> Words:
    """The words without those that hold another of them."""
    return frozenset(word for word in words if not any(other != word and other in word for other in words))


def commonness(words: Words) -> float:
    """How often one of some words stands in a text, by their lengths: a rough figure to compare sets with."""
    return sum(0.02 if word == DIGIT else RARITY.get(len(word), 0.0006 / len(word)) for word in words)


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
    for code, value in items:
        if code in ZERO_WIDTH:
            continue
        exact, before = _exact(code, value), said[-1]
        if exact and before and len(before) * len(exact) <= LONGEST_LIST and DIGIT not in before | exact:
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
        return frozenset([_sign(value)]) if value < 128 else None
    if code is op.IN:
        return _of_class(value)
    if code is op.SUBPATTERN:
        return _exact_sequence(value[3])
    if code in (op.MAX_REPEAT, op.MIN_REPEAT) and value[:2] == (0, 1):
        maybe = _exact_sequence(value[2])
        return maybe | {""} if maybe else None
    if code is op.BRANCH:
        some = [_exact_sequence(branch) for branch in value[1]]
        return frozenset().union(*(words for words in some if words)) if all(some) else None
    return None


def _exact_sequence(items: Any) -> Words | None:
    words: Words = frozenset([""])
    for code, value in items:
        if code in ZERO_WIDTH:
            continue
        exact = _exact(code, value)
        if not exact or len(words) * len(exact) > LONGEST_LIST or (DIGIT in exact and len(items) > 1):
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
        return _rarest(_offers(value[2])) if value[0] > 0 else None
    return _rarest(_offers(value)) if code is op.ATOMIC_GROUP else None


def _of_class(members: Any) -> Words | None:
    """The signs of a class, where they are few and plain: `[fv]`, `\\d`."""
    signs: set[str] = set()
    for code, value in members:
        if code is op.LITERAL and value < 128:
            signs.add(_sign(value))
        elif code is op.RANGE and value[1] < 128 and value[1] - value[0] < 10:
            signs.update(map(_sign, range(value[0], value[1] + 1)))
        elif code is op.CATEGORY and value is op.CATEGORY_DIGIT:
            signs.add(DIGIT)
        else:
            return None
    return frozenset(signs) if len(signs) < 9 else None


def _sign(code: int) -> str:
    return DIGIT if 48 <= code <= 57 else chr(code).lower()
