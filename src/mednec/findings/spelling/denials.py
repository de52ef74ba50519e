"""A text in, what is meant where one denial takes another back out: 'there is no denying that PT failed'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mednec.expressions.needs import Needing, needing
from mednec.expressions.patterns import spaced
from mednec.findings.spelling.damage import Change
from mednec.vocabulary import lexicon


def denials(text: str) -> Iterator[Change]:
    """Every double denial of a text, and every denial in front of a statement, as the statement that is meant."""
    for expression, meant in _expressions():
        for match in expression.finditer(text, 0, len(text)):
            told = match.expand(meant)
            yield Change(
                match.start(), match.end(), told[:1].upper() + told[1:] if match.group()[0].isupper() else told
            )


@cache
def _expressions() -> list[tuple[re.Pattern[str] | Needing, str]]:
    concepts = lexicon("double_denials").concepts.values()
    return [(needing(_written(one.extra["where"]), re.I), one.extra["meant"]) for one in concepts]


def _written(where: str) -> str:
    return spaced(where).replace("'", "['\u2019]")
