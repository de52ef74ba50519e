"""A gated regular expression finds what the plain one finds, and is not tried where none of its words stands."""

import re

import pytest

from mednec.findings import gates
from mednec.findings.gates import DIGIT, OFTEN, Gated, gated, needed


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\bpain\s(?:diary|log)\b", [{"pain"}, {"diary", "log"}]),
        (r"\b(?:heels?|toes?)\b", [{"heel", "toe"}]),
        (r"relie[fv]\w*", [{"relief", "reliev"}]),
        (r"\d{1,2}\s*(?:wks?|weeks?)", [{"wk", "week"}, {DIGIT}]),
        (r"(?:about\s+)?\d+", [{DIGIT}]),
        (r"(?:pain)?\s*", []),
        (r"[^a]b*", []),
    ],
)
def test_the_words_that_every_match_holds_are_read_off_the_pattern(pattern, words):
    assert needed(re.compile(pattern, re.I)) == tuple(words)


def known(gate):
    """The gate, with its words known to the index, among so few others that the index has to learn of it."""
    for _ in range(OFTEN):
        gate.search("")
    gates.relearn()
    return gate


@pytest.mark.parametrize("text", ["A PAIN DIARY was kept", "no pa\u0131n log", "nothing of it", ""])
def test_a_gated_expression_finds_what_the_plain_one_finds(text):
    plain, behind_a_gate = re.compile(r"pain (?:diary|log)", re.I), gated(r"pain (?:diary|log)", re.I)
    known(behind_a_gate)
    gates.read(text)
    for start in range(len(text)):
        for method in ("search", "match", "fullmatch"):
            found, expected = (getattr(one, method)(text, start, len(text)) for one in (behind_a_gate, plain))
            assert (found and found.span()) == (expected and expected.span())
        assert [m.span() for m in behind_a_gate.finditer(text, start)] == [
            m.span() for m in plain.finditer(text, start)
        ]


def test_a_text_that_was_not_read_is_searched_all_the_same():
    gates.read("something else")
    assert gated(r"heel walking").search("no trouble with heel walking")


def test_the_expression_is_not_tried_where_no_word_of_it_stands():
    tried = []

    class Spy:
        pattern, flags = "heel", re.I

        def __getattr__(self, name):
            return lambda *_: tried.append(name)

    text = "toes only"
    gate = known(Gated(Spy()))
    tried.clear()
    gates.read(text)
    assert gate.search(text) is None
    assert list(gate.finditer(text)) == []
    assert not tried
