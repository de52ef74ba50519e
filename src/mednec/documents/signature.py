"""The words of a document in, whether its author signed it out."""

from __future__ import annotations

import re

from mednec.documents.patterns import SIGNATURES, data, pattern, signatures
from mednec.expressions.needs import folded
from mednec.expressions.patterns import compiled
from mednec.model import SignatureState

PATIENT = compiled(r"\b(?:patient|guardian|witness|parent|member|beneficiary|client)(?:'s)?\b.{0,20}$", re.I)
WORDS = (
    "sign",
    "authentic",
    "draft",
    "dictated",
    "transcribed",
    "status",
    "finali",
    "attest",
    "/s/",
    "____",
    "....",
    "----",
    "verified",
    "approved",
    "completed",
    "closed",
    "locked",
    "open",
    "unfinal",
    "incomplete",
    "pended",
)
LEAD, TAIL = 2_000, 4_000
BY_HAND = compiled(  # a name with a title and a day, on the line above a line that says what stands there
    r"^[^\n:]{0,60}[A-Za-z]{3}[^\n:]{0,40}?[, ]"
    r"(?:MD|DO|PA(?:-C)?|NP|FNP|DNP|APRN|RN|PT|DPT|PTA|OTR?|DC|LMT|PhD|PsyD|LCSW)\b\.?"
    r"[^\n:]{0,20}?\b\d{1,2}[-/]\d{1,2}[-/]\d{2,4}[ \t]*\n(?:[ \t]*\n)?"
    r"[^\n:]{0,60}\bsignature[ \t]*(?:/|and|&)[ \t]*date\b",
    re.M | re.I,
)


def signature_of(text: str, kind: str) -> SignatureState:
    """Signed where a signature stands, unsigned where the document says so or its line is blank, else unknown."""
    if kind in data()["never_signed_by_author"]:
        return SignatureState.UNKNOWN
    near = text if len(text) <= LEAD + TAIL else f"{text[:LEAD]}\n{text[-TAIL:]}"
    body = speaking_of_signing(near)
    sifted = signatures().of(body)
    told, blank, signing = (places(body, name) if sifted.may(name) else [] for name in SIGNATURES)
    unsigned = told + blank
    signed = [place for place in signing if not any(overlap(place, other) for other in unsigned)]
    if told and (not signed or pattern("unsigned_status").search(body)):
        return SignatureState.UNSIGNED
    if signed or ("signature" in folded(near) and BY_HAND.search(near)):
        return SignatureState.SIGNED
    return SignatureState.UNSIGNED if unsigned else SignatureState.UNKNOWN


def speaking_of_signing(text: str) -> str:
    """The lines that can bear on the signature at all."""
    small = text.lower()
    words = [word for word in WORDS if word in small]
    return "\n".join(line for line in text.splitlines() if speaks(line.lower(), words)) if words else ""


def speaks(line: str, words: list[str]) -> bool:
    """Whether one of some words stands in a line."""
    return any(word in line for word in words)


def places(body: str, name: str) -> list[tuple[int, int]]:
    """Where the patterns of a list stand, other than for the patient's own signature."""
    return [
        match.span()
        for match in pattern(name).finditer(body)
        if not PATIENT.search(body[body.rfind("\n", 0, match.start()) + 1 : match.start()])
    ]


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two stretches touch."""
    return one[0] <= other[1] and other[0] <= one[1]
