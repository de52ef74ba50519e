"""Dates as exactly as a chart gives them: which windows, gaps and rolling limits they surely, maybe or never keep."""

from __future__ import annotations

from datetime import date, timedelta

from mednec.model import Evidence, Interval

DONE = ("past", "performed")


def when(evidence: Evidence, requested: date) -> Interval | None:
    """The day on which a piece of evidence ended, or was stated; None where nothing is known of it."""
    own = evidence.end or evidence.start
    stated = [finding.dated for finding in evidence.findings if finding.dated]
    if own is not None:
        return _by_then(own, min(stated)) if stated and evidence.value("status") in DONE else own
    if not stated:
        return None
    if evidence.kind != "therapy":
        return Interval(max(stated), max(stated))
    if evidence.value("status") == "current":
        return Interval(max(stated), max(requested, max(stated)))
    return Interval(date.min, min(stated))


def _by_then(span: Interval, told: date) -> Interval:
    """The days of what was over when it was told: 'in March', told on the fifth, is one of five days."""
    return Interval(span.first, told) if span.first <= told < span.last else span


def days_before(evidence: Evidence, requested: date) -> tuple[int, int] | None:
    """The fewest and the most days from a piece of evidence to the request."""
    day = when(evidence, requested)
    return None if day is None else ((requested - day.last).days, (requested - day.first).days)


def within(evidence: Evidence, requested: date, days: int) -> bool | None:
    """Whether it ended no earlier than so many days before the request; None where its dates leave that open."""
    span = days_before(evidence, requested)
    if span is None:
        return None
    fewest, most = span
    if fewest > days:
        return False
    return True if most <= days else None


def day(evidence: Evidence, requested: date) -> date | None:
    """The one day of a piece of evidence; None where it is not known to the day."""
    interval = when(evidence, requested)
    return interval.last if interval and interval.first == interval.last else None


def opens_before(requested: date, months: int) -> int:
    """How many days before the request a window of so many months opens (the same day of an earlier month)."""
    index = requested.year * 12 + requested.month - 1 - months
    year, month = divmod(index, 12)
    opening = _clamped(year, month + 1, requested.day)
    return (requested - opening).days


def _clamped(year: int, month: int, of_month: int) -> date:
    """That day of the month, or the month's last."""
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(of_month, (following - timedelta(days=1)).day))
