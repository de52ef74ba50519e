"""Claims of one lasting treatment in, its courses out: a course told three times is one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from mednec.evidence.claims import LASTING, THERAPY_RECORDS, Claim, Identity, is_procedure, may_be_one
from mednec.evidence.dates import apart, exact, hull, vagueness
from mednec.evidence.sizes import near
from mednec.model import Interval

BREAK = 45  # days without a visit after which therapy is a new course
SAME_RECORD = 75  # the same within one record, which tells of one episode of care
LONG_BREAK = 120  # the same for what the patient goes on with alone
RECENT = 90  # days after its last visit on which therapy "is ongoing" may still mean that course
RECENT_LONG = 365  # the same for what the patient goes on with alone
LATELY = timedelta(days=180)  # what lies further back than this is not what a note means by "physical therapy"
STALE = 540  # days after which "had physical therapy" is hardly the course of back then


class Group:
    """Claims that are taken to be about one treatment, while they are being put together."""

    def __init__(self, claim: Claim, *, distinct: bool = True) -> None:
        self.claims: list[Claim] = []
        self.distinct = distinct
        self.concept = claim.finding.concept
        self.span: Interval | None = None  # all days that the claims tell of
        self._kinds: dict[Identity, Claim] = {}
        self.add(claim)

    def add(self, claim: Claim) -> None:
        """Takes a claim in."""
        self.claims.append(claim)
        if not (exact(self.span) and is_procedure(self.concept)):  # a session of a known day is not of a vague time
            self.span = hull(self.span, claim.span)
        self._kinds.setdefault(claim.identity, claim)

    @property
    def regions(self) -> frozenset[str]:
        """All regions that the claims are about."""
        return frozenset(region for one in self.claims for region in one.regions)

    def takes(self, claim: Claim) -> bool:
        """Whether nothing that the claims state sets this one apart from them."""
        return claim.identity in self._kinds or all(may_be_one(claim, other) for other in self._kinds.values())


def courses(claims: Sequence[Claim]) -> list[Group]:
    """The courses of one concept: dated claims chained by time, undated ones put where only one course can be meant."""
    groups: list[Group] = []
    vague: list[Claim] = []
    for one in sorted(
        (c for c in claims if c.span), key=lambda c: (vagueness(c.start) + vagueness(c.end) > 62, *_when(c), c.order)
    ):
        if vagueness(one.start) > 62 and vagueness(one.end) > 62:
            vague.append(one)
            continue
        _chain(groups, one)
    _join_neighbors(groups)
    for one in vague:
        _place_vague(groups, one)
    undated = [c for c in claims if not c.span]
    _place_ongoing(groups, [c for c in undated if c.status == "current"])
    rest = [c for c in undated if c.status != "current"]
    for one in sorted(rest, key=lambda c: (-_exactness(c), c.order)):
        _place_undated(groups, one)
    return groups


def _when(claim: Claim) -> tuple[date, date]:
    span = claim.span
    return (span.first, span.last) if span else (date.max, date.max)


def _exactness(claim: Claim) -> int:
    return sum(
        (
            claim.agent is not None,
            bool(claim.regions),
            claim.finding.get("sessions") is not None,
            claim.finding.get("duration_days") is not None,
        )
    )


def _chain(groups: list[Group], claim: Claim) -> None:
    homes = [group for group in groups if group.takes(claim) and _close(group, claim)]
    if homes:
        min(homes, key=lambda g: (_gap(g, claim), g.claims[0].order)).add(claim)
    else:
        groups.append(Group(claim))


def _join_neighbors(groups: list[Group]) -> None:
    """Two courses between which a claim closed the gap are one."""
    index = 0
    while index < len(groups):
        other = next(
            (
                g
                for g in groups[index + 1 :]
                if all(g.takes(c) for c in groups[index].claims) and _touch(groups[index], g)
            ),
            None,
        )
        if other is None:
            index += 1
            continue
        for claim in other.claims:
            groups[index].add(claim)
        groups.remove(other)
        index = 0


def _touch(one: Group, other: Group) -> bool:
    return one.span is not None and other.span is not None and apart(one.span, other.span) <= _break(one.claims[0])


def _close(group: Group, claim: Claim) -> bool:
    return _gap(group, claim) <= (max(_break(claim), SAME_RECORD) if _same_document(group, claim) else _break(claim))


def _gap(group: Group, claim: Claim) -> int:
    span, other = group.span, claim.span
    return 0 if span is None or other is None else apart(span, other)


def _break(claim: Claim) -> int:
    return LONG_BREAK if claim.finding.concept in LASTING else BREAK


def _place_vague(groups: list[Group], claim: Claim) -> None:
    """A year alone joins the one course of that year."""
    homes = [group for group in groups if group.takes(claim) and _gap(group, claim) == 0]
    if len(homes) == 1:
        homes[0].add(claim)
    else:
        groups.append(Group(claim, distinct=not homes))


def _place_ongoing(groups: list[Group], claims: list[Claim]) -> None:
    """What is ongoing on the day it is told belongs to the latest course that may still run then."""
    for one in sorted(claims, key=lambda c: (c.told or date.max, -_exactness(c), c.order)):
        homes = [
            group
            for group in groups
            if group.takes(one) and not _begins_after(group, one.told) and _may_still_run(group, one)
        ]
        if homes:
            max(homes, key=lambda g: (_last_day(g), g.claims[0].order)).add(one)
        else:
            groups.append(Group(one))


def _may_still_run(group: Group, claim: Claim) -> bool:
    last = _last_day(group)
    limit = RECENT_LONG if claim.finding.concept in LASTING else RECENT
    return claim.told is None or last == date.min or (claim.told - last).days <= limit


def _place_undated(groups: list[Group], claim: Claim) -> None:
    homes = [group for group in groups if group.takes(claim) and not _begins_after(group, claim.told)]
    fresh = [group for group in homes if not _stale(group, claim)]
    choices = (
        fresh,
        [group for group in fresh if _is_the_record(group, claim)],
        [group for group in fresh if _agrees(group, claim)],
        [group for group in fresh if _same_document(group, claim)],
        [group for group in fresh if _is_the_last(group, fresh, claim)],
    )
    for choice in choices:
        if len(choice) == 1:
            choice[0].add(claim)
            return
    if not homes:
        groups.append(Group(claim))
        return
    lone = [group for group in groups if not group.distinct and group.span is None and group.takes(claim)]
    if lone:
        lone[0].add(claim)
    else:
        groups.append(Group(claim, distinct=False))


def _is_the_record(group: Group, claim: Claim) -> bool:
    """Whether the therapist's record in which the claim stands is the record of this course."""
    document = claim.document
    return document.type in THERAPY_RECORDS and any(c.is_visit and c.document.id == document.id for c in group.claims)


