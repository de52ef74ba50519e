"""A document as read in, the same out with its type, dates, author, signature and patient."""

from __future__ import annotations

from dataclasses import replace

from mednec.documents import moments, people
from mednec.documents.fields import fields, lines_of
from mednec.documents.kinds import type_of
from mednec.documents.signature import signature_of
from mednec.model import Document, Person, SignatureState

NO_RECORD = frozenset(
    {"letter_of_medical_necessity", "appeal_letter", "attestation", "signature_attestation", "authorization_form"}
    | {"payer_correspondence", "education_material", "consent", "billing", "fax_cover"}
)
LISTS = frozenset({"structured_entry", "medication_list", "order", "questionnaire", "laboratory_report"})


def described(document: Document, given: Document | None = None) -> Document:
    """The document with what its text says of it; what a structured source already said is kept.

    `given` is what an envelope says (a FHIR resource, a C-CDA head): it fills what the text leaves open.
    """
    kind = kind_of(document, given)
    if document.type in LISTS:
        return document
    lines = lines_of(document.text)
    found = fields(lines)
    name, mark, part = document.id.rpartition("/")[2].partition("#")
    name = "" if mark and part[0].isdigit() else name  # the name of a packet says nothing of its later papers
    dated = document.dated or moments.dated(kind, lines, found, name) or (given.dated if given else None)
    written = moments.written(lines) if kind == "addendum" else None
    patient = people.patient_of(lines, found, dated)
    signature = signature_of(document.text, kind)
    return replace(
        document,
        type=kind,
        dated=dated,
        written=document.written or written,
        author=document.author or people.author_of(lines, found) or (given.author if given else None),
        signature=known(document.signature, signature, given.signature if given else SignatureState.UNKNOWN),
        patient=completed(document.patient, patient, given.patient if given else Person()),
    )


def kind_of(document: Document, given: Document | None) -> str:
    """The type: what the text shows to be no record goes first, then what the source says, then the text."""
    if document.id.endswith("#addendum"):
        return "addendum"
    shown = type_of(document.text)
    if shown in NO_RECORD:
        return shown
    told = document.type if document.type != "other" else given.type if given else "other"
    return told if told != "other" else shown


def known(*states: SignatureState) -> SignatureState:
    """The first state that says something."""
    return next((state for state in states if state is not SignatureState.UNKNOWN), SignatureState.UNKNOWN)


def completed(*persons: Person) -> Person:
    """The first name and the first birth date that are known."""
    name = next((person.name for person in persons if person.name), None)
    return Person(name, next((person.birth_date for person in persons if person.birth_date), None))
