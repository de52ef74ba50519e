"""The accounts of a practice: who has one, with which roles, and the keys of the JSON API."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe

from sqlalchemy import select
from sqlalchemy.orm import Session

from mednec.errors import RequestError
from mednec.office.desk import NotAllowed, NotFound, Office, check
from mednec.office.entering import forget_links, link_for, plain, plain_login
from mednec.office.passwords import hashed, is_right
from mednec.office.second_factor import forget
from mednec.roles import ROLES, Permission
from mednec.store.accounts import (
    Visitor,
    add_person,
    add_token,
    end_sessions,
    fingerprint,
    person_of_login,
    revoke_keys,
)
from mednec.store.tables import Link, Person, Token, now
from mednec.store.trail import take_turn, write

ADMINISTRATOR = "administrator"
INVITATION_LIFE = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Account:
    """An account as it is shown."""

    id: str
    login: str
    name: str
    roles: tuple[str, ...]
    active: bool
    has_password: bool
    has_second_factor: bool
    by_openid: bool
    recovery_codes: int
    created: datetime


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the JSON API as it is shown: never the secret."""

    id: str
    label: str
    created: datetime
    seen: datetime | None


def own_person(database: Session, visitor: Visitor, person_id: str) -> Person:
    """A person of the visitor's practice; NotFound where it has none of that id."""
    person = database.get(Person, person_id)
    if person is None or person.practice_id != visitor.practice_id:
        raise NotFound("there is no such account; go back to the list of people")
    return person


def list_people(office: Office, visitor: Visitor) -> Sequence[Account]:
    """The accounts of the practice, by name."""
    check(visitor, Permission.ADMINISTER)
    with office.database.read() as database:
        query = select(Person).where(Person.practice_id == visitor.practice_id).order_by(Person.name, Person.id)
        return [shown(person) for person in database.scalars(query)]


def account(office: Office, visitor: Visitor) -> Account:
    """The visitor's own account."""
    with office.database.read() as database:
        return shown(database.get_one(Person, visitor.person_id))


def one_account(office: Office, visitor: Visitor, person_id: str) -> Account:
    """One account of the practice."""
    check(visitor, Permission.ADMINISTER)
    with office.database.read() as database:
        return shown(own_person(database, visitor, person_id))


def add_account(
    office: Office, visitor: Visitor, login: str, name: str, roles: Iterable[str], *, openid: bool = False
) -> tuple[Account, str | None]:
    """A new account and the secret of the link that sets its password; with `openid` an invitation and no link."""
    check(visitor, Permission.ADMINISTER)
    login, name, held = plain_login(login), plain(name, "the name"), _roles(roles)
    with office.database.begin() as database:
        take_turn(database, visitor.practice_id)  # so that of two who ask for one login at once, one is told
        if person_of_login(database, login) is not None:
            raise RequestError("this login is taken; give another, such as the person's e-mail address")
        person = database.get_one(Person, add_person(database, visitor.practice_id, login, name, held))
        if openid:
            _invite(database, person)
        secret = None if openid else link_for(database, person)
        write(database, visitor, "add account", ("person", person.id), roles=held, openid=openid)
        return shown(person), secret


def change_roles(office: Office, visitor: Visitor, person_id: str, roles: Iterable[str]) -> Account:
    """Give a person these roles and no others; the practice keeps an administrator."""
    check(visitor, Permission.ADMINISTER)
    held = _roles(roles)
    with office.database.begin() as database:
        person = _to_change(database, visitor, person_id)
        before, person.roles = person.roles, held
        _keep_an_administrator(database, visitor)
        write(database, visitor, "change roles", ("person", person.id), before=before, roles=held)
        return shown(person)


def set_active(office: Office, visitor: Visitor, person_id: str, active: bool) -> Account:
    """Close an account (its sessions end, its keys open nothing) or open it again."""
    check(visitor, Permission.ADMINISTER)
    with office.database.begin() as database:
        person = _to_change(database, visitor, person_id)
        person.active = active
        _keep_an_administrator(database, visitor)
        if not active:
            end_sessions(database, person.id)
            forget_links(database, person)
        write(database, visitor, "open account" if active else "close account", ("person", person.id))
        return shown(person)


def reset_password(office: Office, visitor: Visitor, person_id: str) -> str:
    """The secret of a link that sets a new password once; the old one and the person's keys open nothing any more."""
    check(visitor, Permission.ADMINISTER)
    with office.database.begin() as database:
        person = _to_change(database, visitor, person_id)
        person.password = None
        end_sessions(database, person.id)
        keys = revoke_keys(database, person.id)  # whoever knew the password may have made one
        write(database, visitor, "reset password", ("person", person.id), keys=keys)
        return link_for(database, person)


