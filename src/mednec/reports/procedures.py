"""An audit in, the procedures that took place out: on which days, month by month, and what the policy looks back on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from mednec.model import Audit, Determination, Evidence, Finding
from mednec.reports.ledger import written
from mednec.reports.words import counted
from mednec.vocabulary import lexicon

MONTHS = 12
RESPONSES = {"none": "no relief", "partial": "partial relief", "good": "good relief", "worse": "worse"}
HAPPENED = frozenset({"past", "performed", "current"})


@dataclass(frozen=True, slots=True)
class Procedure:
    """One procedure that took place: what, where, when (as exactly as the chart says) and how long before."""

    concept: str
    label: str
    where: str
    when: str | None
    day: date | None
    days_before: int | None
    relief: str
    distinct: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Track:
    """The sessions of one procedure, month by month (`cells` in the order of `months`)."""

    label: str
    cells: tuple[tuple[Procedure, ...], ...]


@dataclass(frozen=True, slots=True)
class Window:
    """A span before the request that the policy looks at, in its own words (`12 months`), with the criteria."""

    span: str
    days: int
    determinations: tuple[Determination, ...]


def procedures(audit: Audit) -> tuple[Procedure, ...]:
    """The injections and procedures that took place, the oldest first; those without a date come last."""
    happened = [
        _procedure(one, audit.request.dated)
        for one in audit.evidence
        if one.kind == "therapy" and _is_procedure(one.concept) and _took_place(one)
    ]
    return tuple(sorted(happened, key=lambda s: (s.when is None, s.day or date.max, s.when or "", s.label)))


def months(requested: date) -> tuple[date, ...]:
    """The first day of the month of the request and of the twelve before it."""
    last = requested.year * 12 + requested.month - 1
    return tuple(date(index // 12, index % 12 + 1, 1) for index in range(last - MONTHS, last + 1))


def tracks(audit: Audit) -> tuple[Track, ...]:
    """The dated sessions of the last twelve months, a track for each procedure."""
    shown = months(audit.request.dated)
    dated = [s for s in procedures(audit) if s.day and s.day >= shown[0]]
    labels = dict.fromkeys(s.label for s in dated)
    return tuple(Track(label, tuple(tuple(_of_month(dated, label, m)) for m in shown)) for label in labels)


def windows(audit: Audit) -> tuple[Window, ...]:
    """The look-back windows and rolling limits of the policy's criteria, the longest first."""
    by_span: dict[str, list[Determination]] = {}
    for determination in audit.determinations:
        for span in dict.fromkeys(_spans(determination.criterion.needs)):
            by_span.setdefault(span, []).append(determination)
    found = [Window(span, _days(span), tuple(some)) for span, some in by_span.items()]
    return tuple(sorted(found, key=lambda w: (-w.days, w.span)))


def _procedure(one: Evidence, requested: date) -> Procedure:
    when = one.start or one.end
    day = when.first if when and when.first == when.last else None
    return Procedure(
        concept=one.concept,
        label=_label(one.concept),
        where=where(one),
        when=written(when),
        day=day,
        days_before=(requested - day).days if day else None,
        relief=relief(one),
        distinct=one.distinct,
        findings=one.findings,
    )


def where(one: Evidence) -> str:
    """Side, levels and region of a procedure, as far as the record agrees on them."""
    levels, region = one.value("levels", ()), one.value("region")
    place = ", ".join(levels) if levels else region.replace("_", " ") if isinstance(region, str) else ""
    return " ".join(part for part in (one.value("side", ""), place) if part)


def relief(one: Evidence) -> str:
    """The relief of a procedure in a few words; empty where the record states none, or several."""
    percent, days = one.value("relief_percent"), one.value("relief_days")
    told = f"{percent:g} % relief" if percent is not None else RESPONSES.get(one.value("response"), "")
    lasting = bool(percent) or one.value("response") in ("partial", "good")
    return f"{told} for {_long(days)}" if told and lasting and isinstance(days, int | float) else told


def _long(days: float) -> str:
    if days < 1:
        return counted(round(days * 24), "hour")
    return f"{days:g} day{'' if days == 1 else 's'}"


def _label(concept: str) -> str:
    known = lexicon("therapy").concepts.get(concept)
    return known.label if known else concept.replace("_", " ")


def _is_procedure(concept: str) -> bool:
    return concept in lexicon("therapy").group("injection")


def _took_place(one: Evidence) -> bool:
    return any(fact.value in HAPPENED for fact in one.facts.get("status", ()))


def _of_month(dated: list[Procedure], label: str, month: date) -> Iterator[Procedure]:
    return (s for s in dated if s.label == label and s.day and s.day.replace(day=1) == month)


def _spans(question: Any) -> Iterator[str]:
    if isinstance(question, Mapping):
        for key, value in question.items():
            if key == "within" and isinstance(value, str):
                yield value
            else:
                yield from _spans(value)
    elif isinstance(question, list | tuple):
        for item in question:
            yield from _spans(item)


def _days(span: str) -> int:
    number, unit = span.split()
    days = {"day": 1, "week": 7, "month": 30.4375, "year": 365.25}[unit.removesuffix("s")]
    return round(float(number) * days)
