"""Who comes in: the first account, sign-in by password and second factor, one-time links, and the way out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from secrets import token_urlsafe

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mednec.errors import MednecError, RequestError
from mednec.office.desk import NotFound, Office
from mednec.office.passwords import hashed, is_right
from mednec.office.second_factor import opens
from mednec.roles import ROLES
from mednec.store.accounts import (
    Lifetime,
    add_person,
    add_practice,
    end_session,
    end_sessions,
    fingerprint,
    forget_old_sessions,
    open_session,
    person_of_login,
    visitor_for,
    visitor_of,
    waiting_person,
)
from mednec.store.tables import Link, Person, now
from mednec.store.trail import take_turn, write

LINK_LIFE = timedelta(days=3)


class Refused(MednecError):  # noqa: N818
    """Login, password or code do not open anything; which of them is not said."""


@dataclass(frozen=True, slots=True)
class Entered:
    """A session that was opened; `waiting` where the second factor is still owed."""

    secret: str
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class FirstAccount:
    """What is asked of whoever starts an office."""

    practice: str
    login: str
    name: str
    password: str


def has_people(office: Office) -> bool:
    """Whether the office has an account at all."""
    with office.database.read() as database:
        return database.scalar(select(func.count()).select_from(Person)) != 0


def make_first(office: Office, asked: FirstAccount) -> Entered:
    """The practice and its first account, with all roles, signed in; NotFound where there is an account already."""
    practice, name = plain(asked.practice, "the practice's name"), plain(asked.name, "your name")
    login, password = plain_login(asked.login), hashed(asked.password)
    with office.database.begin() as database:
        if database.scalar(select(func.count()).select_from(Person)):
            raise NotFound("the first account has been made already; sign in with it")
        person_id = add_person(database, add_practice(database, practice), login, name, ROLES)
        person = database.get_one(Person, person_id)
        person.password = password
        write(database, visitor_for(person), "make first account", ("person", person_id), roles=list(ROLES))
        return Entered(open_session(database, person_id))


def sign_in(office: Office, login: str, password: str) -> Entered:
    """A session for a login and its password; raises Refused. With a second factor, the session waits for it."""
    with office.database.read() as database:
        person = person_of_login(database, login)
        kept = person.password if person is not None and person.active else None
    right = is_right(password, kept)  # outside of any transaction: it takes its time
    with office.database.begin() as database:
        known = person_of_login(database, login)
        if right and known is not None and known.active and known.password == kept:
            if known.totp:
                return Entered(open_session(database, known.id, waiting=True), waiting=True)
            return entered(database, known, "password")
        if known is not None:
            write(database, visitor_for(known), "refuse sign-in", ("person", known.id), by="password")
    raise Refused("login or password is wrong; try again, or ask your practice's administrator for a new password")


def give_code(office: Office, secret: str, code: str) -> Entered:
    """A session for one that waits and a code of the second factor (or a recovery code); raises Refused."""
    with office.database.begin() as database:
        person = waiting_person(database, secret)
        if person is None:
            raise Refused("the sign-in took too long; begin anew with login and password")
        take_turn(database, person.practice_id)
        database.refresh(person)  # another request may have used the code meanwhile
        if opens(office, person, code):
            end_session(database, secret)
            return entered(database, person, "password and code")
        write(database, visitor_for(person), "refuse sign-in", ("person", person.id), by="code")
    raise Refused("the code is wrong or was used already; wait for the next one, or use a recovery code")


def who_waits(office: Office, secret: str) -> str | None:
    """The id of the person whose second factor a session waits for."""
    with office.database.read() as database:
        person = waiting_person(database, secret)
        return person.id if person is not None else None


def sign_out(office: Office, secret: str, lifetime: Lifetime) -> None:
    """End a session; nothing happens where it has ended already."""
    with office.database.begin() as database:
        visitor = visitor_of(database, secret, lifetime)
        end_session(database, secret)
        forget_old_sessions(database, lifetime)
        if visitor is not None:
            write(database, visitor, "sign out", ("person", visitor.person_id))


def link_for(database: Session, person: Person) -> str:
    """A link that sets a person's password once; older ones open nothing any more. The secret is kept as its hash."""
    forget_links(database, person)
    secret = token_urlsafe(32)
    database.add(Link(id=fingerprint(secret), person_id=person.id, purpose="password", expires=now() + LINK_LIFE))
    return secret


def forget_links(database: Session, person: Person) -> None:
    """Take back every link and invitation of a person."""
    for link in database.scalars(select(Link).where(Link.person_id == person.id)):
        database.delete(link)
    database.flush()


def name_of_link(office: Office, secret: str) -> str:
    """The login whose password a link sets; NotFound where it opens nothing, or nothing any more."""
    with office.database.read() as database:
        return _person_of_link(database, secret).login


def use_link(office: Office, secret: str, password: str) -> None:
    """Set the password by a link, once; every session of the person ends."""
    name_of_link(office, secret)
    kept = hashed(password)
    with office.database.begin() as database:
        take_turn(database, _person_of_link(database, secret).practice_id)
        database.expire_all()  # another request may have used the link meanwhile
        person = _person_of_link(database, secret)
        person.password = kept
        forget_links(database, person)
        end_sessions(database, person.id)
        write(database, visitor_for(person), "set password by link", ("person", person.id))


def entered(database: Session, person: Person, by: str) -> Entered:
    """A session of a person whose identity is sure."""
    write(database, visitor_for(person), "sign in", ("person", person.id), by=by)
    return Entered(open_session(database, person.id))


def plain(text: str, what: str) -> str:
    """A name without anything around it; raises RequestError where there is none, or where it is too long."""
    text = " ".join(text.split())
    if not text or len(text) > 200 or not text.isprintable():
        raise RequestError(f"{what} is missing or has more than 200 characters; give a shorter one")
    return text


def plain_login(text: str) -> str:
    """A login as it is kept; raises RequestError where it cannot be one."""
    login = text.strip().lower()
    if not login or len(login) > 200 or not login.isprintable() or len(login.split()) != 1:
        raise RequestError("a login is one word without spaces, such as an e-mail address; give one")
    return login


def _person_of_link(database: Session, secret: str) -> Person:
    link = database.get(Link, fingerprint(secret))
    person = database.get(Person, link.person_id) if link is not None else None
    if link is None or link.purpose != "password" or link.expires < now() or person is None or not person.active:
        raise NotFound("this link has been used or is too old; ask your practice's administrator for another")
    return person
