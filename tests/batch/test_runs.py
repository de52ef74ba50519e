"""Runs of many charts: whatever happens on the way, the tables at the end are the same."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as parquet
import pytest

from mednec.batch import How, local, run_batch
from mednec.batch.journal import Journal, shard_of
from mednec.batch.tables import SCHEMAS
from mednec.errors import BatchError
from mednec.synthesis import cases, write

COUNT = 24


@pytest.fixture(scope="module")
def charts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("charts")
    for case in cases(COUNT, seed=7):
        write(case, folder)
    return folder


@pytest.fixture(scope="module")
def undisturbed(charts, tmp_path_factory):
    out = tmp_path_factory.mktemp("undisturbed")
    run_batch(charts, out, How(workers=2))
    return out


def rows(out, table):
    return parquet.read_table(out / table).to_pylist()


def contents(out):
    """The bytes of every table of a run."""
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.glob("[a-z]*/*.parquet"))}


def test_every_chart_is_audited_once(undisturbed):
    audits = rows(undisturbed, "audits")
    assert len(audits) == len({row["chart"] for row in audits}) == COUNT
    assert rows(undisturbed, "failures") == []


def test_the_audits_say_what_the_charts_were_made_to_have(undisturbed):
    said = {row["chart"]: row["determination"] for row in rows(undisturbed, "audits")}
    failing = {row["chart"]: set() for row in rows(undisturbed, "audits")}
    for row in rows(undisturbed, "criteria"):
        if row["required"] and row["status"] in ("not_met", "insufficient", "conflicting"):
            failing[row["chart"]].add(row["key"])
    for case in cases(COUNT, seed=7):
        assert said[case.name] in case.determinations
        assert case.fails is None or case.fails in failing[case.name]


def test_the_tables_have_the_documented_columns(undisturbed):
    for table in set(SCHEMAS) - {"findings"}:
        assert parquet.read_schema(next((undisturbed / table).glob("*.parquet"))).equals(SCHEMAS[table])


def test_one_worker_writes_the_same_bytes_as_two(charts, undisturbed, tmp_path):
    run_batch(charts, tmp_path, How(workers=1))
    assert contents(tmp_path) == contents(undisturbed)


def test_a_bad_chart_is_a_row_of_the_failures_and_not_the_end(tmp_path):
    for case in cases(2, seed=8):
        write(case, tmp_path / "charts")
    bad = tmp_path / "charts" / "bad"
    (bad / "chart").mkdir(parents=True)
    (bad / "request.yaml").write_text("service: esi.init\ndate: 2026-03-10\npolicy: L39240\n")
    (bad / "chart" / "scan.pdf").write_bytes(b"%PDF-1.7 torn")
    unasked = tmp_path / "charts" / "unasked"
    (unasked / "chart").mkdir(parents=True)
    (unasked / "chart" / "a.txt").write_text("HPI: pain.")
    (unasked / "request.yaml").write_text("service: no.such.service\n")
    finished = run_batch(tmp_path / "charts", tmp_path / "out", How(workers=1))
    failed = {row["chart"]: row["kind"] for row in rows(finished.out, "failures")}
    assert failed == {"bad": "unreadable", "unasked": "request"}
    assert len(rows(finished.out, "audits")) == 2


def test_a_run_killed_at_any_time_goes_on_and_ends_the_same(charts, undisturbed, tmp_path):
    command = [sys.executable, "-m", "mednec", "batch", str(charts), str(tmp_path), "--workers", "2", "--quiet"]
    for seconds in (1.5, 2.5, 3.0):
        run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(seconds)
        run.send_signal(signal.SIGKILL)
        run.wait()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert f"{COUNT} charts" in done.stdout
    assert contents(tmp_path) == contents(undisturbed)


def test_killed_workers_lose_no_chart(charts, undisturbed, tmp_path, monkeypatch):
    killed = []

    def tell(done, _of):
        if done and len(killed) < 2:
            for worker in workers_of(os.getpid()):
                os.kill(worker, signal.SIGKILL)
                killed.append(worker)
                return

    monkeypatch.setattr(local, "GROUP", 2)
    run_batch(charts, tmp_path, How(workers=2), tell)
    assert killed
    assert contents(tmp_path) == contents(undisturbed)


def workers_of(run):
    """The worker processes below a run's fork server."""
    children = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    servers = children.get(run, [])
    return [worker for server in servers for worker in children.get(server, [])]


def test_a_torn_record_is_cut_off_and_its_chart_audited_again(charts, undisturbed, tmp_path):
    run_batch(charts, tmp_path, How(workers=1))
    shard = max((tmp_path / ".work" / "journal").glob("[0-9]*"), key=lambda path: path.stat().st_size)
    with shard.open("r+b") as file:
        file.truncate(shard.stat().st_size - 5)
    finished = run_batch(charts, tmp_path, How(workers=1))
    assert finished.audited == 1
    assert contents(tmp_path) == contents(undisturbed)


def test_two_runs_do_not_write_to_one_folder(tmp_path):
    with Journal(tmp_path / "journal", {"program": "1"}), pytest.raises(BatchError, match="another run"):
        Journal(tmp_path / "journal", {"program": "1"})


def test_a_run_of_another_program_is_not_gone_on_with(tmp_path):
    Journal(tmp_path / "journal", {"program": "1"}).close()
    with pytest.raises(BatchError, match="--restart"):
        Journal(tmp_path / "journal", {"program": "2"})


def test_a_chart_is_kept_in_the_same_shard_everywhere():
    assert [shard_of(name) for name in ("a", "b", "chart-0000017")] == [
        shard_of(n) for n in ("a", "b", "chart-0000017")
    ]
    assert len({shard_of(str(number)) for number in range(500)}) == 32
