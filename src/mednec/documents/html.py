"""Web pages in, one document out."""

from __future__ import annotations

from mednec.documents.entry import Entry
from mednec.documents.markup import text_of
from mednec.documents.text import decode
from mednec.errors import UnreadableDocument
from mednec.model import Document, Page

SUFFIXES = (".html", ".htm", ".xhtml")


def knows(data: bytes) -> bool:
    """Whether the bytes begin as a web page does."""
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html")) or (head.startswith((b"<?xml", b"<!--")) and b"<html" in head)


def read(data: bytes, name: str) -> list[Entry]:
    """The one document that a web page holds."""
    text = page_text(decode(data))
    if not text.strip():
        raise UnreadableDocument(f"{name} is a page without text; export it again.")
    return [Document(id=name, text=text, pages=(Page(1, 0, len(text)),), source=name)]


def page_text(markup: str) -> str:
    """The visible text of a page or fragment of HTML."""
    import lxml.etree  # type: ignore[import-untyped]
    import lxml.html  # type: ignore[import-untyped]

    try:
        tree = lxml.html.fromstring(markup.encode("utf-8"), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (lxml.etree.ParserError, ValueError):
        return ""
    return text_of(tree) + "\n"
