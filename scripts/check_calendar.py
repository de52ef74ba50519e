"""Random histories in, every place out where the calendar differs from a count day by day over all that dates can mean.

The oracle knows nothing of the calendar's code: it takes every day that each vague date can be, and for each such
history counts, looks back and walks forward one day at a time.

    python scripts/check_calendar.py 1000000
"""

from __future__ import annotations

import random
import sys
import time
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import product
from typing import Any

from mednec.audit.limits import limits
from mednec.audit.questions import ask
from mednec.audit.selection import Asked, window
from mednec.model import Citation, Criterion, Document, Evidence, Fact, Interval, Policy, PolicySource, ServiceRequest

DAY = timedelta(days=1)
MOST_COMPLETIONS = 60
CONCEPT = "epidural_steroid_injection"
WINDOWS = ("14 days", "30 days", "90 days", "1 month", "2 months", "3 months", "6 months", "12 months", "1 year")
GAPS = (7, 14, 30, 90, 180)


@dataclass(frozen=True)
class Told:
    """One session as a chart tells of it: a day between first and last, in the region, elsewhere, or not said."""

    first: date
    last: date
    here: bool | None
    distinct: bool

    @property
    def exact(self) -> bool:
        return self.first == self.last

    @property
    def days(self) -> list[date]:
        return [self.first + DAY * number for number in range((self.last - self.first).days + 1)]


@dataclass(frozen=True)
class History:
    """What a chart tells, and what a policy asks of it."""

    requested: date
    told: tuple[Told, ...]
    length: str
    most: int
    gap: int

    def completions(self) -> Iterator[tuple[tuple[date, Told], ...]]:
        """Every history that the chart leaves possible: the sessions of the region, each with its day."""
        counting = [one for one in self.told if one.distinct and one.here is not False]
        choices: list[list[date | None]] = []
        for one in counting:
            days: list[date | None] = list(one.days)
            choices.append(days if one.here else [*days, None])
        for chosen in product(*choices):
            yield tuple((day, one) for day, one in zip(chosen, counting, strict=True) if day is not None)


# --- the oracle ------------------------------------------------------------------------------------------------------


@cache
def opening(day: date, length: str) -> date:
    """The first day of the window that ends on a day: so many days back, or the same day of an earlier month."""
    number, unit = length.split()
    if unit.startswith("day"):
        return day - DAY * int(number)
    year, month = day.year, day.month
    for _ in range(int(number) * (12 if unit.startswith("year") else 1)):
        year, month = (year - 1, 12) if month == 1 else (year, month - 1)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def counted(history: History, sessions: tuple[tuple[date, Told], ...], day: date) -> int:
    """How many sessions the window ending on a day holds, that of the day itself included."""
    first = opening(day, history.length)
    known = {at for at, one in sessions if one.exact and first <= at < day}
    vague = [at for at, one in sessions if not one.exact and first <= at <= day]
    return len(known) + len(vague) + 1


def eligible(history: History, sessions: tuple[tuple[date, Told], ...]) -> date:
    """The first day from the requested one on which one more session keeps the limit, found by walking."""
    day = history.requested
    past = [*{at for at, one in sessions if one.exact}, *(at for at, one in sessions if not one.exact)]
    while 1 + sum(opening(day, history.length) <= at for at in past) > history.most:
        day += DAY
    return day


def of_all(verdicts: set[bool | None]) -> str:
    """Yes or no where every completion says so, else open."""
    if verdicts == {True}:
        return "met"
    return "not_met" if verdicts == {False} else "insufficient"


def expected(history: History) -> dict[str, Any]:
    """What the calendar has to say, by going through every completion."""
    cap: set[bool | None] = set()
    gap: set[bool | None] = set()
    apart: set[bool | None] = set()
    found: set[bool] = set()
    days: list[date] = []
    least, most = 10_000, 0
    surely: set[date] | None = None
    start = opening(history.requested, history.length)
    retold = any(one.here and not one.distinct and start <= one.first for one in history.told)
    for sessions in history.completions():
        number = counted(history, sessions, history.requested)
        least, most = min(least, number), max(most, number)
        cap.add(number <= history.most)
        days.append(eligible(history, sessions))
        before = [at for at, _ in sessions if at < history.requested]
        gap.add((history.requested - max(before)).days >= history.gap if before else None)
        found.add(retold or any(start <= at for at in before))
        ordered = [at for at, _ in sessions]
        enough = len(ordered) >= 2
        apart.add(max(ordered) - min(ordered) >= DAY * history.gap if enough else None)
        over = {at for at, one in sessions if one.exact and counted(history, sessions, at) > history.most}
        over |= {history.requested} if number > history.most else set()
        surely = over if surely is None else surely & over
    return {
        "cap": of_all(cap),
        "gap": of_all(gap),
        "within": "met" if found == {True} else "insufficient",
        "apart": of_all(apart),
        "counted": (least, most),
        "breaking": sorted(surely or ()),
        "eligible": (min(days), max(days)),
    }


# --- the product -----------------------------------------------------------------------------------------------------


