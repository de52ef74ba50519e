"""A document in, its sections, sentences, entries and term hits out: what every finder works on."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from datetime import date
from itertools import chain

from mednec.findings.entries import Entry, entries
from mednec.findings.sections import TOPICS, Section, sections
from mednec.findings.sentences import Sentence, split
from mednec.findings.terms import Hit, matcher
from mednec.model import Document, Finding

__all__ = ["Parsed", "Section", "Sentence", "parse"]


class Parsed:
    """A document with its structure; offsets are into `document.text`.

    `sentences` are in order and do not overlap, blanks around them are left out; `sections` together cover the text;
    `entries` are the stretches that have a date of their own: flowsheet rows, daily notes.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self._found = matcher().scan(document.text)
        self._hits: dict[str | tuple[str, ...], tuple[list[Hit], list[int]]] = {}
        self.sentences: list[Sentence] = list(split(self.text)) or [Sentence(0, len(self.text))]
        self._sentence_starts = [sentence.start for sentence in self.sentences]
        topics = {hit.start for topic in TOPICS for hit in self.of(topic)}
        self.sections: list[Section] = sections(self.text, self.of("sections"), topics)
        self._section_starts = [section.start for section in self.sections]
        self.entries: list[Entry] = entries(self.text, document.dated)
        self._entry_starts = [entry.start for entry in self.entries]

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds the character at `offset` (or the last one that begins before it)."""
        return self.sentences[(bisect_right(self._sentence_starts, offset) or 1) - 1]

    def sentence_index(self, offset: int) -> int:
        """The index in `sentences` of the sentence that holds the character at `offset`."""
        return (bisect_right(self._sentence_starts, offset) or 1) - 1

    def section_at(self, offset: int) -> Section:
        """The section that holds the character at `offset`."""
        return self.sections[(bisect_right(self._section_starts, offset) or 1) - 1]

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

    def of(self, lexicons: str | tuple[str, ...]) -> list[Hit]:
        """The hits of one lexicon or of several, in the order in which they stand in the text."""
        return self._located(lexicons)[0]

    def within(self, start: int, end: int, lexicons: str | tuple[str, ...]) -> list[Hit]:
        """The hits of one lexicon or of several that lie wholly between two offsets."""
        hits, starts = self._located(lexicons)
        first = bisect_left(starts, start)
        last = bisect_left(starts, end, first)
        return [hit for hit in hits[first:last] if hit.end <= end] if first < last else []

    def _located(self, lexicons: str | tuple[str, ...]) -> tuple[list[Hit], list[int]]:
        """The hits of lexicons, and where each begins."""
        located = self._hits.get(lexicons)
        if located is None:
            if isinstance(lexicons, str):
                hits = self._found.of(lexicons)
            else:
                hits = sorted(chain.from_iterable(map(self.of, lexicons)))
            located = self._hits[lexicons] = (hits, [hit[0] for hit in hits])
        return located

    def dated(self, finding: Finding) -> Finding:
        """The finding with the date of the entry in which it stands, unless it was given a day of its own."""
        if finding.dated != self.document.dated:
            return finding
        day = self.dated_at(finding.start)
        return finding if day == finding.dated else replace(finding, dated=day)


def parse(document: Document) -> Parsed:
    """The document with its structure, ready for the finders."""
    return Parsed(document)
