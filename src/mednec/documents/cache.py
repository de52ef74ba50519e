"""Recognized pages kept between runs, each sealed with a key that only the scan itself gives.

The name and the key of an entry come from the digest of the file, the page and the version of the recognition. Who
has the folder without the scan can neither read an entry nor tell of which file it is; who has the scan has the text.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import time
from importlib.util import find_spec
from pathlib import Path

from mednec.documents.recognized import Recognized, from_json

OFF = ("off", "no", "0", "false")
KEPT_FOR = 90 * 24 * 3600  # seconds since an entry was last used
NONCE = bytes(12)  # a key seals one text only: the same scan, page and version give the same words


def folder() -> Path | None:
    """Where pages are kept; None where MEDNEC_CACHE is off or the means to seal them are not installed."""
    wanted = os.environ.get("MEDNEC_CACHE", "")
    if wanted.lower() in OFF or find_spec("cryptography") is None:
        return None
    if wanted:
        return Path(wanted)
    import platformdirs

    return Path(platformdirs.user_cache_dir("mednec")) / "pages"


class Kept:
    """The kept pages of one file."""

    def __init__(self, digest: bytes, version: str) -> None:
        self._digest, self._version = digest, version
        self._folder = folder()

    def get(self, page: int) -> Recognized | None:
        """A page as it was kept; None where it was not, or is damaged."""
        path = self._path(page)
        if path is None:
            return None
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            sealed = path.read_bytes()
            os.utime(path)
            return from_json(AESGCM(self._secret(page, b"key")).decrypt(NONCE, sealed, None))
        except (OSError, ValueError, TypeError, InvalidTag):
            return None

    def put(self, page: int, found: Recognized) -> None:
        """Keep a page; where that cannot be done the page is recognized again next time."""
        path = self._path(page)
        if path is None:
            return
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        sealed = AESGCM(self._secret(page, b"key")).encrypt(NONCE, found.as_json(), None)
        with contextlib.suppress(OSError):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.parent.chmod(0o700)
            draft = path.with_suffix(f".{os.getpid()}")
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(sealed)
            draft.replace(path)

    def _path(self, page: int) -> Path | None:
        return self._folder / self._secret(page, b"name").hex() if self._folder else None

    def _secret(self, page: int, use: bytes) -> bytes:
        return hashlib.sha256(b"\0".join((use, self._digest, str(page).encode(), self._version.encode()))).digest()


def forget_old() -> None:
    """Remove what was not used for three months."""
    place = folder()
    if place is None or not place.is_dir():
        return
    oldest = time.time() - KEPT_FOR
    for path in place.iterdir():
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < oldest:
                path.unlink()
