"""The command for whoever looks after policies: `policies`."""

from __future__ import annotations

import json
from datetime import date
from functools import partial
from typing import Any

import click

from mednec.errors import MednecError
from mednec.terminal import show

FEW = 6  # as many are shown with how their text was read; more are a table


def _day(_context: click.Context, _option: click.Parameter, told: str | None) -> date | None:
    try:
        return date.fromisoformat(told) if told else None
    except ValueError:
        raise click.BadParameter(f"'{told}' is no day; write it as 2026-04-14") from None


@click.command()
@click.option("--code", help="Only those that cover this procedure code.")
@click.option("--service", help="Only those for this service, such as esi.init, or for all of its kind: esi.")
@click.option("--payer", help="Only those of this payer or publisher; a part of the name will do.")
@click.option("--state", help="Only those that hold in this state: two letters, such as AZ.")
@click.option("--on", "on", callback=_day, metavar="DATE", help="Only those in force on this day.")
@click.option("--notes", is_flag=True, help="With how the text of each was read, however many there are.")
@click.option("--diff", nargs=2, metavar="OLD NEW", help="Show how NEW differs from OLD: L38801, L38801@23 or a file.")
@click.option("--json", "as_json", is_flag=True, help="Print the list, or the differences, as JSON.")
def policies(diff: tuple[str, str] | None, notes: bool, as_json: bool, on: date | None, **asked: Any) -> None:
    """List the policies there are, or show what changed between two.

    \b
    mednec policies --code 64483 --state AZ --on 2026-04-14
    mednec policies --service esi --state AZ
    mednec policies --diff L38801@2026-04-15 L38801@23
    """
    if diff:
        _compare(*diff, as_json=as_json)
        return
    from mednec.auditor import list_policies
    from mednec.reports import policies_to_terminal, policy_as_data

    found = list_policies(on=on, **asked)
    if not found:
        raise MednecError(f"no policy {_wanted(on=on, **asked)}; `mednec policies` lists all there are")
    as_text = partial(policies_to_terminal, notes=notes or len(found) <= FEW)
    show(found, as_json, lambda listed: _as_json([policy_as_data(policy) for policy in listed]), as_text)


def _wanted(**asked: Any) -> str:
    """What was asked for, as the end of a sentence about no policy."""
    words = {"code": "covers the code {}", "service": "is for the service {}", "payer": "is of a payer called {}"}
    told = [word.format(asked[name]) for name, word in words.items() if asked[name]]
    told += [f"holds in {asked['state'].upper()}"] if asked["state"] else []
    told += [f"is in force on {asked['on'].isoformat()}"] if asked["on"] else []
    return " and ".join(told)


def _compare(old: str, new: str, *, as_json: bool) -> None:
    from mednec.auditor import compare_policies
    from mednec.reports import comparison_as_data, comparison_to_terminal

    comparison = compare_policies(old, new)
    show(comparison, as_json, lambda made: _as_json(comparison_as_data(made)), comparison_to_terminal)


def _as_json(data: Any) -> str:
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"
