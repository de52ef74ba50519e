"""A document that is several in one (a packet of records, a note with an addendum at its end) in, its parts out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import pairwise

from mednec.documents import moments
from mednec.documents.fields import Field, fields, lines_of
from mednec.documents.kinds import CLINICAL, LETTERS, PLAIN, View
from mednec.model import Document, Page

UNCLINICAL = (*LETTERS, *PLAIN, "payer_correspondence")
NUMBERED = re.compile(r"\bpage[ \t]+(\d{1,3})[ \t]*(?:of|/)[ \t]*\d{1,3}\b|\bcontinued\b", re.I)
RULED = re.compile(r"^[ \t]*([=#*~_-])\1{19,}[ \t]*\r?\n", re.M)
AMENDED = re.compile(
    r"^[ \t*=>\[-]*(?:(?:late |clinical |note |provider |physician |radiology )?addendum|late entry|amendment)\b"
    r"(?=[ \t]*(?:[:(\d#*\]-]|$|to\b|by\b|for\b|dated\b|note\b|result\b|on\b|report\b))"
    r"(?![ \t:]*(?:none|n/a|see\b|no\b))",
    re.I | re.M,
)
SHORTEST = 250  # characters of a note that an addendum may follow


def parts(document: Document) -> list[Document]:
    """The documents that a text holds, in order; the first keeps the id, the others are numbered."""
    found: list[Document] = []
    for number, (start, end) in enumerate(papers_of(document), start=1):
        name = document.id if number == 1 else f"{document.id}#{number}"
        cut = amendment(document.text, start, end)
        found.append(slice_of(document, start, cut or end, name))
        if cut:
            found.append(slice_of(document, cut, end, f"{name}#addendum"))
    return found


def papers_of(document: Document) -> list[tuple[int, int]]:
    """Where each paper of a packet begins and ends."""
    bounds = sorted({page.start for page in document.pages} | {match.end() for match in RULED.finditer(document.text)})
    starts = [0]
    last = Paper(document.text[0 : bounds[1] if len(bounds) > 1 else len(document.text)])
    for start, end in pairwise([*bounds, len(document.text)]):
        if start == 0 or not document.text[start:end].strip():
            continue
        text = document.text[start:end]
        if goes_on(text):
            continue
        paper = Paper(text)
        if paper.begins_after(last, paged=any(page.start == start for page in document.pages)):
            starts.append(start)
            last = paper
        elif last.text.strip() == "" or len(last.text) < 200:
            last = Paper(last.text + paper.text)
    return list(pairwise([*starts, len(document.text)]))


def goes_on(text: str) -> bool:
    """Whether a page says that it is not the first of its document."""
    marks = [match[1] for match in NUMBERED.finditer(text)]
    return bool(marks) and marks[-1] != "1"


class Paper:
    """A page (or stretch between rules) of a packet: its type, its day, and whether it says which page it is."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._view = View(text)
        lines = lines_of(text)[:14]
        self._found: list[Field] = fields(lines)
        self.dated: date | None = next(moments.by_label(self._found, lines, "service"), None)
        self.first = any(match[1] == "1" for match in NUMBERED.finditer(text))

    @cached_property
    def kind(self) -> str:
        """The type of the page by itself."""
        return self._view.unclinical() or self._view.clinical()

    def begins_after(self, last: Paper, *, paged: bool) -> bool:
        """Whether another document begins here, after that of the last paper."""
        title = self._view.titled((*UNCLINICAL, *CLINICAL, "addendum"), within=7)
        if title is None and last.kind not in UNCLINICAL:
            return False
        if self.kind in UNCLINICAL:
            return self.kind != last.kind and self._view.titled(UNCLINICAL, within=6) is not None
        named = any(field.kind in ("patient", "birth") and field.line < 10 for field in self._found)
        titled = self._view.titled((*CLINICAL, "addendum"), within=7) is not None
        if last.kind in UNCLINICAL:
            return (titled and (named or paged)) or self._view.shows("clinical_signs") >= 4
        if paged and self.first and last.first:
            return named and (titled or self.dated is not None)
        return named and titled and self.dated is not None and last.dated is not None and self.dated != last.dated


def amendment(text: str, start: int, end: int) -> int | None:
    """Where an addendum begins that follows a note."""
    body = text[start:end]
    for match in AMENDED.finditer(body):
        if match.start() > SHORTEST and View(body[: match.start()]).shows("clinical_signs") >= 2:
            return start + match.start()
    return None


def slice_of(document: Document, start: int, end: int, name: str) -> Document:
    """The part of a document between two offsets, its pages and words moved along."""
    if (start, end) == (0, len(document.text)):
        return document
    pages = tuple(moved(page, start, end) for page in document.pages if page.start < end and page.end > start)
    return replace(document, id=name, text=document.text[start:end], pages=pages)


def moved(page: Page, start: int, end: int) -> Page:
    """A page with offsets that count from `start`, cut to what lies before `end`."""
    words = tuple(
        replace(word, start=word.start - start, end=word.end - start)
        for word in page.words
        if word.start >= start and word.end <= end
    )
    return replace(page, start=max(page.start, start) - start, end=min(page.end, end) - start, words=words)


def inheriting(found: list[Document]) -> Iterator[Document]:
    """The parts, an addendum with the patient and day of the note before it where it does not name them."""
    note: Document | None = None
    for part in found:
        if part.id.endswith("#addendum") and note is not None:
            patient = part.patient if part.patient.name or part.patient.birth_date else note.patient
            dated = note.dated if part.dated in (None, part.written) else part.dated
            yield replace(part, patient=patient, dated=dated)
        else:
            note = part
            yield part
