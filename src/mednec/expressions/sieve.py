"""Lists of expressions in, for each text those of them out that can be found there: one pass for the words of all.

For expressions of which many are asked of one text and few are found, each once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from ahocorasick_rs import AhoCorasick, Implementation

from mednec.expressions.needs import commonness, folded, needed
from mednec.expressions.patterns import compiled

TOO_COMMON = 0.004  # where words stand more often than this, few texts are without them


class Sieve:
    """Named lists of expressions that are searched for in whole texts."""

    def __init__(self, lists: Mapping[str, Iterable[str]], flags: int = 0) -> None:
        self._flags = flags
        self._patterns: list[str] = []
        self._expressions: dict[int, re.Pattern[str]] = {}
        self._numbers: dict[str, range] = {}
        for name, patterns in lists.items():
            first = len(self._patterns)
            self._patterns += patterns
            self._numbers[name] = range(first, len(self._patterns))
        self._read_words()

    def _read_words(self) -> None:
        of_word: dict[str, list[int]] = {}
        self._always: set[int] = set()
        for number, pattern in enumerate(self._patterns):
            words = needed(pattern, self._flags)
            if not words or commonness(words) > TOO_COMMON:
                self._always.add(number)
                continue
            for word in words:
                of_word.setdefault(word, []).append(number)
        self._of_word = list(of_word.values())
        self._automaton = AhoCorasick(list(of_word), implementation=Implementation.DFA)

    def of(self, text: str) -> Sifted:
        """The lists, to be asked of one text."""
        found = {number for number, _, _ in self._automaton.find_matches_as_indexes(folded(text), overlapping=True)}
        return Sifted(self, text, self._always.union(*(self._of_word[number] for number in found)))

    def numbers(self, name: str) -> Iterable[int]:
        """By which numbers the expressions of a list go; none where there is no such list."""
        return self._numbers.get(name, ())

    def worth(self, name: str, numbers: set[int]) -> Iterator[re.Pattern[str]]:
        """The expressions of a list that are among some, in its order."""
        for number in self.numbers(name):
            if number in numbers:
                yield self._expressions.get(number) or self._made(number)

    def _made(self, number: int) -> re.Pattern[str]:
        self._expressions[number] = compiled(self._patterns[number], self._flags)
        return self._expressions[number]


class Sifted:
    """One text, and which expressions of a sieve can be found in it."""

    def __init__(self, sieve: Sieve, text: str, numbers: set[int]) -> None:
        self._sieve, self._text, self._numbers = sieve, text, numbers

    def may(self, name: str) -> bool:
        """Whether an expression of a list can be found."""
        return any(number in self._numbers for number in self._sieve.numbers(name))

    def count(self, name: str) -> int:
        """How many expressions of a list are found."""
        return sum(1 for expression in self._sieve.worth(name, self._numbers) if expression.search(self._text))

    def any(self, name: str) -> bool:
        """Whether an expression of a list is found."""
        return any(expression.search(self._text) for expression in self._sieve.worth(name, self._numbers))
