"""Bytes kept under their SHA-256, on disk: written once, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path


class Blobs:
    """A folder of bytes by their hash. What `put` has returned is on disk, whatever happens next."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, data: bytes) -> str:
        """Keep `data`; its SHA-256."""
        key = hashlib.sha256(data).hexdigest()
        path = self._path(key)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=path.parent)
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        return key

    def get(self, key: str) -> bytes:
        """The bytes of a hash; FileNotFoundError where there are none."""
        return self._path(key).read_bytes()

    def _path(self, key: str) -> Path:
        return self.folder / key[:2] / key
