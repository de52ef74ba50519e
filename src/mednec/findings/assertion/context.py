"""What the words around a mention say of it: denied, past, planned, somebody else's, only supposed."""

from __future__ import annotations

from functools import cache

from mednec.findings.parse import Parsed
from mednec.findings.terms import Hit
from mednec.vocabulary import lexicon

OF_BEFORE = frozenset({"past_medical", "past_surgical", "social_history", "family_history", "allergies"})


def said_of(parsed: Parsed, start: int, end: int) -> frozenset[str]:
    """What the cues in scope say of the words between two offsets: `negated`, `past`, `planned`, `other_person`,
    `hypothetical`, `suspected`; empty where the text simply affirms them."""
    return frozenset(meaning(cue) for cue in cues_on(parsed, start, end))


def negated(parsed: Parsed, start: int, end: int) -> bool:
    """Whether the words between two offsets are denied."""
    return any(meaning(cue) == "negated" for cue in cues_on(parsed, start, end))


def historical(parsed: Parsed, start: int, end: int) -> bool:
    """Whether the words between two offsets tell of what was there before: by a cue, or by a section of the past."""
    told = any(meaning(cue) == "past" for cue in cues_on(parsed, start, end))
    return told or parsed.section_at(start).name in OF_BEFORE


def cues_on(parsed: Parsed, start: int, end: int) -> list[Hit]:
    """The cues of the mention's sentence whose scope reaches it: no terminator stands between."""
    sentence = parsed.sentence_at(start)
    hits = parsed.within(sentence.start, max(sentence.end, end), "cues")
    stops = [hit for hit in hits if meaning(hit) == "terminator"]
    return [hit for hit in hits if _reaches(hit, start, end) and not _stopped(hit, stops, start, end)]


def meaning(cue: Hit) -> str:
    """What a cue says of the words in its scope."""
    return _means(cue.concept)


def _reaches(cue: Hit, start: int, end: int) -> bool:
    scope = _scope(cue.concept)
    forward = cue.end <= start and scope in ("forward", "both")
    backward = cue.start >= end and scope in ("backward", "both")
    return meaning(cue) != "terminator" and (forward or backward)


def _stopped(cue: Hit, stops: list[Hit], start: int, end: int) -> bool:
    first, last = (cue.end, start) if cue.end <= start else (end, cue.start)
    return any(first <= stop.start and stop.end <= last for stop in stops)


@cache
def _means(concept: str) -> str:
    return str(lexicon("cues").concepts[concept].extra["means"])


@cache
def _scope(concept: str) -> str:
    return str(lexicon("cues").concepts[concept].extra["scope"])
