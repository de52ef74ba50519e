"""A Word file in, what stands beside its body out: notes, comments, what is struck out or hidden, files within it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from mednec.documents.comments import Comment
from mednec.documents.entry import Attachment

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SMALLEST = 700  # pixels of either side of a picture that may be a scan
STRUCK, UNSEEN = "struck out", "hidden"
TICKED = frozenset({"F0FD", "F0FE", "F0FC", "F052", "F053", "F078", "F050", "F051"})  # in Wingdings and its kin
BLANK = frozenset({"F0A8", "F06F", "F0A3", "F02A", "F071"})


def fault_of(run: Any) -> str | None:
    """Why the words of a run do not count: they are struck out, or not shown."""
    properties = run.find(f"{W}rPr")
    if properties is None:
        return None
    if any(is_on(properties.find(f"{W}{name}")) for name in ("strike", "dstrike")):
        return STRUCK
    return UNSEEN if is_on(properties.find(f"{W}vanish")) else None


def is_on(mark: Any) -> bool:
    """Whether a property is there and not switched off."""
    return mark is not None and mark.get(f"{W}val", "1") not in ("0", "false", "off")


def symbol(element: Any) -> str:
    """A character of a symbol font: a box, ticked or not, or nothing that can be read."""
    code = (element.get(f"{W}char") or "").upper()
    return "[X] " if code in TICKED else "[ ] " if code in BLANK else ""


def faults(word: Any) -> Iterator[str]:
    """What of the text is not read, each fault once."""
    found = {
        fault
        for part in (word.element.body, *(part for _, part in related(word, ("header", "footer"))))
        for run in part.iter(f"{W}r")
        if (fault := fault_of(run)) and any((text.text or "").strip() for text in run.iter(f"{W}t"))
    }
    yield from sorted(found)


def related(word: Any, kinds: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """The XML parts of some kinds that belong to the document, in the order of their names."""
    import lxml.etree as etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    links = [link for link in word.part.rels.values() if not link.is_external]
    for link in sorted(links, key=lambda link: str(link.target_part.partname)):
        kind = link.reltype.rpartition("/")[2]
        if kind in kinds:
            yield kind, etree.fromstring(link.target_part.blob, parser)


def comments(word: Any) -> Iterator[Comment]:
    """The comments beside the text."""
    for _, part in related(word, ("comments",)):
        for comment in part.iter(f"{W}comment"):
            lines = ("".join(text.text or "" for text in p.iter(f"{W}t")) for p in comment.iter(f"{W}p"))
            yield Comment("\n".join(lines), comment.get(f"{W}author") or "", comment.get(f"{W}date") or "")


def files(word: Any, name: str) -> Iterator[Attachment]:
    """Files that are embedded or inserted whole, and pictures that are large enough to be scans."""
    links = [link for link in word.part.rels.values() if not link.is_external]
    for link in sorted(links, key=lambda link: str(link.target_part.partname)):
        kind, part = link.reltype.rpartition("/")[2], link.target_part
        called = f"{name}/{str(part.partname).rpartition('/')[2]}"
        if kind in ("aFChunk", "package", "oleObject") or (kind == "image" and is_large(part.blob)):
            yield Attachment(called, part.blob, media=str(part.content_type))


def is_large(picture: bytes) -> bool:
    """Whether a picture may be a scanned page and no logo."""
    from importlib.util import find_spec

    if find_spec("PIL") is None:
        return len(picture) > 100_000
    from PIL import Image

    try:
        with Image.open(io.BytesIO(picture)) as image:
            return min(image.size) >= SMALLEST
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
