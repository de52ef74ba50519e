"""A document in, its sections, sentences, entries and term hits out: what every finder works on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property

from mednec.findings.entries import Entry, entries
from mednec.findings.sections import Section, sections
from mednec.findings.sentences import Sentence, split
from mednec.findings.terms import Hit, matcher
from mednec.model import Document, Finding

__all__ = ["Parsed", "Section", "Sentence", "parse"]


class Parsed:
    """A document with its structure; everything is computed once, offsets are into `document.text`."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.hits = matcher().hits(document.text)

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences in order; they do not overlap, blanks around them are left out."""
        return list(split(self.text)) or [Sentence(0, len(self.text))]

    @cached_property
    def sections(self) -> list[Section]:
        """The sections in order; together they cover the text."""
        return sections(self.text, self.hits)

    @cached_property
    def entries(self) -> list[Entry]:
        """The stretches that have a date of their own: flowsheet rows, daily notes."""
        return entries(self.text, self.document.dated)

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds the character at `offset` (or the last one that begins before it)."""
        return self.sentences[self.sentence_index(offset)]

    def sentence_index(self, offset: int) -> int:
        """The index in `sentences` of the sentence that holds the character at `offset`."""
        return max(bisect_right(self._sentence_starts, offset) - 1, 0)

    def section_at(self, offset: int) -> Section:
        """The section that holds the character at `offset`."""
        return self.sections[max(bisect_right(self._section_starts, offset) - 1, 0)]

    def dated_at(self, offset: int) -> date | None:
        """The day on which what stands at `offset` was written: that of its own entry, else of the document."""
        index = bisect_right(self._entry_starts, offset) - 1
        if index >= 0 and offset < self.entries[index].end:
            return self.entries[index].dated
        return self.document.dated

    def entry_at(self, offset: int) -> Entry | None:
        """The dated entry that holds the character at `offset`."""
        index = bisect_right(self._entry_starts, offset) - 1
        return self.entries[index] if index >= 0 and offset < self.entries[index].end else None

    def of(self, lexicon: str) -> Iterator[Hit]:
        """The hits of one lexicon, in the order in which they stand in the text."""
        return iter(self._by_lexicon.get(lexicon, ()))

    def within(self, start: int, end: int, lexicon: str | None = None) -> list[Hit]:
        """The hits that lie wholly between two offsets, of one lexicon or of all."""
        hits = self.hits if lexicon is None else self._by_lexicon.get(lexicon, [])
        starts = self._hit_starts if lexicon is None else self._starts_by_lexicon.get(lexicon, [])
        return [hit for hit in hits[bisect_left(starts, start) : bisect_left(starts, end)] if hit.end <= end]

    def dated(self, finding: Finding) -> Finding:
        """The finding with the date of the entry in which it stands."""
        day = self.dated_at(finding.start)
        return finding if day == finding.dated else replace(finding, dated=day)

    @cached_property
    def _hit_starts(self) -> list[int]:
        return [hit.start for hit in self.hits]

    @cached_property
    def _by_lexicon(self) -> dict[str, list[Hit]]:
        found: dict[str, list[Hit]] = {}
        for hit in self.hits:
            found.setdefault(hit.lexicon, []).append(hit)
        return found

    @cached_property
    def _starts_by_lexicon(self) -> dict[str, list[int]]:
        return {name: [hit.start for hit in hits] for name, hits in self._by_lexicon.items()}

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def _section_starts(self) -> list[int]:
        return [section.start for section in self.sections]

    @cached_property
    def _entry_starts(self) -> list[int]:
        return [entry.start for entry in self.entries]


def parse(document: Document) -> Parsed:
    """The document with its structure, ready for the finders."""
    return Parsed(document)
