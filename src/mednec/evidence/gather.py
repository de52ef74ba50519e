"""Documents and findings in, the record out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from mednec.evidence.admissible import admit, without_copies
from mednec.evidence.belied import belie
from mednec.evidence.caveats import caveats
from mednec.evidence.complaint import complaint, regions_of
from mednec.evidence.intentions import intentions
from mednec.evidence.misquoted import misquoted
from mednec.evidence.onset import durations
from mednec.evidence.reading import Reading
from mednec.evidence.refuted import refute
from mednec.evidence.remarks import remarks
from mednec.evidence.shown import as_imaged, as_reported
from mednec.evidence.states import states
from mednec.evidence.studies import studies
from mednec.evidence.trials import trials
from mednec.model import Document, Evidence, Exclusion, Finding, Record, ServiceRequest, Warning

ADDED = "#addendum"  # between the id of a note and nothing or a number, where a part of a note was added later
MAKERS = (trials, intentions, studies, durations, states)


def gather(
    documents: Iterable[Document],
    findings: Mapping[str, Sequence[Finding]],
    request: ServiceRequest,
    unreadable: Iterable[Exclusion] = (),
    left_out: Iterable[Warning] = (),
) -> Record:
    """The record: which documents count, and what they say, put together by the thing it is about.

    `findings` are by document id. The order of documents and findings makes no difference. `unreadable` and
    `left_out` are the files and the parts of files that were not read.
    """
    admission = admit(documents, request, unreadable)
    evidence = _evidence(admission.documents, findings, request)
    others = {e.document_id for e in admission.excluded if e.reason == "other_patient"}
    barred = _evidence([document for document in admission.aside if document.id not in others], findings, request)
    return Record(
        documents=admission.documents,
        evidence=tuple(evidence),
        excluded=admission.excluded,
        warnings=(
            *remarks(admission, findings),
            *sorted(left_out, key=lambda warning: warning.message),
            *caveats(evidence, admission.documents, request),
        ),
        barred=tuple(barred),
    )


def _evidence(
    documents: Sequence[Document], findings: Mapping[str, Sequence[Finding]], request: ServiceRequest
) -> list[Evidence]:
    told = {document.id: document for document in without_copies(documents)}
    counted = {name: _counted(findings.get(name, ()), document, request) for name, document in told.items()}
    found = as_reported(counted, told)
    homes = _homes(told, found)
    reading = Reading(told, found, homes, request)
    made = misquoted([one for make in MAKERS for one in make(reading)])
    return sorted(belie(refute(made, told), told), key=_place)


def _homes(told: Mapping[str, Document], found: Mapping[str, Sequence[Finding]]) -> dict[str, str | None]:
    """The region that each document is about; an addendum that names none is about that of its note."""
    homes = {name: complaint(document, found[name]) for name, document in told.items()}
    for name, home in list(homes.items()):
        note, mark, _ = name.partition(ADDED)
        if mark and home is None and not any(map(regions_of, found[name])):
            homes[name] = homes.get(note)
    return homes


def _counted(findings: Sequence[Finding], document: Document, request: ServiceRequest) -> list[Finding]:
    """The findings of a document in order, without those dated after the request; an addendum has its own day."""
    written = document.written if document.type == "addendum" else None
    dated = [
        replace(f, dated=written) if written and f.dated in (None, document.dated) else f for f in as_imaged(findings)
    ]
    return sorted(
        (f for f in dated if f.dated is None or f.dated <= request.dated),
        key=lambda f: (f.start, f.end, f.kind, f.concept, str(sorted(f.attributes.items(), key=str))),
    )


def _place(one: Evidence) -> tuple[str, str, str, str, str, int]:
    first = one.findings[0]
    start = str(one.start.first if one.start else date.max)
    return (one.kind, one.concept, start, str(first.dated or date.max), first.document_id, first.start)
