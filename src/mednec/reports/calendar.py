"""The limits of a policy laid over a chart in, what to say of each out: how many count, and from when one is kept."""

from __future__ import annotations

from datetime import date

from mednec.model import Audit, Interval, SessionLimit
from mednec.reports.ledger import written
from mednec.reports.words import counted


def entries(audit: Audit) -> list[tuple[str, str]]:
    """Key and sentence of every limit that sessions of the chart count against."""
    return [(limit.key, sentence(limit, audit.request.dated)) for limit in audit.calendar if limit.sessions]


def sentence(limit: SessionLimit, requested: date) -> str:
    """How a limit stands: what is allowed, what counts, and the first day within it."""
    days = ", ".join(_day(session.day) for session in limit.sessions)
    if limit.most is None:
        allowed = f"{counted(limit.gap or 0, 'day')} after the last session"
        return f"{allowed}; on record: {days}. {_eligible(limit, requested)}"
    allowed = f"{limit.most} allowed{f' in {limit.window}' if limit.window else ''}"
    least, most = limit.counted or (1, 1)
    number = str(least) if least == most else f"{least} to {most}"
    return f"{allowed}, {number} with the requested one; on record: {days}. {_eligible(limit, requested)}"


def _eligible(limit: SessionLimit, requested: date) -> str:
    if limit.eligible is None:
        return "No later day is within it."
    if limit.eligible == Interval(requested, requested):
        return "The requested day is within it."
    return f"First day within it: {(written(limit.eligible) or '').replace('/', ' to ')}."


def _day(day: Interval | None) -> str:
    if day is None or day.first == date.min:
        return "undated"
    return (written(day) or "").replace("/", " to ")
