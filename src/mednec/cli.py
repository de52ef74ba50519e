"""The terminal: results to standard output, messages to standard error, 0 supported, 1 not, 2 could not be audited."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import click

import mednec
from mednec.cli_batch import batch, cohort, synth
from mednec.cli_office import serve, trail
from mednec.cli_options import FILES, PATH, file_options, quiet_option, request_options, requested
from mednec.cli_policies import policies
from mednec.cli_record import packet, verify
from mednec.errors import MednecError
from mednec.terminal import WIDTH, show, terminal, write

SUPPORTED, NOT_EVERYTHING_MET, NOT_AUDITED, INTERRUPTED = 0, 1, 2, 130
RECOGNIZING = ("audit", "find", "packet", "read")  # the commands that show how far the recognition of scans is


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": WIDTH})
@click.version_option(mednec.__version__, prog_name="mednec")
@click.pass_context
def cli(context: click.Context) -> None:
    """Read a patient's chart and judge it as an insurer's auditor would.

    CHART is a folder, a zip or a single file. Nothing leaves this machine.

    \b
    mednec audit chart/ --request request.yaml                     what an auditor would say
    mednec audit chart/ --request request.yaml --html report.html  and the report, to be opened in a browser
    mednec packet chart/ packet.pdf --request request.yaml         the record as one PDF
    mednec policies --code 64483                                   which policies cover a procedure
    """
    is_quiet = not {"-q", "--quiet"}.isdisjoint(sys.argv)
    if sys.stderr.isatty() and not is_quiet and context.invoked_subcommand in RECOGNIZING:
        context.with_resource(_progress())


@cli.command()
@click.argument("chart", type=PATH)
@request_options
@click.option("--all", "under_all", is_flag=True, help="Under every policy in force for the service, as a matrix.")
@click.option("--json", "as_json", is_flag=True, help="Print the audit as JSON and nothing else.")
@file_options
@quiet_option
@click.pass_context
def audit(context: click.Context, /, chart: Path, under_all: bool, as_json: bool, **given: Any) -> None:
    """Audit CHART for a requested service.

    \b
    mednec audit chart/ --request request.yaml --html report.html
    mednec audit chart/ --service esi.init --procedure 64483 --date 2026-03-10 \\
        --side left --levels L5-S1 --policy L39240
    mednec audit chart/ --request request.yaml --all --state AZ
    """
    wanted = {name: path for name in FILES if (path := given.pop(name)) is not None}
    look = _under_all if under_all else _under_one
    determinations = look(chart, given, as_json, wanted)
    context.exit(SUPPORTED if determinations == {"supported"} else NOT_EVERYTHING_MET)


@cli.command()
@click.argument("chart", type=PATH)
@click.argument("letter")
@request_options
@click.option("--json", "as_json", is_flag=True, help="Print the reasons and the answers as JSON.")
def denial(chart: Path, letter: str, as_json: bool, **given: Any) -> None:
    """Set a payer's LETTER of denial against the policy in force and CHART, reason by reason.

    LETTER is a file of any format that can be read, or the text itself.

    \b
    mednec denial chart/ denial.pdf --request request.yaml
    """
    from mednec.auditor import answer_denial
    from mednec.reports import denial_to_json, denial_to_terminal

    answers = answer_denial(chart, letter, requested(**given))
    if as_json:
        write(denial_to_json(answers))
    else:
        color, width = terminal()
        write(denial_to_terminal(answers, width=width, color=color))


@cli.command()
@click.argument("chart", type=PATH)
@click.option("--json", "as_json", is_flag=True, help="Print the documents as JSON, with their text.")
def read(chart: Path, as_json: bool) -> None:
    """Show the documents of CHART: type, date, author, signature and pages."""
    from mednec.auditor import read_chart
    from mednec.reports import document_as_data, documents_to_terminal

    documents = read_chart(chart)
    _tell_left_out(documents)
    if as_json:
        data = [document_as_data(document) for document in documents.documents]
        write(json.dumps(data, indent=1, ensure_ascii=False) + "\n")
    else:
        color, width = terminal()
        write(documents_to_terminal(documents.documents, width=width, color=color))


@cli.command()
@click.argument("chart", type=PATH)
def find(chart: Path) -> None:
    """Print the findings of CHART as JSON lines: each fact with the words that state it."""
    from mednec.auditor import find_in, read_chart
    from mednec.reports import finding_as_data

    documents = read_chart(chart)
    _tell_left_out(documents)
    for document in documents.documents:
        lines = (json.dumps(finding_as_data(item), ensure_ascii=False) + "\n" for item in find_in([document]))
        write("".join(lines))


@cli.command()
@click.argument("files", nargs=-1, type=PATH)
@click.pass_context
def check(context: click.Context, /, files: tuple[Path, ...]) -> None:
    """Check policy files and run their examples; without FILES those of the package."""
    from mednec.checking import check_policies

    failed = 0
    for report in check_policies(files):
        failed += bool(report.faults)
        click.echo(report.text)
    context.exit(NOT_EVERYTHING_MET if failed else SUPPORTED)


for command in (packet, policies, verify, batch, cohort, synth, serve, trail):
    cli.add_command(command)


def main() -> NoReturn:
    """Run the command line; whatever goes wrong becomes one sentence."""
    try:
        sys.exit(cli.main(prog_name="mednec", standalone_mode=False) or SUPPORTED)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.Abort:
        sys.exit(INTERRUPTED)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        sys.exit(NOT_AUDITED)
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "mednec"
        _refuse(f"{error.format_message()} (see `{command} --help`)")
    except click.ClickException as error:
        _refuse(error.format_message())
    except MednecError as error:
        _refuse(str(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(SUPPORTED)
    except Exception as error:  # a fault of ours: its traceback could carry chart text, so it is shown on demand only
        if os.environ.get("MEDNEC_DEBUG"):
            raise
        _refuse(f"this is a fault of mednec ({type(error).__name__}), please report it; MEDNEC_DEBUG=1 shows where")


def _refuse(sentence: str) -> NoReturn:
    click.echo(f"mednec: {' '.join(sentence.split())}", err=True)
    sys.exit(NOT_AUDITED)


def _under_one(chart: Path, given: dict[str, Any], as_json: bool, wanted: dict[str, Path]) -> set[str]:
    """Audit a chart under one policy, show the audit and write the files that are wanted."""
    from mednec import reports
    from mednec.auditor import examine
    from mednec.deliveries import deliver

    quiet = given.pop("quiet")
    case = examine(chart, requested(**given))
    written = list(deliver(case, {FILES[name]: path for name, path in wanted.items()}))
    if quiet and not as_json:
        click.echo(case.audit.determination)
    else:
        show(case.audit, as_json, reports.to_json, reports.to_terminal)
    for name, path in () if quiet else written:
        click.echo(f"{name}: {path}", err=as_json)
    return {case.audit.determination}


def _under_all(chart: Path, given: dict[str, Any], as_json: bool, wanted: dict[str, Path]) -> set[str]:
    """Audit a chart under every policy in force, and show the matrix."""
    from mednec import reports
    from mednec.auditor import audit_under_all
    from mednec.deliveries import write

    if others := set(wanted) - {"html"}:
        raise MednecError(f"--{min(others)} is of an audit under one policy; leave out --all and name the policy")
    quiet = given.pop("quiet")
    audits = audit_under_all(chart, requested(**given, any_policy=True))
    if "html" in wanted:
        write(wanted["html"], reports.matrix_to_html(audits).encode("utf-8", "replace"))
    show(audits, as_json, reports.matrix_to_json, reports.matrix_to_terminal)
    if "html" in wanted and not quiet:
        click.echo(f"report: {wanted['html']}", err=as_json)
    return {audit.determination for audit in audits}


@contextmanager
def _progress() -> Iterator[None]:
    """Shows on a terminal how far the recognition of scans is."""
    from mednec.auditor import telling
    from mednec.reports.progress import bars

    with bars() as tell, telling(tell):
        yield


def _tell_left_out(chart: Any) -> None:
    for item in chart.unreadable:
        click.echo(f"mednec: {item.document_id}: {item.explanation}", err=True)
    for warning in chart.warnings:
        click.echo(f"mednec: {warning.message}", err=True)
