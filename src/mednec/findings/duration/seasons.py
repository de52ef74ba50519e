"""'Last autumn', 'since Christmas' and the day on which it was written in, when it began at the latest out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from mednec.findings.needs import needing

SEASONS = {"spring": 5, "summer": 8, "autumn": 11, "fall": 11, "winter": 2}  # the last month of each
FEASTS = {
    "valentine": 2,
    "easter": 4,
    "memorial day": 5,
    "fourth of july": 7,
    "independence day": 7,
    "labor day": 9,
    "halloween": 10,
    "thanksgiving": 11,
    "christmas": 12,
    "xmas": 12,
    "holidays": 12,
    "new year": 1,
}
TOLD = needing(
    r"\b(?:(?:last|this past)\s(?P<season>spring|summer|autumn|fall|winter)"
    r"|(?<=\bsince )(?:the\s)?(?P<bare>spring|summer|autumn|winter)(?!\sof\b|,?\s\d)"
    r"|(?:(?<=\bsince )|(?<=\bafter )|(?<=\baround )|(?<=\bbefore )|(?<=\bat ))"
    r"(?:last\s|this past\s|about\s|around\s|the\s(?:winter\s|christmas\s)?)?"
    rf"(?P<feast>{'|'.join(FEASTS)})(?:['\u2019]?s)?(?:\sday|\seve)?(?!,?\s(?:of\s)?\d)"
    r"|(?<=\bsince )(?P<last>last year))\b",
    re.I,
)


def began(text: str, start: int, end: int, written: date | None) -> Iterator[tuple[int, int, str]]:
    """Each such time of a stretch: where it stands, and its month (or year) at the latest before a day."""
    if written is None:
        return
    for match in TOLD.finditer(text, start, end):
        if match["last"]:
            yield *match.span(), str(written.year - 1)
            continue
        season = match["season"] or match["bare"]
        month = SEASONS[season.lower()] if season else FEASTS[match["feast"].lower()]
        yield *match.span(), f"{written.year if month < written.month else written.year - 1}-{month:02}"
