"""The tables of an office: what each row is. The migrations bring a database to this state."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import JSON, Date, DateTime, ForeignKey, Index, LargeBinary, MetaData, String, Text, TypeDecorator, text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
ID = String(32)
SHA256 = String(64)


def new_id() -> str:
    """An id that cannot be guessed and says nothing of what it names."""
    return uuid4().hex


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


class Instant(TypeDecorator[datetime]):
    """A moment in UTC: aware in Python, without a zone in the database, so that SQLite and PostgreSQL agree."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The moment as it is kept; it must be aware."""
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """The moment as Python has it."""
        return value.replace(tzinfo=UTC) if value else None


class Table(DeclarativeBase):
    """What all tables share."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: Instant(), date: Date(), dict[str, Any]: JSON(), list[str]: JSON()}  # noqa: RUF012


class Practice(Table):
    """An office; everything belongs to one, and nothing of another is ever shown."""

    __tablename__ = "practices"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(200))
    created: Mapped[datetime] = mapped_column(default=now)


class Person(Table):
    """An account. `password` is an Argon2 hash, absent where the person comes through OpenID Connect alone."""

    __tablename__ = "people"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    practice_id: Mapped[str] = mapped_column(ForeignKey("practices.id"), index=True)
    login: Mapped[str] = mapped_column(String(200), unique=True)  # lower case
    name: Mapped[str] = mapped_column(String(200))
    roles: Mapped[list[str]]
    password: Mapped[str | None] = mapped_column(String(300))
    totp: Mapped[str | None] = mapped_column(String(300))  # the shared secret, sealed, once it is confirmed
    totp_last: Mapped[int | None]  # the last time step used: a code opens once
    totp_offered: Mapped[str | None] = mapped_column(String(300))  # one that waits to be confirmed, sealed
    recovery: Mapped[list[str]] = mapped_column(default=list)  # SHA-256 of the recovery codes that are left
    subject: Mapped[str | None] = mapped_column(String(500), unique=True)  # OpenID Connect: issuer and subject
    active: Mapped[bool] = mapped_column(default=True)
    created: Mapped[datetime] = mapped_column(default=now)


class Session(Table):
    """A signed-in browser; the id is the SHA-256 of the cookie, so that the table opens nothing."""

    __tablename__ = "sessions"
    id: Mapped[str] = mapped_column(SHA256, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    csrf: Mapped[str] = mapped_column(String(64))
    created: Mapped[datetime] = mapped_column(default=now)
    seen: Mapped[datetime] = mapped_column(default=now)
    waiting: Mapped[bool] = mapped_column(default=False)  # the second factor is still owed: it opens nothing


class Token(Table):
    """A key for the JSON API; the id is its SHA-256."""

    __tablename__ = "tokens"
    id: Mapped[str] = mapped_column(SHA256, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    label: Mapped[str] = mapped_column(String(200))
    created: Mapped[datetime] = mapped_column(default=now)
    seen: Mapped[datetime | None]


class Link(Table):
    """Something that opens once: a link to set a password, or the invitation of somebody who comes by OpenID Connect.

    The id is the SHA-256 of the secret; an invitation has none that anybody knows.
    """

    __tablename__ = "links"
    id: Mapped[str] = mapped_column(SHA256, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))  # password | openid
    expires: Mapped[datetime]


class Seal(Table):
    """One row: something sealed under the office's key, by which the right key is known. See mednec.office.keys."""

    __tablename__ = "seals"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    check: Mapped[str] = mapped_column(String(300))


class Tries(Table):
    """When something was tried of late, such as a sign-in; `id` is the SHA-256 of what and by whom."""

    __tablename__ = "tries"
    id: Mapped[str] = mapped_column(SHA256, primary_key=True)
    at: Mapped[list[float]] = mapped_column(JSON)  # seconds since 1970, the oldest first
    until: Mapped[datetime] = mapped_column(index=True)  # nothing of it counts any more from then on


