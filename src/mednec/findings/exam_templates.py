"""A line of a template in, out what it tells once for all: the side at its end, how tender each place is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mednec.findings.exam_places import JOINT_LABEL, tenderness_in
from mednec.findings.exam_results import Draft
from mednec.findings.exam_units import Unit
from mednec.findings.terms import Hit

DEGREE = (
    r"(?:none|absent|negative|normal|mild|minimal|slight|moderate|severe|marked|exquisite|positive|present|trace|fair|"
    r"poor|good|full|weak|intact)"
)
LAST_SIDE = re.compile(rf"[-\u2013]\s*{DEGREE}\s+(?P<side>right|left|bilateral\w*|both)\b[\s.]*$", re.I)
ITEM = re.compile(
    rf"(?:,|;|\band\b|[.:])?\s*(?P<name>[A-Za-z][\w /]{{2,30}}?)\s*[-\u2013]\s+(?P<degree>{DEGREE})\b"
    r"(?:\s+(?P<side>right|left|bilateral|both)\b)?",
    re.I,
)
OF_TENDERNESS = re.compile(r"(?:\S+ )*?(?:tender(?:ness)?|palpation)", re.I)
OF_SIGNS = re.compile(r"coord(?:ination)?|cerebellar(?: exam| testing| function)?|station|stability|impingement", re.I)
ABSENT = ("none", "absent", "negative", "normal")
LONGEST = 400  # how far the end of a line may be
SIDES = {"b": "bilateral", "l": "left", "r": "right"}


def side_at_end(text: str, unit: Unit) -> str | None:
    """'Neer - positive. Hawkins - moderate right.': the side that ends a line of graded items is that of all."""
    if " - " not in text[unit.start : unit.end] and "\u2013" not in text[unit.start : unit.end]:
        return None
    end = text.find("\n", unit.end, unit.end + LONGEST)
    line = text[unit.start : end if end >= 0 else unit.end + LONGEST]
    told = LAST_SIDE.search(line)
    return SIDES[told["side"][0].lower()] if told else None


def graded_places(text: str, unit: Unit, side: str | None) -> list[Draft]:
    """The places of 'Tenderness: anterior - moderate, biceps - none', each with its own result."""
    if not OF_TENDERNESS.fullmatch(unit.label):
        return []
    label = unit.label if JOINT_LABEL.search(unit.label) else ""
    return list(_places(text, unit, label, side))


def _places(text: str, unit: Unit, label: str, side: str | None) -> Iterator[Draft]:
    position = unit.body
    while (item := ITEM.match(text, position, unit.end)) is not None:
        concept = tenderness_in(item["name"], label or "joint") or "joint_tenderness"
        result = "negative" if item["degree"].lower() in ABSENT else "positive"
        own = SIDES[item["side"][0].lower()] if item["side"] else side
        yield Draft(concept, item.start("name"), item.end("degree"), (unit.start, unit.end), result, own)
        position = item.end()


def without_label(text: str, unit: Unit, hits: list[Hit]) -> list[Hit]:
    """'Coordination: normal finger to nose': the label only says what the signs behind it are of."""
    signs = [hit for hit in hits if hit.concept == "other_sign" and hit.end > unit.body]
    if not signs or unit.body == unit.start:
        return hits
    return [hit for hit in hits if hit.end > unit.body or not OF_SIGNS.fullmatch(text, hit.start, hit.end)]
