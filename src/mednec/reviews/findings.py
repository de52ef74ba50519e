"""A reading and the corrections of its findings in, the findings that hold out, and what became of each correction."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter

from mednec.corrections import FindingCorrection
from mednec.exchange import Reading, text_hash
from mednec.model import Document, Finding

HOLDS, SUPERSEDED, UNPLACED = "holds", "superseded", "unplaced"
PERSON = "person"
SENTENCE_END = re.compile(r"(?<=[.!?;])\s|\n")


@dataclass(frozen=True, slots=True)
class FindingOutcome:
    """One correction: whether it holds, and in each document where it does what was read and what is said instead."""

    correction: FindingCorrection
    state: str  # holds | superseded by a later one | unplaced: its words or its finding are not in the chart
    read: tuple[Finding, ...] = ()  # as the program reads them; none for what a person added
    said: tuple[Finding, ...] = ()  # as they count; none where they were rejected


@dataclass(frozen=True, slots=True)
class Corrected:
    """The findings that count, by document id, and the outcome of every correction, in the order they were made."""

    findings: Mapping[str, tuple[Finding, ...]]
    outcomes: tuple[FindingOutcome, ...] = ()


def corrected(reading: Reading, corrections: Iterable[FindingCorrection]) -> Corrected:
    """The findings of a reading with the corrections applied; of several for one place the latest holds."""
    ordered = sorted(corrections, key=attrgetter("at", "id"))
    if not ordered:
        return Corrected(reading.findings)
    places: dict[object, list[FindingCorrection]] = {}
    for correction in ordered:
        places.setdefault(correction.place, []).append(correction)
    homes: dict[str, list[Document]] = {}
    for document in reading.documents:
        homes.setdefault(text_hash(document), []).append(document)
    outcomes: dict[str, FindingOutcome] = {}
    for said in places.values():
        for correction in said[:-1]:
            outcomes[correction.id] = FindingOutcome(correction, SUPERSEDED)
        outcomes[said[-1].id] = _outcome(said, homes.get(said[-1].document, ()), reading)
    return Corrected(_replaced(reading, outcomes.values()), tuple(outcomes[one.id] for one in ordered))


def _outcome(said: list[FindingCorrection], documents: Iterable[Document], reading: Reading) -> FindingOutcome:
    """What becomes of the last of the corrections of one place, in every document that has its words."""
    latest = said[-1]
    added = next((one for one in reversed(said) if one.action == "add"), None)
    read: list[Finding] = []
    counted: list[Finding] = []
    placed = False
    for document in documents:
        machine = _found(latest, reading.findings.get(document.id, ()))
        if (machine is None and added is None) or not _fits(latest, document):
            continue
        placed = True
        read += [machine] if machine else []
        counted += _counted(latest, machine, added, document)
    return FindingOutcome(latest, HOLDS if placed else UNPLACED, tuple(read), tuple(counted))


def _counted(
    latest: FindingCorrection, machine: Finding | None, added: FindingCorrection | None, document: Document
) -> Iterator[Finding]:
    """The finding that counts at a place: none where it was rejected."""
    if latest.action == "confirm":
        if machine or added:
            yield machine or _made(added or latest, None, document)
    elif latest.action != "reject":
        base = machine or (_made(added, None, document) if added else None)
        yield _made(latest, base, document)


def _found(correction: FindingCorrection, findings: Iterable[Finding]) -> Finding | None:
    """What the program reads at the place of a correction."""
    here = (
        finding
        for finding in findings
        if (finding.start, finding.end, finding.kind, finding.concept)
        == (correction.start, correction.end, correction.kind, correction.concept)
    )
    return next((finding for number, finding in enumerate(here) if number == correction.number), None)


def _fits(correction: FindingCorrection, document: Document) -> bool:
    return 0 <= correction.start < correction.end <= len(document.text)


def _made(correction: FindingCorrection, base: Finding | None, document: Document) -> Finding:
    """The finding as a person says it, cut out of the document; its day stays that of what was read."""
    start, end = correction.start, correction.end
    quote = (base.quote_start, base.quote_end) if base else sentence_around(document.text, start, end)
    if correction.quote and 0 <= correction.quote[0] <= start and end <= correction.quote[1] <= len(document.text):
        quote = correction.quote
    concept = correction.new_concept or correction.concept
    made = document.finding(correction.kind, concept, start, end, quote=quote, **correction.attributes)
    return replace(made, dated=base.dated if base else made.dated, read_by=PERSON)


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The offsets of the sentence, or line, that holds a mention."""
    before = [match.end() for match in SENTENCE_END.finditer(text, 0, start)]
    after = SENTENCE_END.search(text, end)
    return before[-1] if before else 0, after.start() if after else len(text)


def _replaced(reading: Reading, outcomes: Iterable[FindingOutcome]) -> dict[str, tuple[Finding, ...]]:
    """All findings, with those that corrections speak of exchanged, in the order in which they stand."""
    gone: set[int] = set()
    new: dict[str, list[Finding]] = {}
    for outcome in outcomes:
        gone |= {id(finding) for finding in outcome.read}
        for finding in outcome.said:
            new.setdefault(finding.document_id, []).append(finding)
    kept = {
        document.id: [one for one in reading.findings.get(document.id, ()) if id(one) not in gone]
        for document in reading.documents
    }
    return {
        name: tuple(sorted([*found, *new.get(name, ())], key=attrgetter("start", "end", "kind", "concept")))
        for name, found in kept.items()
    }
