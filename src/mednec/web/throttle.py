"""How often something may be tried: sign-ins by login and by address, the JSON API by key."""

from __future__ import annotations

from datetime import timedelta
from time import time

from fastapi import Request
from limits import RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from mednec.errors import MednecError
from mednec.store.accounts import fingerprint
from mednec.store.database import Database
from mednec.store.tries import Limit, count_try
from mednec.web.settings import Settings

QUARTER = timedelta(minutes=15)


class TooMany(MednecError):  # noqa: N818
    """Tried too often; `seconds` later it may be tried again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"too many tries; wait {seconds} seconds and try again")
        self.seconds = seconds


class Throttle:
    """Counts tries; raises TooMany.

    Those that guess at something are counted in the database, for all servers of the office together and over a
    restart. The requests of keys that open something are counted in memory, as a server's own protection.
    """

    def __init__(self, database: Database, settings: Settings) -> None:
        self._database = database
        self._settings = settings
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._key = RateLimitItemPerMinute(settings.api_by_key)
        self._noted = RateLimitItemPerHour(1)

    def sign_in(self, request: Request, login: str) -> None:
        """One try to sign in as `login`."""
        self._count(self._address(request), self._guess("login", login.strip().lower()))

    def code(self, request: Request, secret: str) -> None:
        """One try to give a code, or to use a link."""
        self._count(self._address(request), self._guess("code", secret))

    def wrong_key(self, request: Request) -> None:
        """One request with a key that opens nothing."""
        self._count(self._address(request, "wrong key"))

    def key(self, secret: str) -> None:
        """One request of the JSON API."""
        who = fingerprint(secret)
        if not self._limiter.hit(self._key, "key", who):
            raise TooMany(max(1, int(self._limiter.get_window_stats(self._key, "key", who).reset_time - time())))

    def first_in_an_hour(self, secret: str) -> bool:
        """Whether it is the first request of a key for an hour, so that its use is to be written down."""
        return self._limiter.hit(self._noted, "noted", fingerprint(secret))

    def _address(self, request: Request, what: str = "address") -> Limit:
        where = request.client.host if request.client else "nowhere"
        return Limit(what, where, self._settings.sign_ins_by_address, QUARTER)

    def _guess(self, what: str, who: str) -> Limit:
        return Limit(what, who, self._settings.sign_ins_by_login, QUARTER)

    def _count(self, *limits: Limit) -> None:
        if seconds := count_try(self._database, limits):
            raise TooMany(seconds)
