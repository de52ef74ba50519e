"""A document in, the same document as it was meant out: slips and damage mended in a copy that only the finders read.

What they find in the copy is cut out of the document itself: every mention and quote is as it stands on the paper.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from mednec.expressions.patterns import compiled
from mednec.findings.spelling.damage import Change, figures, line_ends, spaced_out, torn
from mednec.findings.spelling.denials import denials
from mednec.findings.spelling.signs import signs
from mednec.findings.spelling.words import WORD, Speller, speller
from mednec.model import Document, Finding

NAMING = compiled(r"(?:\b(?:Dr|Mr|Mrs|Ms|Prof)\.?\s+(?:\w+\.?\s+)?|\b[A-Z]\.\s*)$")
MANY = 24  # odd words from which on one pass over all words of a text is cheaper than a search for each
NAMED = compiled(r"'s|,?\s+(?:\w+,?\s+)?(?:MD|DO|PA|PA-C|NP|RN|DPT|PT|DC|PhD|CRNA|FNP|M\.D|D\.O)\b")


@dataclass(frozen=True, slots=True)
class Copy:
    """A document as it was meant, and where each stretch that was changed stands in the document and in the copy."""

    document: Document
    original: Document
    changes: tuple[Change, ...]
    starts: tuple[int, ...]  # of the changes, in the copy

    def cut(self, finding: Finding) -> Finding:
        """A finding in the copy as a finding in the document, its words as they stand there."""
        if not self.changes:
            return finding
        own = self.original.finding(
            finding.kind,
            finding.concept,
            self._place(finding.start, 0),
            self._place(finding.end, 1),
            quote=(self._place(finding.quote_start, 0), self._place(finding.quote_end, 1)),
            **finding.attributes,
        )
        return replace(own, dated=finding.dated, read_by=finding.read_by)

    def _place(self, offset: int, end: int) -> int:
        """The place in the document of a place in the copy, outward where that lies within a change."""
        index = bisect_right(self.starts, offset - end) - 1
        if index < 0:
            return offset
        change, beyond = self.changes[index], offset - self.starts[index]
        if beyond - len(change.meant) >= 0:
            return change.end + beyond - len(change.meant)
        return change.end if end else change.start


def as_meant(document: Document) -> Copy:
    """The copy of a document that the finders read; the document itself where nothing is to be mended."""
    changes = tuple(apart(found(document.text, speller())))
    if not changes:
        return Copy(document, document, (), ())
    pieces, starts, at, length = [], [], 0, 0
    for change in changes:
        pieces += [document.text[at : change.start], change.meant]
        starts.append(length + change.start - at)
        length = starts[-1] + len(change.meant)
        at = change.end
    text = "".join([*pieces, document.text[at:]])
    return Copy(replace(document, text=text), document, changes, tuple(starts))


def apart(changes: Iterable[Change]) -> list[Change]:
    """The changes in the order of the text; of those that overlap the first found counts."""
    kept: list[Change] = []
    for change in changes:
        at = bisect_left(kept, change)
        clear_behind = at == len(kept) or change.end <= kept[at].start
        if clear_behind and (at == 0 or kept[at - 1].end <= change.start):
            kept.insert(at, change)
    return kept


def found(text: str, spelled: Speller) -> Iterator[Change]:
    """What is to be changed; the surest first."""
    odd = spelled.odd(set(text.split()))
    yield from chain(line_ends(text, spelled), spaced_out(text, spelled), signs(text), denials(text))
    if not odd:
        return
    yield from figures(text)
    places = places_of({word for each in odd for word in WORD.findall(each)}, text)
    for word, starts in places:
        if spelled.is_piece(word):
            yield from chain.from_iterable(torn(text, word, start, spelled) for start in starts)
    for word, starts in places:
        if (meant := spelled.meaning(word)) is not None:
            yield from slips(text, word, starts, cased(word, meant))


def places_of(words: set[str], text: str) -> list[tuple[str, list[int]]]:
    """Some words in their order, each with where it stands; in one pass over the text where they are many."""
    if len(words) < MANY:
        return [(word, list(_places(word, text))) for word in sorted(words)]
    found: dict[str, list[int]] = {word: [] for word in sorted(words)}
    for match in WORD.finditer(text):
        if match.group() in found:
            found[match.group()].append(match.start())
    return list(found.items())


def _places(word: str, text: str) -> Iterator[int]:
    """Where a word stands that is no part of a longer one."""
    start = text.find(word)
    while start >= 0:
        if not WORD.match(text, max(0, start - 1), start) and not WORD.match(text, start + len(word)):
            yield start
        start = text.find(word, start + 1)


def slips(text: str, word: str, starts: Iterable[int], meant: str) -> Iterator[Change]:
    """Every place of a word that is read as another, unless it names somebody there."""
    for start in starts:
        end = start + len(word)
        named = word.istitle() and (NAMING.search(text, max(0, start - 20), start) or NAMED.match(text, end))
        if not named:
            yield Change(start, end, meant)


def cased(word: str, meant: str) -> str:
    """The word that was meant, in capitals where the other one is."""
    letters = [sign for sign in word if sign.isalpha()]
    if len(letters) > 1 and all(sign.isupper() for sign in letters if sign != "l"):
        return meant.upper()
    if word.endswith("s") and len(letters) > 2 and all(map(str.isupper, letters[:-1])):
        return meant[:-1].upper() + "s"  # 'NSAIDs'
    return meant.capitalize() if word[0].isupper() or (word[0] in "015" and word[1:2].isupper()) else meant
