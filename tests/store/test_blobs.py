"""Bytes under their hash: whole or not at all, on disk and in the database."""

import hashlib
import os
import stat

import pytest

from mednec.store.blobs import DatabaseBlobs, DiskBlobs, LostBytes
from mednec.store.tables import Blob


@pytest.fixture(params=["disk", "database"])
def blobs(request, office, tmp_path):
    return DiskBlobs(tmp_path / "blobs") if request.param == "disk" else DatabaseBlobs(office.database)


def test_bytes_come_back_as_they_were_given(blobs):
    data = bytes(range(256)) * 4096
    key = blobs.put(data)
    assert key == hashlib.sha256(data).hexdigest()
    assert blobs.put(data) == key
    assert blobs.get(key) == data


def test_bytes_that_were_never_put_are_said_to_be_missing(blobs):
    with pytest.raises(LostBytes, match="add the file again"):
        blobs.get("0" * 64)


def test_empty_bytes_are_bytes_too(blobs):
    assert blobs.get(blobs.put(b"")) == b""


def test_bytes_altered_on_disk_are_not_given_out(tmp_path):
    blobs = DiskBlobs(tmp_path)
    key = blobs.put(b"as it was")
    (tmp_path / key[:2] / key).write_bytes(b"as it is!")
    with pytest.raises(LostBytes, match="altered"):
        blobs.get(key)


def test_bytes_that_were_damaged_are_mended_by_adding_them_again(blobs, office):
    key = blobs.put(b"as it was")
    if isinstance(blobs, DiskBlobs):
        (blobs.folder / key[:2] / key).write_bytes(b"as it is!")
    else:
        with office.database.begin() as session:
            session.get_one(Blob, key).data = b"as it is!"
    assert blobs.put(b"as it was") == key
    assert blobs.get(key) == b"as it was"


def test_half_a_file_is_written_anew(tmp_path):
    blobs = DiskBlobs(tmp_path)
    key = blobs.put(b"a whole page")
    (tmp_path / key[:2] / key).write_bytes(b"a who")
    assert blobs.put(b"a whole page") == key
    assert blobs.get(key) == b"a whole page"


def test_a_write_that_is_interrupted_leaves_nothing_under_the_name(tmp_path, monkeypatch):
    def fail(_handle: int) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="full"):
        DiskBlobs(tmp_path).put(b"a page")
    with pytest.raises(LostBytes):
        DiskBlobs(tmp_path).get(hashlib.sha256(b"a page").hexdigest())


def test_what_was_left_unfinished_long_ago_is_removed_and_nothing_else(tmp_path):
    blobs = DiskBlobs(tmp_path)
    key = blobs.put(b"a whole page")
    old, new = tmp_path / "unfinished" / "old", tmp_path / "unfinished" / "new"
    for path in (old, new):
        path.write_bytes(b"a who")
    for path in (old, tmp_path / key[:2] / key):
        os.utime(path, (0, 0))
    blobs.tidy()
    assert not old.exists() and new.exists() and blobs.get(key) == b"a whole page"


def test_bytes_on_disk_are_their_owners_alone(tmp_path):
    key = DiskBlobs(tmp_path / "blobs").put(b"private")
    path = tmp_path / "blobs" / key[:2] / key
    assert [stat.S_IMODE(part.stat().st_mode) for part in (path, path.parent)] == [0o600, 0o700]


def test_bytes_in_the_database_are_kept_with_the_transaction_that_they_belong_to(office):
    blobs = DatabaseBlobs(office.database)
    with pytest.raises(ZeroDivisionError), office.database.begin() as session:
        key = blobs.put(b"half-done")
        assert session.get(Blob, key) is not None and blobs.get(key) == b"half-done"
        raise ZeroDivisionError
    with pytest.raises(LostBytes):
        blobs.get(key)
