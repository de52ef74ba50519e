"""Many charts in, tables of audits out: on this machine's processors or on a Spark cluster, the same rows."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import mednec
from mednec.batch import bulk, local
from mednec.batch.charts import Job, jobs_in
from mednec.batch.journal import Journal
from mednec.batch.store import write_tables
from mednec.batch.tables import SCHEMAS
from mednec.batch.work import LONGEST
from mednec.errors import BatchError

__all__ = [
    "Finished",
    "How",
    "Job",
    "cohort_report",
    "jobs_in",
    "review_report",
    "run_batch",
    "run_on_spark",
    "sample_report",
    "summary",
]

WORK = ".work"  # the folder below the output that a run goes on from
Told = Callable[[int, int], None]  # charts finished so far, and of how many


@dataclass(frozen=True, slots=True)
class How:
    """How a batch is run; `longest` is how many seconds one chart may take."""

    requests: Path | None = None  # what is requested, where the charts do not say so themselves
    workers: int | None = None
    with_findings: bool = False
    restart: bool = False
    longest: float = LONGEST


AS_USUAL = How()


@dataclass(frozen=True, slots=True)
class Finished:
    """What a run did: all charts that were asked for, and those of them that this call had to audit."""

    charts: int
    audited: int
    out: Path


def _untold(_done: int, _of: int) -> None:
    """Nobody listens to how far a run is."""


def run_batch(source: Path, out: Path, how: How = AS_USUAL, told: Told = _untold) -> Finished:
    """Audit every chart of `source` with this machine's processors and write the tables below `out`.

    An interrupted run goes on where it was when it is called again with the same arguments. Raises BatchError where
    there is nothing to audit, or `out` holds a run of another program or other policies.
    """
    if how.restart:
        shutil.rmtree(out / WORK, ignore_errors=True)
    jobs = _jobs(source, out, how.requests)
    run = {"program": program(), "findings": str(how.with_findings)}
    with Journal(_made(out) / WORK / "journal", run) as journal:
        held = sum(job.chart in journal.done for job in jobs)
        finished = held

        def tell(more: int) -> None:
            nonlocal finished
            finished += more
            told(finished, len(jobs))

        tell(0)
        local.run(jobs, journal, local.Pace(how.workers or os.cpu_count() or 1, how.with_findings, how.longest), tell)
        write_tables(journal, out, tables(how.with_findings))
    return Finished(len(jobs), len(jobs) - held, out)


def run_on_spark(source: Path, out: Path, how: How = AS_USUAL) -> Finished:
    """The same on the Spark cluster of the current session (a local one where there is none)."""
    from mednec.batch import spark

    jobs = _jobs(source, _made(out), how.requests)
    records = spark.audit_jobs(spark.session(), jobs, with_findings=how.with_findings)
    spark.write_tables(records, out, tables(how.with_findings))
    return Finished(len(jobs), len(jobs), out)


def summary(finished: Finished) -> str:
    """What a run came to, in a sentence or two."""
    import pyarrow.dataset as dataset

    failed = dataset.dataset(finished.out / "failures", format="parquet").count_rows()
    went_on = finished.charts - finished.audited
    told = f"{finished.charts} charts" + (f" ({went_on} of them by an earlier run)" if went_on else "")
    why = f"; {failed} could not be audited, see the table failures" if failed else ""
    return f"{told} in {finished.out}{why}. Look at them with: mednec cohort {finished.out}"


def cohort_report(out: Path, *, as_json: bool = False, html: Path | None = None) -> str:
    """The cohort of a finished batch, as text or JSON; written as a page too, where that is wanted."""
    from mednec.batch import cohort, dashboard

    found = cohort.read_cohort(out)
    if html:
        try:
            html.write_text(dashboard.to_html(found), encoding="utf-8")
        except OSError as error:
            raise BatchError(f"{html} cannot be written ({error.strerror}); choose another path") from None
    return dashboard.to_json(found) if as_json else dashboard.to_text(found)


def sample_report(out: Path, path: Path, size: int | None, by: str, seed: int) -> str:
    """Draw a probe sample of a finished batch into a CSV file, and say how many were drawn."""
    from mednec.batch import cohort

    found = cohort.read_cohort(out)
    drawn = cohort.draw(found, size or cohort.sample_size(found.overall.charts), by, seed)
    cohort.write_sample(drawn, path)
    return f"{len(drawn)} charts drawn from {found.overall.charts}, by {by}, seed {seed}: {path}\n"


def review_report(path: Path) -> str:
    """What a reviewed sample says of the whole cohort that it was drawn from."""
    from mednec.batch import cohort, dashboard

    return dashboard.estimate_to_text(cohort.estimate(*cohort.read_review(path)))


def tables(with_findings: bool) -> tuple[str, ...]:
    """The tables of a run; that of all findings, the largest by far, only where it is wanted."""
    return tuple(table for table in SCHEMAS if with_findings or table != "findings")


def program() -> str:
    """The version of the program with a hash of its code, lexicons and policies: equal ones audit alike."""
    package = Path(mednec.__file__).parent
    hashed = sha256()
    for path in sorted(path for path in package.rglob("*") if path.suffix in (".py", ".yaml")):
        hashed.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{mednec.__version__}+{hashed.hexdigest()[:12]}"


def _jobs(source: Path, out: Path, requests: Path | None) -> list[Job]:
    if not bulk.is_export(source):
        return jobs_in(source, requests)
    if requests is None:
        raise BatchError(f"{source} is a FHIR bulk export; say what is requested for whom with --requests FILE")
    return jobs_in(bulk.by_patient(source, _made(out) / WORK / "charts"), requests)


def _made(out: Path) -> Path:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BatchError(f"{out} cannot be written to ({error.strerror}); choose another folder") from None
    return out
