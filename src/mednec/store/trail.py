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


def write(database: Session, visitor: Visitor, action: str, what: tuple[str, str], **details: Any) -> None:
    """Add a line: `what` is the kind and id of the object; `details` hold ids, keys and reasons, never chart text."""
    database.execute(select(Practice.id).where(Practice.id == visitor.practice_id).with_for_update())
    last = database.scalars(
        select(Entry).where(Entry.practice_id == visitor.practice_id).order_by(Entry.number.desc()).limit(1)
    ).first()
    entry = Entry(
        practice_id=visitor.practice_id,
        number=last.number + 1 if last else 1,
        at=now(),
        person_id=visitor.person_id,
        person=visitor.name,
        action=action,
        object=what[0],
        object_id=what[1],
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
