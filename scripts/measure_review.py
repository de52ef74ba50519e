#!/usr/bin/env python3
"""How long a correction takes until the case is judged anew, and the work queue and dashboard of many cases.

usage: measure_review.py CHART_FOLDER [--times N] [--cases N]    (CHART_FOLDER holds chart/ and request.yaml)

The documents of the chart are taken N times, each with other words, so that none is a copy of another. On SQLite, in a
folder of its own that is thrown away.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import insert

from mednec.auditor import read_and_find
from mednec.exchange import text_hash, to_bytes
from mednec.office.cases import open_case
from mednec.office.desk import Office
from mednec.office.insights import insights
from mednec.office.judging import judge
from mednec.office.opening import Place, open_office
from mednec.office.readiness import queue
from mednec.office.reviewing import FindingPlace, Said, change_finding, overrule
from mednec.requests import read_fields
from mednec.store.accounts import Visitor, add_person, add_practice
from mednec.store.tables import Audit, Case, Gap, Judgement, new_id, now

ROUNDS = 7


def main() -> None:
    """Measure, and print a line each."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("chart", type=Path)
    parser.add_argument("--times", type=int, default=6)
    parser.add_argument("--cases", type=int, default=1000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        office = open_office(Place(Path(folder)))
        visitor = _visitor(office)
        _review(office, visitor, asked.chart, asked.times)
        _fill(office, visitor, asked.cases)
        _timed(f"work queue of {asked.cases} cases", lambda _: queue(office, visitor))
        _timed(f"dashboard of {asked.cases} cases", lambda _: insights(office, visitor))
        office.database.close()


def _review(office: Office, visitor: Visitor, chart: Path, times: int) -> None:
    files = [
        (f"{number:02} {file.name}", file.read_bytes() + f"\n{number}".encode() * file.name.endswith(".txt"))
        for number in range(times)
        for file in sorted((chart / "chart").iterdir())
    ]
    reading = read_and_find(files)
    data = to_bytes(reading)
    case_id = open_case(office, visitor, read_fields(chart / "request.yaml"))
    with office.database.begin() as database:
        audit = Audit(case_id=case_id, inputs="0" * 64, state="done", created_by=visitor.person_id, finished=now())
        audit.reading = office.blobs.put(data)
        database.add(audit)
        database.flush()
        judge(database, office, audit.id)
    pages = sum(max(1, len(one.pages)) for one in reading.documents)
    signs = sum(len(one.text) for one in reading.documents)
    print(f"{len(reading.documents)} documents, {pages} pages, {signs} characters; the reading has {len(data)} bytes")
    place = next(
        FindingPlace(text_hash(reading.document(one.document_id)), one.kind, one.concept, one.start, one.end)
        for found in reading.findings.values()
        for one in found
        if one.kind == "therapy"
    )
    key = _criterion(office, case_id)
    _timed("overruling a status", lambda n: overrule(office, visitor, case_id, key, ("met", "not_met")[n % 2], "why"))
    told = ("past", "planned")
    _timed(
        "changing a finding",
        lambda n: change_finding(office, visitor, case_id, place, Said({"status": told[n % 2]}), "why"),
    )


def _criterion(office: Office, case_id: str) -> str:
    with office.database.read() as database:
        gap = database.query(Gap).join(Judgement).filter(Judgement.case_id == case_id).first()
        assert gap is not None
        return gap.criterion


def _fill(office: Office, visitor: Visitor, count: int) -> None:
    """Cases with two judgements of 25 criteria each."""
    base = {"practice_id": visitor.practice_id, "created_by": visitor.person_id, "request": {}, "service": "esi.init"}
    day = date(2026, 12, 1)
    cases = [
        {**base, "id": new_id(), "planned": day + timedelta(days=n % 60), "clinician": f"Dr. {n % 9}"}
        for n in range(count)
    ]
    told = {"inputs": "0" * 64, "state": "done", "created_by": visitor.person_id}
    audits = [{**told, "id": new_id(), "case_id": case["id"]} for case in cases]
    said = {"determination": "not_supported", "machine": "not_supported", "result": "0" * 64, "corrections": []}
    judgements = [
        {**said, "id": new_id(), "number": n, "case_id": audit["case_id"], "audit_id": audit["id"]}
        for audit in audits
        for n in (1, 2)
    ]
    gaps = [
        {
            **{"judgement_id": judgement["id"], "criterion": f"c{n}", "required": True, "asks": f"Is {n} documented?"},
            **{"status": "not_met" if n < 5 else "met", "whose": "clinician" if n < 5 else None},
        }
        for judgement in judgements
        for n in range(25)
    ]
    with office.database.begin() as database:
        for table, rows in ((Case, cases), (Audit, audits), (Judgement, judgements), (Gap, gaps)):
            database.execute(insert(table), rows)


def _visitor(office: Office) -> Visitor:
    with office.database.begin() as database:
        practice = add_practice(database, "Measured")
        roles = ("reviewer", "manager")
        return Visitor(add_person(database, practice, "somebody", "Somebody", roles), practice, "Somebody", roles)


def _timed(what: str, run: Callable[[int], object]) -> None:
    clock, cpu = [], []
    for number in range(ROUNDS):
        begun, spent = time.perf_counter(), time.process_time()
        run(number)
        clock.append(time.perf_counter() - begun)
        cpu.append(time.process_time() - spent)
    print(f"{what}: {statistics.median(clock):.2f} s by the clock, {statistics.median(cpu):.2f} CPU seconds (median)")


if __name__ == "__main__":
    main()
