"""A text and its term hits in, its sections out: what stands under which heading."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mednec.findings.terms import Hit

HEADING = re.compile(
    r"^[ \t*#_=]*(?:(?P<mark>[-\u2022]|\(?(?:\d{1,2}|[A-Z])[.)])[ \t]*)?(?P<words>[A-Z][^\n:]{0,58}?)[ \t]*[*_]*(?P<close>:|[ \t][-\u2013][ \t]|[ \t=*#_]*$|\t|[ \t]{2,}(?=\S))",
    re.M,
)
LETTER = re.compile(r"^[ \t]*(?P<letter>[SOAP])[ \t]*(?::|\)|-[ \t]|[ \t]{2,})", re.M)
SOAP = {"S": "history", "O": "exam", "A": "assessment", "P": "plan"}
INLINE_BEFORE = re.compile(r"(?:[.;|\]*_)]\s*|\s{2,}|^|\n[ \t]*)$")
SHORT = re.compile(r"[A-Z][A-Z&/ ]{1,9}")


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of text under one heading; `name` is a concept of the lexicon `sections`, or 'other'.

    The heading itself stands at `start:body`.
    """

    name: str
    start: int
    body: int
    end: int


def sections(text: str, hits: Iterable[Hit]) -> list[Section]:
    """The sections in order; together they cover the text, the first one holds what precedes any heading."""
    every = list(hits)
    known = [hit for hit in every if hit.lexicon == "sections"]
    taken = {hit.start for hit in every if hit.lexicon not in ("sections", "cues", "regions", "score_cues")}
    marks = dict(sorted([*_lone(text, known, taken), *_letters(text), *_inline(text, known)]))
    starts = sorted({start: (body, name) for start, (body, name) in marks.items()}.items())
    bounds = [start for start, _ in starts] + [len(text)]
    found = [Section(name, start, min(body, stop), stop) for (start, (body, name)), stop in zip(starts, bounds[1:], strict=True)]
    return [Section("other", 0, 0, bounds[0]), *found]


Mark = tuple[int, tuple[int, str]]  # where a heading begins, and (where its body begins, the section's name)


def _lone(text: str, known: list[Hit], taken: set[int]) -> Iterator[Mark]:
    """Headings that begin a line: known ones however written, unknown ones in capitals."""
    known_starts = [hit.start for hit in known]
    capitals = _written_in_capitals(text)
    for match in HEADING.finditer(text):
        start, end = match.span("words")
        inside = [hit for hit in known[bisect_left(known_starts, start) : bisect_left(known_starts, end)] if hit.end <= end]
        name = _named(text, start, end, inside, match["close"])
        if name:
            yield start, (match.end(), name)
        elif not match["mark"] and start not in taken and _shouted(match, capitals):
            yield start, (match.end(), "other")


def _named(text: str, start: int, end: int, inside: list[Hit], close: str) -> str | None:
    """The section that a heading opens: its last known words decide, if they begin or end it."""
    covering = [hit for hit in inside if hit.start == start and hit.end == end]
    if covering:
        bare = close != ":" and not text[start:end].isupper()
        if bare and close.strip(" \t*=#_") == "" and "\n" not in close and text[end : end + 1] not in ("", "\n", " ", "\t", "\r"):
            return None
        return covering[0].concept
    words = text[start:end]
    if close != ":" and not words.isupper() or len(words.split()) > 7:
        return None
    ending = [hit for hit in inside if hit.end == end]
    opening = [hit for hit in inside if hit.start == start]
    edge = ending or [hit for hit in opening if text[hit.end] in " (,/-&" and (words.isupper() or words.istitle() or hit.end - start >= 0.5 * (end - start))]
    return edge[0].concept if edge and (words.isupper() or len(words.split()) <= 5) else None


def _shouted(match: re.Match[str], capitals: bool) -> bool:
    words = match["words"]
    letters = sum(map(str.isalpha, words))
    if capitals or letters < 4 or not words.isupper() or letters < 0.6 * len(words):
        return False
    return match["close"] == ":" or len(words.split()) <= 6 and match["close"].strip() == "" and "\t" not in match["close"]


def _written_in_capitals(text: str) -> bool:
    """Whether the whole text is in capitals, so that they mark no headings."""
    sample = text[:4000]
    return sum(map(str.isupper, sample)) > 2 * sum(map(str.islower, sample))


def _letters(text: str) -> Iterator[Mark]:
    """S, O, A and P of a SOAP note, where at least two of them open a line."""
    found = list(LETTER.finditer(text))
    if len({match["letter"] for match in found}) > 1:
        yield from ((match.start("letter"), (match.end(), SOAP[match["letter"]])) for match in found)


def _inline(text: str, known: list[Hit]) -> Iterator[Mark]:
    """Known headings within a line: 'PSH cholecystectomy.   Allergies: NKDA.   Meds: none'."""
    for hit in known:
        if not text[hit.start].isupper() or not INLINE_BEFORE.search(text, max(0, hit.start - 4), hit.start):
            continue
        words = text[hit.start : hit.end]
        if text[hit.end : hit.end + 1] == ":":
            yield hit.start, (hit.end + 1, hit.concept)
        elif SHORT.fullmatch(words) and len(words) < 5 and text[hit.end : hit.end + 1] == " " and hit.concept not in ("exam", "imaging", "plan", "treatment"):
            yield hit.start, (hit.end, hit.concept)
