"""Findings of therapy and scores in, trials out: one piece of evidence for each course, session, plan or refusal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from mednec.evidence.claims import Claim, claim, is_procedure
from mednec.evidence.complaint import compatible
from mednec.evidence.courses import Group, courses
from mednec.evidence.dates import earliest, exact, latest, on
from mednec.evidence.facts import clusters, day_told, facts_of, findings, latest_of_each, merged, union, unique
from mednec.evidence.reading import Reading
from mednec.evidence.relief import effect
from mednec.evidence.scores import THERAPY_RECORDS, Attachment, Score, attached, score
from mednec.evidence.sessions import sessions
from mednec.model import Evidence, Fact, Finding, Interval

UNNAMED = "injection_unspecified"
LIKE_NAMED = 7  # days by which a stated number of weeks may exceed the days from first to last visit and still be right


def trials(reading: Reading) -> list[Evidence]:
    """The treatments that were given, by course and session, with what they did."""
    groups = [
        group
        for concept, claims in _named(claims_of(reading)).items()
        for group in (sessions if is_procedure(concept) else courses)(claims)
    ]
    several = [(f, reading.document(f)) for f in reading.of("pain_score", "function_score")]
    scores = [one for finding, document in several if (one := score(finding, document))]
    measured, injected = attached(scores, groups), _injectates(groups, reading)
    pieces = []
    for index, group in enumerate(groups):
        around = _around(group, groups, scores, reading)
        facts = merged(effect(group.claims, measured.get(index, []), around), {"injectate": injected.get(index, ())})
        pieces.append(_trial(group, facts, reading))
    return pieces


def claims_of(reading: Reading) -> list[Claim]:
    """What the findings say of treatments that were given."""
    told = (
        claim(f, reading.document(f), reading.where(f)) for f in reading.of("therapy") if f.get("status") != "other"
    )
    return [one for one in told if one.stage == "done"]


def _named(claims: Sequence[Claim]) -> Mapping[str, list[Claim]]:
    """The claims by concept; "had injection Aug 26" goes with that day's injection where it is named elsewhere."""
    names: dict[Any, set[str]] = {}
    for one in claims:
        if is_procedure(one.finding.concept) and exact(one.start) and one.finding.concept != UNNAMED:
            names.setdefault(one.start, set()).add(one.finding.concept)
    groups: dict[str, list[Claim]] = {}
    for one in sorted(claims, key=lambda c: (c.finding.concept, c.order)):
        known = names.get(one.start, set()) if one.finding.concept == UNNAMED and exact(one.start) else set()
        groups.setdefault(next(iter(known)) if len(known) == 1 else one.finding.concept, []).append(one)
    return dict(sorted(groups.items()))


def _around(group: Group, groups: Sequence[Group], scores: Sequence[Score], reading: Reading) -> list[Score]:
    """The scores of function told around a session, up to the next one of its kind, that may be of its region."""
    concept, day = group.claims[0].finding.concept, exact(group.span)
    if day is None or not is_procedure(concept):
        return []
    later = (exact(g.span) for g in groups if g.claims[0].finding.concept == concept)
    following = min((other for other in later if other and other > day), default=date.max)
    places = frozenset(region for one in group.claims for region in one.regions)
    return [
        one
        for one in scores
        if one.finding.kind == "function_score"
        and one.document.type not in THERAPY_RECORDS
        and one.told
        and one.told < following
        and compatible(places, reading.where(one.finding))
    ]


def _trial(group: Group, effects: Mapping[str, tuple[Fact, ...]], reading: Reading) -> Evidence:
    claims = sorted(group.claims, key=lambda c: c.order)
    start, end = span(claims)
    own = _of_session(claims) if is_procedure(claims[0].finding.concept) else _amount(claims, start, end)
    known = exact(end) or exact(start)
    days = (Fact(reading.days_before(known), findings(claims)),) if known else ()
    facts = merged(facts_of(claims), effects, own, {"days_before": days})
    concept = min((one.finding.concept for one in claims), key=lambda name: (name == UNNAMED, name))
    return Evidence("therapy", concept, findings(claims), facts, start, end, group.distinct)


def span(claims: Sequence[Claim]) -> tuple[Interval | None, Interval | None]:
    """When the treatment began and ended; what goes on ends, for now, on the last day it was told of."""
    start = earliest([one.start for one in claims if one.start])
    end = latest([one.end for one in claims if one.end])
    running = max((one.told for one in claims if one.status == "current" and one.told), default=None)
    if running and (end is None or end.last < running) and not _stopped(claims, running):
        end = on(running)
    return start, end


