"""A table of injections under a title that names them in, each session out: one for each row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mednec.findings import dates
from mednec.findings.parse import Parsed
from mednec.findings.structure.amending import made
from mednec.findings.structure.grids import Grid, Row
from mednec.model import Finding

INJECTED = ("injection", "block", "ablation")
DONE = ("past", "performed")
SHARED = ("levels", "side", "region")
NEAR = 300  # characters above a table in which its title stands


def sessions(parsed: Parsed, found: list[Finding], tables: Sequence[Grid]) -> list[Finding]:
    """The findings; the injection that a table lists by days as one session for each of its rows."""
    for grid in tables:
        rows = [
            (row, day) for row in grid.rows if {"before", "after"} & row.under.keys() and (day := _day(parsed, row))
        ]
        title = _title(found, grid)
        if title is None or not rows or len(rows) < len(grid.rows):
            continue
        shared: dict[str, Any] = {name: title.get(name) for name in SHARED if title.get(name)}
        new = [
            made(
                parsed, title.concept, _mention(row), (row.start, row.end),
                {"status": "past", "started": day, "ended": day, **shared},
            )
            for row, day in rows
        ]  # fmt: skip
        found = [*(one for one in found if one is not title), *new]
    return found


def _title(found: list[Finding], grid: Grid) -> Finding | None:
    """The one injection that is named above a table and has no day of its own."""
    near = [one for one in found if grid.start - NEAR < one.start < grid.start and one.concept.endswith(INJECTED)]
    if len({one.concept for one in near}) != 1 or near[-1].get("status") not in DONE or near[-1].get("started"):
        return None
    return near[-1]


def _day(parsed: Parsed, row: Row) -> str | None:
    cell = row.under.get("dates") or row.first
    told = dates.periods(parsed.text, cell.start, cell.end, anchor=parsed.document.dated)
    day = told[0].first if told else None
    return day if day and len(day) == len("2026-01-01") else None


def _mention(row: Row) -> tuple[int, int]:
    cell = row.under.get("dates") or row.first
    return cell.start, cell.end
