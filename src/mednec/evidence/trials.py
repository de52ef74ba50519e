"""Findings of therapy and scores in, trials out: one piece of evidence for each course, session, plan or refusal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from mednec.evidence.claims import Claim, claim, is_procedure
from mednec.evidence.courses import Group, courses
from mednec.evidence.dates import earliest, exact, latest, on
from mednec.evidence.facts import clusters, day_told, facts_of, findings, latest_of_each, merged, union, unique
from mednec.evidence.relief import effect
from mednec.evidence.scores import Attachment, Score, attached, score
from mednec.evidence.sessions import sessions
from mednec.model import Document, Evidence, Fact, Finding, Interval, ServiceRequest

UNNAMED = "injection_unspecified"
LIKE_NAMED = 7  # days by which a stated number of weeks may exceed the days from first to last visit and still be right


def trials(
    found: Mapping[str, Sequence[Finding]],
    documents: Mapping[str, Document],
    regions: Mapping[str, str | None],
    request: ServiceRequest,
) -> list[Evidence]:
    """All that the chart says of treatments, by course, session, plan, refusal and contraindication."""
    claims = [
        claim(f, documents[d], regions[d])
        for d in sorted(found)
        for f in found[d]
        if f.kind == "therapy" and f.get("status") != "other"
    ]
    done = [one for one in claims if one.stage == "done"]
    groups = [
        group
        for concept, several in _named(done).items()
        for group in (sessions if is_procedure(concept) else courses)(several)
    ]
    scores = [
        one
        for d in sorted(found)
        for f in found[d]
        if f.kind in ("pain_score", "function_score") and (one := score(f, documents[d]))
    ]
    measured = attached(scores, groups)
    injected = _injectates(groups, found, documents)
    pieces = [
        _trial(group, measured.get(index, []), injected.get(index, ()), request) for index, group in enumerate(groups)
    ]
    return [*pieces, *_intentions([one for one in claims if one.stage != "done"], request)]


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


def _trial(group: Group, scores: Sequence[Score], injectate: tuple[Fact, ...], request: ServiceRequest) -> Evidence:
    claims = sorted(group.claims, key=lambda c: c.order)
    procedure = is_procedure(claims[0].finding.concept)
    start, end = span(claims)
    own = _of_session(claims) if procedure else _amount(claims, start, end)
    facts = merged(
        facts_of(claims), effect(claims, scores), own, {"injectate": injectate}, _calendar(start, end, claims, request)
    )
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


def _calendar(
    start: Interval | None, end: Interval | None, claims: Sequence[Claim], request: ServiceRequest
) -> dict[str, tuple[Fact, ...]]:
    known = exact(end) or exact(start)
    return {} if known is None else {"days_before": (Fact((request.dated - known).days, findings(claims)),)}


def _injectates(
    groups: Sequence[Group], found: Mapping[str, Sequence[Finding]], documents: Mapping[str, Document]
) -> Mapping[int, tuple[Fact, ...]]:
    """What was injected in each session: from its own record, or told beside it."""
    places = {id(group): index for index, group in enumerate(groups)}
    attachment = Attachment([group for group in groups if is_procedure(group.claims[0].finding.concept)])
    told: dict[int, list[Finding]] = {}
    for document_id in sorted(found):
        for finding in found[document_id]:
            if finding.kind == "technique" and finding.concept == "injectate" and finding.get("value") is not None:
                document = documents[document_id]
                homes = attachment.beside(finding, document) or attachment.record_of(document)
                for group in homes:
                    told.setdefault(places[id(group)], []).append(finding)
    return {
        index: (Fact(_value([str(f.get("value")) for f in several]), unique(several)),)
        for index, several in told.items()
    }


def _value(values: Iterable[str]) -> Any:
    several = sorted(set(values))
    return several[0] if len(several) == 1 else tuple(several)


def _intentions(claims: Sequence[Claim], request: ServiceRequest) -> list[Evidence]:
    """Plans, refusals, what was never tried and what cannot be: each by day, a contraindication once."""
    groups: dict[tuple[Any, ...], list[Claim]] = {}
    for one in sorted(claims, key=lambda c: c.order):
        lasting = one.stage == "contraindicated"
        key = (
            one.finding.concept,
            one.stage,
            one.agent,
            tuple(sorted(one.regions)),
            None if lasting else one.told,
            None if lasting else one.start,
        )
        groups.setdefault(key, []).append(one)
    return [_intention(several, request) for several in groups.values()]


def _intention(claims: Sequence[Claim], request: ServiceRequest) -> Evidence:
    start = earliest([one.start for one in claims if one.start])
    told = max((one.told for one in claims if one.told), default=None)
    end = latest([one.end for one in claims if one.end]) or start
    days = (Fact((request.dated - told).days, findings(claims)),) if told else ()
    stated = {
        name: latest_of_each(claims, name) for name in ("duration_days", "sessions", "relief_percent", "relief_days")
    }
    start = start or (on(told) if told else None)
    facts = merged(facts_of(claims), {name: facts for name, facts in stated.items() if facts}, {"days_before": days})
    return Evidence("therapy", claims[0].finding.concept, findings(claims), facts, start, end or start, True)
