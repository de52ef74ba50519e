"""`mednec serve` and `mednec trail`, as they are run."""

import json
import re
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest
from click.testing import CliRunner

import mednec.cli_office as commands
from mednec.cli import cli
from mednec.errors import MednecError, MissingPackage
from mednec.office.opening import open_office
from mednec.store import trail


@pytest.fixture
def written(place, office, somebody):
    """An office's options, whose trail has five lines."""
    visitor = somebody("manager")
    for number in range(5):
        with office.database.begin() as session:
            trail.write(session, visitor, "open case", ("case", str(number)))
    return ["--folder", str(place.folder), "--database", place.url]


def run(*words: object):
    return CliRunner().invoke(cli, [str(word) for word in words])


def test_a_trail_is_verified_exported_and_verified_again(written, tmp_path):
    told = run("trail", "verify", *written)
    assert told.exit_code == 0 and "5 lines" in told.output
    file = tmp_path / "trail.jsonl"
    assert "5 lines" in run("trail", "export", file, *written).output
    head = re.search(r"[0-9a-f]{64}", told.output).group()
    assert run("trail", "verify", file, "--head", head).exit_code == 0
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:-1]))
    assert run("trail", "verify", file).exit_code == 0
    assert run("trail", "verify", file, "--head", head).exit_code == 1


@pytest.mark.parametrize("damage", ["altered", "no JSON", "no line of a trail", "removed"])
def test_a_damaged_export_is_said_to_be_broken(written, tmp_path, damage):
    file = tmp_path / "trail.jsonl"
    run("trail", "export", file, *written)
    lines = file.read_text().splitlines()
    third = {
        "altered": lines[2].replace("open case", "close case"),
        "no JSON": lines[2][:40],
        "no line of a trail": json.dumps({"number": 3}),
        "removed": lines[3],
    }
    lines[2] = third[damage]
    file.write_text("\n".join(lines))
    told = run("trail", "verify", file)
    assert told.exit_code == 1 and "broken" in told.output


def test_verifying_where_there_is_no_office_makes_none(tmp_path):
    told = run("trail", "verify", "--folder", tmp_path / "nowhere")
    assert isinstance(told.exception, MednecError) and not (tmp_path / "nowhere").exists()


def test_a_database_that_is_away_is_told_without_its_password(tmp_path):
    told = run("trail", "verify", "--folder", tmp_path, "--database", "postgresql://me:secret@127.0.0.1:1/none")
    assert "cannot be opened" in str(told.exception) and "secret" not in str(told.exception)


def test_a_missing_package_is_named(monkeypatch):
    monkeypatch.setattr(commands, "find_spec", lambda name: None if name == "uvicorn" else object())
    told = run("serve")
    assert isinstance(told.exception, MissingPackage) and "pip install 'mednec[serve]'" in str(told.exception)


def test_a_taken_port_is_told_in_a_sentence(place):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        where = ("--folder", place.folder, "--database", place.url, "--port", taken.getsockname()[1])
        told = subprocess.run(
            [sys.executable, "-m", "mednec", "serve", *map(str, where)], capture_output=True, text=True, timeout=60
        )
    assert told.returncode == 2 and "choose another --port" in told.stderr and "Traceback" not in told.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_server_greets_answers_and_closes_when_told(place, number):
    words = ["serve", "--port", "0", "--folder", str(place.folder), "--database", place.url]
    command = [sys.executable, "-u", "-m", "mednec", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        try:
            at = re.search(r"http://\S+/", server.stdout.readline()).group()
            assert "/first?key=" in server.stdout.readline()
            with urllib.request.urlopen(at + "sign-in", timeout=30) as answer:
                assert answer.status == 200
            server.send_signal(number)
            _, faults = server.communicate(timeout=30)
        finally:
            server.kill()
    assert server.returncode == 0 and faults == ""


def test_an_office_is_the_same_after_it_was_closed(place, written):
    office = open_office(place)
    with office.database.read() as session:
        assert trail.verify(trail.lines(session)).count == 5
    office.database.close()
    assert written[1] == str(place.folder)
