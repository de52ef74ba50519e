"""Cases and their files."""

import threading

import pytest

from mednec.errors import MednecError
from mednec.office.cases import (
    add_files,
    case_view,
    change_request,
    close_case,
    file_data,
    list_cases,
    open_case,
    remove_file,
    reopen_case,
)
from mednec.office.desk import NotAllowed, NotFound
from mednec.office.fields import RefusedFields
from mednec.requests import Fields

TEXTS = {"service": "esi.init", "date": "2026-12-03", "payer": "medicare", "state": "AZ", "name": "Ada Rowe"}
REQUEST = Fields(TEXTS, {"levels": ("L5-S1",)})


@pytest.fixture
def visitor(somebody):
    return somebody("reviewer")


@pytest.fixture
def case_id(office, visitor):
    return open_case(office, visitor, REQUEST, "Dr. Quill")


def test_a_case_keeps_its_request_as_it_was_written(office, visitor, case_id):
    case = case_view(office, visitor, case_id)
    assert (case.patient, case.service, case.planned.isoformat()) == ("Ada Rowe", "esi.init", "2026-12-03")
    assert (case.clinician, case.payer, case.lists["levels"]) == ("Dr. Quill", "medicare", ("L5-S1",))
    assert [line.id for line in list_cases(office, visitor)] == [case_id]


def test_a_request_that_cannot_be_used_opens_nothing(office, visitor):
    with pytest.raises(RefusedFields):
        open_case(office, visitor, Fields({"service": "esi.init"}))
    assert list_cases(office, visitor) == ()


def test_files_come_back_byte_for_byte(office, visitor, case_id):
    added = add_files(office, visitor, case_id, [("chart/a.txt", b"one"), ("chart/b/a.txt", b"two")])
    names = [file.name for file in case_view(office, visitor, case_id).files]
    assert names == ["a.txt", "b/a.txt"]
    assert file_data(office, visitor, case_id, added.files[1]) == ("b/a.txt", b"two")


def test_the_same_file_is_not_added_twice_and_another_of_its_name_is_kept_beside_it(office, visitor, case_id):
    add_files(office, visitor, case_id, [("a.txt", b"one")])
    again = add_files(office, visitor, case_id, [("a.txt", b"one")])
    assert (again.files, again.known) == ((), ("a.txt",))
    add_files(office, visitor, case_id, [("a.txt", b"two")])
    assert [file.name for file in case_view(office, visitor, case_id).files] == ["a (2).txt", "a.txt"]


def test_a_file_that_is_sent_several_times_at_once_is_added_once(office, visitor, case_id):
    together = threading.Barrier(5)

    def send():
        together.wait()
        add_files(office, visitor, case_id, [("a.txt", b"one")])

    senders = [threading.Thread(target=send) for _ in range(5)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert [file.name for file in case_view(office, visitor, case_id).files] == ["a.txt"]


def test_a_removed_file_is_no_longer_of_the_case(office, visitor, case_id):
    added = add_files(office, visitor, case_id, [("a.txt", b"one")])
    remove_file(office, visitor, case_id, added.files[0])
    assert case_view(office, visitor, case_id).files == ()
    with pytest.raises(NotFound):
        file_data(office, visitor, case_id, added.files[0])


def test_a_request_can_be_changed(office, visitor, case_id):
    change_request(office, visitor, case_id, Fields({**TEXTS, "date": "2026-12-10"}))
    assert case_view(office, visitor, case_id).planned.isoformat() == "2026-12-10"


def test_a_closed_case_leaves_the_list_and_takes_nothing_until_it_is_opened_again(office, visitor, case_id):
    close_case(office, visitor, case_id)
    assert list_cases(office, visitor) == ()
    assert [line.id for line in list_cases(office, visitor, closed=True)] == [case_id]
    with pytest.raises(MednecError, match="closed"):
        add_files(office, visitor, case_id, [("a.txt", b"one")])
    reopen_case(office, visitor, case_id)
    assert add_files(office, visitor, case_id, [("a.txt", b"one")]).files


def test_a_viewer_opens_nothing_and_another_practice_sees_nothing(office, somebody, case_id):
    with pytest.raises(NotAllowed):
        open_case(office, somebody("viewer"), REQUEST)
    stranger = somebody("reviewer", practice="Another")
    with pytest.raises(NotFound):
        case_view(office, stranger, case_id)
    with pytest.raises(NotFound):
        add_files(office, stranger, case_id, [("a.txt", b"one")])
    assert list_cases(office, stranger) == ()
