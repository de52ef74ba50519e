"""A place where 'PT' stands in, whether the patient is meant out."""

from __future__ import annotations

import re
from functools import cache

from mednec.expressions.needs import Needing, needing
from mednec.expressions.patterns import spaced
from mednec.vocabulary import lexicon

FAR = 60  # characters before it in which may stand what is done to a person


def is_the_patient(text: str, start: int, end: int) -> bool:
    """Whether what stands behind or before 'PT' only a person does, is or has: 'PT lives alone', 'told PT that'."""
    told = any(one.match(text, end) for one in _where("behind"))
    if told:
        return not any(one.search(text, max(0, start - 16), start) for one in _where("had"))
    addressed = any(one.search(text, max(0, start - FAR), start) for one in _where("before"))
    return addressed and any(one.match(text, end) for one in _where("before_behind"))


@cache
def _where(name: str) -> list[Needing | re.Pattern[str]]:
    return [needing(spaced(where), re.I) for where in lexicon("called_patient").concepts[name].extra["where"]]
