"""The trail: what was done, by whom, to what; each line bound to the one before by its hash."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from mednec.store.accounts import Visitor
from mednec.store.tables import Entry, Practice, now

START = "0" * 64
PROGRAM = "mednec"  # who did what no person did


def write(database: Session, visitor: Visitor, action: str, what: tuple[str, str], **details: Any) -> None:
    """Add a line: `what` is the kind and id of the object; `details` hold ids, keys and reasons, never chart text."""
    _append(database, visitor.practice_id, (visitor.person_id, visitor.name), (action, *what), details)


def write_by_program(database: Session, practice_id: str, action: str, what: tuple[str, str], **details: Any) -> None:
    """The same for what the program does by itself."""
    _append(database, practice_id, (None, PROGRAM), (action, *what), details)


def _append(
    database: Session,
    practice_id: str,
    who: tuple[str | None, str],
    what: tuple[str, str, str],
    details: dict[str, Any],
) -> None:
    """Add a line behind the last; writers of one practice take turns, so that numbers have no holes."""
    database.flush()
    # Without KEY, as rows that name the practice are inserted beside it: two writers would wait for each other.
    database.execute(select(Practice.id).where(Practice.id == practice_id).with_for_update(key_share=True))
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
    entry.hash = hash_of(entry)
    database.add(entry)
    database.flush()


def hash_of(entry: Entry) -> str:
    """The SHA-256 of all that a line says, with the hash of the line before."""
    told = [
        *(entry.practice_id, entry.number, _moment(entry.at), entry.person_id, entry.person),
        *(entry.action, entry.object, entry.object_id, entry.details, entry.previous),
    ]
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
