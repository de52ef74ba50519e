"""People and their sessions: who somebody is, and what is open to them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from sqlalchemy import delete, select
from sqlalchemy.orm import Session as Database

from mednec.roles import Permission, permissions
from mednec.store.tables import Person, Practice, Session, Token, now

WAITING = timedelta(minutes=5)  # how long a right password waits for its second factor
SEEN_EVERY = timedelta(seconds=30)  # a session's last use is noted no oftener, so that reading seldom writes
TOKEN_LIFE = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long a session lasts without use, and how long at most."""

    idle: timedelta = timedelta(minutes=15)
    longest: timedelta = timedelta(hours=12)


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


def person_of_login(database: Database, login: str) -> Person | None:
    """The account of a login, in whatever case it was typed."""
    return database.scalars(select(Person).where(Person.login == login.strip().lower())).first()


def visitor_for(person: Person, session: Session | None = None) -> Visitor:
    """The visitor that a person is."""
    known = (session.id, session.csrf) if session else (None, None)
    return Visitor(person.id, person.practice_id, person.name, tuple(person.roles), *known)


def open_session(database: Database, person_id: str, *, waiting: bool = False) -> str:
    """Sign a person in; the secret for the cookie, of which only the hash is kept.

    A `waiting` session knows the person but opens nothing: its second factor is still owed.
    """
    secret = secrets.token_urlsafe(32)
    csrf = secrets.token_urlsafe(32)
    database.add(Session(id=fingerprint(secret), person_id=person_id, csrf=csrf, waiting=waiting))
    database.flush()
    return secret


def visitor_of(database: Database, secret: str, lifetime: Lifetime | None = None) -> Visitor | None:
    """Whom the secret of a cookie belongs to; none where it opens nothing, or nothing any more."""
    session = database.get(Session, fingerprint(secret))
    if session is None or session.waiting or _over(session, lifetime or Lifetime()):
        return None
    person = database.get(Person, session.person_id)
    return visitor_for(person, session) if person is not None and person.active else None


def to_be_noted(database: Database, secret: str, lifetime: Lifetime) -> bool:
    """Whether the last use of a session is so old that it is to be written down anew."""
    session = database.get(Session, fingerprint(secret))
    return session is not None and now() - session.seen > min(SEEN_EVERY, lifetime.idle / 10)


def note_use(database: Database, secret: str) -> None:
    """Write down that a session is in use."""
    session = database.get(Session, fingerprint(secret))
    if session is not None:
        session.seen = now()


def seconds_left(database: Database, secret: str, lifetime: Lifetime) -> int:
    """In how many seconds a session ends by itself if it is not used; 0 where it has ended."""
    session = database.get(Session, fingerprint(secret))
    if session is None:
        return 0
    end = min(session.seen + lifetime.idle, session.created + lifetime.longest)
    return max(0, ceil((end - now()).total_seconds()))


def waiting_person(database: Database, secret: str) -> Person | None:
    """Who has given the right password and owes the second factor."""
    session = database.get(Session, fingerprint(secret))
    if session is None or not session.waiting or now() - session.created > WAITING:
        return None
    person = database.get(Person, session.person_id)
    return person if person is not None and person.active else None


def end_session(database: Database, secret: str) -> None:
    """Sign off; the cookie opens nothing any more."""
    database.execute(delete(Session).where(Session.id == fingerprint(secret)))


def end_sessions(database: Database, person_id: str, but: str | None = None) -> None:
    """Sign a person off everywhere, except the session of the id `but`."""
    query = delete(Session).where(Session.person_id == person_id)
    database.execute(query.where(Session.id != but) if but else query)


def revoke_keys(database: Database, person_id: str) -> int:
    """Take every key of the JSON API from a person; how many there were."""
    found = list(database.scalars(select(Token).where(Token.person_id == person_id)))
    for token in found:
        database.delete(token)
    database.flush()
    return len(found)


def forget_old_sessions(database: Database, lifetime: Lifetime) -> None:
    """Delete the sessions that have ended by themselves."""
    database.execute(
        delete(Session).where((Session.seen < now() - lifetime.idle) | (Session.created < now() - lifetime.longest))
    )


def add_token(database: Database, person_id: str, label: str) -> str:
    """A new key for the JSON API; the secret, of which only the hash is kept."""
    secret = "mednec_" + secrets.token_urlsafe(32)
    database.add(Token(id=fingerprint(secret), person_id=person_id, label=label))
    database.flush()
    return secret


def visitor_of_token(database: Database, secret: str) -> Visitor | None:
    """Whom an API key belongs to; none where it is unknown, revoked or expired."""
    token = database.get(Token, fingerprint(secret))
    if token is None or now() - token.created > TOKEN_LIFE:
        return None
    person = database.get(Person, token.person_id)
    return visitor_for(person) if person is not None and person.active else None


def note_token(database: Database, secret: str) -> None:
    """Write down that an API key is in use, no oftener than needed."""
    token = database.get(Token, fingerprint(secret))
    if token is not None and (token.seen is None or now() - token.seen > timedelta(hours=1)):
        token.seen = now()


def fingerprint(secret: str) -> str:
    """The hash under which a secret is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _over(session: Session, lifetime: Lifetime) -> bool:
    return now() - session.seen > lifetime.idle or now() - session.created > lifetime.longest
