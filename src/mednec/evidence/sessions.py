"""Claims of one kind of procedure in, its sessions out: one a day, retellings with the one that they can mean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from mednec.evidence.claims import Claim
from mednec.evidence.courses import Group
from mednec.evidence.dates import apart, exact, vagueness

FOLLOW_UP = timedelta(days=45)
LONG_BACK = timedelta(days=28)
AHEAD = timedelta(days=60)
OWN = ("sessions", "response", "relief_percent", "relief_days", "failure_reason", "agent")
MOST = 6  # sessions that one sentence may stand for ("a series of three")


def sessions(claims: Sequence[Claim]) -> list[Group]:
    """The sessions of one procedure: those of a known day, of a month or year, by number, and the rest."""
    groups: list[Group] = []
    dated = [c for c in claims if exact(c.span)]
    for one in sorted(dated, key=lambda c: (c.span.first if c.span else date.max, c.order)):
        _place_dated(groups, one)
    for one in sorted((c for c in claims if c.span and not exact(c.span)), key=lambda c: (vagueness(c.span), c.order)):
        _place_vague(groups, one)
    undated = [c for c in claims if c.span is None]
    for one in sorted((c for c in undated if _ordinal(c)), key=lambda c: (_ordinal(c), c.order)):
        _place_numbered(groups, one)
    for one in sorted((c for c in undated if not _ordinal(c)), key=lambda c: (-_told_sessions(c), c.order)):
        _place_undated(groups, one)
    return groups


def _place_dated(groups: list[Group], claim: Claim) -> None:
    """All that is dated to one day is one session, on whichever side."""
    home = next((g for g in groups if g.span == claim.span and _same_place(g, claim)), None)
    if home:
        home.add(claim)
    else:
        groups.append(Group(claim))


def _same_place(group: Group, claim: Claim) -> bool:
    return any(
        not one.regions or not claim.regions or one.regions & claim.regions for one in group.claims
    ) or group.takes(claim)


def _place_vague(groups: list[Group], claim: Claim) -> None:
    """A month or a year joins the one session that lies in it; several told of there are several."""
    homes = [
        g
        for g in groups
        if g.takes(claim) and g.span and claim.span and apart(g.span, claim.span) == 0 and _ordinals_agree(g, claim)
    ]
    _spread(groups, homes, claim)


def _place_numbered(groups: list[Group], claim: Claim) -> None:
    """'Block #2' is the session so numbered, else the one dated session that may bear that number."""
    homes = [g for g in _before(groups, claim) if g.takes(claim) and _ordinals_agree(g, claim)]
    open_ = [g for g in homes if g.span] or homes
    named = [g for g in open_ if any(_ordinal(c) == _ordinal(claim) for c in g.claims)]
    if len(named) == 1 or len(open_) == 1:
        (named or open_)[0].add(claim)
    else:
        _alone(groups, claim, distinct=not open_)


def _place_undated(groups: list[Group], claim: Claim) -> None:
    """'The injection helped' is told of the one session before it; 'both blocks' of the two."""
    homes = [g for g in _before(groups, claim) if g.takes(claim)]
    dated = [g for g in homes if g.span]
    own = [g for g in dated if any(c.is_own_record and c.document.id == claim.document.id for c in g.claims)]
    _spread(groups, own or _latest(dated, claim) or dated or homes, claim)


def _latest(groups: list[Group], claim: Claim) -> list[Group]:
    """The session just before a mention, where the one before that lies long back: a follow-up is about it."""
    if len(groups) < 2 or claim.told is None or _told_sessions(claim) > 1:
        return []
    *others, last = sorted((span.last, place) for place, group in enumerate(groups) if (span := group.span))
    fresh = claim.told - last[0] <= FOLLOW_UP and all(last[0] - other[0] >= LONG_BACK for other in others)
    return [groups[last[1]]] if fresh else []


def _spread(groups: list[Group], homes: list[Group], claim: Claim) -> None:
    told = _told_sessions(claim)
    if told > 1 and len(homes) <= told:
        for home in homes:
            home.add(claim)
        groups.extend(Group(claim) for _ in range(told - len(homes)))
    elif len(homes) == 1:
        homes[0].add(claim)
    else:
        _alone(groups, claim, distinct=not homes)


def _alone(groups: list[Group], claim: Claim, *, distinct: bool) -> None:
    """A session by itself; told with nothing of its own where others have dates, it is not counted.

    What is told bare shortly before a session is the plan of that session, whatever its words.
    """
    bare = claim.start is None and not any(claim.finding.get(name) is not None for name in OWN)
    ahead = [g for g in groups if g.takes(claim) and _ordinals_agree(g, claim) and _is_soon_after(g, claim)]
    if bare and len(ahead) == 1:
        ahead[0].add(claim)
    else:
        others = any(group.span for group in groups)
        groups.append(Group(claim, distinct=distinct and not (bare and others and not _ordinal(claim))))


def _is_soon_after(group: Group, claim: Claim) -> bool:
    span = group.span
    return span is not None and claim.told is not None and timedelta(0) < span.first - claim.told <= AHEAD


def _before(groups: list[Group], claim: Claim) -> list[Group]:
    """The distinct sessions that had taken place when the claim was made."""
    return [g for g in groups if g.distinct and (g.span is None or claim.told is None or g.span.first <= claim.told)]


def _ordinal(claim: Claim) -> int:
    value = claim.finding.get("ordinal")
    return value if isinstance(value, int) else 0


def _ordinals_agree(group: Group, claim: Claim) -> bool:
    numbers = {_ordinal(one) for one in (*group.claims, claim)} - {0}
    return len(numbers) < 2


def _told_sessions(claim: Claim) -> int:
    value = claim.finding.get("sessions")
    return min(int(value), MOST) if isinstance(value, int | float) and value >= 1 else 1
