"""The options that commands share: what is requested, which files to write, how much to say."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

PATH = click.Path(path_type=Path)


def _services(_context: click.Context, _option: click.Parameter, begun: str) -> list[str]:
    from mednec.services import services

    return [name for name in services() if name.startswith(begun)]


def _sides(_context: click.Context, _option: click.Parameter, begun: str) -> list[str]:
    return [side for side in ("left", "right", "bilateral", "midline") if side.startswith(begun)]


def _policies(_context: click.Context, _option: click.Parameter, begun: str) -> list[str]:
    from mednec.auditor import load_all

    return sorted({policy.source.id for policy in load_all() if policy.source.id.startswith(begun)})


def request_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say, or correct, what a request.yaml says."""
    options = (
        click.option("--request", "request_file", type=PATH, help="The request as a YAML file; options go before it."),
        click.option("--service", shell_complete=_services, help="What is asked for, such as esi.init or facet.rfa1."),
        click.option("--procedure", multiple=True, help="CPT or HCPCS code; may be given several times."),
        click.option("--date", help="(Planned) date of service: 2026-03-10."),
        click.option("--side", shell_complete=_sides, help="left, right, bilateral or midline."),
        click.option("--levels", multiple=True, help="Spinal levels, such as L4-5,L5-S1."),
        click.option("--diagnosis", multiple=True, help="ICD-10-CM code; may be given several times."),
        click.option(
            "--policy",
            shell_complete=_policies,
            help="The policy's number, such as L39240; `mednec policies` lists them.",
        ),
        click.option("--payer", help="Or the payer, with --state: the policy in force there is taken."),
        click.option("--state", help="Two letters, such as AZ."),
        click.option("--patient-name", help="To notice pages of another patient."),
        click.option("--birth-date", help="Likewise: 1961-04-02."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def quiet_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option that leaves only results and failures."""
    return click.option(
        "-q", "--quiet", is_flag=True, help="Results and failures in as few words as can be; no progress."
    )(command)


FILES = {"html": "report", "pdf": "report as PDF", "ledger": "ledger", "timeline": "timeline", "seal": "seal"}


def file_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that name files to write."""
    options = (
        click.option("--html", type=PATH, help="Write the report as one HTML page to this file."),
        click.option("--pdf", type=PATH, help="Write the report as a PDF to this file."),
        click.option("--ledger", type=PATH, help="Write the treatments tried as a table: a file .csv or .xlsx."),
        click.option("--timeline", type=PATH, help="Write the timeline as a picture: a file .svg."),
        click.option("--seal", type=PATH, help="Write the sealed audit, for `mednec verify`."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def requested(request_file: Path | None, *, any_policy: bool = False, **given: Any) -> Any:
    """The request that the options and the file say; the options go first. Raises RequestError."""
    from mednec.requests import from_options, parse_request, read_fields

    lists = {"procedure": given["procedure"], "levels": given["levels"], "diagnoses": given["diagnosis"]}
    names = ("service", "date", "side", "policy", "payer", "state", "birth_date")
    options = from_options({**{name: given[name] for name in names}, "name": given["patient_name"]}, lists)
    fields = options.over(read_fields(request_file)) if request_file else options
    return parse_request(fields, any_policy=any_policy)
