"""Two policies side by side in, what differs out: as text for a terminal, or as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import TYPE_CHECKING, Any

from mednec.comparisons import Clause, Difference, PolicyComparison
from mednec.exchange import plain
from mednec.model import Policy
from mednec.reports.lists import clean, console_to, without_trailing_blanks
from mednec.reports.words import counted

if TYPE_CHECKING:
    from rich.console import RenderableType

MARKS = {"added": ("+", "green"), "removed": ("-", "red"), "changed": ("~", "yellow")}
PARTS = {"definitions": "Definitions", "criteria": "Criteria", "not_decided": "Left to the reviewer"}
NOTHING = "(nothing)"


def comparison_to_terminal(comparison: PolicyComparison, *, width: int = 80, color: bool = False) -> str:
    """The differences as lines of at most `width` columns."""
    out = StringIO()
    console = console_to(out, width, color)
    for block in _blocks(comparison):
        console.print(block)
    return without_trailing_blanks(out.getvalue())


def comparison_as_data(comparison: PolicyComparison) -> dict[str, Any]:
    """The differences as plain data."""
    return {
        "old": _named(comparison.old),
        "new": _named(comparison.new),
        "counts": dict(comparison.counts),
        "policy": [_difference(one) for one in comparison.head],
        **{part: [_clause(clause) for clause in comparison.clauses if clause.part == part] for part in PARTS},
    }


def _named(policy: Policy) -> dict[str, Any]:
    source = policy.source
    return {
        "id": source.id,
        "version": source.version,
        "title": policy.title,
        "effective": plain(source.effective),
        "ends": plain(source.ends),
        "text": policy.id,
    }


def _clause(clause: Clause) -> dict[str, Any]:
    return {
        "key": clause.key,
        "change": clause.change,
        "services": list(clause.services),
        "section": clause.section,
        "says": clause.says,
        "differences": [_difference(one) for one in clause.differences],
    }


def _difference(difference: Difference) -> dict[str, Any]:
    return {"place": difference.place, "old": plain(difference.old), "new": plain(difference.new)}


def _blocks(comparison: PolicyComparison) -> Iterator[RenderableType]:
    from rich.text import Text

    yield Text(f"{_title(comparison.old)}  →  {_title(comparison.new)}", style="bold")
    counts = ", ".join(f"{number} {change}" for change, number in comparison.counts.items() if number)
    yield Text(f"Clauses: {counts}." if counts else "The clauses are the same.")
    if comparison.head:
        yield Text("\nPolicy", style="bold")
        for difference in comparison.head:
            yield from _told(difference, indent=2)
    for part, name in PARTS.items():
        clauses = [clause for clause in comparison.clauses if clause.part == part]
        if clauses:
            yield Text(f"\n{name}: {counted(len(clauses), 'difference')}", style="bold")
            for clause in clauses:
                yield from _described(clause)


def _title(policy: Policy) -> str:
    version = f" version {policy.source.version}" if policy.source.version else ""
    return clean(f"{policy.source.id}{version}")


def _described(clause: Clause) -> Iterator[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    mark, style = MARKS[clause.change]
    services = f" ({', '.join(clause.services)})" if clause.services else ""
    yield Text(f"{mark} {clean(clause.key)}{clean(services)}", style=style)
    yield Padding(Text(clean(f"{clause.section}: {clause.says}"), style="dim"), (0, 0, 0, 2))
    for difference in clause.differences:
        yield from _told(difference, indent=4)


def _told(difference: Difference, indent: int) -> Iterator[RenderableType]:
    from rich.padding import Padding
    from rich.text import Text

    line = f"{difference.place}: {_written(difference.old)} → {_written(difference.new)}"
    yield Padding(Text(clean(line)), (0, 0, 0, indent))


def _written(value: Any) -> str:
    """A value as the policy file writes it, on one line."""
    if value in (None, "", (), [], {}):
        return NOTHING
    match plain(value):
        case dict() as mapping:
            return f"{{{', '.join(f'{name}: {_written(item)}' for name, item in mapping.items())}}}"
        case list() as items:
            return f"[{', '.join(map(_written, items))}]"
        case other:
            return str(other)
