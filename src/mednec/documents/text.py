"""Plain text in, one document out: the file's own characters, with pages where it marks them."""

from __future__ import annotations

import re
from itertools import pairwise

from mednec.documents.entry import Entry
from mednec.errors import UnsupportedFormat
from mednec.model import Document, Page

SUFFIXES = (".txt", ".text", ".md", ".csv", ".tsv", ".log", ".note", ".asc")
NUMBERED = re.compile(r"^.*\bpage[ \t]+(\d{1,3})[ \t]*(?:of|/)[ \t]*(\d{1,3})\b.*$", re.I | re.M)
UNPRINTED = re.compile("[\x00-\x08\x0e-\x1f]")
SCANT = 240  # characters that a header or footer may have


def knows(data: bytes) -> bool:
    """Whether the bytes can be text at all; asked last."""
    return data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) or b"\0" not in data[:4096]


def read(data: bytes, name: str) -> list[Entry]:
    """The one document that a text file holds, its characters unchanged."""
    text = decode(data)
    if len(UNPRINTED.findall(text)) > len(text) // 20:
        raise UnsupportedFormat(f"{name} is not text, and no reader knows its format; save it as PDF or text.")
    return [Document(id=name, text=text, pages=paginate(text), source=name)]


def decode(data: bytes) -> str:
    """The characters of a text file: UTF-8, UTF-16 or, where it is neither, Windows-1252."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if data[1:400:2].count(0) > len(data[:400]) // 4:
        return data.decode("utf-16-le", errors="replace")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def paginate(text: str) -> tuple[Page, ...]:
    """The pages of a text: parted by form feeds, else by its 'Page 2 of 3' lines, else one page."""
    breaks = [match.end() for match in re.finditer("\f", text)] or numbered(text)
    bounds = [0, *[b for b in breaks if 0 < b < len(text)], len(text)]
    return tuple(Page(number, start, end) for number, (start, end) in enumerate(pairwise(bounds), start=1))


def numbered(text: str) -> list[int]:
    """Where pages begin according to 'Page 2 of 3' lines: after a footer, or at a header."""
    lines = list(NUMBERED.finditer(text)) if "page" in text.lower() else []
    counted = [int(line[1]) for line in lines]
    if len(lines) < 2 or counted[0] != 1 or any(b not in (1, a + 1) for a, b in pairwise(counted)):
        return []
    bare = len(lines[0].group().split()) <= 4
    heads = not bare and not text[: lines[0].start()].strip()  # a footer has its page above it
    if not heads and len(text[lines[-1].end() :].strip()) <= SCANT:
        return [line.end() + 1 for line in lines[:-1]]
    if heads or len(text[: lines[0].start()].strip()) <= SCANT:
        return [line.start() for line in lines[1:]]
    return []