def _stopped(claims: Iterable[Claim], running: date) -> bool:
    """Whether an end that was told on or after that day lies before it."""
    return any(
        one.end and not one.is_visit and one.told and one.told >= running and one.end.last < running for one in claims
    )


def _of_session(claims: Sequence[Claim]) -> dict[str, tuple[Fact, ...]]:
    """A session is one session; its own record knows the levels and the side best."""
    record = [one for one in claims if one.status == "performed"]
    own: dict[str, tuple[Fact, ...]] = {"sessions": (Fact(1, findings(claims)),)}
    for name, make in (("levels", union), ("side", latest_of_each)):
        told = [one for one in record if one.finding.get(name) is not None]
        if told:
            own[name] = make(told, name)
    return own


def _amount(claims: Sequence[Claim], start: Interval | None, end: Interval | None) -> dict[str, tuple[Fact, ...]]:
    """How long a course ran and how many visits it had, as told and as its dates give."""
    return {"duration_days": durations(claims, start, end), "sessions": visits(claims)}


def durations(claims: Sequence[Claim], start: Interval | None, end: Interval | None) -> tuple[Fact, ...]:
    """The days a course ran: counted from first to last day where both are known, beside what is stated."""
    stated = [
        (one.finding.get("duration_days"), day_told(one), one.status == "current", one.finding)
        for one in claims
        if one.finding.get("duration_days") is not None and not _is_day(one)
    ]
    first, last = exact(start), exact(end)
    if first is None or last is None or first >= last:
        return clusters("duration_days", stated, _most_told(stated))
    days = (last - first).days
    ends = [
        one
        for one in claims
        if (one.start and exact(one.start) == first)
        or (one.end and exact(one.end) == last)
        or (one.status == "current" and one.told == last)
    ]
    shown = findings(ends)
    counted = [
        (
            days,
            max(day_told(one) for one in ends),
            any(one.status == "current" and one.told == last for one in ends),
            finding,
        )
        for finding in shown
    ]

    def choose(values: Sequence[Any]) -> Any:
        if days not in values:
            return _most_told(stated)(values)
        return max(value for value in values if value - days <= LIKE_NAMED)

    return clusters("duration_days", [*stated, *counted], choose)


def _most_told(stated: Sequence[tuple[Any, date, bool, Finding]]) -> Callable[[Sequence[Any]], Any]:
    """Of near durations the one told most often; of those equally often the shortest."""
    counts: dict[Any, int] = {}
    for value, *_ in stated:
        counts[value] = counts.get(value, 0) + 1
    return lambda values: min(values, key=lambda v: (-counts.get(v, 0), v))


def visits(claims: Sequence[Claim]) -> tuple[Fact, ...]:
    """The number of visits: as told in sum, else the days of the flowsheet."""
    stated = [
        (one.finding.get("sessions"), day_told(one), one.status == "current", one.finding)
        for one in claims
        if one.finding.get("sessions") is not None and not one.is_visit
    ]
    if stated:
        return clusters("sessions", stated)
    days: dict[date, Claim] = {}
    for one in claims:
        if one.is_visit and one.start:
            days.setdefault(one.start.first, one)
    return (Fact(len(days), findings(days.values())),) if len(days) > 1 else ()


def _is_day(claim: Claim) -> bool:
    """An entry of one day cannot tell how long the course ran, unless it says more than a day."""
    value = claim.finding.get("duration_days")
    return claim.is_visit and isinstance(value, int | float) and value <= 1


def _injectates(groups: Sequence[Group], reading: Reading) -> Mapping[int, tuple[Fact, ...]]:
    """What was injected in each session: from its own record, or told beside it."""
    places = {id(group): index for index, group in enumerate(groups)}
    attachment = Attachment([group for group in groups if is_procedure(group.claims[0].finding.concept)])
    told: dict[int, list[Finding]] = {}
    for finding in reading.of("technique"):
        if finding.concept != "injectate" or finding.get("value") is None:
            continue
        document = reading.document(finding)
        for group in attachment.beside(finding, document) or attachment.record_of(document):
            told.setdefault(places[id(group)], []).append(finding)
    return {
        index: (Fact(_value(str(f.get("value")) for f in several), unique(several)),) for index, several in told.items()
    }


def _value(values: Iterable[str]) -> Any:
    several = sorted(set(values))
    return several[0] if len(several) == 1 else tuple(several)
