"""The practice's trail in, its lines to take along or the answer whether they are intact out."""

from __future__ import annotations

import json

from mednec.office.desk import Office, check
from mednec.roles import Permission
from mednec.store import trail
from mednec.store.accounts import Visitor
from mednec.store.trail import Checked


def export_trail(office: Office, visitor: Visitor) -> bytes:
    """The practice's trail as JSON lines, for `mednec trail verify FILE`. Raises NotAllowed."""
    check(visitor, Permission.MANAGE)
    with office.database.begin() as session:
        trail.write(session, visitor, "export trail", ("practice", visitor.practice_id))
        return as_lines(list(trail.lines(session, visitor.practice_id)))


def verify_trail(office: Office, visitor: Visitor, head: str | None = None) -> Checked:
    """Whether the practice's trail is intact; `head` is the hash of a line that was once its last one."""
    check(visitor, Permission.MANAGE)
    with office.database.read() as session:
        return trail.verify(trail.lines(session, visitor.practice_id), head)


def as_lines(data: list[dict[str, object]]) -> bytes:
    """Lines of a trail as a file of JSON lines."""
    return "".join(json.dumps(line, ensure_ascii=True) + "\n" for line in data).encode()
