"""Columns that list treatments under a head in, the treatments out as it says: 'Failed | Not yet tried'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.findings.structure.amending import amended
from mednec.findings.structure.grids import Cell, cells
from mednec.findings.structure.words import expression
from mednec.model import Finding

NOT_HAD = compiled(
    r"\b(?:not|never|untried|to try|to do|planned|future|next|declined|refused|contraindicated"
    r"|options?|available|remaining)\b",
    re.I,
)
GAPS = ("|", "\t", "   ")  # what parts the cells of a line
MOST, LONGEST_HEAD, WIDEST = 8, 60, 240  # rows of such a list, characters of a head and of a line


def listed(parsed: Parsed, found: list[Finding]) -> list[Finding]:
    """The findings; those in a column that lists what was not had, or what failed, as its head says."""
    if not any(gap in parsed.text for gap in GAPS):
        return found
    changed = found
    for line, heads, rows in _lists(parsed):
        for row in rows:
            under = cells(parsed.text, *row)
            for cell, told in zip(under, heads, strict=False):
                quote = (line, row[1])
                changed = [_told(parsed, f, told, quote) if cell.start <= f.start < cell.end else f for f in changed]
        stop = parsed.text.find("\n", line)
        changed = [f for f in changed if not line <= f.start < stop]
    return changed


def _told(parsed: Parsed, finding: Finding, told: str | None, quote: tuple[int, int]) -> Finding:
    if told is None:
        return finding
    plain = replace(finding, attributes={k: v for k, v in finding.attributes.items() if k != "response"})
    if told == "none":
        return amended(parsed, plain, {"status": "past", "response": "none"}, quote)
    return amended(parsed, plain, {"status": told}, quote)


def _lists(parsed: Parsed) -> Iterator[tuple[int, list[str | None], list[tuple[int, int]]]]:
    """Where each such list begins, what its heads say, and its rows."""
    text, end = parsed.text, -1
    for line in text.split("\n")[:-1]:
        start, end = end + 1, end + 1 + len(line)
        if len(line) > WIDEST or not any(gap in line for gap in GAPS) or not NOT_HAD.search(line):
            continue
        heads = [_head(text, cell) for cell in cells(text, start, end)]
        if len(heads) > 1 and all(heads) and "not_tried" in heads:
            yield start, heads, list(_rows(text, end + 1))


def _head(text: str, cell: Cell) -> str | None:
    """What a head says of what is listed under it."""
    words = text[cell.start : cell.end].strip(" :")
    if len(words) > LONGEST_HEAD:
        return None
    if expression("listed_not_had").fullmatch(words):
        return "not_tried"
    if expression("listed_failed").fullmatch(words):
        return "none"
    return "past" if expression("listed_had").fullmatch(words) else None


def _rows(text: str, start: int) -> Iterator[tuple[int, int]]:
    """The lines below a head that have as many cells, up to a blank line."""
    for _ in range(MOST):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if start >= len(text) or not text[start:end].strip() or len(cells(text, start, end)) < 2:
            return
        yield start, end
        start = end + 1
