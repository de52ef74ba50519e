"""The documents of a chart in, those that count and those that do not out, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from mednec.errors import RequestError
from mednec.evidence.identity import completed, majority, named_in, same_person
from mednec.evidence.signatures import healed
from mednec.model import Document, Exclusion, Person, ServiceRequest, SignatureState

HEAD = 600  # characters in which a document names its patient
NEVER_EVIDENCE = {
    "letter_of_medical_necessity": "letter_of_medical_necessity",
    "appeal_letter": "appeal_letter",
    "attestation": "attestation",
    "authorization_form": "authorization_form",
    "education_material": "education_material",
    "payer_correspondence": "payer_correspondence",
    "consent": "not_clinical",
    "billing": "not_clinical",
    "fax_cover": "not_clinical",
    "signature_attestation": "not_clinical",
}
EXPLANATIONS = {
    "letter_of_medical_necessity": "A letter of medical necessity is not part of the contemporaneous record.",
    "appeal_letter": "An appeal letter is not part of the contemporaneous record.",
    "attestation": "An attestation statement is not part of the contemporaneous record.",
    "authorization_form": "A request form is made for the payer; its boxes are not clinical findings.",
    "education_material": "General education material says nothing of this patient.",
    "payer_correspondence": "Correspondence of the payer is not a clinical record.",
    "consent": "A consent form lists what may happen, not what was found.",
    "billing": "Billing records carry no clinical findings.",
    "fax_cover": "A cover sheet carries no clinical findings.",
    "signature_attestation": "A signature attestation heals a missing signature and is evidence of nothing else.",
}


@dataclass(frozen=True, slots=True)
class Admission:
    """The documents that count, those set aside, and the reasons."""

    documents: tuple[Document, ...]
    aside: tuple[Document, ...]
    excluded: tuple[Exclusion, ...]


def admit(documents: Iterable[Document], request: ServiceRequest, unreadable: Iterable[Exclusion] = ()) -> Admission:
    """Which documents are part of this patient's record up to the day of the request."""
    ordered = sorted(documents, key=lambda d: (d.dated or date.max, d.id))
    patient = patient_of(ordered, request)
    exclusions = {document.id: found for document in ordered if (found := exclusion(document, patient, request))}
    counted = healed([d for d in ordered if d.id not in exclusions], ordered)
    unread = sorted(set(unreadable), key=lambda e: (e.document_id, e.reason, e.explanation))
    return Admission(
        documents=tuple(counted),
        aside=tuple(document for document in ordered if document.id in exclusions),
        excluded=(*exclusions.values(), *unread),
    )


def patient_of(documents: Iterable[Document], request: ServiceRequest) -> Person:
    """Whose chart it is: the request says, else most of the documents do.

    Raises RequestError where two patients are named and nothing says which of them is meant.
    """
    documents = tuple(documents)
    persons = [document.patient for document in documents]
    if request.patient.name or request.patient.birth_date:
        return completed(request.patient, persons)
    patient = majority(persons)
    if patient == Person() and (clash := _of_two(documents)):
        raise RequestError(
            f"the chart holds documents of different patients ({clash[0]}, {clash[1]}) and the request does not say "
            "whose it is; add the patient (--patient-name and --birth-date, or 'patient:' in the request)"
        )
    return patient


def _of_two(documents: Iterable[Document]) -> tuple[str, str] | None:
    """Two documents that give both name and birth date, and of which neither agrees."""
    full = [d for d in documents if d.patient.name and d.patient.birth_date]
    for one, other in combinations(full, 2):
        unlike = not same_person(Person(one.patient.name), Person(other.patient.name))
        if unlike and not same_person(one.patient, other.patient, scanned=True):
            return one.id, other.id
    return None


def exclusion(document: Document, patient: Person, request: ServiceRequest) -> Exclusion | None:
    """Why a document cannot be evidence, or None where it can."""
    if not document.text.strip():
        return Exclusion(document.id, "unreadable", "No text could be read in it.")
    same = same_person(document.patient, patient, scanned=is_scan(document))
    if not (same or named_in(document.text[:HEAD], document.patient, patient)):
        return Exclusion(document.id, "other_patient", "It names another patient, or another birth date.")
    if document.type in NEVER_EVIDENCE:
        return Exclusion(document.id, NEVER_EVIDENCE[document.type], EXPLANATIONS[document.type])
    if document.type == "addendum" and (fault := fault_of_amendment(document)):
        return Exclusion(
            document.id, "improper_amendment", f"An amendment must be marked, dated and attributed: {fault}."
        )
    counts = counts_on(document)
    if counts is not None and counts > request.dated:
        return Exclusion(
            document.id, "after_request_date", f"It is dated {counts}, after the request of {request.dated}."
        )
    return None


def fault_of_amendment(document: Document) -> str | None:
    """What an addendum or late entry lacks: the day it was written, its author, or the author's signature."""
    signed = document.signature is SignatureState.SIGNED
    if document.written is None and not (signed and document.dated):
        return "it does not say when it was written"
    if document.author is None and not signed:
        return "it does not name its author"
    return "its author did not sign it" if document.signature is SignatureState.UNSIGNED else None


def counts_on(document: Document) -> date | None:
    """The day from which a document counts: when an amendment was written, else the day of service."""
    return document.written or document.dated


def is_scan(document: Document) -> bool:
    """Whether the text was recognized from images, so that single characters may be misread."""
    return any(page.confidence is not None for page in document.pages)


def without_copies(documents: Iterable[Document]) -> list[Document]:
    """The documents without those that repeat another word for word: a page faxed twice says nothing twice."""
    originals: dict[tuple[str, str, date | None], Document] = {}
    for document in sorted(documents, key=lambda d: d.id):
        originals.setdefault((" ".join(document.text.split()), document.type, document.dated), document)
    return sorted(originals.values(), key=lambda d: (d.dated or date.max, d.id))
