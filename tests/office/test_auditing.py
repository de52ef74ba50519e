"""Audits of a case are asked for, cancelled and watched by people of the practice alone."""

from datetime import date

import pytest
from sqlalchemy import select

from mednec.office.auditing import NothingToAudit, audit_state, audits_of, cancel_audit, latest_audit, start_audit
from mednec.office.desk import NotAllowed, NotFound
from mednec.store.tables import Case, Entry, File, now


@pytest.fixture
def clinician(somebody):
    return somebody("clinician")


@pytest.fixture
def case_id(office, clinician):
    with office.database.begin() as session:
        case = Case(
            practice_id=clinician.practice_id,
            request={"texts": {"service": "esi.init", "date": "2026-12-01"}, "lists": {}},
            service="esi.init",
            planned=date(2026, 12, 1),
            created_by=clinician.person_id,
        )
        session.add(case)
    return case.id


@pytest.fixture
def add(office, clinician, case_id):
    def added(name: str, data: bytes = b"a note") -> str:
        key = office.blobs.put(data)
        with office.database.begin() as session:
            file = File(case_id=case_id, name=name, sha256=key, size=len(data), added_by=clinician.person_id)
            session.add(file)
        return file.id

    return added


def actions(office) -> list[str]:
    with office.database.read() as session:
        return list(session.scalars(select(Entry.action).order_by(Entry.number)))


def test_the_same_case_is_audited_once_until_something_of_it_changes(office, clinician, case_id, add):
    add("note.txt")
    first = start_audit(office, clinician, case_id)
    assert start_audit(office, clinician, case_id) == first
    assert actions(office) == ["start audit"]
    second_file = add("more.txt")
    second = start_audit(office, clinician, case_id)
    assert second != first
    assert audit_state(office, clinician, first).state == "cancelled"
    assert latest_audit(office, clinician, case_id).id == second
    with office.database.begin() as session:
        session.get_one(File, second_file).removed = now()
    assert start_audit(office, clinician, case_id) not in {first, second}


def test_a_changed_request_is_another_audit(office, clinician, case_id, add):
    add("note.txt")
    first = start_audit(office, clinician, case_id)
    with office.database.begin() as session:
        session.get_one(Case, case_id).request = {"texts": {"service": "esi.init", "date": "2026-12-02"}, "lists": {}}
    assert start_audit(office, clinician, case_id) != first
    assert [state.state for state in audits_of(office, clinician, case_id)] == ["queued", "cancelled"]


def test_a_case_without_files_or_closed_cannot_be_audited(office, clinician, case_id, add):
    with pytest.raises(NothingToAudit, match="no files yet"):
        start_audit(office, clinician, case_id)
    add("note.txt")
    with office.database.begin() as session:
        session.get_one(Case, case_id).closed = now()
    with pytest.raises(NothingToAudit, match="closed"):
        start_audit(office, clinician, case_id)
    assert latest_audit(office, clinician, case_id) is None


def test_cancelling_twice_leaves_one_line_in_the_trail(office, clinician, case_id, add):
    add("note.txt")
    audit_id = start_audit(office, clinician, case_id)
    cancel_audit(office, clinician, audit_id)
    cancel_audit(office, clinician, audit_id)
    state = audit_state(office, clinician, audit_id)
    assert state.state == "cancelled" and state.is_over and state.finished
    assert actions(office) == ["start audit", "cancel audit"]


def test_another_practice_sees_no_audit_of_this_one(office, clinician, somebody, case_id, add):
    add("note.txt")
    audit_id = start_audit(office, clinician, case_id)
    stranger = somebody("clinician", practice="Elsewhere")
    for attempt in (
        lambda: start_audit(office, stranger, case_id),
        lambda: audits_of(office, stranger, case_id),
        lambda: cancel_audit(office, stranger, audit_id),
        lambda: audit_state(office, stranger, audit_id),
        lambda: audit_state(office, stranger, "0" * 32),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert audit_state(office, clinician, audit_id).state == "queued"


def test_a_viewer_may_watch_and_not_start(office, clinician, somebody, case_id, add):
    add("note.txt")
    audit_id = start_audit(office, clinician, case_id)
    viewer = somebody("viewer")
    assert audit_state(office, viewer, audit_id).id == audit_id
    with pytest.raises(NotAllowed):
        start_audit(office, viewer, case_id)
    with pytest.raises(NotAllowed):
        cancel_audit(office, viewer, audit_id)
