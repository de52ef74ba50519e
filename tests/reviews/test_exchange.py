"""What is kept of a chart comes back exactly, and nothing that does not stand in its document comes back at all."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mednec.auditor import read_and_find
from mednec.exchange import Reading, from_bytes, text_hash, to_bytes
from mednec.model import Document, Exclusion, Page, Person, SignatureState, Warning, Word

WORDS = st.text(max_size=40)
DAYS = st.none() | st.dates()
PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | WORDS | st.dates()
VALUES = st.recursive(
    PLAIN,
    lambda one: (
        st.lists(one, max_size=3) | st.lists(one, max_size=3).map(tuple) | st.dictionaries(WORDS, one, max_size=3)
    ),
    max_leaves=6,
)
NUMBERS = st.floats(0, 2000)


@st.composite
def pages(draw, length):
    cuts = sorted(draw(st.lists(st.integers(0, length), max_size=3)))
    bounds = list(zip([0, *cuts], [*cuts, length], strict=True))
    word = st.builds(Word, st.just(0), st.just(1), NUMBERS, NUMBERS, NUMBERS, NUMBERS, st.none() | NUMBERS)
    words = st.lists(word, max_size=2).map(tuple)
    return tuple(
        Page(number, start, end, draw(words), draw(st.none() | NUMBERS), None, draw(st.none() | NUMBERS))
        for number, (start, end) in enumerate(bounds, 1)
    )


@st.composite
def documents(draw, name):
    text = draw(st.text(st.characters(), min_size=1, max_size=80))
    return Document(
        id=name,
        text=text,
        dated=draw(DAYS),
        written=draw(DAYS),
        author=draw(st.none() | WORDS),
        signature=draw(st.sampled_from(SignatureState)),
        patient=Person(draw(st.none() | WORDS), draw(DAYS)),
        pages=draw(pages(len(text))),
        source=draw(WORDS),
    )


@st.composite
def findings(draw, document):
    first, start, end, last = sorted(draw(st.lists(st.integers(0, len(document.text)), min_size=4, max_size=4)))
    if start == end:
        first, start, end, last = 0, 0, 1, len(document.text)
    made = document.finding(draw(WORDS), draw(WORDS), start, end, quote=(first, last))
    attributes = draw(st.dictionaries(WORDS, VALUES, max_size=4))
    return replace(made, attributes=attributes, dated=draw(DAYS), read_by=draw(st.sampled_from(["rules", "person"])))


@st.composite
def readings(draw):
    charted = tuple(draw(documents(f"{number}.txt")) for number in range(draw(st.integers(1, 3))))
    found = {one.id: tuple(draw(st.lists(findings(one), max_size=3))) for one in charted}
    told = tuple(Warning(draw(WORDS), draw(WORDS), found[one.id]) for one in charted)
    return Reading(charted, found, (Exclusion("x.pdf", "unreadable", draw(WORDS)),), told)


@given(readings())
@settings(deadline=None)
def test_a_reading_comes_back_exactly(reading):
    kept = to_bytes(reading)
    again = from_bytes(kept)
    assert again == reading
    assert to_bytes(again) == kept
    assert [list(f.attributes) for found in again.findings.values() for f in found] == [
        list(f.attributes) for found in reading.findings.values() for f in found
    ]


def one_finding() -> Reading:
    document = Document("note.txt", "Therapy for six weeks did not help.", dated=date(2026, 3, 1))
    finding = document.finding(
        "therapy", "physical_therapy", 0, 7, quote=(0, 34), levels=("L4-5",), seen=document.dated
    )
    return Reading((document,), {document.id: (finding,)})


@pytest.mark.parametrize(("name", "value"), [("mention", "Therapist"), ("quote", "It helped."), ("page", 2)])
def test_words_that_do_not_stand_in_the_document_are_refused(name, value):
    data = json.loads(to_bytes(one_finding()))
    data["findings"]["note.txt"][0][name] = value
    with pytest.raises(ValueError, match=r"note\.txt: what is kept for 0:7"):
        from_bytes(json.dumps(data).encode())


def test_a_place_outside_of_the_text_is_refused():
    data = json.loads(to_bytes(one_finding()))
    data["findings"]["note.txt"][0]["place"] = [0, 7, 0, 99]
    with pytest.raises(ValueError, match="do not fit the text"):
        from_bytes(json.dumps(data).encode())


def test_a_finding_of_a_document_that_is_not_there_is_refused():
    data = json.loads(to_bytes(one_finding()))
    data["findings"]["note.txt"][0]["document"] = "other.txt"
    with pytest.raises(ValueError, match="not there"):
        from_bytes(json.dumps(data).encode())


def test_bytes_of_another_form_are_refused():
    with pytest.raises(ValueError, match="audit the case again"):
        from_bytes(b'{"form": 0}')


def test_what_json_cannot_hold_is_refused_when_it_is_written():
    document = Document("note.txt", "Therapy")
    finding = document.finding("therapy", "physical_therapy", 0, 7, quote=(0, 7), levels={"L4-5"})
    with pytest.raises(TypeError, match="cannot hold a set"):
        to_bytes(Reading((document,), {document.id: (finding,)}))


def test_a_text_is_named_by_its_words_alone():
    document = Document("note.txt", "Therapy \N{GREEK SMALL LETTER ALPHA}", type="office_visit")
    assert text_hash(document) == text_hash(replace(document, id="other.txt", dated=date(2026, 1, 1)))
    assert text_hash(document) != text_hash(replace(document, text="Therapy"))


def test_a_chart_that_was_read_says_how_far_it_is():
    files = [("b.txt", b"Physical therapy for six weeks did not help."), ("a.txt", b"Pain 7/10 today.")]
    told = []
    reading = read_and_find(files, lambda *step: told.append(step))
    assert told == [
        *(("reading files", number, 2) for number in (1, 2)),
        *(("reading documents", number, 2) for number in (1, 2)),
    ]
    assert [document.id for document in reading.documents] == ["a.txt", "b.txt"]
    assert from_bytes(to_bytes(reading)) == reading
