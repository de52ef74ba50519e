"""Audits of a case: asked for, cancelled, and how far they are; the workers do them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

import mednec
from mednec import fingerprints
from mednec.errors import MednecError
from mednec.office.desk import NotFound, Office, check, own_case
from mednec.roles import Permission
from mednec.store import queue, trail
from mednec.store.accounts import Visitor
from mednec.store.tables import Audit, Case, File

ENDED = ("done", "failed", "cancelled")


class NothingToAudit(MednecError):  # noqa: N818
    """An audit was asked for of a case that is closed, or has no files."""


@dataclass(frozen=True, slots=True)
class AuditState:
    """How far an audit is; `step` says what is being done, `done` of `total`, `fault` why it failed."""

    id: str
    case_id: str
    state: str  # queued | running | done | failed | cancelled
    step: str
    done: int
    total: int
    fault: str | None
    cancelling: bool
    created: datetime
    started: datetime | None
    finished: datetime | None

    @property
    def is_over(self) -> bool:
        """Whether nothing will change any more."""
        return self.state in ENDED


def start_audit(office: Office, visitor: Visitor, case_id: str) -> str:
    """Ask for an audit of a case as it is now; its id. The same files, request and program give the same audit.

    One of the case as it was before, that waits or runs, is cancelled. Raises NothingToAudit.
    """
    check(visitor, Permission.FILE)
    with office.database.begin() as session:
        case = own_case(session, visitor, case_id)
        session.refresh(case, with_for_update={"key_share": True})
        files = files_of(session, case_id)
        if case.closed or not files:
            why = "it is closed; open it again" if case.closed else "it has no files yet; add the chart"
            raise NothingToAudit(f"this case cannot be audited: {why}, then start the audit")
        audit_id, is_new = queue.enqueue(session, case_id, inputs_of(case, files), visitor.person_id)
        if is_new:
            _cancel_others(session, visitor, case_id, audit_id)
            trail.write(session, visitor, "start audit", ("audit", audit_id), case=case_id, files=len(files))
    return audit_id


def cancel_audit(office: Office, visitor: Visitor, audit_id: str) -> None:
    """Stop an audit that waits or runs; one that is over stays as it is. Raises NotFound."""
    check(visitor, Permission.FILE)
    with office.database.begin() as session:
        audit = own_audit(session, visitor, audit_id)
        if queue.cancel(session, audit):
            trail.write(session, visitor, "cancel audit", ("audit", audit_id), case=audit.case_id)


def audit_state(office: Office, visitor: Visitor, audit_id: str) -> AuditState:
    """How far an audit is. Raises NotFound."""
    check(visitor, Permission.READ)
    with office.database.read() as session:
        return _state(own_audit(session, visitor, audit_id))


def audits_of(office: Office, visitor: Visitor, case_id: str) -> list[AuditState]:
    """All audits of a case, the latest first. Raises NotFound."""
    check(visitor, Permission.READ)
    with office.database.read() as session:
        own_case(session, visitor, case_id)
        rows = session.scalars(select(Audit).where(Audit.case_id == case_id).order_by(Audit.created.desc(), Audit.id))
        return [_state(audit) for audit in rows]


def latest_audit(office: Office, visitor: Visitor, case_id: str) -> AuditState | None:
    """The audit of a case that was asked for last; none where there was none. Raises NotFound."""
    return next(iter(audits_of(office, visitor, case_id)), None)


def own_audit(session: Session, visitor: Visitor, audit_id: str) -> Audit:
    """An audit of the visitor's practice; NotFound where it has none of that id."""
    audit = session.get(Audit, audit_id)
    case = session.get(Case, audit.case_id) if audit else None
    if audit is None or case is None or case.practice_id != visitor.practice_id:
        raise NotFound("there is no such audit; it may have been named wrongly, go back to the work queue")
    return audit


def files_of(session: Session, case_id: str) -> Sequence[File]:
    """The files of a case that are not removed, by name."""
    wanted = select(File).where(File.case_id == case_id, File.removed.is_(None)).order_by(File.name, File.id)
    return session.scalars(wanted).all()


def inputs_of(case: Case, files: Sequence[File]) -> str:
    """The SHA-256 of all that an audit depends on: names and hashes of the files, the request, the program."""
    told = [sorted([file.name, file.sha256] for file in files), case.request, _program()]
    return sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


@cache
def _program() -> list[object]:
    return [
        mednec.__version__,
        fingerprints.code(),
        dict(fingerprints.lexicons()),
        dict(fingerprints.libraries()),
    ]


def inputs_now(session: Session, audit_id: str) -> Sequence[File] | None:
    """The files that a claimed audit is to read: those of the case as it is now, whatever it was when it was asked for.

    None where another audit of the case as it is now waits, runs or is done.
    """
    audit = session.get_one(Audit, audit_id)
    case = session.get_one(Case, audit.case_id)
    files = files_of(session, case.id)
    inputs = inputs_of(case, files)
    if inputs != audit.inputs:
        session.execute(select(Case.id).where(Case.id == case.id).with_for_update(key_share=True, nowait=True))
        same = select(Audit.id).where(Audit.case_id == case.id, Audit.inputs == inputs, Audit.state.in_(queue.LIVE))
        if session.scalar(same) is not None:
            return None
        audit.inputs = inputs
        session.flush()
    return files


def lock_case(session: Session, case_id: str) -> None:
    """Take the case before its audits and its trail, as everybody does, so that nobody waits for each other."""
    session.execute(select(Case.id).where(Case.id == case_id).with_for_update(key_share=True))


def fail_audit(session: Session, held: queue.Claim, fault: str) -> None:
    """Write why a claimed audit cannot be done. Raises LeaseLost."""
    lock_case(session, held.case_id)
    queue.fail(session, held, fault)
    trail.write_by_program(session, held.practice_id, "fail audit", ("audit", held.audit_id), case=held.case_id)


def _cancel_others(session: Session, visitor: Visitor, case_id: str, audit_id: str) -> None:
    others = select(Audit).where(
        Audit.case_id == case_id, Audit.id != audit_id, Audit.state.in_(("queued", "running")), ~Audit.cancelling
    )
    for audit in session.scalars(others).all():
        queue.cancel(session, audit)
        trail.write(session, visitor, "cancel audit", ("audit", audit.id), case=case_id, because="a newer one began")


def _state(audit: Audit) -> AuditState:
    return AuditState(
        *(audit.id, audit.case_id, audit.state, audit.step, audit.done, audit.total, audit.fault, audit.cancelling),
        *(audit.created, audit.started, audit.finished),
    )
