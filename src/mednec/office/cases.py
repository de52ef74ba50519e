"""Cases: open one from the fields of a request, put files to it and take them off, change it, close it, list them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mednec.errors import MednecError
from mednec.office.desk import NotFound, Office, check, own_case
from mednec.office.fields import Checked, checked
from mednec.office.judging import judge, latest_judgement
from mednec.office.names import for_files
from mednec.requests import Fields, services
from mednec.roles import Permission
from mednec.store import trail
from mednec.store.accounts import Visitor
from mednec.store.tables import Case, File, Person, now


@dataclass(frozen=True, slots=True)
class FileLine:
    """One file of a case."""

    id: str
    name: str
    size: int
    sha256: str
    added: datetime
    added_by: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case with its files; `texts` and `lists` are the fields of its request as they were written."""

    id: str
    patient: str | None
    service: str
    title: str
    planned: date
    clinician: str | None
    payer: str | None
    texts: Mapping[str, str]
    lists: Mapping[str, Sequence[str]]
    created: datetime
    created_by: str
    closed: datetime | None
    files: tuple[FileLine, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case as a list shows it."""

    id: str
    patient: str | None
    service: str
    title: str
    planned: date
    clinician: str | None
    payer: str | None
    closed: datetime | None
    files: int


@dataclass(frozen=True, slots=True)
class Added:
    """What became of files that were given: `files` are now there, `known` were already, `left_out` are no part."""

    files: tuple[str, ...]  # ids
    known: tuple[str, ...]  # names
    left_out: tuple[str, ...]  # names


def open_case(office: Office, visitor: Visitor, fields: Fields, clinician: str | None = None) -> str:
    """A new case for the request that the fields describe; its id. Raises RefusedFields."""
    check(visitor, Permission.FILE)
    found = checked(fields)
    with office.database.begin() as database:
        case = Case(practice_id=visitor.practice_id, created_by=visitor.person_id, **_columns(found, clinician))
        database.add(case)
        database.flush()
        trail.write(database, visitor, "open case", ("case", case.id), service=case.service)
        return case.id


def change_request(
    office: Office, visitor: Visitor, case_id: str, fields: Fields, clinician: str | None = None
) -> None:
    """Put another request in the place of a case's, and judge what was read by it. Raises RefusedFields, NotFound."""
    check(visitor, Permission.FILE)
    found = checked(fields)
    with office.database.begin() as database:
        case = open_one(database, visitor, case_id)
        for name, value in _columns(found, clinician).items():
            setattr(case, name, value)
        trail.write(database, visitor, "change case", ("case", case.id), service=case.service)
        if judgement := latest_judgement(database, case.id):
            judge(database, office, judgement.audit_id)


def add_files(office: Office, visitor: Visitor, case_id: str, given: Iterable[tuple[str, bytes]]) -> Added:
    """Put files to a case: their bytes first, then the rows that name them, all in one step. Raises NotFound."""
    check(visitor, Permission.FILE)
    with office.database.begin() as database:
        open_one(database, visitor, case_id)  # before anything is written
    kept = [(name, office.blobs.put(data), len(data)) for name, data in given]
    names, left_out = for_files([name for name, _, _ in kept])
    with office.database.begin() as database:
        open_one(database, visitor, case_id)
        here = {file.name: file.sha256 for file in _files(database, case_id)}
        added, known = [], []
        for name, (_, sha256, size) in zip(names, kept, strict=True):
            if name is None:
                continue
            if here.get(name) == sha256:
                known.append(name)
                continue
            free = _free(name, here)
            here[free] = sha256
            file = File(case_id=case_id, name=free, sha256=sha256, size=size, added_by=visitor.person_id)
            database.add(file)
            database.flush()
            trail.write(database, visitor, "add file", ("file", file.id), case=case_id, sha256=sha256)
            added.append(file.id)
    return Added(tuple(added), tuple(known), tuple(left_out))


def remove_file(office: Office, visitor: Visitor, case_id: str, file_id: str) -> None:
    """Take a file off a case; its bytes are kept, as earlier audits rest on them. Raises NotFound."""
    check(visitor, Permission.FILE)
    with office.database.begin() as database:
        open_one(database, visitor, case_id)
        file = _own_file(database, case_id, file_id)
        file.removed = now()
        trail.write(database, visitor, "remove file", ("file", file.id), case=case_id, sha256=file.sha256)


def file_data(office: Office, visitor: Visitor, case_id: str, file_id: str) -> tuple[str, bytes]:
    """The name and the bytes of a file of a case. Raises NotFound."""
    check(visitor, Permission.READ)
    with office.database.begin() as database:
        own_case(database, visitor, case_id)
        file = _own_file(database, case_id, file_id)
        trail.write(database, visitor, "read file", ("file", file.id), case=case_id)
        name, sha256 = file.name, file.sha256
    return name, office.blobs.get(sha256)


def close_case(office: Office, visitor: Visitor, case_id: str) -> None:
    """Take a case off the work queue. Raises NotFound."""
    _close(office, visitor, case_id, closing=True)


def reopen_case(office: Office, visitor: Visitor, case_id: str) -> None:
    """Put a closed case on the work queue again. Raises NotFound."""
    _close(office, visitor, case_id, closing=False)


def case_view(office: Office, visitor: Visitor, case_id: str) -> CaseView:
    """A case with its files. Raises NotFound."""
    check(visitor, Permission.READ)
    with office.database.read() as database:
        case = own_case(database, visitor, case_id)
        people = dict(
            database.execute(select(Person.id, Person.name).where(Person.practice_id == case.practice_id)).all()
        )
        files = tuple(
            FileLine(file.id, file.name, file.size, file.sha256, file.added, people.get(file.added_by, ""))
            for file in _files(database, case_id)
        )
        return CaseView(
            **_shown(case),
            texts=dict(case.request["texts"]),
            lists={name: tuple(values) for name, values in case.request["lists"].items()},
            created=case.created,
            created_by=people.get(case.created_by, ""),
            closed=case.closed,
            files=files,
        )


def list_cases(office: Office, visitor: Visitor, *, closed: bool = False) -> tuple[CaseLine, ...]:
    """The practice's open cases, the nearest day first; or those that are closed, the latest first."""
    check(visitor, Permission.READ)
    counts = select(File.case_id, func.count().label("files")).where(File.removed.is_(None)).group_by(File.case_id)
    counted = counts.subquery()
    asked = select(Case, counted.c.files).outerjoin(counted, counted.c.case_id == Case.id)
    asked = asked.where(Case.practice_id == visitor.practice_id)
    order = (Case.closed.desc(),) if closed else (Case.planned, Case.created)
    asked = asked.where(Case.closed.is_not(None) if closed else Case.closed.is_(None)).order_by(*order)
    with office.database.read() as database:
        rows = database.execute(asked).all()
        return tuple(CaseLine(**_shown(case), closed=case.closed, files=files or 0) for case, files in rows)


def open_one(database: Session, visitor: Visitor, case_id: str) -> Case:
    """A case of the visitor's practice that is not closed, taken for change before anything else of it is read.

    Everybody takes the case first and the trail's turn then, so that nobody waits for each other. Raises NotFound, or
    MednecError where it is closed.
    """
    case = _taken(database, visitor, case_id)
    if case.closed:
        raise MednecError("this case is closed, so nothing of it is changed; open it again first")
    return case


def _taken(database: Session, visitor: Visitor, case_id: str) -> Case:
    case = own_case(database, visitor, case_id)
    database.refresh(case, with_for_update={"key_share": True})
    return case


def _close(office: Office, visitor: Visitor, case_id: str, *, closing: bool) -> None:
    check(visitor, Permission.FILE)
    with office.database.begin() as database:
        case = _taken(database, visitor, case_id)
        if bool(case.closed) != closing:
            case.closed = now() if closing else None
            trail.write(database, visitor, "close case" if closing else "reopen case", ("case", case.id))


def _columns(found: Checked, clinician: str | None) -> dict[str, Any]:
    fields, request = found.fields, found.request
    return {
        "request": {
            "texts": dict(fields.texts),
            "lists": {name: list(values) for name, values in fields.lists.items()},
        },
        "patient": request.patient.name,
        "service": request.service,
        "planned": request.dated,
        "payer": found.payer,
        "clinician": (clinician or "").strip() or None,
    }


def _shown(case: Case) -> dict[str, Any]:
    told = {name: getattr(case, name) for name in ("id", "patient", "service", "planned", "clinician", "payer")}
    return {**told, "title": services().get(case.service, case.service)}


def _files(database: Session, case_id: str) -> Sequence[File]:
    asked = select(File).where(File.case_id == case_id, File.removed.is_(None)).order_by(File.name)
    return database.scalars(asked).all()


def _own_file(database: Session, case_id: str, file_id: str) -> File:
    file = database.get(File, file_id)
    if file is None or file.case_id != case_id or file.removed:
        raise NotFound("there is no such file in this case; it may have been removed, go back to the case")
    return file


def _free(name: str, taken: Mapping[str, str]) -> str:
    """The name, or one like it that no other file of the case has: nothing is overwritten."""
    if name not in taken:
        return name
    stem, dot, suffix = name.rpartition(".")
    if not dot or "/" in suffix:
        stem, suffix = name, ""
    number = 2
    while (other := f"{stem} ({number}){dot if suffix else ''}{suffix}") in taken:
        number += 1
    return other