def invite(office: Office, visitor: Visitor, person_id: str) -> Account:
    """Let a person sign in by OpenID Connect who has not done so yet; an older invitation or link opens nothing."""
    check(visitor, Permission.ADMINISTER)
    with office.database.begin() as database:
        person = _to_change(database, visitor, person_id)
        if person.subject is not None:
            raise RequestError("the person signs in by OpenID Connect already; nothing was changed")
        forget_links(database, person)
        _invite(database, person)
        write(database, visitor, "invite", ("person", person.id))
        return shown(person)


def reset_second_factor(office: Office, visitor: Visitor, person_id: str) -> Account:
    """Take away the second factor of somebody who has lost it."""
    check(visitor, Permission.ADMINISTER)
    with office.database.begin() as database:
        person = _to_change(database, visitor, person_id)
        forget(person)
        end_sessions(database, person.id)
        write(database, visitor, "reset second factor", ("person", person.id))
        return shown(person)


def change_password(office: Office, visitor: Visitor, old: str, new: str) -> None:
    """A new password for the visitor, who knows the old one; the person's other sessions end."""
    with office.database.read() as database:
        kept = database.get_one(Person, visitor.person_id).password
    if not is_right(old, kept):
        raise RequestError("the present password is wrong; try again")
    fresh = hashed(new)
    with office.database.begin() as database:
        take_turn(database, visitor.practice_id)
        person = database.get_one(Person, visitor.person_id)
        person.password = fresh
        end_sessions(database, person.id, but=visitor.session_id)
        write(database, visitor, "change password", ("person", person.id))


def list_keys(office: Office, visitor: Visitor) -> Sequence[Key]:
    """The visitor's keys of the JSON API, newest first."""
    with office.database.read() as database:
        query = select(Token).where(Token.person_id == visitor.person_id).order_by(Token.created.desc(), Token.id)
        return [Key(token.id, token.label, token.created, token.seen) for token in database.scalars(query)]


def make_key(office: Office, visitor: Visitor, label: str) -> str:
    """A new key, shown this once. A key cannot make another: who has found one must not be able to keep a second."""
    if visitor.session_id is None:
        raise NotAllowed("a key cannot make another key; sign in and make it on the page of your account")
    label = plain(label, "the label of the key")
    with office.database.begin() as database:
        secret = add_token(database, visitor.person_id, label)
        write(database, visitor, "make key", ("key", fingerprint(secret)))
        return secret


def revoke_key(office: Office, visitor: Visitor, key_id: str) -> None:
    """A key opens nothing any more; NotFound where it is not the visitor's."""
    with office.database.begin() as database:
        token = database.get(Token, key_id)
        if token is None or token.person_id != visitor.person_id:
            raise NotFound("there is no such key; it may have been revoked already")
        database.delete(token)
        write(database, visitor, "revoke key", ("key", key_id))


def shown(person: Person) -> Account:
    """An account as it is shown."""
    return Account(
        id=person.id,
        login=person.login,
        name=person.name,
        roles=tuple(person.roles),
        active=person.active,
        has_password=person.password is not None,
        has_second_factor=person.totp is not None,
        by_openid=person.subject is not None,
        recovery_codes=len(person.recovery),
        created=person.created,
    )


def _roles(roles: Iterable[str]) -> list[str]:
    chosen = set(roles)
    if unknown := chosen - set(ROLES):
        raise RequestError(f"there is no role '{min(unknown)[:40]}'; the roles are {', '.join(ROLES)}")
    return [role for role in ROLES if role in chosen]


def _invite(database: Session, person: Person) -> None:
    secret = token_urlsafe(32)  # known to nobody: what counts is the e-mail address that the provider has verified
    expires = now() + INVITATION_LIFE
    database.add(Link(id=fingerprint(secret), person_id=person.id, purpose="openid", expires=expires))


def _to_change(database: Session, visitor: Visitor, person_id: str) -> Person:
    """The person, with the practice locked, so that two administrators cannot remove each other at once."""
    take_turn(database, visitor.practice_id)
    return own_person(database, visitor, person_id)


def _keep_an_administrator(database: Session, visitor: Visitor) -> None:
    database.flush()
    query = select(Person).where(Person.practice_id == visitor.practice_id, Person.active)
    if not any(ADMINISTRATOR in person.roles for person in database.scalars(query)):
        raise RequestError("the practice would be left without an administrator; make another one first")
