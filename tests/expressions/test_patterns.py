"""Expressions find what those of `re` find, know by which signs a match can begin, and which words it needs."""

import importlib
import pkgutil
import re
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mednec import findings
from mednec.expressions import needs, patterns
from mednec.expressions.branches import LETTERS
from mednec.expressions.needs import DIGIT, Needing, needed, needing
from mednec.expressions.patterns import ALL, Once, compiled, first_signs
from mednec.expressions.reach import Reach

CHART = (
    "HPI: 54 y/o with LBP x 8 wks, 7/10, worse w/ standing.  PT 14 visits \u2013 no relief; naproxen didn't help.\n"
    "PE: SLR + on the left; strength 5/5. MRI 3/4/2025: L4-5 HNP (6 mm).\n\n"
    "[x] ESI   [ ] MBB\tKnee: DENIES pa\u0131n, \u212anee"
)
ATOMS = st.sampled_from(
    ["a", "K", "s", "i", "\u0131", "\u017f", "\u212a", "7", " ", "-", "[- ]", "\\s+", "[\\s,]",
     "[ab]", "[^a]", "[^\\W\\d]", "[h-k]", "[5-\u0130]",
     "\\d", "\\W", "\\s", ".", "\\b", "^", "$", "(?<!a)", "(?<=k )", "(?=s)", "(?!7)", "(?-i:K)", "(?i:s)"]
)  # fmt: skip
MODULES = sorted(module.name for module in pkgutil.walk_packages(findings.__path__, "mednec.findings."))
EXPRESSIONS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda some: f"(?:{'|'.join(some)})"),
        inner.map(lambda one: f"({one})"),
        st.tuples(inner, st.sampled_from(["?", "*", "+", "{2}", "??", "{0,2}", "?+"])).map(
            lambda two: f"(?:{two[0]}){two[1]}"
        ),
    ),
    max_leaves=8,
)
TEXTS = st.text(st.sampled_from("akKsSi7  --\t,\u2003.\nhI\u0130\u0131\u017f\u212a\xe4A_"), max_size=24)


def told(expression, text, start=0):
    """All that an expression finds, in every way in which it is asked."""
    whole = [(match.span(), match.groups()) for match in expression.finditer(text, start)]
    ones = [getattr(expression, method)(text, start) for method in ("search", "match", "fullmatch")]
    return whole, [one and (one.span(), one.groups()) for one in ones]


def spans(expression, text, start=0, end=sys.maxsize):
    ones = [getattr(expression, method)(text, start, end) for method in ("search", "match")]
    return [match.span() for match in (*expression.finditer(text, start, end), *filter(None, ones))]


@settings(deadline=None)  # a busy machine proves nothing
@given(EXPRESSIONS, st.sampled_from([0, re.I, re.M, re.I | re.M | re.S, re.I | re.A]), TEXTS, st.integers(0, 5))
def test_any_expression_finds_what_the_plain_one_finds(pattern, flags, text, start):
    assert told(compiled(pattern, flags), text, start) == told(re.compile(pattern, flags), text, start)


@pytest.mark.parametrize("name", MODULES)
def test_the_expressions_of_a_module_find_what_the_plain_ones_find(name):
    module = importlib.import_module(name)
    for expression in vars(module).values():
        if isinstance(expression, re.Pattern):
            assert told(expression, CHART) == told(re.compile(expression.pattern, expression.flags), CHART)
        elif isinstance(expression, Needing):
            assert spans(expression, CHART) == spans(re.compile(expression.pattern, re.I), CHART)


@pytest.mark.parametrize(
    ("pattern", "signs"),
    [(r"\b(?:Pain|no)", "PpNn"), (r"(?:\s*-)?\d", " \t\n\v\f\r\x1c\x1d\x1e\x1f-0123456789"), (r"(?<!x)\[", "[")],
)
def test_the_first_signs_are_those_that_the_pattern_names(pattern, signs):
    assert {chr(n) for n in range(128) if first_signs(pattern, re.I) >> n & 1} == set(signs)


@pytest.mark.parametrize("pattern", [r"\d*", r"(?:a|)", r".x", r"()\1"])
def test_what_can_be_empty_or_anything_can_begin_with_every_sign(pattern):
    assert first_signs(pattern) == ALL


def test_what_is_no_expression_is_refused_as_ever():
    with pytest.raises(re.error):
        compiled("(pain")


@pytest.mark.parametrize("failing", [None, "_code"])
def test_a_python_with_another_compiler_gets_the_plain_expression(monkeypatch, failing):
    if failing:
        monkeypatch.delattr(patterns.compiler, failing)
    else:
        monkeypatch.setattr(patterns, "compiler", None)
    assert compiled(r"\bknee", re.I).search("a KNEE").span() == (2, 6)


