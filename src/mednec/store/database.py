"""A database URL in, sessions on it out: SQLite in a file, or PostgreSQL."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.orm import Session, sessionmaker

WAIT = 30  # seconds that a writer of SQLite waits for another one
POOL = {"pool_size": 20, "max_overflow": 30}  # one connection a thread of the server, and some
MIGRATIONS = Path(__file__).parent / "migrations"
MIGRATING = 7_283_645  # the number of the lock that PostgreSQL gives to one migrating process at a time
READING = "mednec_reading"


class Database:
    """One database; `begin` gives a session in a transaction that is committed at its end, or undone on a failure."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self._writing = sessionmaker(self.engine, expire_on_commit=False)
        reading = self.engine.execution_options(**{READING: True})
        self._reading = sessionmaker(
            reading if self.is_sqlite else reading.execution_options(postgresql_readonly=True), expire_on_commit=False
        )
        self._open = threading.local()

    @property
    def is_sqlite(self) -> bool:
        """Whether it is SQLite, which has one writer at a time."""
        return self.engine.dialect.name == "sqlite"

    def create(self) -> None:
        """Bring the tables to their present state; safe where several processes begin at once."""
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
        with self.engine.begin() as connection:
            if not self.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": MIGRATING})
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    @contextmanager
    def begin(self) -> Iterator[Session]:
        """A session in one transaction that writes."""
        if getattr(self._open, "session", None) is not None:
            raise RuntimeError("a transaction within a transaction would wait for itself; pass the session on")
        with self._writing.begin() as session, self._kept(session):
            yield session

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session in one transaction that only reads: it waits for nobody, and writing in it fails."""
        with self._reading.begin() as session:
            yield session

    @contextmanager
    def join(self, *, reading: bool = False) -> Iterator[Session]:
        """The session that this thread has begun, or one of its own."""
        session = getattr(self._open, "session", None)
        if session is not None:
            yield session
            return
        with self.read() if reading else self.begin() as session:
            yield session

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    @contextmanager
    def _kept(self, session: Session) -> Iterator[None]:
        self._open.session = session
        try:
            yield
        finally:
            self._open.session = None


def insert_into(database: Database, table: Any) -> Any:
    """An insertion that can say what is done where the row is there already; each dialect has one of its own."""
    if database.is_sqlite:
        from sqlalchemy.dialects.sqlite import insert
    else:
        from sqlalchemy.dialects.postgresql import insert  # type: ignore[assignment]
    return insert(table)


def _engine(text_url: str) -> Engine:
    url = make_url(text_url)
    if url.drivername in {"postgresql", "postgres"}:  # as people write it; the driver is ours to choose
        url = url.set(drivername="postgresql+psycopg")
    is_sqlite = url.get_backend_name() == "sqlite"
    if is_sqlite:
        _make_private(url.database)
    engine = create_engine(url, pool_pre_ping=not is_sqlite, hide_parameters=True, **POOL)  # values stay out of logs
    if is_sqlite:
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_private(name: str | None) -> None:
    """The file of SQLite, for its owner alone from the first moment; its journals take the same rights."""
    if not name or name == ":memory:":
        raise ValueError("an office is kept in a file, not in memory")
    Path(name).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(name, os.O_CREAT | os.O_RDWR, 0o600))


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Durable, with readers beside one writer; transactions are begun by us, not by the driver."""
    connection.isolation_level = None
    for pragma in (f"busy_timeout={WAIT * 1000}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its turn at once, so that it never finds half-way that another one was faster."""
    is_reading = connection.get_execution_options().get(READING, False)
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if is_reading else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")
