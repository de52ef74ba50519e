"""The sentence that holds a mention, cut to a readable window where it never ends (tables, unpunctuated scans)."""

from __future__ import annotations

from mednec.findings.parse import Parsed

BEFORE, BEHIND = 1500, 700  # characters of an endless sentence that are kept on either side of a mention


def window(parsed: Parsed, start: int, end: int) -> tuple[int, int]:
    """The bounds of the sentence around a mention, cut at blanks where it is longer than a reader would read."""
    sentence = parsed.sentence_at(start)
    first, last = min(sentence.start, start), max(sentence.end, end)
    if start - first > BEFORE:
        first = _blank(parsed.text, start - BEFORE, start)
    if last - end > BEHIND:
        last = max(end, parsed.text.rfind(" ", end, end + BEHIND))
    return first, last


def _blank(text: str, first: int, start: int) -> int:
    """The first place after a blank at or behind `first`, or the mention itself."""
    blank = text.find(" ", first, start)
    return blank + 1 if blank >= 0 else start
