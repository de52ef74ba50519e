"""The tables of a batch in, what a compliance officer asks of them out: error rates with intervals, gaps, a sample."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from pathlib import Path
from random import Random
from typing import Any

import pyarrow.dataset as dataset
from pyarrow import ArrowException

from mednec.batch.tables import FAILED
from mednec.errors import BatchError

GROUPS = ("service", "policy", "payer", "clinician", "month")
CONFIDENCE = 0.95
COLUMNS = {
    "audits": ["chart", *GROUPS, "determination", "required", "failed"],
    "criteria": ["chart", "key", "status", "required", "asks", "questions"],
    "failures": ["chart", "kind", "explanation"],
}


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of a group of charts are in error, with the Wilson interval of the share (0 to 1)."""

    of: str  # what was counted: a criterion's key, a clinician, a month ...
    errors: int
    charts: int
    share: float
    low: float
    high: float
    asks: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that the record leaves open, and in how many charts."""

    question: str
    charts: int


@dataclass(frozen=True, slots=True)
class Cohort:
    """What the tables of a batch say of all its charts."""

    overall: Rate
    criteria: tuple[Rate, ...]  # the share that fails of the charts to which the criterion applies, worst first
    by: Mapping[str, tuple[Rate, ...]]  # of each group, the share of charts that the record does not support
    gaps: tuple[Gap, ...]
    failures: Mapping[str, int]  # charts that could not be audited, by kind
    charts: tuple[Mapping[str, Any], ...]


def read_cohort(out: Path) -> Cohort:
    """The cohort of a finished batch; BatchError where `out` holds no tables of one, or no audited chart."""
    audits, criteria = _rows(out, "audits"), _rows(out, "criteria")
    failures = Counter(row["kind"] for row in _rows(out, "failures"))
    if not audits:
        raise BatchError(f"{out} holds no audited chart; run `mednec batch` first, or look at its table 'failures'")
    return Cohort(
        overall=_rate("all charts", audits),
        criteria=tuple(sorted(_of_criteria(criteria), key=lambda rate: (-rate.share, -rate.charts, rate.of))),
        by={group: _by(group, audits) for group in GROUPS},
        gaps=_gaps(criteria),
        failures=dict(sorted(failures.items())),
        charts=tuple(audits),
    )


def _rows(out: Path, table: str) -> list[dict[str, Any]]:
    if not (out / table).is_dir():
        raise BatchError(f"{out} holds no table '{table}'; give the folder that `mednec batch` wrote")
    try:
        rows = dataset.dataset(out / table, format="parquet").to_table(columns=COLUMNS[table])
    except (OSError, ArrowException):
        raise BatchError(f"the table {out / table} is damaged; run `mednec batch` again") from None
    return sorted(rows.to_pylist(), key=lambda row: row["chart"])


def rate(of: str, errors: int, charts: int, asks: str = "") -> Rate:
    """The share of errors with its Wilson interval (E. B. Wilson, JASA 1927), which holds for few charts too."""
    from scipy.stats import binomtest

    interval = binomtest(errors, charts).proportion_ci(CONFIDENCE, method="wilson")
    return Rate(of, errors, charts, errors / charts, float(interval.low), float(interval.high), asks)


def _rate(of: str, audits: Sequence[Mapping[str, Any]]) -> Rate:
    return rate(of, sum(row["determination"] != "supported" for row in audits), len(audits))


def _by(group: str, audits: Iterable[Mapping[str, Any]]) -> tuple[Rate, ...]:
    groups: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in audits:
        groups[row[group] or "not told"].append(row)
    rates = [_rate(name, rows) for name, rows in groups.items()]
    return tuple(sorted(rates, key=lambda one: one.of if group == "month" else f"{1 - one.share:.9f} {one.of}"))


def _of_criteria(criteria: Iterable[Mapping[str, Any]]) -> Iterable[Rate]:
    applying: Counter[str] = Counter()
    failing: Counter[str] = Counter()
    asks: dict[str, str] = {}
    for row in criteria:
        if row["required"] and row["status"] != "not_applicable":
            applying[row["key"]] += 1
            failing[row["key"]] += row["status"] in FAILED
            asks[row["key"]] = row["asks"]
    return (rate(key, failing[key], charts, asks[key]) for key, charts in applying.items())


def _gaps(criteria: Iterable[Mapping[str, Any]]) -> tuple[Gap, ...]:
    asked: dict[str, set[str]] = defaultdict(set)
    for row in criteria:
        if row["required"] and row["status"] in FAILED:
            for question in row["questions"] or ():
                asked[question].add(row["chart"])
    found = (Gap(question, len(charts)) for question, charts in asked.items())
    return tuple(sorted(found, key=lambda gap: (-gap.charts, gap.question)))


# --- samples --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart of a probe sample, its stratum, and how many charts of that stratum there are and were drawn."""

    chart: str
    stratum: str
    stratum_size: int
    stratum_drawn: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """The share of charts in error in the whole cohort, estimated from a reviewed sample, with its interval."""

    share: float
    low: float
    high: float
    charts: float  # in error, in the whole cohort
    reviewed: int


