"""The choice of a policy against a table made of the files by other means, on the days around every bound."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import chain, combinations

import pytest
import yaml

from mednec.errors import PolicyError, RequestError
from mednec.model import ServiceRequest
from mednec.policies import choose, choose_all, policy_files

DAY = timedelta(days=1)
UNKNOWN_STATE = "ZZ"
SOME_DAY = date(2026, 6, 1)


@dataclass(frozen=True)
class Row:
    """One line of the table: whose text holds where, when and for what."""

    payer: str
    number: str
    version: str
    names: frozenset[str]
    services: frozenset[str]
    states: frozenset[str]
    first: date
    last: date
    by_name: bool

    def holds(self, service: str, day: date, state: str | None) -> bool:
        where = not self.states or state is None or state in self.states
        return service in self.services and self.first <= day <= self.last and where


@cache
def table() -> tuple[Row, ...]:
    """The rows of every policy file, read as plain YAML."""
    rows = []
    for path in policy_files():
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        for source in data["sources"]:
            first, last = source.get("effective"), source.get("ends")
            rows.append(
                Row(
                    payer=data["payer"],
                    number=str(source["id"]),
                    version=str(source.get("version", "")),
                    names=frozenset(str(alias) for alias in source.get("aliases") or ()),
                    services=frozenset([*(data["services"] or {}), *(data.get("not_covered") or {})]),
                    states=frozenset(source.get("states") or ()),
                    first=first if isinstance(first, date) else date.min,
                    last=last if isinstance(last, date) else date.max,
                    by_name=bool(source.get("by_name")),
                )
            )
    return tuple(rows)


def bounds(row: Row) -> Iterator[date]:
    """The day before it takes effect, its first and its last day, and the day after."""
    if row.first > date.min:
        yield from (row.first - DAY, row.first)
    if row.last < date.max:
        yield from (row.last, row.last + DAY)


def asked() -> Iterator[tuple[str, str, str | None, date]]:
    """Payer, service, state and day: every bound of every text with each state of its jurisdiction, and some others."""
    for row in table():
        days = [*bounds(row), SOME_DAY]
        for service in sorted(row.services):
            for state in [*sorted(row.states), UNKNOWN_STATE, None]:
                yield from ((row.payer, service, state, day) for day in days)


CASES = sorted(set(asked()), key=str)


def chosen(**fields) -> tuple[str, str] | str:
    """Number and version of the policy that is chosen, or the name of the refusal."""
    try:
        source = choose(ServiceRequest(**fields)).source
    except (PolicyError, RequestError) as error:
        return type(error).__name__
    return source.id, source.version


def test_there_are_at_least_five_hundred_cases_and_each_outcome_is_among_them():
    outcomes = [expected(*case) for case in CASES]
    assert len(CASES) >= 500
    assert sum(isinstance(outcome, tuple) for outcome in outcomes) >= 500
    assert sum(outcome == "PolicyError" for outcome in outcomes) >= 100


def expected(payer: str, service: str, state: str | None, day: date) -> tuple[str, str] | str:
    rows = [row for row in table() if row.payer == payer and not row.by_name and row.holds(service, day, state)]
    local = [row for row in rows if row.states]
    rows = local if state and local else rows
    return (rows[0].number, rows[0].version) if len(rows) == 1 else "PolicyError"


def test_payer_state_service_and_day_lead_to_the_policy_of_the_table():
    wrong = [
        (case, wanted, found)
        for case in CASES
        if (wanted := expected(*case))
        != (found := chosen(payer=case[0], service=case[1], state=case[2], dated=case[3]))
    ]
    assert wrong == []


def test_a_number_leads_to_its_own_revision_and_a_retired_one_to_its_successor():
    names = {row.number for row in table()} | set(chain.from_iterable(row.names for row in table()))
    wrong = []
    for name in sorted(names):
        called = [row for row in table() if name == row.number or name in row.names]
        for day in sorted({day for row in called for day in bounds(row)} | {SOME_DAY}):
            valid = [row for row in called if row.first <= day <= row.last]
            own = [row for row in valid if row.number == name] or valid
            service = sorted(own[0].services)[0] if own else sorted(called[0].services)[0]
            wanted = (own[0].number, own[0].version) if len(own) == 1 else "PolicyError"
            if wanted != (found := chosen(policy=name, service=service, dated=day)):
                wrong.append((name, day, wanted, found))
    assert wrong == []


@pytest.mark.parametrize("state", ["AZ", UNKNOWN_STATE, None])
def test_all_policies_of_a_day_are_those_of_the_table(state):
    for service in sorted({service for row in table() for service in row.services}):
        for day in sorted({day for row in table() if service in row.services for day in bounds(row)}):
            wanted = sorted((row.number, row.version) for row in table() if row.holds(service, day, state))
            try:
                found = choose_all(ServiceRequest(service, day, state=state))
            except PolicyError:
                found = ()
            assert sorted((p.source.id, p.source.version) for p in found) == wanted, (service, day)


def test_a_state_of_no_jurisdiction_is_refused_where_texts_are_bound_to_states():
    assert chosen(payer="medicare", service="esi.init", state=UNKNOWN_STATE, dated=SOME_DAY) == "PolicyError"


def test_no_state_belongs_to_two_contractors_on_one_day():
    ours = [row for row in table() if row.payer == "medicare" and row.states]
    wrong = [
        (one.number, other.number, sorted(one.states & other.states))
        for one, other in combinations(ours, 2)
        if one.states & other.states
        and one.services & other.services
        and max(one.first, other.first) <= min(one.last, other.last)
    ]
    assert wrong == []
