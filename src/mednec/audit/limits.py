"""The limits that a policy sets on sessions in, each laid over the dates of the chart out: what counts, what breaks it,
and from which day on it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from mednec.audit import calendar
from mednec.audit.answers import joined
from mednec.audit.conditions import bound
from mednec.audit.selection import ORDER, Asked, select, window
from mednec.model import Criterion, Determination, Finding, Interval, Session, SessionLimit, Status

OPEN = (Status.NOT_MET, Status.INSUFFICIENT, Status.CONFLICTING)
INTERVAL = "days_before"


def limits(criteria: Iterable[Criterion], asked: Asked) -> tuple[SessionLimit, ...]:
    """Every limit on the number of sessions, and every least interval, that the criteria set."""
    return tuple(
        limit
        for criterion in criteria
        for pattern in _patterns(criterion.needs)
        if (limit := _limit(criterion, pattern, asked)) is not None
    )


def explained(determination: Determination, found: Sequence[SessionLimit]) -> Determination:
    """The determination; where it rests on a limit that is not surely kept, its reason says what breaks it, and when
    it is kept again."""
    own = [limit for limit in found if limit.key == determination.criterion.key]
    if determination.status not in OPEN or not own:
        return determination
    told = " ".join(sentence for limit in own if (sentence := _sentence(limit)))
    return replace(determination, reason=f"{determination.reason} {told}".rstrip())


def _patterns(question: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The patterns of therapy in a question, however it is joined; what is asked to be otherwise is left out."""
    for name in ("all", "any", "of"):
        for part in question.get(name, ()):
            yield from _patterns(part)
    if "therapy" in question:
        yield question


def _limit(criterion: Criterion, pattern: Mapping[str, Any], asked: Asked) -> SessionLimit | None:
    where = pattern.get("where", {})
    least = bound(str(pattern[INTERVAL])) if INTERVAL in pattern and where.get(ORDER) == "latest" else None
    if "at_most" not in pattern and (least is None or least[0] != "at least"):
        return None
    wide = {**pattern, "where": {name: test for name, test in where.items() if name not in ("within", ORDER)}}
    sessions = tuple(_sessions(wide, asked))
    if "at_most" not in pattern:
        days = int(least[1]) if least else 0
        return SessionLimit(criterion.key, None, None, days, sessions, eligible=_after_gap(sessions, days, asked))
    most, length = pattern["at_most"], where.get("within")
    return SessionLimit(
        key=criterion.key,
        most=most,
        window=length,
        gap=None,
        sessions=sessions,
        counted=_counted(sessions, length, asked.request.dated, asked),
        breaking=tuple(_breaking(sessions, most, length, asked)),
        eligible=_rolled_out(sessions, most, length, asked),
    )


def _sessions(pattern: Mapping[str, Any], asked: Asked) -> Iterator[Session]:
    """The sessions that a pattern is about, in order: all of one known day are one, retellings and the request none."""
    requested = asked.request.dated
    by_day: dict[date, list[tuple[bool, str, tuple[Finding, ...]]]] = {}
    vague: list[Session] = []
    for candidate in select("therapy", pattern["therapy"], pattern, asked):
        piece, day = candidate.evidence, calendar.when(candidate.evidence, requested)
        if day and day.first == day.last:
            if day.first != requested:
                by_day.setdefault(day.first, []).append((candidate.sure, piece.concept, piece.findings))
        elif piece.distinct:
            vague.append(Session(piece.concept, day, candidate.sure, piece.findings))
    known = [
        Session(told[0][1], Interval(day, day), any(sure for sure, _, _ in told), joined(f for _, _, f in told))
        for day, told in by_day.items()
    ]
    yield from sorted([*known, *vague], key=lambda one: (_first(one), _last(one, requested)))


def _first(session: Session) -> date:
    return session.day.first if session.day else date.min


def _last(session: Session, requested: date) -> date:
    return session.day.last if session.day else requested


def _opening(day: date, length: str | None, asked: Asked) -> date:
    """The first day of the window that ends on a day; without a window all that was counts."""
    if length is None:
        return date.min
    return day - timedelta(days=window(length, replace(asked.request, dated=day)))


def _counted(sessions: Sequence[Session], length: str | None, day: date, asked: Asked) -> tuple[int, int]:
    """The fewest and the most sessions that the window ending on a day can hold, the one of that day included."""
    opening = _opening(day, length, asked)
    others = [one for one in sessions if one.day is None or one.day != Interval(day, day)]
    surely = [one for one in others if one.sure and opening <= _first(one) and _last(one, day) <= day]
    perhaps = [one for one in others if opening <= _last(one, asked.request.dated) and _first(one) <= day]
    return len(surely) + 1, len(perhaps) + 1


def _breaking(sessions: Sequence[Session], most: int, length: str | None, asked: Asked) -> Iterator[date]:
    """The days of the sessions that surely are one too many in the window that ends with them."""
    requested = asked.request.dated
    known = [one.day.first for one in sessions if one.sure and one.day and one.day.first == one.day.last]
    for day in [*known, requested]:
        if _counted(sessions, length, day, asked)[0] > most:
            yield day


def _rolled_out(sessions: Sequence[Session], most: int, length: str | None, asked: Asked) -> Interval | None:
    """The first day on which the requested session keeps a limit, at the earliest and at the latest; None for never."""
    requested = asked.request.dated
    earliest = sorted((_first(one) for one in sessions if one.sure), reverse=True)
    latest = sorted((_last(one, requested) for one in sessions), reverse=True)
    days = [requested if len(told) < most else _leaves(told[most - 1], length, asked) for told in (earliest, latest)]
    first, last = days
    return Interval(max(first, requested), max(last, requested)) if first and last else None


def _leaves(day: date, length: str | None, asked: Asked) -> date | None:
    """The first day whose window no longer holds a day."""
    if length is None or day == date.min:
        return None if length is None else asked.request.dated
    leaving = day + timedelta(days=1)
    leaving += timedelta(days=max(window(length, replace(asked.request, dated=leaving)) - 4, 0))
    while _opening(leaving, length, asked) <= day:
        leaving += timedelta(days=1)
    return leaving


def _after_gap(sessions: Sequence[Session], days: int, asked: Asked) -> Interval | None:
    """The first day that lies so many days after the last session, at the earliest and at the latest."""
    requested = asked.request.dated
    if not sessions:
        return Interval(requested, requested)
    first = max((_first(one) for one in sessions if one.sure), default=date.min)
    last = max(_last(one, requested) for one in sessions)
    early = requested if first == date.min else first + timedelta(days=days)
    return Interval(max(early, requested), max(last + timedelta(days=days), requested))


def _sentence(limit: SessionLimit) -> str:
    """What breaks a limit and when it is kept again, in words."""
    days = [_said(one.day) for one in limit.sessions]
    counted = f"Sessions on record: {', '.join(days[-6:])}." if days else ""
    if limit.eligible is None:
        return counted
    first, last = limit.eligible.first.isoformat(), limit.eligible.last.isoformat()
    kept = f"First day within the limit: {first}" if first == last else f"First day within the limit: {first} to {last}"
    broken = [day.isoformat() for day in limit.breaking]
    over = f" One too many: {', '.join(broken)}." if broken else ""
    return f"{counted}{over} {kept}{', by the dates that are open' if first != last else ''}.".strip()


def _said(day: Interval | None) -> str:
    if day is None or day.first == date.min:
        return "an undated one"
    return day.first.isoformat() if day.first == day.last else f"one from {day.first} to {day.last}"
