"""A pattern and the evidence in, the pieces of evidence that it is about out: surely, or only perhaps."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from mednec.audit import calendar, requested, wording
from mednec.audit.conditions import bound, passes, spans
from mednec.model import Answer, Document, Evidence, Fact, Finding, Interval, Policy, ServiceRequest
from mednec.vocabulary import SESSION_RECORDS, lexicon

ORDER = "order"
AFTERWARDS = (ORDER, "recent", "prefer")  # conditions that compare the pieces that passed the others
COEXISTING = ("basis", "sign")  # attributes of which one thing may have several values without contradiction
BEFORE_ONSET = 31  # days by which the end of a treatment may lie before the onset, as loosely as both are told
ROUNDED = 7  # days, or a tenth, by which a treatment may be told to be longer than the pain
LONG_PAST = (
    1461  # days after which a treatment may have been for another episode, where nobody tells how old the pain is
)
SUSPECTED = "suspected"
DONE = ("past", "not_tried", "declined", "contraindicated")


@dataclass(frozen=True)
class Asked:
    """What questions are put to: the evidence, the request and the words that the policy defines."""

    request: ServiceRequest
    policy: Policy
    evidence: tuple[Evidence, ...]
    documents: tuple[Document, ...] = ()
    _expanded: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def by_kind(self) -> Mapping[str, tuple[Evidence, ...]]:
        """The evidence of each kind."""
        kinds = dict.fromkeys(piece.kind for piece in self.evidence)
        return {kind: tuple(piece for piece in self.evidence if piece.kind == kind) for kind in kinds}

    @cached_property
    def by_id(self) -> Mapping[str, Document]:
        """The documents by their id."""
        return {document.id: document for document in self.documents}

    @cached_property
    def last_session(self) -> date:
        """The day of the last procedure in the requested region that the chart records before the request."""
        done = (p for p in self.by_kind.get("therapy", ()) if p.value("status") == "performed")
        days = (calendar.day(p, self.request.dated) for p in done if holds(p, "region", "requested", self) is not False)
        return max((day for day in days if day and day < self.request.dated), default=date.min)

    def concepts(self, kind: str, spec: Any) -> frozenset[str]:
        """The concepts that a name stands for: a definition of the policy, a group of the lexicon, or a concept."""
        if isinstance(spec, list | tuple):
            return frozenset().union(*(self.concepts(kind, name) for name in spec))
        if (kind, spec) not in self._expanded:
            defined = self.policy.definitions.get(spec, {})
            found = self.concepts(kind, defined[kind]) if kind in defined else frozenset(lexicon(kind).group(spec))
            self._expanded[kind, spec] = found or frozenset([spec])
        return self._expanded[kind, spec]


@dataclass(frozen=True)
class Candidate:
    """A piece of evidence that a pattern is about; `open` are the conditions that it leaves open."""

    evidence: Evidence
    open: tuple[str, ...] = ()

    @property
    def sure(self) -> bool:
        """Whether nothing is left open."""
        return not self.open


def select(kind: str, spec: Any, pattern: Mapping[str, Any], asked: Asked) -> list[Candidate]:
    """The candidates of a pattern: what clearly fails `where`, or passes any of `except`, is left out."""
    wanted = asked.concepts(kind, spec)
    where, without = pattern.get("where", {}), pattern.get("except", {})
    pieces = (piece for piece in asked.by_kind.get(kind, ()) if piece.concept in wanted)
    candidates = [c for piece in pieces if (c := _weighed(piece, where, asked)) is not None]
    if without:
        candidates = [c for c in candidates if not any(holds(c.evidence, n, t, asked) for n, t in without.items())]
    if "about" in where:
        candidates = _of_the_session(candidates, asked)
    for name in AFTERWARDS:
        if name in where:
            candidates = _COMPARED[name](candidates, where[name], asked)
    return candidates


def holds(piece: Evidence, name: str, test: Any, asked: Asked) -> bool | None:
    """Whether a piece of evidence passes a condition: yes, no, or not to be told."""
    if name == "within":
        return calendar.within(piece, asked.request.dated, window(test, asked.request))
    if name == "about":
        return _about_request(piece, asked)
    if name == "says":
        words = re.compile(rf"\b(?:{'|'.join(map(re.escape, test))})", re.IGNORECASE)
        return any(words.search(finding.quote) for finding in piece.findings) or None
    if name == "after":
        return _after_onset(piece, asked)
    if name == "in":
        types = {asked.by_id[f.document_id].type for f in piece.findings if f.document_id in asked.by_id}
        return bool(types & set(test if isinstance(test, list) else [test]))
    if name in ("days_before", "age_days") and name not in piece.facts:
        span = calendar.days_before(piece, asked.request.dated)
        return None if span is None else spans(*span, test)
    results = {fits(name, fact.value, test, asked) for fact in piece.facts.get(name, ())}
    if test == "unknown":
        return not results
    if name in COEXISTING and True in results:
        return True
    return results.pop() if len(results) == 1 else None


def fits(name: str, value: Any, test: Any, asked: Asked) -> bool | None:
    """Whether one stated value passes a test, comparing with the request where the test asks so."""
    match test:
        case "requested" | "elsewhere":
            fit = _requested(name, value, asked)
            return fit if test == "requested" or fit is None else not fit
        case "covering":
            return requested.covers(name, value, asked.request)
        case "beyond":
            return requested.is_beyond(value, asked.request)
        case "counted":
            return requested.fits_region(
                value, asked.request, asked.policy.definitions.get("regions", {}).get("one", ())
            )
        case "far":
            near = requested.fits_levels(value, asked.request, requested.reach_of(asked.request))
            return None if near is None else not near
    if name == "levels" and isinstance(test, str) and bound(test):
        return passes(requested.joints_of(value), test)
    if value == SUSPECTED and SUSPECTED not in (test if isinstance(test, list) else [test]):
        return None  # a suspicion neither shows nor denies
    return passes(value, test)


def window(test: str, request: ServiceRequest) -> int:
    """The days of a look-back window; months and years are those of the calendar."""
    number, unit = str(test).removeprefix("at least ").split(" ")
    if unit.startswith(("month", "year")):
        return calendar.opens_before(request.dated, int(number) * (12 if unit.startswith("year") else 1))
    limit = bound(f"at least {number} {unit}")
    return int(limit[1]) if limit else 0


def _weighed(piece: Evidence, where: Mapping[str, Any], asked: Asked) -> Candidate | None:
    """The piece with the conditions that it leaves open; None where it clearly fails one."""
    results = {name: holds(piece, name, test, asked) for name, test in where.items() if name not in AFTERWARDS}
    if any(result is False for result in results.values()):
        return None
    return Candidate(piece, tuple(name for name, result in results.items() if result is None))


def _requested(name: str, value: Any, asked: Asked) -> bool | None:
    if name == "side":
        return requested.fits_side(value, asked.request)
    if name == "levels":
        return requested.fits_levels(value, asked.request)
    return requested.fits_region(value, asked.request)


def _after_onset(piece: Evidence, asked: Asked) -> bool | None:
    """Whether a treatment can have been for this pain: not ended before it began, nor longer than it has lasted."""
    pains = [
        p for p in asked.by_kind.get("symptom_duration", ()) if holds(p, "region", "requested", asked) is not False
    ]
    known = [p.value("longest") for p in pains]
    ended = _days_since(piece, asked)
    if not known or None in known:
        return None if ended is not None and ended > LONG_PAST else True
    longest = max(known)
    if ended is not None and ended > longest + BEFORE_ONSET:
        return False
    told = [(fact.value, _lasted_then(longest, fact, asked)) for fact in piece.facts.get("duration_days", ())]
    return None if told and all(days > pain + max(ROUNDED, pain / 10) for days, pain in told) else True


def _days_since(piece: Evidence, asked: Asked) -> int | None:
    """How many days ago a treatment had ended: as told, else by the day on which it was told as past."""
    if piece.end is not None:
        return (asked.request.dated - piece.end.last).days
    told = [finding.dated for finding in piece.findings if finding.dated]
    if piece.value("status") != "past" or not told:
        return None
    return (asked.request.dated - max(told)).days


def _lasted_then(longest: float, fact: Fact, asked: Asked) -> float:
    """How long the pain had lasted when a treatment was last told to have taken so long."""
    days = [finding.dated for finding in fact.findings if finding.dated]
    return longest - (asked.request.dated - max(days)).days if days else longest


def _about_request(piece: Evidence, asked: Asked) -> bool | None:
    """Whether it says how the requested session will be or was done; the record of an earlier session does not."""
    if piece.value("status") in DONE or _is_bygone(piece):
        return False
    return any(_tells_request(finding, asked) for finding in piece.findings)


def _is_bygone(piece: Evidence) -> bool:
    """Whether what stands in a plan has a date of its own before the day on which it was written."""
    stated = [finding.dated for finding in piece.findings if finding.dated]
    return (
        piece.value("status") == "planned" and piece.end is not None and piece.end.last < min(stated, default=date.min)
    )


def _tells_request(finding: Finding, asked: Asked) -> bool:
    document, status = asked.by_id.get(finding.document_id), finding.get("status")
    if status in DONE or (finding.get("earlier") and status != "planned"):
        return False
    if document is None or document.dated is None:
        return True
    if document.dated == asked.request.dated:
        return True
    return status != "performed" and document.type not in SESSION_RECORDS


def _of_the_session(candidates: list[Candidate], asked: Asked) -> list[Candidate]:
    """What the record of the session says, or else what was said since the last one: plans before it were its own."""
    records = {d.id for d in asked.documents if d.dated == asked.request.dated and d.type in SESSION_RECORDS}
    recorded = [c for c in candidates if any(finding.document_id in records for finding in c.evidence.findings)]
    last = asked.last_session
    return recorded or [c for c in candidates if any(f.dated is None or f.dated >= last for f in c.evidence.findings)]


def _in_order(candidates: list[Candidate], which: str, asked: Asked) -> list[Candidate]:
    """Those that can be the latest (or the first), on the days on which they can be it.

    Where it is not to be told which of several it is, all of them are left open: `order`.
    """
    days = {id(c): calendar.when(c.evidence, asked.request.dated) for c in candidates}
    pool = [c for c in candidates if c.evidence.distinct or (c.sure and _is_exact(days[id(c)]))] or candidates
    known = [day for c in pool if c.sure and (day := days[id(c)])]
    if not known:
        return pool if len(pool) == 1 else [_unplaced(c) for c in pool]
    bound = max(day.first for day in known) if which == "latest" else min(day.last for day in known)
    able = [c for c in pool if (day := days[id(c)]) is None or _reaches(day, bound, which)]
    if all(c.sure and (day := days[id(c)]) and day == days[id(able[0])] and _is_exact(day) for c in able):
        return able
    return able if len(able) == 1 else [_unplaced(_confined(c, days[id(c)], bound, which)) for c in able]


def _is_exact(day: Interval | None) -> bool:
    return day is not None and day.first == day.last


def _reaches(day: Interval, bound: date, which: str) -> bool:
    return day.last >= bound if which == "latest" else day.first <= bound


def _unplaced(candidate: Candidate) -> Candidate:
    return replace(candidate, open=(*candidate.open, ORDER))


def _confined(candidate: Candidate, day: Interval | None, bound: date, which: str) -> Candidate:
    """The candidate on the days on which it is the latest (or the first), where it is vague."""
    if day is None or day.first == day.last:
        return candidate
    first, last = (max(day.first, bound), day.last) if which == "latest" else (day.first, min(day.last, bound))
    return replace(candidate, evidence=replace(candidate.evidence, end=Interval(first, last)))


def _recent(candidates: list[Candidate], length: str, asked: Asked) -> list[Candidate]:
    """Those no older than that before the newest; undated ones stay."""
    days = {id(c): interval.last for c in candidates if (interval := calendar.when(c.evidence, asked.request.dated))}
    newest = max((days[id(c)] for c in candidates if c.sure and id(c) in days), default=None)
    if newest is None:
        return candidates
    limit = window(length, replace(asked.request, dated=newest))
    return [c for c in candidates if id(c) not in days or (newest - days[id(c)]).days <= limit]


def _preferred(candidates: list[Candidate], tests: Any, asked: Asked) -> list[Candidate]:
    """Where some candidates pass, only those; of several preferences one after the other."""
    for test in tests if isinstance(tests, list) else [tests]:
        better = [c for c in candidates if all(holds(c.evidence, n, t, asked) for n, t in test.items())]
        candidates = better or candidates
    return candidates


_COMPARED: Mapping[str, Callable[[list[Candidate], Any, Asked], list[Candidate]]] = {
    ORDER: _in_order,
    "recent": _recent,
    "prefer": _preferred,
}


def gap(candidate: Candidate) -> Answer:
    """What is missing to know whether a piece of evidence is one that the pattern is about."""
    missing = tuple(f"{wording.phrase(name)} of {wording.named(candidate.evidence)}" for name in candidate.open)
    return Answer(seen=candidate.evidence.findings, missing=missing)
