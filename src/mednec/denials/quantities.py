"""Words, or the tests of a clause, in; the numbers out that they set, each with what it measures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mednec.denials.topics import Asked

DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
NAMES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
WORDS = {word: number for number, word in enumerate(NAMES, 1)}
SESSIONS = r"(?:sessions?|injections?|procedures?|blocks?|ablations?|epidurals|treatments?|visits?|tests?|maneuvers?)"
NUMBER = rf"(?:(?:{'|'.join(WORDS)}|\d+(?:\.\d+)?)(?:\s*\(\s*\d+\s*\))?)"
QUANTITY = re.compile(
    rf"(?<![\w.-])(?P<number>{NUMBER})[\s-]*(?:"
    rf"(?P<time>day|week|month|year)s?\b|(?P<percent>%|percent\b)"
    rf"|(?P<levels>(?:\w+ )?(?:levels?|joints?)\b(?! {SESSIONS}))"
    rf"|(?P<score>/\s*10\b|points?\b)|(?P<sessions>(?:[a-z-]+ ){{0,4}}?{SESSIONS}\b|"
    rf"(?=per\b|every\b|in (?:a|any|one|each)\b)))",
    re.IGNORECASE,
)
WINDOW_BEFORE = re.compile(
    r"\b(?:within|in|during|over|per|every|each|any|rolling|past|last|preceding|previous|recent)"
    r"(?: (?:the|a|an|any|one|each|past|last|preceding|previous|prior|rolling|most recent|calendar))*\W*$",
    re.IGNORECASE,
)
WINDOW_AFTER = re.compile(
    r"^[\s-]*(?:period|window|time ?frame|look-?back)|^s? (?:preceding|prior to|before) the", re.I
)
GAP_AFTER = re.compile(r"^s?\s+(?:apart|after|since|between|from|have|must)\b", re.IGNORECASE)
GAP_BEFORE = re.compile(r"\b(?:interval|spacing|separated by|waiting period)\b[^.;]{0,25}$", re.IGNORECASE)
RECORD = re.compile(
    r"\b(?:(?:records?|notes?|documentation|chart|file|you|patient|member) (?:\w+ ){0,3}"
    r"(?:shows?|showed|had|has|have|received|completed|indicates?|documents?|attended|underwent|contains?)"
    r"|only|were submitted|was submitted|already)\b",
    re.IGNORECASE,
)
RULE = re.compile(
    r"\b(?:requir\w+|must|needs? to|criteri\w+|at least|minimum|maximum|no more than|not more than|limit\w*|allow\w*|"
    r"policy|guidelines?|exceed\w*|should|up to|less than|fewer than|below)\b",
    re.IGNORECASE,
)
PARTS = re.compile(r"[;.]\s+|,\s*(?:but|and only|however|while|whereas|yet)\b|\b(?:but|however|whereas)\b", re.I)
MEASURED = {
    **dict.fromkeys(("duration_days", "days", "relief_days", "longest"), "length"),
    **dict.fromkeys(("within", "recent", "age_days"), "window"),
    **dict.fromkeys(("days_before", "apart"), "gap"),
    **dict.fromkeys(("at_most", "sessions", "count", "at_least"), "sessions"),
    **dict.fromkeys(("relief_percent", "function_percent", "relief_stated"), "percent"),
    **dict.fromkeys(("low", "high", "value"), "score"),
    "levels": "levels",
}  # what the test of an attribute measures
TEST = re.compile(r"(?:(?:at least|at most|more than|less than) )?(\d+(?:\.\d+)?)(?: (day|week|month|year)s?)?")
NEAR = 0.07  # the part by which times may differ that people use for one another: 12 weeks and 3 months
TIMES = ("length", "window", "gap")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that is set: `measure` is length, window, gap, sessions, percent, levels or score; times are in days."""

    measure: str
    value: float
    words: str

    def equals(self, other: Quantity) -> bool:
        """Whether both set the same number for the same thing."""
        part = NEAR if self.measure in TIMES else 0
        return self.measure == other.measure and abs(self.value - other.value) <= part * max(self.value, other.value)


def required(text: str) -> tuple[Quantity, ...]:
    """The numbers that a letter says are required; those that it says the record shows are left out."""
    parts = _parts(text)
    ruled = [part for part in parts if RULE.search(part)]
    told = ruled or [part for part in parts if not RECORD.search(part)]
    return tuple(dict.fromkeys(quantity for part in told for quantity in quantities(part)))


def _parts(text: str) -> list[str]:
    return [part for part in PARTS.split(" ".join(text.split())) if part and part.strip()]


def quantities(text: str) -> Iterator[Quantity]:
    """Every number with a unit that words give."""
    for match in QUANTITY.finditer(text):
        value = _number(match["number"])
        words = " ".join(match[0].split())
        if match["time"]:
            measure = _of_time(text[: match.start()], text[match.end() :])
            yield Quantity(measure, value * DAYS[match["time"].lower()], words)
        else:
            measure = next(name for name in ("percent", "levels", "score", "sessions") if match[name] is not None)
            yield Quantity(measure, value, words)


def _of_time(before: str, after: str) -> str:
    if GAP_AFTER.search(after) or GAP_BEFORE.search(before):
        return "gap"
    if WINDOW_BEFORE.search(before) or WINDOW_AFTER.search(after):
        return "window"
    return "length"


def _number(words: str) -> float:
    digits = re.search(r"\d+(?:\.\d+)?", words)
    return float(digits[0]) if digits else float(WORDS[words.lower()])


def set_by(patterns: Iterable[Asked], says: str) -> tuple[Quantity, ...]:
    """The numbers that a clause sets: by its tests, and by its paraphrase."""
    tested = (quantity for asked in patterns for quantity in _tested(asked.tests))
    return tuple(dict.fromkeys([*tested, *quantities(says)]))


def _tested(tests: Mapping[str, Any]) -> Iterator[Quantity]:
    for name, test in tests.items():
        measure = MEASURED.get(name)
        match = TEST.fullmatch(str(test))
        if measure is None or match is None or (name == "days_before" and str(test) == "at least 1"):
            continue
        value = float(match[1]) * DAYS.get(match[2] or "", 1)
        unit = "" if match[2] or measure in ("sessions", "percent", "score", "levels") else " days"
        yield Quantity(measure, value, f"{test}{'%' if measure == 'percent' else ''}{unit}")
