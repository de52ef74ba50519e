"""An expression in, one out that is not tried where none of the words stands of which each of its matches holds one.

For expressions that are slow to try and rarely found, asked of many stretches of one document. The words are read off
the expression, so that nobody keeps them in step with it; those of all such expressions are found in one pass over the
document, so that one more of them costs next to nothing where its words do not stand. A word may be several, with one
blank for any run of blanks or for a hyphen between them: 'tried nothing' stands in few charts, 'tried' in most.
"""

from __future__ import annotations

import re
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, product
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation

from mednec.expressions.patterns import ANY, beginning, built, compiled, compiler, op, parser
from mednec.expressions.reach import Reach, reach

FIGURE, SPACE, RUN = re.compile(r"\d"), re.compile(r"\s"), re.compile("  +")
DIGIT = "\0"  # stands within the words for any digit
FOLDED = {"\u0130": "i", "\u0131": "i", "\u017f": "s"}  # what `re.I` takes for a letter, unlike lower()
BLANKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f -"
LETTERS = {code: " " if (sign := chr(code)) in BLANKS else DIGIT if sign.isdigit() else sign.lower()
           for code in range(128)}  # fmt: skip
RARITY = {1: 0.04, 2: 0.006, 3: 0.0016, 4: 0.0005, 5: 0.0002}  # how often words of a length stand, roughly
COMMON = {DIGIT: 0.012, 2 * DIGIT: 0.004} | {  # those that stand more often, of ten thousand signs of a text
    word: times / 10_000
    for times, words in {
        200: "he", 150: "in on", 110: "the an at", 85: "is as or", 60: "and to it", 45: "of no", 36: "was",
        25: "with her his", 20: "she for be", 17: "patient", 13: "all", 10: "that this pain has not are",
        8: "right history were one if up", 6: "left had then there well", 5: "any have normal time but day",
        4: "also from will which been back year some over exam"}.items()
    for word in words.split()
}  # fmt: skip
BESIDE, COUNTED = 0.2, 0.0005  # how often a word stands beside another, at most; and other signs beside a figure
LONG = 400  # characters from which on it is worth it to look only near the words
DEARER = 6  # times as much as in one go it takes to try a place by itself
LONGEST_LIST = 64
MOST_SIGNS = 5  # of one kind in a row that are told apart
TOO_COMMON = 0.02  # where words stand more often than this, looking for them costs more than it saves

ZERO_WIDTH = () if compiler is None else (op.ASSERT, op.ASSERT_NOT, op.AT)

Words = frozenset[str]

BLANK = frozenset([" "])
ALONE = [frozenset([LETTERS[code]]) for code in range(128)]
_counted = array("I")  # 0, 1, 2 ... as far as any text was long: copying a stretch of it is cheaper than counting


