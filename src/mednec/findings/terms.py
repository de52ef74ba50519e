"""All terms of all lexicons, found in one pass over a text."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from mednec.expressions.patterns import compiled
from mednec.vocabulary import lexicon, lexicon_names

BLANK = dict.fromkeys(
    map(ord, "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u2002\u2003\u2009\u200a\u202f-\u2010\u2011\u2012\u2013"), " "
)
RUN = compiled("  +")
ALNUM = bytes(chr(code).isalnum() for code in range(256))
LONGER_WHEN_LOWERED = compiled("[\u0130]")


class Hit(NamedTuple):
    """A term of a lexicon where it stands in the text: offsets into the original text."""

    start: int
    end: int
    lexicon: str
    concept: str
    term: str


class _Entry(NamedTuple):
    lexicon: str
    concept: str
    term: str
    look_alike: bool
    bucket: int  # of overlapping matches in one bucket only the longest counts


_Match = tuple[int, int, int]  # start, the end with a minus (so that the longest sorts first), rank of the entry


class Matcher:
    """One automaton for the terms of several lexicons; a blank in a term stands for any run of blanks and hyphens.

    Letters match in either case, but a term of one or two capitals only capitals, since 'er' is part of many words.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self.buckets: dict[str, list[int]] = {}
        numbers: dict[tuple[str, str], int] = {}
        entries = []
        for name in names:
            for concept in lexicon(name).concepts.values():
                rivals = concept.name if concept.extra.get("overlaps") else str(concept.extra.get("rivals", ""))
                bucket = numbers.setdefault((name, rivals), len(numbers))
                entries += [_Entry(name, concept.name, term, False, bucket) for term in concept.terms]
                entries += [_Entry(name, concept.name, term, True, bucket) for term in concept.look_alikes]
        for (name, _), bucket in numbers.items():
            self.buckets.setdefault(name, []).append(bucket)
        self.entries = sorted(entries)  # so that hits of one stretch sort as their ranks do
        self.tails = [  # by rank, what a hit says besides its place; None where look-alikes only hide
            None if entry.look_alike else (entry.lexicon, entry.concept, entry.term) for entry in self.entries
        ]
        self._count = len(numbers)
        self._any_case, self._capitals = _Automaton(), _Automaton()
        for rank, entry in enumerate(self.entries):
            self._add(rank, entry)
        self._any_case.build()
        self._capitals.build()

    def _add(self, rank: int, entry: _Entry) -> None:
        words = squeeze(entry.term.removesuffix("*"))[0]
        capitals = len(words) < 3 and words.isupper() and words.isalpha()
        automaton = self._capitals if capitals else self._any_case
        automaton.add(words if capitals else words.lower(), entry.bucket, rank, open_ended=entry.term.endswith("*"))

    def scan(self, text: str) -> Found:
        """Every term that stands in the text as whole words, to be asked for lexicon by lexicon."""
        cased, origins = squeeze(LONGER_WHEN_LOWERED.sub("I", text))
        found: list[list[_Match]] = [[] for _ in range(self._count)]
        self._any_case.into(found, cased.lower())
        self._capitals.into(found, cased)
        return Found(self, found, origins)

    def hits(self, text: str) -> list[Hit]:
        """Every term of every lexicon in the text, in order."""
        found = self.scan(text)
        return sorted(hit for name in self.buckets for hit in found.of(name))


class Found:
    """The terms that stand in a text: of those of one lexicon that overlap the longest.

    A concept marked `overlaps: true` competes with itself alone, one with `rivals: x` with those of the same mark.
    """

    def __init__(self, matcher: Matcher, found: list[list[_Match]], origins: Origins) -> None:
        self._matcher, self._found, self._origins = matcher, found, origins

    def of(self, lexicon: str) -> list[Hit]:
        """The hits of one lexicon in order."""
        tails, origins, new = self._matcher.tails, self._origins, tuple.__new__
        buckets = self._matcher.buckets.get(lexicon, ())
        hits: list[Hit] = []
        for bucket in buckets:
            if not self._found[bucket]:
                continue
            for start, stop, rank in _longest(self._found[bucket]):
                if tail := tails[rank]:
                    hits.append(new(Hit, (origins[start], origins[-stop - 1] + 1, *tail)))
        if len(buckets) > 1:
            hits.sort()
        return hits


