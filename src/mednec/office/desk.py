"""What every operation of an office begins with: the office itself, and the checks on who asks for what."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from mednec.errors import MednecError
from mednec.roles import Permission
from mednec.store.accounts import Visitor
from mednec.store.blobs import Blobs
from mednec.store.database import Database
from mednec.store.sealing import Sealer
from mednec.store.tables import Case


class NotAllowed(MednecError):  # noqa: N818
    """The person's roles do not grant it."""


class NotFound(MednecError):  # noqa: N818
    """There is no such object in this practice; whether another one has it is not said."""


@dataclass(frozen=True, slots=True)
class Office:
    """Where everything of an office is kept."""

    database: Database
    blobs: Blobs
    sealer: Sealer = field(repr=False, compare=False)
    looks: dict[tuple[str, str], datetime] = field(default_factory=dict, compare=False)  # see mednec.office.looking


def check(visitor: Visitor, permission: Permission) -> None:
    """Raises NotAllowed where the visitor may not."""
    if not visitor.may(permission):
        raise NotAllowed(
            f"your account may not do this (it needs the permission '{permission}'); ask your practice's administrator"
        )


def own_case(database: Session, visitor: Visitor, case_id: str) -> Case:
    """A case of the visitor's practice; NotFound where it has none of that id."""
    case = database.get(Case, case_id)
    if case is None or case.practice_id != visitor.practice_id:
        raise NotFound("there is no such case; it may have been named wrongly, go back to the work queue")
    return case
