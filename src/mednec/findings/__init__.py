"""A document in, its findings out: what is stated of this patient, each with the words that state it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter

from mednec.findings import (
    answers,
    asked,
    diagnosis,
    doubted,
    duration,
    evaluation,
    exam,
    function,
    legends,
    limitation,
    owners,
    rationale,
    scores,
    statement,
    studies,
    taken_back,
    technique,
    therapy,
)
from mednec.findings.parse import Parsed, parse
from mednec.findings.spelling import as_meant
from mednec.model import Document, Finding

Finder = Callable[[Parsed], Iterator[Finding]]

FINDERS: tuple[Finder, ...] = (
    therapy.find,
    diagnosis.find,
    technique.find,
    evaluation.find,
    rationale.find,
    statement.find,
    studies.find,
    exam.find,
    scores.find,
    function.find,
    duration.find,
    limitation.find,
)


def find(document: Document, finders: tuple[Finder, ...] = FINDERS) -> list[Finding]:
    """Everything that the finders read out of a document, in the order in which it stands there."""
    copy = as_meant(document)
    parsed = parse(copy.document)
    stated = (parsed.dated(finding) for finder in finders for finding in finder(parsed))
    gone, others = taken_back.spans(parsed), owners.spans(parsed)
    kept = (finding for finding in stated if not taken_back.is_taken_back(parsed, finding, gone))
    found = legends.without_examples(parsed, asked.without_questions(parsed, answers.as_answered(parsed, kept)))
    own = map(copy.cut, doubted.asserted(parsed, owners.of_the_patient(found, others)))
    return sorted(own, key=attrgetter("start", "end", "kind", "concept"))
