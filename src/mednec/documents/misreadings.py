"""A recognized word in, the same word out, its misreadings mended that can be nothing else; nothing is guessed."""

from __future__ import annotations

import re

MISREAD = (
    (re.compile(r"[@©](?=\d?/\d)"), "0"),
    (re.compile(r"(?<=[A-Za-z])€|€(?=[a-z])"), "E"),
    (re.compile(r"\{([+-])\)"), r"(\1)"),
    (re.compile(r"^([^{}]*[a-z])\}(?=[.,;:]?$)"), r"\1l"),
    # levels of the spine: within a pair of levels these characters can only be digits and letters of levels
    (re.compile(r"\bLS(?=[-/](?:S[1l!I]|\$1)(?!\w))"), "L5"),
    (re.compile(r"\b(L4[-/])LS\b"), r"\1L5"),
    (re.compile(r"\b(L4-L?5)S\b"), r"\1"),
    (re.compile(r"\bLA(?=[-/]L?[5S]\b)"), "L4"),
    (re.compile(r"\bL[.{|](?=[1-5]\b)"), "L"),
    (re.compile(r"\b([LC]4)-S(?![\w$!])"), r"\1-5"),
    (re.compile(r"\b(L[45S][-/])(?:\$1|S[!l]|\$!|SI(?=\W*$))"), r"\1S1"),
    (re.compile(r"\bS!(?=\W|$)"), "S1"),
    (re.compile(r"\bL[lI{](?=-L?2\b)"), "L1"),
)


def corrected(text: str) -> str:
    """A word without the misreadings that are none but misreadings."""
    for pattern, meant in MISREAD:
        text = pattern.sub(meant, text)
    return text
