"""A procedure told with several dates in, one finding for each further date out: 'MBB 1/14/25, 3/11/25 and 8/5/25'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import dropwhile, pairwise

from mednec.findings import dates
from mednec.findings.dates import Period
from mednec.findings.parse import Parsed
from mednec.model import Finding
from mednec.vocabulary import lexicon

BETWEEN = re.compile(
    r"\s*(?:\([^()\n]{0,60}\)\s*|(?:right|left|bilateral|R|L)\b\s*)?(?:[,;&/]|\b(?:and|again|on|in|then)\b|\s)+", re.I
)
KEPT = ("status", "levels", "side", "region", "agent")  # what holds for every session; results are each session's own
TO_THE_MONTH = len("2025-01")
NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = rf"(?:{'|'.join(NAMES)})[a-z]*\.?"
MONTHS = re.compile(rf"[\s(:]*(?:in\s+|on\s+)?(?P<months>(?:{MONTH}\s*(?:,\s*(?:and\s+)?|/|&\s*|and\s+)\s*)+)$", re.I)


def further_dates(parsed: Parsed, finding: Finding) -> Iterator[Finding]:
    """The same procedure on the other days of a list of dates, each as a finding of its own."""
    day = finding.get("started")
    if day is None or day != finding.get("ended") or len(day) < TO_THE_MONTH or not _is_procedure(finding.concept):
        return
    kept = {name: value for name, value in finding.attributes.items() if name in KEPT}
    for start, end, month in _months_before(parsed, finding, day):
        kept |= {"started": month, "ended": month}
        quote = (min(finding.quote_start, start), max(finding.quote_end, end))
        yield parsed.document.finding("therapy", finding.concept, finding.start, finding.end, quote=quote, **kept)
    for period in _listed_after(parsed, finding, day):
        quote = (finding.quote_start, max(finding.quote_end, period.end))
        kept |= {"started": period.first, "ended": period.first}
        yield parsed.document.finding("therapy", finding.concept, finding.start, finding.end, quote=quote, **kept)


def one_of_several(finding: Finding) -> Finding:
    """The finding of the first day of a list, without the number of all of its days."""
    return replace(finding, attributes={name: said for name, said in finding.attributes.items() if name != "sessions"})


def _listed_after(parsed: Parsed, finding: Finding, day: str) -> Iterator[Period]:
    """The exact dates that follow that of the finding with nothing but commas, 'and' and brackets between them."""
    found = dates.periods(parsed.text, finding.end, parsed.sentence_at(finding.start).end)
    listed = dropwhile(lambda period: not (period.first == period.last == day), found)
    for before, after in pairwise(listed):
        joined = BETWEEN.fullmatch(parsed.text, before.end, after.start)
        if not joined or after.first != after.last or len(after.first or "") < TO_THE_MONTH:
            return
        yield after


def _months_before(parsed: Parsed, finding: Finding, day: str) -> Iterator[tuple[int, int, str]]:
    """The months that are listed before the one that has the year: 'in June, September and December 2025'."""
    for period in dates.periods(parsed.text, finding.end, parsed.sentence_at(finding.start).end):
        listed = MONTHS.match(parsed.text, finding.end, period.start) if period.first == day else None
        if listed and len(day) == TO_THE_MONTH:
            for name in re.finditer(MONTH, listed["months"], re.I):
                yield finding.end, period.end, f"{day[:4]}-{NAMES.index(name.group()[:3].lower()) + 1:02}"
        return


def _is_procedure(concept: str) -> bool:
    return concept in lexicon("therapy").group("injection")
