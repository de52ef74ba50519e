"""A key and a secret in, the secret as it may lie in a database out (AES-GCM); and back, for its owner alone."""

from __future__ import annotations

import secrets
from base64 import b64decode, b64encode
from binascii import Error

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from mednec.errors import MednecError

KEY_LENGTH = 32  # bytes: AES-256
NONCE_LENGTH = 12
MARK = "sealed1:"  # what a sealed secret begins with, which no secret in clear does


class WrongKey(MednecError):  # noqa: N818
    """A secret was sealed under another key, or for another owner, or was altered since."""


def new_key() -> bytes:
    """A key that nobody else has."""
    return secrets.token_bytes(KEY_LENGTH)


class Sealer:
    """Seals short texts under one key; each is bound to its owner, so that it opens in no other's place."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def seal(self, text: str, owner: str) -> str:
        """The text, sealed: another one each time."""
        nonce = secrets.token_bytes(NONCE_LENGTH)
        return MARK + b64encode(nonce + self._cipher.encrypt(nonce, text.encode(), owner.encode())).decode()

    def open(self, sealed: str, owner: str) -> str:
        """The text of a sealed one. Raises WrongKey."""
        try:
            data = b64decode(sealed.removeprefix(MARK), validate=True)
            return self._cipher.decrypt(data[:NONCE_LENGTH], data[NONCE_LENGTH:], owner.encode()).decode()
        except (InvalidTag, Error, ValueError):
            raise WrongKey("a secret of the office cannot be opened: it was sealed under another key") from None
