"""Looking at a chart is told in the trail, once an hour for each person."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from mednec.office import looking
from mednec.office.cases import open_case
from mednec.requests import Fields
from mednec.store.tables import Entry, now

TEXTS = {"service": "esi.init", "date": "2026-12-03", "payer": "medicare", "state": "AZ", "name": "Ada Rowe"}


@pytest.fixture
def case_id(office, somebody):
    return open_case(office, somebody("clinician"), Fields(TEXTS, {}))


def lines(office):
    with office.database.read() as database:
        wanted = select(Entry.person_id, Entry.object_id).where(Entry.action == "see chart").order_by(Entry.number)
        return [tuple(row) for row in database.execute(wanted)]


def test_the_first_look_of_a_person_is_a_line_and_the_next_ones_are_not(office, somebody, case_id):
    viewer = somebody("viewer")
    for _ in range(3):
        looking.looked_at(office, viewer, case_id)
    assert lines(office) == [(viewer.person_id, case_id)]


def test_another_person_and_another_hour_have_lines_of_their_own(office, somebody, case_id, monkeypatch):
    viewer, reviewer = somebody("viewer"), somebody("reviewer")
    looking.looked_at(office, viewer, case_id)
    looking.looked_at(office, reviewer, case_id)
    later = now() + timedelta(hours=1, minutes=1)
    monkeypatch.setattr(looking, "now", lambda: later)
    looking.looked_at(office, viewer, case_id)
    assert lines(office) == [(person.person_id, case_id) for person in (viewer, reviewer, viewer)]
