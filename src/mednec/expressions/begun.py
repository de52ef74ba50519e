"""A regular expression that can match only behind some signs in, one that is tried only there out."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from mednec.expressions.patterns import compiled

__all__ = ["Begun", "at_lines"]


class Begun:
    """A regular expression whose matches begin with the text or right behind one of some signs.

    The engine of `re` tries such an expression (`^`, `(?<=\\t)`) at every sign of a text. It finds here what it finds
    there, provided that it never matches the empty string.
    """

    __slots__ = ("_behind", "_expression", "_longest", "pattern")

    def __init__(self, expression: re.Pattern[str], behind: str, longest: int = 1) -> None:
        """`behind` is a pattern of the signs, none of which ends within another; `longest` is the longest's length."""
        self.pattern = expression.pattern
        self._expression, self._behind, self._longest = expression, compiled(behind), longest

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Every match between two offsets."""
        match = self._expression.match
        found = match(text, start, end)
        if found:
            yield found
        at = found.end() if found else start + 1
        for signs in self._behind.finditer(text, max(0, start - self._longest + 1), end):
            place = signs.end()
            if place >= at and (found := match(text, place, end)):
                yield found
                at = found.end()

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The match that begins at an offset."""
        return self._expression.match(text, start, end)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first match between two offsets."""
        return next(self.finditer(text, start, end), None)


def at_lines(pattern: str, flags: int | re.RegexFlag = 0) -> Begun:
    """An expression that begins with `^` and is to be tried where a line begins."""
    return Begun(compiled(pattern, flags | re.M), "\n")
