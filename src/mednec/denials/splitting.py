"""A payer's letter in, its reasons out: the items of a list, or the sentences that deny or require something."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mednec.comparisons import DenialReason
from mednec.denials.topics import topics_of
from mednec.model import Document

ITEM = re.compile(r"^[ \t]*(?:[-*\u2022\u00b7\u25aa]|\(?\d{1,2}[.)]|\(?[a-hA-H][.)])[ \t]+", re.MULTILINE)
PARAGRAPH = re.compile(r"\n[ \t]*\n")
SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-Z\d(\"'])|;\s+")
DENIES = re.compile(
    r"\b(?:not|no|none|without|lack\w*|insufficient|deni\w+|exceed\w*|fail\w*|missing|absent|unable|cannot|only|"
    r"less than|fewer than|too soon|exclu\w+|investigational|experimental|unproven)\b",
    re.IGNORECASE,
)
REQUIRES = re.compile(
    r"\b(?:requir\w+|must|needs? to|criteri\w+|at least|minimum|maximum|no more than|limit\w*|allow\w*)\b",
    re.IGNORECASE,
)
DEMANDS = re.compile(r"\b(?:must|requir\w+)\b", re.IGNORECASE)
AROUND = re.compile(
    r"\b(?:appeal\w*|right to|you may|call (?:us|the|our)|phone|fax|enclos\w+|sincerely|dear|grievance|reconsider\w*|"
    r"copy of|free of charge|language|contact|peer[- ]to[- ]peer|reference number|member id|claim number|reviewed by|"
    r"thank you|if you (?:have|disagree|do not|would))\b",
    re.IGNORECASE,
)  # what stands around the reasons in every such letter
DECIDES = re.compile(
    r"\b(?:we|plan|medical director|request|service|procedure|claim)\b[^.]{0,80}"
    r"\b(?:denied|den(?:y|ies)|not (?:been )?approved?|unable to approve|"
    r"cannot (?:be )?approved?|not (?:be )?authoriz\w+|adverse)\b",
    re.IGNORECASE,
)  # that it is denied, not why
BACK = re.compile(r"^(?:this|that|these|those|it|none of|they|such)\b", re.IGNORECASE)
SHORT = 4  # words below which a line is a heading


def reasons_of(letter: Sequence[Document]) -> tuple[DenialReason, ...]:
    """The reasons that a letter gives, in order."""
    return tuple(reason for document in letter for reason in _of_document(document))


def _of_document(document: Document) -> Iterator[DenialReason]:
    pieces = list(_pieces(document.text))
    items = [piece for piece in pieces if piece[2] and _gives_reason(document.text[piece[0] : piece[1]], listed=True)]
    others = [piece for piece in pieces if not piece[2]]
    chosen = [*items, *_joined(document.text, others)]
    for start, end, _ in sorted(chosen):
        yield DenialReason(document.id, start, end, document.text[start:end])


def _pieces(text: str) -> Iterator[tuple[int, int, bool]]:
    """The items of lists, and the sentences of what stands outside of them."""
    for start, end in _blocks(text, PARAGRAPH):
        marks = list(ITEM.finditer(text, start, end))
        head_end = marks[0].start() if marks else end
        for first, last in _blocks(text, SENTENCE, start, head_end):
            yield first, last, False
        ends = [*(mark.start() for mark in marks[1:]), end]
        for mark, until in zip(marks, ends[: len(marks)], strict=True):
            yield *_trimmed(text, mark.end(), until), True


def _blocks(text: str, divider: re.Pattern[str], start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """The places between the dividers, without blanks around them."""
    last = len(text) if end is None else end
    place = start
    for match in [*divider.finditer(text, start, last), None]:
        first, until = _trimmed(text, place, match.start() if match else last)
        if first < until:
            yield first, until
        place = match.end() if match else last


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _joined(text: str, sentences: Sequence[tuple[int, int, bool]]) -> list[tuple[int, int, bool]]:
    """The sentences that give reasons; those that go on about the same thing are one reason."""
    reasons: list[tuple[int, int, bool]] = []
    before: tuple[int, int, bool] | None = None
    for piece in sentences:
        words = text[piece[0] : piece[1]]
        goes_on = before is not None and bool(reasons) and reasons[-1][1] == before[1]
        if goes_on and not AROUND.search(words) and _continues(text[reasons[-1][0] : reasons[-1][1]], words):
            reasons[-1] = (reasons[-1][0], piece[1], False)
        elif _gives_reason(words, listed=False):
            reasons.append(piece)
        before = piece
    return reasons


def _continues(reason: str, words: str) -> bool:
    """Whether a sentence is about what the reason before it is about, or points back to it."""
    told, before = topics_of(words), topics_of(reason)
    return bool(BACK.match(words)) if not told else told == before


def _gives_reason(words: str, *, listed: bool) -> bool:
    if AROUND.search(words) or len(words.split()) < SHORT:
        return False
    if topics_of(words):
        return listed or bool(DENIES.search(words) or REQUIRES.search(words))
    if words.endswith(":"):
        return False  # it leads up to the list of reasons
    return bool(DENIES.search(words) or DEMANDS.search(words)) and not DECIDES.search(words)
