"""A document in, its findings out: what is stated of this patient, each with the words that state it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter

from mednec.findings import (
    diagnosis,
    duration,
    evaluation,
    exam,
    function,
    hints,
    impact,
    legends,
    limitation,
    rationale,
    statement,
    structure,
    studies,
    technique,
)
from mednec.findings.assertion import as_asserted
from mednec.findings.parse import Parsed, parse
from mednec.findings.spelling import as_meant
from mednec.model import Document, Finding

Finder = Callable[[Parsed], Iterator[Finding]]

FINDERS: tuple[Finder, ...] = (
    structure.find,
    diagnosis.find,
    technique.find,
    evaluation.find,
    rationale.find,
    statement.find,
    studies.find,
    exam.find,
    structure.rated,
    function.find,
    duration.find,
    limitation.find,
)


def find(document: Document, finders: tuple[Finder, ...] = FINDERS) -> list[Finding]:
    """Everything that the finders read out of a document, in the order in which it stands there."""
    copy = as_meant(document)
    parsed = parse(copy.document)
    stated = (parsed.dated(finding) for finder in finders for finding in finder(parsed))
    own = list(legends.without_examples(parsed, as_asserted(parsed, stated)))
    hinted = as_asserted(parsed, map(parsed.dated, hints.find(parsed, own)))
    cut = map(copy.cut, (*own, *impact.summed(parsed, own), *hinted))
    return sorted(cut, key=attrgetter("start", "end", "kind", "concept"))
