"""The report of a reviewed case: what a person changed is marked where its words are quoted."""

import re
from pathlib import Path

import pytest

from mednec.office.auditing import start_audit
from mednec.office.cases import add_files, open_case
from mednec.office.readings import documents_of
from mednec.office.report import report_html
from mednec.office.reviewing import FindingPlace, Said, change_finding, confirm_finding, withdraw
from mednec.office.workers import work_once
from mednec.requests import read_fields

EXAMPLE = Path(__file__).parents[2] / "examples" / "esi-supported"
FILES = [(file.name, file.read_bytes()) for file in sorted((EXAMPLE / "chart").iterdir())]


@pytest.fixture
def reviewer(somebody):
    return somebody("reviewer")


@pytest.fixture
def case_id(office, reviewer):
    case_id = open_case(office, reviewer, read_fields(EXAMPLE / "request.yaml"))
    add_files(office, reviewer, case_id, FILES)
    start_audit(office, reviewer, case_id)
    assert work_once(office, "worker01")
    return case_id


@pytest.fixture
def spot(office, reviewer, case_id):
    """Where physical therapy is told in the discharge summary."""
    document = next(one for one in documents_of(office, reviewer, case_id) if "discharge" in one["document_id"])
    one = next(finding for finding in document["findings"] if finding["concept"] == "physical_therapy")
    return FindingPlace(document["sha256"], *(one[name] for name in ("kind", "concept", "start", "end", "number")))


def marks(page: str) -> list[str]:
    """What people said at quotes, as the page has it."""
    quotes = re.findall(r'<li class="quote">.*?</li>', page, re.DOTALL)
    return [said for quote in quotes for said in re.findall(r'<p class="reviewed">(.*?)</p>', quote)]


def test_a_corrected_quote_says_what_was_done_by_whom_when_and_why(office, reviewer, case_id, spot):
    assert marks(report_html(office, reviewer, case_id)) == []
    done = change_finding(office, reviewer, case_id, spot, Said({"duration_days": 49}), "Seven weeks <by the log>.")
    told = marks(report_html(office, reviewer, case_id))
    assert told
    assert re.fullmatch(
        r"“[^”]+” was corrected by \S.* on \d{4}-\d\d-\d\d at \d\d:\d\d UTC: Seven weeks &lt;by the log&gt;\.", told[0]
    )
    assert reviewer.name in told[0]
    withdraw(office, reviewer, done.correction_id)
    assert marks(report_html(office, reviewer, case_id)) == []


def test_a_confirmed_quote_says_who_looked_and_the_page_stays_the_same_for_the_same_review(
    office, reviewer, case_id, spot
):
    confirm_finding(office, reviewer, case_id, spot)
    page = report_html(office, reviewer, case_id)
    assert {said.partition(" was ")[2].partition(" by ")[0] for said in marks(page)} == {"confirmed"}
    assert report_html(office, reviewer, case_id) == page
