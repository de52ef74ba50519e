"""A document that is several in one (a packet of records, a note with an addendum at its end) in, its parts out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import pairwise

from mednec.documents import banners, insertions, moments, people
from mednec.documents.fields import Field, fields, is_stamp, lines_of
from mednec.documents.kinds import CLINICAL, LETTERS, PLAIN, View
from mednec.expressions.patterns import compiled
from mednec.expressions.sieve import Sieve, Sifted
from mednec.model import Document, Page, SignatureState

UNCLINICAL = (*LETTERS, *PLAIN, "payer_correspondence")
NUMBERED = compiled(r"\bpage[ \t]+(\d{1,3})[ \t]*(?:of|/)[ \t]*\d{1,3}\b|[,(–-][ \t]*cont(?:inued|'d|\.)", re.I)
COUNTED = compiled(
    r"(?:^|[ \t]{2})(?:p|pg|page)\b\.?[ \t]*(\d{1,2})[ \t]*(?:of|/)[ \t]*\d{1,2}[ \t]*$"
    r"|(?:^|[ \t]{2})cont(?:inued|'d|\.)",
    re.I,
)
PAGE_LINE = compiled(
    r"^(?:[ \t=*_-]*(?:fax )?(?:page|pg\.?)|[ \t]*[=*_-]{5,}[ \t]*p\.?)[ \t]*\d{1,3}(?:[ \t]*(?:of|/)[ \t]*\d{1,3})?"
    r"[ \t=*_-]*\r?\n",
    re.I | re.M,
)
RULED = compiled(r"^[ \t]*([=#*~_-])\1{19,}[ \t]*\r?\n", re.M)
PARTED = compiled(  # a short rule, words between rules, or a paragraph that names the patient in its first lines
    r"^[ \t]*(?:([=#*~_-])\1{7,}"
    r"|(?:[*=~-][ \t]+){3,}[*=~-]|[=#*~_-]{3,}[ \t]*[A-Za-z][^\n]{0,60}?[=#*~_-]{3,})[ \t]*\r?\n"
    r"|\n[ \t]*\r?\n(?=[ \t]*\S)"
    r"(?=(?:[^\n]{0,120}\n){0,3}[^\n]{0,80}(?i:\bpatient(?: name)?[ \t]*:|\bdob\b|\bdate of birth\b))",
    re.M,
)
AMENDED = compiled(
    r"(?:^[ \t*=>\[-]*|(?<=[.;)] )(?-i:(?=[A-Z])))"
    r"(?:(?:late |clinical |note |provider |physician |radiology )?addendum|late entry|amendment|"
    r"amended (?:record|note|entry)|(?:correction|clarification) (?:to|of) (?:the )?(?:note|record|chart|visit))\b"
    r"(?=[ \t]*(?:[:(\d#*,\]-]|$|to\b|by\b|for\b|per\b|dated\b|note\b|result\b|on\b|report\b|added\b|requested\b"
    r"|after\b|entered\b|written\b|patient\b))"
    r"(?![ \t:]*(?:none|n/a|see\b|no\b))",
    re.I | re.M,
)
MARGINAL = compiled(
    r"^[ \t*]*(?P<open>[\[({])?[ \t]*(?:hand[- ]?written[ \t]*(?:note|entry|addition|comment)?[ \t]*"
    r"(?:in (?:the )?(?:left |right )?margin|at (?:the )?(?:bottom|side|top)|:|,|\()|margin(?:al)? (?:note|entry)\b"
    r"|(?:note |written )in (?:the )?(?:left |right )?margin\b|(?:added|inserted) later\b|later entry\b"
    r"|(?:added|inserted|appended|squeezed in|written in)[ \t]*[:\u2013-][ \t]*(?=(?:the )?(?:patient|pt|she|he)\b))"
    r"(?(open)[^\])}]{0,800}[\])}]?[^\n]*|[^\n]*"
    r"(?:\n(?![^\n]*(?:signed|e-?sign|signature)|[A-Z][A-Z /&]+:)[ \t]*\S[^\n]*)*)",
    re.I | re.M,
)
ALTERED = compiled(  # a change of what was signed
    r"(?<=\n)[^\n.;]{0,60}?\b(?:changed|corrected|edited|revised|altered|overwritten|adjusted|updated|now reads|"
    r"inserted)"
    r"(?::|\s(?:to|from|in|into|as)\b)[^\n]*",
    re.I,
)
ADDED = Sieve({"amended": [AMENDED.pattern], "marginal": [MARGINAL.pattern], "altered": [ALTERED.pattern]}, re.I | re.M)
CLOSED = compiled(
    r"\b(?:e-?/?s(?:ign\w*|ig)?|signed|authenticated|signature|sincerely|regards|finali[sz]ed)\b|/s/", re.I
)
DAY = compiled(r"\b\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b")
LEAST = 200  # characters of a paper within running text
SHORTEST, SCANT = 250, 40  # characters of a note that an addendum may follow, of one that is closed


def parts(document: Document) -> list[Document]:
    """The documents that a text holds, in order; the first keeps the id, the others are numbered."""
    found: list[Document] = []
    sifted = ADDED.of(document.text)
    for number, (start, end) in enumerate(papers_of(document), start=1):
        name = document.id if number == 1 else f"{document.id}#{number}"
        found += [
            slice_of(document, first, last, name + mark)
            for first, last, mark in entries(document.text, start, end, sifted)
        ]
    return found


def entries(text: str, start: int, end: int, sifted: Sifted) -> Iterator[tuple[int, int, str]]:
    """A note and what was added to it: at its end, or by hand in between; the note may go on after that."""
    if cut := amendment(text, start, end) if sifted.may("amended") else None:
        yield from entries(text, start, cut, sifted)
        later = [
            match.start() for match in AMENDED.finditer(text, cut + SCANT, end) if begins_line(text, match.start())
        ]
        closed = [place for place in later if CLOSED.search(text, max(cut, place - 200), place)]
        yield from ((first, last, "#addendum") for first, last in pairwise([cut, *closed, end]))
        return
    added = MARGINAL.search(text, start + 1, end) if sifted.may("marginal") else None
    added = added or (altered(text, start + 1, end) if sifted.may("altered") else None)
    added = added or insertions.within(text, start + 1, end)
    if added is None or not text[start : added.start()].strip():
        yield start, end, ""
        return
    yield start, added.start(), ""
    yield added.start(), added.end(), "#addendum"
    if text[added.end() : end].strip():
        yield added.end(), end, "#continued"


def altered(text: str, start: int, end: int) -> re.Match[str] | None:
    """A line behind a dated signature that changes what was signed: 'pain score changed to 7/10'."""
    for match in ALTERED.finditer(text, start, end):
        above = text[max(start, match.start() - 120) : match.start()].rstrip().rpartition("\n")[2]
        if CLOSED.search(above) and DAY.search(above):
            return match
    return None


def begins_line(text: str, place: int) -> bool:
    """Whether nothing but blanks stands before a place in its line."""
    return not text[text.rfind("\n", 0, place) + 1 : place].strip()


def papers_of(document: Document) -> list[tuple[int, int]]:
    """Where each paper of a packet begins and ends."""
    text = document.text
    pages = sorted(
        {page.start for page in document.pages} | {match.start() for match in PAGE_LINE.finditer(text)} | {0}
    )
    rules = {match.end() for match in RULED.finditer(text)}
    if len(pages) == 1:
        rules |= {match.end() for match in PARTED.finditer(text)}
    bounds = sorted({*pages, *rules})
    loose = set(loose_bounds(text)) if len(pages) == 1 else set()
    loose |= set(banners.of_others(text))
    if len(bounds) == 1 and not loose:
        return [(0, len(text))]
    every = sorted({*bounds, *loose})
    ends = dict(pairwise([*every, len(text)])) | (dict(pairwise([*bounds, len(text)])) if len(bounds) > 1 else {})
    ends |= dict(pairwise([*pages, len(text)])) if len(pages) > 1 else {}
    starts = [0]
    last = Paper(PAGE_LINE.sub("", text[: ends[0]], count=1))
    for start in every[1:]:
        page = text[start : ends[start]]
        if not page.strip():
            continue
        paper = Paper(PAGE_LINE.sub("", page, count=1))
        other = paper.is_of_another(last)
        if other or not goes_on(page):
            whole = other or start in pages or is_whole(text[starts[-1] : start])
            marked = start in bounds and paper.begins_after(last, paged=start in pages)
            if whole and (other or marked or (start in loose and paper.is_new(last))):
                starts.append(start)
                last = paper
    kept = [start for start, end in pairwise([*starts, len(text)]) if PAGE_LINE.sub("", text[start:end]).strip()]
    return list(pairwise([0, *kept[1:], len(text)]))


def loose_bounds(text: str) -> Iterator[int]:
    """Where a paper may begin within running text: behind a signature, or at the stamp of a fax machine."""
    closed = False
    place = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            if place and (closed or is_stamp(line.rstrip()) or moments.FAXED.search(line)):
                yield place
            closed = DAY.search(line) is not None and CLOSED.search(line) is not None
        place += len(line)


def is_whole(text: str) -> bool:
    """Whether a stretch is a paper of its own, and not the letterhead or first paragraphs of one."""
    return text.count("\n") > 3 and (CLOSED.search(text[-400:]) is not None or View(text).unclinical() is not None)


def goes_on(text: str) -> bool:
    """Whether a page says that it is not the first of its document."""
    return bool(marks := numbers_of(text)) and marks[0] != "1"


def numbers_of(text: str) -> list[str | None]:
    """The numbers that a page bears, None for 'continued'; what a fax machine counts is not the document's count."""
    lines = [line.text for line in lines_of(text) if not PAGE_LINE.match(f"{line.text}\n")]
    edges = [line for line in (*lines[:3], *lines[3:][-2:]) if not moments.FAXED.search(line)]
    plain = [match[1] for line in lines for match in NUMBERED.finditer(line)]
    return plain or [match[1] for line in edges for match in COUNTED.finditer(line)]


