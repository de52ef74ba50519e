"""Audits that wait in, readings and first judgements out: what a worker process does, and the pool of them.

Nothing of a chart is logged: only ids, and the kind of a fault.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
import time
from contextlib import suppress
from multiprocessing.process import BaseProcess
from types import TracebackType

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from mednec.auditor import read_and_find
from mednec.errors import MednecError
from mednec.exchange import to_bytes
from mednec.office.auditing import fail_audit, inputs_now, lock_case
from mednec.office.desk import Office
from mednec.office.judging import foresee, judge
from mednec.office.opening import Place, open_office
from mednec.office.pulse import LONGEST, Pulse, Stopped
from mednec.store import queue, trail
from mednec.store.queue import Claim, LeaseLost
from mednec.store.tables import Audit, Case

LOOK = 0.5  # seconds between two looks for work, and at the workers
NICE = 10  # people at their pages go before audits
SETTLED = 5.0  # seconds that a worker must live for its successor to begin at once
LONGEST_REST = 30.0
LOG = logging.getLogger("mednec.office")
FAULT = (
    "this is a fault of mednec ({kind}), not of the chart; start the audit again, and if it comes back, "
    "remove the file that was added last and report the kind of the fault"
)


def work_once(office: Office, worker: str, longest: float = LONGEST) -> bool:
    """Do the audit that has waited longest; whether there was one. Whatever goes wrong is written to its row."""
    claimed = _claimed(office, worker)
    if claimed is None:
        return False
    held, files = claimed
    if files is None:
        return True
    try:
        _audit(office, held, files, longest)
    except (LeaseLost, Stopped):
        LOG.info("audit %s: stopped", held.audit_id)
        _end(office, held, None)
    except MednecError as error:
        _end(office, held, str(error))
    except Exception as error:  # a fault must reach its row, and its text may hold words of the chart
        LOG.error("audit %s: %s", held.audit_id, type(error).__name__)
        _end(office, held, FAULT.format(kind=type(error).__name__))
    return True


def run_worker(place: Place, worker: str, longest: float = LONGEST) -> None:
    """A worker process: does audits until it is ended, or its server is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a key at the terminal is for the server, which ends its workers
    with suppress(AttributeError, OSError):
        os.nice(NICE)
    office = open_office(place)
    server = multiprocessing.parent_process()
    while server is None or server.is_alive():
        if not _waits(office) or not work_once(office, worker, longest):
            time.sleep(LOOK)


def _waits(office: Office) -> bool:
    with office.database.read() as session:
        return queue.waits(session)


def _claimed(office: Office, worker: str) -> tuple[Claim, list[tuple[str, str]] | None] | None:
    """A claim with names and hashes of its files; without them where there is nothing left to do for it."""
    with office.database.begin() as session:
        _given_back(session, queue.give_back(session))
        held = queue.claim(session, worker)
        if held is None:
            return None
        files = inputs_now(session, held.audit_id)
        if files is None:
            queue.stop(session, held)
            return held, None
        return held, [(file.name, file.sha256) for file in files]


def _audit(office: Office, held: Claim, files: list[tuple[str, str]], longest: float) -> None:
    with Pulse(office, held, longest) as pulse:
        contents = [(name, office.blobs.get(sha256)) for name, sha256 in files]
        read = read_and_find(contents, pulse.tell)
        pulse.tell("judging", 0, 0)
        foreseen = foresee(office, held.case_id, read)
        reading = office.blobs.put(to_bytes(read))
        with office.database.begin() as session:
            lock_case(session, held.case_id)
            queue.finish(session, held, reading)
            judgement = judge(session, office, held.audit_id, foreseen)
            told = {"case": held.case_id, "judgement": judgement}
            trail.write_by_program(session, held.practice_id, "finish audit", ("audit", held.audit_id), **told)


def _end(office: Office, held: Claim, fault: str | None) -> None:
    """Write to the row why there is no result, where it is still ours to write."""
    with suppress(LeaseLost), office.database.begin() as session:
        if fault is None:
            queue.stop(session, held)
        else:
            fail_audit(session, held, fault)


def _given_back(session: Session, audits: list[Audit]) -> None:
    for audit in audits:
        LOG.warning("audit %s: its worker is gone, it is now %s", audit.id, audit.state)
        if audit.state == "failed":
            practice_id = session.get_one(Case, audit.case_id).practice_id
            trail.write_by_program(session, practice_id, "fail audit", ("audit", audit.id), case=audit.case_id)


class Pool:
    """So many worker processes, kept alive while the pool is open; what a dead one held is given back at once."""

    def __init__(self, place: Place, count: int, longest: float = LONGEST) -> None:
        self.place = place
        self.longest = longest
        self._office = open_office(place)
        self._workers: list[_Worker] = [_Worker(self) for _ in range(count)]
        self._closing = threading.Event()
        self._watch = threading.Thread(target=self._watching, name="pool", daemon=True)

    def __enter__(self) -> Pool:
        for worker in self._workers:
            worker.start()
        self._watch.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._closing.set()
        self._watch.join()
        for worker in self._workers:
            worker.end()
            self._give_back(worker.name, blamed=False)
        self._office.database.close()

    @property
    def processes(self) -> list[int]:
        """The process ids of the workers that live."""
        return [worker.process.pid for worker in self._workers if worker.process and worker.process.pid]

    def _watching(self) -> None:
        while not self._closing.wait(LOOK):
            for worker in self._workers:
                if worker.is_due():
                    self._replace(worker)

    def _replace(self, worker: _Worker) -> None:
        try:
            self._give_back(worker.name, blamed=True)
            worker.start()
        except (SQLAlchemyError, OSError) as error:  # the database may be away for a moment; the next look is soon
            LOG.warning("a worker could not be replaced yet (%s)", type(error).__name__)

    def _give_back(self, name: str, *, blamed: bool) -> None:
        with self._office.database.begin() as session:
            _given_back(session, queue.give_back(session, name, blamed=blamed))


class _Worker:
    """One place of a pool: the process that fills it, and how long it rests after one that died early."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.name = queue.new_worker()
        self.process: BaseProcess | None = None
        self._begun = 0.0
        self._rest = 0.0

    def start(self) -> None:
        """Begin a new process under a new name."""
        self.name = queue.new_worker()
        given = (self.pool.place, self.name, self.pool.longest)
        self.process = multiprocessing.get_context("spawn").Process(target=run_worker, args=given, daemon=True)
        self._begun = time.monotonic()
        self.process.start()

    def is_due(self) -> bool:
        """Whether the process has died and its successor may begin."""
        if self.process is None or self.process.is_alive():
            return False
        lived = time.monotonic() - self._begun
        self._rest = 0.0 if lived > SETTLED + self._rest else min(self._rest or 1.0, LONGEST_REST)
        if lived < self._rest:
            return False
        self._rest *= 2
        return True

    def end(self) -> None:
        """End the process, kindly and then not."""
        if self.process is None:
            return
        self.process.terminate()
        self.process.join(5)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
