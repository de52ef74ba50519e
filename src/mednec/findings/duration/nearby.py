"""Places of a document in, out whether they speak of pain or of what a length of time may belong to instead."""

from __future__ import annotations

from mednec.findings.parse import Parsed
from mednec.findings.terms import Hit

TOLD_OF = ("symptom_duration", "duration_cues", "therapy")  # what a length of time may belong to, and what leads to it
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
    hits = parsed.within(max(0, start), min(end, len(parsed.text)), "symptom_duration")
    return any(hit.term not in ANY_SYMPTOM for hit in hits)


def speaks_of_pain(parsed: Parsed, start: int, end: int) -> bool:
    """Whether the words between two offsets (cut to the document) name a pain or symptom."""
    return bool(parsed.within(max(0, start), min(end, len(parsed.text)), "symptom_duration"))
