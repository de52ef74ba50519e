"""A condition where it is named."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """A condition named in a sentence: its concept, how its words are read, and the bounds of what is said of it."""

    concept: str
    reading: str
    start: int
    end: int
    first: int
    last: int
    term: str
