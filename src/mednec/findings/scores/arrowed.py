"""A number of a sentence in, whether it is a side of a change that is told in figures alone out: '8 -> 1 (87%)'."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings.scores.numbers import WORDS, Number
from mednec.findings.sentences import Sentence

FAR = 300  # how far back a bare '6/10' may stand from the pain that it grades
PAINED = compiled(
    r"\b(?:pain|relief|NRS|NPRS|VAS|blocks?|MBB|injection|diary|log|sx|symptoms?|RFA|ablation|neurotomy|T?FESI|ESI"
    r"|epidural)\b",
    re.I,
)
CHAIN = 20  # characters before a number within which a change begins: '8 -> 1 -> 2'
OUT_OF_TEN = r"(?:\s?/\s?10(?!\d)|\sout\sof\s(?:10|ten)\b)?"
FIGURE = rf"(?:10|\d|(?:{'|'.join(WORDS)})(?![a-z]))"
CHANGE = compiled(
    rf"(?<![\w./%:-])(?<!>)(?<!>\s)(?P<low>{FIGURE}){OUT_OF_TEN}\s?(?:(?:-{{1,2}}>|\u2192|=>)|\b(?:down\s)?to\b)\s?(?:an?\s)?"
    rf"(?P<high>{FIGURE}){OUT_OF_TEN}(?P<later>(?:\s?(?:-{{1,2}}>|\u2192|=>)\s?{FIGURE}{OUT_OF_TEN})*)"
    r"(?![\w/:+-]|\.\d|\s?(?:%|[a-z]*min|hours?|hrs?|weeks?|wks?|months?|years?|days?|lbs?|deg|cm|mg|steps|visits"
    r"|pills|"
    r"tab|miles|blocks|stairs|lb|levels?|sites?|sessions?))"
    r"(?:\W{1,3}(?:is\s|=\s?|or\s|about\s|~)?(?P<percent>\d{2}(?:\.\d)?)\s?(?:%|percent))?",
    re.I,
)


def is_told_change(text: str, sentence: Sentence, number: Number) -> bool:
    """Whether the number is part of a change told in figures alone, beside pain or its relief: '8 -> 1 (87%)'."""
    told = _change(text, sentence, number)
    if told is None:
        return False
    low, high = _value(told["low"]), _value(told["high"])
    if not low:
        return False
    if told["percent"]:
        return abs(100 * (low - high) / low - float(told["percent"])) < 2
    return bool(PAINED.search(text, max(sentence.start, number.start - FAR), min(sentence.end, number.end + FAR)))


def _change(text: str, sentence: Sentence, number: Number) -> re.Match[str] | None:
    """The change told in figures that holds the number."""
    first, last = max(sentence.start, number.start - CHAIN), min(sentence.end, number.end + 24)
    found = CHANGE.finditer(text, first, last)
    return next((told for told in found if told.start("low") <= number.start < told.end("later")), None)


def is_reckoned(text: str, sentence: Sentence, number: Number) -> bool:
    """Whether the number is a side of a change whose percent is reckoned beside it: '7/10 -> 1/10 = 86%'."""
    told = _change(text, sentence, number)
    return told is not None and bool(told["percent"]) and is_told_change(text, sentence, number)


def _value(figure: str) -> float:
    """The value of a figure or number word."""
    return float(figure) if figure.isdigit() else float(WORDS.index(figure.lower()))
