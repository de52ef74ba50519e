"""Where an office keeps its things in, the open office out; what a worker process is given, to open the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from mednec.office.desk import Office
from mednec.office.keys import sealer_for
from mednec.store.blobs import DatabaseBlobs, DiskBlobs
from mednec.store.database import Database


@dataclass(frozen=True, slots=True)
class Place:
    """The folder, the database (none: SQLite in the folder), and whether documents lie in the database too.

    `key` is that of sealed secrets, where it is not kept in the folder.
    """

    folder: Path
    database: str | None = None
    blobs_in_database: bool = False
    key: bytes | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        """The database's URL."""
        return self.database or f"sqlite+pysqlite:///{self.folder / 'mednec.db'}"


def open_office(place: Place) -> Office:
    """The office, its tables as they are today; close its database when done. Raises KeyMissing, and what
    SQLAlchemy raises.
    """
    database = Database(place.url)
    try:
        database.create()
        sealer = sealer_for(database, place.folder, place.key)
    except BaseException:
        database.close()
        raise
    if place.blobs_in_database:
        return Office(database, DatabaseBlobs(database), sealer)
    blobs = DiskBlobs(place.folder / "blobs")
    blobs.tidy()
    return Office(database, blobs, sealer)
