"""Whole charts in, every breach out of what has to hold when a chart is changed.

Where the sentences are deleted that a decision of "met" cites, it does not stand any longer; and a statement that
contradicts the record never has a criterion met.

    python scripts/check_metamorphic.py examples benchmarks/charts
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from mednec.audit import audit, decide_one
from mednec.documents import read_chart
from mednec.evidence import gather
from mednec.findings import find
from mednec.model import (
    Audit,
    Determination,
    Document,
    Exclusion,
    Finding,
    Page,
    Policy,
    Record,
    ServiceRequest,
    SignatureState,
    Status,
)
from mednec.policies import choose
from mednec.requests import parse_request, read_fields
from mednec.vocabulary import lexicon

GRANTED = (Status.MET, Status.EXEMPT)
ROUNDS = 40  # deletions after which everything that a criterion can rest on must be gone


@dataclass(frozen=True)
class Case:
    """A chart that was read, its request and the policy that it is judged by."""

    name: str
    documents: tuple[Document, ...]
    unreadable: tuple[Exclusion, ...]
    request: ServiceRequest
    policy: Policy

    def record(self, documents: Sequence[Document]) -> Record:
        """What the documents come to."""
        found = {document.id: _found(document) for document in documents}
        return gather(documents, found, self.request, self.unreadable)

    def audited(self, documents: Sequence[Document]) -> Audit:
        """The audit of the documents."""
        return audit(self.policy, self.record(documents), self.request)


def cases(folders: Sequence[Path]) -> Iterator[Case]:
    """The charts below some folders: every folder that holds a `request.yaml` and a `chart`."""
    for path in sorted(file for folder in folders for file in folder.rglob("request.yaml")):
        request = parse_request(read_fields(path))
        chart = read_chart(path.parent / "chart")
        name = f"{path.parent.parent.name}/{path.parent.name}"
        yield Case(name, tuple(chart.documents), tuple(chart.unreadable), request, choose(request))


@cache
def _found_in(text: str, document_id: str, key: tuple[object, ...]) -> tuple[Finding, ...]:
    return tuple(find(_KNOWN[document_id, text, key]))


_KNOWN: dict[tuple[object, ...], Document] = {}


def _found(document: Document) -> tuple[Finding, ...]:
    """The findings of a document, read once for each text that it takes."""
    key = (document.dated, document.type)
    _KNOWN[document.id, document.text, key] = document
    return _found_in(document.text, document.id, key)


# --- deleting what is cited ------------------------------------------------------------------------------------------


def unwithdrawn(case: Case) -> Iterator[str]:
    """The criteria that are still met after all that they cite, and all that they cite then, has been deleted."""
    for determination in case.audited(case.documents).determinations:
        if determination.status in GRANTED and determination.findings:
            yield from _kept(case, determination)


def _kept(case: Case, determination: Determination) -> Iterator[str]:
    """Deletes what is cited until the criterion is met no longer, or rests on nothing that the chart says."""
    documents = case.documents
    for _ in range(ROUNDS):
        cited = quotes(determination.findings)
        documents = without(documents, cited)
        determination = decide_one(determination.criterion, case.policy, case.record(documents), case.request)
        if determination.status not in GRANTED or not determination.findings:
            break
    if determination.status in GRANTED and (determination.findings or _needs_the_chart(determination)):
        yield f"{case.name}: {determination.criterion.key} is still {determination.status}"


def _needs_the_chart(determination: Determination) -> bool:
    """Whether a criterion cannot be met by silence or by the request alone."""
    criterion = determination.criterion
    return criterion.otherwise == "insufficient" and not _asks_of_request(criterion.needs)


def _asks_of_request(question: Mapping[str, object]) -> bool:
    """Whether a request, or a limit that nothing counts against, may answer some part of a question."""
    if {"request", "at_most"} & question.keys():
        return True
    parts = [value for value in question.values() if isinstance(value, dict)]
    parts += [one for value in question.values() if isinstance(value, list) for one in value if isinstance(one, dict)]
    return any(_asks_of_request(part) for part in parts)


def quotes(findings: Sequence[Finding]) -> dict[str, list[tuple[int, int]]]:
    """The places of the quotes, by document."""
    places: dict[str, list[tuple[int, int]]] = {}
    for finding in findings:
        places.setdefault(finding.document_id, []).append((finding.quote_start, finding.quote_end))
    return places


def without(documents: Sequence[Document], places: Mapping[str, Sequence[tuple[int, int]]]) -> tuple[Document, ...]:
    """The documents with what stands in some places deleted."""
    return tuple(_cut(document, places.get(document.id, ())) for document in documents)


def _cut(document: Document, places: Sequence[tuple[int, int]]) -> Document:
    if not places:
        return document
    gone = {offset for first, last in places for offset in range(first, last)}
    text = "".join(sign for offset, sign in enumerate(document.text) if offset not in gone)
    return replace(document, text=text, pages=(Page(1, 0, len(text)),))


# --- adding what contradicts -----------------------------------------------------------------------------------------

DENIALS = {
    "therapy": "HPI: The patient has never had {}.",
    "diagnosis": "ASSESSMENT: No {}.",
    "exam": "EXAM: {} negative.",
    "imaging": "IMAGING: No {} was done.",
}


def created(case: Case) -> Iterator[str]:
    """The criteria that are met only since a note denies what another document of the same day says."""
    before = case.audited(case.documents)
    open_ = {d.criterion.key: d for d in before.determinations if d.status not in (*GRANTED, Status.NOT_APPLICABLE)}
    for note in _denials(case, before):
        after = case.audited((*case.documents, note))
        for determination in after.determinations:
            key = determination.criterion.key
            if determination.status in GRANTED and key in open_:
                yield f"{case.name}: {key} was {open_[key].status} and is {determination.status} since '{note.text}'"


def _denials(case: Case, audited: Audit) -> Iterator[Document]:
    """A note for each thing that the audit cites, denying it on the day of the document that states it."""
    dated = {document.id: document.dated for document in case.documents}
    told: set[str] = set()
    for finding in (f for d in audited.determinations for f in (*d.findings, *d.against)):
        concept = lexicon(finding.kind).concepts.get(finding.concept) if finding.kind in DENIALS else None
        if concept is None:
            continue
        text = DENIALS[finding.kind].format(concept.label.split(" or ")[0].split(" (")[0])
        if text not in told and dated.get(finding.document_id):
            told.add(text)
            yield Document(
                id=f"denial-{len(told)}",
                text=text,
                type="office_visit",
                dated=dated[finding.document_id],
                author="A. Clinician, MD",
                signature=SignatureState.SIGNED,
                patient=case.request.patient,
                pages=(Page(1, 0, len(text)),),
            )


def main(folders: Sequence[Path]) -> int:
    """Print every breach; 1 where there is one."""
    started, breaches, charts, met, denied = time.process_time(), 0, 0, 0, 0
    for case in cases(folders):
        audited = case.audited(case.documents)
        charts += 1
        met += sum(d.status in GRANTED and bool(d.findings) for d in audited.determinations)
        denied += len(list(_denials(case, audited)))
        for breach in (*unwithdrawn(case), *created(case)):
            breaches += 1
            print(breach, flush=True)
    spent = time.process_time() - started
    print(f"{charts} charts, {met} decisions withdrawn, {denied} denials: {breaches} breaches, {spent:.0f} CPU seconds")
    return int(breaches > 0)


if __name__ == "__main__":
    sys.exit(main([Path(argument) for argument in sys.argv[1:] or ["examples", "benchmarks/charts"]]))
