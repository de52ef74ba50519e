"""Workers: an audit is done once, whatever becomes of whoever does it."""

import json
import os
import signal
import threading
import time
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from mednec.exchange import from_bytes
from mednec.office import pulse, readiness, workers
from mednec.office.auditing import audit_state, cancel_audit, start_audit
from mednec.office.cases import add_files
from mednec.office.pictures import files_of_audit
from mednec.office.pulse import Pulse, Stopped
from mednec.office.workers import Pool, work_once
from mednec.store import queue
from mednec.store.blobs import DatabaseBlobs
from mednec.store.tables import Audit, Case, Entry, File, Judgement
from mednec.synthesis import cases

NOTE = "Office Visit\nDate of service: 2026-10-01\nPain 8/10 for six months.\n"


@pytest.fixture
def clinician(somebody):
    return somebody("clinician")


@pytest.fixture
def ask(office, clinician):
    """Opens a case of one note and asks for its audit."""

    def asked(text: str = NOTE) -> str:
        key = office.blobs.put(text.encode())
        request = {"service": "esi.init", "date": "2026-12-01", "side": "left", "policy": "L39240"}
        with office.database.begin() as session:
            case = Case(
                practice_id=clinician.practice_id,
                request={"texts": request, "lists": {"levels": ["L4-L5"], "procedure": ["64483"]}},
                service="esi.init",
                planned=date(2026, 12, 1),
                created_by=clinician.person_id,
            )
            session.add(case)
            session.flush()
            size = len(text)
            session.add(File(case_id=case.id, name="a.txt", sha256=key, size=size, added_by=clinician.person_id))
        return start_audit(office, clinician, case.id)

    return asked


def row(office, audit_id) -> Audit:
    with office.database.read() as session:
        return session.get_one(Audit, audit_id)


def judgements(office) -> list[Judgement]:
    with office.database.read() as session:
        return list(session.scalars(select(Judgement)))


def actions(office) -> list[str]:
    with office.database.read() as session:
        return list(session.scalars(select(Entry.action).order_by(Entry.number)))


def wait_until(true, seconds=30.0):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)


def test_an_audit_is_read_judged_and_told_in_the_trail(office, ask):
    audit_id = ask()
    assert work_once(office, "worker01")
    audit = row(office, audit_id)
    assert (audit.state, audit.lease, audit.fault, audit.attempts) == ("done", None, None, 1)
    assert [document.source for document in from_bytes(office.blobs.get(audit.reading)).documents] == ["a.txt"]
    assert [(one.audit_id, one.number) for one in judgements(office)] == [(audit_id, 1)]
    assert actions(office) == ["start audit", "finish audit"]
    assert not work_once(office, "worker01")


def test_a_chart_that_cannot_be_read_fails_with_a_sentence(office, ask):
    audit_id = ask("")
    work_once(office, "worker01")
    audit = row(office, audit_id)
    assert audit.state == "failed" and audit.fault and "fault of mednec" not in audit.fault
    assert judgements(office) == [] and actions(office)[-1] == "fail audit"


def test_a_fault_of_the_program_is_told_without_a_word_of_the_chart(office, ask, monkeypatch, caplog):
    def broken(*_: object) -> None:
        raise ValueError("Pain 8/10 for six months.")

    monkeypatch.setattr(workers, "read_and_find", broken)
    audit_id = ask()
    work_once(office, "worker01")
    told = row(office, audit_id).fault + caplog.text
    assert "ValueError" in told and "six months" not in told


def test_what_fails_while_judging_leaves_the_audit_unfinished_and_is_told(office, ask, monkeypatch):
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(workers, "judge", broken)
    audit_id = ask()
    work_once(office, "worker01")
    audit = row(office, audit_id)
    assert (audit.state, audit.reading) == ("failed", None) and "ZeroDivisionError" in audit.fault


def test_a_request_changed_while_it_was_judged_is_judged_anew(office, ask, monkeypatch):
    def slow(*given: object):
        seen = foresee(*given)
        with office.database.begin() as session:
            case = session.scalars(select(Case)).one()
            case.request = {**case.request, "texts": {**case.request["texts"], "side": "right"}}
        return seen

    foresee = workers.foresee
    monkeypatch.setattr(workers, "foresee", slow)
    ask()
    work_once(office, "worker01")
    (judgement,) = judgements(office)
    assert json.loads(office.blobs.get(judgement.result))["request"]["side"] == "right"


def test_documents_and_readings_may_lie_in_the_database(office, ask):
    kept = replace(office, blobs=DatabaseBlobs(office.database))
    audit_id = ask()
    kept.blobs.put(NOTE.encode())
    before = sorted(office.blobs.folder.glob("*/*"))
    work_once(kept, "worker01")
    assert row(office, audit_id).state == "done"
    assert from_bytes(kept.blobs.get(row(office, audit_id).reading)).documents
    assert json.loads(kept.blobs.get(judgements(office)[0].result))["criteria"]
    assert sorted(office.blobs.folder.glob("*/*")) == before


