"""The practice's trail in, a page of its lines out, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from mednec.office.desk import Office, check
from mednec.roles import Permission
from mednec.store.accounts import Visitor
from mednec.store.tables import Entry

PAGE = 100  # lines
TELLING = ("reason", "service", "status")  # details that a line of a page shows; the export has all


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One line: who did what to which object; `case` where that belongs to one."""

    number: int
    at: datetime
    person: str
    action: str
    object: str
    object_id: str
    case: str | None
    details: Mapping[str, Any]
    hash: str


@dataclass(frozen=True, slots=True)
class TrailPage:
    """Lines, the latest first; `before` asks for those that are older."""

    lines: tuple[TrailLine, ...]
    before: int | None


def trail_page(
    office: Office, visitor: Visitor, *, before: int | None = None, person: str = "", case: str = ""
) -> TrailPage:
    """A page of the trail, of one person or one case where these are given. Raises NotAllowed."""
    check(visitor, Permission.MANAGE)
    asked = select(Entry).where(Entry.practice_id == visitor.practice_id)
    if before is not None:
        asked = asked.where(Entry.number < before)
    if person:
        asked = asked.where(Entry.person == person)
    if case:
        asked = asked.where((Entry.object_id == case) | (Entry.details["case"].as_string() == case))
    with office.database.read() as database:
        rows = database.scalars(asked.order_by(Entry.number.desc()).limit(PAGE + 1)).all()
        lines = tuple(_line(row) for row in rows[:PAGE])
    return TrailPage(lines, lines[-1].number if len(rows) > PAGE else None)


def people_of_trail(office: Office, visitor: Visitor) -> tuple[str, ...]:
    """The names that stand in the trail, to choose from. Raises NotAllowed."""
    check(visitor, Permission.MANAGE)
    asked = select(Entry.person).where(Entry.practice_id == visitor.practice_id).distinct().order_by(Entry.person)
    with office.database.read() as database:
        return tuple(database.scalars(asked))


def _line(row: Entry) -> TrailLine:
    case = row.object_id if row.object == "case" else row.details.get("case")
    told = {name: row.details[name] for name in TELLING if row.details.get(name)}
    action = row.action.replace(".", " ")
    return TrailLine(
        *(row.number, row.at, row.person, action, row.object, row.object_id), case=case, details=told, hash=row.hash
    )
