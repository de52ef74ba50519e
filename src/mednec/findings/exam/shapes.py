"""What an examination says, as data: the terms of one finding, and statements whose terms share a verdict."""

from __future__ import annotations

from dataclasses import dataclass, field

from mednec.findings.exam.tokens import Token


@dataclass(frozen=True, slots=True)
class Term:
    """One or several words of the lexicon that name one finding, with the tokens between them."""

    start: int
    end: int
    concept: str
    reading: str
    words: str
    inner: tuple[Token, ...] = ()


@dataclass(slots=True)
class Statement:
    """Terms that share a verdict, the tokens in front of them and those that follow, up to the next statement."""

    terms: list[Term]
    head: list[Token] = field(default_factory=list)
    tail: list[Token] = field(default_factory=list)
    first: int = 0
    last: int = 0