class Needing:
    """A regular expression that first looks whether a word that it needs stands in the stretch to search.

    It finds what the plain expression finds. It remembers where the words stand in the text that it was last asked of,
    so that it is meant for stretches of whole documents, not for texts cut out of them.
    """

    __slots__ = ("_beginning", "_expression", "_number", "_reach", "pattern")

    def __init__(self, expression: re.Pattern[str], words: Words, reach: Reach | None = None, begins: str = "") -> None:
        """`begins` is a pattern of the sign with which each match begins; any sign where it is not known."""
        self.pattern = expression.pattern
        self._expression, self._reach, self._beginning = expression, reach, begins or ANY
        self._number = _words.registered(words)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first match between two offsets."""
        where = (_last.places if text is _last.text else _words.places(text)).get(self._number)
        if where is None:
            return None
        first = bisect_left(where, start)
        if first == len(where) or where[first] >= end:
            return None
        if self._reach is None or (end := min(end, len(text))) - start < LONG:
            return self._expression.search(text, start, end)
        return next(self._near(text, start, end, where[first : bisect_left(where, end)]), None)

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The match that begins at an offset."""
        where = (_last.places if text is _last.text else _words.places(text)).get(self._number)
        if where is None:
            return None
        first = bisect_left(where, start)
        return self._expression.match(text, start, end) if first < len(where) and where[first] < end else None

    def finditer(self, text: str, start: int = 0, end: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Every match between two offsets."""
        where = (_last.places if text is _last.text else _words.places(text)).get(self._number)
        if where is None:
            return iter(())
        first = bisect_left(where, start)
        if first == len(where) or where[first] >= end:
            return iter(())
        if self._reach is None or (end := min(end, len(text))) - start < LONG:
            return self._expression.finditer(text, start, end)
        return self._near(text, start, end, where[first : bisect_left(where, end)])

    def _near(self, text: str, start: int, end: int, where: list[int]) -> Iterator[re.Match[str]]:
        """The same, tried only as far before each word as a match can begin; in one go where that is no shorter."""
        assert self._reach is not None
        far = sum(number * size for number, size in zip(self._reach, _last.sizes(), strict=True))
        if len(where) * (far + 1) * DEARER > end - start:
            yield from self._expression.finditer(text, start, end)
            return
        match, at = self._expression.match, start
        for place in where:
            for sign in _signs(self._beginning).finditer(text, max(at, place - far), place + 1):
                begin = sign.start()
                if begin >= at and (found := match(text, begin, end)):
                    yield found
                    at = found.end()
            at = max(at, place + 1)

    def stands(self, text: str) -> bool:
        """Whether there can be a match anywhere in a text."""
        return self._number in (_last.places if text is _last.text else _words.places(text))


class _Words:
    """Every word that an expression needs, with the numbers of those expressions, and the automaton that finds them."""

    def __init__(self) -> None:
        self._count = 0
        self._numbers: dict[str, list[int]] = {}
        self._listed: tuple[str, ...] = ()
        self._automaton = AhoCorasick([])

    def registered(self, words: Words) -> int:
        """The number that an expression gets which needs one of some words."""
        number, self._count = self._count, self._count + 1
        for word in words:
            self._numbers.setdefault(word, []).append(number)
        if found := _last.found(words):
            _last.places[number] = found
        return number

    def places(self, text: str) -> dict[int, list[int]]:
        """Where in a text the words begin that each expression needs, by its number; it is kept for the last text."""
        if len(self._listed) != len(self._numbers):
            self._listed = tuple(self._numbers)
            self._automaton = AhoCorasick(self._listed, implementation=Implementation.DFA)
        squeezed, origins = _last.read(text)
        starts: dict[int, list[int]] = {}
        for word, start, _ in self._automaton.find_matches_as_indexes(squeezed, overlapping=True):
            place = origins[start] if squeezed[start] != " " else origins[start + 1] - 1  # as `_last.place` has it
            starts.setdefault(word, []).append(place)
        several = set()
        for word, some in starts.items():
            for number in self._numbers[self._listed[word]]:
                if number in _last.places:
                    several.add(number)
                    _last.places[number] = _last.places[number] + some
                else:
                    _last.places[number] = some
        for number in several:
            _last.places[number].sort()
        return _last.places


class _Last:
    """The text that was read last, with its blanks squeezed, and the places that are known in it."""

    def __init__(self) -> None:
        self.text, self.squeezed = "", ""
        self.places: dict[int, list[int]] = {}
        self._origins: Sequence[int] = ()
        self._sizes: tuple[int, int, int] | None = None

    def read(self, text: str) -> tuple[str, Sequence[int]]:
        """Begin with another text: its letters, runs of blanks made one, and the place of each in the text."""
        small = in_letters(text)
        runs = "  " in small
        self.squeezed, self._origins = (RUN.sub(" ", small), _origins(small)) if runs else (small, range(len(small)))
        self.text, self.places, self._sizes = text, {}, None
        return self.squeezed, self._origins

    def sizes(self) -> tuple[int, int, int]:
        """One, the length of the longest run of blanks, and that of the longest run of other signs."""
        if self._sizes is None:
            blanks = max((run.end() - run.start() for run in RUN.finditer(in_letters(self.text))), default=1)
            self._sizes = (1, blanks, max(map(len, self.text.split()), default=1))
        return self._sizes

    def place(self, start: int) -> int:
        """The offset in the text of a word in the squeezed one; of a run of blanks the last counts."""
        return self._origins[start] if self.squeezed[start] != " " else self._origins[start + 1] - 1

    def found(self, words: Words) -> list[int]:
        """Where some words begin."""
        places = []
        for word in words:
            start = self.squeezed.find(word)
            while start >= 0:
                places.append(self.place(start))
                start = self.squeezed.find(word, start + 1)
        return sorted(places)


_last, _words = _Last(), _Words()


def _origins(text: str) -> Sequence[int]:
    """The place of each sign of a text that stays where runs of blanks are made one."""
    _counted.extend(range(len(_counted), len(text)))
    origins, begun = array("I"), 0
    for run in RUN.finditer(text):
        start, end = run.span()
        origins.extend(_counted[begun : start + 1])
        begun = end
    origins.extend(_counted[begun : len(text)])
    return origins


def in_letters(text: str) -> str:
    """A text in the letters of the words, every sign in its place."""
    if text.isascii():
        return text.translate(LETTERS)
    for sign, letter in FOLDED.items():
        text = text.replace(sign, letter)
    return SPACE.sub(" ", FIGURE.sub(DIGIT, text.lower())).replace("-", " ")


def folded(text: str) -> str:
    """A text in the letters of the words, runs of blanks made one."""
    return RUN.sub(" ", in_letters(text))


def needing(pattern: str, flags: int = 0) -> re.Pattern[str] | Needing:
    """An expression to search stretches of a document with: a plain one where no words are known, or common ones."""
    expression, tree = built(pattern, flags)
    words = _of_tree(tree) if tree is not None else None
    if not words:
        return expression
    return Needing(expression, words, reach(tree, lambda part: _of_tree(part) == words), beginning(tree))


@cache
def _signs(pattern: str) -> re.Pattern[str]:
    """The signs with which matches can begin."""
    return compiled(pattern)


def needed(pattern: str, flags: int = 0) -> Words | None:
    """Words (in small letters; DIGIT for any digit) of which every match of a pattern holds one: the rarest, if any."""
    return _of_tree(parser.parse(pattern, int(flags))) if parser is not None else None


def _of_tree(tree: Any) -> Words | None:
    words = _rarest(_offers(tree))
    return _shortest(words) if words and commonness(words) < TOO_COMMON else None


def _shortest(words: Words) -> Words:
    """The words without those that hold another of them."""
    return frozenset(word for word in words if not any(other != word and other in word for other in words))


def commonness(words: Words) -> float:
    """How often one of some words stands in a text, by their lengths: a rough figure to compare sets with."""
    return sum(map(_frequency, words))


@cache
def _frequency(word: str) -> float:
    parts = list(map(_of_one, word.split()))
    return min(parts, default=1.0) * (BESIDE if len(parts) > 1 else 1.0)


def _of_one(word: str) -> float:
    figures = word.count(DIGIT)
    return COMMON.get(word) or (COUNTED if 0 < figures < len(word) else RARITY.get(len(word), 0.0006 / len(word)))


def _rarity(words: Words) -> tuple[float, list[str]]:
    return commonness(words), sorted(words)


def _rarest(offers: Iterable[Words | None]) -> Words | None:
    return min((words for words in offers if words and "" not in words), key=_rarity, default=None)


def _offers(items: Any) -> Iterator[Words | None]:
    """The sets of words that the parts of a sequence give."""
    return chain.from_iterable(_offers_by_part(items))


def _offers_by_part(items: Any) -> Iterator[list[Words | None]]:
    """The same, part by part; neighbors that are read letter for letter are one part."""
    said: list[Words | None] = [None]
    for code, value in items.data:
        if code in ZERO_WIDTH:
            continue
        exact, before = _exact(code, value), said[-1]
        if exact and before and len(before) * len(exact) <= LONGEST_LIST:
            said.append(_joined(before, exact))
            continue
        yield said
        said = [exact]
        if not exact:
            yield [_of_part(code, value)]
    yield said


def _exact(code: Any, value: Any) -> Words | None:
    """All that a part of a pattern can match, where these are few words; '' where it may be left out."""
    if code is op.LITERAL:
        return ALONE[value] if value < 128 else None
    if code is op.IN:
        return _of_class(value)
    if code is op.SUBPATTERN:
        return _exact_sequence(value[3])
    if code in (op.MAX_REPEAT, op.MIN_REPEAT):
        return _repeated(_exact_sequence(value[2]), *value[:2])
    if code is op.BRANCH:
        some = [_exact_sequence(branch) for branch in value[1]]
        return frozenset().union(*(words for words in some if words)) if all(some) else None
    return None


def _repeated(some: Words | None, least: int, most: int) -> Words | None:
    if some == BLANK:
        return BLANK if least else frozenset(["", " "])
    if some and (least, most) == (0, 1):
        return some | {""}
    if some and len(some) == 1 and most <= MOST_SIGNS:
        return frozenset(RUN.sub(" ", number * word) for word in some for number in range(least, most + 1))
    return None


def _exact_sequence(items: Any) -> Words | None:
    words: Words = frozenset([""])
    for code, value in items.data:
        if code in ZERO_WIDTH:
            continue
        exact = _exact(code, value)
        if not exact or len(words) * len(exact) > LONGEST_LIST:
            return None
        words = _joined(words, exact)
    return words


def _joined(words: Words, others: Words) -> Words:
    """Each of some words with each of others behind it; two blanks that meet are one."""
    return frozenset(
        one + (other[1:] if one[-1:] == " " == other[:1] else other) for one, other in product(words, others)
    )


def _of_part(code: Any, value: Any) -> Words | None:
    """What a part that cannot be read letter for letter needs."""
    if code is op.BRANCH:
        some = [_rarest(_offers(branch)) for branch in value[1]]
        return frozenset().union(*(words for words in some if words)) if all(some) else None
    if code is op.SUBPATTERN:
        return _rarest(_offers(value[3]))
    if code in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
        sign = _exact_sequence(value[2]) if value[0] > 1 else None
        if sign and len(sign) == 1 and sign != BLANK:
            return frozenset(RUN.sub(" ", min(value[0], MOST_SIGNS) * word) for word in sign)
        return _rarest(_offers(value[2])) if value[0] > 0 else None
    return _rarest(_offers(value)) if code is op.ATOMIC_GROUP else None


def _of_class(members: Any) -> Words | None:
    """The signs of a class, where they are few and plain: `[fv]`, `\\d`."""
    signs: set[str] = set()
    for code, value in members:
        if code is op.LITERAL and value < 128:
            signs.add(LETTERS[value])
        elif code is op.RANGE and value[1] < 128 and value[1] - value[0] < 10:
            signs.update(LETTERS[each] for each in range(value[0], value[1] + 1))
        elif code is op.CATEGORY and value in (op.CATEGORY_DIGIT, op.CATEGORY_SPACE):
            signs.add(DIGIT if value is op.CATEGORY_DIGIT else " ")
        else:
            return None
    return frozenset(signs) if len(signs) < 9 else None
