"""Tries are counted in a window that moves, none is missed, and what is old is forgotten."""

import threading
from datetime import timedelta

import pytest

from mednec.store import tries
from mednec.store.tables import Tries, now
from mednec.store.tries import Limit, count_try

QUARTER = timedelta(minutes=15)


def limit(who="ann", most=3, what="login"):
    return Limit(what, who, most, QUARTER)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """A clock that stands still until it is moved."""
    moment = [now()]
    monkeypatch.setattr(tries, "now", lambda: moment[0])

    def later(**by):
        moment[0] += timedelta(**by)

    return later


def test_so_many_tries_are_taken_and_the_next_must_wait_for_the_first_to_grow_old(office, clock):
    taken = []
    for _ in range(3):
        taken.append(count_try(office.database, [limit()]))
        clock(minutes=5)
    assert taken == [0, 0, 0]
    assert count_try(office.database, [limit()]) == 0  # the first is fifteen minutes old
    assert count_try(office.database, [limit()]) == 5 * 60
    clock(seconds=299)
    assert count_try(office.database, [limit()]) == 1
    clock(seconds=1)
    assert count_try(office.database, [limit()]) == 0


def test_who_waits_is_not_kept_waiting_by_trying(office, clock):
    for _ in range(3):
        count_try(office.database, [limit()])
    for _ in range(20):
        clock(seconds=30)
        assert count_try(office.database, [limit()]) > 0
    clock(minutes=5)
    assert count_try(office.database, [limit()]) == 0


def test_each_thing_and_each_person_is_counted_apart(office):
    for _ in range(3):
        count_try(office.database, [limit()])
    assert count_try(office.database, [limit("eve")]) == 0
    assert count_try(office.database, [limit(what="code")]) == 0


def test_a_try_that_one_limit_has_refused_before_is_counted_by_none(office):
    wide, narrow = limit("address", most=10), limit(most=1)
    assert count_try(office.database, [wide, narrow]) == 0
    assert count_try(office.database, [wide, narrow]) > 0
    with office.database.read() as database:
        assert len(database.get_one(Tries, wide.id).at) == 1
        assert len(database.get_one(Tries, narrow.id).at) == 1


def test_of_many_tries_at_once_no_more_are_taken_than_may_be(office):
    taken, together = [], threading.Barrier(8)

    def guess():
        together.wait()
        for _ in range(3):
            taken.append(count_try(office.database, [limit("address", most=100), limit(most=10)]))

    several = [threading.Thread(target=guess) for _ in range(8)]
    for one in several:
        one.start()
    for one in several:
        one.join()
    assert len(taken) == 24
    assert sum(wait == 0 for wait in taken) == 10


def test_what_is_old_is_forgotten_and_no_name_is_kept(office, clock):
    for number in range(5):
        count_try(office.database, [limit(f"somebody-{number}")])
    clock(minutes=16)
    count_try(office.database, [limit("ann")])
    with office.database.read() as database:
        (row,) = database.query(Tries).all()
    assert row.id == limit("ann").id
    assert "ann" not in row.id
