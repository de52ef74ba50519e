"""A statement of tenderness in, its findings out: one for each kind of place that is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from mednec.expressions.patterns import compiled
from mednec.findings.exam.places import ELSEWHERE, FACET, OF_SPINE, SHOULDER, tenderness_in
from mednec.findings.exam.results import Draft
from mednec.findings.exam.shapes import Statement, Term
from mednec.findings.exam.units import Unit

SPLIT_PLACES = compiled(r",\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+|;|/|\[[xX\u2713]\]|\u2612|(?=\[[ _]?\]|\u2610)", re.I)
SIDE_ALONE = compiled(r"right|left|[RL]", re.I)
OPENING = compiled(r"\b(?:with|but|has|have|shows?|reveals?)\s", re.I)
LITTLE = compiled(
    r"\s*(?:(?:no|not|any|some|without|there|she|he|does|have|noted|is|are|was|were|that|to)\b\s*)*", re.I
)
LEVELS_ONLY = compiled(
    r"[\s(]*(?:(?:the|over|at|on|left|right|bilateral|R|L|B|of|to|through|"
    r"levels?)\s+)*[CTLS]\d{1,2}(?:\s*[-/]\s*(?:[CTLS]?\d{1,2}))?(?:\s+(?:bilat\w*|right|left|levels?|[RLB]|"
    r"to [CTLS]\d+))*[\s).]*",
    re.I,
)
MOSTLY = compiled(r"(?:mostly|mainly|especially|particularly|primarily|predominantly|worse|more so|greatest)\b", re.I)
SIDED = compiled(
    r"(?:(?:over|at|in|of|along|on|the)\s+)*(?P<side>right|left|bilateral|both)\s+(?!side|than|more)\w", re.I
)
SIDE_NAMES = {"r": "right", "l": "left", "b": "bilateral"}
OF_MUSCLE = compiled(r"\bspasms?\b|\bmuscles?\b|\bbands?\b|\btrigger|\btight", re.I)
GUARDING = compiled(r"\bguarding\b", re.I)
OF_NECK = compiled(r"\b(?:mass(?:es)?|lymph\w*|nodes?|parotid)\b", re.I)
GLAND = compiled(r"\bgland|\bthyroid|\btrachea", re.I)
ORGAN_DENIED = compiled(  # 'nontender, and there is no CVA tenderness'
    r"(?:[,;]|\b(?:and|with|or)\b)\s+(?:there(?:'s|\s+is|\s+was)\s+)?(?:also\s+)?no\s+(?:CVA|costovert\w*|flank|rebound|guarding)\b",
    re.I,
)
RELATIVE = compiled(
    r"\s*(?:lateral|medial|inferior|superior|distal|proximal|just|below|above|adjacent)\b[^,]*\b(?:to|of)\b", re.I
)


def tender(
    text: str, unit: Unit, statement: Statement, term: Term, draft: Draft, before: str | None
) -> Iterator[Draft]:
    """One finding for each kind of place that the words around name; a side alone is of the place named `before`."""
    alone = next(
        (place for place in _pieces(text, statement.first, term.start) if SIDE_ALONE.fullmatch(text, *place)), None
    )
    if alone and before:
        side = "left" if text[alone[0]] in "lL" else "right"
        yield replace(draft, concept=before, start=alone[0], end=alone[1], side=side)
        draft = replace(draft, side=None)
    stop = _stop(text, statement, term)
    wide = text[min(statement.first, term.start) : stop]
    elsewhere = _is_elsewhere(wide, text[unit.start : unit.end], unit.label.lower())
    if elsewhere and tenderness_in(wide, "abdomen") in (None, "other_sign"):
        return
    first, last = _around(text, unit, statement, term)
    last = min(last, stop)
    label = _label(text, unit)
    found = _of_places(text, term, draft, list(_places(text, first, last, term)), label)
    if not found and (concept := _unnamed(text, unit, first, last, label)):
        found[concept] = replace(draft, concept=concept)
    yield from found.values()


def _stop(text: str, statement: Statement, term: Term) -> int:
    """Where what is told of the tenderness ends: before an organ of which another is denied."""
    last = max(statement.last, term.end)
    denied = ORGAN_DENIED.search(text, term.end, last)
    return denied.start() if denied else last


def _of_places(text: str, term: Term, draft: Draft, places: list[tuple[int, int]], label: str) -> dict[str, Draft]:
    """The findings of the places named: one for each concept, two where both the midline and the muscles are."""
    found: dict[str, Draft] = {}
    shared = "shoulder" if "shoulder" in label else ""
    sides = _own_sides(text, places)
    for start, end in places:
        concept = tenderness_in(text[start:end], shared if found else label)
        if concept is None or MOSTLY.match(text, start, end):
            continue
        if concept in found:
            if concept == "spine_tenderness" and _is_beside(text[start:end]) != _is_beside(
                text[found[concept].start : found[concept].end]
            ):
                found.setdefault(concept + "+", replace(draft, concept=concept, start=start, end=end))
            continue
        found[concept] = replace(
            draft,
            concept=concept,
            side=sides.get(start, draft.side),
            start=min(start, term.start) if not found else start,
            end=max(end, term.end) if not found else end,
        )
    return found


def _unnamed(text: str, unit: Unit, first: int, last: int, label: str) -> str | None:
    """The concept of tenderness whose place stands with other words, or in the label alone."""
    words = text[first:last]
    if _named(text, first, last):
        return tenderness_in(words, label)
    whole = text[unit.body : last]
    of_neck = label.startswith("neck") and not GLAND.search(words)
    return tenderness_in(OF_NECK.sub("", whole) if of_neck else whole, label)


def _label(text: str, unit: Unit) -> str:
    """The label of a sentence; a shoulder that the sentence names without the spine is where its muscles hurt."""
    sentence = text[unit.start : unit.end]
    of_shoulder = SHOULDER.search(sentence) and not OF_SPINE.search(f"{unit.label} {sentence}")
    return f"{unit.label} shoulder".lower() if of_shoulder else unit.label.lower()


def _is_elsewhere(words: str, sentence: str, label: str) -> bool:
    """Whether an organ is meant; the guarding of a tight muscle and the nodes of a neck are beside the point."""
    if OF_MUSCLE.search(sentence):
        words = GUARDING.sub("", words)
    if label.startswith("neck") and not GLAND.search(sentence):
        words = OF_NECK.sub("", words)
    return ELSEWHERE.search(words) is not None


def _own_sides(text: str, places: list[tuple[int, int]]) -> dict[int, str | None]:
    """Where some places name their side in front ('midline and right SI joint'), each has its own or the one before."""
    named = [SIDED.match(text, *place) for place in places]
    if len(places) < 2 or not any(named) or named[0]:
        return {}
    side: str | None = None
    found: dict[int, str | None] = {}
    for (start, _), match in zip(places, named, strict=True):
        side = SIDE_NAMES[match["side"].lower()[:1]] if match else side
        found[start] = side
    return found


def _is_beside(words: str) -> bool:
    """Whether the muscles beside the spine are meant, not its midline."""
    return bool(re.search(r"\bpara|muscul|muscle|\btrapez|\blevator|\brhomboid|\bscalene", words, re.I))


def _around(text: str, unit: Unit, statement: Statement, term: Term) -> tuple[int, int]:
    """The words that may tell where it is tender."""
    first = max(statement.first, unit.body if term.start >= unit.body else unit.start)
    for opening in OPENING.finditer(text, first, term.start):
        first = opening.end()
    return min(first, term.start), max(statement.last, term.end)


def _places(text: str, first: int, last: int, term: Term) -> Iterator[tuple[int, int]]:
    """The places named, each with its offsets: those behind the term where there are any, else those in front of it."""
    behind, before = _named(text, term.end, last), _named(text, first, term.start)
    levels_alone = all(LEVELS_ONLY.fullmatch(text, *place) for place in behind)
    places = before or behind if levels_alone else behind
    facets = any(FACET.search(text, *place) for place in places)
    yield from (place for place in places if not (facets and LEVELS_ONLY.fullmatch(text, *place)))


def _named(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The pieces between two offsets that name a place on the body."""
    return [
        (first, last)
        for first, last in _pieces(text, start, end)
        if text[first] not in "[\u2610"
        and tenderness_in(text[first:last], "abdomen")
        and not (RELATIVE.match(text, first, last) and "PSIS" in text[first:last])
    ]


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for gap in SPLIT_PLACES.finditer(text, start, end):
        yield from _stripped(text, position, gap.start())
        position = gap.end()
    yield from _stripped(text, position, end)


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A piece without blanks, the stop behind it and the little words in front of it."""
    if (opening := LITTLE.match(text, start, end)) is not None:
        start = opening.end()
    while end > start and text[end - 1] in " \t\n.;:":
        end -= 1
    if start < end:
        yield start, end
