"""A claim in, a lease that stays alive while the chart is read; and the end of a reading that nobody wants any more."""

from __future__ import annotations

import logging
import multiprocessing
import os
import threading
import time
from collections.abc import Callable
from types import TracebackType

from sqlalchemy.exc import SQLAlchemyError

from mednec.office.auditing import fail_audit
from mednec.office.desk import Office
from mednec.store import queue
from mednec.store.queue import Claim, LeaseLost, Word

LONGEST = 900.0  # seconds that one audit may take
BEAT = 1.0  # seconds between two looks at the row
KEEP = 5.0  # seconds after which the lease is renewed though nothing is to be told
GRACE = 5.0  # seconds that a reading has to stop by itself
LOG = logging.getLogger("mednec.office")


class Stopped(Exception):  # noqa: N818
    """The audit was cancelled, or is in other hands."""


class Pulse(threading.Thread):
    """Renews the lease beside the reading; `tell` is called by the reading, and raises Stopped once it is to end.

    A reading that does not come to its next `tell` is ended with its process, and the row says why.
    """

    def __init__(self, office: Office, held: Claim, longest: float = LONGEST) -> None:
        super().__init__(name="pulse", daemon=True)
        self.office, self.held, self.longest = office, held, longest
        self.end_process: Callable[[int], object] = os._exit
        self._progress: tuple[str, int, int] | None = None
        self._word = Word.GO_ON
        self._over = threading.Event()
        self._begun = self._kept = time.monotonic()

    def __enter__(self) -> Pulse:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._over.set()
        self.join()

    def tell(self, step: str, done: int, total: int) -> None:
        """Say how far the reading is; raises Stopped where it is to end."""
        if self._word is not Word.GO_ON:
            raise Stopped
        self._progress = (step, done, total)

    def run(self) -> None:
        """Beat until the reading is over."""
        while not self._over.wait(BEAT):
            try:
                self._beat()
            except SQLAlchemyError as error:  # the database may be away for a moment; the lease outlasts that
                LOG.warning("audit %s: the lease was not renewed (%s)", self.held.audit_id, type(error).__name__)

    def _beat(self) -> None:
        server = multiprocessing.parent_process()
        if server is not None and not server.is_alive():
            self._leave(Word.LOST)
        if time.monotonic() - self._begun > self.longest:
            self._too_long()
        elif self._word is not Word.GO_ON:
            if time.monotonic() - self._kept > GRACE:
                self._leave(self._word)
        else:
            self._renew()

    def _renew(self) -> None:
        progress, self._progress = self._progress, None
        told = dict(zip(("step", "done", "total"), progress, strict=True)) if progress else {}
        if not told and time.monotonic() - self._kept < KEEP:
            with self.office.database.read() as session:
                self._word = queue.heard(session, self.held)
            if self._word is not Word.GO_ON:
                self._kept = time.monotonic()
            return
        with self.office.database.begin() as session:
            self._word = queue.renew(session, self.held, **told)
        self._kept = time.monotonic()

    def _too_long(self) -> None:
        fault = (
            f"reading the chart took longer than {self.longest:g} seconds; remove its largest file, "
            "or audit its files in parts, and start the audit again"
        )
        self._write(lambda session: fail_audit(session, self.held, fault))
        self.end_process(1)

    def _leave(self, word: Word) -> None:
        """End the process in the middle of its reading: it does not stop by itself, or its server is gone."""
        if word is Word.CANCEL:
            self._write(lambda session: queue.stop(session, self.held))
        else:
            name = self.held.lease[: queue.NAME_LENGTH]
            self._write(lambda session: queue.give_back(session, name, blamed=False))
        self.end_process(1)

    def _write(self, change: Callable[..., object]) -> None:
        try:
            with self.office.database.begin() as session:
                change(session)
        except LeaseLost:
            LOG.info("audit %s: in other hands by now", self.held.audit_id)
