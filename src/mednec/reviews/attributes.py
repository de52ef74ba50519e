"""What a person says of a finding in, checked against the vocabulary out; each refusal says what can be said."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from unicodedata import category

from mednec.errors import CorrectionError
from mednec.vocabulary import REGIONS, lexicon, lexicon_names

LONGEST = 200  # characters of a text
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
LEVEL = re.compile(r"[CTLS]\d{1,2}(-[CTLS]?\d{1,2})?")
NUMBERS = {"percent": (0, 100), "days": (0, 36525), "count": (0, 10_000), "number": (-1_000_000, 1_000_000)}


def kinds() -> tuple[str, ...]:
    """The kinds of findings that can be said: those of the findings contract."""
    return tuple(name for name in lexicon_names() if name == "rationale" or lexicon(name).attributes)


def checked(kind: str, concept: str, attributes: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes of a finding of this kind and concept, those that are None left out.

    `known` are attributes that were read there, which may stay though the vocabulary does not list them.
    Raises CorrectionError where the vocabulary has no such kind, concept, attribute or value.
    """
    if kind not in kinds():
        raise CorrectionError(f"there is no kind of finding '{_short(kind)}'; there are: {', '.join(kinds())}")
    book = lexicon(kind)
    if concept not in book.concepts and not (kind == "rationale" and concept == "procedure_rationale"):
        names = ", ".join(book.concepts)
        raise CorrectionError(f"a finding of the kind {kind} cannot be '{_short(concept)}'; there are: {names}")
    said = {name: value for name, value in attributes.items() if value is not None}
    for name, value in said.items():
        if name in known and known[name] == value:
            continue
        if name not in book.attributes:
            names = ", ".join(book.attributes) or "none"
            raise CorrectionError(f"a finding of the kind {kind} has no '{_short(name)}'; it has: {names}")
        _check(name, book.attributes[name], value)
    return said


def _check(name: str, wanted: Any, value: Any) -> None:
    several = value if isinstance(value, list) and value else [value]
    if isinstance(wanted, list):
        fits = all(
            any(one is allowed or (type(one) is str and one == allowed) for allowed in wanted) for one in several
        )
        need = "one of: " + ", ".join(str(allowed).lower() if allowed is True else str(allowed) for allowed in wanted)
    elif wanted in NUMBERS:
        least, most = NUMBERS[wanted]
        fits = isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most
        need = f"a number from {least} to {most}"
    else:
        fits, need = _fits_text(wanted, several)
    if not fits:
        raise CorrectionError(f"'{name}' cannot be that; give {need}")


def _fits_text(wanted: str, several: list[Any]) -> tuple[bool, str]:
    """Whether all values are texts of the wanted form, and what that form is, in words."""
    match wanted:
        case "date":
            return all(isinstance(one, str) and DATE.fullmatch(one) for one in several), "a date such as 2026-03-10"
        case "region":
            return all(one in REGIONS for one in several), f"one of: {', '.join(REGIONS)}"
        case "levels":
            return all(isinstance(one, str) and LEVEL.fullmatch(one) for one in several), "levels such as L4-5"
    return all(_is_plain(one) for one in several), f"a text of at most {LONGEST} characters"


def _is_plain(value: Any) -> bool:
    """Whether it is a text that can be shown and kept: without signs that steer."""
    return isinstance(value, str) and 0 < len(value) <= LONGEST and all(category(sign)[0] != "C" for sign in value)


def _short(word: str) -> str:
    """A word as it can be told in a message, whatever signs it holds."""
    return word[:60].encode("ascii", "replace").decode()
