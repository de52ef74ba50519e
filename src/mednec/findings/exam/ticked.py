"""Forms of an examination: tests with a box each, under the heads Pos and Neg, or with Y or N in the next cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mednec.expressions.patterns import compiled
from mednec.findings.exam.results import Draft
from mednec.findings.terms import Hit

TESTS = frozenset({"faber", "gaenslen", "thigh_thrust", "si_compression", "si_distraction"})
BOX_BEFORE = compiled(r"(?:\[(?P<square>[ xX\u2713\u2714]?)\]|(?P<sign>[\u2610\u25a1\u2611\u2612\u2713\u2714]))[ \t]*$")
CELL = compiled(
    r"[^\n|:]{0,12}?(?:[ ]{2,}|\t+|[ ]*\|[ ]*|:[ ]*|[ ]*\.{3,}[ ]*)"
    r"(?:(?P<yes>pos(?:itive)?|y(?:es)?|\+|present)|(?P<no>neg(?:ative)?|n(?:o)?"
    r"|-|absent|none))(?=[ ]{2,}|[ \t]*[|;,]|[ \t.]*(?:\n|$))",
    re.I,
)
NEXT_CELL = compiled(r"[ \t|]+(?:pos(?:itive)?|neg(?:ative)?|y(?:es)?|no?|[+-])(?=[ \t|]|$)", re.I | re.M)
HEAD = compiled(r"^[^\n]*?\b(?P<pos>pos(?:itive)?|yes|\+)[ \t|]+(?P<neg>neg(?:ative)?|no|-)(?!\w)[ \t|]*$", re.I | re.M)
MARK = compiled(r"(?<![A-Za-z])[xX\u2713\u2714*](?![A-Za-z])")
SIDE = compiled(r"\b(?:(?P<left>(?i:left|lt)|L)|(?P<right>(?i:right|rt)|R)|(?P<both>(?i:bilateral(?:ly)?|both)))\b")
NEGATIVE = compiled(r"\bneg(?:ative)?\b", re.I)
CHOICE = compiled(
    r"[^\n|]{0,12}?\b(?:pos(?:itive)?|yes|y|\+)[ \t]*/[ \t]*(?:neg(?:ative)?|no|n|-)(?!\w)(?![ \t]*[:=])", re.I
)
ABOVE, LINES = 400, 8  # characters and lines above a test in which its form names the side
LEAST = 2  # tests that make a form


def ticked(text: str, hits: Sequence[Hit]) -> Iterator[tuple[Hit, Draft | None]]:
    """The tests that a form answers, each with its finding; None where the form leaves it open."""
    asked = [hit for hit in hits if hit.concept in TESTS or "yeoman" in hit.term.lower()]
    told = [(hit, result) for hit in asked if (result := _result(text, hit)) is not None]
    if len(told) < LEAST:
        return
    for hit, result in told:
        first, last = _line(text, hit)
        side = _side(text, hit, first)
        sign = "yeoman" if "yeoman" in hit.term.lower() else None
        draft = Draft(hit.concept, hit.start, hit.end, (first, last), result, side, sign) if result else None
        yield hit, draft


def _result(text: str, hit: Hit) -> str | None:
    """What the form says of a test; empty where it leaves it open, None where this is no form."""
    first, last = _line(text, hit)
    if box := BOX_BEFORE.search(text, first, hit.start):
        if (box["square"] or "").strip() or ((box["sign"] or "") in "\u2611\u2612\u2713\u2714" and box["sign"]):
            return "negative" if NEGATIVE.search(text, first, box.start()) else "positive"
        return ""
    if CHOICE.match(text, hit.end, last):
        return ""
    cell = CELL.match(text, hit.end, last)
    if cell and not NEXT_CELL.match(text, cell.end(), last):  # columns of both sides are a table
        return "positive" if cell["yes"] else "negative"
    if not text[first : hit.start].strip(" \t|-*") and (marked := _in_columns(text, hit, first, last)):
        return marked
    return None


def _in_columns(text: str, hit: Hit, first: int, last: int) -> str | None:
    """The column in which a row is marked, by where the heads stand."""
    heads = [*HEAD.finditer(text, max(0, first - ABOVE), first)]
    marks = [*MARK.finditer(text, hit.end, last)]
    if not heads or len(marks) != 1:
        return None
    head = heads[-1]
    start = text.rfind("\n", 0, head.start("pos")) + 1
    at = marks[0].start() - first
    beside = {name: abs(head.start(name) - start - at) for name in ("pos", "neg")}
    return "positive" if beside["pos"] < beside["neg"] else "negative"


def _line(text: str, hit: Hit) -> tuple[int, int]:
    end = text.find("\n", hit.end)
    return text.rfind("\n", 0, hit.start) + 1, end if end >= 0 else len(text)


def _side(text: str, hit: Hit, first: int) -> str | None:
    """The side that stands beside the test, else that of its line, else of the nearest line above that names one."""
    own = [*SIDE.finditer(text, max(first, hit.start - 12), hit.start)] or [*SIDE.finditer(text, hit.end, hit.end + 8)]
    if own and len({match.lastgroup for match in own}) == 1:
        return _named(own[-1])
    above = text[max(0, first - ABOVE) : first].splitlines()[-LINES:]
    for line in (text[first : hit.start], *reversed(above)):
        sides = {match.lastgroup for match in SIDE.finditer(line)}
        if sides:
            return _named(next(SIDE.finditer(line))) if len(sides) == 1 else None
    return None


def _named(side: re.Match[str]) -> str:
    return "bilateral" if side["both"] else str(side.lastgroup)
