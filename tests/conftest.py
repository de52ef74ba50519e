"""What holds for every test, and the office that the tests of store, office and web share."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest


@pytest.fixture(autouse=True)
def _no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test finds, or leaves, recognized pages in the cache of the user."""
    monkeypatch.setenv("MEDNEC_CACHE", "off")


@pytest.fixture(scope="session")
def _new_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path], str]]:
    """Makes a database with today's tables, copied from a template: SQLite, or PostgreSQL where a URL is given."""
    from mednec.store.database import Database

    server = os.environ.get("MEDNEC_TEST_DATABASE_URL")
    if not server:
        template = tmp_path_factory.mktemp("template") / "mednec.db"
        database = Database(f"sqlite+pysqlite:///{template}")
        database.create()
        database.close()

        def copied(folder: Path) -> str:
            shutil.copyfile(template, folder / "mednec.db")
            return f"sqlite+pysqlite:///{folder / 'mednec.db'}"

        yield copied
        return
    with _Server(server) as postgresql:
        yield postgresql.copied


class _Server:
    """A PostgreSQL server for tests: databases copied from one template, dropped at the end unless the server is."""

    def __init__(self, url: str) -> None:
        from sqlalchemy import create_engine, make_url

        self.url = make_url(url).set(drivername="postgresql+psycopg")
        self.engine = create_engine(self.url, isolation_level="AUTOCOMMIT")
        self.made: list[str] = []

    def __enter__(self) -> _Server:
        from mednec.store.database import Database

        self.template = self._make("")
        database = Database(self._url_of(self.template))
        database.create()
        database.close()
        return self

    def __exit__(self, *_: object) -> None:
        with self.engine.connect() as connection:
            for name in () if os.environ.get("MEDNEC_TEST_THROW_AWAY") else reversed(self.made):
                connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self.engine.dispose()

    def copied(self, _folder: Path) -> str:
        return self._url_of(self._make(f'TEMPLATE "{self.template}"'))

    def _make(self, how: str) -> str:
        name = f"mednec_{uuid4().hex}"
        with self.engine.connect() as connection:
            connection.exec_driver_sql(f'CREATE DATABASE "{name}" {how}')
        self.made.append(name)
        return name

    def _url_of(self, name: str) -> str:
        return self.url.set(database=name).render_as_string(hide_password=False)


@pytest.fixture
def place(tmp_path, _new_database):
    """An empty office's place: a folder of the test's own and a database with today's tables."""
    from mednec.office.opening import Place

    return Place(tmp_path, _new_database(tmp_path))


@pytest.fixture
def office(place):
    """The same, open."""
    from mednec.office.opening import open_office

    opened = open_office(place)
    yield opened
    opened.database.close()


@pytest.fixture
def somebody(office):
    """Makes an account: `somebody("reviewer", "viewer", practice="Elsewhere")` gives the visitor."""
    from mednec.store.accounts import Visitor, add_person, add_practice

    practices: dict[str, str] = {}

    def made(*roles: str, practice: str = "Pine Street Pain Clinic") -> Visitor:
        with office.database.begin() as session:
            if practice not in practices:
                practices[practice] = add_practice(session, practice)
            login = f"{'-'.join(roles) or 'nobody'}-{uuid4().hex[:8]}"
            person = add_person(session, practices[practice], login, login.title(), roles)
        return Visitor(person, practices[practice], login.title(), roles)

    return made
