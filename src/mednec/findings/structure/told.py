"""The treatments of a document in, the same out with what tables, answers and fields about them say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from mednec.findings.parse import Parsed
from mednec.findings.structure.amending import amended, made
from mednec.findings.structure.answered import answered
from mednec.findings.structure.endpoints import between
from mednec.findings.structure.grids import Grid, Row, grids
from mednec.findings.structure.lists import listed
from mednec.findings.structure.logs import logged
from mednec.findings.structure.remarks import summed_up
from mednec.findings.structure.rows import told_by
from mednec.findings.structure.series import sessions
from mednec.findings.structure.tally import tallied
from mednec.model import Finding


def as_structured(parsed: Parsed, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings of treatments, with what the structure of the page tells of them in place of what prose would."""
    found = list(findings)
    if not found and not parsed.of("therapy"):
        return
    tables = grids(parsed.text)
    found = list(_in_tables(parsed, found, tables)) if tables else found
    found = listed(parsed, tallied(parsed, found))
    found = answered(parsed, found, [(grid.start, grid.rows[-1].end) for grid in tables])
    counted = sessions(parsed, found, tables)
    shown = logged(parsed, counted, tables)
    yield from between(parsed, list(summed_up(parsed, shown, logged=shown is not counted)))


def _in_tables(parsed: Parsed, found: list[Finding], tables: list[Grid]) -> Iterator[Finding]:
    """The findings; those of a row with what its cells say, those that only stand in the head of a table left out."""
    rows = {(row.start, row.end): row for grid in tables for row in grid.rows}
    used: set[tuple[int, int]] = set()
    for finding in found:
        if any(grid.start <= finding.start < grid.end for grid in tables):
            continue
        key = next((key for key in rows if key[0] <= finding.start < key[1]), None)
        if key is None or not _subject(rows[key]).start <= finding.start < _subject(rows[key]).end:
            yield finding
            continue
        used.add(key)
        if (told := told_by(parsed, rows[key])) is not None:
            yield amended(parsed, finding, told, key)
    for key in rows.keys() - used:
        yield from _unread(parsed, rows[key])


def _subject(row: Row) -> Any:
    return row.under.get("subject") or row.first


def _unread(parsed: Parsed, row: Row) -> Iterator[Finding]:
    """The treatment of a row that no sentence told of."""
    cell = _subject(row)
    hits = parsed.within(cell.start, cell.end, "therapy")
    told = told_by(parsed, row) if hits else None
    if told and hits[0].start - cell.start < 12:
        yield made(parsed, hits[0].concept, (hits[0].start, hits[0].end), (row.start, row.end), told)
