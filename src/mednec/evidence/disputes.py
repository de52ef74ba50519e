"""Evidence in, where two documents tell one treatment differently out: visits claimed and missed, sides, levels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from mednec.evidence.claims import THERAPY_RECORDS, is_procedure
from mednec.model import Document, Evidence, Finding, Warning

OPPOSITE = {"left": "right", "right": "left"}
CORRECTED = re.compile(
    r"\b(?:correct(?:ion|ed|s|ing)?|erroneous\w*|in error|mistake\w*|mistyped|clarif\w+|amend\w*|"
    r"not the (?:left|right))\b",
    re.IGNORECASE,
)  # a later statement that says why it differs is no contradiction


def disputes(evidence: Sequence[Evidence], documents: Mapping[str, Document]) -> Iterator[Warning]:
    """The contradictions between what a record of a treatment says and what other documents tell of it."""
    for one in evidence:
        if one.kind == "therapy" and is_procedure(one.concept):
            yield from _of_place(one, documents)
        elif one.kind == "therapy":
            yield from _of_attendance(one, documents)


def _of_attendance(course: Evidence, documents: Mapping[str, Document]) -> Iterator[Warning]:
    """A therapist's record of missed visits, and a note elsewhere that counts on the course as if it had been had."""
    missed = [f for f in course.findings if f.get("adherence") == "nonadherent"]
    admitted = {finding.document_id for finding in missed}
    recorded = [f for f in missed if documents[f.document_id].type in THERAPY_RECORDS]
    claimed = [f for f in course.findings if f.document_id not in admitted and _claims(f, documents)]
    if recorded and claimed:
        message = f"A note tells of {_words(course)} as completed; its own record says that visits were missed."
        yield Warning("contradiction", message, (claimed[-1], recorded[0]))


def _claims(finding: Finding, documents: Mapping[str, Document]) -> bool:
    """Whether a note that is no therapist's states how many visits or how long, of what is over."""
    stated = any(finding.get(name) is not None for name in ("sessions", "duration_days"))
    return documents[finding.document_id].type not in THERAPY_RECORDS and finding.get("status") == "past" and stated


def _of_place(session: Evidence, documents: Mapping[str, Document]) -> Iterator[Warning]:
    """The side or the level of a procedure by its own record, and another one told elsewhere without a reason."""
    own = [f for f in session.findings if f.get("status") == "performed" and f.dated == documents[f.document_id].dated]
    records = {finding.document_id for finding in own}
    others = [f for f in session.findings if f.document_id not in records and not CORRECTED.search(f.quote)]
    for name, unlike in (("side", _opposite), ("levels", _apart)):
        told = [f for f in own if f.get(name)]
        belying = [f for f in others if f.get(name) and told and all(unlike(f, record) for record in told)]
        if belying:
            message = f"{_words(session, capital=True)}: its record and a later note name different {name}."
            yield Warning("contradiction", message.replace("different side.", "opposite sides."), (told[0], belying[0]))


def _opposite(finding: Finding, record: Finding) -> bool:
    return OPPOSITE.get(str(record.get("side"))) == str(finding.get("side"))


def _apart(finding: Finding, record: Finding) -> bool:
    return not set(finding.get("levels")) & set(record.get("levels"))


def _words(evidence: Evidence, *, capital: bool = False) -> str:
    words = evidence.concept.replace("_", " ")
    return words.capitalize() if capital else words
