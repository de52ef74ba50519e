"""All terms of all lexicons, found in one pass over a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from mednec.vocabulary import Concept, lexicon, lexicon_names

BLANK = dict.fromkeys(
    map(ord, "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u2002\u2003\u2009\u200a\u202f-\u2010\u2011\u2012\u2013"), " "
)
RUN = re.compile("  +")
LONGER_WHEN_LOWERED = re.compile("[\u0130]")


class Hit(NamedTuple):
    """A term of a lexicon where it stands in the text: offsets into the original text."""

    start: int
    end: int
    lexicon: str
    concept: str
    term: str


class _Entry(NamedTuple):
    bucket: int  # of overlapping matches in one bucket only the longest counts
    open_ended: bool  # the term was written with a `*`: letters may follow
    look_alike: bool
    lexicon: str
    concept: str
    term: str


_Match = tuple[int, int, str, _Entry]  # start, the end with a minus (so that the longest sorts first), concept, entry


class Matcher:
    """One automaton for the terms of several lexicons; a blank in a term stands for any run of blanks and hyphens.

    Letters match in either case, but a term of one or two capitals only capitals, since 'er' is part of many words.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._buckets: dict[tuple[str, str], int] = {}
        self._any_case, self._capitals = _Automaton(), _Automaton()
        for name in names:
            for concept in lexicon(name).concepts.values():
                for terms, look_alike in ((concept.terms, False), (concept.look_alikes, True)):
                    for term in terms:
                        self._add(concept, term, look_alike)
        self._any_case.build()
        self._capitals.build()

    def _add(self, concept: Concept, term: str, look_alike: bool) -> None:
        words = squeeze(term.removesuffix("*"))[0]
        rivals = concept.name if concept.extra.get("overlaps") else str(concept.extra.get("rivals", ""))
        bucket = self._buckets.setdefault((concept.kind, rivals), len(self._buckets))
        entry = _Entry(bucket, term.endswith("*"), look_alike, concept.kind, concept.name, term)
        if len(words) < 3 and words.isupper() and words.isalpha():
            self._capitals.add(words, entry)
        else:
            self._any_case.add(words.lower(), entry)

    def hits(self, text: str) -> list[Hit]:
        """Every term that stands in the text as whole words, the longest where terms of one lexicon overlap.

        A concept marked `overlaps: true` competes with itself alone, one with `rivals: x` with those of the same mark.
        """
        cased, origins = squeeze(LONGER_WHEN_LOWERED.sub("I", text))
        plain = cased.lower()
        found: list[list[_Match]] = [[] for _ in self._buckets]
        self._any_case.into(found, plain)
        self._capitals.into(found, cased)
        return sorted(
            Hit(origins[start], origins[-stop - 1] + 1, entry.lexicon, entry.concept, entry.term)
            for matches in found
            for start, stop, _, entry in _longest(matches)
            if not entry.look_alike
        )


class _Automaton:
    """The patterns of one automaton, each with the terms that are written so."""

    def __init__(self) -> None:
        self._patterns: dict[str, int] = {}
        self._entries: list[list[_Entry]] = []

    def add(self, words: str, entry: _Entry) -> None:
        index = self._patterns.setdefault(words, len(self._patterns))
        if index == len(self._entries):
            self._entries.append([])
        self._entries[index].append(entry)

    def build(self) -> None:
        self._automaton = AhoCorasick(list(self._patterns), implementation=Implementation.ContiguousNFA)

    def into(self, found: list[list[_Match]], plain: str) -> None:
        """Put the matches that are whole words into their buckets."""
        entries, size = self._entries, len(plain)
        for index, start, end in self._automaton.find_matches_as_indexes(plain, overlapping=True):
            if start and plain[start - 1].isalnum() and plain[start].isalnum():
                continue
            if end < size and plain[end].isalnum() and plain[end - 1].isalnum():
                for entry in entries[index]:
                    if entry.open_ended:
                        letters = next((n for n, sign in enumerate(plain[end : end + 40]) if not sign.isalnum()), 0)
                        found[entry.bucket].append((start, -end - letters, entry.concept, entry))
                continue
            for entry in entries[index]:
                found[entry.bucket].append((start, -end, entry.concept, entry))


@cache
def matcher() -> Matcher:
    """The matcher over every lexicon of the package."""
    return Matcher(lexicon_names())


def squeeze(text: str) -> tuple[str, Sequence[int]]:
    """The text with runs of blanks and hyphens made one blank, and the original offset of each of its characters."""
    text = text.translate(BLANK)
    runs = [run.span() for run in RUN.finditer(text)]
    if not runs:
        return text, range(len(text))
    origins: list[int] = []
    last = 0
    for start, end in runs:
        origins.extend(range(last, start + 1))
        last = end
    origins.extend(range(last, len(text)))
    return RUN.sub(" ", text), origins


def _longest(matches: list[_Match]) -> list[_Match]:
    """Of overlapping matches the longest, of equally long ones all; look-alikes hide what they cover."""
    if len(matches) < 2:
        return matches
    kept: list[_Match] = []
    first = last = -1
    for match in sorted(matches, key=itemgetter(0, 1, 2)):
        start, end = match[0], -match[1]
        if start < last and (start, end) != (first, last):
            if end - start <= last - first:
                continue
            while kept and -kept[-1][1] > start:
                kept.pop()
        kept.append(match)
        first, last = start, end
    return kept