def test_a_worker_whose_lease_is_lost_keeps_nothing(office, ask, monkeypatch):
    def slow(*given: object):
        with office.database.begin() as session:
            queue.give_back(session, "worker01")
        return read(*given)

    read = workers.read_and_find
    monkeypatch.setattr(workers, "read_and_find", slow)
    audit_id = ask()
    work_once(office, "worker01")
    assert row(office, audit_id).state == "queued" and judgements(office) == []
    monkeypatch.undo()
    work_once(office, "worker02")
    assert row(office, audit_id).state == "done" and len(judgements(office)) == 1


def test_files_that_were_added_meanwhile_are_read_too_and_only_once(office, clinician, ask):
    first = ask()
    key = office.blobs.put(b"Physical therapy, 12 visits, 2026-09-01.")
    with office.database.begin() as session:
        case_id = session.get_one(Audit, first).case_id
        session.add(File(case_id=case_id, name="b.txt", sha256=key, size=9, added_by=clinician.person_id))
    work_once(office, "worker01")
    documents = from_bytes(office.blobs.get(row(office, first).reading)).documents
    assert [document.source for document in documents] == ["a.txt", "b.txt"]
    assert start_audit(office, clinician, case_id) == first


def test_progress_is_seen_and_a_cancelled_reading_stops_at_its_next_step(office, clinician, ask, monkeypatch):
    def endless(_files: object, tell) -> None:
        for number in range(10_000):
            tell("reading documents", number, 10_000)
            time.sleep(0.02)

    monkeypatch.setattr(workers, "read_and_find", endless)
    audit_id = ask()
    worker = threading.Thread(target=work_once, args=(office, "worker01"))
    worker.start()
    wait_until(lambda: audit_state(office, clinician, audit_id).total == 10_000)
    cancel_audit(office, clinician, audit_id)
    worker.join(20)
    assert audit_state(office, clinician, audit_id).state == "cancelled"
    assert actions(office) == ["start audit", "cancel audit"]


def test_a_reading_that_hangs_is_ended_with_its_process_and_the_row_says_why(office, ask):
    audit_id = ask()
    with office.database.begin() as session:
        held = queue.claim(session, "worker01")
    hanging = Pulse(office, held, longest=0.1)
    ended = threading.Event()
    hanging.end_process = lambda _code: ended.set()
    with hanging:
        assert ended.wait(10)
    audit = row(office, audit_id)
    assert audit.state == "failed" and "longer than 0.1 seconds" in audit.fault


def test_a_cancelled_reading_that_hangs_is_ended_with_its_process(office, clinician, ask, monkeypatch):
    monkeypatch.setattr(pulse, "GRACE", 0.1)
    audit_id = ask()
    with office.database.begin() as session:
        held = queue.claim(session, "worker01")
    cancel_audit(office, clinician, audit_id)
    hanging = Pulse(office, held)
    ended = threading.Event()
    hanging.end_process = lambda _code: ended.set()
    with hanging:
        assert ended.wait(20)
    assert row(office, audit_id).state == "cancelled"


def test_a_reading_that_was_given_to_another_is_told_to_stop(office, ask):
    ask()
    with office.database.begin() as session:
        held = queue.claim(session, "worker01")
        queue.give_back(session, "worker01")
    with Pulse(office, held) as beating:
        wait_until(lambda: beating._word is queue.Word.LOST)
        with pytest.raises(Stopped):
            beating.tell("reading", 1, 2)


def test_a_killed_worker_is_replaced_and_its_audit_done_all_the_same(place, office, ask):
    texts = ["\n\n".join(f"{name}\n{text}" for name, text in case.documents.items()) for case in cases(6, seed=4)]
    asked = [ask(text) for text in texts]
    with Pool(place, 2) as pool:
        wait_until(lambda: any(row(office, audit_id).state == "done" for audit_id in asked), 60)
        for process in pool.processes:
            os.kill(process, signal.SIGKILL)
        wait_until(lambda: all(row(office, audit_id).state == "done" for audit_id in asked), 60)
    assert sorted(one.audit_id for one in judgements(office)) == sorted(asked)


def test_a_pool_that_is_closed_gives_back_what_it_held_without_blame(place, office, ask):
    long = "\n".join(f"Visit {number}: pain {number % 10}/10, therapy for six weeks." for number in range(40_000))
    audit_id = ask(long)
    with Pool(place, 1):
        wait_until(lambda: row(office, audit_id).state == "running", 60)
    audit = row(office, audit_id)
    assert (audit.state, audit.attempts, audit.lease) == ("queued", 0, None)


def test_an_audit_counts_as_having_read_what_was_added_while_it_waited(office, clinician, ask):
    audit_id = ask()
    case_id = row(office, audit_id).case_id
    add_files(office, clinician, case_id, [("later.txt", b"Pain 6/10 at the last visit.")])
    assert work_once(office, "worker01")
    with office.database.read() as session:
        read = files_of_audit(session, session.get_one(Audit, audit_id))
    assert [name for name, _ in read] == ["a.txt", "later.txt"]
    assert [line.stale for line in readiness.queue(office, clinician)] == [False]
    add_files(office, clinician, case_id, [("too-late.txt", b"Pain 5/10.")])
    assert [line.stale for line in readiness.queue(office, clinician)] == [True]
