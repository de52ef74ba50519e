"""A parsed document in, its numbered goals out, each with the place where its status is told: '(2) not met - 50%'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed

STATUS = compiled(
    r"\((?P<number>\d)\)\s*(?P<unmet>not\smet|partially\smet|ongoing|"
    r"progressing)?(?:met)?\s*[-:\u2013]?\s*(?P<value>[^()\n]{0,24})",
    re.I,
)
HEAD = compiled(r"\bgoals?\b[^\n]{0,24}:\s*(?=\(1\))", re.I)
ITEM = compiled(r"\((?P<number>\d)\)\s*(?P<goal>[^()\n]{3,90})")
TOLD = compiled(r"\b(?:not\smet|met)\b", re.I)
REACH = 900  # how far behind the goals their status may stand


@dataclass(frozen=True, slots=True)
class Reached:
    """A goal, and what was reached of it: offsets of the goal's words, of the status, and of the value within it."""

    goal: tuple[int, int]
    status: tuple[int, int]
    value: int
    unmet: bool


def reached(parsed: Parsed) -> Iterator[Reached]:
    """The numbered goals of which a later list tells the status."""
    text = parsed.text
    heads = list(HEAD.finditer(text)) if text.count("(1)") > 1 else []
    for head, later in pairwise(heads):
        end = text.find("\n", later.end())
        told = text[later.end() : end if end >= 0 else len(text)]
        if later.start() - head.start() > REACH or not TOLD.search(told):
            continue
        goals = {item["number"]: item.span("goal") for item in ITEM.finditer(text, head.end(), later.start())}
        for status in STATUS.finditer(text, later.end(), end if end >= 0 else len(text)):
            if status["number"] in goals:
                span = status.start(), status.start() + len(status.group().rstrip())
                yield Reached(goals[status["number"]], span, status.start("value"), bool(status["unmet"]))
