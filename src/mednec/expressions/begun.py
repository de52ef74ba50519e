"""A regular expression that can match only behind some signs in, one that is tried only there out."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import lru_cache

from mednec.expressions.patterns import compiled

__all__ = ["Begun", "at_lines", "behind"]


class Begun:
    """A regular expression whose matches begin with the text or right behind one of some signs.

    The engine of `re` tries such an expression (`^`, `(?<=\\t)`) at every sign of a text. It finds here what it finds
    there, provided that it never matches the empty string.
    """

    __slots__ = ("_expression", "_signs", "pattern")

    def __init__(self, expression: re.Pattern[str], *signs: str) -> None:
        self.pattern = expression.pattern
        self._expression, self._signs = expression, signs

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Every match between two offsets."""
        match = self._expression.match
        found = match(text, start, end)
        if found:
            yield found
        at = found.end() if found else start + 1
        for place in behind(text, self._signs):
            if place >= at and (found := match(text, place, end)):
                yield found
                at = found.end()

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The match that begins at an offset."""
        return self._expression.match(text, start, end)


def at_lines(pattern: str, flags: int | re.RegexFlag = 0) -> Begun:
    """An expression that begins with `^` and is to be tried where a line begins."""
    return Begun(compiled(pattern, flags | re.M), "\n")


@lru_cache(maxsize=8)
def behind(text: str, signs: tuple[str, ...]) -> list[int]:
    """Where in a text one of some signs ends, in order."""
    places = []
    for sign in signs:
        place = text.find(sign)
        while place >= 0:
            places.append(place + len(sign))
            place = text.find(sign, place + 1)
    return sorted(places)
