"""A second factor by time (TOTP): enrol, confirm, open once a code, recovery codes."""

from __future__ import annotations

import io
from dataclasses import dataclass
from hmac import compare_digest
from secrets import choice
from time import time

import pyotp
import segno
from sqlalchemy import select
from sqlalchemy.orm import Session

from mednec.errors import RequestError
from mednec.office.desk import Office
from mednec.store.accounts import Visitor, end_sessions, fingerprint
from mednec.store.tables import Person
from mednec.store.trail import take_turn, write

STEP = 30  # seconds of a code
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
CODES = 10


@dataclass(frozen=True, slots=True)
class Offer:
    """A shared secret to be taken into an authenticator: as a picture (SVG) and to be typed."""

    secret: str
    picture: str


def offer(office: Office, visitor: Visitor) -> Offer:
    """A new shared secret; it counts once it is confirmed by a code."""
    secret = pyotp.random_base32()
    with office.database.begin() as database:
        person = _self(database, visitor)
        _refuse_exchange(person)
        person.totp_offered = office.sealer.seal(secret, person.id)
        login = person.login
    return Offer(secret, picture_of(secret, login))


def offered(office: Office, visitor: Visitor) -> Offer | None:
    """The shared secret that waits to be confirmed."""
    with office.database.read() as database:
        person = database.get_one(Person, visitor.person_id)
        secret = office.sealer.open(person.totp_offered, person.id) if person.totp_offered else None
        login = person.login
    return Offer(secret, picture_of(secret, login)) if secret else None


def picture_of(secret: str, login: str) -> str:
    """The QR code of a shared secret, as SVG without any style of its own."""
    out = io.BytesIO()
    address = pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name="mednec")
    segno.make(address, error="m").save(out, kind="svg", xmldecl=False, light="#fff", omitsize=True)
    return out.getvalue().decode()


def confirm(office: Office, visitor: Visitor, code: str) -> tuple[str, ...]:
    """Put the offered secret in force; the recovery codes, which are shown once. Other sessions of the person end."""
    with office.database.begin() as database:
        person = _self(database, visitor)
        _refuse_exchange(person)
        step = _step_of(office.sealer.open(person.totp_offered, person.id), code) if person.totp_offered else None
        if step is None:
            raise RequestError("the code does not fit; look whether the clock of your phone is right and try the next")
        person.totp, person.totp_offered, person.totp_last = person.totp_offered, None, step
        codes = tuple(_recovery_code() for _ in range(CODES))
        person.recovery = [fingerprint(_plain(code)) for code in codes]
        end_sessions(database, person.id, but=visitor.session_id)
        write(database, visitor, "add second factor", ("person", person.id))
    return codes


def remove(office: Office, visitor: Visitor, code: str) -> None:
    """Do without the second factor from now on; needs a code of it."""
    with office.database.begin() as database:
        person = _self(database, visitor)
        if not opens(office, person, code):
            raise RequestError("the code is wrong or was used already; wait for the next one and try again")
        forget(person)
        write(database, visitor, "remove second factor", ("person", person.id))


def opens(office: Office, person: Person, code: str) -> bool:
    """Whether a code of the second factor opens, and that it does not do so again; a recovery code does as well."""
    step = _step_of(office.sealer.open(person.totp, person.id), code) if person.totp else None
    if step is not None and step > (person.totp_last or 0):
        person.totp_last = step
        return True
    key = fingerprint(_plain(code))
    if key in person.recovery:
        person.recovery = [kept for kept in person.recovery if kept != key]
        return True
    return False


def forget(person: Person) -> None:
    """Take the second factor away from a person."""
    person.totp = person.totp_offered = person.totp_last = None
    person.recovery = []


def _refuse_exchange(person: Person) -> None:
    """Raises RequestError where one is in force: whoever finds a page open must not put another in its place."""
    if person.totp:
        raise RequestError("a second factor is in force; take it off first, by a code of it")


def _step_of(secret: str, code: str) -> int | None:
    """The time step whose code it is: the present one, or the one before or after."""
    typed = "".join(code.split())
    present = int(time()) // STEP
    for step in (present, present - 1, present + 1):
        if compare_digest(pyotp.TOTP(secret).at(step * STEP).encode(), typed.encode()):
            return step
    return None


def _recovery_code() -> str:
    return "-".join("".join(choice(LETTERS) for _ in range(5)) for _ in range(3))


def _plain(code: str) -> str:
    return "".join(code.lower().replace("-", "").split())


def _self(database: Session, visitor: Visitor) -> Person:
    take_turn(database, visitor.practice_id)
    return database.scalars(select(Person).where(Person.id == visitor.person_id)).one()