class _Automaton:
    """The patterns of one automaton, each with the terms that are written so."""

    def __init__(self) -> None:
        self._patterns: dict[str, int] = {}
        self._closed: list[list[tuple[int, int]]] = []  # by pattern, bucket and rank of the terms that are whole words
        self._open: list[list[tuple[int, int]]] = []  # of those written with a `*`: letters may follow

    def add(self, words: str, bucket: int, rank: int, *, open_ended: bool) -> None:
        index = self._patterns.setdefault(words, len(self._patterns))
        if index == len(self._closed):
            self._closed.append([])
            self._open.append([])
        (self._open if open_ended else self._closed)[index].append((bucket, rank))

    def build(self) -> None:
        self._automaton = AhoCorasick(list(self._patterns), implementation=Implementation.ContiguousNFA)
        self._both = [[*closed, *opened] for closed, opened in zip(self._closed, self._open, strict=True)]

    def into(self, found: list[list[_Match]], plain: str) -> None:
        """Put the matches that are whole words into their buckets."""
        both, opened, size, signs = self._both, self._open, len(plain), _word_signs(plain)
        for index, start, end in self._automaton.find_matches_as_indexes(plain, overlapping=True):
            if signs[start] and signs[start + 1]:
                continue
            if not (signs[end + 1] and signs[end]):
                for bucket, rank in both[index]:
                    found[bucket].append((start, -end, rank))
            elif opened[index]:
                beyond = max(signs.find(0, end + 1, min(end + 41, size + 1)) - 1, end)
                for bucket, rank in opened[index]:
                    found[bucket].append((start, -beyond, rank))


def _word_signs(text: str) -> bytes:
    """1 for each letter or digit of a text, 0 for each other sign, with a 0 before and behind all of them."""
    if text.isascii() or not any(sign > "\xff" and sign.isalnum() for sign in set(text)):
        return b"\0" + text.encode("latin-1", "replace").translate(ALNUM) + b"\0"
    return b"\0" + bytes(map(str.isalnum, text)) + b"\0"


@cache
def matcher() -> Matcher:
    """The matcher over every lexicon of the package."""
    return Matcher(lexicon_names())


Origins = Sequence[int]
_counted = array("I")  # 0, 1, 2 ... as far as any text was long: copying a stretch of it is cheaper than counting


def squeeze(text: str) -> tuple[str, Origins]:
    """The text with runs of blanks and hyphens made one blank, and the original offset of each of its characters."""
    text = text.translate(BLANK)
    if "  " not in text:
        return text, range(len(text))
    _counted.extend(range(len(_counted), len(text)))
    pieces: list[str] = []
    origins, begun = array("I"), 0
    for run in RUN.finditer(text):
        start, end = run.span()
        pieces.append(text[begun : start + 1])
        origins.extend(_counted[begun : start + 1])
        begun = end
    pieces.append(text[begun:])
    origins.extend(_counted[begun : len(text)])
    return "".join(pieces), origins


def _longest(matches: list[_Match]) -> list[_Match]:
    """Of overlapping matches the longest, of equally long ones all; look-alikes hide what they cover."""
    if len(matches) < 2:
        return matches
    matches.sort()
    kept: list[_Match] = []
    first = last = -1
    for match in matches:
        start, end = match[0], -match[1]
        if start < last and (start != first or end != last):
            if end - start <= last - first:
                continue
            while kept and -kept[-1][1] > start:
                kept.pop()
        kept.append(match)
        first, last = start, end
    return kept
