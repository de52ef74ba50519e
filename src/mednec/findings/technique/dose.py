"""A steroid where it is named in, the milligrams of the session out: as written, or its strength times its volume."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from mednec.findings.bounds import is_exceeded
from mednec.findings.parse import Parsed
from mednec.findings.patterns import compiled
from mednec.findings.regions import levels_in
from mednec.findings.terms import Hit
from mednec.vocabulary import lexicon

DOSE_AFTER = compiled(
    r"(?:(?!\band\b|\bwith\b|\bplus\b)[^.;,()/+]){0,28}?\(?(?<![\d.])(?P<mg>\d+(?:\.\d+)?)\s?mg\b(?!\s*(?:/"
    r"|per)\s*(?:mL|cc|kg))",
    re.I,
)
DOSE_BEFORE = compiled(
    r"(?<![\d.])(?P<mg>\d+(?:\.\d+)?)\s?mg(?:\s+(?:of|total))?\s+(?:(?!and\b|with\b)[\w-]+\s+){0,3}$", re.I
)
DOSE_BARE = compiled(
    r"(?:\s+acetate|\s+acetonide)?\s+(?P<mg>\d{1,3})(?=\s*(?:[,;)+&]|\.(?!\d)|$|\n|/\s?(?!mL|cc|\d)|(?:and|w|with|plus|epidural)\b))"
)  # a steroid's name and a number: 'depo 80'
STRENGTH = compiled(
    r"[^.;,]{0,24}?(?P<each>\d+(?:\.\d+)?)\s?mg\s?(?:/|per)\s?(?:mL|cc)\)?[\s,;xX(*\u00d7-]*(?:(?:total|volume|of|given|injected|dose)\s+){0,3}(?P<volume>\d+(?:\.\d+)?)\s?(?:mL|cc)\b",
    re.I,
)
STRENGTH_BEFORE = compiled(
    r"(?<![\d.])(?P<volume>\d+(?:\.\d+)?)\s?(?:mL|cc)\s+(?:of\s+)?(?P<each>\d+(?:\.\d+)?)\s?mg\s?(?:/|per)\s?(?:mL|cc)\s+"
    r"(?:of\s+)?(?:(?!and\b|with\b)[\w-]+\s+){0,2}$",
    re.I,
)
VOLUME_AND_STRENGTH = compiled(  # '2 mL of triamcinolone 40 mg/mL'
    r"(?<![\d.])(?P<volume>\d+(?:\.\d+)?)\s?(?:mL|cc)s?\s+(?:of\s+)?(?:(?!and\b|with\b|plus\b)[a-z-]+\s+){1,3}"
    r"\(?(?P<each>\d+(?:\.\d+)?)\s?mg\s?(?:/|per)\s?(?:mL|cc)\b(?!\)?[\s,;xX(]*\d)",
    re.I,
)
EACH = compiled(
    r"[^.;]{0,60}?\b(?:(?:at |per |in |into )?(?:each|every|both|per) (?:of the )?(?:levels?|foram\w+|nerves?|sites?"
    r"|joints?)|(?:on |per )?(?P<side>each side|both sides|per side))\b",
    re.I,
)
GAP = r"(?:[^;.\n]|\.(?=\d)){0,48}?"  # a point within a number ends no sentence
TOTAL = compiled(
    rf"(?={GAP}\d\s?(?:mL|cc)\b){GAP}(?:[(=]\s*(?:total\s+(?:of\s+)?)?|\btotal(?:\s+dose)?(?:\s+of)?\s*:?\s*)(?P<mg>\d+(?:\.\d+)?)\s?mg\b(?!\s*(?:/|per))",
    re.I,
)
NAMED = compiled(r"[\s-]*(?P<each>\d{1,2})\b(?!\s?(?:mg\b(?!\s?/)|%|mL|cc))", re.I)
VOLUME = compiled(rf"(?:\s?mg\s?(?:/|per)\s?(?:mL|cc))?{GAP}(?<![\d.])(?P<volume>\d+(?:\.\d+)?)\s?(?:mL|cc)\b", re.I)
VOLUME_BEFORE = compiled(r"(?<![\d.])(?P<volume>\d+(?:\.\d+)?)\s?(?:mL|cc)\s+(?:of\s+)?$", re.I)


def injected_dose(parsed: Parsed, hit: Hit, name: str, quote: tuple[int, int]) -> Mapping[str, Any]:
    """How a steroid is written with its dose, and the milligrams of the session where they are told."""
    text = parsed.text
    others = [other.start for other in parsed.within(hit.end, quote[1], "technique") if other.concept == "injectate"]
    last = min(others, default=quote[1])
    by_strength = name.startswith(tuple(_injectate()["named_by_strength"]))
    before = (max(quote[0], hit.start - 45), hit.start)
    dose = (
        TOTAL.match(text, hit.end, last)
        or DOSE_AFTER.match(text, hit.end, quote[1])
        or DOSE_BEFORE.search(text, *before)
    )
    if dose is None and not by_strength:
        dose = DOSE_BARE.match(text, hit.end, quote[1])
    each = _told(text, dose) if dose else _made_up(text, hit, before, last, by_strength=by_strength)
    return {"value": as_written(text, hit, dose), "milligrams": _in_all(each, parsed, hit, quote)}


def _told(text: str, dose: re.Match[str]) -> int | float:
    """The milligrams as written; 'more than 80 mg' is not 80."""
    return _number(dose["mg"]) + (1 if is_exceeded(text, dose.start("mg")) else 0)


def _made_up(text: str, hit: Hit, before: tuple[int, int], last: int, *, by_strength: bool) -> int | float | None:
    """Strength times volume: '40 mg/mL, 2 mL', or for what is named by its strength 'Kenalog-40, 3 mL'."""
    made = STRENGTH.match(text, hit.end, last) or STRENGTH_BEFORE.search(text, max(0, hit.start - 60), hit.start)
    made = made or VOLUME_AND_STRENGTH.search(text, before[0], min(last, hit.end + 40))
    if made:
        return _number(str(float(made["each"]) * float(made["volume"])))
    named = re.search(r"\d{1,2}$", hit.term) or (NAMED.match(text, hit.end, last) if by_strength else None)
    if named is None:
        return None
    strength = named["each"] if "each" in named.re.groupindex else named.group()
    volume = VOLUME.match(text, max(named.end() if "each" in named.re.groupindex else hit.end, hit.end), last)
    volume = volume or VOLUME_BEFORE.search(text, *before)
    return _number(str(float(strength) * float(volume["volume"]))) if volume else None


def _in_all(each: int | float | None, parsed: Parsed, hit: Hit, quote: tuple[int, int]) -> int | float | None:
    """The dose of the session where so much is given at each level or side; None where nobody tells how many."""
    several = each and EACH.match(parsed.text, hit.end, quote[1])
    if not each or not several:
        return each
    if several["side"]:
        return each * 2
    places = {level for level in levels_in(parsed.text, max(0, quote[0] - 300), quote[1]) if "-" in level}
    return each * len(places) if places else None


def as_written(text: str, hit: Hit, dose: re.Match[str] | None) -> str:
    """The words that name what is injected, with its dose."""
    first, last = (min(hit.start, dose.start("mg")), max(hit.end, dose.end())) if dose else (hit.start, hit.end)
    return re.sub(r"\s+", " ", text[first:last]).strip(" (")


def _injectate() -> Mapping[str, Sequence[str]]:
    """What the lexicon says of what is injected."""
    extra: Mapping[str, Sequence[str]] = lexicon("technique").concepts["injectate"].extra
    return extra


def _number(words: str) -> int | float:
    number = float(words)
    return int(number) if number.is_integer() else number
