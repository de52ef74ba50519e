"""What a run has finished so far, kept so that neither a kill nor a power cut loses or repeats a chart.

A shard is a file of records. Each record is a line (chart, length, checksum, as JSON) and the packed rows behind it. A
record is appended at once; a torn one at the end of a file, left by a kill, is cut off when the run goes on.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from mednec.errors import BatchError

SHARDS = 32
HEAD = "run.json"


def shard_of(chart: str) -> int:
    """The shard in which a chart's record is kept: the same on every machine."""
    return sha256(chart.encode("utf-8", "surrogatepass")).digest()[0] % SHARDS


class Journal:
    """The records of one run, in a folder; opened for one process at a time."""

    def __init__(self, folder: Path, run: dict[str, str]) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = _locked(folder / "lock")
        try:
            _same_run(folder / HEAD, run)
        except BatchError:
            self._lock.close()
            raise
        self.done = {chart for shard in range(SHARDS) for chart in self._mended(shard)}
        self._files: dict[int, IO[bytes]] = {}

    def add(self, chart: str, data: bytes) -> None:
        """Append the record of a chart that is finished."""
        shard = shard_of(chart)
        if shard not in self._files:
            self._files[shard] = (self.folder / f"{shard:02}").open("ab")
        file = self._files[shard]
        file.write(_head(chart, data) + data)
        file.flush()
        self.done.add(chart)

    def records(self, shard: int) -> Iterator[tuple[str, bytes]]:
        """The charts of a shard with their rows, in the order of the charts."""
        places = sorted((chart, start, length) for chart, start, length in _records(self.folder / f"{shard:02}"))
        if not places:
            return
        with (self.folder / f"{shard:02}").open("rb") as file:
            for chart, start, length in places:
                file.seek(start)
                yield chart, file.read(length)

    def _mended(self, shard: int) -> Iterator[str]:
        """The charts of a shard; what a kill left half written behind them is cut off."""
        path, end = self.folder / f"{shard:02}", 0
        for chart, start, length in _records(path):
            end = start + length
            yield chart
        if path.exists() and path.stat().st_size > end:
            os.truncate(path, end)

    def close(self) -> None:
        """Write everything to the disk."""
        for file in self._files.values():
            file.flush()
            os.fsync(file.fileno())
            file.close()
        self._files.clear()
        self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _head(chart: str, data: bytes) -> bytes:
    return json.dumps([chart, len(data), zlib.crc32(data)]).encode() + b"\n"


def _records(path: Path) -> Iterator[tuple[str, int, int]]:
    """Chart, start and length of each whole record of a shard."""
    if not path.exists():
        return
    with path.open("rb") as file:
        while head := file.readline():
            try:
                chart, length, check = json.loads(head)
            except ValueError:
                return
            start, data = file.tell(), file.read(length)
            if not head.endswith(b"\n") or len(data) < length or zlib.crc32(data) != check:
                return
            yield chart, start, length


def _same_run(path: Path, run: dict[str, str]) -> None:
    """Refuse to go on with a run that another program, other policies or other options began."""
    if not path.exists():
        path.write_text(json.dumps(run, sort_keys=True) + "\n", encoding="utf-8")
        return
    begun = json.loads(path.read_text(encoding="utf-8"))
    if changed := sorted(name for name in {*run, *begun} if run.get(name) != begun.get(name)):
        raise BatchError(
            f"{path.parent.parent} holds a run that was begun with another {' and '.join(changed)}; "
            "choose another folder, or begin anew with --restart"
        )


def _locked(path: Path) -> IO[bytes]:
    """The lock of a run, held as long as the file is open."""
    file = path.open("ab")
    try:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except ImportError:
        return file
    except OSError:
        file.close()
        raise BatchError(
            f"another run is writing to {path.parent.parent}; wait for it, or choose another folder"
        ) from None
    return file
