"""An audit in, what a timeline shows out: scores, courses of treatment, procedures, imaging, the request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from mednec.model import Audit, Evidence, Finding
from mednec.reports.ledger import written
from mednec.reports.procedures import HAPPENED, procedures, relief
from mednec.reports.words import spoken
from mednec.vocabulary import lexicon

PAIN = 10


@dataclass(frozen=True, slots=True)
class Score:
    """One score on one day: `low` and `high` on a scale that ends at `of`."""

    scale: str
    label: str
    day: date
    low: float
    high: float
    of: float
    remark: str
    higher_is_better: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """One course of treatment: `first` and `last` are its bounds as far as they are known."""

    label: str
    first: date | None
    last: date | None
    when: str
    outcome: str
    ongoing: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that happened on one day."""

    kind: str  # procedure | imaging
    label: str
    day: date
    remark: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """All that is known with a date, and the day of the request."""

    requested: date
    scores: tuple[Score, ...]
    courses: tuple[Course, ...]
    marks: tuple[Mark, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing but the request has a date."""
        return not (self.scores or self.courses or self.marks)


def timeline(audit: Audit) -> Timeline:
    """The dated events of the record; what has no date at all is in the ledger alone."""
    evidence = audit.evidence
    scores = chain.from_iterable(_scores(one) for one in evidence if one.kind in ("pain_score", "function_score"))
    courses = (_course(one, audit.request.dated) for one in evidence if _is_course(one))
    studies = (_study(one) for one in evidence if one.kind in ("imaging", "electrodiagnostic"))
    held = (
        Mark("procedure", s.label, s.day, " ".join(filter(None, (s.where, s.relief))), s.findings)
        for s in procedures(audit)
        if s.day
    )
    return Timeline(
        audit.request.dated,
        tuple(sorted(scores, key=lambda s: (s.scale != "nrs", s.scale, s.day, s.remark, s.low))),
        tuple(sorted(courses, key=lambda c: (c.first or c.last or date.max, c.label, c.when))),
        tuple(sorted((m for m in chain(held, studies) if m), key=lambda m: (m.kind, m.day, m.label, m.remark))),
    )


def _scores(one: Evidence) -> list[Score]:
    low, high = one.value("low", one.value("value")), one.value("high", one.value("value"))
    if one.start is None or one.start.first != one.start.last or not _are_numbers(low, high):
        return []
    concept = lexicon(one.kind).concepts.get(one.concept)
    extra = concept.extra if concept else {}
    of = one.value("of", PAIN) if one.kind == "pain_score" else 100 if one.value("percent") else extra.get("of", high)
    return [
        Score(
            scale=one.concept,
            label=concept.label if concept else spoken(one.concept),
            day=one.start.first,
            low=float(low),
            high=float(high),
            of=float(max(of, high)),
            remark=spoken(str(one.value("when", ""))),
            higher_is_better=extra.get("higher") == "better",
            findings=one.findings,
        )
    ]


def _are_numbers(*values: Any) -> bool:
    return all(isinstance(value, int | float) for value in values)


def _is_course(one: Evidence) -> bool:
    if one.kind != "therapy" or one.concept in lexicon("therapy").group("injection"):
        return False
    return any(fact.value in HAPPENED for fact in one.facts.get("status", ())) and bool(one.start or one.end)


def _course(one: Evidence, requested: date) -> Course:
    concept = lexicon(one.kind).concepts.get(one.concept)
    agent = one.value("agent")
    name = concept.label if concept else spoken(one.concept)
    ongoing = one.value("status") == "current"
    first = one.start.first if one.start else None
    last = min(one.end.last, requested) if one.end else None
    begun, ended = written(one.start) or "", written(one.end) or ""
    until = "still going on" if ongoing and not (last and first) else ended
    return Course(
        label=_course_label(name, agent),
        first=first,
        last=last,
        when=begun if begun == ended else " to ".join(part for part in (begun, until) if part),
        outcome=relief(one),
        ongoing=ongoing,
        findings=one.findings,
    )


def _course_label(name: str, agent: Any) -> str:
    """A drug by its own name, with that of its class where it is short."""
    if not isinstance(agent, str) or agent.lower() in name.lower():
        return name
    return f"{agent} ({name})" if len(name) < 14 else agent


def _study(one: Evidence) -> Mark | None:
    day = one.start.first if one.start and one.start.first == one.start.last else None
    if day is None:
        return None
    concept = lexicon(one.kind).concepts.get(one.concept)
    region = one.value("region")
    where = spoken(region) if isinstance(region, str) else ""
    return Mark("imaging", concept.label if concept else spoken(one.concept), day, where, one.findings)
