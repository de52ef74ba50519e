"""The commands for many charts: batch, cohort and synth."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from mednec.errors import BatchError
from mednec.waiting import progress

PATH = click.Path(path_type=Path)
ENGINES = {"local": ("pyarrow",), "spark": ("pyarrow", "pyspark")}


@click.command()
@click.argument("charts", type=PATH)
@click.argument("out", type=PATH)
@click.option("--requests", type=PATH, help="CSV or Parquet: what is requested for each chart or patient of CHARTS.")
@click.option("--engine", type=click.Choice(sorted(ENGINES)), default="local", show_default=True)
@click.option("--workers", type=click.IntRange(min=1), help="Processes of the local engine; all processors by default.")
@click.option("--findings", is_flag=True, help="Write the table of all findings too; it is the largest by far.")
@click.option("--restart", is_flag=True, help="Begin anew instead of going on with an interrupted run.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
def batch(charts: Path, out: Path, engine: str, requests: Path | None, workers: int | None, **how: bool) -> None:
    """Audit every chart in CHARTS and write tables to the folder OUT.

    CHARTS is a folder of charts, a CSV or Parquet manifest, or a FHIR bulk export. Called again after an
    interruption, it goes on where it was. Charts that cannot be audited are rows of the table `failures`.

    \b
    mednec batch charts/ audits/
    mednec batch manifest.csv audits/ --workers 8
    mednec batch export/ audits/ --requests requests.csv --engine spark
    """
    _need(ENGINES[engine], "spark" if engine == "spark" else "batch")
    from mednec import batch as room

    asked = room.How(requests, workers, with_findings=how["findings"], restart=how["restart"])
    with progress(how["quiet"], "auditing charts", hourly=True) as told:
        if engine == "spark":
            finished = room.run_on_spark(charts, out, asked)
        else:
            finished = room.run_batch(charts, out, asked, told)
    click.echo(room.summary(finished))


@click.command()
@click.argument("out", type=PATH)
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option("--html", type=PATH, help="Write a page with pictures to this file.")
@click.option("--sample", type=PATH, help="Draw charts to review and write them to this CSV file.")
@click.option("--size", type=click.IntRange(min=1), help="How many to draw; enough for +-10 points by default.")
@click.option("--by", default="clinician", show_default=True, help="What the sample is divided by.")
@click.option("--seed", default=1, show_default=True, help="The same seed draws the same charts.")
@click.option("--reviewed", type=PATH, help="The sample with its column `error` filled in: estimate the whole from it.")
def cohort(out: Path, as_json: bool, html: Path | None, **options: Any) -> None:
    """Show what the audits in OUT say together: error rates with intervals, frequent gaps, a sample to review.

    \b
    mednec cohort audits/ --html cohort.html
    mednec cohort audits/ --sample sample.csv --by payer --seed 2026
    mednec cohort audits/ --reviewed sample.csv
    """
    _need(("pyarrow", "scipy"), "batch")
    from mednec import batch as room

    if options["reviewed"]:
        told = room.review_report(options["reviewed"])
    elif options["sample"]:
        told = room.sample_report(out, options["sample"], options["size"], options["by"], options["seed"])
    else:
        told = room.cohort_report(out, as_json=as_json, html=html)
    click.echo(told, nl=False)


@click.command()
@click.argument("out", type=PATH)
@click.option("--count", type=click.IntRange(min=1), default=20, show_default=True, help="How many charts.")
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same charts.")
@click.option("--mixed", is_flag=True, help="Documents as PDF, Word, RTF, HTML and C-CDA too, not as text alone.")
def synth(out: Path, count: int, seed: int, mixed: bool) -> None:
    """Make synthetic charts in the folder OUT, each with its request and the outcome that it was made to have."""
    if mixed:
        _need(("reportlab",), "packet")
    from mednec.synthesis import cases, write

    made = 0
    for case in cases(count, seed):
        write(case, out, mixed=mixed)
        made += 1
    click.echo(f"{made} charts in {out}")


def _need(modules: tuple[str, ...], extra: str) -> None:
    missing = [name for name in modules if find_spec(name) is None]
    if missing:
        raise BatchError(f"this needs {' and '.join(missing)}, not installed here: pip install 'mednec[{extra}]'")
