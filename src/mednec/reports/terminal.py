"""An audit in, a page of text for a terminal out: read at a glance, at eighty columns, with or without colour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from io import StringIO
from typing import TYPE_CHECKING

from mednec.model import Audit, Determination, Status
from mednec.reports.calendar import entries
from mednec.reports.lists import clean, console_to, without_trailing_blanks
from mednec.reports.summary import headline, open_criteria, open_questions, requested, settled_criteria, unsaid
from mednec.reports.words import DETERMINATIONS, ELEMENTS, MARKS, STATUSES, WARNINGS, spoken

if TYPE_CHECKING:
    from rich.console import RenderableType

STYLES = {
    **dict.fromkeys(("supported", "met", "exempt"), "green"),
    **dict.fromkeys(("not_supported", "not_covered", "not_met"), "red"),
    **dict.fromkeys(("insufficient_documentation", "insufficient", "partial", "missing"), "yellow"),
    "conflicting": "magenta",
    "not_applicable": "dim",
}
STATUS_WIDTH = max(map(len, STATUSES.values()))
INDENT = 5  # the mark, and two blanks after each column
LONGEST_KEY = 32  # of a criterion, before it is folded


def to_terminal(audit: Audit, *, width: int = 80, color: bool = False) -> str:
    """The audit as lines of at most `width` columns."""
    out = StringIO()
    console = console_to(out, width, color)
    for block in _blocks(audit, width):
        console.print(block)
    return without_trailing_blanks(out.getvalue())


def _blocks(audit: Audit, width: int) -> Iterator[RenderableType]:
    yield from _head(audit)
    yield _heading("Documentation")
    yield _table(
        [
            (element.status, ELEMENTS[element.key][0], f"{spoken(element.status)}{_colon(element.missing)}")
            for element in audit.elements
        ],
        second=18,
    )
    yield from _criteria(audit, width)
    yield from _questions(audit)
    yield from _calendar(audit)
    yield from _notes(audit)


def _head(audit: Audit) -> Iterator[RenderableType]:
    from rich.text import Text

    yield Text(DETERMINATIONS[audit.determination].upper(), style=f"bold {STYLES[audit.determination]}")
    yield _plain(headline(audit))
    yield _plain(requested(audit.request))
    policy, source = audit.policy, audit.policy.source
    draft = " (draft: not yet reviewed)" if policy.status == "draft" else ""
    version = f" version {source.version}" if source.version else ""
    yield _plain(f"{policy.title}, {source.id}{version}{draft}", "dim")
    if source.read:
        yield _plain(f"How {source.id} was read: {source.read}", "dim")


def _criteria(audit: Audit, width: int) -> Iterator[RenderableType]:
    counts = Counter(determination.status for determination in audit.determinations)
    tally = ", ".join(f"{counts[status]} {label}" for status, label in STATUSES.items() if counts[status])
    yield _heading(f"Criteria: {tally}")
    for determination in open_criteria(audit):
        yield from _open(determination)
    room = width - STATUS_WIDTH - INDENT
    settled = [(str(d.status), STATUSES[d.status], _shortened(_asked(d), room)) for d in settled_criteria(audit)]
    yield _table(settled, second=STATUS_WIDTH)


def _open(determination: Determination) -> Iterator[RenderableType]:
    from rich.padding import Padding

    yield _table(
        [(str(determination.status), STATUSES[determination.status], _asked(determination))], second=STATUS_WIDTH
    )
    missing = [(f"Missing: {item}", "") for item in unsaid(determination)]
    decided = [(f"Would decide it: {question}", "") for question in _deciding(determination)] if not missing else []
    below = [(determination.criterion.key, "dim"), (determination.reason, ""), *missing, *decided]
    for text, style in below:
        if text:
            yield Padding(_plain(text, style), (0, 0, 0, STATUS_WIDTH + INDENT))


def _deciding(determination: Determination) -> tuple[str, ...]:
    """What would decide it; of a contradiction that is which of its sides is right."""
    if determination.status is Status.CONFLICTING:
        return determination.questions
    return tuple(lack.question for lack in determination.gap)


def _asked(determination: Determination) -> str:
    advisory = "" if determination.criterion.strength == "required" else " (advisory)"
    return f"{determination.criterion.asks}{advisory}"


def _questions(audit: Audit) -> Iterator[RenderableType]:
    questions = open_questions(audit)
    if questions:
        yield _heading("Questions to the clinician")
        yield _numbered([question.text for question in questions])


def _calendar(audit: Audit) -> Iterator[RenderableType]:
    if found := entries(audit):
        yield _heading("Calendar")
        yield _table(
            [("–", key, told) for key, told in found], second=min(max(len(key) for key, _ in found), LONGEST_KEY)
        )


def _notes(audit: Audit) -> Iterator[RenderableType]:
    if audit.warnings:
        yield _heading("Look at")
        for warning in audit.warnings:
            yield _table([("", WARNINGS.get(warning.kind, spoken(warning.kind)), warning.message)], second=21)
    if audit.excluded:
        yield _heading("Not counted as evidence")
        longest = min(max(len(item.document_id) for item in audit.excluded), 44)
        yield _table([("", item.document_id, spoken(item.reason)) for item in audit.excluded], second=longest)


def _heading(text: str) -> RenderableType:
    from rich.text import Text

    return Text(f"\n{clean(text)}", style="bold")


def _table(rows: list[tuple[str, str, str]], second: int) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=1)
    table.add_column(width=second)
    table.add_column(ratio=1)
    for status, label, text in rows:
        style = STYLES.get(status, "")
        table.add_row(Text(MARKS.get(status, "!"), style), Text(clean(label), style), Text(clean(text)))
    return table


def _numbered(texts: list[str]) -> RenderableType:
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(justify="right", width=3)
    table.add_column(ratio=1)
    for number, text in enumerate(texts, 1):
        table.add_row(Text(f"{number}."), Text(clean(text)))
    return table


def _plain(text: str, style: str = "") -> RenderableType:
    from rich.text import Text

    return Text(clean(text), style=style)


def _shortened(text: str, room: int) -> str:
    return text if len(text) <= room else f"{text[: room - 1].rstrip()}…"


def _colon(items: tuple[str, ...]) -> str:
    return f": {'; '.join(items)}" if items else ""
