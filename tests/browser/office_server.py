"""A server of an office with one worker, and a person who goes through its pages."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from mednec.office.opening import Place, open_office
from mednec.office.workers import Pool
from mednec.web import create_app
from mednec.web.app import first_link
from mednec.web.settings import Settings

PASSWORD = "four quiet harbour lanterns"


@contextmanager
def serving(place: Place) -> Iterator[tuple[str, str | None]]:
    """The address of a running server, and the path that makes its first account."""
    office = open_office(place)
    app = create_app(office, Settings(place.folder, place.database))
    link = first_link(app)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    with Pool(place, 1):
        thread.start()
        while not server.started:
            time.sleep(0.05)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}", link
        server.should_exit = True
        thread.join()
    office.database.close()


def make_first_account(page, address, link):
    """Set the office up and arrive at its work queue."""
    page.goto(address + link)
    page.get_by_label("Name of the practice").fill("Pine Street Pain Clinic")
    page.get_by_label("Your name").fill("Ada Rowe")
    page.get_by_label("Login").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    page.wait_for_url(address + "/")


def sign_in(page, address):
    """Come in with the account that was made first."""
    page.goto(address + "/sign-in")
    page.get_by_label("Login").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(address + "/")


def drop(page, files):
    """Drop files, given as (name, bytes), onto the field of a page."""
    given = [[name, list(data)] for name, data in files]
    transfer = page.evaluate_handle(
        """given => {
            const transfer = new DataTransfer();
            given.forEach(([name, bytes]) => transfer.items.add(new File([new Uint8Array(bytes)], name)));
            return transfer;
        }""",
        given,
    )
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": transfer})
