"""A text in, the place out where something begins that says of itself that nobody signed it, or that it was asked for.

Such an addition counts only where it is marked, dated and attributed nevertheless; see `evidence.admissible`.
"""

from __future__ import annotations

import re
from functools import cache

from mednec.documents.patterns import data
from mednec.expressions.needs import Needing, needing

HEAD = 400  # characters in which an addition says what it is
LEAD = r"^[ \t*=>\[({\"_-]*"
MATTER = r"(?:text|lines?|sentence|paragraph|statement|note|entry|this)"


def heads(text: str) -> bool:
    """Whether the first line of a text says that it was added without author or day, or for a payer."""
    found = _begins().search(text[:HEAD])
    return found is not None and not text[: found.start()].strip()


def within(text: str, start: int, end: int) -> re.Match[str] | None:
    """The paragraph of a text that says so of itself."""
    return _paragraph().search(text, start, end)


@cache
def _begins() -> re.Pattern[str] | Needing:
    return needing(_lead(), re.I | re.M)


@cache
def _paragraph() -> re.Pattern[str] | Needing:
    return needing(rf"(?:{_lead()})[^\n]*(?:\n[ \t]*\S[^\n]*)*", re.I | re.M)


def _lead() -> str:
    words = {name: "|".join(some) for name, some in data()["insertions"].items()}
    adding, fault, desk = (f"(?:{words[name]})" for name in ("adding", "fault", "desk"))
    forms = (
        rf"(?:[a-z][\w'-]*[ ,]+){{0,4}}?{adding}(?!\w)[^:\n.]{{0,100}}?\b{fault}\b",
        rf"(?!unknown)(?:{fault}[ ,]+(?:and |or )?){{1,3}}(?:\w+ ){{0,2}}(?:{adding}|entry|comment|{MATTER}|remark)\b",
        rf"(?:{MATTER} )?(?:was |is )?{adding}\b[^:\n.]{{0,50}}?\b(?:by|per|for|from|of) (?:the |our |a )?(?:\w+ )?"
        rf"{desk}\b",
        rf"(?:per|at|on|by) (?:the |our )?{desk}\b[^:\n.]{{0,40}}\b(?:add|append|insert|include)(?:ed)?\b",
        rf"(?:{MATTER} )?{adding}\b[^:\n.]{{0,30}}?\bafter (?:the )?(?:denial|signature|signing|audit|closing|fact)\b",
        r"(?<=[\[({])(?:late )?(?:inserted|added|appended|addition|insertion|typed in)[\])}]",
        r"(?:inserted|appended|addition|insertion|overwritten entry|revised text)[ \t]*(?::|[\u2013\u2014-][ ])",
    )
    return rf"{LEAD}(?:{'|'.join(forms)})"
