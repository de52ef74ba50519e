"""Tables of an examination: rows of tests under the heads Right and Left."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from mednec.expressions.patterns import compiled
from mednec.findings.exam.results import Draft, graded
from mednec.findings.exam.zones import SIDE_HEADS, Zone
from mednec.findings.terms import Hit

COLUMNS = compiled(r"(?:[ ]{2}|\t|\|)[ ]*(?:right|left|R|L|rt|lt)[ \t|]*$", re.I | re.M)
ROW = compiled(
    r"[ \t|]*(?P<name>\S[^\n|\t]*?)(?:[ ]{2,}|\t+|[ ]*\|[ ]*)(?P<one>[^\n|\t]*?\S)(?:[ ]{2,}|\t+|[ ]*\|"
    r"[ ]*)(?P<two>[^\n|\t]*?\S)[ \t|]*(?:\n|$)"
)
POSITIVE = compiled(
    r"\(?\+\)?|pos(?:itive)?|abnormal|painful|tender|yes|present|decreased|reduced|diminished|limited|weak|absent|"
    r"x\b",
    re.I,
)
NEGATIVE = compiled(r"\(?[-\u2013]\)?|neg(?:ative)?|normal|nl|wnl|intact|full|no\b|none|nontender|non-tender|wfl", re.I)
OF_STRENGTH = compiled(r"\b(?:strength|MMT|manual muscle|motor)\b", re.I)
BARE_GRADE = compiled(r"[0-5][+-]?(?=$|\s)(?!\s?(?:deg|\u00b0|/))")
MOVEMENTS = compiled(
    r"^[ \t]*(?P<head>[^\n:]{0,40}(?:range of motion|ROM)\b[^\n:]{0,20}):[ \t]*\n"
    r"(?P<rows>(?:[ \t]*[A-Z][A-Za-z ]{2,40}[ ]\d{1,3}\s?/\s?\d{1,3}\b[^\n]*(?:\n|$)){2,})",
    re.I | re.M,
)
HEADED = compiled(r"\b(?:motion|ROM)\b[^\n:]{0,20}:[ \t]*\n", re.I)
OF_NORMAL = compiled(r"(\d{1,3})\s?/\s?(\d{1,3})\b")
ABOVE = 200  # how far above the head of a table its heading may stand
GRADE = compiled(r"[+-]?[0-5][+-]?\s?/\s?5")
FIGURE = compiled(r"[0-4]\+|\+[0-4]|\d{1,3}(?:\s?(?:deg|\u00b0))?$")


def headed_movements(text: str, zone: Zone) -> Iterator[tuple[Draft, tuple[int, int]]]:
    """'Cervical range of motion:' over lines such as 'Flexion 45/50': one finding, and where its lines stand."""
    if HEADED.search(text, zone.start, zone.end) is None:
        return
    for head in MOVEMENTS.finditer(text, zone.start, zone.end):
        reached = [(int(done), int(full)) for done, full in OF_NORMAL.findall(head["rows"])]
        result = "positive" if any(done < full for done, full in reached) else "negative"
        quote = (head.start("head"), head.start("rows") + len(head["rows"].rstrip()))
        yield Draft("range_of_motion", *head.span("head"), quote, result, None), head.span("rows")


def table_rows(text: str, zone: Zone, hits: list[Hit]) -> Iterator[Draft]:
    """The findings of rows that give a test once for each side."""
    if COLUMNS.search(text, zone.start, zone.end) is None:
        return
    starts = [hit.start for hit in hits]
    for head in SIDE_HEADS.finditer(text, zone.start, zone.end):
        sides = [_side(head["one"]), _side(head["two"])]
        if sides[0] == sides[1]:
            continue
        position = head.end() + 1
        above = max(zone.start, head.start() - ABOVE)
        strength = bool(OF_STRENGTH.search(text, above, head.end()))
        while (row := ROW.match(text, position, zone.end)) is not None:
            if (name := _name(row, hits, starts, strength)) is not None:
                yield from _of_row(row, sides, name, strength)
            position = row.end()


def _side(words: str) -> str:
    return "right" if words.lower().startswith("r") else "left"


def _name(row: re.Match[str], hits: list[Hit], starts: list[int], strength: bool) -> Hit | None:
    """What a row is of: the muscle or movement that it names where strength is graded, else a term of the lexicon."""
    first, last = row.span("name")
    if GRADE.match(row["one"]) or (strength and BARE_GRADE.match(row["one"])):
        return Hit(first, last, "exam", "motor", row["name"].lower())
    for hit in hits[bisect_left(starts, first) :]:
        return hit if hit.end <= last else None
    return None


def _of_row(row: re.Match[str], sides: list[str], name: Hit, strength: bool) -> Iterator[Draft]:
    results = [_result(row["one"], strength), _result(row["two"], strength)]
    quote = (row.start("name"), row.end("two"))
    if results[0] == results[1]:
        if results[0] is not None:
            yield Draft(name.concept, name.start, name.end, quote, results[0] or None, "bilateral", _sign(name))
        return
    places = [(name.start, name.end), row.span("two") if results[0] is not None else (name.start, name.end)]
    for result, side, (start, end) in zip(results, sides, places, strict=True):
        if result is not None:
            yield Draft(name.concept, start, end, quote, result or None, side, _sign(name))


def _result(cell: str, strength: bool) -> str | None:
    """The result in a cell: empty where it holds a figure alone, None where it holds none."""
    if GRADE.match(cell):
        return graded(cell)
    if strength and (bare := BARE_GRADE.match(cell)):
        return graded(bare.group())
    if NEGATIVE.match(cell):
        return "negative"
    if POSITIVE.match(cell):
        return "positive"
    return "" if FIGURE.match(cell) else None


def _sign(hit: Hit) -> str | None:
    return "yeoman" if "yeoman" in hit.term.lower() else None
