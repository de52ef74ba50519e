"""The trail: lines without holes, whoever writes at once; whatever is done to them afterwards is noticed."""

import threading

import pytest
from sqlalchemy import delete, select, update

from mednec.office.desk import NotAllowed
from mednec.office.trail_export import export_trail, verify_trail
from mednec.store import trail
from mednec.store.tables import Entry


@pytest.fixture
def manager(somebody):
    return somebody("manager")


@pytest.fixture
def written(office, manager):
    """Ten lines of one practice; gives the hash of the last."""
    for number in range(10):
        with office.database.begin() as session:
            trail.write(session, manager, "overrule", ("case", f"c{number}"), reason=f"reason {number} ö", count=number)
    return verify_trail(office, manager).heads[manager.practice_id]


def change(office, *statements) -> None:
    with office.database.begin() as session:
        for statement in statements:
            session.execute(statement)


def at(number: int):
    return Entry.number == number


def test_an_untouched_trail_is_intact(office, manager, written):
    checked = verify_trail(office, manager, head=written)
    assert checked.is_intact and checked.count == 10


def test_many_writers_at_once_leave_no_hole(office, manager, somebody):
    others = [somebody("reviewer") for _ in range(5)]
    faults: list[BaseException] = []

    def write(visitor) -> None:
        try:
            for number in range(8):
                with office.database.begin() as session:
                    trail.write(session, visitor, "confirm", ("case", str(number)))
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=write, args=(visitor,)) for visitor in others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    checked = verify_trail(office, manager)
    assert faults == [] and checked.is_intact and checked.count == 40


def test_what_is_undone_leaves_no_line_and_no_hole(office, manager, written):
    with pytest.raises(ZeroDivisionError), office.database.begin() as session:
        trail.write(session, manager, "overrule", ("case", "x"))
        raise ZeroDivisionError
    with office.database.begin() as session:
        trail.write_by_program(session, manager.practice_id, "finish audit", ("audit", "y"))
    checked = verify_trail(office, manager, head=written)
    assert checked.is_intact and checked.count == 11


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("reason", {"reason": "another", "count": 4}),
        ("person", "Somebody Else"),
        ("person_id", None),
        ("action", "confirm"),
        ("object", "audit"),
        ("object_id", "c9"),
        ("previous", "0" * 64),
        ("hash", "f" * 64),
    ],
)
def test_an_altered_line_is_named(office, manager, column, value):
    column = "details" if column == "reason" else column
    change(office, update(Entry).where(at(5)).values({column: value}))
    assert "line 5 was altered" in verify_trail(office, manager).fault


@pytest.mark.usefixtures("written")
def test_an_altered_line_with_a_new_hash_is_noticed_at_the_next(office, manager):
    with office.database.begin() as session:
        entry = session.scalars(select(Entry).where(at(5))).one()
        entry.person = "Somebody Else"
        entry.hash = trail.hash_of(trail.as_data(entry))
    assert "line 6 does not follow the line before it" in verify_trail(office, manager).fault


@pytest.mark.usefixtures("written")
def test_a_removed_line_is_named(office, manager):
    change(office, delete(Entry).where(at(4)))
    assert "line 4 was removed" in verify_trail(office, manager).fault


@pytest.mark.usefixtures("written")
def test_a_removed_first_line_is_named(office, manager):
    change(office, delete(Entry).where(at(1)))
    assert "line 1 was removed" in verify_trail(office, manager).fault


@pytest.mark.usefixtures("written")
def test_exchanged_lines_are_named(office, manager):
    moved = (update(Entry).where(at(old)).values(number=new) for old, new in ((3, 99), (4, 3), (99, 4)))
    change(office, *moved)
    assert "line 3 was altered" in verify_trail(office, manager).fault


@pytest.mark.usefixtures("written")
def test_lines_that_close_the_gap_of_a_removed_one_are_noticed(office, manager):
    change(office, delete(Entry).where(at(9)), update(Entry).where(at(10)).values(number=9))
    assert "line 9 was altered" in verify_trail(office, manager).fault


def test_lines_cut_off_at_the_end_are_noticed_by_a_kept_hash_alone(office, manager, written):
    change(office, delete(Entry).where(Entry.number > 7))
    assert verify_trail(office, manager).is_intact
    assert "cut off" in verify_trail(office, manager, head=written).fault


def test_a_trail_written_anew_is_noticed_by_a_kept_hash_alone(office, manager, written):
    before = trail.START
    with office.database.begin() as session:
        for entry in session.scalars(select(Entry).order_by(Entry.number)):
            entry.person, entry.previous = "Nobody", before
            before = entry.hash = trail.hash_of(trail.as_data(entry))
    assert verify_trail(office, manager).is_intact
    assert "written anew" in verify_trail(office, manager, head=written).fault


def test_each_practice_has_a_trail_of_its_own(office, written, somebody):
    other = somebody("manager", practice="Elsewhere")
    with office.database.begin() as session:
        trail.write(session, other, "sign in", ("person", other.person_id))
    assert verify_trail(office, other).count == 1
    with office.database.read() as session:
        checked = trail.verify(trail.lines(session), head=written)
    assert checked.is_intact and checked.count == 11 and len(checked.heads) == 2


@pytest.mark.usefixtures("written")
def test_an_export_holds_every_line_and_leaves_one_itself(office, manager):
    told = export_trail(office, manager).splitlines()
    assert len(told) == 11 and b'"action": "export trail"' in told[-1]


def test_the_trail_is_for_managers(office, somebody):
    for operation in (export_trail, verify_trail):
        with pytest.raises(NotAllowed):
            operation(office, somebody("reviewer"))


@pytest.mark.parametrize("wrong", [{"practice": []}, {"number": "1"}, {"number": None}, {"hash": {}}, {"practice": {}}])
def test_a_line_of_an_export_that_holds_anything_else_is_named_and_not_stumbled_over(office, manager, written, wrong):
    with office.database.read() as session:
        lines = list(trail.lines(session, manager.practice_id))
    checked = trail.verify([{**lines[0], **wrong}], head=written)
    assert not checked.is_intact
    assert "a line" in checked.fault
