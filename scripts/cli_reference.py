"""The help of every command in, the tables of docs/reference/cli.md out: run it after changing the command line."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from mednec.cli import cli

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "cli.md"
COMMANDS = (
    *("audit", "denial", "packet", "verify", "read", "find", "policies", "check"),
    *("batch", "cohort", "synth"),
    *("serve", "trail verify", "trail export"),
)


def page(text: str) -> str:
    """The page with its generated part renewed."""
    before = text.split("\n## ", 1)[0].rstrip()
    parts = [f"## mednec {name}\n\n```text\n{_help(name)}```\n" for name in COMMANDS]
    return "\n\n".join([before, *parts])


def _help(name: str) -> str:
    result = CliRunner().invoke(cli, [*name.split(), "--help"], prog_name="mednec", terminal_width=80)
    return result.output


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
