"""What a document tells of lost activities in, the impact of a pain that they sum up to out.

Several kinds of activity that are lost, or work that is, affect a life severely, though no word says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mednec.findings.diagnosis import place
from mednec.findings.parse import Parsed
from mednec.findings.regions import side_in
from mednec.findings.statement.phrases import pattern_of
from mednec.model import Finding
from mednec.vocabulary import lexicon

CONCEPT = "severe_impact"
SEVERAL = 2  # kinds of activity of which the loss is severe
ALONE = ("work",)  # the loss of which is severe by itself
AROUND = 60  # characters beside an activity in which its loss is told


def summed(parsed: Parsed, found: Sequence[Finding]) -> Iterator[Finding]:
    """One statement where the activities that are told to be lost make the impact of the pain a severe one."""
    limits = [f for f in found if f.kind == "functional_limitation" and f.get("limited") is True]
    if not limits or any(f.concept == CONCEPT and f.get("status") == "affirmed" for f in found):
        return
    lost = [limit for limit in limits if _is_lost(parsed, limit)]
    alone = [limit for limit in lost if _counts_alone(limit)]
    if len({limit.concept for limit in lost}) < SEVERAL and not alone:
        return
    told = (alone or lost)[0]
    bounds = (told.quote_start, told.start, told.end, told.quote_end)
    yield parsed.document.finding(
        "statement",
        CONCEPT,
        told.start,
        told.end,
        quote=(told.quote_start, told.quote_end),
        status="affirmed",
        region=place.region_of(parsed, bounds) or place.region_of_document(parsed, False),
        side=side_in(parsed.text, told.quote_start, told.quote_end),
    )


def _counts_alone(limit: Finding) -> bool:
    """Whether work, or leaving the house, is lost for the pain."""
    work = limit.concept in ALONE and not _matches(limit.mention, "partly")
    return (work or _matches(limit.mention, "alone")) and _matches(limit.quote, "of_pain")


def _is_lost(parsed: Parsed, limit: Finding) -> bool:
    """Whether an activity is given up, impossible or hardly possible, and not only a little harder."""
    first, last = max(limit.quote_start, limit.start - AROUND), min(limit.quote_end, limit.end + AROUND)
    words = parsed.text[first:last]
    elsewhere = place.elsewhere(parsed, limit.quote_start, limit.quote_end)
    return not elsewhere and _matches(words, "lost") and not _matches(words, "slight")


def _matches(words: str, name: str) -> bool:
    """Whether words hold what the lexicon lists under a name for this impact."""
    pattern = pattern_of(lexicon("statement").concepts[CONCEPT].extra[name])
    return pattern is not None and pattern.search(words) is not None
