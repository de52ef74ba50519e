"""The words before a score in, whether they make it a goal, a wish or a limit and not what was measured."""

from __future__ import annotations

import re
from functools import cache

from mednec.expressions.patterns import compiled, spaced
from mednec.vocabulary import lexicon

REACH = 140  # characters before a score in which words of an aim may stand


def is_aimed_at(text: str, start: int, first: int) -> bool:
    """Whether the clause before a score at `first`, in a sentence from `start`, tells of what is hoped for.

    What was reached ('goal 3/10, now 6/10') is no aim.
    """
    begin = max(start, first - REACH, *(text.rfind(sign, start, first) for sign in (". ", "\n\n", "; ")))
    aims = list(_words("before").finditer(text, begin, first))
    if aims:
        return not reached().search(text, aims[-1].end(), first)
    return bool(_ordered().match(text, start, first)) and not reached().search(text, start, first)


def reached() -> re.Pattern[str]:
    """Words that tell what was reached."""
    return _words("reached")


@cache
def _words(name: str) -> re.Pattern[str]:
    listed = lexicon("score_cues").concepts["aimed"].extra[name]
    return compiled(rf"\b(?:{'|'.join(map(spaced, listed))})\b", re.I)


@cache
def _ordered() -> re.Pattern[str]:
    """A command that opens a sentence: 'Improve ODI to 20 %', 'Call us if the pain is above 7'."""
    aimed = lexicon("score_cues").concepts["aimed"].extra
    orders, commands = "|".join(aimed["orders"]), "|".join(aimed["commands"])
    return compiled(
        rf"\W*(?:\d[.)]\s)?(?:(?:{orders})\s[^.;]*\b(?:to|at|by|under|below|within|above)\s"
        rf"|(?:{commands})\s[^.;]*\b(?:pain|NRS)\b)[^.;]*$"
    )
