"""An application over an empty office and browsers that are signed in; a world of two practices with all objects."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from secrets import token_hex

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from fastapi.testclient import TestClient

from mednec.auditor import read_and_find
from mednec.exchange import to_bytes
from mednec.office import passwords, reviewing
from mednec.office.cases import add_files, open_case
from mednec.office.desk import Office
from mednec.office.judging import judge
from mednec.office.opening import Place, open_office
from mednec.requests import read_fields
from mednec.roles import ROLES
from mednec.store.accounts import Visitor, add_person, add_practice, add_token, fingerprint, open_session, visitor_of
from mednec.store.tables import Audit, File, now
from mednec.web import create_app
from mednec.web.access import CSRF_HEADER, cookie_name
from mednec.web.settings import Settings


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch):
    """Passwords are hashed with little memory and time, since what is tested is not Argon2."""
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def settings(place):
    return Settings(place.folder, place.database)


@pytest.fixture
def app(office, settings, monkeypatch):
    """The application; a fault of ours is raised, not told in words."""
    monkeypatch.setenv("MEDNEC_DEBUG", "1")
    return create_app(office, settings)


@pytest.fixture
def browser(app):
    """Makes a browser without a cookie; it follows no redirect by itself."""

    def made(**headers):
        return TestClient(app, base_url="http://localhost", follow_redirects=False, headers=headers)

    return made


@pytest.fixture
def signed_in(app, browser, somebody, office):
    """Makes a browser with a session: `signed_in("reviewer", practice="Elsewhere")`; it sends the token with each form.

    The visitor is at `.visitor`.
    """

    def made(*roles, practice="Pine Street Pain Clinic"):
        person = somebody(*roles, practice=practice)
        with office.database.begin() as database:
            secret = open_session(database, person.person_id)
            visitor = visitor_of(database, secret)
        client = browser(**{CSRF_HEADER: visitor.csrf})
        client.cookies.set(cookie_name(app.state.settings), secret)
        client.visitor = visitor
        return client

    return made


EXAMPLE = Path(__file__).parents[2] / "examples" / "esi-supported"
CHART = [(file.name, file.read_bytes()) for file in sorted((EXAMPLE / "chart").glob("*pain_consultation.txt"))]
CRITERION = "esi.lim.sedation"


@dataclass
class World:
    """An application and its people."""

    office: Office
    app: FastAPI
    reading: bytes
    practices: dict[str, str]
    people: dict[tuple[str, tuple[str, ...]], str]

    def client(self, roles: tuple[str, ...] | None, practice: str = "here") -> TestClient:
        """A browser of somebody with these roles (none: nobody is signed in)."""
        client = TestClient(self.app, base_url="http://localhost", follow_redirects=False)
        if roles is not None:
            secret, visitor = self.session(roles, practice)
            client.cookies.set(cookie_name(self.app.state.settings), secret)
            client.headers[CSRF_HEADER] = visitor.csrf
            client.visitor = visitor
        return client

    def session(self, roles: tuple[str, ...], practice: str) -> tuple[str, Visitor]:
        with self.office.database.begin() as database:
            secret = open_session(database, self.person(database, roles, practice))
            return secret, visitor_of(database, secret)

    def person(self, database, roles: tuple[str, ...], practice: str) -> str:
        key = (practice, roles)
        if key not in self.people:
            login = f"{'-'.join(roles) or 'nobody'}-{practice}"
            self.people[key] = add_person(database, self.practices[practice], login, login, roles)
        return self.people[key]

    def objects(self, practice: str = "here", owner: str | None = None) -> dict[str, object]:
        """Fresh objects of a practice, by the names that routes have for them; keys belong to `owner`."""
        _, visitor = self.session(ROLES, practice)
        case_id = open_case(self.office, visitor, read_fields(EXAMPLE / "request.yaml"))
        add_files(self.office, visitor, case_id, CHART)
        audit_id = self._audited(visitor, case_id)
        reviewing.overrule(self.office, visitor, case_id, CRITERION, "not_met", "as the nurse told")
        (correction,) = reviewing.corrections_in(self.office, visitor, case_id)
        with self.office.database.begin() as database:
            person = add_person(database, visitor.practice_id, token_hex(8), "Somebody", ["viewer"])
            return {
                "case_id": case_id,
                "file_id": database.query(File).filter_by(case_id=case_id).first().id,
                "audit_id": audit_id,
                "correction_id": correction.id,
                "person_id": person,
                "key_id": fingerprint(add_token(database, owner or visitor.person_id, "a key")),
            }

    def _audited(self, visitor: Visitor, case_id: str) -> str:
        with self.office.database.begin() as database:
            audit = Audit(
                case_id=case_id,
                inputs="1" * 64,
                state="done",
                created_by=visitor.person_id,
                finished=now(),
                reading=self.office.blobs.put(self.reading),
            )
            database.add(audit)
            database.flush()
            judge(database, self.office, audit.id)
            return audit.id


@pytest.fixture(scope="module")
def world(tmp_path_factory, _new_database):
    """The same office for all tests of a module; nobody is asked to wait."""
    folder = tmp_path_factory.mktemp("world")
    office = open_office(Place(folder, _new_database(folder)))
    settings = Settings(folder, office.database.engine.url.render_as_string(hide_password=False))
    many = {"sign_ins_by_login": 10**6, "sign_ins_by_address": 10**6, "api_by_key": 10**6}
    names = ("localhost", "testserver")  # the second is what schemathesis calls it
    with office.database.begin() as database:
        practices = {name: add_practice(database, name) for name in ("here", "elsewhere")}
    yield World(
        office,
        create_app(office, replace(settings, hosts=names, **many)),
        to_bytes(read_and_find(CHART)),
        practices,
        {},
    )
    office.database.close()
