"""A questionnaire that an instrument heads in, the words out that give its total: 'Oswestry ... Total score: 44 %'."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings.terms import Hit

TOTAL = compiled(
    r"(?:^|(?<=\n)|(?<=[.;|]\s)|(?<=\s{2}))[ \t]*"
    r"(?P<label>(?:(?:total|final|overall|raw|sum|disability|percent(?:age)?)\s+)?"
    r"(?:score|total|sum|result|disability|index)(?:\s+(?:score|points))?(?:\s*\(\s*%\s*\))?"
    r"|(?:items|statements|boxes|sentences)\s+(?:checked|endorsed|ticked|marked|agreed(?:\s+with)?|chosen|circled))"
    r"[ \t]*[:=]?[ \t]+(?=\d)",
    re.I,
)
HEADS = compiled(r"[\s*#_=\-|]*(?:(?:modified|revised|the|form|questionnaire)\s*[:\-]?\s*)*", re.I)
ANOTHER = compiled(r"\n[ \t]*(?:[A-Z]{2,}[A-Z\d]*-\d+|PHQ|GAD|PCS|SOAPP|COMM|ORT|PHYSICAL THERAPY)\b")  # the next form
LONGEST = 1500  # characters that a questionnaire takes up to its total
SHOWN = 300  # characters up to which the quote holds the title and the total


def heads_form(text: str, hit: Hit) -> bool:
    """Whether an instrument is named at the beginning of a line, as the title of its form is."""
    line = text.rfind("\n", 0, hit.start) + 1
    return HEADS.fullmatch(text, line, hit.start) is not None


def total(text: str, hit: Hit, limit: int) -> re.Match[str] | None:
    """The label of the total of the form that an instrument heads, up to `limit`, where the next instrument stands."""
    if not heads_form(text, hit):
        return None
    last = min(limit, hit.end + LONGEST)
    another = ANOTHER.search(text, hit.end, last)
    return TOTAL.search(text, hit.end, another.start() if another else last)


def quoted(hit: Hit, label: re.Match[str], end: int) -> tuple[int, int]:
    """What is quoted of a form: title and total where they stand near each other, else the total."""
    return (hit.start if end - hit.start <= SHOWN else label.start("label"), end)
