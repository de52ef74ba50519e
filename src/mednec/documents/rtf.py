"""Rich text files in, one document out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise, zip_longest

from mednec.documents.comments import Comment, commented
from mednec.documents.entry import Attachment, Entry, left_out
from mednec.documents.rtf_groups import parted, pictures, preamble
from mednec.documents.wrapping import wraps
from mednec.errors import UnreadableDocument
from mednec.model import Document, Page

SUFFIXES = (".rtf",)
OTHERS = ("header", "footer", "note", "box")
WIDE = 90  # characters; a longer line is a paragraph that the file does not wrap


def knows(data: bytes) -> bool:
    """Whether the bytes are rich text."""
    return data.lstrip()[:5] == b"{\\rtf"


def read(data: bytes, name: str) -> list[Entry]:
    """The document that an RTF file holds, with headers, footers, notes and text boxes, and the comments beside it.

    Table cells are parted by bars. Raises UnreadableDocument where the file is damaged.
    """
    rich = data.decode("latin-1")
    try:
        parts = parted(rich)
        head = preamble(rich)
        text = plain("".join(parts.body))
        others = {kind: unlike(plain(f"{head}\\pard {part}}}") for part in parts.of(kind)) for kind in OTHERS}
        authors = [plain(f"{head} {author}}}").strip() for author in parts.of("author")]
        remarks = [plain(f"{head} {comment}}}") for comment in parts.of("comment")]
    except (ValueError, IndexError, LookupError, RecursionError, OverflowError):
        raise UnreadableDocument(f"{name} is damaged or not rich text; open it in Word and save it again.") from None
    blocks = [*others["header"], text, *others["note"], *others["box"], *others["footer"]]
    whole = "\n\n".join(block.strip("\n") for block in blocks if block.strip()) + "\n"
    document = Document(id=name, text=whole, pages=(Page(1, 0, len(whole)),), source=name)
    comments = [
        Comment(remark, author) for remark, author in zip_longest(remarks, authors[: len(remarks)], fillvalue="")
    ]
    scans = [Attachment(f"{name}/picture {n}", picture) for n, picture in enumerate(pictures(parts), start=1)]
    told = [left_out(name, f"words that are {fault} are not read.") for fault in sorted(parts.left_out)]
    return [document, *commented(comments, name), *scans, *told]


def plain(rich: str) -> str:
    """The text of a stretch of rich text."""
    from striprtf.striprtf import rtf_to_text

    text = str(rtf_to_text(rich, errors="replace"))  # type: ignore[no-untyped-call]
    return spaced([celled(line) for line in text.replace("\r\n", "\n").split("\n")])


def unlike(texts: Iterable[str]) -> list[str]:
    """The texts, each once."""
    return list(dict.fromkeys(text for text in texts if text.strip()))


def celled(line: str) -> str:
    """A table row with bars between its cells; other lines as they are."""
    return re.sub(r"\s*\|\s*", " | ", line.rstrip().removesuffix("|")).strip() if line.count("|") > 1 else line.rstrip()


def spaced(lines: list[str]) -> str:
    """The lines, a blank line beside each that is a whole paragraph."""
    if not lines:
        return ""
    pieces = [lines[0]]
    for above, line in pairwise(lines):
        near = max(len(above), len(line)) <= WIDE or not above or not line or wraps(above, line)
        pieces.append("\n" if near else "\n\n")
        pieces.append(line)
    return "".join(pieces).strip("\n") + "\n"
