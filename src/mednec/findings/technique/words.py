"""What the lexicon of technique says of a concept besides its terms: its expressions by name, compiled once."""

from __future__ import annotations

import re
from functools import cache

from mednec.expressions.patterns import compiled
from mednec.vocabulary import lexicon


@cache
def words(concept: str, name: str) -> re.Pattern[str]:
    """The expression of a concept of that name. Raises KeyError where the lexicon has none."""
    return compiled(lexicon("technique").concepts[concept].extra[name], re.I)
