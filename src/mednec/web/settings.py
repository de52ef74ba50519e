"""How a server is run: where it keeps things, and what it allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mednec.errors import RequestError


@dataclass(frozen=True, slots=True)
class OpenID:
    """The identity provider of a practice that has one."""

    issuer: str
    client_id: str
    client_secret: str

    @classmethod
    def of_environment(cls, environment: Mapping[str, str]) -> OpenID | None:
        """MEDNEC_OIDC_ISSUER, _CLIENT_ID and _CLIENT_SECRET; none where none is set, RequestError where some are."""
        names = [f"MEDNEC_OIDC_{name}" for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET")]
        if not any(environment.get(name) for name in names):
            return None
        if lacking := [name for name in names if not environment.get(name)]:
            raise RequestError(f"OpenID Connect needs {', '.join(names)}; not set: {', '.join(lacking)}")
        issuer = environment[names[0]]
        if not issuer.startswith("https://"):
            raise RequestError(f"{names[0]} must begin with https://, since passwords and keys are trusted to it")
        return cls(issuer, environment[names[1]], environment[names[2]])


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one server; the defaults are those of a laptop."""

    folder: Path
    database: str | None = None  # none: SQLite in the folder
    https: bool = False  # cookies for https alone, and HSTS
    idle_minutes: int = 15  # automatic log-off
    session_hours: int = 12
    largest_file: int = 100 * 2**20  # bytes
    largest_upload: int = 500 * 2**20  # bytes of one request
    most_files: int = 1000  # of one request
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "::1")  # the names that the server answers to
    sign_ins_by_login: int = 10  # tries in a quarter of an hour
    sign_ins_by_address: int = 100
    api_by_key: int = 600  # requests a minute
    workers: int = 1
    openid: OpenID | None = None

    @property
    def url(self) -> str:
        """The database's URL."""
        return self.database or f"sqlite+pysqlite:///{self.folder / 'mednec.db'}"
