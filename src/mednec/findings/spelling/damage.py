"""A text in, the changes out that mend what paper and scanner did: torn words, letters read for figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from mednec.expressions.patterns import compiled
from mednec.findings.spelling.words import Speller

LINE_END = compiled(r"\b([A-Za-z]{2,})-[ \t]*\r?\n[ \t]*([a-z]{2,})\b")
SPACED = compiled(r"(?<!\S)[A-Za-z](?: {1,3}[A-Za-z]){3,}(?!\S)")
LETTERS_APART = compiled(r" [A-Za-z] {1,3}[A-Za-z] ")  # a cheap sign of the next: its second letter and its third
SPACED_OUT = compiled(r"(?<!\S)[A-Za-z] {1,3}[A-Za-z] {1,3}[A-Za-z] ")
GAP = compiled(r" {2,}")
AHEAD = compiled(r"(?<![\w'-])([A-Za-z]+) {1,2}$")
BEHIND = compiled(r" {1,2}([a-z]+)(?![\w'-])")
NUMBERED = compiled(r"-\d")
JOINED = compiled(r"[\w-]")
SMALL = frozenset(("no", "of", "in", "on", "to", "pt", "mg", "is", "at"))
BRIEF = frozenset(("low", "pain", "back", "left", "knee", "neck", "week", "weeks", "days", "visit"))
TORN = 5  # letters of the shortest word that is put together again

AS_FIGURES = str.maketrans("OolI", "0011")
D = "[0-9OolI]"
UNIT = (
    r"(?i:weeks?|wks?|m[o0]nths?|mos?|days?|h[o0]urs?|hrs?|years?|yrs?|visits?|sessions?|treatments?|minutes?|mins?|"
    r"mg|mcg|m[lL]|cc|%|percent)"
)
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
FIGURES = compiled(
    rf"(?<![\w/.-])(?:{D}{{1,2}}([/-]){D}{{1,2}}\1{D}{{2,4}}(?![\w/])|{D}{{1,2}}/[1lI][0Oo](?!\w)|0\s?-\s?[1lI][0Oo](?!\w)|"
    rf"[lI]\d\d/\d{{2,3}}(?!\w)|{D}{{1,2}}(?=\s{MONTH},?\s+{D}{{4}}\b)|(?!I\s|[Ool]\s){D}{{1,3}}(?=[\s-]?{UNIT}(?!\w)))"
    rf"|(?<=[a-z.]\s){D}{{4}}(?!\w)",
    re.M,
)
SACROILIAC = compiled(r"\bSl(?=[ -]+(?:joints?|region|injections?|blocks?|pain|belt|tenderness|dysfunction)\b)")
NO = compiled(r"(?<![\w])(?<!T\d )([nN])0(?=\s+[A-Za-z]{4})")
ENOUGH = 0.33  # of the signs of a figure that must be figures


class Change(NamedTuple):
    """A stretch of the text and what it is read as."""

    start: int
    end: int
    meant: str


def line_ends(text: str, speller: Speller) -> Iterator[Change]:
    """Words that a hyphen parts at the end of a line."""
    if "-\n" not in text and "-\r" not in text and "- \n" not in text:
        return
    for match in LINE_END.finditer(text):
        whole = match[1] + match[2]
        if len(whole) >= TORN and whole.lower() in speller.meant:
            yield Change(match.start(), match.end(), whole)


def spaced_out(text: str, speller: Speller) -> Iterator[Change]:
    """Words with a blank between all of their letters."""
    if not LETTERS_APART.search(text) or not SPACED_OUT.search(text):
        return
    for match in SPACED.finditer(text):
        words = [piece.replace(" ", "") for piece in GAP.split(match.group())]
        if any(len(word) >= TORN for word in words) and all(
            word.lower() in SMALL or word.lower() in speller.meant for word in words
        ):
            yield Change(match.start(), match.end(), " ".join(words))


def torn(text: str, piece: str, start: int, speller: Speller) -> Iterator[Change]:
    """The word with a blank within it of which `piece`, no word of its own, is a part where it stands."""
    end = start + len(piece)
    dosed = NUMBERED.match(text, end)  # 'Ken alog-40'
    if JOINED.search(text[max(0, start - 1) : start] + ("" if dosed else text[end : end + 1])):
        return
    before = AHEAD.search(text[max(0, start - 16) : start])
    after = BEHIND.match(text[end : end + 16])
    if before and is_whole(whole := before[1] + piece, speller):
        yield Change(start - len(before.group()), end, whole)
    elif after and is_whole(whole := piece + after[1], speller):
        yield Change(start, end + after.end(), whole)


def is_whole(word: str, speller: Speller) -> bool:
    """Whether two pieces make a word that charts use."""
    return (len(word) >= TORN or word.lower() in BRIEF) and word.lower() in speller.meant


def figures(text: str) -> Iterator[Change]:
    """Figures in which letters were read: days, lengths, counts, doses, scores; and what was read as figures."""
    for match in FIGURES.finditer(text):
        seen = match.group()
        signs = [sign for sign in seen if sign.isalnum()]
        meant = seen.translate(AS_FIGURES)
        if meant != seen and (sum(map(str.isdigit, signs)) >= ENOUGH * len(signs) or seen in ("lO", "IO")):
            yield Change(match.start(), match.end(), meant)
    for match in SACROILIAC.finditer(text):
        yield Change(match.start(), match.end(), "SI")
    for match in NO.finditer(text):
        yield Change(match.start(), match.end(), match[1] + ("o" if match[1] == "n" else "O"))
