"""Spinal levels as people write them in, one spelling and their region out."""

from __future__ import annotations

import re
from itertools import pairwise

LETTERS = "CTLS"
LAST = {"C": 7, "T": 12, "L": 5, "S": 5}
REGIONS = {"C": "cervical", "T": "thoracic", "L": "lumbar", "S": "lumbar"}
LEVEL = re.compile(r"([CTLS])(\d{1,2})(?:\s*(?:[-/\u2013]|to)\s*([CTLS]?)(\d{1,2}))?", re.IGNORECASE)
SPINE = tuple(f"{letter}{number}" for letter in LETTERS for number in range(1, LAST[letter] + 1))


def normalized(level: str) -> tuple[str, ...] | None:
    """One level or a range in one spelling (`L4-L5` is `L4-5`, `L3-S1` is three); None where it is neither."""
    if level.strip().upper() in ("SI", "SIJ"):
        return ("SI",)
    match = LEVEL.fullmatch(level.strip())
    if match is None:
        return None
    letter, number, letter_below, number_below = match.groups()
    upper = f"{letter.upper()}{int(number)}"
    if number_below is None:
        return (upper,) if upper in SPINE else None
    return _between(upper, f"{(letter_below or letter).upper()}{int(number_below)}")


def region_of(level: str) -> str:
    """The region of a level in the one spelling; what lies between two belongs to the upper one."""
    return "sacroiliac" if level == "SI" else REGIONS[level[0]]


def _between(upper: str, lower: str) -> tuple[str, ...] | None:
    if upper not in SPINE or lower not in SPINE or SPINE.index(upper) >= SPINE.index(lower):
        return None
    vertebrae = SPINE[SPINE.index(upper) : SPINE.index(lower) + 1]
    return tuple(_joined(one, other) for one, other in pairwise(vertebrae))


def _joined(upper: str, lower: str) -> str:
    return f"{upper}-{lower[1:]}" if upper[0] == lower[0] else f"{upper}-{lower}"
