"""An application over an empty office, and browsers that are signed in."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _quick_hashes(monkeypatch):
    """Passwords are hashed with little memory and time, since what is tested is not Argon2."""
    from argon2 import PasswordHasher

    from mednec.office import passwords

    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def settings(place):
    from mednec.web.settings import Settings

    return Settings(place.folder, place.database)


@pytest.fixture
def app(office, settings, monkeypatch):
    """The application; a fault of ours is raised, not told in words."""
    from mednec.web import create_app

    monkeypatch.setenv("MEDNEC_DEBUG", "1")
    return create_app(office, settings)


@pytest.fixture
def browser(app):
    """Makes a browser without a cookie; it follows no redirect by itself."""
    from fastapi.testclient import TestClient

    def made(**headers):
        return TestClient(app, base_url="http://localhost", follow_redirects=False, headers=headers)

    return made


@pytest.fixture
def signed_in(app, browser, somebody, office):
    """Makes a browser with a session: `signed_in("reviewer", practice="Elsewhere")`; it sends the token with each form.

    The visitor is at `.visitor`.
    """
    from mednec.store.accounts import open_session, visitor_of
    from mednec.web.access import CSRF_HEADER, cookie_name

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
