"""How often something may be tried: sign-ins by login and by address, the JSON API by key."""

from __future__ import annotations

from time import time

from fastapi import Request
from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from mednec.errors import MednecError
from mednec.store.accounts import fingerprint
from mednec.web.settings import Settings


class TooMany(MednecError):  # noqa: N818
    """Tried too often; `seconds` later it may be tried again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many tries; wait {seconds} seconds and try again")
        self.seconds = seconds


class Throttle:
    """Counts tries in the memory of one server; raises TooMany."""

    def __init__(self, settings: Settings) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._login = RateLimitItemPerMinute(settings.sign_ins_by_login, 15)
        self._address = RateLimitItemPerMinute(settings.sign_ins_by_address, 15)
        self._key = RateLimitItemPerMinute(settings.api_by_key)
        self._noted = RateLimitItemPerHour(1)

    def sign_in(self, request: Request, login: str) -> None:
        """One try to sign in as `login`."""
        self._count(self._address, "address", _address(request))
        self._count(self._login, "login", fingerprint(login.strip().lower()))

    def code(self, request: Request, secret: str) -> None:
        """One try to give a code, or to use a link."""
        self._count(self._address, "address", _address(request))
        self._count(self._login, "code", fingerprint(secret))

    def wrong_key(self, request: Request) -> None:
        """One request with a key that opens nothing."""
        self._count(self._address, "wrong key", _address(request))

    def key(self, secret: str) -> None:
        """One request of the JSON API."""
        self._count(self._key, "key", fingerprint(secret))

    def first_in_an_hour(self, secret: str) -> bool:
        """Whether it is the first request of a key for an hour, so that its use is to be written down."""
        return self._limiter.hit(self._noted, "noted", fingerprint(secret))

    def _count(self, limit: RateLimitItem, kind: str, who: str) -> None:
        if not self._limiter.hit(limit, kind, who):
            raise TooMany(max(1, int(self._limiter.get_window_stats(limit, kind, who).reset_time - time())))


def _address(request: Request) -> str:
    return request.client.host if request.client else "nowhere"
