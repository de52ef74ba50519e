"""The tables of every, some and not, and the laws that they keep."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mednec.audit.answers import every, opposed, reverse, some
from mednec.model import Answer, Document, Status

TEXT = Document("d", "yes no")
YES = TEXT.finding("exam", "gait", 0, 3, quote=(0, 6))
NO = TEXT.finding("exam", "gait", 4, 6, quote=(0, 6))
MET, NOT, BOTH, NOTHING = Answer((YES,)), Answer((), (NO,)), Answer((YES,), (NO,)), Answer()
ALL = (MET, BOTH, NOTHING, NOT)
SETTLED = (Answer(settled=Status.MET), Answer(settled=Status.NOT_MET))

M, C, S, N = Status.MET, Status.CONFLICTING, Status.INSUFFICIENT, Status.NOT_MET
EVERY = {M: (M, C, S, N), C: (C, C, C, N), S: (S, C, S, N), N: (N, N, N, N)}
SOME = {M: (M, M, M, M), C: (M, C, C, C), S: (M, C, S, S), N: (M, C, S, N)}
statuses = st.sampled_from((*ALL, *SETTLED))


@pytest.mark.parametrize(("one", "other"), list(product(range(4), repeat=2)))
def test_the_tables_are_those_of_the_reference_page(one, other):
    row, column = ALL[one].status, other
    assert every([ALL[one], ALL[other]]).status is EVERY[row][column]
    assert some([ALL[one], ALL[other]]).status is SOME[row][column]


@given(st.lists(statuses, min_size=1, max_size=5))
def test_de_morgan(answers):
    assert reverse(every(answers)).status is some([reverse(a) for a in answers]).status
    assert reverse(some(answers)).status is every([reverse(a) for a in answers]).status


@given(st.lists(statuses, min_size=1, max_size=4), st.lists(statuses, min_size=1, max_size=4))
def test_it_makes_no_difference_how_answers_are_grouped(first, second):
    assert every([every(first), every(second)]).status is every([*first, *second]).status
    assert some([some(first), some(second)]).status is some([*first, *second]).status


@given(st.lists(statuses, min_size=1, max_size=5), st.randoms())
def test_order_makes_no_difference(answers, random):
    shuffled = answers[:]
    random.shuffle(shuffled)
    assert every(shuffled).status is every(answers).status
    assert some(shuffled).status is some(answers).status


@given(statuses)
def test_not_twice_is_nothing(answer):
    assert reverse(reverse(answer)).status is answer.status


@given(st.lists(statuses, min_size=1, max_size=5))
def test_a_met_needs_a_yes(answers):
    if every(answers).status is Status.MET:
        assert all(answer.status is Status.MET for answer in answers)
    if some(answers).status is Status.MET:
        assert any(answer.status is Status.MET for answer in answers)


@given(st.lists(statuses, min_size=1, max_size=6), st.integers(1, 4))
def test_so_many_are_met_only_with_so_many_yeses(answers, count):
    met = sum(answer.status is Status.MET for answer in answers)
    assert (some(answers, count).status is Status.MET) == (met >= count)


def test_a_gap_takes_the_least_that_is_missing():
    long, short = Answer(missing=("a", "b")), Answer(missing=("c",))
    assert some([long, short]).missing == ("c",)
    assert every([long, short]).missing == ("a", "b", "c")


def test_what_speaks_against_a_yes_is_a_contradiction():
    assert opposed(MET, MET).status is Status.CONFLICTING
    assert opposed(NOTHING, MET).status is Status.NOT_MET
    assert opposed(Answer(settled=Status.MET), MET).status is Status.NOT_MET
    assert opposed(MET, NOTHING).status is Status.MET
