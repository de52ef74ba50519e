"""A text in, the places out where the banner of another patient begins: a page of somebody else was scanned along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from mednec.documents import moments, people
from mednec.documents.fields import Line, fields, is_stamp, lines_of
from mednec.expressions.patterns import compiled

BORN = compiled(r"\b(?:d\.?o\.?b\b|(?:date of )?birth|born)", re.I)
BANNER = compiled(  # a line that opens with a patient's name, perhaps behind the count of pages
    r"(?:[^\n]{0,20}?\b(?:page|pg|p)\b\.?[ \t]*\d{1,3}[^\n]{0,12}?[ \t|]{2,})?[ \t*=|-]*"
    r"(?:(?i:(?:patient|pt|client|resident|beneficiary)(?:[ \t]name)?|name)[ \t]*[:#]|[A-Z][A-Za-z'-]+,[ \t][A-Z])"
)
LONGEST = 160  # characters of a banner


def of_others(text: str) -> Iterator[int]:
    """Where a line names a patient and a birth date that both differ from those of the banner before it."""
    if sum(1 for _ in BORN.finditer(text)) < 2:
        return
    known: tuple[set[str], date] | None = None
    before: Line | None = None
    place = 0
    for row in text.splitlines(keepends=True):
        if BORN.search(row) and len(row) < LONGEST and BANNER.match(row) and (who := _named(row)):
            if known and known[1] != who[1] and known[0].isdisjoint(who[0]):
                yield before.start if before and _is_stamp(before) else place
            known = who
        before = Line(row.rstrip(), place, 0)
        place += len(row)


def _named(row: str) -> tuple[set[str], date] | None:
    """The parts of the name and the birth date in a line; None where either is lacking."""
    lines = lines_of(row)
    who = people.patient_of(lines, fields(lines))
    return (set(who.name.lower().split()), who.birth_date) if who.name and who.birth_date else None


def _is_stamp(line: Line) -> bool:
    return bool(is_stamp(line.text) or moments.FAXED.search(line.text) or re.search(r"\bpage\b.*\d", line.text, re.I))
