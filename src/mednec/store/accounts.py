"""People and their sessions: who somebody is, and what is open to them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session as Database

from mednec.roles import Permission, permissions
from mednec.store.tables import Person, Practice, Session, now


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whoever sends a request, once known: a person with roles, in a practice, through a session or an API key."""

    person_id: str
    practice_id: str
    name: str
    roles: tuple[str, ...]
    session_id: str | None = None
    csrf: str | None = None

    def may(self, permission: Permission) -> bool:
        """Whether the person's roles grant it."""
        return permission in permissions(self.roles)


def add_practice(database: Database, name: str) -> str:
    """A new practice; its id."""
    practice = Practice(name=name)
    database.add(practice)
    database.flush()
    return practice.id


def add_person(database: Database, practice_id: str, login: str, name: str, roles: Iterable[str]) -> str:
    """A new account without a password; its id."""
    person = Person(practice_id=practice_id, login=login.lower(), name=name, roles=list(roles))
    database.add(person)
    database.flush()
    return person.id


def open_session(database: Database, person_id: str) -> str:
    """Sign a person in; the secret for the cookie, of which only the hash is kept."""
    secret = secrets.token_urlsafe(32)
    database.add(Session(id=fingerprint(secret), person_id=person_id, csrf=secrets.token_urlsafe(32)))
    return secret


def visitor_of(database: Database, secret: str) -> Visitor | None:
    """Whom the secret of a cookie belongs to; none where it opens nothing."""
    session = database.get(Session, fingerprint(secret))
    if session is None:
        return None
    person = database.get(Person, session.person_id)
    if person is None or not person.active:
        return None
    session.seen = now()
    return Visitor(person.id, person.practice_id, person.name, tuple(person.roles), session.id, session.csrf)


def fingerprint(secret: str) -> str:
    """The hash under which a secret is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()
