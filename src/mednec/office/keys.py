"""The key under which an office's secrets are sealed: found, or made at the first start; held against the database."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from mednec.errors import MednecError, RequestError
from mednec.store.database import Database, insert_into
from mednec.store.sealing import KEY_LENGTH, MARK, Sealer, WrongKey, new_key
from mednec.store.tables import Person, Seal
from mednec.store.trail import take_turn, write_by_program

NAME = "mednec.key"  # in the office's folder
VARIABLE, FILE_VARIABLE = "MEDNEC_KEY", "MEDNEC_KEY_FILE"
OWNER, KNOWN = "office", "the key of this office"  # what is sealed to know the key again
LOST = (
    "If it is lost for good, start once with --forget-second-factors: everybody's second factor is taken off then, "
    "to be set up anew."
)


class KeyMissing(MednecError):  # noqa: N818
    """The office's secrets are sealed, and their key is not here."""


def key_of_environment(environment: Mapping[str, str]) -> bytes | None:
    """The key of MEDNEC_KEY (64 hexadecimal digits) or of the file that MEDNEC_KEY_FILE names; none where neither is.

    Raises RequestError where it is none.
    """
    if told := environment.get(VARIABLE):
        return _parsed(told, VARIABLE)
    if name := environment.get(FILE_VARIABLE):
        try:
            return _parsed(Path(name).read_text(encoding="ascii"), name)
        except (OSError, UnicodeError) as error:
            why = getattr(error, "strerror", None) or type(error).__name__
            raise RequestError(f"{name}: the key cannot be read ({why}); check what {FILE_VARIABLE} names") from None
    return None


def sealer_for(database: Database, folder: Path, given: bytes | None) -> Sealer:
    """What seals an office's secrets; the first time a key is made, and the secrets that lie in clear are sealed.

    Raises KeyMissing where they are sealed under a key that is not here.
    """
    with database.read() as session:
        check = session.scalar(select(Seal.check))
    key = given or _kept(folder)
    if key is None and check is not None:
        raise KeyMissing(
            f"the key of this office's secrets is missing: they were sealed with a {NAME} that is not in {folder}. Put "
            f"it there from your backup, or name it by {FILE_VARIABLE}. {LOST}"
        )
    sealer = Sealer(key or _made(folder))
    if check is None:
        check = _begin(database, sealer)
    try:
        sealer.open(check, OWNER)
    except WrongKey:
        raise KeyMissing(
            f"the key of this office's secrets is another one than they were sealed with; look for the {NAME} that "
            f"belongs to this database in your backups. Servers of one database need the same key. {LOST}"
        ) from None
    return sealer


def forget_second_factors(database: Database) -> int:
    """Take off every second factor, as the key that opens them is lost; how many. Any key may be used from then on."""
    with database.begin() as session:
        session.execute(delete(Seal))
        people = session.scalars(select(Person).order_by(Person.practice_id, Person.id)).all()
        having = [person for person in people if person.totp or person.totp_offered]
        for person in having:
            take_turn(session, person.practice_id)
            person.totp = person.totp_offered = person.totp_last = None
            person.recovery = []
            write_by_program(session, person.practice_id, "reset second factor", ("person", person.id), by="lost key")
    return len(having)


def _begin(database: Database, sealer: Sealer) -> str:
    """Remember by what the key is known, and seal what lies in clear; where another server was faster, its check."""
    with database.begin() as session:
        first = insert_into(database, Seal).values(id=1, check=sealer.seal(KNOWN, OWNER))
        session.execute(first.on_conflict_do_nothing(index_elements=["id"]))
        check = session.scalars(select(Seal.check)).one()
        with suppress(WrongKey):
            sealer.open(check, OWNER)
            _seal_all(session, sealer)
    return check


def _seal_all(session: Session, sealer: Sealer) -> None:
    """Seal the secrets that an older version kept in clear."""
    for person in session.scalars(select(Person)):
        if person.totp and not person.totp.startswith(MARK):
            person.totp = sealer.seal(person.totp, person.id)
        if person.totp_offered and not person.totp_offered.startswith(MARK):
            person.totp_offered = sealer.seal(person.totp_offered, person.id)


def _kept(folder: Path) -> bytes | None:
    """The key in the office's folder; none where there is none."""
    path = folder / NAME
    try:
        return _parsed(path.read_text(encoding="ascii"), str(path))
    except FileNotFoundError:
        return None


def _made(folder: Path) -> bytes:
    """A new key in the folder, for its owner alone: there whole or not at all, and one where several begin at once."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=folder)  # which gives it the rights 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(new_key().hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(name, folder / NAME)
    finally:
        Path(name).unlink()
    return _parsed((folder / NAME).read_text(encoding="ascii"), NAME)


def _parsed(text: str, where: str) -> bytes:
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        key = b""
    if len(key) != KEY_LENGTH:
        raise RequestError(f"{where}: a key is {2 * KEY_LENGTH} hexadecimal digits, and this is none")
    return key
