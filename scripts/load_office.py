"""People at work in an office in, the time of its pages out: twenty of them, while audits run, over `mednec serve`.

Starts a server with demo data in a folder of its own (SQLite, or --database URL), lets PEOPLE work for SECONDS with
1 to 3 seconds of thought between pages, keeps the workers busy meanwhile, and prints median and p95 of each page.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import httpx2 as httpx
from sqlalchemy import func, select

from mednec.office.auditing import start_audit
from mednec.office.cases import add_files
from mednec.office.demo import add_demo
from mednec.office.desk import Office
from mednec.office.opening import Place, open_office
from mednec.store.accounts import Visitor, add_person, add_practice, open_session, visitor_of
from mednec.store.tables import Audit, Judgement
from mednec.web.access import CSRF_HEADER, cookie_name
from mednec.web.settings import Settings

CASES = 40
ROLES = ("clinician", "reviewer", "manager")
WAITING = 4  # audits that are kept waiting
REVIEW = "review: the page, what is said, the page again"
AUDIT = "audit beside its chart"
UNTIL_AUDITED = {AUDIT, REVIEW}  # not there until the first audit of a case is done
LIMIT = 200  # milliseconds that the median page may take
PAGES = {
    "work queue": 28,
    "case": 16,
    AUDIT: 22,
    "word": 10,
    "dashboard": 6,
    "trail": 6,
    REVIEW: 6,
    "upload": 6,
}


@dataclass
class Measured:
    """How long each page took, in milliseconds, and the answers that were no success."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    faults: dict[str, int] = field(default_factory=lambda: defaultdict(int))


@dataclass
class Person:
    """Somebody who opens one page after another."""

    at: str
    visitor: Visitor
    secret: str
    cases: list[str]
    measured: Measured
    chance: random.Random
    words: list[str] = field(default_factory=list)  # the addresses of what was read, from the audit seen last

    def work(self, until: float) -> None:
        """Think, open a page, think."""
        headers = {CSRF_HEADER: self.visitor.csrf or "", "origin": self.at}
        cookies = {cookie_name(Settings(Path())): self.secret}
        with httpx.Client(
            base_url=self.at, cookies=cookies, headers=headers, follow_redirects=True, timeout=60, trust_env=False
        ) as browser:
            time.sleep(self.chance.uniform(0, 3))
            while time.monotonic() < until:
                page = self.chance.choices(list(PAGES), list(PAGES.values()))[0]
                self.open(browser, page)
                time.sleep(self.chance.uniform(1, 3))

    def open(self, browser: httpx.Client, page: str) -> None:
        """Open a page and note how long it took, with the page that it sends on to."""
        if page == "word" and not self.words:
            page = AUDIT
        begun = time.monotonic()
        answer = self.ask(browser, page, f"/cases/{self.chance.choice(self.cases)}")
        taken = (time.monotonic() - begun) * 1000
        if answer.is_success or (answer.status_code == 404 and page in UNTIL_AUDITED):
            self.measured.times[page].append(taken)
        else:
            self.measured.faults[f"{page}: {answer.status_code}"] += 1

    def ask(self, browser: httpx.Client, page: str, case: str) -> httpx.Response:
        """Send the request of a page."""
        match page:
            case "case":
                return browser.get(case)
            case str() if page == AUDIT:
                shown = browser.get(f"{case}/audit")
                self.words = [
                    f"{case}/audit/read/{word}" for word in set(re.findall(r"audit/read/(\d+-\d+)", shown.text))
                ]
                return shown
            case "word":
                return browser.get(self.chance.choice(self.words))
            case str() if page == REVIEW:
                return self.review(browser, case)
            case "upload":
                text = f"Telephone note\nThe office called about the date. Call {self.chance.random()}.\n"
                return browser.post(f"{case}/files", files={"files": ("call.txt", text.encode(), "text/plain")})
            case _:
                return browser.get({"work queue": "/", "dashboard": "/dashboard", "trail": "/trail"}[page])

    def review(self, browser: httpx.Client, case: str) -> httpx.Response:
        """Say that a criterion's status is right."""
        shown = browser.get(f"{case}/audit")
        criteria = re.findall(rf'action="{case}/criteria/([^"]+)"', shown.text)
        if not criteria:
            return shown
        said = {"status": "confirm", "reason": "as it stands"}
        return browser.post(f"{case}/criteria/{self.chance.choice(criteria)}", data=said)


