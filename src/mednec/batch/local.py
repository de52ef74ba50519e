"""Jobs in, records in a journal out: the engine that uses the processors of one machine."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from mednec.batch.charts import Job
from mednec.batch.journal import Journal
from mednec.batch.tables import rows_of_failure
from mednec.batch.work import LONGEST, packed, rows_of_job

GROUP = 16  # charts that a worker gets at once, at most
GROUP_BYTES = 256 * 1024
AHEAD = 3  # groups waiting for each worker: enough to keep it busy, few enough to bound memory
ATTEMPTS = 3  # how often a chart is tried that was being read when a worker died
Record = tuple[str, bytes]
Told = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Pace:
    """How many processes there are, and what each does with a chart."""

    workers: int
    with_findings: bool = False
    longest: float = LONGEST


def run(jobs: Sequence[Job], journal: Journal, pace: Pace, told: Told = lambda _: None) -> None:
    """Audit every job that the journal does not hold yet; `told` hears how many more were finished.

    The largest charts go first, so that none is left over at the end. When a worker dies, what it was reading is tried
    again, chart by chart; a chart whose worker dies every time is recorded as a failure.
    """
    open_jobs = sorted((job for job in jobs if job.chart not in journal.done), key=lambda job: (-job.size, job.chart))
    suspects = _run_groups(_groups(open_jobs), journal, pace, told)
    for job in suspects:
        _alone(job, journal, pace)
        told(1)


def _groups(jobs: Sequence[Job]) -> Iterator[list[Job]]:
    """The jobs in order, large ones alone, small ones together."""
    group: list[Job] = []
    for job in jobs:
        if group and (len(group) >= GROUP or sum(one.size for one in group) + job.size > GROUP_BYTES):
            yield group
            group = []
        group.append(job)
    if group:
        yield group


def _run_groups(groups: Iterator[list[Job]], journal: Journal, pace: Pace, told: Told) -> list[Job]:
    """Run all groups in a pool, in a new one after each that broke; the jobs that were under way when one did."""
    suspects: list[Job] = []
    exhausted = False
    while not exhausted:
        with _pool(pace.workers) as pool:
            waiting: dict[Future[list[Record]], list[Job]] = {}
            try:
                while True:
                    while len(waiting) < pace.workers * AHEAD and (group := next(groups, None)):
                        waiting[pool.submit(_audit_group, group, pace)] = group
                    if not waiting:
                        exhausted = True
                        break
                    for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                        _keep(future.result(), journal)
                        told(len(waiting.pop(future)))
            except BrokenProcessPool:
                for future, group in waiting.items():
                    if future.done() and not future.exception():
                        _keep(future.result(), journal)
                        told(len(group))
                    else:
                        suspects += group
    return suspects


def _keep(records: list[Record], journal: Journal) -> None:
    for chart, data in records:
        journal.add(chart, data)


def _alone(job: Job, journal: Journal, pace: Pace) -> None:
    """Audit one chart in a process of its own, again where that dies, and record what came of it."""
    for _ in range(ATTEMPTS):
        with _pool(1) as pool:
            try:
                return _keep(pool.submit(_audit_group, [job], pace).result(), journal)
            except BrokenProcessPool:
                continue
    explanation = f"the process that read it died {ATTEMPTS} times (out of memory?); audit this chart by itself"
    journal.add(job.chart, packed(rows_of_failure(job.chart, job.clinician, "process", explanation)))
    return None


def _pool(workers: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn" if os.name == "nt" else "forkserver")
    if hasattr(context, "set_forkserver_preload"):
        context.set_forkserver_preload(["mednec.batch.work"])
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_follow, initargs=(os.getpid(),))


def _follow(parent: int) -> None:
    """End this worker when the run that it works for is gone."""

    def watch() -> None:
        while _is_alive(parent):
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _audit_group(jobs: list[Job], pace: Pace) -> list[Record]:
    return [(job.chart, packed(rows_of_job(job, pace.with_findings, pace.longest))) for job in jobs]
