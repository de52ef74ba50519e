"""A text in, what is meant where one denial takes another back out: 'there is no denying that PT failed'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from mednec.expressions.needs import Needing, needing
from mednec.expressions.patterns import compiled, spaced
from mednec.findings.spelling.damage import Change
from mednec.vocabulary import lexicon


def denials(text: str) -> Iterator[Change]:
    """Every double denial of a text, and every denial in front of a statement, as the statement that is meant."""
    for where, opens, meant in _expressions():
        for match in _found(text, where, opens) if opens else _expression(where).finditer(text, 0, len(text)):
            told = match.expand(meant)
            yield Change(
                match.start(), match.end(), told[:1].upper() + told[1:] if match.group()[0].isupper() else told
            )


def _found(text: str, where: str, opens: str) -> Iterator[re.Match[str]]:
    """Every match of an expression, tried only where it is opened."""
    at = 0
    for place in _openings(text, opens):
        if place >= at and (match := _expression(where).match(text, place, len(text))):
            yield match
            at = match.end()


@lru_cache(maxsize=4)
def _openings(text: str, opens: str) -> list[int]:
    """Where a text holds what several expressions begin with."""
    expression, places = _opener(opens), list[int]()
    while match := expression.search(text, places[-1] + 1 if places else 0):
        places.append(match.start())
    return places


@cache
def _opener(opens: str) -> re.Pattern[str]:
    return compiled(opens, re.I)


@cache
def _expressions() -> list[tuple[str, str, str]]:
    """Each expression, what opens it where others begin alike, and what is meant."""
    concepts = [one.extra for one in lexicon("double_denials").concepts.values()]
    return [(_written(one["where"]), _written(one.get("opens", "")), one["meant"]) for one in concepts]


@cache
def _expression(where: str) -> re.Pattern[str] | Needing:
    """An expression compiled when it is first needed: few texts open those that are long."""
    return needing(where, re.I)


def _written(where: str) -> str:
    return spaced(where).replace("'", "['\u2019]")
