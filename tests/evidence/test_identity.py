"""Whether two names are one patient's: order, spelling, accents and short forms are forgiven, another person is not."""

from datetime import date

import pytest

from mednec.evidence.identity import majority, same_person
from mednec.model import Person

BORN = date(1960, 2, 3)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Smith, John A.", "John Smith"),
        ("SMITH JOHN A", "John Smith"),
        ("Jon Smith", "John Smith"),
        ("John Smyth", "John Smith"),
        ("Müller, Anna", "Anna Mueller"),
        ("Peña, José", "Jose Pena"),
        ("O'Brien, Pat", "Patrick OBrien"),
        ("Maria Garcia-Lopez", "Maria Lopez"),
        ("John Smith", "John Smith Jr."),
        ("John Smith II", "John Smith Jr."),
    ],
)
def test_one_patient_however_written(one: str, other: str) -> None:
    assert same_person(Person(one), Person(other))
    assert same_person(Person(other), Person(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jane Smith", "John Smith"),
        ("Dan Smith", "Don Smith"),
        ("John Smith Sr.", "John Smith Jr."),
        ("Smith, John III", "Smith, John Jr"),
        ("John Smith", "John Jones"),
    ],
)
def test_another_person_is_another_patient(one: str, other: str) -> None:
    assert not same_person(Person(one), Person(other))


def test_a_birth_date_in_common_tells_more_than_a_spelling() -> None:
    assert same_person(Person("Bill Jones", BORN), Person("William Jones", BORN))
    assert not same_person(Person("John Smith", date(1961, 2, 3)), Person("John Smith", BORN))


def test_where_no_one_prevails_the_patient_is_who_is_named_in_full() -> None:
    full = Person("Ada Quill", BORN)
    assert majority([full, Person("Otto Stone")]) == full
    assert majority([full, Person("Otto Stone", date(1970, 1, 1))]) == Person()