class Blob(Table):
    """Bytes kept in the database, under their SHA-256; unused where they are kept on disk."""

    __tablename__ = "blobs"
    sha256: Mapped[str] = mapped_column(SHA256, primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class Case(Table):
    """One requested procedure of one patient. `request` holds the fields of a request as they were written."""

    __tablename__ = "cases"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    practice_id: Mapped[str] = mapped_column(ForeignKey("practices.id"), index=True)
    patient: Mapped[str | None] = mapped_column(String(200))
    request: Mapped[dict[str, Any]]  # {"texts": {...}, "lists": {...}}
    service: Mapped[str] = mapped_column(String(60))
    planned: Mapped[date] = mapped_column(index=True)
    clinician: Mapped[str | None] = mapped_column(String(200))
    payer: Mapped[str | None] = mapped_column(String(200))  # payer or policy, as the request names it
    created: Mapped[datetime] = mapped_column(default=now)
    created_by: Mapped[str] = mapped_column(ForeignKey("people.id"))
    closed: Mapped[datetime | None]


class File(Table):
    """One file of a case's chart; its bytes lie under `sha256` among the blobs."""

    __tablename__ = "files"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    name: Mapped[str] = mapped_column(String(500))
    sha256: Mapped[str] = mapped_column(SHA256)
    size: Mapped[int]
    added: Mapped[datetime] = mapped_column(default=now)
    added_by: Mapped[str] = mapped_column(ForeignKey("people.id"))
    removed: Mapped[datetime | None]


class Audit(Table):
    """One run of the auditor over a case: queued, running, done, failed or cancelled.

    `inputs` is the SHA-256 of files, request and program: the same inputs are never run twice while a run of them
    is queued, running or done (a unique index holds that). A worker owns a running audit through `lease`.
    """

    __tablename__ = "audits"
    __table_args__ = (
        Index(
            "uq_audits_inputs",
            "case_id",
            "inputs",
            unique=True,
            sqlite_where=text("state IN ('queued', 'running', 'done')"),
            postgresql_where=text("state IN ('queued', 'running', 'done')"),
        ),
    )
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    inputs: Mapped[str] = mapped_column(SHA256)
    state: Mapped[str] = mapped_column(String(20), default="queued", index=True)
    created: Mapped[datetime] = mapped_column(default=now)
    created_by: Mapped[str] = mapped_column(ForeignKey("people.id"))
    started: Mapped[datetime | None]
    finished: Mapped[datetime | None]
    lease: Mapped[str | None] = mapped_column(ID)
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    cancelling: Mapped[bool] = mapped_column(default=False)
    step: Mapped[str] = mapped_column(String(200), default="")  # what is being done, in words without chart text
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    fault: Mapped[str | None] = mapped_column(Text)  # why it failed, a sentence for the person at the keyboard
    reading: Mapped[str | None] = mapped_column(SHA256)  # blob: documents and findings as JSON


class Judgement(Table):
    """What an audit says with the corrections of one moment; the latest of a case is what is shown.

    `machine` is the determination without people's corrections, `determination` the one with them.
    """

    __tablename__ = "judgements"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    number: Mapped[int]  # counts the judgements of a case, from 1
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    audit_id: Mapped[str] = mapped_column(ForeignKey("audits.id"), index=True)
    created: Mapped[datetime] = mapped_column(default=now)
    determination: Mapped[str] = mapped_column(String(40))
    machine: Mapped[str] = mapped_column(String(40))
    result: Mapped[str] = mapped_column(SHA256)  # blob: the judgement as JSON
    corrections: Mapped[list[str]]  # ids of those that were applied

    __table_args__ = (Index("uq_judgements_number", "case_id", "number", unique=True),)


class Gap(Table):
    """One criterion of a judgement, for queue and dashboard: how it stands and whose question it is."""

    __tablename__ = "gaps"
    judgement_id: Mapped[str] = mapped_column(ForeignKey("judgements.id"), primary_key=True)
    criterion: Mapped[str] = mapped_column(String(120), primary_key=True)
    status: Mapped[str] = mapped_column(String(20))
    required: Mapped[bool]
    asks: Mapped[str] = mapped_column(Text)
    question: Mapped[str | None] = mapped_column(Text)  # the first question, where there is one
    whose: Mapped[str | None] = mapped_column(String(20))  # clinician | front office | reviewer, where it has one


class Correction(Table):
    """What a person said of a finding or of a criterion's status; never changed, only withdrawn.

    `target` names what is meant (see mednec.corrections), `action` is confirm, change, reject, add or overrule.
    """

    __tablename__ = "corrections"
    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    of: Mapped[str] = mapped_column(String(20))  # finding | criterion
    action: Mapped[str] = mapped_column(String(20))
    target: Mapped[dict[str, Any]]
    value: Mapped[dict[str, Any]]
    reason: Mapped[str] = mapped_column(Text)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id"))
    created: Mapped[datetime] = mapped_column(default=now)
    withdrawn: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None] = mapped_column(ForeignKey("people.id"))


class Entry(Table):
    """One line of the trail: who did what to which object, and the hash that ties it to the line before."""

    __tablename__ = "trail"
    practice_id: Mapped[str] = mapped_column(ForeignKey("practices.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # from 1, without holes
    at: Mapped[datetime]
    person_id: Mapped[str | None] = mapped_column(ID)  # none: the program itself
    person: Mapped[str] = mapped_column(String(200))  # the name at that time
    action: Mapped[str] = mapped_column(String(60))
    object: Mapped[str] = mapped_column(String(20))
    object_id: Mapped[str] = mapped_column(String(64))
    details: Mapped[dict[str, Any]]
    previous: Mapped[str] = mapped_column(SHA256)
    hash: Mapped[str] = mapped_column(SHA256)
