"""A text in, its tables of treatments out: what each row says under heads such as start, end, tried and result."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mednec.expressions.patterns import compiled
from mednec.findings.structure.words import head, is_blank

GAP = compiled(r"[ \t]*\|[ \t]*|\t+[ \t]*|[ ]{2,}")
RULE = compiled(r"[\s|+=_.:-]*")
ANSWER = compiled(r"\s*(?:yes|no|y|n|x)\s*", re.I)
PARTED = compiled(r"\||\t|[ ]{3}(?=\S)")
BARS = compiled(r"[|\t]")
TELLING = frozenset(
    (
        "failed",
        "helped",
        "start",
        "end",
        "result",
        "tried",
        "planned",
        "refused",
        "kept",
        "count",
        "length",
        "dates",
        "before",
        "after",
    )
)
WIDEST, LONGEST_HEAD, REACH = 220, 34, 40


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch of a line between two gaps."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its line, its first cell, and the cells under each known head."""

    start: int
    end: int
    first: Cell
    under: dict[str, Cell]
    heads: dict[str, str]  # the words of each known head


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: where its head stands, and its rows."""

    start: int
    end: int
    rows: tuple[Row, ...]


def grids(text: str) -> list[Grid]:
    """The tables of a text whose heads are known words."""
    found: list[Grid] = []
    for match in PARTED.finditer(text):
        start = text.rfind("\n", 0, match.start()) + 1
        if found and start < found[-1].rows[-1].end:
            continue
        end = text.find("\n", start)
        if 0 <= end - start <= WIDEST and (grid := _grid(text, start, end)):
            found.append(grid)
    return found


def _grid(text: str, start: int, end: int) -> Grid | None:
    """The table that a line heads; None where it heads none."""
    fields = cells(text, start, end)
    if len(fields) == 2 and ANSWER.fullmatch(text, fields[1].start, fields[1].end):
        return None  # a label and its answer
    if len(fields) < 2 or not (names := [_name(text, field) for field in fields]) or not _is_head(names, len(fields)):
        return None
    rows = tuple(_rows(text, end + 1, fields, names, start))
    return Grid(start, end, rows) if rows else None


def cells(text: str, start: int, end: int) -> list[Cell]:
    """The cells of a line: what bars, tabs or two blanks part; between bars a cell may be empty."""
    line = text[start:end]
    bars, found, first = BARS.search(line) is not None, [], start
    for gap in GAP.finditer(text, start, end):
        barred = "|" in gap.group() or "\t" in gap.group()
        if bars and not barred:
            continue
        if gap.start() > first or (bars and first > start):
            found.append(Cell(first, max(first, gap.start())))
        first = gap.end()
    if first < end or (bars and text[end - 1 : end] != "|"):
        found.append(Cell(first, end))
    return found


def _name(text: str, field: Cell) -> str | None:
    words = text[field.start : field.end]
    return head(words) if len(words) <= LONGEST_HEAD else None


def _is_head(names: Sequence[str | None], count: int) -> bool:
    """Whether a line heads a table: most of its cells are known heads, and one of them tells something."""
    known = [name for name in names if name]
    return (
        len(known) * 2 >= count
        and len(known) >= 1
        and any(name in TELLING for name in known[:])
        and (
            names[0] in (None, "subject", "region", "dates", "start", "refused")
            and len(known) >= (2 if names[0] else 1) + (count > 2)
        )
    )


def _rows(text: str, offset: int, fields: list[Cell], names: list[str | None], line: int) -> Iterator[Row]:
    """The rows below a head, up to a blank line or a line that is none."""
    barred = bool(BARS.search(text, fields[0].start, fields[-1].end))
    heads = {name: text[field.start : field.end] for field, name in zip(fields, names, strict=True) if name}
    for _ in range(REACH):
        end = text.find("\n", offset)
        end = len(text) if end < 0 else end
        if offset >= len(text) or not text[offset:end].strip():
            return
        if not RULE.fullmatch(text, offset, end):
            row = cells(text, offset, end)
            if len(row) < 2:
                return
            under = _by_number(row, names) if barred else _by_place(row, fields, names, offset, line)
            yield Row(offset, end, row[0], under, heads)
        offset = end + 1


def _by_number(row: list[Cell], names: list[str | None]) -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    for cell, name in zip(row, names, strict=False):
        if name:
            found.setdefault(name, cell)
    return found


def _by_place(row: list[Cell], fields: list[Cell], names: list[str | None], offset: int, line: int) -> dict[str, Cell]:
    """The cells by the head under which they stand; by number where row and head have as many."""
    if len(row) == len(fields):
        return _by_number(row, names)
    found: dict[str, Cell] = {}
    for cell in row:
        nearest = min(range(len(fields)), key=lambda i: _apart(cell, fields[i], offset, line))
        name = names[nearest]
        if name:
            found.setdefault(name, cell)
    return found


def _apart(cell: Cell, field: Cell, offset: int, line: int) -> tuple[int, int]:
    """How far a cell stands from the column of a head: none where they overlap, then by where they begin."""
    first, last = cell.start - offset, cell.end - offset
    left, right = field.start - line, field.end - line
    return max(left - last, first - right, 0), abs(left - first)


def says(text: str, cell: Cell) -> str:
    """The words of a cell; nothing where it only holds a dash or the like."""
    words = text[cell.start : cell.end].strip()
    return "" if is_blank(words) else words
