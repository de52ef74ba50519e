"""How often something was tried of late: counted in the database, where every server of an office sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mednec.store.accounts import fingerprint
from mednec.store.database import Database, insert_into
from mednec.store.tables import Tries, now

AT_ONCE = 100  # rows of old tries that are forgotten at a time


@dataclass(frozen=True, slots=True)
class Limit:
    """So many tries of one thing by one person or place within a stretch of time; a moving window."""

    what: str
    who: str
    most: int
    within: timedelta

    @property
    def id(self) -> str:
        """Under which its tries are kept: a hash, since `who` may be an address or a login."""
        return fingerprint(f"{self.what} {self.who}")


def count_try(database: Database, limits: Sequence[Limit]) -> int:
    """Count one try against each limit, up to the first that is reached; in how many seconds to come again, or 0.

    A try that is refused is not counted, and writes nothing where the limit was reached before.
    """
    with database.read() as session:
        for limit in limits:
            if seconds := _wait(session.get(Tries, limit.id), limit):
                return seconds
    with database.begin() as session:
        return next((seconds for limit in limits if (seconds := _hit(database, session, limit))), 0)


def _hit(database: Database, session: Session, limit: Limit) -> int:
    """One try under the row's lock, so that of several at once none is missed."""
    fresh = insert_into(database, Tries).values(id=limit.id, at=[], until=now() + limit.within)
    session.execute(fresh.on_conflict_do_update(index_elements=["id"], set_={"until": Tries.until}))
    row = session.get_one(Tries, limit.id, populate_existing=True)
    if seconds := _wait(row, limit):
        return seconds
    if not row.at:
        _forget(session)
    moment = now()
    row.at = [*_counting(row, limit), moment.timestamp()][-limit.most :]
    row.until = moment + limit.within
    session.flush()
    return 0


def _wait(row: Tries | None, limit: Limit) -> int:
    """In how many seconds the next try is taken; 0 where it is at once."""
    at = _counting(row, limit) if row is not None else []
    if len(at) < limit.most:
        return 0
    return max(1, ceil(at[-limit.most] + limit.within.total_seconds() - now().timestamp()))


def _counting(row: Tries, limit: Limit) -> list[float]:
    """The tries that still count."""
    since = (now() - limit.within).timestamp()
    return [moment for moment in row.at if moment > since]


def _forget(session: Session) -> None:
    """Delete rows of which nothing counts any more, except those that somebody else holds just now."""
    old = select(Tries.id).where(Tries.until < now()).limit(AT_ONCE)
    names = session.scalars(old.with_for_update(skip_locked=True)).all()
    session.execute(delete(Tries).where(Tries.id.in_(names)))
