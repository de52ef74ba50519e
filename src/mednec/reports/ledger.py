"""Trials of treatment in, one row for each out: what was tried, when, how long, with what response."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mednec.model import Audit, Evidence, Fact, Finding, Interval
from mednec.vocabulary import lexicon

DAYS_IN_WEEK = 7
CELLS = {  # the attributes of a trial that people look at, in their order
    "region": "Region",
    "start": "From",
    "end": "To",
    "weeks": "Weeks",
    "sessions": "Visits",
    "response": "Response",
    "adherence": "Adherence",
    "failure_reason": "Why it failed",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One trial of treatment; `values` holds, by attribute, every value that the documents state."""

    concept: str
    label: str
    values: Mapping[str, tuple[Any, ...]]
    findings: tuple[Finding, ...]
    distinct: bool
    facts: Mapping[str, tuple[Fact, ...]]  # the same values, each with the findings that say so

    def one(self, name: str) -> Any:
        """The one value that is stated; None where none is, or several."""
        values = self.values.get(name, ())
        return values[0] if len(values) == 1 else None

    @property
    def contradicted(self) -> dict[str, tuple[Any, ...]]:
        """The attributes of which the documents state several values."""
        return {name: values for name, values in self.values.items() if len(values) > 1}


def rows(audit: Audit) -> tuple[Row, ...]:
    """The trials of an audit as rows, in its order."""
    return tuple(_row(trial) for trial in audit.trials)


def _row(trial: Evidence) -> Row:
    facts = {
        **dict(sorted(trial.facts.items())),
        "weeks": _in_weeks(trial.facts.get("duration_days", ())),
        "start": _dated(trial, "started", written(trial.start)),
        "end": _dated(trial, "ended", written(trial.end)),
    }
    values = {name: tuple(fact.value for fact in some) for name, some in facts.items()}
    return Row(trial.concept, _label(trial), values, trial.findings, trial.distinct, facts)


def _in_weeks(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Durations of days in weeks; those that are the same in weeks are one."""
    found: dict[float, tuple[Finding, ...]] = {}
    for fact in facts:
        found[_weeks(fact.value)] = found.get(_weeks(fact.value), ()) + fact.findings
    return tuple(Fact(weeks, findings) for weeks, findings in found.items())


def _dated(trial: Evidence, name: str, value: str | None) -> tuple[Fact, ...]:
    """The date on which a trial began or ended, with the findings that state one, else with those that tell of it."""
    if value is None:
        return ()
    stating = tuple(finding for finding in trial.findings if finding.get(name) is not None)
    return (Fact(value, stating or trial.findings),)


def _label(trial: Evidence) -> str:
    concept = lexicon(trial.kind).concepts.get(trial.concept)
    return concept.label if concept else trial.concept.replace("_", " ")


def _weeks(days: float) -> float:
    weeks = round(days / DAYS_IN_WEEK, 1)
    return int(weeks) if weeks == int(weeks) else weeks


def written(interval: Interval | None) -> str | None:
    """A date as exactly as the chart gives it: a day, a month, a year, or `first/last`."""
    if interval is None:
        return None
    first, last = interval.first, interval.last
    if first == last:
        return first.isoformat()
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return f"{first.year:04}"
    whole_month = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    if whole_month and (first.year, first.month) == (last.year, last.month):
        return first.isoformat()[:7]
    return f"{first.isoformat()}/{last.isoformat()}"