class Paper:
    """A page (or stretch between rules) of a packet: its type, its day, and whether it says which page it is."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._view = View(text)
        lines = lines_of(text)[:14]
        self._found: list[Field] = fields(lines)
        births = set(moments.by_label(self._found, lines, "birth", since=1900))
        days = [*moments.by_label(self._found, lines, "service"), *moments.by_label(self._found, lines, "plain")]
        days += [day.value for line in lines[:9] for day in moments.free_days(line)]
        self.dated: date | None = next((day for day in days if day not in births), None)
        self.first = "1" in numbers_of(text)
        self.patient = people.patient_of(lines, self._found)
        heads = [line.text for line in lines if not moments.FAXED.search(line.text)]
        self.head = re.sub(r"[^a-z]+", " ", heads[0].lower()).strip()[:40] if heads else ""
        naming = [(field.line, field.place) for field in self._found if field.kind in ("patient", "birth")]
        naming = naming or [
            (line.number, place) for line in lines[:8] if (place := people.place_of_name(line)) is not None
        ]
        self.named = min((max(line, int(place > 24)) for line, place in naming), default=None)

    @property
    def closed(self) -> bool:
        """Whether the page ends with a dated signature."""
        tail = self.text.rstrip()[-160:].rpartition("\n")[2]
        return CLOSED.search(tail) is not None and DAY.search(tail) is not None

    @cached_property
    def kind(self) -> str:
        """The type of the page by itself."""
        return self._view.unclinical() or self._view.clinical()

    def begins_after(self, last: Paper, *, paged: bool) -> bool:
        """Whether another document begins here, after that of the last paper."""
        if self.is_of_another(last):
            return True
        title = self._view.titled((*UNCLINICAL, *CLINICAL, "addendum"), within=7)
        behind = paged and last.closed and self.dated not in (None, last.dated) and not AMENDED.match(self.text.strip())
        if title is None and self.named is None and last.kind not in UNCLINICAL and not behind:
            return False
        if self.kind in UNCLINICAL:
            return self.kind != last.kind and self._view.titled(UNCLINICAL, within=6) is not None
        if last.kind in UNCLINICAL:
            named = self.named is not None and self.named < 10
            return (paged and named) or (title is not None and (named or paged)) or self.signs >= 4
        headed = self.is_headed(title) if paged else None not in (self.named, title, self.dated)
        return (headed or behind) and self.differs(last)

    def is_of_another(self, last: Paper) -> bool:
        """Whether both pages name a patient with a birth date, and neither the name nor the day is the same."""
        one, other = self.patient, last.patient
        known = one.name and other.name and one.birth_date and other.birth_date
        if not known or one.birth_date == other.birth_date:
            return False
        return set(str(one.name).lower().split()).isdisjoint(str(other.name).lower().split())

    def is_new(self, last: Paper) -> bool:
        """Whether another document begins here in running text: under a letterhead, with patient or title and day."""
        first = next((line.text for line in lines_of(self.text) if not moments.FAXED.search(line.text)), "")
        letters = [letter for letter in first if letter.isalpha()]
        capital = len(letters) > 7 and sum(letter.isupper() for letter in letters) > 0.8 * len(letters)
        entry = ":" in first[:40] or DAY.search(first) or AMENDED.match(first)  # of a log, or what is added to a note
        if not capital or entry or len(self.text.strip()) < LEAST:
            return False
        course = self.kind.startswith("therapy") and last.kind.startswith("therapy")
        titled = self._view.titled((*UNCLINICAL, *CLINICAL), within=6) is not None or self._view.titled_therapy
        named = self.named is not None and 1 <= self.named < 9
        return not course and (named or (titled and self.dated is not None)) and self.differs(last)

    @property
    def signs(self) -> int:
        """How many signs of a clinical record the page shows."""
        return self._view.shows("clinical_signs")

    def is_headed(self, title: str | None) -> bool:
        """Whether the page has a letterhead or title above the patient's name, as first pages have."""
        return self.named is not None and 1 <= self.named < 9 and (title is not None or self.dated is not None)

    def differs(self, last: Paper) -> bool:
        """Whether the page is of another house or of another day; a course of therapy is one record."""
        if not (self.head.startswith(last.head) or last.head.startswith(self.head)):
            return True
        if self.first and last.first:
            return True
        if self._view.titled(CLINICAL, within=4) not in (None, last.kind) and self.kind != last.kind:
            return not self.kind.startswith("therapy")
        course = self.kind.startswith("therapy") and last.kind.startswith("therapy")
        return not course and None not in (self.dated, last.dated) and self.dated != last.dated


