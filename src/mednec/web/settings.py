"""How a server is run: where it keeps things, and what it allows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class OpenID:
    """The identity provider of a practice that has one."""

    issuer: str
    client_id: str
    client_secret: str


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one server; the defaults are those of a laptop."""

    folder: Path
    database: str | None = None  # none: SQLite in the folder
    https: bool = False  # cookies for https alone, and HSTS
    idle_minutes: int = 15  # automatic log-off
    session_hours: int = 12
    largest_file: int = 100 * 2**20  # bytes
    largest_upload: int = 500 * 2**20  # bytes of one request
    most_files: int = 1000  # of one request
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "::1")  # the names that the server answers to
    sign_ins_by_login: int = 10  # tries in a quarter of an hour
    sign_ins_by_address: int = 100
    api_by_key: int = 600  # requests a minute
    workers: int = 1
    openid: OpenID | None = None

    @property
    def url(self) -> str:
        """The database's URL."""
        return self.database or f"sqlite+pysqlite:///{self.folder / 'mednec.db'}"
