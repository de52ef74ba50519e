"""What is said of a term: a result, a side and the words that tell them; and the finding that is drafted from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mednec.expressions.patterns import compiled
from mednec.findings.exam.tokens import Token

FIGURE = compiled(r"[0-5][+-]?")


@dataclass(frozen=True, slots=True)
class Draft:
    """A finding before it is cut out of its document."""

    concept: str
    start: int
    end: int
    quote: tuple[int, int]
    result: str | None
    side: str | None
    sign: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """One result with its side; `start:end` are the words that tell it, `value` a figure that gives no result."""

    result: str | None
    side: str | None
    start: int = 0
    end: int = 0
    weak: bool = False
    value: str = ""


def first_segment(tail: list[Token]) -> list[Token]:
    """The words behind a term up to the first comma or 'but'."""
    found = []
    for token in tail:
        if token.what == "sep" and token.words not in ("and", "or", "/", "&"):
            break
        found.append(token)
    return found


def segments(tokens: list[Token]) -> list[list[Token]]:
    """The tokens between separators; `or` keeps together."""
    segments: list[list[Token]] = [[]]
    for token in tokens:
        if token.what == "sep" and token.words != "or":
            segments.append([])
        else:
            segments[-1].append(token)
    return [segment for segment in segments if segment]


def side_before(head: list[Token]) -> str | None:
    """The side named in front of a term: behind the last comma, else where nothing else is judged before it."""
    last = max(
        (index for index, token in enumerate(head) if token.what == "sep" and token.words in (",", ";", "but")),
        default=-1,
    )
    near = union(token.side for token in head[last + 1 :] if token.side)
    if near or any(token.what in ("pos", "neg", "reflex", "no") for token in head[: last + 1]):
        return near
    return union(token.side for token in head if token.side)


def union(sides: Iterable[str | None]) -> str | None:
    """One side for several: left and right are bilateral."""
    named = {side for side in sides if side}
    if "bilateral" in named or {"left", "right"} <= named:
        return "bilateral"
    return named.pop() if named else None


def graded(words: str) -> str:
    """Full strength is negative, anything less positive; of the grades of two sides the weaker tells."""
    named = words.lower()
    if named.startswith(("five", "grade 5", "grade v")):
        return "negative"
    if named.startswith(("four", "three", "grade")):
        return "positive"
    figures = FIGURE.findall(named)[:2]
    weaker = min(figures, key=lambda figure: int(figure[0]) - figure.endswith("-") / 2, default="5")
    return "negative" if weaker.strip("+ ") == "5" else "positive"
