"""An empty folder in, a running office with demo data and an example out: its address and a person's cookie."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import uvicorn

from mednec.office.auditing import start_audit
from mednec.office.cases import add_files, open_case
from mednec.office.demo import add_demo
from mednec.office.desk import Office
from mednec.office.opening import Place, open_office
from mednec.office.readiness import queue
from mednec.office.workers import Pool
from mednec.requests import fields_of
from mednec.roles import ROLES
from mednec.store.accounts import Visitor, add_person, add_practice, open_session, visitor_of
from mednec.web import create_app
from mednec.web.settings import Settings

EXAMPLE = Path(__file__).parents[1] / "examples" / "esi-contradicted"


@contextmanager
def serving(folder: Path) -> Iterator[tuple[str, str]]:
    """The server, once all audits are done; it ends with the block."""
    place = Place(folder)
    office = open_office(place)
    visitor, cookie = _person(office)
    server = uvicorn.Server(uvicorn.Config(create_app(office, Settings(folder)), port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    with Pool(place, 1):
        _fill(office, visitor)
        thread.start()
        while not server.started or any(row.readiness == "running" for row in queue(office, visitor)):
            time.sleep(0.2)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}", cookie
        server.should_exit = True
        thread.join()
    office.database.close()


def _person(office: Office) -> tuple[Visitor, str]:
    with office.database.begin() as session:
        person = add_person(session, add_practice(session, "Pine Street Pain Clinic"), "ada", "Ada Rowe", ROLES)
        cookie = open_session(session, person)
        visitor = visitor_of(session, cookie)
    assert visitor is not None
    return visitor, cookie


def _fill(office: Office, visitor: Visitor) -> None:
    add_demo(office, visitor, date.today())
    request = (EXAMPLE / "request.yaml").read_text(encoding="utf-8")
    case_id = open_case(office, visitor, fields_of(request, "request.yaml"), "Dr. Bernard Arceneaux")
    files = sorted((EXAMPLE / "chart").iterdir())
    add_files(office, visitor, case_id, ((file.name, file.read_bytes()) for file in files))
    start_audit(office, visitor, case_id)
