"""How a server is run: where it keeps things, and what it allows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


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
    workers: int = 1

    @property
    def url(self) -> str:
        """The database's URL."""
        return self.database or f"sqlite+pysqlite:///{self.folder / 'mednec.db'}"
