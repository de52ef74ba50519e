"""All terms of all lexicons, found in one pass over a text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation

from mednec.vocabulary import lexicon, lexicon_names

BLANKS = re.compile(r"[\s\-\u2010-\u2013]{2,}|[\s\u2010-\u2013-]")
LONGER_WHEN_LOWERED = re.compile("[\u0130]")


@dataclass(frozen=True, slots=True)
class Hit:
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
                        rivals = (name, concept.name if concept.extra.get("overlaps") else "")
                        self._entries[index].append(_Entry(name, concept.name, term, open_ended, look_alike, rivals))
        self._automaton = AhoCorasick(list(patterns), implementation=Implementation.ContiguousNFA)

    def hits(self, text: str) -> list[Hit]:
        """Every term that stands in the text as whole words, the longest where terms of one lexicon overlap.

        A concept marked `overlaps: true` competes with itself alone.
        """
        plain, original = squeeze(LONGER_WHEN_LOWERED.sub("I", text).lower())
        found: dict[tuple[str, str], list[tuple[int, int, _Entry]]] = {}
        for index, start, end in self._automaton.find_matches_as_indexes(plain, overlapping=True):
            if start and _joins(plain[start - 1], plain[start]):
                continue
            for entry in self._entries[index]:
                stop = end
                if end < len(plain) and _joins(plain[end - 1], plain[end]):
                    if not entry.open_ended:
                        continue
                    while stop < len(plain) and plain[stop].isalnum():
                        stop += 1
                found.setdefault(entry.rivals, []).append((start, stop, entry))
        kept = [item for items in found.values() for item in _longest(items)]
        hits = [
            Hit(original(start), original(stop - 1) + 1, e.lexicon, e.concept, e.term)
            for start, stop, e in kept
            if not e.look_alike
        ]
        return sorted(hits, key=lambda hit: (hit.start, hit.end, hit.lexicon, hit.concept))


@cache
def matcher() -> Matcher:
    """The matcher over every lexicon of the package."""
    return Matcher(lexicon_names())


def squeeze(text: str) -> tuple[str, "Original"]:
    """The text with every run of blanks and hyphens made one blank, and the way back to the original offsets."""
    pieces: list[str] = []
    starts, shifts = [0], [0]
    last = removed = 0
    for run in BLANKS.finditer(text):
        pieces += (text[last : run.start()], " ")
        last = run.end()
        if last - run.start() > 1:
            removed += last - run.start() - 1
            starts.append(last - removed)
            shifts.append(removed)
    pieces.append(text[last:])
    return "".join(pieces), Original(starts, shifts)


class Original:
    """Maps an offset into a squeezed text to the offset into the text it was made from."""

    def __init__(self, starts: list[int], shifts: list[int]) -> None:
        self._starts, self._shifts = starts, shifts

    def __call__(self, offset: int) -> int:
        return offset + self._shifts[bisect_right(self._starts, offset) - 1]


def _joins(one: str, other: str) -> bool:
    return one.isalnum() and other.isalnum()


def _longest(items: list[tuple[int, int, _Entry]]) -> list[tuple[int, int, _Entry]]:
    """Of overlapping matches the longest, of equally long ones all; look-alikes hide what they cover."""
    kept: list[tuple[int, int, _Entry]] = []
    for item in sorted(items, key=lambda m: (m[0], -m[1], m[2].concept)):
        if kept and item[0] < kept[-1][1] and (item[0], item[1]) != (kept[-1][0], kept[-1][1]):
            if item[1] - item[0] > kept[-1][1] - kept[-1][0]:
                while kept and kept[-1][1] > item[0]:
                    kept.pop()
                kept.append(item)
            continue
        kept.append(item)
    return kept
