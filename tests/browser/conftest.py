"""A real browser (Debian's Chromium) and the reports of example charts."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from mednec.auditor import examine, report_page
from mednec.requests import parse_request, read_fields

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="session")
def browser():
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert program, "these tests need Chromium: sudo apt-get install chromium"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def reports(tmp_path_factory):
    """The report of each example, by its name."""
    folder = tmp_path_factory.mktemp("reports")
    made = {}
    for example in sorted(path for path in EXAMPLES.iterdir() if path.is_dir()):
        case = examine(example / "chart", parse_request(read_fields(example / "request.yaml")))
        made[example.name] = folder / f"{example.name}.html"
        made[example.name].write_text(report_page(case), encoding="utf-8")
    return made
