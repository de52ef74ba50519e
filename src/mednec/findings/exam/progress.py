"""Tables of an examination that set its first finding beside its last: rows under the heads Initial and Discharge."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from mednec.expressions.patterns import compiled
from mednec.findings.exam.results import Draft, graded
from mednec.findings.exam.tables import GRADE, ROW
from mednec.findings.exam.zones import Zone
from mednec.findings.terms import Hit

HEAD = compiled(
    r"^\|?[ ]{0,4}[^\n|]{0,60}?(?:[ ]{2,}|\t|\|[ ]*)"
    r"(?:initial|eval(?:uation)?|i\.?e\.?|baseline|intake|start|admission|pre)\b[^\n|]{0,14}?"
    r"(?:[ ]{2,}|\t|\|)[ ]*(?:discharge|d/?c|current|re-?eval(?:uation)?|final|end|today|post|progress)\b[^\n]{0,40}$",
    re.I | re.M,
)
LAST = compiled(
    r"(?:[ ]{2}|\t|\|)[ ]*(?:discharge|d/?c|current|re-?eval(?:uation)?|final|end|today|post|progress)\b", re.I
)
ABNORMAL = compiled(
    r"\(?\+|pos|abn|decr?|dimin|reduc|limit|restrict|weak|poor|fair|tight|antalgic|impaired|absent|painful|tender|unable",
    re.I,
)
NORMAL = compiled(r"\(?[-\u2013]\)?(?=\s|$)|neg|normal|nl\b|wnl|wfl|intact|full|good|none|non-?tender|100\s?%", re.I)
PERCENT = compiled(r"\d{1,2}\s?%")
OF_REFLEX = compiled(r"reflex|DTR|jerk|Babinski|Hoffman|clonus", re.I)
PAIN = compiled(r"\bpain|p!|\bNPRS|\bNRS|\bODI|\bNDI|\btol", re.I)
SIDE = compiled(r"\b(?:(?P<right>R|right)|(?P<left>L|left))\b(?![-/]\w)")


def changes(text: str, zone: Zone, hits: list[Hit]) -> Iterator[Draft]:
    """Two findings for each row whose first and last result differ."""
    if LAST.search(text, zone.start, zone.end) is None:
        return
    starts = [hit.start for hit in hits]
    for head in HEAD.finditer(text, zone.start, zone.end):
        position = head.end() + 1
        while (row := ROW.match(text, position, zone.end)) is not None:
            yield from _of_row(row, hits, starts)
            position = row.end()


def _of_row(row: re.Match[str], hits: list[Hit], starts: list[int]) -> Iterator[Draft]:
    concept = _concept(row, hits, starts)
    results = [_result(row["one"]), _result(row["two"])]
    if concept is None or PAIN.search(row.group()) or None in results or results[0] == results[1]:
        return
    named = SIDE.search(row["name"])
    side = None if named is None else "right" if named["right"] else "left"
    quote = (row.start("name"), row.end("two"))
    yield Draft(concept, row.start("name"), row.end("one"), quote, results[0], side)
    yield Draft(concept, *row.span("two"), quote, results[1], side)


def _concept(row: re.Match[str], hits: list[Hit], starts: list[int]) -> str | None:
    if GRADE.match(row["one"]):
        return "motor"
    first, last = row.span("name")
    index = bisect_left(starts, first)
    concept = hits[index].concept if index < len(hits) and hits[index].end <= last else None
    return None if concept == "reflex" and not OF_REFLEX.search(row["name"]) else concept


def _result(cell: str) -> str | None:
    if GRADE.match(cell):
        return graded(cell)
    if NORMAL.match(cell):
        return "negative"
    return "positive" if ABNORMAL.match(cell) or PERCENT.match(cell) else None
