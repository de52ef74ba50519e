"""Web pages in, one document out."""

from __future__ import annotations

import base64
import binascii
import contextlib
from collections.abc import Iterator
from typing import Any

from mednec.documents.entry import Attachment, Entry, left_out
from mednec.documents.markup import cleared, text_of
from mednec.documents.text import decode
from mednec.errors import UnreadableDocument
from mednec.model import Document, Page

SUFFIXES = (".html", ".htm", ".xhtml")
SMALLEST = 20_000  # characters of an encoded picture; what has fewer is a logo


def knows(data: bytes) -> bool:
    """Whether the bytes begin as a web page does."""
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html")) or (head.startswith((b"<?xml", b"<!--")) and b"<html" in head)


def read(data: bytes, name: str) -> list[Entry]:
    """The document that a web page holds, and the pictures within it."""
    tree = parsed(decode(data))
    told = [left_out(name, sentence) for sentence in cleared(tree)] if tree is not None else []
    pictures = list(scanned(tree, name)) if tree is not None else []
    text = text_of(tree) + "\n" if tree is not None else ""
    if not text.strip() and not pictures:
        raise UnreadableDocument(f"{name} is a page without text; export it again.")
    document = Document(id=name, text=text, pages=(Page(1, 0, len(text)),), source=name)
    return [*([document] if text.strip() else []), *pictures, *told]


def scanned(tree: Any, name: str) -> Iterator[Attachment]:
    """The pictures that a page carries in itself, as far as they are large enough to be scans."""
    for number, picture in enumerate(tree.iter("img"), start=1):
        kind, _, data = (picture.get("src") or "").partition(";base64,")
        if kind.startswith("data:image/") and len(data) > SMALLEST:
            with contextlib.suppress(binascii.Error, ValueError):
                yield Attachment(f"{name}/picture {number}", base64.b64decode(data, validate=False))


def page_text(markup: str) -> str:
    """The visible text of a page or fragment of HTML."""
    tree = parsed(markup)
    if tree is None:
        return ""
    for _ in cleared(tree):
        pass
    return text_of(tree) + "\n"


def parsed(markup: str) -> Any:
    """The tree of a page, None where there is nothing in it."""
    import lxml.etree  # type: ignore[import-untyped]
    import lxml.html  # type: ignore[import-untyped]

    try:
        return lxml.html.fromstring(markup.encode("utf-8"), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (lxml.etree.ParserError, ValueError):
        return None
