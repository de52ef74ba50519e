"""Audits of one chart under many policies in, one matrix out: for a terminal, as plain data, and as a page of HTML."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import groupby
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

import mednec
from mednec.model import Audit, Status
from mednec.reports import words
from mednec.reports.html import template
from mednec.reports.json import policy_as_reference, request_as_data
from mednec.reports.lists import clean, console_to, without_trailing_blanks
from mednec.reports.summary import requested
from mednec.reports.terminal import STYLES

if TYPE_CHECKING:
    from rich.console import RenderableType


@dataclass(frozen=True, slots=True)
class Column:
    """One policy of a matrix: how it is called there, and its audit."""

    letter: str
    name: str
    audit: Audit

    @property
    def tally(self) -> str:
        """How its criteria stand, in words."""
        counts = Counter(determination.status for determination in self.audit.determinations)
        return ", ".join(f"{counts[status]} {label}" for status, label in words.STATUSES.items() if counts[status])

    def status(self, key: str) -> Status | None:
        """The status of a criterion; None where this policy has no such criterion for the service."""
        return next((d.status for d in self.audit.determinations if d.criterion.key == key), None)


@dataclass(frozen=True, slots=True)
class Matrix:
    """The policies that carry one text, and its criteria: `rows` hold key, question and one status for each policy."""

    title: str
    text: str
    columns: tuple[Column, ...]

    @property
    def rows(self) -> tuple[tuple[str, str, tuple[Status | None, ...]], ...]:
        """A row for each criterion: its key, what it asks, and its status under each policy."""
        asked = {d.criterion.key: d.criterion.asks for column in self.columns for d in column.audit.determinations}
        return tuple((key, asks, tuple(c.status(key) for c in self.columns)) for key, asks in asked.items())


def matrices(audits: Sequence[Audit]) -> tuple[Matrix, ...]:
    """The audits by the text that their policies carry, each column with a letter of its own."""
    letters = _letters(len(audits))
    columns = [Column(letter, _name(audit), audit) for letter, audit in zip(letters, audits, strict=True)]
    grouped = groupby(columns, key=lambda column: column.audit.policy.id)
    several = [(text, tuple(members)) for text, members in grouped]
    return tuple(Matrix(members[0].audit.policy.title, text, members) for text, members in several)


def matrix_to_terminal(audits: Sequence[Audit], *, width: int = 80, color: bool = False) -> str:
    """What every policy comes to, then the criteria of each text side by side."""
    out = StringIO()
    console = console_to(out, width, color)
    for block in _blocks(audits):
        console.print(block)
    return without_trailing_blanks(out.getvalue())


def matrix_to_json(audits: Sequence[Audit]) -> str:
    """The same as indented JSON, with a newline at its end."""
    data = {
        "request": request_as_data(audits[0].request),
        "policies": [_policy(column) for matrix in matrices(audits) for column in matrix.columns],
        "matrix": [_matrix(matrix) for matrix in matrices(audits)],
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def matrix_to_html(audits: Sequence[Audit]) -> str:
    """The same as one page that needs nothing else."""
    found = matrices(audits)
    return template("matrix.html").render(
        matrices=found,
        columns=[column for matrix in found for column in matrix.columns],
        request=requested(audits[0].request),
        words=words,
        version=mednec.__version__,
    )


def _policy(column: Column) -> dict[str, Any]:
    audit = column.audit
    return {
        "name": column.name,
        **policy_as_reference(audit.policy),
        "states": list(audit.policy.source.states),
        "payer": audit.policy.payer,
        "determination": audit.determination,
        "criteria": [
            {
                "key": d.criterion.key,
                "status": str(d.status),
                "required": d.criterion.strength == "required",
                "reason": d.reason,
                "missing": list(d.missing),
            }
            for d in audit.determinations
        ],
    }


def _matrix(matrix: Matrix) -> dict[str, Any]:
    return {
        "text": matrix.text,
        "policies": [column.name for column in matrix.columns],
        "criteria": [
            {"key": key, "asks": asks, "statuses": [None if status is None else str(status) for status in statuses]}
            for key, asks, statuses in matrix.rows
        ],
    }


def _blocks(audits: Sequence[Audit]) -> Iterator[RenderableType]:
    from rich.text import Text

    found = matrices(audits)
    yield Text(clean(requested(audits[0].request)), style="bold")
    yield Text(clean(_summed(audits)))
    yield Text("\nPolicies", style="bold")
    yield _policies([column for matrix in found for column in matrix.columns])
    for matrix in found:
        yield Text(f"\n{clean(matrix.title)} ({clean(matrix.text)})", style="bold")
        yield _criteria(matrix)


def _summed(audits: Sequence[Audit]) -> str:
    counts = Counter(audit.determination for audit in audits)
    told = ", ".join(f"{counts[name]} {label.lower()}" for name, label in words.DETERMINATIONS.items() if counts[name])
    return f"{words.counted(len(audits), 'policy', 'policies')} in force: {told}."


def _policies(columns: Sequence[Column]) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column()
    table.add_column()
    table.add_column(ratio=1)
    for column in columns:
        determination = column.audit.determination
        draft = " (draft)" if column.audit.policy.status == "draft" else ""
        told = f"{words.DETERMINATIONS[determination]}: {column.tally}" if column.tally else ""
        table.add_row(
            Text(column.letter),
            Text(clean(f"{column.name}{draft}")),
            Text(clean(told or words.DETERMINATIONS[determination]), style=STYLES[determination]),
        )
    return table


def _criteria(matrix: Matrix) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 1, 0, 0))
    for _ in matrix.columns:
        table.add_column(width=max(len(column.letter) for column in matrix.columns))
    table.add_column(ratio=1)
    table.add_row(*(Text(column.letter, style="bold") for column in matrix.columns), Text(""))
    for key, _, statuses in matrix.rows:
        marks = [Text(words.MARKS[status], style=STYLES[status]) if status else Text(" ") for status in statuses]
        table.add_row(*marks, Text(clean(key)))
    return table


def _letters(number: int) -> list[str]:
    """A, B ... Z, AA, AB ..."""
    singles = list(ascii_uppercase)
    return [*singles, *(first + second for first in singles for second in singles)][:number]


def _name(audit: Audit) -> str:
    source = audit.policy.source
    return f"{source.id}@{source.version}" if source.version else source.id
