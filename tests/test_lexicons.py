"""Every example of every lexicon of a kind of finding: what it should read and what it should not."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pytest

from mednec.findings import find
from mednec.model import Document
from mednec.vocabulary import lexicon, lexicon_names

KINDS = (
    "diagnosis",
    "electrodiagnostic",
    "evaluation",
    "exam",
    "function_score",
    "functional_limitation",
    "hint",
    "imaging",
    "pain_score",
    "rationale",
    "statement",
    "symptom_duration",
    "technique",
    "therapy",
)
BRACKETED = re.compile(r"\[([^\[\]]+)\]")
Example = Mapping[str, Any]


def examples() -> Iterator[Any]:
    for kind in KINDS:
        if kind not in lexicon_names():
            continue
        for concept in lexicon(kind).concepts.values():
            for number, example in enumerate(concept.examples):
                yield pytest.param(kind, concept.name, example, id=f"{kind}.{concept.name}.{number}")


def read(text: str, kind: str) -> list[Any]:
    document = Document(id="example", text=text, dated=date(2026, 3, 1))
    return [finding for finding in find(document) if finding.kind == kind]


def same(expected: Any, value: Any) -> bool:
    if isinstance(expected, date):
        return expected.isoformat() == value
    if isinstance(expected, (int, float)) and not isinstance(expected, bool) and isinstance(value, (int, float)):
        return value == pytest.approx(expected, rel=0.05)
    return (
        list(expected) == list(value)
        if isinstance(expected, list) and isinstance(value, (list, tuple))
        else expected == value
    )


@pytest.mark.parametrize(("kind", "concept", "example"), list(examples()))
def test_a_lexicon_example_is_read_as_it_says(kind: str, concept: str, example: Example) -> None:
    if "nothing" in example:
        found = [finding for finding in read(str(example["nothing"]), kind) if finding.concept == concept]
        assert not [finding for finding in found if finding.get("status") != "other"], found
        return
    marked = str(example["read"])
    text = BRACKETED.sub(r"\1", marked)
    first = next(BRACKETED.finditer(marked))
    start, concept = first.start(), str(example.get("concept", concept))
    overlapping = [
        finding
        for finding in read(text, kind)
        if finding.concept == concept and finding.start < start + len(first[1]) and start < finding.end
    ]
    assert overlapping, f"nothing read in: {text}"
    said = overlapping[0].attributes
    wrong = {name: said.get(name) for name, value in example.get("is", {}).items() if not same(value, said.get(name))}
    assert not wrong, f"{text}: expected {dict(example['is'])}, read {dict(said)}"


def test_every_therapy_concept_has_an_example_and_a_near_miss() -> None:
    concepts = lexicon("therapy").concepts.values()
    lacking = [
        concept.name
        for concept in concepts
        if {key for example in concept.examples for key in ("read", "nothing") if key in example} != {"read", "nothing"}
    ]
    assert not lacking
