"""Bytes kept under their SHA-256, on disk or in the database: written once, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from sqlalchemy import select

from mednec.errors import MednecError
from mednec.store.database import Database, insert_into
from mednec.store.tables import Blob

ABANDONED = 86_400  # seconds after which unfinished bytes have nobody who writes them


class LostBytes(MednecError):  # noqa: N818
    """Bytes that an office should keep are not there, or not as they were written."""


class Blobs(Protocol):
    """Bytes by their hash. What `put` has returned is kept, whatever happens next."""

    def put(self, data: bytes) -> str:
        """Keep `data`; its SHA-256."""
        ...

    def get(self, key: str) -> bytes:
        """The bytes of a hash; LostBytes where there are none, or where they are damaged."""
        ...


class DiskBlobs:
    """Bytes in a folder, each under the name of its hash, for the owner alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes) -> str:
        """Keep `data`: on disk, and so is its name, before this returns."""
        key = hashlib.sha256(data).hexdigest()
        path = self._path(key)
        if not self._is_whole(path, key):
            self._write(path, data)
        for folder in (path.parent, self.folder):
            _sync(folder)
        return key

    def get(self, key: str) -> bytes:
        """The bytes of a hash; LostBytes where there are none, or where they are damaged."""
        try:
            return _checked(key, self._path(key).read_bytes())
        except OSError as error:
            raise _lost(key, "cannot be read") from error

    def _is_whole(self, path: Path, key: str) -> bool:
        """Whether the bytes lie there as they were written; those that were damaged are written anew."""
        try:
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == key
        except OSError:
            return False

    def _write(self, path: Path, data: bytes) -> None:
        for folder in (self._unfinished, path.parent):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=self._unfinished)  # which gives it the rights 0600
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)

    def tidy(self) -> None:
        """Remove what processes that were killed long ago left unfinished; nobody names it."""
        for path in self._unfinished.glob("*"):
            with suppress(OSError):  # somebody else tidies too, or the file is still being written
                if time.time() - path.stat().st_mtime > ABANDONED:
                    path.unlink()

    @property
    def _unfinished(self) -> Path:
        return self.folder / "unfinished"

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key


class DatabaseBlobs:
    """Bytes in the table `blobs`; `put` joins the transaction that its thread has begun, if it has."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def put(self, data: bytes) -> str:
        """Keep `data`; within a transaction it is kept with the rest of it."""
        key = hashlib.sha256(data).hexdigest()
        with self.database.join() as session:
            insert = insert_into(self.database, Blob).values(sha256=key, data=data)
            damaged = {"index_elements": ["sha256"], "set_": {"data": data}, "where": Blob.data != data}
            session.execute(insert.on_conflict_do_update(**damaged))
        return key

    def get(self, key: str) -> bytes:
        """The bytes of a hash; LostBytes where there are none, or where they are damaged."""
        with self.database.join(reading=True) as session:
            data = session.scalar(select(Blob.data).where(Blob.sha256 == key))
        if data is None:
            raise _lost(key, "are not there")
        return _checked(key, data)


def _sync(folder: Path) -> None:
    """Make sure that a folder's names are on disk; systems that cannot (Windows) do so by themselves."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _checked(key: str, data: bytes) -> bytes:
    if hashlib.sha256(data).hexdigest() != key:
        raise _lost(key, "were altered after they were written")
    return data


def _lost(key: str, what: str) -> LostBytes:
    return LostBytes(
        f"the bytes {key[:12]}... {what}; the chart cannot be trusted without them: "
        "restore the office's folder from a backup, or add the file again"
    )
