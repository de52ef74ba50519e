"""A therapist's records in, the days out on which they show that the patient was there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from mednec.evidence.claims import THERAPY_RECORDS, Claim
from mednec.evidence.reading import Reading
from mednec.evidence.scores import Score
from mednec.model import Document, Finding

THERAPY = "physical_therapy"
ROW = re.compile(r"[ \t]*(?:\d{1,3}[.)]?[ \t]+)?\d{1,2}/\d{1,2}(?:/\d{2,4})?[ \t]")  # a line that begins with its day


def contacts(claims: Sequence[Claim], scores: Sequence[Score], reading: Reading) -> Mapping[date, Finding]:
    """The days of visits that no exercise is told of: a score was taken, or the record is of that one visit."""
    if claims[0].finding.concept != THERAPY:
        return {}
    told = [(one.told, one.document, one.finding) for one in claims]
    told += [(one.told, one.document, one.finding) for one in scores]
    days: dict[date, Finding] = {}
    for day, document, finding in sorted(told, key=lambda t: (str(t[0]), t[1].id, t[2].start, t[2].end, t[2].concept)):
        if document.type in THERAPY_RECORDS and day and _shows_a_visit(finding, document, day, reading):
            days.setdefault(day, finding)
    return days


def _shows_a_visit(finding: Finding, document: Document, day: date, reading: Reading) -> bool:
    if reading.is_of_one_day(document):
        return day == document.dated
    return finding.kind != "therapy" and _is_entry(finding, document, day)


def _is_entry(finding: Finding, document: Document, day: date) -> bool:
    """Whether a score stands in an entry with a day of its own, be it that of the document."""
    line = document.text.rfind("\n", 0, finding.start) + 1
    return day != document.dated or bool(ROW.match(document.text, line, finding.start))
