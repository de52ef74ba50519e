"""A finding in, whether the text takes back the words that state it: struck out, in error, corrected, not ticked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mednec.expressions.patterns import compiled
from mednec.findings.assertion import copied_remark
from mednec.findings.assertion.answers import answer
from mednec.findings.assertion.boxes import box
from mednec.findings.assertion.copied import stretch
from mednec.findings.assertion.unseen import is_unseen
from mednec.findings.parse import Parsed
from mednec.findings.terms import Hit
from mednec.model import Finding

STRUCK = compiled(r"~~[^~\n]{1,300}~~")
CLAUSE = compiled(r"[;:,.]\s")
OWN = 3  # words that a sentence has before its mark of error where it takes back itself, not the one before it
BLANK = compiled(  # a field in which nothing is filled in: lines, or dots that lead nowhere
    r"[^\n:;.,_]{0,40}(?:[:\s]*_{2,}(?=\s*(?:$|[;,.|)\]]|\n|\s{2,}|[A-Za-z][A-Za-z /]{2,30}:))"
    r"|[ \t:]*(?:\.{4,}|\u2026{2,})[ \t]*(?:\n|\Z))"
)
TICKED = ("diagnosis", "technique", "exam", "statement", "functional_limitation", "evaluation", "hint")


def spans(parsed: Parsed) -> list[tuple[int, int]]:
    """The stretches of a text that it takes back."""
    struck = [match.span() for match in STRUCK.finditer(parsed.text)] if "~~" in parsed.text else []
    return struck + list(_retracted(parsed))


def is_taken_back(
    parsed: Parsed, finding: Finding, gone: list[tuple[int, int]], old: Sequence[tuple[int, int]] = ()
) -> bool:
    """Whether a finding stands in one of these stretches (a measured one: an `old` one), or is an empty box's."""
    if any(start <= finding.start < end for start, end in gone):
        return True
    if is_unseen(parsed, finding):
        return True
    if finding.kind in TICKED and BLANK.match(parsed.text, finding.end):
        return True
    if finding.kind in copied_remark.MEASURED and any(start <= finding.start < end for start, end in old):
        return True
    if finding.kind not in TICKED or box(parsed.text, finding.start, finding.end) != "empty":
        return False
    return finding.kind != "diagnosis" or answer(parsed.text, finding.start, finding.end) != "no"


def _retracted(parsed: Parsed) -> Iterator[tuple[int, int]]:
    for cue in parsed.of("corrections"):
        if cue.concept == "retracted":
            yield _sentence_before(parsed, cue)
        elif cue.concept == "corrected":
            yield _clause_before(parsed, cue)
        elif cue.concept != "kept" and (old := stretch(parsed, cue)):
            yield old


def _sentence_before(parsed: Parsed, cue: Hit) -> tuple[int, int]:
    """What stands before the mark in its sentence; where that is next to nothing, the sentence before."""
    index = parsed.sentence_index(cue.start)
    own = parsed.sentences[index]
    alone = len(parsed.text[own.start : cue.start].split()) < OWN
    first = parsed.sentences[index - 1] if alone and index else own
    return first.start, cue.start


def _clause_before(parsed: Parsed, cue: Hit) -> tuple[int, int]:
    """The clause that a correction puts right: 'for 4 months - correction: 4 weeks'."""
    start, end = _sentence_before(parsed, cue)
    breaks = [match.end() for match in CLAUSE.finditer(parsed.text, start, max(start, end - 6))]
    same = start == parsed.sentence_at(cue.start).start
    return (breaks[-1] if breaks and same else start), end
