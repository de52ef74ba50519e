"""The tables of an office in its database: made by the migrations, read beside one writer, kept for the owner alone."""

import stat
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select
from sqlalchemy.exc import DBAPIError

from mednec.office.opening import Place, open_office
from mednec.store.database import Database
from mednec.store.tables import Practice, Table


def test_models_and_migrations_agree(office):
    with office.database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Table.metadata) == []


def test_the_tables_are_made_once_though_several_processes_begin_at_once(tmp_path):
    url = f"sqlite+pysqlite:///{tmp_path / 'new.db'}"
    faults = _at_once(8, lambda: _create(url))
    assert faults == []
    assert "trail" in inspect(Database(url).engine).get_table_names()


def test_bringing_tables_to_their_present_state_twice_changes_nothing(office):
    with office.database.begin() as session:
        session.add(Practice(name="Pine Street"))
    assert _at_once(4, office.database.create) == []
    with office.database.read() as session:
        assert session.scalars(select(Practice.name)).all() == ["Pine Street"]


def test_what_fails_half_way_leaves_nothing(office):
    with pytest.raises(ZeroDivisionError), office.database.begin() as session:
        session.add(Practice(name="Half"))
        session.flush()
        raise ZeroDivisionError
    with office.database.read() as session:
        assert session.scalars(select(Practice)).all() == []


def test_a_reader_sees_the_state_before_and_does_not_wait_for_the_writer(office):
    with office.database.begin() as writing:
        writing.add(Practice(name="Not yet"))
        writing.flush()
        with office.database.read() as reading:
            assert reading.scalars(select(Practice)).all() == []


def test_a_reading_transaction_cannot_write(office):
    with pytest.raises(DBAPIError), office.database.read() as session:
        session.add(Practice(name="Sly"))
        session.flush()
    with office.database.begin() as session:
        session.add(Practice(name="Open"))


def test_a_transaction_within_a_transaction_is_refused_and_joining_is_not(office):
    with office.database.begin() as outer:
        with pytest.raises(RuntimeError, match="would wait for itself"), office.database.begin():
            pass
        with office.database.join() as inner:
            assert inner is outer


def test_many_writers_at_once_all_get_their_turn(office):
    def add() -> None:
        for _ in range(5):
            with office.database.begin() as session:
                count = len(session.scalars(select(Practice)).all())
                session.add(Practice(name=str(count)))

    assert _at_once(6, add) == []
    with office.database.read() as session:
        assert len(session.scalars(select(Practice)).all()) == 30


def test_the_file_of_the_database_is_its_owners_alone(tmp_path):
    office = open_office(Place(tmp_path / "office"))
    with office.database.begin() as session:
        session.add(Practice(name="Private"))
    rights = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "office").glob("mednec.db*")}
    office.database.close()
    assert set(rights) >= {"mednec.db", "mednec.db-wal"} and set(rights.values()) == {0o600}
    assert stat.S_IMODE((tmp_path / "office").stat().st_mode) == 0o700


def test_a_postgresql_url_is_taken_as_people_write_it():
    assert Database("postgresql://somebody@nowhere/mednec").engine.driver == "psycopg"


def _create(url: str) -> None:
    database = Database(url)
    database.create()
    database.close()


def _at_once(count: int, work) -> list[BaseException]:
    """Run `work` in so many threads at once; what went wrong in them."""
    faults: list[BaseException] = []

    def guarded() -> None:
        try:
            work()
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=guarded) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def test_every_migration_has_a_number_of_its_own():
    import mednec.store.migrations as migrations

    names = sorted(path.stem for path in (Path(migrations.__file__).parent / "versions").glob("v*.py"))
    assert [int(name[1:5]) for name in names] == list(range(1, len(names) + 1))
