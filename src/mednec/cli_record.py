"""The commands for whoever asks for the record or for proof: `packet` and `verify`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from mednec.cli_options import PATH, quiet_option, request_options, requested
from mednec.waiting import progress

SAME, DIFFERS = 0, 1


@click.command()
@click.argument("chart", type=PATH)
@click.argument("out", type=PATH)
@request_options
@click.option("--bates", metavar="PREFIX", default="MN", show_default=True, help="What page numbers begin with.")
@click.option("--first", type=click.IntRange(0, 999_999), default=1, show_default=True, help="The first page number.")
@quiet_option
def packet(chart: Path, out: Path, bates: str, first: int, quiet: bool, **given: Any) -> None:
    """Put the record of CHART into one PDF for a documentation request: OUT.

    An index of the policy's requirements with links to their pages, then the record itself with bookmarks, the cited
    words highlighted and every page numbered. Pages of another patient are left out.

    \b
    mednec packet chart/ packet.pdf --request request.yaml --bates CLINIC-
    """
    from mednec.auditor import examine
    from mednec.deliveries import deliver_packet

    case = examine(chart, requested(**given))
    with progress(quiet, "putting pages together") as advance:
        made = deliver_packet(case, out, (bates, first), advance)
    for name, reason in made.left_out:
        click.echo(f"mednec: not in the packet: {name}: {reason}", err=True)
    if not quiet:
        click.echo(f"packet: {out} ({made.pages} pages, {made.numbers[0]} to {made.numbers[1]})")


@click.command()
@click.argument("seal", type=PATH)
@click.argument("chart", type=PATH, required=False)
@quiet_option
@click.pass_context
def verify(context: click.Context, /, seal: Path, chart: Path | None, quiet: bool) -> None:
    """Repeat the sealed audit in SEAL on CHART, offline, and say what differs.

    Exit status 0: everything is the same, to the byte; 1: something differs; 2: it could not be verified. Without
    CHART the seal, program, policy and lexicons are compared, and nothing is repeated.

    \b
    mednec audit chart/ --request request.yaml --seal audit.seal.json
    mednec verify audit.seal.json chart/
    """
    from mednec.auditor import verify as verified

    found = verified(seal, chart)
    for sentence in found.differs:
        click.echo(sentence)
    if not found.differs and not quiet:
        click.echo(f"the same: {', '.join(found.compared)}")
    context.exit(DIFFERS if found.differs else SAME)
