"""Expressions that are tried only where they can begin, or where their words stand, find what the plain ones do."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mednec.expressions.begun import Begun, at_lines
from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled
from mednec.expressions.standing import Standing

TEXTS = st.text(st.sampled_from("ab1:. ;\t\n|-"), max_size=40)
BEHIND = [
    (r"^[ \t]*(?:-[ \t]*)?[ab]+(?:\n[ab])?:?", ["\n"]),
    (r"^(?P<lead>[^\n]{0,3}?)\t(?P<one>a|b)[ \t]*$", ["\n"]),
    (r"(?:^|(?<=[.;|] )|(?<=\t))[ab]+[ \t]*(?:[:|]|\.{2,})+", ["\n", "\t", ". ", "; ", "| "]),
]


@settings(deadline=None)
@pytest.mark.parametrize(("pattern", "behind"), BEHIND)
@given(text=TEXTS, start=st.integers(0, 6), cut=st.integers(0, 6))
def test_what_begins_behind_a_sign_is_found_as_ever(pattern, behind, text, start, cut):
    plain = re.compile(pattern, re.M)
    quick, end = Begun(compiled(pattern, re.M), *behind), max(0, len(text) - cut)
    assert [one.span() for one in quick.finditer(text, start, end)] == [
        one.span() for one in plain.finditer(text, start, end)
    ]
    one, other = quick.match(text, start, end), plain.match(text, start, end)
    assert (one and one.span()) == (other and other.span())


def test_an_expression_of_lines_is_tried_at_each_of_them():
    found = at_lines(r"^[ \t]*pain: (?P<n>\d)", re.I).finditer("PAIN: 7\nno pain: 3\n  Pain: 4")
    assert [one["n"] for one in found] == ["7", "4"]


def test_of_many_expressions_those_are_left_whose_words_stand_in_the_text():
    some = Standing(
        (name, needing(pattern, re.I))
        for name, pattern in (("wasted", r"\bwast\w+"), ("figure", r"."), ("beside", r"\bbeside the point"))
    )
    assert [name for name, _ in some.of("It was a wasted month.")] == ["wasted", "figure"]
    assert [name for name, _ in some.of("That is beside the point.")] == ["figure", "beside"]
    assert some.of("") == some.of("")


@settings(deadline=None)
@pytest.mark.parametrize("before", [r"\b", r"(?<!\w)", ""])
@given(
    parts=st.lists(
        st.sampled_from(["ask ", "asked ", "whether ", "it ", "helps. ", "\n", "Ask", "\xe4sk "]), max_size=40
    )
)
def test_near_its_words_an_expression_is_found_wherever_it_begins(before, parts):
    text, pattern = "".join(parts) + " " * 400, before + r"(?:ask|asks|asked)\s(?:it\s){0,3}whether\b"
    plain, quick = re.compile(pattern, re.I), needing(pattern, re.I)
    assert [one.span() for one in quick.finditer(text, 0)] == [one.span() for one in plain.finditer(text)]
