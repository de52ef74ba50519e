"""A document in, its sections, sentences and term hits out: what every finder works on."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from mednec.findings.terms import Hit, matcher
from mednec.model import Document


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of text under one heading; `name` is a concept of the lexicon `sections`, or 'other'."""

    name: str
    start: int
    body: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, list item or table row: half-open offsets into the document's text."""

    start: int
    end: int


class Parsed:
    """A document with its structure; everything is computed once, offsets are into `document.text`."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.hits = matcher().hits(document.text)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences in order; they do not overlap, blanks around them are left out."""
        return list(split(self.text))

    @cached_property
    def sections(self) -> list[Section]:
        """The sections in order; together they cover the text."""
        headings = [h for h in self.hits if h.lexicon == "sections" and self._is_heading(h)]
        bounds = [h.start for h in headings] + [len(self.text)]
        found = [Section(h.concept, h.start, h.end, stop) for h, stop in zip(headings, bounds[1:], strict=True)]
        return [Section("other", 0, 0, bounds[0]), *found]

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds the character at `offset` (or the last one that begins before it)."""
        index = bisect_right(self._sentence_starts, offset) - 1
        return self.sentences[max(index, 0)]

    def section_at(self, offset: int) -> Section:
        """The section that holds the character at `offset`."""
        index = bisect_right(self._section_starts, offset) - 1
        return self.sections[max(index, 0)]

    def of(self, lexicon: str) -> Iterator[Hit]:
        """The hits of one lexicon, in the order in which they stand in the text."""
        return (hit for hit in self.hits if hit.lexicon == lexicon)

    def within(self, start: int, end: int, lexicon: str | None = None) -> list[Hit]:
        """The hits that lie wholly between two offsets, of one lexicon or of all."""
        first = bisect_left(self._hit_starts, start)
        last = bisect_left(self._hit_starts, end)
        return [h for h in self.hits[first:last] if h.end <= end and lexicon in (None, h.lexicon)]

    @cached_property
    def _hit_starts(self) -> list[int]:
        return [hit.start for hit in self.hits]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def _section_starts(self) -> list[int]:
        return [section.start for section in self.sections]

    def _is_heading(self, hit: Hit) -> bool:
        line = self.text.rfind("\n", 0, hit.start) + 1
        before = self.text[line : hit.start].strip(" \t*#-•0123456789.")
        after = self.text[hit.end : hit.end + 12]
        return not before and bool(re.match(r"[ \t]*(:|\n|$|-\s)|\s{2,}", after))


ABBREVIATION = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|vs|approx|e\.g|i\.e|No|Rx|Tx|Dx|Hx|wk|wks|mo|yr|yrs|hr|hrs|min|p\.o|b\.i\.d|t\.i\.d|p\.r\.n|q\.d|St|Jr|Sr)\.$", re.I)
BREAK = re.compile(r"(?<=[.!?;])[\"')\]]*[ \t]+(?=[\"'(\[]?[A-Z0-9*-])|[.!?;:]?[ \t]*\n[ \t]*(?:\n\s*)+|\n(?=[ \t]*(?:[-*•]|\d{1,2}[.)]\s|\[[ xX]?\]|[A-Z][A-Za-z /&]{2,40}:))")


def split(text: str) -> Iterator[Sentence]:
    """Sentences of a text. A wrapped line goes on; a blank line, a list mark or a heading on a new line ends it."""
    start = 0
    for gap in BREAK.finditer(text):
        if ABBREVIATION.search(text, start, gap.start()) and "\n" not in gap.group():
            continue
        yield from _trimmed(text, start, gap.start())
        start = gap.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[Sentence]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Sentence(start, end)


def parse(document: Document) -> Parsed:
    """The document with its structure, ready for the finders."""
    return Parsed(document)
