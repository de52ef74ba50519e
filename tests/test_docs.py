"""What the documentation says can be done can be done, and what it points to is there."""

import re
import shlex
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from mednec.cli import cli

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/*/README.md")])
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
SHELL = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def commands(page: Path) -> list[str]:
    """The calls of mednec in the shell examples of a page."""
    lines = [
        line.split("  #")[0].strip()
        for block in SHELL.findall(page.read_text(encoding="utf-8"))
        for line in block.splitlines()
    ]
    return [line.removeprefix(".venv/bin/") for line in lines if line.removeprefix(".venv/bin/").startswith("mednec ")]


TOLD = [page for page in PAGES if commands(page)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    targets = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in targets if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", TOLD, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_commands_of_a_page_run_one_after_the_other(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    for command in commands(page):
        result = CliRunner().invoke(cli, shlex.split(command)[1:])
        assert result.exit_code in (0, 1), (command, result.output)
        assert not isinstance(result.exception, Exception), command
        written = re.findall(r"--(?:html|pdf|ledger|timeline|seal) (\S+)|packet \S+ (\S+\.pdf)", command)
        assert all(Path(name or other).stat().st_size for name, other in written), command


def test_the_commands_are_found():
    names = {page.relative_to(ROOT).as_posix() for page in TOLD}
    how_to = ("before-the-next-patient", "review-an-audit", "send-the-record", "repeat-an-audit")
    assert {"docs/tutorial.md", *(f"docs/how-to/{name}.md" for name in how_to)} <= names
    assert sum(len(commands(page)) for page in TOLD) >= 12


def test_the_reference_of_the_command_line_is_current(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    from cli_reference import PAGE, page

    text = PAGE.read_text(encoding="utf-8")
    assert text.split() == page(text).split(), f"run {sys.executable} scripts/cli_reference.py"


def test_every_page_is_reachable_from_the_first():
    seen, ahead = set(), [ROOT / "docs" / "index.md", ROOT / "README.md"]
    while ahead:
        page = ahead.pop().resolve()
        if page in seen or page.suffix != ".md":
            continue
        seen.add(page)
        text = page.read_text(encoding="utf-8")
        ahead += [page.parent / link for link in LINK.findall(text) if "://" not in link]
    assert sorted(str(page.relative_to(ROOT)) for page in set(ROOT.glob("docs/**/*.md")) - seen) == []
