"""Documents in, pairs of notes of different days that repeat each other out; linear in the length of the texts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from mednec.model import Document

NOTES = (
    "office_visit",
    "history_and_physical",
    "consultation",
    "therapy_note",
    "therapy_evaluation",
    "procedure_note",
    "hospital_record",
    "telephone_encounter",
    "other",
)
SHINGLE = 9  # words in a row
LONG = 80  # shared runs of that length from which a copy is more than a letterhead
SHARE = 0.6  # of the shorter note
CROWD = 12  # a run that stands in so many notes is a form


def cloned(documents: Sequence[Document]) -> Iterator[tuple[Document, Document]]:
    """Pairs of notes, the earlier first, of which the one is mostly a copy of the other."""
    notes = [d for d in documents if d.type in NOTES and d.dated is not None]
    sizes: dict[str, int] = {}
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for index, note in enumerate(notes):
        shingles = set(_shingles(note.text))
        sizes[note.id] = len(shingles)
        for shingle in shingles:
            holders[shingle].append(index)
    shared = Counter(
        pair for places in holders.values() if 1 < len(places) <= CROWD for pair in combinations(places, 2)
    )
    for (first, second), count in sorted(shared.items()):
        one, other = notes[first], notes[second]
        if one.dated != other.dated and count >= max(LONG, SHARE * min(sizes[one.id], sizes[other.id])):
            yield one, other


def _shingles(text: str) -> Iterator[int]:
    """The runs of words of a text, numbers left out so that a new date or vital sign does not hide a copy."""
    words = re.findall(r"[a-z]{2,}", text.lower())
    return (hash(tuple(words[i : i + SHINGLE])) for i in range(len(words) - SHINGLE + 1))
