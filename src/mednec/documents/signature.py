"""The words of a document in, whether its author signed it out."""

from __future__ import annotations

import re

from mednec.documents.patterns import data, pattern
from mednec.model import SignatureState

PATIENT = re.compile(r"\b(?:patient|guardian|witness|parent|member|beneficiary|client)(?:'s)?\b.{0,20}$", re.I)
LEAD, TAIL = 3_000, 5_000


def signature_of(text: str, kind: str) -> SignatureState:
    """Signed where a signature stands, unsigned where the document says so or its line is blank, else unknown."""
    if kind in data()["never_signed_by_author"]:
        return SignatureState.UNKNOWN
    body = text if len(text) <= LEAD + TAIL else f"{text[:LEAD]}\n{text[-TAIL:]}"
    said = stated(body, "unsigned")
    signed = stated(body, "signed")
    if said and (not signed or is_status(body)):
        return SignatureState.UNSIGNED
    if signed:
        return SignatureState.SIGNED
    return SignatureState.UNSIGNED if stated(body, "blank_line") else SignatureState.UNKNOWN


def stated(body: str, name: str) -> bool:
    """Whether any pattern of a list stands there, other than of the patient's own signature."""
    return any(
        not PATIENT.search(body[body.rfind("\n", 0, match.start()) + 1 : match.start()])
        for match in pattern(name).finditer(body)
    )


def is_status(body: str) -> bool:
    """Whether the record's own status says that it is unsigned, whoever else signed."""
    return pattern("unsigned_status").search(body) is not None
