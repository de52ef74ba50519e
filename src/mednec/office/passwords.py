"""A password in, its Argon2 hash out; and whether a password may be taken at all."""

from __future__ import annotations

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from mednec.errors import RequestError

SHORTEST, LONGEST = 12, 1000
# Long enough, and still the first that anybody would try; compared without case, spaces and the digits at the end.
COMMON = frozenset(
    {
        *("password", "passwordpassword", "passw0rd", "passphrase", "letmeinletmein", "letmein", "administrator"),
        *("qwerty", "qwertyuiop", "qwertyuiopasdf", "qwertzuiop", "asdfghjkl", "1q2w3e4r5t6y", "iloveyou", "welcome"),
        *("changeme", "changemeplease", "correcthorsebatterystaple", "mednec", "mednecmednec", "trustno", "default"),
    }
)
_HASHER = PasswordHasher()
_AT_ONCE = BoundedSemaphore(4)  # each hash takes 64 MiB; a flood of sign-ins must not take the machine's memory
_NOBODY = _HASHER.hash("nobody has this password")


def hashed(password: str) -> str:
    """The hash of a password that may be taken; raises RequestError with what to do otherwise."""
    check_password(password)
    with _AT_ONCE:
        return _HASHER.hash(password)


def check_password(password: str) -> None:
    """Raises RequestError where a password is too short, too long or among the first that anybody would try."""
    if len(password) < SHORTEST:
        raise RequestError(f"the password has fewer than {SHORTEST} characters; take a longer one, such as four words")
    if len(password) > LONGEST:
        raise RequestError(f"the password has more than {LONGEST} characters; take a shorter one")
    plain = "".join(password.lower().split())
    if plain.rstrip("0123456789!.?") in COMMON or len(set(plain)) < 5:
        raise RequestError("the password is one of the first that anybody would try; take another, such as four words")


def is_right(password: str, kept: str | None) -> bool:
    """Whether it is the password of a kept hash; takes as long where there is none, so that its time tells nothing."""
    with _AT_ONCE:
        try:
            return _HASHER.verify(kept or _NOBODY, password[:LONGEST]) and kept is not None
        except (VerificationError, InvalidHashError):
            return False
