"""The trail: what was done, by whom, to what; each line bound to the one before by its hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, literal, select
from sqlalchemy.orm import Session

from mednec.store.accounts import Visitor
from mednec.store.tables import Entry, Practice, now

START = "0" * 64
FIELDS = {
    *("practice", "number", "at", "person_id", "person", "action", "object", "object_id", "details", "previous", "hash")
}
AT_ONCE = 1000  # lines that are in memory
PROGRAM = "mednec"  # who did what no person did


def write(database: Session, visitor: Visitor, action: str, what: tuple[str, str], **details: Any) -> None:
    """Add a line: `what` is the kind and id of the object; `details` hold ids, keys and reasons, never chart text."""
    _append(database, visitor.practice_id, (visitor.person_id, visitor.name), (action, *what), details)


def write_by_program(database: Session, practice_id: str, action: str, what: tuple[str, str], **details: Any) -> None:
    """The same for what the program does by itself."""
    _append(database, practice_id, (None, PROGRAM), (action, *what), details)


def take_turn(database: Session, practice_id: str) -> None:
    """Wait until no other transaction of the practice writes to its trail; the turn lasts as long as the transaction.

    Who changes a person takes the turn first and reads the person then: all in one order, so that nobody waits for
    one who waits for him, and nothing is used twice.
    """
    # Without KEY, as rows that name the practice are inserted beside it: two writers would wait for each other.
    database.execute(select(Practice.id).where(Practice.id == practice_id).with_for_update(key_share=True))


def _append(
    database: Session,
    practice_id: str,
    who: tuple[str | None, str],
    what: tuple[str, str, str],
    details: dict[str, Any],
) -> None:
    """Add a line behind the last; writers of one practice take turns, so that numbers have no holes."""
    database.flush()
    take_turn(database, practice_id)
    wanted = select(Entry.number, Entry.hash).where(Entry.practice_id == practice_id)
    last = database.execute(wanted.order_by(Entry.number.desc()).limit(1)).first()
    entry = Entry(
        practice_id=practice_id,
        number=last.number + 1 if last else 1,
        at=now(),
        person_id=who[0],
        person=who[1],
        action=what[0],
        object=what[1],
        object_id=what[2],
        details=details,
        previous=last.hash if last else START,
        hash="",
    )
    entry.hash = hash_of(as_data(entry))
    database.add(entry)
    database.flush()


def as_data(entry: Entry | Row[Any]) -> dict[str, Any]:
    """All that a line says, as it stands in an export and as it is hashed."""
    return {
        "practice": entry.practice_id,
        "number": entry.number,
        "at": entry.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "person_id": entry.person_id,
        "person": entry.person,
        "action": entry.action,
        "object": entry.object,
        "object_id": entry.object_id,
        "details": entry.details,
        "previous": entry.previous,
        "hash": entry.hash,
    }


def hash_of(data: Mapping[str, Any]) -> str:
    """The SHA-256 of all that a line says, with the hash of the line before."""
    told = {name: value for name, value in data.items() if name != "hash"}
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def lines(database: Session, practice_id: str | None = None) -> Iterator[dict[str, Any]]:
    """The lines of a practice, or of all of them one after the other, from the first on."""
    practices = select(Practice.id).order_by(Practice.id) if practice_id is None else select(literal(practice_id))
    for practice in database.scalars(practices).all():
        columns = select(*Entry.__table__.columns)  # not the objects, which the session would keep
        wanted = columns.where(Entry.practice_id == practice).order_by(Entry.number).limit(AT_ONCE)
        last = 0
        while found := database.execute(wanted.where(Entry.number > last)).all():
            yield from map(as_data, found)
            last = found[-1].number


@dataclass(frozen=True, slots=True)
class Checked:
    """What became of a look through lines: how many, the hash of the last one of each practice, what is broken."""

    count: int
    heads: Mapping[str, str]
    fault: str | None  # the first broken line and what is wrong with it

    @property
    def is_intact(self) -> bool:
        """Whether every line is as it was written and follows the one before it."""
        return self.fault is None


def verify(given: Iterable[Mapping[str, Any]], head: str | None = None) -> Checked:
    """Look through lines, each practice's in their order.

    `head` is the hash of a line that was the last once and kept elsewhere: without it, lines that are cut off at the
    end cannot be noticed, nor a trail that somebody wrote anew from its first line to its last.
    """
    last: dict[str, tuple[int, str]] = {}
    count, met = 0, head is None
    for data in given:
        fault = _fault_of(data, last)
        if fault is not None:
            return Checked(count, {}, fault)
        last[data["practice"]] = (data["number"], data["hash"])
        met = met or data["hash"] == head
        count += 1
    heads = {practice: at[1] for practice, at in last.items()}
    if not met:
        fault = f"no line has the hash {head}: lines at the end were cut off, or the trail was written anew"
        return Checked(count, heads, fault)
    return Checked(count, heads, None)


def _fault_of(data: Mapping[str, Any], last: Mapping[str, tuple[int, str]]) -> str | None:
    """What is wrong with the next line; none where nothing is."""
    if not isinstance(data, Mapping) or set(data) != FIELDS:
        return "a line is none of a trail: fields are missing or were added"
    if not isinstance(data["number"], int) or not all(isinstance(data[name], str) for name in ("practice", "hash")):
        return "a line is none of a trail: its number, practice or hash is none"
    number, before = last.get(data["practice"], (0, START))
    name = f"line {data['number']}"
    if data["number"] != number + 1:
        return f"{name} follows line {number}: line {number + 1} was removed, or lines were exchanged"
    if hash_of(data) != data["hash"]:
        return f"{name} was altered after it was written"
    if data["previous"] != before:
        return f"{name} does not follow the line before it: that one was altered, or put in its place"
    return None
