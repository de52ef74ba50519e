"""The treatments of one sentence in, the same out with what one line of a procedure's title says of all of them."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise, takewhile
from typing import Any

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.model import Finding

JOINED = compiled(r"[^.;:\n]{0,60}?\b(?:with|and|followed by|including|plus)\b[^.;:\n]{0,60}|\s*[,/&+]\s*", re.I)
SHARED = ("region", "side")


def titled_together(parsed: Parsed, found: list[Finding]) -> list[Finding]:
    """The findings, where operations joined in one line of a title share place and side.

    'Arthroscopy with decompression of the left shoulder' does both on the left shoulder; a place of its own stays.
    """
    done = [one for one in found if one.get("status") == "performed" and one.concept.endswith("surgery")]
    if len(done) < 2 or parsed.section_at(done[0].start).name != "procedure":
        return found
    if not all(JOINED.fullmatch(parsed.text, one.end, other.start) for one, other in pairwise(done)):
        return found
    named = {name: value for name in SHARED if (value := _only(done, name))}
    shared = list(takewhile(lambda one: one is done[0] or not one.get("levels"), done))
    levels = {"levels": done[0].get("levels")} if done[0].get("levels") else {}  # 'discectomy C5-6 with fusion'
    return [_with(one, named | levels if one in shared else named) if one in done else one for one in found]


def _only(done: list[Finding], name: str) -> Any:
    """The one value that is told of an attribute, where those that tell it agree."""
    told = [one.get(name) for one in done if one.get(name)]
    return told[0] if told and all(value == told[0] for value in told) else None


def _with(one: Finding, named: dict[str, Any]) -> Finding:
    return replace(one, attributes={**named, **one.attributes})
