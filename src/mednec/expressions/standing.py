"""Expressions that are asked one behind the other of the same text in, those that can be found there out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Generic, TypeVar

from mednec.expressions.needs import Needing

Label = TypeVar("Label")
Labeled = tuple[Label, re.Pattern[str] | Needing]


class Standing(Generic[Label]):
    """Expressions, each with what is to be said where it is found; it remembers the last text that it was asked of."""

    def __init__(self, expressions: Iterable[Labeled[Label]]) -> None:
        self._all = list(expressions)
        self._text, self._standing = "", self._all

    def of(self, text: str) -> list[Labeled[Label]]:
        """Those of the expressions whose words stand in a text, and those that need none, in their order."""
        if text is not self._text:
            self._standing = [one for one in self._all if not isinstance(one[1], Needing) or one[1].stands(text)]
            self._text = text
        return self._standing
