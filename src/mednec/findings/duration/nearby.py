"""Places of a document in, out whether they speak of pain or of what a length of time may belong to instead."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.findings.terms import Hit

TOLD_OF = ("symptom_duration", "duration_cues", "therapy")  # what a length of time may belong to, and what leads to it
PREPOSITIONS = (" with", " from", " by")  # behind which the part of the body is told
PART_BEFORE = 45  # characters before a complaint in which the part of the body that it is of stands
ANY_SYMPTOM = frozenset({"symptoms", "symptom", "sx", "s/s", "symptomatic"})
ANATOMY = frozenset(
    {
        "si joint",
        "si joints",
        "sij",
        "sacroiliac",
        "sacroiliac joint",
        "sacroiliac joints",
        "joint",
        "joints",
        "facet",
        "facets",
        "facet joint",
        "facet joints",
        "medial branch",
        "rest",
    }
)

IT = compiled(
    r"(?:^|[.;]\s|\n[\s*\u2022-]*|\b(?:and|but|which)\s)(?:it|this|that)?\s?(?:has|have|had|is|"
    r"was)\s(?:\w+ly\s|been\s)?$",
    re.I,
)


def spoken_of(parsed: Parsed, start: int, end: int) -> list[Hit]:
    """What the words between two offsets speak of; that a part of the body 'has bothered her' is told of its pain."""
    hits = parsed.within(start, end, TOLD_OF)
    if not any(_complains(hit) for hit in hits):
        return hits
    return [_of_pain(parsed, hit) if _complains(hit) else hit for hit in hits]


def _complains(hit: Hit) -> bool:
    return hit.concept == "complaint" or (hit.concept == "now" and "bother" in hit.term)


def _of_pain(parsed: Parsed, complaint: Hit) -> Hit:
    sentence = parsed.sentence_at(complaint.start)
    if complaint.term.endswith(PREPOSITIONS):
        around = (complaint.end, min(sentence.end, complaint.end + PART_BEFORE // 2))
    else:
        around = (max(sentence.start, complaint.start - PART_BEFORE), complaint.start)
    if not parsed.within(*around, "regions") and not IT.search(parsed.text[around[0] : complaint.start]):
        return complaint
    return complaint._replace(lexicon="symptom_duration", concept="pain_duration")


def is_other(hit: Hit) -> bool:
    """Whether a hit names something else that lasts or is dated: a treatment, relief, work, another disease."""
    return (hit.lexicon == "therapy" and hit.term.lower() not in ANATOMY) or (
        hit.lexicon == "duration_cues" and hit.concept == "other"
    )


def is_pain(hit: Hit) -> bool:
    """Whether a hit names a pain or symptom."""
    return hit.lexicon == "symptom_duration"


def names_pain(parsed: Parsed, start: int, end: int) -> bool:
    """Whether the words between two offsets name a pain, and not only 'symptoms' that may be anything."""
    hits = spoken_of(parsed, max(0, start), min(end, len(parsed.text)))
    return any(is_pain(hit) and hit.term not in ANY_SYMPTOM for hit in hits)


def speaks_of_pain(parsed: Parsed, start: int, end: int) -> bool:
    """Whether the words between two offsets (cut to the document) name a pain or symptom."""
    return any(is_pain(hit) for hit in spoken_of(parsed, max(0, start), min(end, len(parsed.text))))
