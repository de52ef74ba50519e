"""Dates as exactly as a chart gives them, and what follows from them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from mednec.model import Interval

MONTH = 31  # the vagueness up to which a date is as good as known


def interval(text: object) -> Interval | None:
    """The days that an ISO date or its prefix may mean: '2024' is a whole year, '2024-03' a month."""
    if not isinstance(text, str):
        return None
    parts = text.split("-")
    if not all(part.isdigit() for part in parts) or len(parts[0]) != 4:
        return None
    year, month, day = (int(part) for part in [*parts, "0", "0"][:3])
    try:
        first = date(year, month or 1, day or 1)
        last = date(year, month or 12, day or monthrange(year, month or 12)[1])
    except ValueError:
        return None
    return Interval(first, last)


def on(day: date) -> Interval:
    """The interval that is one day."""
    return Interval(day, day)


def exact(span: Interval | None) -> date | None:
    """The day, where it is known to the day."""
    return span.first if span is not None and span.first == span.last else None


def vagueness(span: Interval | None) -> int:
    """How many days too many an interval holds: 0 for a day; more than any year where nothing is known."""
    return 10_000 if span is None else (span.last - span.first).days


def apart(one: Interval, other: Interval) -> int:
    """The days between two intervals, 0 where they may touch."""
    return max((one.first - other.last).days, (other.first - one.last).days, 0)


def hull(one: Interval | None, other: Interval | None) -> Interval | None:
    """The shortest interval that holds both; what is unknown adds nothing."""
    if one is None or other is None:
        return one or other
    return Interval(min(one.first, other.first), max(one.last, other.last))


def earliest(spans: list[Interval]) -> Interval | None:
    """Where a course began, by what several tell: the earliest, as exactly as any of them knows it."""
    known = [span for span in spans if vagueness(span) <= MONTH] or spans
    if not known:
        return None
    first = min(known, key=lambda span: (span.first, span.last))
    return min((s for s in known if _within(s, first)), key=lambda span: (vagueness(span), span.first))


def latest(spans: list[Interval]) -> Interval | None:
    """Where a course ended, by what several tell: the latest, as exactly as any of them knows it."""
    known = [span for span in spans if vagueness(span) <= MONTH] or spans
    if not known:
        return None
    last = max(known, key=lambda span: (span.last, span.first))
    return min((s for s in known if _within(s, last)), key=lambda span: (vagueness(span), -span.last.toordinal()))


def _within(one: Interval, other: Interval) -> bool:
    return other.first <= one.first and one.last <= other.last


def days_before(day: date, days: float) -> date:
    """The day that lies so many days before another; the first of the calendar where it would lie before that."""
    return day - timedelta(days=min(days, (day - date.min).days))
