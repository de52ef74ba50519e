"""The nerves of a facet procedure where they are named as a run: 'L3-5', 'L3, L4 and L5 dorsal ramus'."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings import regions

NERVES = r"(?:\s?(?:medial (?:branch|nerve)\w*|MBs?|MBBs?|nerves?|branch\w*|blocks?))*"
WITH_RAMUS = compiled(
    rf"(?P<run>\bL\d(?:{NERVES}\s?(?:(?:,|/|&|\+|-|and|the)\s?){{0,2}}L?\d\b)*){NERVES}\s*(?:,|and|&|\+|/|plus|"
    rf"with|\s)+(?:the\s)?"
    r"(?P<ramus>L5)\s*(?:dorsal\s(?:primary\s)?(?:ram\w+|br\w+)|DR\b|DPR\b|primary\sram\w+)",
    re.I,
)
RANGE = compiled(
    r"(?P<lead>\b(?:medial branch\w*(?: (?:nerve )?blocks?)?|MBs?|MBBs?(?:\s?#\d)?)(?:\s(?:of|at|to|on|for|the|"
    r"left|right|bilateral|bilat))*\s)?"
    r"\b(?P<letter>[CL])(?P<first>\d)\s?(?:-|\u2013|to|thru|through)\s?[CL]?(?P<last>\d)\b"
    r"(?!\s?(?:/|-|,?\s?(?:facet|joint|level|zygapo)))(?P<behind>\s?(?:medial branch|MBB?s?\b|nerves?\b))?",
    re.I,
)


def branches(text: str, start: int, end: int) -> tuple[str, ...]:
    """The nerves that a run between two offsets names; none where joints or single levels are named."""
    if run := WITH_RAMUS.search(text, start, end):
        named = regions.levels_in(text, run.start("run"), run.end("run"))
        nerves = [part for level in named for part in _ends(level)]
        return tuple(dict.fromkeys([*nerves, "L5"]))
    for span in RANGE.finditer(text, start, end):
        first, last = int(span["first"]), int(span["last"])
        if (span["lead"] or span["behind"]) and last - first >= 2:
            return tuple(f"{span['letter'].upper()}{number}" for number in range(first, last + 1))
    return ()


def _ends(level: str) -> list[str]:
    """'L3-4' as the two nerves that a hyphen joins."""
    match = re.fullmatch(r"([CTL])(\d+)-[CTLS]?(\d+)", level)
    return [f"{match[1]}{match[2]}", f"{match[1]}{match[3]}"] if match else [level]
