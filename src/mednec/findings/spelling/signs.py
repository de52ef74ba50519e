"""A text in, the changes out that write its signs out as words: '\u00d8 \u0394' is 'no change'."""

from __future__ import annotations

from collections.abc import Iterator

from mednec.expressions.patterns import compiled
from mednec.findings.spelling.damage import Change

LATIN = {"c": "with", "s": "without", "p": "after", "a": "before"}
SIGNS = compiled(
    r"(?<![^\W_])(?P<latin>[csp])\u0304(?![^\W_])|(?<![^\W_])(?P<before>a\u0304|\u0101)(?![^\W_])"
    r"|(?<![\w.\d])(?P<none>[\u00d8\u00f8\u2205])(?P<ahead>[ \t]?(?=[A-Za-z\u0394]))?(?!\w*[\u00d8\u00f8])"
    r"|(?P<change>\u0394)(?=[\s.,;)]|$)"
)
ANY = ("\u0304", "\u0101", "\u00d8", "\u00f8", "\u2205", "\u0394")


def signs(text: str) -> Iterator[Change]:
    """The signs of old shorthand that stand alone."""
    if text.isascii() or not any(sign in text for sign in ANY):
        return
    for match in SIGNS.finditer(text):
        if match["latin"]:
            yield Change(match.start(), match.end(), LATIN[match["latin"]])
        elif match["before"]:
            yield Change(match.start(), match.end(), LATIN["a"])
        elif match["none"]:
            yield Change(match.start(), match.end(), "none" if match["ahead"] is None else "no ")
        else:
            yield Change(match.start(), match.end(), "change")
