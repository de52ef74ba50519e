"""What a reader hands back besides documents: files within a file, and entries that could not be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from mednec.model import Document, Exclusion, Warning


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file found inside another one (a zip entry, an e-mail attachment, a scan within a FHIR resource).

    `given` is what the envelope says of it; the content's own word goes first. `media` is the kind of file that the
    envelope names (text/html), asked where the content does not show it.
    """

    name: str
    data: bytes
    given: Document | None = None
    media: str = ""


Entry: TypeAlias = Document | Attachment | Exclusion | Warning


def unreadable(document_id: str, explanation: str) -> Exclusion:
    """An entry that cannot be read, with a sentence that says why and what to do."""
    return Exclusion(document_id=document_id, reason="unreadable", explanation=explanation)


def left_out(document_id: str, what: str) -> Warning:
    """A part of a document that is not read, with the reason; the rest of the document counts."""
    return Warning("unreadable_page", f"{document_id}: {what}")
