"""The documents that were admitted or set aside in, what a reviewer has to know of each out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from mednec.evidence.admissible import Admission
from mednec.model import Document, Finding, SignatureState, Warning, Word

PROMPT = timedelta(days=7)  # a note written down within a week of the service is not a late entry
LEGIBLE = 60.0  # mean OCR confidence below which a page has to be looked at
CERTAIN = 60.0  # OCR confidence of a word below which what it says has to be compared with the page


def remarks(admission: Admission, findings: Mapping[str, Sequence[Finding]]) -> Iterator[Warning]:
    """The warnings that documents give rise to by themselves; each carries the first finding of its document."""
    for one in admission.excluded:
        if one.reason == "other_patient":
            yield Warning("other_patient", f"{one.document_id} is set aside: it names another patient or birth date.")
        if one.reason == "unreadable":
            yield Warning("unreadable_page", f"{one.document_id} could not be read. {one.explanation}".rstrip())
    for document in admission.documents:
        first = tuple(sorted(findings.get(document.id, ()), key=lambda f: (f.start, f.end, f.kind, f.concept))[:1])
        for kind, message in (*_of_document(document), *_of_pages(document)):
            yield Warning(kind, message, first)
        if doubtful := _on_doubtful_words(document, findings.get(document.id, ())):
            message = f"{document.id} has words that carry a finding and were recognized with little confidence."
            yield Warning("low_ocr_confidence", message, doubtful)


def _on_doubtful_words(document: Document, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings that rest on a word which was recognized with little confidence."""
    doubtful = [
        word
        for page in document.pages
        for word in page.words
        if word.confidence is not None and word.confidence < CERTAIN
    ]
    on_them = (f for f in findings if any(_carries(word, f, document) for word in doubtful))
    return tuple(sorted(on_them, key=lambda f: (f.start, f.end, f.kind, f.concept)))


def _carries(word: Word, finding: Finding, document: Document) -> bool:
    """Whether a finding is read from a word: it names the thing, or it is a level, date or figure in the quote."""
    if word.start < finding.end and finding.start < word.end:
        return True
    within = finding.quote_start <= word.start and word.end <= finding.quote_end
    return within and any(letter.isdigit() for letter in document.text[word.start : word.end])


def _of_document(document: Document) -> Iterator[tuple[str, str]]:
    if document.signature is SignatureState.UNSIGNED:
        yield "unsigned", f"{document.id} is not signed by its author."
    if document.dated is None and document.written is None:
        yield "undated_document", f"{document.id} bears no date of service."
    if document.written and document.dated and _is_late(document, document.written - document.dated):
        yield "late_entry", f"{document.id}, of the service on {document.dated}, was written on {document.written}."


def _of_pages(document: Document) -> Iterator[tuple[str, str]]:
    for page in document.pages:
        if not document.text[page.start : page.end].strip():
            yield "unreadable_page", f"Page {page.number} of {document.id} gave no text."
        elif page.confidence is not None and page.confidence < LEGIBLE:
            told = f"{page.confidence:.0f} % confidence"
            yield "low_ocr_confidence", f"Page {page.number} of {document.id} was recognized with {told}."


def _is_late(document: Document, delay: timedelta) -> bool:
    return delay > (timedelta(0) if document.type == "addendum" else PROMPT)
