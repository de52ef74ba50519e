"""What a batch is to audit: a folder of charts, a manifest, or a FHIR bulk export in, one job for each chart out."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mednec.documents import files_of
from mednec.errors import BatchError, MednecError
from mednec.requests import Fields, read_fields

REQUEST_NAMES = ("request.yaml", "request.yml")
CHART_FOLDER = "chart"
TEXTS = ("service", "date", "side", "policy", "payer", "state")
LISTS = ("procedure", "levels", "diagnoses")
OF_PATIENT = {"patient_name": "name", "birth_date": "birth_date"}
COLUMNS = ("chart", "path", "request", "clinician", *TEXTS, *LISTS, *OF_PATIENT)
MANIFESTS = (".csv", ".parquet")


@dataclass(frozen=True, slots=True)
class Job:
    """One chart to audit: its files with their ids, the request as it was written, and who ordered the service."""

    chart: str
    files: tuple[tuple[str, str], ...]  # the id of a document's file, and where it lies
    request: Mapping[str, Any]  # {"texts": {...}, "lists": {...}}, what requests.Fields is made of
    clinician: str | None = None
    size: int = 0  # bytes of all its files
    fault: str | None = None  # why it cannot be audited, where that is known beforehand


@dataclass(slots=True)
class Listed:
    """The rows of a manifest that belong to one chart."""

    row: Mapping[str, str]
    paths: list[Path] = field(default_factory=list)


def jobs_in(source: Path, requests: Path | None = None) -> list[Job]:
    """A job for each chart, sorted by name.

    `source` is a folder of charts (each a folder with its request.yaml), a manifest (CSV or Parquet, see
    docs/reference/batch.md), or, with `requests`, a folder of charts or one FHIR bulk export.
    Raises BatchError where there is nothing to audit.
    """
    if not source.exists():
        raise BatchError(f"there is no file or folder {source}; check the path and its spelling")
    if source.is_file():
        jobs = list(_of_manifest(source, rows_of(source)))
    elif requests is not None:
        jobs = list(_of_requests(source, rows_of(requests)))
    else:
        jobs = [_of_folder(folder) for folder in sorted(source.iterdir()) if folder.is_dir() and _is_chart(folder)]
    if not jobs:
        raise BatchError(
            f"{source} holds no charts; a chart is a folder with a request.yaml in it, or a row of a manifest "
            "(docs/reference/batch.md)"
        )
    return sorted(jobs, key=lambda job: job.chart)


def rows_of(manifest: Path) -> list[Mapping[str, str]]:
    """The rows of a CSV or Parquet manifest, as text; BatchError where it is none or has columns that none has."""
    if not manifest.exists():
        raise BatchError(f"there is no file {manifest}; check the path and its spelling")
    if manifest.suffix.lower() not in MANIFESTS:
        raise BatchError(f"{manifest} is no manifest; give a folder of charts, or a CSV or Parquet file")
    rows = _parquet(manifest) if manifest.suffix.lower() == ".parquet" else _csv(manifest)
    unknown = sorted({name for row in rows[:1] for name in row if name not in COLUMNS})
    if unknown or not rows or "chart" not in rows[0]:
        what = (
            f"has columns that a manifest does not have: {', '.join(unknown)}" if unknown else "has no column 'chart'"
        )
        raise BatchError(f"{manifest} {what if rows else 'has no rows'}; the columns are: {', '.join(COLUMNS)}")
    return rows


def _csv(manifest: Path) -> list[Mapping[str, str]]:
    try:
        with manifest.open(encoding="utf-8-sig", newline="") as file:
            return [{name: value or "" for name, value in row.items() if name} for row in csv.DictReader(file)]
    except (OSError, UnicodeDecodeError, csv.Error):
        raise BatchError(f"{manifest} cannot be read as CSV; write it as UTF-8 with a line of column names") from None


def _parquet(manifest: Path) -> list[Mapping[str, str]]:
    import pyarrow
    import pyarrow.parquet

    try:
        table = pyarrow.parquet.read_table(manifest)
    except (OSError, pyarrow.ArrowException):
        raise BatchError(f"{manifest} cannot be read as Parquet; write it again") from None
    return [{name: _as_text(value) for name, value in row.items()} for row in table.to_pylist()]


def _as_text(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ",".join(map(str, value))
    return "" if value is None else str(value)


def _is_chart(folder: Path) -> bool:
    return any((folder / name).is_file() for name in REQUEST_NAMES)


def _of_folder(folder: Path) -> Job:
    """The chart of a folder: what lies in its folder `chart`, or all that lies beside its request."""
    request = next(folder / name for name in REQUEST_NAMES if (folder / name).is_file())
    within = folder / CHART_FOLDER
    return _job(folder.name, [within if within.is_dir() else folder], request, {})


def _of_manifest(manifest: Path, rows: Iterable[Mapping[str, str]]) -> Iterator[Job]:
    """A job for each chart that a manifest names; its documents are those of all its rows."""
    charts: dict[str, Listed] = {}
    for row in rows:
        listed = charts.setdefault(row["chart"], Listed(row))
        if row.get("path"):
            listed.paths.append(manifest.parent / row["path"])
    for chart, listed in charts.items():
        request = manifest.parent / listed.row["request"] if listed.row.get("request") else None
        yield _job(chart, listed.paths, request, listed.row)


def _of_requests(source: Path, rows: Iterable[Mapping[str, str]]) -> Iterator[Job]:
    """A job for each request: the chart is the folder or file of that name in `source`."""
    for row in rows:
        named = [source / row["chart"], *sorted(source.glob(f"{row['chart']}.*"))]
        yield _job(row["chart"], [path for path in named if path.exists()][:1], None, row)


def _job(chart: str, paths: list[Path], request: Path | None, row: Mapping[str, str]) -> Job:
    clinician = row.get("clinician") or None
    try:
        files = tuple(_files(paths))
        size = sum(Path(path).stat().st_size for _, path in files)
        given = _fields(request, row)
    except (MednecError, OSError) as error:
        return Job(chart, (), {"texts": {}, "lists": {}}, clinician, fault=str(error))
    return Job(chart, files, given, clinician, size)


def _files(paths: list[Path]) -> Iterator[tuple[str, str]]:
    """The files of a chart with their ids: their names, or their paths where two share a name."""
    if not paths:
        raise BatchError("its documents are not there; check the manifest's column 'path'")
    found = [(file, base) for base in paths for file in files_of(base)]
    names = [file.name for file, _ in found]
    for file, base in found:
        shared = names.count(file.name) > 1
        yield (file.relative_to(base).as_posix() if shared and base.is_dir() else file.name), str(file)


def _fields(request: Path | None, row: Mapping[str, str]) -> dict[str, Any]:
    """The fields of a request file, and over them those of the row."""
    fields = read_fields(request) if request else Fields()
    texts = {name: row[name] for name in TEXTS if row.get(name)}
    texts |= {field: row[name] for name, field in OF_PATIENT.items() if row.get(name)}
    lists = {name: tuple(row[name].replace(";", ",").split(",")) for name in LISTS if row.get(name)}
    written = Fields(texts, lists, {name: f"column {name}" for name in (*texts, *lists)}).over(fields)
    return {"texts": dict(written.texts), "lists": {name: list(values) for name, values in written.lists.items()}}
