"""A head, a label or an answer of a form in, what it means out: words are in the lexicon `structure`."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

from mednec.expressions.patterns import compiled
from mednec.vocabulary import lexicon

Verdict = Literal["none", "partial", "good", "worse"]

HEADS = (
    *("failed", "helped", "region", "start", "end", "dates", "length", "count", "result", "tried", "current"),
    *("planned", "refused", "kept", "subject", "before", "after", "relief_over", "picked"),
)
EDGES = " \t.,;:|*_-\u2013\u2014()[]"
LEGEND = compiled(  # '(0 no help, 1 little)'
    r"\([^()\n]*\b\d\s?(?:=\s?)?[a-z][^()\n]*\b\d\s?(?:=\s?)?[a-z][^()\n]*\)", re.I
)
RATED = compiled(r"^\s*\d\s?[=-]\s?(?=[a-z])", re.I)  # '3 = very much help'
CASE = compiled(r"^if (?:y|yes|so|tried|done),? ", re.I)  # 'If yes, did it help?'
PERCENT = compiled(r"(?<![\d.])(\d{1,3})\s?(?:%|percent)")
HALF = 50


@cache
def expression(concept: str) -> re.Pattern[str]:
    """The expression of a concept of the lexicon, in either case."""
    return compiled(str(lexicon("structure").concepts[concept].extra["is"]), re.I)


@lru_cache(maxsize=2048)
def head(words: str) -> str | None:
    """What the head of a column or the label of a field asks for; None where it is none that is known."""
    plain = CASE.sub("", " ".join(words.strip(EDGES + "?").split()))
    found = _heads().fullmatch(plain) if plain else None
    return found.lastgroup if found else None


@cache
def _heads() -> re.Pattern[str]:
    """All heads as one expression with a group for each; the first that fits counts."""
    return compiled("|".join(f"(?P<{name}>{expression(name).pattern})" for name in HEADS), re.I)


def is_blank(words: str) -> bool:
    """Whether a cell or an answer says nothing: empty, a dash, 'pending', 'n/a'."""
    return expression("unsaid").fullmatch(" ".join(words.strip(EDGES).split())) is not None


def yes_or_no(words: str) -> bool | None:
    """The plain answer that words give or begin with; None where they give none."""
    plain = " ".join(words.strip(" \t.,;:|*").split())
    if expression("yes").fullmatch(plain):
        return True
    if expression("no").fullmatch(plain):
        return False
    first = re.match(r"(yes|no|y|n)\b(?=\s*(?:[,;.(\u2013-]|$))", plain, re.I)
    return first[1][0].lower() == "y" if first else None


def verdict(words: str, asked: str = "result") -> Verdict | None:
    """What the words of a cell or an answer say of the effect; `asked` is the head or label that a bare yes answers."""
    plain = " ".join(RATED.sub("", LEGEND.sub(" ", words)).strip(" \t.,;:|*").split())
    if not plain or is_blank(plain):
        return None
    if expression("yes").fullmatch(plain):
        return {"helped": "good", "failed": "none"}.get(asked)  # type: ignore[return-value]
    if expression("no").fullmatch(plain):
        return "good" if asked == "failed" else "none"
    if percent := PERCENT.search(plain):
        value = int(percent[1])
        return "good" if value >= HALF else "partial" if value else "none"
    return _weighed(plain)


def _weighed(plain: str) -> Verdict | None:
    """What several words come to: worse counts most, good that is qualified is partial, contraries say nothing."""
    if expression("worse").search(plain):
        return "worse"
    rest = expression("idle").sub(" ", plain)
    idle = rest != plain
    good, slight = expression("fine").search(rest), expression("slight").search(rest)
    if slight and (good or not idle):
        return "partial"
    if idle and good:
        return None
    return "none" if idle else "good" if good else None
