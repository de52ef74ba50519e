"""The words behind a treatment in, how it worked out, by a remark in brackets: 'gabapentin 900 (16 mo, partial)'."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled

BRACKET = compiled(r"[^(),.;:\n]{0,30}?\((?P<said>[^()\n]{1,60})\)")
MARKED = {"-": "none", "\u2013": "none", "+": "good", "++": "good", "+++": "good"}  # as templates mark what was tried
SPLIT = compiled(r"\s*[,;]\s*")
SAID = compiled(
    r"(?:(?P<none>no (?:relief|help|benefit|effect|change|good)|nil|useless|ineffective|failed)"
    r"|(?P<partial>partial(?:ly)?(?: relief| help| benefit)?|some(?: relief| help| benefit)?|modest|mild|slight"
    r"|a little|minimal|little(?: help| relief)?|temporary|short[- ]lived|days only|a few days)"
    r"|(?P<good>great|excellent|very helpful|good relief))",
    re.I,
)


def bracketed(text: str, start: int, last: int) -> str | None:
    """`none`, `partial` or `good` by one of the remarks in the brackets, where a treatment ends at `start`."""
    bracket = BRACKET.match(text, start, last)
    if bracket is None:
        return None
    if bracket["said"].strip() in MARKED:
        return MARKED[bracket["said"].strip()]
    told = (SAID.fullmatch(part.strip()) for part in SPLIT.split(bracket["said"]))
    return next((one.lastgroup for one in told if one), None)
