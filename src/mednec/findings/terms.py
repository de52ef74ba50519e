"""All terms of all lexicons, found in one pass over a text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from mednec.vocabulary import lexicon, lexicon_names

BLANK = dict.fromkeys(map(ord, "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u2002\u2003\u2009\u200a\u202f-\u2010\u2011\u2012\u2013"), " ")
RUN = re.compile("  +")
LONGER_WHEN_LOWERED = re.compile("[\u0130]")


class Hit(NamedTuple):
    """A term of a lexicon where it stands in the text: offsets into the original text."""

    start: int
    end: int
    lexicon: str
    concept: str
    term: str


@dataclass(frozen=True, slots=True)
class _Entry:
    lexicon: str
    concept: str
    term: str
    open_ended: bool  # the term was written with a `*`: letters may follow
    look_alike: bool
    rivals: tuple[str, str]  # of overlapping matches with the same rivals only the longest counts


class Matcher:
    """One automaton for the terms of several lexicons; a blank in a term stands for any run of blanks and hyphens."""

    def __init__(self, names: Iterable[str]) -> None:
        self._entries: list[list[_Entry]] = []
        patterns: dict[str, int] = {}
        for name in names:
            for concept in lexicon(name).concepts.values():
                for terms, look_alike in ((concept.terms, False), (concept.look_alikes, True)):
                    for term in terms:
                        open_ended = term.endswith("*")
                        words = squeeze(term.removesuffix("*").lower())[0]
                        index = patterns.setdefault(words, len(patterns))
                        if index == len(self._entries):
                            self._entries.append([])
                        rivals = (name, concept.name if concept.extra.get("overlaps") else concept.extra.get("rivals", ""))
                        self._entries[index].append(_Entry(name, concept.name, term, open_ended, look_alike, rivals))
        self._automaton = AhoCorasick(list(patterns), implementation=Implementation.ContiguousNFA)

    def hits(self, text: str) -> list[Hit]:
        """Every term that stands in the text as whole words, the longest where terms of one lexicon overlap.

        A concept marked `overlaps: true` competes with itself alone, one with `rivals: x` with those of the same mark.
        """
        plain, original = squeeze(LONGER_WHEN_LOWERED.sub("I", text).lower())
        found: dict[tuple[str, str], list[_Match]] = {}
        size = len(plain)
        for index, start, end in self._automaton.find_matches_as_indexes(plain, overlapping=True):
            if start and plain[start - 1].isalnum() and plain[start].isalnum():
                continue
            goes_on = end < size and plain[end].isalnum() and plain[end - 1].isalnum()
            for entry in self._entries[index]:
                if not goes_on:
                    found.setdefault(entry.rivals, []).append((start, -end, entry.concept, entry))
                elif entry.open_ended:
                    stop = end + next((n for n, sign in enumerate(plain[end : end + 40]) if not sign.isalnum()), 0)
                    found.setdefault(entry.rivals, []).append((start, -stop, entry.concept, entry))
        kept = (match for matches in found.values() for match in _longest(matches))
        return sorted(
            Hit(original(start), original(-stop - 1) + 1, entry.lexicon, entry.concept, entry.term)
            for start, stop, _, entry in kept
            if not entry.look_alike
        )


@cache
def matcher() -> Matcher:
    """The matcher over every lexicon of the package."""
    return Matcher(lexicon_names())


def squeeze(text: str) -> tuple[str, "Original"]:
    """The text with every run of blanks and hyphens made one blank, and the way back to the original offsets."""
    text = text.translate(BLANK)
    starts, shifts = [0], [0]
    removed = 0
    for run in RUN.finditer(text):
        removed += run.end() - run.start() - 1
        starts.append(run.end() - removed)
        shifts.append(removed)
    return RUN.sub(" ", text) if removed else text, Original(starts, shifts)


class Original:
    """Maps an offset into a squeezed text to the offset into the text it was made from."""

    def __init__(self, starts: list[int], shifts: list[int]) -> None:
        self._starts, self._shifts = starts, shifts

    def __call__(self, offset: int) -> int:
        return offset + self._shifts[bisect_right(self._starts, offset) - 1]


_Match = tuple[int, int, str, _Entry]  # start, the end with a minus (so that the longest sorts first), concept, entry


def _longest(matches: list[_Match]) -> list[_Match]:
    """Of overlapping matches the longest, of equally long ones all; look-alikes hide what they cover."""
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
