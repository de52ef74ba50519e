"""A zip in, the files in it out."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from mednec.documents.entry import Attachment, Entry, unreadable
from mednec.errors import UnreadableDocument

SUFFIXES = (".zip",)
DAMAGED = (
    zipfile.BadZipFile,
    NotImplementedError,
    EOFError,
    ValueError,
    OSError,
    RuntimeError,
    zlib.error,
    struct.error,
)
MOST = 5_000  # files
LARGEST = 512 * 1024 * 1024  # bytes of all files, unpacked


def knows(data: bytes) -> bool:
    """Whether the bytes are a zip."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def names(data: bytes) -> frozenset[str]:
    """The names of the files in a zip, none where it is no zip or a damaged one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except DAMAGED:
        return frozenset()


def read(data: bytes, name: str) -> list[Entry]:
    """The files of a zip, sorted by name; each is named after the zip and its place in it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return list(entries(archive, name))
    except DAMAGED:
        raise UnreadableDocument(f"{name} is a damaged zip; pack it again.") from None


def entries(archive: zipfile.ZipFile, name: str) -> Iterator[Entry]:
    """The files of an opened zip; what is locked or too large is said instead."""
    files = sorted((file for file in archive.infolist() if belongs(file)), key=lambda file: file.filename)
    if not files:
        raise UnreadableDocument(f"{name} is a zip without files; pack it again.")
    if len(files) > MOST or sum(file.file_size for file in files) > LARGEST:
        raise UnreadableDocument(f"{name} unpacks to more than {LARGEST // 2**20} MB or {MOST} files; split it.")
    for file in files:
        entry = f"{name}/{'/'.join(place_of(file))}"
        if file.flag_bits & 1:
            yield unreadable(entry, f"{entry} is locked with a password; pack it again without.")
            continue
        try:
            yield Attachment(entry, archive.read(file))
        except DAMAGED:
            yield unreadable(entry, f"{entry} is damaged within the zip; pack it again.")


def place_of(file: zipfile.ZipInfo) -> list[str]:
    """Where an entry lies within the zip; steps that lead out of it are left away, as it is a name and no path."""
    parts = PurePosixPath(file.filename.replace("\\", "/")).parts
    return [part for part in parts if part not in ("..", ".", "/")]


def belongs(file: zipfile.ZipInfo) -> bool:
    """Whether an entry is a file of the chart: no folder, and none of those that systems leave behind."""
    parts = place_of(file)
    leftover = any(part.startswith((".", "~$")) or part.lower() in ("__macosx", "thumbs.db") for part in parts)
    return not file.is_dir() and not leftover
