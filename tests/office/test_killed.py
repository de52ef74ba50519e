"""Fifty uploads and audits while server and workers are killed at random: nothing is lost, half-done or done twice."""

import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import httpx2 as httpx
import pytest
from sqlalchemy import select

from mednec.exchange import from_bytes
from mednec.store import trail
from mednec.store.accounts import add_token
from mednec.store.queue import GIVEN_UP
from mednec.store.tables import Audit, Entry, File, Judgement
from mednec.synthesis import cases

SEED = 20261128
UPLOADS = 50
PEOPLE = 4
KILLS = 8
AT_MOST = 600.0  # seconds; a busy machine may need most of them


class Server:
    """`mednec serve` at one port, killed and begun again."""

    def __init__(self, place, folder: Path) -> None:
        self.log = (folder / "server.log").open("ab")
        self.words = ["--folder", str(place.folder), "--database", place.url, "--workers", "2"]
        self.port = 0
        self.process: subprocess.Popen | None = None

    def start(self) -> None:
        command = [sys.executable, "-u", "-m", "mednec", "serve", "--port", str(self.port), *self.words]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.log, text=True)
        told = self.process.stdout.readline()
        assert "open at" in told, Path(self.log.name).read_text()
        self.port = int(told.split("/ ")[0].rsplit(":", 1)[1])

    def workers(self) -> list[int]:
        """The process ids of the workers that live now."""
        children = ["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)]
        found = subprocess.run(children, capture_output=True, text=True, check=False)
        lines = (line.split(None, 1) for line in found.stdout.splitlines())
        return [int(pid) for pid, args in lines if "spawn_main" in args]

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def close(self) -> None:
        self.kill()
        self.log.close()


class Practice:
    """People who upload and ask for audits, and ask again until they are answered."""

    def __init__(self, server: Server, key: str) -> None:
        self.server, self.key = server, key
        self.uploaded: dict[str, dict[str, str]] = {}  # by case: name and hash of files that the server said it has
        self.asked: dict[str, str] = {}  # by case: the audit that the server said it will do
        self.faults: list[BaseException] = []

    def until_answered(self, method: str, path: str, **what) -> dict:
        end = time.monotonic() + AT_MOST
        while time.monotonic() < end:
            headers = {"authorization": f"Bearer {self.key}"}
            try:
                at = f"http://127.0.0.1:{self.server.port}{path}"
                answer = httpx.request(method, at, headers=headers, timeout=20, trust_env=False, **what)
            except httpx.TransportError:
                time.sleep(0.1)
                continue
            if answer.status_code == 429:
                time.sleep(1)
                continue
            assert answer.is_success, answer.text
            return answer.json()
        raise AssertionError("never answered")

    def work(self, charts) -> None:
        try:
            for chart in charts:
                self.one(chart)
        except BaseException as error:
            self.faults.append(error)

    def one(self, chart) -> None:
        case_id = self.until_answered("POST", "/api/cases", json=dict(chart.request))["id"]
        files = {name: text.encode() for name, text in chart.documents.items()}
        sent = [("files", (name, data, "text/plain")) for name, data in files.items()]
        self.until_answered("POST", f"/api/cases/{case_id}/files", files=sent)
        self.uploaded[case_id] = {name: sha256(data).hexdigest() for name, data in files.items()}
        self.asked[case_id] = self.until_answered("POST", f"/api/cases/{case_id}/audits")["id"]


@pytest.fixture
def server(place, tmp_path) -> Iterator[Server]:
    made = Server(place, tmp_path)
    made.start()
    yield made
    made.close()


@pytest.fixture
def practice(office, somebody, server):
    person = somebody("reviewer")
    with office.database.begin() as session:
        key = add_token(session, person.person_id, "uploads")
    return Practice(server, key)


def states(office) -> dict[str, str]:
    with office.database.read() as session:
        return {row.id: row.state for row in session.execute(select(Audit.id, Audit.state))}


def kill_at_random(server: Server, chance: random.Random) -> None:
    """Kill the server or one of its workers, and begin the server again."""
    if chance.random() < 0.5:
        server.kill()
        time.sleep(chance.uniform(0, 0.5))
        server.start()
    elif living := server.workers():
        subprocess.run(["kill", f"-{signal.SIGKILL.value}", str(chance.choice(living))], check=False)


def ask_again_where_given_up(office, practice) -> None:
    """What a person does where an audit has ended its worker three times: three kills may well meet the same one."""
    with office.database.read() as session:
        given_up = session.scalars(select(Audit.case_id).where(Audit.fault == GIVEN_UP)).all()
    for case_id in given_up:
        practice.asked[case_id] = practice.until_answered("POST", f"/api/cases/{case_id}/audits")["id"]


def test_nothing_is_lost_half_written_or_done_twice_though_server_and_workers_are_killed(office, server, practice):
    chance = random.Random(SEED)
    charts = list(cases(UPLOADS, seed=SEED))
    people = [threading.Thread(target=practice.work, args=(charts[number::PEOPLE],)) for number in range(PEOPLE)]
    for person in people:
        person.start()
    end = time.monotonic() + AT_MOST
    kills = 0
    while time.monotonic() < end and kills < KILLS:
        time.sleep(chance.uniform(0.2, 2.5))
        kill_at_random(server, chance)
        kills += 1
    for person in people:
        person.join(max(0.0, end - time.monotonic()))
    assert practice.faults == [] and len(practice.asked) == UPLOADS
    while time.monotonic() < end:
        ask_again_where_given_up(office, practice)
        if all(states(office)[audit_id] == "done" for audit_id in practice.asked.values()):
            break
        time.sleep(0.3)
    assert kills == KILLS
    everything_uploaded_is_there(office, practice)
    every_audit_is_done_once(office, practice)
    no_bytes_are_half_written(office)
    with office.database.read() as session:
        assert trail.verify(trail.lines(session)).is_intact


def everything_uploaded_is_there(office, practice) -> None:
    with office.database.read() as session:
        rows = session.scalars(select(File)).all()
    kept: dict[str, dict[str, str]] = {}
    for row in rows:
        assert row.name not in kept.setdefault(row.case_id, {}), "a file is there twice"
        kept[row.case_id][row.name] = row.sha256
        assert len(office.blobs.get(row.sha256)) == row.size
    assert {case_id: kept[case_id] for case_id in practice.uploaded} == practice.uploaded


def every_audit_is_done_once(office, practice) -> None:
    with office.database.read() as session:
        audits = session.scalars(select(Audit)).all()
        judgements = session.scalars(select(Judgement)).all()
        finished = session.scalars(select(Entry.object_id).where(Entry.action == "finish audit")).all()
    done = {audit.case_id: audit for audit in audits if audit.state == "done"}
    assert {case_id: audit.id for case_id, audit in done.items()} == practice.asked
    assert {audit.fault for audit in audits if audit.state != "done"} <= {GIVEN_UP}
    assert sorted(one.audit_id for one in judgements) == sorted(practice.asked.values()) == sorted(finished)
    assert {one.number for one in judgements} == {1}
    for case_id, audit in done.items():
        read = {document.source for document in from_bytes(office.blobs.get(audit.reading)).documents}
        assert read == set(practice.uploaded[case_id])
    for one in judgements:
        assert office.blobs.get(one.result)


def no_bytes_are_half_written(office) -> None:
    whole = [path for path in office.blobs.folder.glob("*/*") if path.parent.name != "unfinished"]
    assert len(whole) >= UPLOADS
    assert all(sha256(path.read_bytes()).hexdigest() == path.name for path in whole)
