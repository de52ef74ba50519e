"""An offset in, the line about it out; and what a score in a row or column is."""

from __future__ import annotations

from dataclasses import dataclass

WIDEST = 300  # a longer line is no row of a table


@dataclass(frozen=True, slots=True)
class Cell:
    """A score in a table: where it stands, its value, the row to quote, and whether its column says before or after."""

    start: int
    end: int
    value: float
    quote: tuple[int, int]
    when: str | None
    of: int = 10


def line_at(text: str, offset: int) -> tuple[int, int]:
    """Where the line that holds an offset starts and ends; of a very long one the part about it."""
    end = text.find("\n", offset, offset + WIDEST + 1)
    start = text.rfind("\n", max(0, offset - WIDEST - 1), offset) + 1 or max(0, offset - WIDEST - 1)
    return start, end if end >= 0 else min(len(text), offset + WIDEST + 1)


def number_in(words: str) -> float:
    """The number that figures give, as an int where it is whole."""
    number = float(words)
    return int(number) if number.is_integer() else number
