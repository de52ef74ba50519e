"""The claims and contacts of one course in, how long it ran and how many visits it had out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mednec.evidence.agreement import Told, clusters, unique
from mednec.evidence.claims import LASTING, THERAPY_RECORDS, Claim
from mednec.evidence.dates import MONTH, earliest, exact, latest, on, vagueness
from mednec.evidence.facts import day_told, findings
from mednec.evidence.sizes import near
from mednec.model import Fact, Finding, Interval

LIKE_NAMED = 7  # days by which a stated number of weeks may exceed the days from first to last visit and still be right


SURE = 28  # days that a course told by its months had at least, from which their middle is taken for its length


@dataclass(frozen=True, slots=True)
class Course:
    """The claims of one course, and the days on which its therapist's record measures something."""

    claims: Sequence[Claim]
    contacts: Mapping[date, Finding] = field(default_factory=dict)

    @property
    def start(self) -> Interval | None:
        """When it began."""
        return earliest([*(one.start for one in self.claims if one.start), *map(on, self.contacts)])

    @property
    def end(self) -> Interval | None:
        """When it ended: what goes on, for now, on the last day it is told of, or by the day it is told to be over."""
        end = latest([*(one.end for one in self.claims if one.end), *map(on, self.contacts)])
        running = self.running
        if running is None or (end is not None and end.last >= running):
            return end
        over = (one.told for one in self.claims if one.status == "past" and one.told and one.told > running)
        return Interval(running, min(over, default=running))

    @property
    def running(self) -> date | None:
        """The last day on which it was told to go on; None where its end or its discharge is on record."""
        if any(one.end and not one.is_visit for one in self.claims) or (not self._lasting and self._discharged):
            return None
        return max((one.told for one in self.claims if one.status == "current" and one.told), default=None)

    def durations(self) -> tuple[Fact, ...]:
        """The days it ran: as stated, and counted from the first to the last day where these are known.

        How long something has been going on is counted only where no one states it.
        """
        stated = self._stated("duration_days")
        first, last = exact(self.start), exact(self.end)
        unknown = first is None or last is None or first >= last or (self._lasting and self._by_visits_alone)
        if not stated and (about := self._by_months()):
            return about
        if first is None or last is None or unknown or (stated and last == self.running):
            return clusters("duration_days", stated, lambda values: _most_told(stated, values))
        days = (last - first).days
        if last != self.running:
            stated = self._stated("duration_days", beside=days)
        tellers = unique([*findings(self._at_the_ends(first, last)), *self._contacts_at(first, last)])
        told = max((finding.dated or date.min for finding in tellers), default=date.min)
        counted = [Told(days, told, last == self.running, finding) for finding in tellers]

        def choose(values: Sequence[Any]) -> Any:
            if days not in values:
                return _most_told(stated, values)
            return max(value for value in values if value - days <= LIKE_NAMED)

        return clusters("duration_days", [*stated, *counted], choose)

    def visits(self) -> tuple[Fact, ...]:
        """The number of visits: as told in sum, else the days of the flowsheet."""
        if stated := self._stated("sessions"):
            return clusters("sessions", stated)
        days = dict(self.contacts)
        for one in self.claims:
            if one.is_visit and one.start:
                days.setdefault(one.start.first, one.finding)
        return (Fact(len(days), unique(days.values())),) if len(days) > 1 else ()

    def _by_months(self) -> tuple[Fact, ...]:
        """The days between a month and a month or day, where these leave no doubt that it was some weeks."""
        start, end = self.start, self.end
        if start is None or end is None or start == end or max(vagueness(start), vagueness(end)) > MONTH:
            return ()
        least, vague = (end.first - start.last).days, vagueness(start) + vagueness(end)
        if not vague or least < SURE or (self._lasting and self._by_visits_alone):
            return ()
        tellers = unique(findings([one for one in self.claims if one.start or one.end or one.status == "current"]))
        going = end.last == self.running
        days = least + vague // 2
        return clusters("duration_days", [Told(days, one.dated or date.min, going, one) for one in tellers])

    @property
    def _lasting(self) -> bool:
        """Whether the patient goes on with it alone, so that the days of visits do not show how long."""
        return self.claims[0].finding.concept in LASTING

    @property
    def _discharged(self) -> bool:
        return any(one.document.type == "therapy_discharge" for one in self.claims)

    @property
    def _by_visits_alone(self) -> bool:
        return self.running is None and all(one.is_visit for one in self.claims if one.span)

    def _stated(self, name: str, beside: int | None = None) -> list[Told]:
        """What is told in sum, not of a single visit; what is told before the end is a total of then.

        In the therapist's own record its dates hold: what it tells unlike them is of a plan, or of a part.
        """
        end = self.end
        told = []
        for one in self.claims:
            value = one.finding.get(name)
            if beside is not None and one.document.type in THERAPY_RECORDS and not near(name, value, beside):
                continue
            if isinstance(value, int | float) and not one.is_visit:
                then = one.status == "current" or bool(end and one.told and one.told < end.last)
                told.append(Told(value, day_told(one), then, one.finding))
        return told

    def _at_the_ends(self, first: date, last: date) -> list[Claim]:
        return [
            one
            for one in self.claims
            if (one.start and exact(one.start) == first)
            or (one.end and exact(one.end) == last)
            or (one.status == "current" and one.told == last)
        ]

    def _contacts_at(self, first: date, last: date) -> list[Finding]:
        return [finding for day, finding in self.contacts.items() if day in (first, last)]


def _most_told(stated: Sequence[Told], values: Sequence[Any]) -> Any:
    """Of near durations the one told most often; of those equally often the shortest."""
    counts: dict[Any, int] = {}
    for value, *_ in stated:
        counts[value] = counts.get(value, 0) + 1
    return min(values, key=lambda value: (-counts.get(value, 0), value))
