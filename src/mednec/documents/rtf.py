"""Rich text files in, one document out."""

from __future__ import annotations

import re
from itertools import pairwise

from mednec.documents.entry import Entry
from mednec.errors import UnreadableDocument
from mednec.model import Document, Page

SUFFIXES = (".rtf",)
WIDE = 90  # characters; a longer line is a paragraph that the file does not wrap


def knows(data: bytes) -> bool:
    """Whether the bytes are rich text."""
    return data.lstrip()[:5] == b"{\\rtf"


def read(data: bytes, name: str) -> list[Entry]:
    """The one document that an RTF file holds; table cells are parted by bars."""
    from striprtf.striprtf import rtf_to_text

    try:
        plain = str(rtf_to_text(data.decode("latin-1"), errors="replace"))  # type: ignore[no-untyped-call]
    except (ValueError, IndexError, LookupError):
        raise UnreadableDocument(f"{name} is damaged or not rich text; open it in Word and save it again.") from None
    text = spaced([celled(line) for line in plain.replace("\r\n", "\n").split("\n")])
    return [Document(id=name, text=text, pages=(Page(1, 0, len(text)),), source=name)]


def celled(line: str) -> str:
    """A table row with bars between its cells; other lines as they are."""
    return re.sub(r"\s*\|\s*", " | ", line.rstrip().removesuffix("|")).strip() if line.count("|") > 1 else line.rstrip()


def spaced(lines: list[str]) -> str:
    """The lines, a blank line beside each that is a whole paragraph."""
    if not lines:
        return ""
    pieces = [lines[0]]
    for above, line in pairwise(lines):
        pieces.append("\n" if max(len(above), len(line)) <= WIDE or not above or not line else "\n\n")
        pieces.append(line)
    return "".join(pieces).strip("\n") + "\n"