def _is_the_last(group: Group, others: list[Group], claim: Claim) -> bool:
    """Whether the others lie so far back that a mention without a date means this one."""
    if claim.told is None or claim.told - _last_day(group) > LATELY:
        return False
    return all(_last_day(group) - _last_day(other) > LATELY for other in others if other is not group)


def _agrees(group: Group, claim: Claim) -> bool:
    """Whether the claim states a size that the course has: as many visits, or as many days."""
    span, days = group.span, claim.finding.get("duration_days")
    if days is not None and span is not None and near("duration_days", days, (span.last - span.first).days):
        return True
    told = [(name, claim.finding.get(name)) for name in ("sessions", "duration_days")]
    return any(
        near(name, value, other.finding.get(name))
        for name, value in told
        if value is not None
        for other in group.claims
        if other.finding.get(name) is not None
    )


def _same_document(group: Group, claim: Claim) -> bool:
    return any(other.document.id == claim.document.id for other in group.claims)


def _begins_after(group: Group, told: date | None) -> bool:
    span = group.span
    return span is not None and told is not None and span.first > told


def _stale(group: Group, claim: Claim) -> bool:
    span = group.span
    return span is not None and claim.told is not None and (claim.told - max(span.last, _last_day(group))).days > STALE


def _last_day(group: Group) -> date:
    """The last day on which the course is told to run, or was told of as ongoing."""
    ends = [span.last for c in group.claims if (span := c.end or c.start)]
    return max([*ends, *(c.told for c in group.claims if c.status == "current" and c.told)], default=date.min)
