"""Word files in, one document out: paragraphs and tables in order, with headers, footers, text boxes and footnotes."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from mednec.documents import archive, docx_parts
from mednec.documents.comments import commented
from mednec.documents.entry import Entry, left_out
from mednec.documents.wrapping import wraps
from mednec.errors import UnreadableDocument
from mednec.model import Document, Page

SUFFIXES = (".docx", ".docm", ".dotx")
CELL = " | "
PAGE_BREAK = "\f"
WORDPROCESSING = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def knows(data: bytes) -> bool:
    """Whether the bytes are a zip that holds a Word document."""
    return data.startswith(b"PK\x03\x04") and "word/document.xml" in archive.names(data)


def read(data: bytes, name: str) -> list[Entry]:
    """The document that a Word file holds, blank lines between paragraphs; its comments, and the files within it."""
    import docx

    try:
        word = docx.Document(io.BytesIO(data))
    except (*archive.DAMAGED, KeyError, SyntaxError, AttributeError):
        raise UnreadableDocument(f"{name} is damaged or not a Word file; open it in Word and save it again.") from None
    body = blocks(content(word.element.body, word._body))
    parts = [*margins(word, "header"), *body, *boxes(word), *notes(word), *margins(word, "footer")]
    text = re.sub(r"\n*\f\n*", "\n\f", joined([part for part in parts if part.strip()])) + "\n"
    document = Document(id=name, text=text, pages=paginated(text), source=name)
    told = [left_out(name, f"words that are {fault} are not read.") for fault in docx_parts.faults(word)]
    held = list(docx_parts.files(word, name))
    beside = list(commented(list(docx_parts.comments(word)), name))
    return [*([document] if text.strip() or not held else []), *beside, *held, *told]


def joined(parts: list[str]) -> str:
    """The paragraphs, a blank line between them; one that merely wrapped, as pasted text does, goes on below."""
    pieces = parts[:1]
    for above, below in pairwise(parts):
        pieces += ("\n" if wraps(above, below) else "\n\n", below)
    return "".join(pieces)


def notes(word: Any) -> Iterator[str]:
    """The footnotes and endnotes, each a paragraph."""
    for kind, part in docx_parts.related(word, ("footnotes", "endnotes")):
        for note in part.iter(f"{WORDPROCESSING}{kind.removesuffix('s')}"):
            text = " ".join("".join(pieces(p)) for p in note.iter(f"{WORDPROCESSING}p")).strip()
            if text and note.get(f"{WORDPROCESSING}type") in (None, "normal"):
                yield f"[note {note.get(f'{WORDPROCESSING}id')}] {text}"


def blocks(content: Iterable[Any]) -> Iterator[str]:
    """The paragraphs and tables of a body or cell, in order."""
    for item in content:
        yield "\n".join(rows(item)) if hasattr(item, "rows") else paragraph(item)


def content(element: Any, parent: Any) -> Iterator[Any]:
    """The paragraphs and tables of a body, those within content controls too."""
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    for child in element:
        kind = str(child.tag).removeprefix(WORDPROCESSING)
        if kind == "p":
            yield Paragraph(child, parent)
        elif kind == "tbl":
            yield Table(child, parent)
        elif kind in ("sdt", "sdtContent", "customXml", "ins"):
            yield from content(child, parent)


def paragraph(item: Any) -> str:
    """The text of a paragraph, its list mark and page breaks kept, deleted words left out."""
    text = "".join(pieces(item._p))
    return f"- {text}" if text.strip() and is_listed(item) else text


def pieces(element: Any) -> Iterator[str]:
    """The characters of a paragraph in order; those of links and insertions too, those of deletions and boxes not."""
    for child in element:
        kind = str(child.tag).removeprefix(WORDPROCESSING)
        if kind == "t":
            yield child.text or ""
        elif kind in ("tab", "ptab"):
            yield "\t"
        elif kind in ("br", "cr"):
            yield PAGE_BREAK if child.get(f"{WORDPROCESSING}type") == "page" else "\n"
        elif kind == "noBreakHyphen":
            yield "-"
        elif kind == "checkBox":
            yield "[X] " if is_checked(child) else "[ ] "
        elif kind == "sym":
            yield docx_parts.symbol(child)
        elif kind == "r" and docx_parts.fault_of(child):
            continue
        elif kind not in ("pPr", "rPr", "del", "pict", "drawing", "moveFrom", "instrText", "delText"):
            yield from () if kind == "AlternateContent" else pieces(child)


def is_checked(box: Any) -> bool:
    """Whether a form's check box is ticked."""
    state = box.find(f"{WORDPROCESSING}checked")
    if state is None:
        state = box.find(f"{WORDPROCESSING}default")
    return state is not None and state.get(f"{WORDPROCESSING}val", "1") not in ("0", "false")


def is_listed(item: Any) -> bool:
    """Whether a paragraph is an item of a list."""
    properties = item._p.pPr
    numbered = properties is not None and properties.numPr is not None
    return numbered or (item.style is not None and (item.style.name or "").startswith("List"))


def rows(table: Any) -> Iterator[str]:
    """A line for each row of a table; a cell that spans columns or rows stands once."""
    seen: dict[Any, None] = {}  # the elements, not their ids: an id is given again once its element is let go
    for row in table.rows:
        cells = list(dict.fromkeys(cell._tc for cell in row.cells))
        texts = [cell_text(row, tc) for tc in cells if tc not in seen]
        seen.update(dict.fromkeys(cells))
        if any(text for text in texts):
            yield CELL.join(texts)


def cell_text(row: Any, element: Any) -> str:
    """The text of a cell on one line."""
    cell = next(cell for cell in row.cells if cell._tc is element)
    return " ".join(" ".join(blocks(cell.iter_inner_content())).split())


def boxes(word: Any) -> Iterator[str]:
    """The text boxes of body, headers and footers, after everything else; copies for old programs are left out."""
    seen: set[str] = set()
    beside = (part for _, part in docx_parts.related(word, ("header", "footer")))
    for root in (word.element.body, *beside):
        for box in root.iter(f"{WORDPROCESSING}txbxContent"):
            if not any(str(parent.tag).endswith("}Fallback") for parent in box.iterancestors()):
                text = "\n".join("".join(pieces(p)) for p in box.iter(f"{WORDPROCESSING}p"))
                if root is word.element.body or text not in seen:
                    yield text
                seen.add(text)


def margins(word: Any, which: str) -> Iterator[str]:
    """The headers or footers of the sections, each text once."""
    seen: set[str] = set()
    for section in word.sections:
        for kind in (f"first_page_{which}", which, f"even_page_{which}"):
            part = getattr(section, kind)
            if part.is_linked_to_previous:
                continue
            text = "\n".join(block for block in blocks(part.iter_inner_content()) if block.strip())
            if text and text not in seen:
                seen.add(text)
                yield text


def paginated(text: str) -> tuple[Page, ...]:
    """The pages as far as the author broke them by hand; Word stores no others."""
    starts = [0, *(match.end() for match in re.finditer(PAGE_BREAK, text))]
    ends = [*starts[1:], len(text)]
    return tuple(Page(number, start, end) for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1))
