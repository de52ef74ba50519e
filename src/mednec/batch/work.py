"""One chart of a batch in, its rows out; nothing that is wrong with a chart ends the batch."""

from __future__ import annotations

import json
import signal
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mednec.auditor import audit_files
from mednec.batch.charts import Job
from mednec.batch.tables import Rows, rows_of_audit, rows_of_failure
from mednec.errors import MednecError, PolicyError, RequestError
from mednec.requests import Fields, parse_request

LONGEST = 900.0  # seconds of processor time that one chart may take; a machine that is busy or sleeps fails none


class TooLong(Exception):  # noqa: N818
    """A chart took longer than it may."""


def rows_of_job(job: Job, with_findings: bool = False, longest: float = LONGEST) -> Rows:
    """The rows of a chart whose files lie on this machine, or the row that says why it could not be audited."""
    if job.fault:
        return rows_of_failure(job.chart, job.clinician, "input", job.fault)
    files = ((name, Path(path)) for name, path in job.files)
    contents = ((name, path.read_bytes()) for name, path in files)
    return rows_of_chart(job.chart, contents, job.request, job.clinician, with_findings=with_findings, longest=longest)


def rows_of_chart(
    chart: str,
    files: Iterable[tuple[str, bytes]],
    request: Mapping[str, Any],
    clinician: str | None,
    **how: Any,
) -> Rows:
    """The rows of a chart given as its files' names and bytes; both engines call this."""
    longest = how.get("longest", LONGEST)
    try:
        with at_most(longest):
            asked = parse_request(Fields(request["texts"], request["lists"]))
            audit, findings = audit_files(files, asked)
            return rows_of_audit(chart, clinician, audit, findings if how.get("with_findings") else ())
    except TooLong:
        return rows_of_failure(
            chart, clinician, "time", f"reading it took more than {longest:g} seconds of processor time"
        )
    except RequestError as error:
        return rows_of_failure(chart, clinician, "request", str(error))
    except PolicyError as error:
        return rows_of_failure(chart, clinician, "policy", str(error))
    except (MednecError, OSError) as error:
        return rows_of_failure(chart, clinician, "unreadable", _reason(error))
    except Exception as error:  # one bad chart must not end the run; its text must not reach the table of failures
        return rows_of_failure(chart, clinician, "fault", f"this is a fault of mednec ({type(error).__name__})")


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, MednecError) else f"a file cannot be opened ({type(error).__name__})"


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Stop what runs within after so many seconds of processor time; not on Windows, nor off the main thread."""
    try:
        before = signal.signal(signal.SIGPROF, _stop)
    except (AttributeError, ValueError):
        yield
        return
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _stop(*_: object) -> None:
    raise TooLong


def packed(rows: Rows) -> bytes:
    """Rows as bytes to send and to store."""
    return zlib.compress(
        json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"), 1
    )


def unpacked(data: bytes) -> Rows:
    """The rows that `packed` was given."""
    rows: Rows = json.loads(zlib.decompress(data).decode("utf-8", "surrogatepass"))
    return rows
