"""Words with their places on a page in, running text out: paragraphs, table rows and columns kept apart."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from mednec.model import Word

COLUMN = "   "
CARRIED = frozenset(
    {"a", "an", "and", "at", "by", "for", "from", "in", "no", "of", "on", "or", "the", "to", "with", "w/"}
)
LONGEST_ROW = 16  # lines; what is longer is a column of text and not a row of a table


@dataclass(frozen=True, slots=True)
class Placed:
    """A word and its box, in points from the page's top left."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float | None = None  # from 0 to 100, where the word was recognized in an image


Line = Sequence[Placed]


def compose(
    lines: Sequence[Line], start: int = 0, back: Callable[[Placed], Placed] = lambda word: word
) -> tuple[str, tuple[Word, ...]]:
    """The text of a page and its words, offsets counted from `start`, boxes where `back` puts them.

    A line that merely wrapped is followed by one line end, a paragraph or table row by two; wide gaps within a line
    become three blanks, as columns have in text files.
    """
    pieces: list[str] = []
    words: list[Word] = []
    offset = start
    for line, separator in zip(lines, separators(lines), strict=True):
        for place, word in enumerate(line):
            gap = gap_before(line, place)
            begin = offset + len(gap)
            pieces += (gap, word.text)
            offset = begin + len(word.text)
            at = back(word)
            words.append(Word(begin, offset, at.left, at.top, at.right, at.bottom, word.confidence))
        pieces.append(separator)
        offset += len(separator)
    return "".join(pieces), tuple(words)


def gap_before(line: Line, place: int) -> str:
    """What stands between a word and the one before it."""
    if not place:
        return ""
    before, word = line[place - 1], line[place]
    wide = word.left - before.right > max(height(line), 6.0) * 1.1
    return COLUMN if wide else " "


def separators(lines: Sequence[Line]) -> list[str]:
    """The line ends after each line: two where a paragraph or a table row is over."""
    if not lines:
        return []
    pitch = usual_pitch(lines)
    margin = max(line[-1].right for line in lines)
    hard = [is_over(one, other, pitch, margin) for one, other in pairwise(lines)]
    for first, last in rows(lines):
        hard[first:last] = [False] * (last - first)
    return ["\n\n" if over else "\n" for over in hard] + ["\n"]


def usual_pitch(lines: Sequence[Line]) -> float:
    """The usual distance from line to line."""
    steps = [step for one, other in pairwise(lines) if (step := middle(other) - middle(one)) > 2]
    return min(median(steps), 3 * median(height(line) for line in lines)) if steps else 12.0


def is_over(one: Line, other: Line, pitch: float, margin: float) -> bool:
    """Whether a paragraph ends between two lines: by the space between them, or as the next word would have fitted."""
    step = middle(other) - middle(one)
    first = other[0]
    fitting = one[-1].right + (first.right - first.left) + height(one) < margin
    headed = one[-1].text.endswith((".", ":")) and "".join(word.text for word in other).isupper()
    apart = step > 1.3 * pitch or step < -2 * pitch
    return apart or (fitting and not goes_on(one, other)) or headed or (has_columns(one) and has_columns(other))


def goes_on(one: Line, other: Line) -> bool:
    """Whether the words themselves say that a sentence is carried over to the next line."""
    last, first = one[-1].text, other[0].text
    return (first[0].islower() and not last.endswith((".", ":", ";", "?", "!"))) or last.lower() in CARRIED


def has_columns(line: Line) -> bool:
    """Whether a line is spread over columns."""
    return any(gap_before(line, place) == COLUMN for place in range(1, len(line)))


def rows(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """First and last line of each table row: later lines that go up again stand beside the earlier ones."""
    found: list[tuple[int, int]] = []
    first = 0
    while first < len(lines):
        last = first
        for index in range(first + 1, min(first + LONGEST_ROW, len(lines))):
            if middle(lines[index]) < middle(lines[first]) + height(lines[first]) * 0.6:
                last = index
        if last > first and goes_up(lines, first, last):
            last = row_end(lines, first, last)
            found.append((first, last))
        first = last + 1
    return found


def goes_up(lines: Sequence[Line], first: int, last: int) -> bool:
    """Whether the lines between are parts of cells, no higher than the row's first line."""
    return all(middle(line) > middle(lines[first]) - 3 * height(lines[first]) for line in lines[first + 1 : last + 1])


def row_end(lines: Sequence[Line], first: int, last: int) -> int:
    """The last line that still stands beside the lowest line of the row so far."""
    lowest = max(middle(line) for line in lines[first : last + 1])
    end = last
    while end + 1 < len(lines) and middle(lines[end]) < middle(lines[end + 1]) <= lowest + 1:
        end += 1
    return end


def middle(line: Line) -> float:
    """The height at which a line stands."""
    return sum(word.top + word.bottom for word in line) / (2 * len(line))


def height(line: Line) -> float:
    """How tall the letters of a line are."""
    return max(word.bottom - word.top for word in line)
