"""A case in, the files that were asked for out: report, ledger, timeline, packet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from mednec.auditor import Case, record_packet, report_page, seal
from mednec.errors import MednecError
from mednec.reports import ledger_csv, ledger_xlsx, to_pdf, to_svg
from mednec.reports.packet import Bates, Packet, Progress

ENDINGS = {"report": (".html", ".htm"), "report as PDF": (".pdf",), "timeline": (".svg",)}
LEDGERS = {".csv": ledger_csv, ".xlsx": ledger_xlsx}


def deliver(case: Case, wanted: Mapping[str, Path]) -> Iterator[tuple[str, Path]]:
    """Write the files that are wanted, by what they are; give back what was written and where.

    Raises MednecError where a file cannot be made or written.
    """
    for name, path in wanted.items():
        if (ending := ENDINGS.get(name)) and path.suffix.lower() not in ending:
            raise MednecError(f"{path}: this file is to end with {' or '.join(ending)}; name it so")
    for name, path in wanted.items():
        write(path, MAKERS[name](case, path))
        yield name, path


def deliver_packet(case: Case, out: Path, numbering: tuple[str, int], progress: Progress) -> Packet:
    """Write the record of a case as one PDF, numbered with a prefix from a first number on.

    Raises MednecError where it cannot be made or written.
    """
    prefix, first = numbering
    if out.suffix.lower() != ".pdf":
        raise MednecError(f"{out}: a packet is a PDF; let its name end with .pdf")
    if not re.fullmatch(r"[A-Za-z0-9 _.-]{0,24}", prefix):
        raise MednecError(f"--bates {prefix!r}: use at most 24 letters, digits, blanks, dots, dashes")
    try:
        return record_packet(case, out, Bates(prefix, first), progress)
    except OSError as error:
        raise MednecError(f"{out}: it cannot be written there ({error.strerror}); choose another path") from None


def write(path: Path, data: bytes) -> None:
    """Write a file and the folders above it; a failure is one sentence."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise MednecError(f"{path}: it cannot be written there ({error.strerror}); choose another path") from None


def _report(case: Case, _path: Path) -> bytes:
    return report_page(case).encode("utf-8", "replace")


def _pdf(case: Case, _path: Path) -> bytes:
    return to_pdf(case.audit, case.chart.documents)


def _ledger(case: Case, path: Path) -> bytes:
    make = LEDGERS.get(path.suffix.lower())
    if make is None:
        raise MednecError(f"{path}: a ledger is written as {' or '.join(LEDGERS)}; choose one of these endings")
    return make(case.audit)


def _timeline(case: Case, path: Path) -> bytes:
    picture = to_svg(case.audit, standalone=True)
    if picture is None:
        raise MednecError(
            f"{path}: no timeline can be drawn; either nothing in the record has a date, "
            "or the plotting library is not installed: pip install 'mednec[plots]'"
        )
    return picture.encode()


def _seal(case: Case, _path: Path) -> bytes:
    return seal(case)


MAKERS: Mapping[str, Callable[[Case, Path], bytes]] = {
    "report": _report,
    "report as PDF": _pdf,
    "ledger": _ledger,
    "timeline": _timeline,
    "seal": _seal,
}