def sample_size(charts: int, margin: float = 0.1, share: float = 0.5) -> int:
    """How many of so many charts to draw, so that the estimated share is within `margin` of the true one (95 %).

    The usual formula for a proportion with the correction for a finite population (W. G. Cochran, Sampling Techniques,
    1977, section 4.4).
    """
    needed = _quantile() ** 2 * share * (1 - share) / margin**2
    return min(charts, ceil(needed / (1 + (needed - 1) / charts)))


def draw(cohort: Cohort, size: int, by: str = "clinician", seed: int = 1) -> tuple[Drawn, ...]:
    """A probe sample, stratified in proportion, at least one chart of each stratum; the same for the same seed."""
    if by not in GROUPS:
        raise BatchError(f"charts cannot be divided by '{by}'; there are: {', '.join(GROUPS)}")
    strata: dict[str, list[str]] = defaultdict(list)
    for row in cohort.charts:
        strata[row[by] or "not told"].append(row["chart"])
    drawn = []
    for name in sorted(strata):
        charts = sorted(strata[name])
        share = max(1, min(len(charts), round(size * len(charts) / len(cohort.charts))))
        chosen = Random(f"{seed}/{name}").sample(charts, share)
        drawn += [Drawn(chart, name, len(charts), share) for chart in sorted(chosen)]
    return tuple(drawn)


def estimate(drawn: Sequence[Drawn], errors: Mapping[str, bool]) -> Estimate:
    """What the reviewed charts of a sample say of the whole: the stratified estimate with its normal interval.

    `errors` tells of each drawn chart whether the reviewer found it in error; BatchError where one is missing.
    """
    if missing := [one.chart for one in drawn if one.chart not in errors]:
        raise BatchError(
            f"the column `error` is empty for {len(missing)} of the drawn charts ({missing[0]} first); "
            "write yes or no there for each"
        )
    strata = {one.stratum: one for one in drawn}
    whole = sum(one.stratum_size for one in strata.values())
    share = variance = 0.0
    for name, one in strata.items():
        found = [errors[other.chart] for other in drawn if other.stratum == name]
        weight, part = one.stratum_size / whole, sum(found) / len(found)
        share += weight * part
        if len(found) > 1:
            rest = 1 - len(found) / one.stratum_size
            variance += weight**2 * rest * part * (1 - part) / (len(found) - 1)
    half = _quantile() * sqrt(variance)
    return Estimate(share, max(0.0, share - half), min(1.0, share + half), share * whole, len(drawn))


def write_sample(drawn: Iterable[Drawn], path: Path) -> None:
    """Write a sample as CSV, with an empty column for what the reviewer finds."""
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["chart", "stratum", "stratum_size", "stratum_drawn", "error"])
            writer.writerows([one.chart, one.stratum, one.stratum_size, one.stratum_drawn, ""] for one in drawn)
    except OSError as error:
        raise BatchError(f"{path} cannot be written ({error.strerror}); choose another path") from None


def read_review(path: Path) -> tuple[tuple[Drawn, ...], dict[str, bool]]:
    """A sample whose column `error` the reviewer has filled in with yes or no."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        drawn = tuple(
            Drawn(row["chart"], row["stratum"], int(row["stratum_size"]), int(row["stratum_drawn"])) for row in rows
        )
        told = {row["chart"]: row["error"].strip().lower() for row in rows}
    except (OSError, KeyError, ValueError, AttributeError, csv.Error):
        raise BatchError(f"{path} is no sample; give the file that `mednec cohort --sample` wrote, filled in") from None
    if wrong := [chart for chart, said in told.items() if said not in ("yes", "no", "y", "n", "")]:
        raise BatchError(f"{path}: the column 'error' of {wrong[0]} says neither yes nor no")
    return drawn, {chart: said in ("yes", "y") for chart, said in told.items() if said}


def _quantile() -> float:
    from scipy.stats import norm

    return float(norm.ppf(0.5 + CONFIDENCE / 2))
