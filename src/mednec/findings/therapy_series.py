"""A procedure told with several dates in, one finding for each further date out: 'MBB 1/14/25, 3/11/25 and 8/5/25'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import dropwhile, pairwise

from mednec.findings import dates
from mednec.findings.dates import Period
from mednec.findings.parse import Parsed
from mednec.model import Finding
from mednec.vocabulary import lexicon

BETWEEN = re.compile(r"\s*(?:\([^()\n]{0,60}\)\s*)?(?:[,;&/]|\band\b|\bagain\b|\bon\b|\s)+", re.I)
KEPT = ("status", "levels", "side", "region", "agent")  # what holds for every session; results are each session's own
FULL = len("2025-01-14")


def further_dates(parsed: Parsed, finding: Finding) -> Iterator[Finding]:
    """The same procedure on the other days of a list of dates, each as a finding of its own."""
    day = finding.get("started")
    if day is None or day != finding.get("ended") or len(day) < FULL or not _is_procedure(finding.concept):
        return
    kept = {name: value for name, value in finding.attributes.items() if name in KEPT}
    for period in _listed_after(parsed, finding, day):
        quote = (finding.quote_start, max(finding.quote_end, period.end))
        kept |= {"started": period.first, "ended": period.first}
        yield parsed.document.finding("therapy", finding.concept, finding.start, finding.end, quote=quote, **kept)


def _listed_after(parsed: Parsed, finding: Finding, day: str) -> Iterator[Period]:
    """The exact dates that follow that of the finding with nothing but commas, 'and' and brackets between them."""
    found = dates.periods(parsed.text, finding.end, parsed.sentence_at(finding.start).end)
    listed = dropwhile(lambda period: not (period.first == period.last == day), found)
    for before, after in pairwise(listed):
        joined = BETWEEN.fullmatch(parsed.text, before.end, after.start)
        if not joined or after.first != after.last or len(after.first or "") < FULL:
            return
        yield after


def _is_procedure(concept: str) -> bool:
    return concept in lexicon("therapy").group("injection")
