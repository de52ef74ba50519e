"""A term of radiofrequency where it is named in, the mode and the temperature that its sentence tells out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from mednec.expressions.patterns import compiled
from mednec.findings.assertion.boxes import box
from mednec.findings.parse import Parsed
from mednec.findings.technique.words import words
from mednec.findings.terms import Hit
from mednec.vocabulary import lexicon

NUMBERS = {"forty": 40, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
UNITS = {"two": 2, "five": 5}
CELSIUS = compiled(
    r"(?<![\d.])(?P<fahrenheit>\d{2,3})\s?(?:°|deg(?:rees?|\.)?)?\s?F(?:ahrenheit)?\b|(?<![\d.])(?P<celsius>[3-9]\d)\s?(?:°\s?C?|degrees?(?:\s*(?:C\b|Celsius|centigrade))?|deg\b\.?\s?C?|C\b)"
    r"|\btemp(?:erature)?s?\b\s*(?:(?:is|was|of|at|set|to|max\w*)\s+|[:=]\s*)*(?P<set>[4-9]\d)\b(?!\.\d|\s?F\b)"
    r"|\b(?P<ten>forty|sixty|seventy|eighty|ninety)(?:[- ](?P<unit>two|five))?\s+degrees",
    re.I,
)
PULSED = compiled(r"\bpulsed\b(?! (?:RF|radiofrequency|electro\w*|magnetic|lavage|light|ultrasound|dye)\b)", re.I)
NOT_PULSED = compiled(r"(?<!non-)(?<!non )(?<!not )\b(?:thermal|conventional|continuous)\b", re.I)
OTHER_MODE = compiled(r"\b(?:pulsed|cooled|PRF|CRFA)\b", re.I)
REJECTED = compiled(
    r"(?:\s(?:RF|RFA|mode|ablation|kind))?(?:\s(?:offered|used|done|given|proposed)\s\w+)?\s(?:was|were|is)\s(?:\w+\s)?(?:(?:discussed|considered|offered|proposed)\s(?:and|but)\s)?"
    r"(?:rejected|declined|dismissed|not (?:chosen|wanted|used|planned))\b",
    re.I,
)
COOLED = compiled(r"\b(?:cooled|CRFA|Coolief|cryo\w*)\b", re.I)
BARE_RF = {"RFA", "radiofrequency ablation", "radiofrequency", "lesion at", "lesioning at", "lesioned at", "RF lesion"}
BARE_RF |= {"RF lesions", "RF", "RFN", "radiofrequency neurotomy"}
LESION = 60  # degrees below which tissue is not ablated: pulsed modes
NEAR = 160  # characters around a term in which its temperature may stand
CONTEXT = 200  # characters before a sentence in which the ablation may be named


def mode(parsed: Parsed, hit: Hit, value: str, quote: tuple[int, int]) -> Mapping[str, Any] | None:
    """The mode by name, or by its temperature: 'RFA' alone tells none."""
    text = parsed.text
    if REJECTED.match(text, hit.end, quote[1]):
        return None
    celsius = _celsius(text, max(quote[0], hit.start - NEAR), min(quote[1], hit.end + NEAR))
    if hit.term in _said():
        return _by_words(parsed, hit, value, quote, celsius)
    if hit.term in BARE_RF and _is_pulsed(text, quote) and not NOT_PULSED.search(text, *quote):
        return {"value": "pulsed", "celsius": celsius if celsius is not None and celsius < LESION else None}
    if hit.term in BARE_RF and (celsius is None or OTHER_MODE.search(text, *quote)):
        return None
    if celsius is not None and celsius < LESION and value == "thermal":
        value = "pulsed"
    return {"value": value, "celsius": celsius}


def _by_words(
    parsed: Parsed, hit: Hit, value: str, quote: tuple[int, int], celsius: int | None
) -> Mapping[str, Any] | None:
    """What 'pulsed', 'heated' or 'temperature' alone tell, in a sentence on an ablation or shortly behind one."""
    text = parsed.text
    if not words("radiofrequency_mode", "ablation").search(text, max(0, quote[0] - CONTEXT), quote[1]):
        return None
    if words("radiofrequency_mode", "of_motion").search(text, *quote):
        return None
    if words("radiofrequency_mode", "denied").search(text, max(quote[0], hit.start - 40), hit.start):
        return None
    if value == "pulsed":
        return {"value": "pulsed", "celsius": celsius if celsius is not None and celsius < LESION else None}
    if celsius is None or COOLED.search(text, *quote) or _is_pulsed(text, quote):
        return None
    return {"value": "thermal" if celsius >= LESION else "pulsed", "celsius": celsius}


def _is_pulsed(text: str, quote: tuple[int, int]) -> bool:
    """Whether a sentence names pulses and does not deny them."""
    denied = words("radiofrequency_mode", "denied")
    return any(
        not denied.search(text, max(quote[0], match.start() - 40), match.start())
        and box(text, *match.span()) != "empty"
        for match in PULSED.finditer(text, *quote)
    )


def _celsius(text: str, first: int, last: int) -> int | None:
    """The temperature in degrees, in figures or in words."""
    heat = CELSIUS.search(text, first, last)
    if heat is None:
        return None
    if heat["fahrenheit"]:
        return round((int(heat["fahrenheit"]) - 32) / 1.8)
    if heat["ten"]:
        return NUMBERS[heat["ten"].lower()] + UNITS.get((heat["unit"] or "").lower(), 0)
    return int(heat["celsius"] or heat["set"])


@cache
def _said() -> frozenset[str]:
    return frozenset(lexicon("technique").concepts["radiofrequency_mode"].extra["said"])
