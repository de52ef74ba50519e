"""Audits that wait in, one worker for each out: claimed under a lease, which its holder renews and finishes alone.

Every function works in the caller's transaction. A lease is the worker's name and a random rest, so that all that a
dead worker held can be given back at once.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from mednec.errors import MednecError
from mednec.store.tables import Audit, Case, now

LEASE = timedelta(seconds=30)
ATTEMPTS = 3
LIVE = ("queued", "running", "done")
NAME_LENGTH = 8  # of a worker
GIVEN_UP = (
    f"the audit was begun {ATTEMPTS} times and the program that read the chart was ended each time, perhaps for "
    "want of memory; remove the largest or oddest file, or audit the files in parts, and start it again"
)


class LeaseLost(MednecError):  # noqa: N818
    """Another worker has the audit by now, or it was cancelled; whatever was made of it is not kept."""


class Word(StrEnum):
    """What a worker hears when it renews its lease."""

    GO_ON = "go on"
    CANCEL = "cancel"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Claim:
    """One audit in a worker's hands."""

    audit_id: str
    case_id: str
    practice_id: str
    lease: str


def new_worker() -> str:
    """A name for a worker."""
    return secrets.token_hex(NAME_LENGTH // 2)


def enqueue(session: Session, case_id: str, inputs: str, person_id: str) -> tuple[str, bool]:
    """The audit of a case over `inputs`, and whether it is a new one: what waits, runs or is done is not done again."""
    session.execute(select(Case.id).where(Case.id == case_id).with_for_update(key_share=True))
    known = session.scalar(
        select(Audit.id).where(Audit.case_id == case_id, Audit.inputs == inputs, Audit.state.in_(LIVE))
    )
    if known is not None:
        return known, False
    audit = Audit(case_id=case_id, inputs=inputs, created_by=person_id, step="waiting for its turn")
    session.add(audit)
    session.flush()
    return audit.id, True


def waits(session: Session) -> bool:
    """Whether there is anything to claim or to give back; a glance that takes no turn from writers."""
    ended = (Audit.state == "running") & (Audit.lease_until < now())
    return session.scalar(select(Audit.id).where((Audit.state == "queued") | ended).limit(1)) is not None


def claim(session: Session, worker: str) -> Claim | None:
    """The audit that has waited longest, now `worker`'s; none where none waits."""
    found = session.execute(
        select(Audit, Case.practice_id)
        .join(Case, Case.id == Audit.case_id)
        .where(Audit.state == "queued")
        .order_by(Audit.created, Audit.id)
        .limit(1)
        .with_for_update(skip_locked=True, of=Audit)
    ).first()
    if found is None:
        return None
    audit, practice_id = found
    audit.state, audit.started, audit.attempts = "running", now(), audit.attempts + 1
    audit.lease, audit.lease_until = worker + secrets.token_hex(12), now() + LEASE
    audit.step, audit.done, audit.total = "reading the chart", 0, 0
    session.flush()
    return Claim(audit.id, audit.case_id, practice_id, audit.lease)


def renew(session: Session, held: Claim, **progress: Any) -> Word:
    """Keep the lease for longer, and tell how far the work is (step, done, total); what the worker is to do."""
    if not _change(session, held, lease_until=now() + LEASE, **progress):
        return Word.LOST
    cancelling = session.scalar(select(Audit.cancelling).where(Audit.id == held.audit_id))
    return Word.CANCEL if cancelling else Word.GO_ON


def heard(session: Session, held: Claim) -> Word:
    """What a worker is to do, without renewing its lease."""
    audit = session.get(Audit, held.audit_id)
    if audit is None or audit.lease != held.lease or audit.state != "running":
        return Word.LOST
    return Word.CANCEL if audit.cancelling else Word.GO_ON


def finish(session: Session, held: Claim, reading: str) -> None:
    """The audit is done, and `reading` is the blob of it. Raises LeaseLost, to undo the caller's transaction."""
    _end(session, held, "done", reading=reading, step="", fault=None)


def fail(session: Session, held: Claim, fault: str) -> None:
    """The audit cannot be done; `fault` is a sentence for the person at the keyboard. Raises LeaseLost."""
    _end(session, held, "failed", fault=fault, step="")


def stop(session: Session, held: Claim) -> None:
    """The worker has stopped, as it was asked to. Raises LeaseLost."""
    _end(session, held, "cancelled", step="")


def cancel(session: Session, audit: Audit) -> bool:
    """Have an audit stopped: at once where it waits, by its worker where it runs; whether there was one to stop."""
    session.flush()
    session.refresh(audit, with_for_update=True)
    if audit.state == "queued":
        audit.state, audit.finished, audit.step = "cancelled", now(), ""
        return True
    if audit.state == "running" and not audit.cancelling:
        audit.cancelling, audit.step = True, "stopping"
        return True
    return False


def give_back(session: Session, worker: str | None = None, *, blamed: bool = True) -> list[Audit]:
    """Return to the queue what a dead `worker` held, or (none) whatever lease has run out; what was touched.

    Where the audit is not to be `blamed` for it, as the worker was told to end, the attempt is not counted.
    """
    lost = Audit.lease.startswith(worker) if worker else Audit.lease_until < now()
    found = session.scalars(select(Audit).where(Audit.state == "running", lost).with_for_update(skip_locked=True)).all()
    for audit in found:
        audit.lease = audit.lease_until = None
        audit.attempts -= not blamed
        if audit.cancelling:
            audit.state, audit.finished, audit.step = "cancelled", now(), ""
        elif audit.attempts >= ATTEMPTS:
            audit.state, audit.finished, audit.step, audit.fault = "failed", now(), "", GIVEN_UP
        else:
            audit.state, audit.step = "queued", "waiting for its turn again"
    return list(found)


def _end(session: Session, held: Claim, state: str, **values: Any) -> None:
    if not _change(session, held, state=state, finished=now(), lease=None, lease_until=None, **values):
        raise LeaseLost("this audit is in other hands by now; what was made of it here is dropped")


def _change(session: Session, held: Claim, **values: Any) -> bool:
    """Change the row where the lease still holds; whether it did."""
    mine = (Audit.id == held.audit_id, Audit.lease == held.lease, Audit.state == "running")
    return cast("CursorResult[Any]", session.execute(update(Audit).where(*mine).values(**values))).rowcount == 1