def test_a_python_without_that_compiler_reads_notes_all_the_same():
    code = (
        "import re, sys; sys.modules['_sre'] = None\n"
        "from mednec.expressions import patterns\n"
        "from mednec.documents import read_files\n"
        "from mednec.findings import find\n"
        "assert patterns.compiler is None\n"
        "(note,) = read_files([('note.txt', b'HPI: Six weeks of PT, no relief. NRS 7/10.')]).documents\n"
        "print(sorted(one.concept for one in find(note)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "physical_therapy" in run.stdout, run.stderr


def test_names_of_groups_are_kept():
    match = compiled(r"\b(?P<side>left|right) (knee|(?P<hip>hip))", re.I).search("the LEFT knee")
    assert match.groupdict() == {"side": "LEFT", "hip": None}
    assert (match["side"], match.lastindex) == ("LEFT", 2)


def test_a_text_is_gone_through_once_and_answers_for_its_stretches():
    boxes, text = Once(r"\[.\]"), "[x] yes [ ] no"
    assert [match.span() for match in boxes.findall(text, 0, len(text))] == [(0, 3), (8, 11)]
    assert [match.span() for match in boxes.findall(text, 1, 10)] == []
    assert boxes.findall("none", 0, 4) == []


@settings(deadline=None)  # a busy machine proves nothing
@given(EXPRESSIONS, st.sampled_from([0, re.I, re.M, re.I | re.S]), TEXTS, st.integers(0, 5), st.integers(0, 30))
def test_every_match_of_any_expression_holds_one_of_the_words_that_it_needs(pattern, flags, text, start, end):
    plain = re.compile(pattern, flags)
    words = needed(pattern, flags)
    if words:
        assert spans(Needing(plain, words), text, start, end) == spans(plain, text, start, end)


@settings(deadline=None)  # a busy machine proves nothing
@given(EXPRESSIONS, st.sampled_from([0, re.I, re.M, re.I | re.S]), TEXTS, st.integers(0, 5), st.integers(0, 60))
def test_every_match_of_any_expression_begins_near_a_word_that_it_needs(pattern, flags, text, start, end):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(needs, "LONG", 0)
        patch.setattr(needs, "DEARER", 0)
        plain, text = re.compile(pattern, flags), f"{text} {text}"
        assert spans(needing(pattern, flags), text, start, end) == spans(plain, text, start, end)


@pytest.mark.parametrize(
    ("pattern", "far"),
    [
        (r"(?:the |a )?\w+\s+plan\b[^.]*", Reach(8, 1, 1)),
        (r"\b(?:\S+ ){0,3}plan", Reach(7, 0, 3)),
        (r"[^.]*plan", None),
        (r"(?:very )*plan", None),
    ],
)
def test_how_far_before_its_words_a_match_can_begin_is_read_off_the_pattern(pattern, far):
    assert needing(pattern)._reach == far


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"\bpain\s(?:diary|log)\b", {"pain diary", "pain log"}),
        (r"\b(?:heels?|toes?)\b", {"heel", "toe"}),
        (r"relie[fv]\w*", {"relief", "reliev"}),
        (r"\d{1,2}\s*(?:wks?|weeks?)", {f"{DIGIT} w", f"{DIGIT}w"}),
        (r"(?:about\s+)?\d+", {DIGIT}),
        (r"(?:pain)?\s*", None),
        (r"[^a]b*", None),
    ],
)
def test_the_words_that_every_match_holds_are_read_off_the_pattern(pattern, words):
    assert needed(pattern, re.I) == words


def test_an_expression_whose_words_are_not_known_stays_plain(monkeypatch):
    assert isinstance(needing(r"\w+\s*"), re.Pattern)
    monkeypatch.setattr(patterns, "compiler", None)
    assert isinstance(needing(r"heel walking"), re.Pattern)


def test_an_expression_is_not_tried_where_no_word_of_it_stands():
    tried = []

    class Spy:
        pattern = "heel"

        def __getattr__(self, name):
            return lambda *span: tried.append((name, *span[1:]))

    text = "toes, then heels, then toes"
    gate = Needing(Spy(), frozenset({"heel"}))
    assert gate.search(text, 0, 8) is gate.match(text, 18) is None
    assert list(gate.finditer(text, 12)) == []
    assert not tried
    gate.search(text, 4, 20)
    assert tried == [("search", 4, 20)]


def test_a_letter_is_put_as_all_the_signs_that_are_taken_for_it():
    signs = "".join(map(chr, range(sys.maxunicode + 1)))
    for letter in LETTERS:
        begun = compiled(f"(?:{letter}|-)", re.I)
        assert set(begun.findall(signs)) == {"-", *re.findall(letter, signs, re.I)}


@pytest.mark.parametrize("pattern", ["(?:left|right )?knee", "(?:left )??knee", "x(?:(left) )?knee", "(?:(?:a|b)c)?c"])
def test_what_may_be_left_out_is_found_with_it_and_without(pattern):
    for text in ("left knee", "LEFT knee", "right knee", "xleft knee", "xknee", "KNEE", "acc", "cc"):
        assert told(compiled(pattern, re.I), text) == told(re.compile(pattern, re.I), text)