def amendment(text: str, start: int, end: int) -> int | None:
    """Where an addendum begins that follows a note."""
    body = text[start:end]
    for match in AMENDED.finditer(body):
        if is_note(body[: match.start()]):
            return start + match.start()
    return None


def is_note(text: str) -> bool:
    """Whether what stands before an addendum is a note: of some length and clinical, or short and closed or titled."""
    view = View(text)
    if view.titled(("addendum",), within=6):
        return False
    if len(text.strip()) <= SHORTEST:
        return len(text.strip()) > SCANT and (
            CLOSED.search(text[-200:]) is not None or view.titled(CLINICAL, within=3) is not None
        )
    return view.shows("clinical_signs") >= 2 or CLOSED.search(text[-200:]) is not None


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


def placed_at(page: Page, offset: int) -> Page:
    """A page whose offsets count from its own beginning, moved to `offset`."""
    words = tuple(replace(word, start=word.start + offset, end=word.end + offset) for word in page.words)
    return replace(page, start=page.start + offset, end=page.end + offset, words=words)


def inheriting(found: list[Document]) -> Iterator[Document]:
    """The parts, an addendum with the patient and day of its note where it names none, and a note's rest with all."""
    rests = {part.id.removesuffix("#continued"): part for part in found if part.id.endswith("#continued")}
    note = found[0]
    for part in found:
        if part.id.endswith("#addendum"):
            patient = part.patient if part.patient.name or part.patient.birth_date else note.patient
            dated = note.dated if part.dated in (None, part.written) else part.dated
            yield replace(part, patient=patient, dated=dated)
        elif part.id.endswith("#continued"):
            yield replace(note, id=part.id, text=part.text, pages=part.pages)
        else:
            rest = rests.get(part.id)
            signed = rest and rest.signature is not SignatureState.UNKNOWN
            author = rest.author if rest and signed else None
            note = replace(part, signature=rest.signature, author=author or part.author) if rest and signed else part
            yield note
