"""Nothing of a patient stands in an address, a log, the trail or a message."""

from __future__ import annotations

import logging
import re
from html import unescape
from urllib.parse import unquote

import pytest

from mednec.roles import ROLES
from mednec.store.tables import Case, Entry, File

PATIENT = re.compile(r"beatriz|solano|consultation", re.IGNORECASE)


def addresses(page, names="href|action|formaction|src|data-progress"):
    """Every address that a page leads to, itself or by a form."""
    found = re.findall(rf'\b(?:{names})="([^"]*)"', page)
    return {unescape(one).partition("#")[0] for one in found if not one.startswith(("data:", "#"))}


def crawled(client, start):
    """The pages that links lead to from `start`, by address; those of one word each are looked at for some words."""
    waiting, seen, words = [start], {}, 0
    while waiting:
        address = waiting.pop()
        words += "/audit/read/" in address
        if address in seen or address.startswith("/static/") or ("/audit/read/" in address and words > 20):
            continue
        answer = client.get(address)
        seen[address] = answer
        if answer.headers["content-type"].startswith("text/html") and "content-disposition" not in answer.headers:
            waiting += sorted(addresses(answer.text, "href|src|data-progress"))
    return seen


@pytest.fixture(scope="module")
def visited(world):
    """Everything that somebody with all roles comes to by links, and what was logged meanwhile."""
    kept = []

    class Keeper(logging.Handler):
        def emit(self, record):
            kept.append(self.format(record))

    keeper, root = Keeper(), logging.getLogger()
    level = root.level
    root.addHandler(keeper)
    root.setLevel(logging.DEBUG)
    objects = world.objects()
    seen = crawled(world.client(ROLES), f"/cases/{objects['case_id']}") | crawled(world.client(ROLES), "/")
    root.removeHandler(keeper)
    root.setLevel(level)
    return objects, seen, kept


def test_every_link_leads_to_something(visited):
    objects, seen, _ = visited
    assert len(seen) > 20
    assert any("Solano" in answer.text for answer in seen.values())  # the pages themselves do show the patient
    assert objects["case_id"] in "".join(seen)
    assert {address: answer.status_code for address, answer in seen.items() if answer.status_code >= 400} == {}


def test_no_address_names_the_patient_or_a_file(visited):
    _, seen, _ = visited
    pages = [answer.text for answer in seen.values() if answer.headers["content-type"].startswith("text/html")]
    told = {one for page in pages for one in addresses(page)}
    told |= {answer.headers["location"] for answer in seen.values() if "location" in answer.headers}
    assert [one for one in told | set(seen) if PATIENT.search(unquote(one))] == []


def test_no_log_names_the_patient(visited):
    _, _, logged = visited
    ours = [line for line in logged if "HTTP Request" not in line]  # what the test's own client says of itself
    assert [line for line in ours if PATIENT.search(line)] == []


def test_the_trail_holds_no_name_of_patient_or_file(world, visited):
    assert visited
    with world.office.database.read() as database:
        assert database.query(Case).first().patient == "Beatriz N. Solano"
        assert database.query(File).count() > 0
        lines = [f"{entry.action} {entry.object} {entry.details}" for entry in database.query(Entry)]
    assert lines
    assert [line for line in lines if PATIENT.search(line)] == []


@pytest.mark.parametrize("path", ["/cases/{case_id}/files/{person_id}", "/api/cases/{person_id}", "/cases/{file_id}"])
def test_no_message_names_the_patient(world, visited, path):
    answer = world.client(ROLES).get(path.format(**visited[0]))
    assert answer.status_code == 404
    assert not PATIENT.search(answer.text)
