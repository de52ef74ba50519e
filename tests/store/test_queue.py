"""The queue of audits: each is claimed by one worker at a time, and finished by whoever holds its lease."""

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from mednec.store import queue
from mednec.store.queue import LeaseLost, Word
from mednec.store.tables import Audit, Case, now


@pytest.fixture
def case(office, somebody):
    person = somebody("clinician")
    with office.database.begin() as session:
        made = Case(
            practice_id=person.practice_id,
            request={},
            service="esi.init",
            planned=date(2026, 12, 1),
            created_by=person.person_id,
        )
        session.add(made)
    return made


@pytest.fixture
def ask(office, case):
    def asked(inputs: str = "a") -> tuple[str, bool]:
        with office.database.begin() as session:
            return queue.enqueue(session, case.id, inputs * 64, case.created_by)

    return asked


def claimed(office, worker="worker01"):
    with office.database.begin() as session:
        return queue.claim(session, worker)


def row(office, audit_id) -> Audit:
    with office.database.read() as session:
        return session.get_one(Audit, audit_id)


def run_out(office) -> None:
    with office.database.begin() as session:
        session.execute(update(Audit).values(lease_until=now() - timedelta(seconds=1)))


def give_back(office, worker=None) -> list[str]:
    with office.database.begin() as session:
        return [audit.state for audit in queue.give_back(session, worker)]


def test_the_same_inputs_are_not_asked_for_twice(office, ask):
    first, is_new = ask()
    assert is_new and ask() == (first, False)
    held = claimed(office)
    assert ask() == (first, False)
    with office.database.begin() as session:
        queue.finish(session, held, "f" * 64)
    assert ask() == (first, False)
    assert ask("b")[1]


def test_what_failed_or_was_cancelled_may_be_asked_for_again(office, ask):
    first, _ = ask()
    with office.database.begin() as session:
        assert queue.cancel(session, session.get_one(Audit, first))
        assert not queue.cancel(session, session.get_one(Audit, first))
    second, is_new = ask()
    assert is_new and second != first


def test_the_database_itself_refuses_two_live_runs_over_the_same_inputs(office, case, ask):
    ask()
    with pytest.raises(IntegrityError), office.database.begin() as session:
        session.add(Audit(case_id=case.id, inputs="a" * 64, created_by=case.created_by))


def test_audits_are_claimed_in_the_order_in_which_they_were_asked_for(office, ask):
    asked = [ask(letter)[0] for letter in "abc"]
    assert [claimed(office).audit_id for _ in range(3)] == asked
    assert claimed(office) is None


def test_many_workers_at_once_claim_every_audit_once(office, ask):
    asked = {ask(letter)[0] for letter in "abcdefghij"}
    got: list[str] = []

    def work(worker: str) -> None:
        while held := claimed(office, worker):
            got.append(held.audit_id)

    threads = [threading.Thread(target=work, args=(queue.new_worker(),)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 10 and set(got) == asked


def test_a_worker_that_renews_its_lease_tells_how_far_it_is(office, ask):
    audit_id, _ = ask()
    held = claimed(office)
    with office.database.begin() as session:
        assert queue.renew(session, held, step="reading", done=2, total=5) is Word.GO_ON
    told = row(office, audit_id)
    assert (told.state, told.step, told.done, told.total, told.attempts) == ("running", "reading", 2, 5, 1)
    assert give_back(office) == []


def test_a_running_audit_is_cancelled_by_its_worker(office, ask):
    audit_id, _ = ask()
    held = claimed(office)
    with office.database.begin() as session:
        assert queue.cancel(session, session.get_one(Audit, audit_id))
    with office.database.begin() as session:
        assert queue.renew(session, held) is Word.CANCEL
        queue.stop(session, held)
    assert row(office, audit_id).state == "cancelled"


def test_a_lease_that_has_run_out_is_given_to_another_and_the_first_cannot_finish(office, ask):
    audit_id, _ = ask()
    slow = claimed(office)
    run_out(office)
    assert give_back(office) == ["queued"]
    quick = claimed(office, "worker02")
    for late in (queue.fail, queue.finish):
        with pytest.raises(LeaseLost), office.database.begin() as session:
            late(session, slow, "e" * 64)
    with office.database.begin() as session:
        assert queue.renew(session, slow) is Word.LOST
        queue.finish(session, quick, "f" * 64)
    assert (row(office, audit_id).state, row(office, audit_id).reading) == ("done", "f" * 64)


def test_what_a_dead_worker_held_is_given_back_at_once(office, ask):
    ask("a"), ask("b")
    claimed(office, "worker01"), claimed(office, "worker02")
    assert give_back(office, "worker01") == ["queued"]
    with office.database.read() as session:
        assert sorted(session.scalars(select(Audit.state))) == ["queued", "running"]


def test_an_audit_that_ends_its_worker_three_times_is_given_up_with_a_sentence(office, ask):
    audit_id, _ = ask()
    states = []
    for _ in range(3):
        claimed(office)
        states += give_back(office, "worker01")
    assert states == ["queued", "queued", "failed"]
    assert "3 times" in row(office, audit_id).fault and claimed(office) is None


def test_what_was_to_be_cancelled_when_its_worker_died_is_not_begun_again(office, ask):
    audit_id, _ = ask()
    claimed(office)
    with office.database.begin() as session:
        queue.cancel(session, session.get_one(Audit, audit_id))
    assert give_back(office, "worker01") == ["cancelled"]


def test_a_glance_sees_what_waits(office, ask):
    def waits() -> bool:
        with office.database.read() as session:
            return queue.waits(session)

    assert not waits()
    ask()
    assert waits()
    claimed(office)
    assert not waits()
    run_out(office)
    assert waits()
