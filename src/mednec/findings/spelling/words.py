"""A word as it stands in a chart in, the word that was surely meant out: slips of the hand, misread letters.

A word is left alone where it is a term of the lexicons or a real word of the language, or where several words could be
meant. What is meant must be a word of the lexicons or a common word of charts; a word that turns a statement around
(`FRAUGHT`) is never made out of a slip, only out of letters that scanners mix up: a denial left unread would be worse.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import product

from mednec.expressions.patterns import compiled
from mednec.vocabulary import lexicon, lexicon_names

WORD = compiled(r"[A-Za-z0-9]+")
DAMAGED = compiled(r"[0-9][OolI]|[OolI][0-9]|\bl[Oo]\b|\bSl\b|\b[nN]0\b")
COUNTED = compiled(r"([0-9]+|x[0-9]+|[0-9]+x)([A-Za-z]{3,})")
LETTERS = re.compile(r"[a-z]{3,}")
SHORTEST, SHORT = 4, 6  # below the first no slip is mended; below the second only what leaves every letter in place
FRAUGHT = frozenset(("no", "not", "nor", "none", "never", "ever", "now", "cannot", "able", "unable", "typical"))
MISREAD = {"0": "o", "1": "li", "5": "s", "|": "li", "!": "li", "8": "b", "6": "b"}
JOINED = (("rn", "m"), ("vv", "w"), ("ii", "u"), ("cl", "d"), ("ri", "n"), ("rri", "m"), ("tb", "th"))
ALIKE = {  # letters that a scanner takes for others
    **{
        "c": "eo",
        "e": "co",
        "o": "ce",
        "f": "t",
        "t": "fl",
        "h": "b",
        "b": "h",
        "u": "vn",
        "v": "u",
        "n": "u",
        "q": "g",
    },
    **{"g": "q", "i": "lj", "l": "it", "j": "i"},
}
JOINERS = ("and", "with", "without", "for", "the", "from", "after", "since", "no")
ACRONYM = compiled(r"(?=.*[\dl])[A-Z\dl]*[A-Z]{2}[A-Z\dl]*")
LEAST_MISREAD, MOST_MISREAD = 3, 4  # letters of a word, misread signs in it
VOWELS = re.compile(r"[aeiouy]+")
TWICE = re.compile(r"(.)\1")
FRAGMENT = 2  # letters of the shortest piece of a word that is recognized as such
MOST_KEPT = 200_000  # stretches that are remembered
OPPOSED = (
    *("micro", "macro", "inter", "intra", "infra", "supra", "hyper"),
    *("hypo", "ante", "anti", "peri", "para", "pre", "pro"),
)


def listed(name: str) -> frozenset[str]:
    """The words of a list that comes with the lexicons, without its comments."""
    return frozenset(word for line in lines_of(name) for word in line.split())


def lines_of(name: str) -> list[str]:
    """The lines of a list that comes with the lexicons, without its comments."""
    text = (files("mednec") / "lexicons" / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


class Speller:
    """What the words of charts are, and which of them an unknown word can be."""

    def __init__(
        self, terms: Iterable[tuple[str, str]], common: frozenset[str], real: frozenset[str], slips: dict[str, str]
    ) -> None:
        self.concepts: dict[str, set[str]] = {}
        for concept, term in terms:
            for word in LETTERS.findall(term.lower()):
                self.concepts.setdefault(word, set()).add(concept)
        self.common, self.real, self.slips = common, real, slips
        self.meant = {word for word in self.concepts if len(word) >= SHORT} | common
        self._without: dict[str, list[str]] = {}
        self._sounds: dict[str, list[str]] = {}
        for word in sorted(self.meant):
            for shorter in {*shortened(word), word}:
                self._without.setdefault(shorter, []).append(word)
            self._sounds.setdefault(sound(word), []).append(word)
        self._heads = sorted(self.meant)
        self._tails = sorted(word[::-1] for word in self.meant)
        self._known: dict[str, str | None] = {}
        self._right: set[str] = set()  # stretches that were looked at before and hold nothing odd

    def meaning(self, word: str) -> str | None:
        """The word that was meant, in small letters; None where the word is right or nothing is sure."""
        try:
            return self._known[word]
        except KeyError:
            return self._known.setdefault(word, self._meaning(word))

    def odd(self, stretches: set[str]) -> set[str]:
        """Those of some stretches between blanks that hold something to be looked at where it stands."""
        fresh = stretches - self._right
        odd = {each for each in fresh if self._is_odd(each)}
        if len(self._right) > MOST_KEPT:
            self._right.clear()
            self._known.clear()
        self._right |= fresh - odd
        return odd

    def _is_odd(self, stretch: str) -> bool:
        words = WORD.findall(stretch)
        return any(self.meaning(word) is not None or self.is_piece(word) for word in words) or bool(
            DAMAGED.search(stretch)
        )

    def is_word(self, word: str) -> bool:
        """Whether some small letters are a word, as far as the lists go."""
        return word in self.real or word in self.concepts or word in self.common

    def is_piece(self, word: str) -> bool:
        """Whether some letters are no word, but the head or tail of one that charts use."""
        word = word.lower()
        if len(word) < FRAGMENT or not word.isalpha() or self.is_word(word):
            return False
        return any(
            index < len(some) and some[index].startswith(piece) and len(some[index]) > len(piece)
            for some, piece in ((self._heads, word), (self._tails, word[::-1]))
            for index in (bisect_left(some, piece),)
        )

    def _meaning(self, word: str) -> str | None:
        small = word.lower()
        if counted := COUNTED.fullmatch(word):
            unit = self.meaning(counted[2])
            return counted[1] + unit if unit else None
        if small in self.slips:
            return self.slips[small]
        if self.is_word(small):
            return None
        if meant := self._read_anew(word):
            return meant
        if not small.isalpha() or len(small) < SHORTEST:
            return None
        return self._run_together(small) or self._slip(small)

    def _run_together(self, word: str) -> str | None:
        """The words between which blanks were lost, where a word such as 'and' joins them: 'withoutrelief'."""
        found = set()
        for joiner in JOINERS:
            at = word.find(joiner)
            while at >= 0:
                pieces = [word[:at], joiner, word[at + len(joiner) :]]
                if all(self._is_part(piece) for piece in pieces if piece and piece is not joiner):
                    found.add(" ".join(filter(None, pieces)))
                at = word.find(joiner, at + 1)
        return found.pop() if len(found) == 1 else None

    def _is_part(self, word: str) -> bool:
        """Whether a piece of letters that ran together is a word of charts."""
        return len(word) >= SHORTEST and (word in self.common or word in self.concepts)

    def _read_anew(self, word: str) -> str | None:
        """The one word that signs which scanners mix up make of it."""
        found = {each for each in variants(word) if each in self.meant and len(each) >= LEAST_MISREAD}
        if not found and ACRONYM.fullmatch(word):
            found = {each for each in variants(word) if each in self.concepts and len(each) >= LEAST_MISREAD}
            found = {each for each in found if (word[-1], each[-1]) != ("1", "l")}  # 'MC1' counts, it is no MCL
        if not found and word.isalpha() and len(word) >= SHORTEST:
            alike = set(looking_alike(word.lower()))
            found = {each for each in alike if each in self.common or each in self.concepts or each in FRAUGHT}
        if not found and not word.isalpha() and word[0].isalpha() and len(word) > SHORTEST:
            found = {each for each in variants(word) if each in self.real}
        return found.pop() if len(found) == 1 else None

    def _slip(self, word: str) -> str | None:
        near = {candidate for shorter in {*shortened(word), word} for candidate in self._without.get(shorter, ())}
        if len(word) > SHORT:
            near |= set(self._sounds.get(sound(word), ()))
        ranked: dict[int, set[str]] = {}
        for candidate in near:
            rank = slip(word, candidate)
            if rank and (len(word) >= SHORT or (rank <= 2 and candidate in self.common)):
                ranked.setdefault(rank, set()).add(candidate)
        best = ranked[min(ranked)] if ranked else set()
        if len(best) < 2 or set.intersection(*(self.concepts.get(each, {each}) for each in best)):
            return min(best, key=lambda each: (-len(self.concepts.get(each, ())), each), default=None)
        return None


def slip(word: str, meant: str) -> int:
    """How a word came out of another: 1 two letters swapped, 2 one left out, 3 one instead of another, 4 one too many.

    5 where both sound alike; 0 where it is none of these, where the first letter differs, or where sense would turn.
    """
    if meant in FRAUGHT or any(
        part in (word[:5], word[:4], word[:3]) and not meant.startswith(part) for part in OPPOSED
    ):
        return 0
    longer = len(meant) - len(word)
    if not longer and sorted(word) == sorted(meant) and differing(word, meant) == 2:
        return 1
    if word[0] != meant[0]:
        return 0
    if longer == 1 and word in shortened(meant):
        return 2
    if not longer and differing(word, meant) == 1 and word[-1] == meant[-1]:
        return 3
    if longer == -1 and meant in shortened(word) and (word[-1] == meant[-1]):
        return 4
    alike = sound(word) == sound(meant) and word[-2:] == meant[-2:] and len(Counter(word) - Counter(meant)) < 3
    return 5 if alike and abs(longer) < 3 else 0


def shortened(word: str) -> Iterator[str]:
    """The word with any one of its letters left out."""
    return (word[:index] + word[index + 1 :] for index in range(len(word)))


def differing(one: str, other: str) -> int:
    """In how many places two words of one length differ; two neighbours that are swapped are two places."""
    places = [index for index, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
    return len(places) if len(places) != 2 or places[1] - places[0] == 1 else 3


def sound(word: str) -> str:
    """A word as it sounds: vowels are one, doubled letters single, ph is f."""
    plain = word.replace("ph", "f").replace("ck", "k").replace("c", "k").replace("z", "s")
    return word[0] + TWICE.sub(r"\1", VOWELS.sub("a", plain))[1:]


def variants(word: str) -> Iterator[str]:
    """What a word may have been before it was scanned, in small letters."""
    signs = [sign for sign in word if sign in MISREAD]
    if signs and len(signs) <= MOST_MISREAD and len(signs) < len(word) - 1:
        for letters in product(*(MISREAD[sign] for sign in signs)):
            rest = iter(letters)
            yield "".join(next(rest) if sign in MISREAD else sign for sign in word).lower()
        return
    if not word.isupper() and "I" in word:
        yield word.replace("I", "l").lower()
    if ACRONYM.fullmatch(word):
        yield word.replace("l", "i").lower()
    if word[0] == "l":
        yield "i" + word[1:].lower()
    for seen, meant in JOINED:
        if seen in word.lower():
            yield word.lower().replace(seen, meant)


def looking_alike(word: str) -> Iterator[str]:
    """What a word of small letters may have been before one of its letters was misread for another."""
    for index, letter in enumerate(word):
        yield from (word[:index] + other + word[index + 1 :] for other in ALIKE.get(letter, ""))


@cache
def speller() -> Speller:
    """The speller over the lexicons of the package."""
    names = [(name, lexicon(name)) for name in lexicon_names()]
    terms = (
        (f"{name}.{concept.name}", term)
        for name, each in names
        for concept in each.concepts.values()
        for term in concept.terms
    )
    slips = dict(line.split() for line in lines_of("slips"))
    return Speller(terms, listed("common_words"), listed("real_words"), slips)