def answered(history: History) -> dict[str, Any]:
    """What the calendar says."""
    where = {"region": "requested", "status": ["past", "performed"]}
    cap = {"therapy": CONCEPT, "where": {**where, "within": history.length}, "at_most": history.most}
    before = {**where, "days_before": "at least 1"}
    gap = {"therapy": CONCEPT, "where": {**before, "order": "latest"}, "days_before": f"at least {history.gap}"}
    within = {"therapy": CONCEPT, "where": {**before, "within": history.length}}
    apart = {"therapy": CONCEPT, "where": where, "count": 2, "apart": f"at least {history.gap}"}
    asked = _asked(history)
    [limit] = limits([Criterion("cap", "", Citation("", "", "primary"), cap, "")], asked)
    return {
        "cap": str(ask(cap, asked).status),
        "gap": str(ask(gap, asked).status),
        "within": str(ask(within, asked).status),
        "apart": str(ask(apart, asked).status),
        "counted": limit.counted,
        "breaking": sorted(limit.breaking),
        "eligible": (limit.eligible.first, limit.eligible.last) if limit.eligible else None,
    }


def _asked(history: History) -> Asked:
    request = ServiceRequest("esi.repeat", history.requested, region="lumbar")
    policy = Policy("test", "", PolicySource("T"), "", {}, ())
    return Asked(request, policy, tuple(map(_evidence, history.told)))


TEXT = "An injection."
DOCUMENT = Document("note", TEXT)
FINDING = DOCUMENT.finding("therapy", CONCEPT, 0, 12, quote=(0, 13), status="past")
STATUS = {"status": (Fact("past", (FINDING,)),)}
REGIONS = {
    True: {**STATUS, "region": (Fact("lumbar", (FINDING,)),)},
    False: {**STATUS, "region": (Fact("cervical", (FINDING,)),)},
    None: STATUS,
}


def _evidence(one: Told) -> Evidence:
    """A session; what is vague is told later than it was, and the day on which it is told bounds it."""
    day = Interval(one.first, one.last)
    finding = replace(FINDING, dated=one.last) if not one.exact else FINDING
    if not one.exact and one.last.day % 2:
        day = Interval(one.first, one.last + 9 * DAY)  # "in March", told while March went on
    return Evidence("therapy", CONCEPT, (finding,), REGIONS[one.here], day, day, one.distinct)


# --- random histories ------------------------------------------------------------------------------------------------


def histories(number: int, seed: int) -> Iterator[History]:
    """So many random histories, most of them near the bounds of their windows."""
    chance = random.Random(seed)
    for _ in range(number):
        yield _history(chance)


def _history(chance: random.Random) -> History:
    requested = date(2023, 1, 1) + DAY * chance.randrange(1500)
    if chance.random() < 0.2:
        requested = requested.replace(day=monthrange(requested.year, requested.month)[1])
    length, gap = chance.choice(WINDOWS), chance.choice(GAPS)
    history = History(requested, (), length, chance.randint(1, 4), gap)
    told: list[Told] = []
    for _ in range(chance.choice((0, 1, 2, 2, 3, 3, 4, 4, 5, 6))):
        tried = replace(history, told=(*told, _told(history, told, chance)))
        if _completions(tried) <= MOST_COMPLETIONS:
            told = list(tried.told)
    if not any(one.distinct and one.here for one in told):
        told = [one for one in told if one.distinct]  # a retelling is of something
    return replace(history, told=tuple(told))


def _completions(history: History) -> int:
    total = 1
    for one in history.told:
        if one.distinct and one.here is not False:
            total *= len(one.days) + (one.here is None)
    return total


def _told(history: History, others: list[Told], chance: random.Random) -> Told:
    requested = history.requested
    edge = opening(requested, history.length) if chance.random() < 0.6 else requested - DAY * history.gap
    center = edge + DAY * chance.randint(-4, 4) if chance.random() < 0.5 else requested - DAY * chance.randint(1, 420)
    if others and chance.random() < 0.15:
        center = chance.choice(others).first
    length = chance.choice((1, 1, 1, 1, 1, 2, 3, 4, 7, 30))
    first = min(center, requested - DAY)
    last = min(first + DAY * (length - 1), requested - DAY)
    here = chance.choice((True,) * 8 + (False, None))
    distinct = first == last or chance.random() < 0.93
    return Told(first, last, here, distinct)


def mismatches(number: int, seed: int = 1) -> Iterator[tuple[History, dict[str, tuple[Any, Any]]]]:
    """The histories of which the calendar says something else than the oracle."""
    for history in histories(number, seed):
        wanted, told = expected(history), answered(history)
        unlike = {name: (wanted[name], told[name]) for name in wanted if wanted[name] != told[name]}
        if unlike:
            yield history, unlike


def checked_windows(requested: date) -> Iterator[str]:
    """The windows of which the first day differs from the oracle's, for one day."""
    for length in WINDOWS:
        request = ServiceRequest("esi.repeat", requested)
        if requested - DAY * window(length, request) != opening(requested, length):
            yield length


def main(number: int, seed: int = 1) -> int:
    """Check so many histories, and every window of every day of eight years; 1 where anything differs."""
    started, wrong = time.process_time(), 0
    days = [date(2020, 1, 1) + DAY * count for count in range(8 * 366)]
    wrong += sum(1 for day in days for _ in checked_windows(day))
    for history, unlike in mismatches(number, seed):
        wrong += 1
        if wrong <= 5:
            print(history, unlike, sep="\n  ")
    spent = time.process_time() - started
    print(f"{number} histories, {len(days) * len(WINDOWS)} windows: {wrong} mismatches, {spent:.0f} CPU seconds")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(*(int(argument) for argument in sys.argv[1:] or ["10000"])))
