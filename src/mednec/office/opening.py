"""Where an office keeps its things in, the open office out; what a worker process is given, to open the same."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mednec.office.desk import Office
from mednec.store.blobs import DatabaseBlobs, DiskBlobs
from mednec.store.database import Database


@dataclass(frozen=True, slots=True)
class Place:
    """The folder, the database (none: SQLite in the folder), and whether documents lie in the database too."""

    folder: Path
    database: str | None = None
    blobs_in_database: bool = False

    @property
    def url(self) -> str:
        """The database's URL."""
        return self.database or f"sqlite+pysqlite:///{self.folder / 'mednec.db'}"


def open_office(place: Place) -> Office:
    """The office, its tables as they are today; close its database when done. Raises what SQLAlchemy raises."""
    database = Database(place.url)
    database.create()
    if place.blobs_in_database:
        return Office(database, DatabaseBlobs(database))
    blobs = DiskBlobs(place.folder / "blobs")
    blobs.tidy()
    return Office(database, blobs)
