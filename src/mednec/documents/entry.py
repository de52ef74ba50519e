"""What a reader hands back besides documents: files within a file, and entries that could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from mednec.model import Document, Exclusion


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file found inside another one (a zip entry, an e-mail attachment, a scan within a FHIR resource).

    `given` is what the envelope says of it; the content's own word goes first.
    """

    name: str
    data: bytes
    given: Document | None = None


Entry: TypeAlias = Document | Attachment | Exclusion


def unreadable(document_id: str, explanation: str) -> Exclusion:
    """An entry that cannot be read, with a sentence that says why and what to do."""
    return Exclusion(document_id=document_id, reason="unreadable", explanation=explanation)