def main() -> None:
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--people", type=int, default=20)
    asked.add_argument("--seconds", type=int, default=60)
    asked.add_argument("--database", help="an empty one; SQLite by default")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder), given.database)
        office = open_office(place)
        with Server(place) as at:
            measured, audits = work(office, at, given.people, given.seconds)
        office.database.close()
    tell(measured, given.people, given.seconds, audits)


class Server:
    """`mednec serve` over the folder, while it is needed."""

    def __init__(self, place: Place) -> None:
        words = ["--port", "0", "--folder", str(place.folder), "--database", place.url]
        command = [sys.executable, "-u", "-m", "mednec", "serve", *words]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)

    def __enter__(self) -> str:
        line = self.process.stdout.readline() if self.process.stdout else ""
        found = re.search(r"http://[^/]+", line)
        if found is None:
            raise SystemExit("the server did not start")
        return found.group()

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait()


def work(office: Office, at: str, people: int, seconds: int) -> tuple[Measured, int]:
    """Let people work; what was measured, and how many audits were done meanwhile."""
    with office.database.begin() as session:
        practice = add_practice(session, "Pine Street Pain Clinic")
        ids = [add_person(session, practice, f"p{number}", f"Person {number}", ROLES) for number in range(people)]
        secrets = [open_session(session, one) for one in ids]
        visitors = [found for secret in secrets if (found := visitor_of(session, secret))]
    cases = list(add_demo(office, visitors[0], date.today(), CASES))
    wait_until(lambda: count(office, Judgement) >= CASES // 2)
    measured, before = Measured(), count(office, Judgement)
    end = time.monotonic() + seconds
    workers: list[Callable[[], None]] = [
        lambda who=who, secret=secret, number=number: Person(  # type: ignore[misc]
            at, who, secret, cases, measured, random.Random(number)
        ).work(end)
        for number, (who, secret) in enumerate(zip(visitors, secrets, strict=True))
    ]
    threads = [threading.Thread(target=one) for one in [*workers, lambda: keep_busy(office, visitors[0], cases, end)]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return measured, count(office, Judgement) - before


def keep_busy(office: Office, visitor: Visitor, cases: list[str], until: float) -> None:
    """See to it that audits wait all the time, so that the workers never rest."""
    chance = random.Random(0)
    while time.monotonic() < until:
        if count(office, Audit, Audit.state == "queued") < WAITING:
            case = chance.choice(cases)
            add_files(office, visitor, case, [("addendum.txt", f"Addendum {chance.random()}.".encode())])
            start_audit(office, visitor, case)
        else:
            time.sleep(0.2)


def count(office: Office, table: Any, *where: Any) -> int:
    with office.database.read() as session:
        return session.scalar(select(func.count()).select_from(table).where(*where)) or 0


def wait_until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 300
    while not true():
        if time.monotonic() > end:
            raise SystemExit("the audits of the demo cases took too long")
        time.sleep(0.5)


def tell(measured: Measured, people: int, seconds: int, audits: int) -> None:
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{people} people, {seconds} s, {audits} judgements meanwhile, {os.cpu_count()} cores, load {load}\n")
    print("| page | opened | median ms | p95 ms | slowest ms |\n|---|---|---|---|---|")
    everything = [one for times in measured.times.values() for one in times]
    for page, times in [*sorted(measured.times.items()), ("all", everything)]:
        late = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
        print(f"| {page} | {len(times)} | {statistics.median(times):.0f} | {late:.0f} | {max(times):.0f} |")
    for fault, times_met in sorted(measured.faults.items()):
        print(f"not answered as it should be: {fault}, {times_met} times")
    if measured.faults or statistics.median(everything) > LIMIT:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
