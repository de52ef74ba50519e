"""A sieve finds what its expressions find one by one, and tries only those of which a word stands in the text."""

import re
from pathlib import Path

import pytest

from mednec.documents.fields import kinds_of_labels, labels_in
from mednec.documents.patterns import data, sayings, signatures, signs, titling
from mednec.documents.split import ADDED, ALTERED, AMENDED, MARGINAL
from mednec.expressions import sieve as module
from mednec.expressions.sieve import Sieve

EXAMPLES = Path(__file__).parents[2] / "examples"
ODD = (
    "",
    "\u017fIGNED BY \u212aim Holt, MD 03/0\u0664/2026\r\nADDENDUM: see above; \u0130 attest that she failed PT.\n",
    "Dear Medical Director,\nThis is to appeal your denial of 1/2/2026.\n\n__________ MD\nsignature: ___ date: __",
    "LATE ENTRY 3/4/2026\n[handwritten in margin: pain now 3/10]\nchanged to 6/10",
)
TEXTS = (*(path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.rglob("*.txt"))), *ODD)
SIEVES = {
    "signs": (signs(), {name: some for name, some in data().items() if isinstance(some, list)}, re.M),
    "sayings": (sayings(), data()["says"], re.M),
    "titles": (titling(), data()["titles"], re.I),
    "signatures": (signatures(), {name: data()[name] for name in ("unsigned", "blank_line", "signed")}, re.I | re.M),
}


@pytest.mark.parametrize("name", SIEVES)
def test_a_sieve_finds_what_its_expressions_find_one_by_one(name):
    sieve, lists, flags = SIEVES[name]
    assert len(TEXTS) > 10
    for text in (*TEXTS, *(text.lower() for text in TEXTS)):
        sifted = sieve.of(text)
        for kind, patterns in lists.items():
            found = sum(1 for pattern in patterns if re.search(pattern, text, flags))
            assert sifted.count(kind) == found, kind
            assert sifted.any(kind) == bool(found)
            assert sifted.may(kind) or not found


def test_what_is_added_to_a_note_is_looked_for_wherever_it_can_be():
    for text in TEXTS:
        sifted = ADDED.of(text)
        for name, expression in (("amended", AMENDED), ("marginal", MARGINAL), ("altered", ALTERED)):
            assert sifted.may(name) or not expression.search(text)


def test_an_expression_of_which_no_word_stands_is_not_even_compiled(monkeypatch):
    made = []
    monkeypatch.setattr(module, "compiled", lambda pattern, flags: made.append(pattern) or re.compile(pattern, flags))
    sieve = Sieve({"feet": [r"\bheels?\b", r"\btoes?\b"]})
    assert sieve.of("Both heels are sore.").count("feet") == 1
    assert not sieve.of("Both ankles are sore.").any("feet")
    assert made == [r"\bheels?\b"]


def test_a_list_that_a_sieve_does_not_have_is_found_nowhere():
    assert Sieve({"feet": ["heel"]}).of("heel").count("hands") == 0


@pytest.mark.parametrize("text", ["{}: Ames", "  ({} : Ames", "Visit 3   - {}:\t4", "{}.   Ames", "| {} | Ames |"])
def test_every_label_is_read_wherever_a_label_may_stand(text):
    unread = [
        label for label in kinds_of_labels() if label not in {found[0] for found in labels_in(text.format(label))}
    ]
    assert unread == []
