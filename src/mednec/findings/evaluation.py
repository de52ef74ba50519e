"""Psychological, bone density, multidisciplinary and substance use evaluations: a parsed document in, findings out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mednec.expressions.patterns import compiled
from mednec.findings.dates import periods
from mednec.findings.diagnosis import place
from mednec.findings.parse import Parsed
from mednec.findings.statement.phrases import Phrase, phrases
from mednec.model import Finding

SILENT_SECTIONS = {"family_history", "education"}
AHEAD = {"planned", "declined"}
OWN_RECORD = "psychological_evaluation"  # the type of the document, and the concept that it bears out
UNDONE = compiled(
    r"\b(?:no[- ]?show\w*|did not (?:attend|come|show|complete)|not (?:completed|done|performed)|cancel\w*"
    r"|reschedul\w*|terminated"
    r"|(?:refer\w*|request|order) (?:for|to) (?:a )?(?:psych|behavioral)|(?:to be|will be) (?:seen|scheduled))\b",
    re.I,
)  # in a record of an evaluation that did not take place, or was not finished
REACH = 60  # characters behind an evaluation that may hold its date


def find(parsed: Parsed) -> Iterator[Finding]:
    """Every evaluation that was made, planned, declined or left out."""
    report = place.is_report(parsed.document)
    if parsed.document.type == OWN_RECORD and not UNDONE.search(parsed.text):
        yield from _of_its_title(parsed)
    for phrase in phrases(parsed, "evaluation", report=report):
        if parsed.section_at(phrase.start).name not in SILENT_SECTIONS:
            day, written = _date(parsed, phrase), parsed.dated_at(phrase.start)
            ahead = phrase.says == "past" and day and written and day > written.isoformat()[: len(day)]
            yield parsed.document.finding(
                "evaluation", phrase.concept, phrase.start, phrase.end, quote=phrase.quote,
                status="planned" if ahead else phrase.says, date=None if ahead else day, **phrase.extra,
            )  # fmt: skip


def _of_its_title(parsed: Parsed) -> Iterator[Finding]:
    """The record of a psychological evaluation tells by its title that it was made."""
    title = next((hit for hit in parsed.of("evaluation") if hit.concept == OWN_RECORD), None)
    if title is not None:
        line = parsed.text.find("\n", title.end)
        quote = (title.start, line if line > 0 else title.end)
        yield parsed.document.finding("evaluation", OWN_RECORD, title.start, title.end, quote=quote, status="past")


def _date(parsed: Parsed, phrase: Phrase) -> str | None:
    """The day of an evaluation that the words around it give; the document's own date stays with the document."""
    if phrase.says in AHEAD:
        return None
    near = periods(parsed.text, max(phrase.quote[0], phrase.start - 20), min(phrase.quote[1], phrase.end + REACH))
    return near[0].first if near else None
