"""A statement in, drafts of findings out: one for each term and verdict, with the concept that its place gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mednec.findings.exam_places import ELSEWHERE, NOT_MUSCULOSKELETAL, is_of_joint, tenderness_in
from mednec.findings.exam_statements import Statement, Term
from mednec.findings.exam_verdicts import Verdict, union, verdicts
from mednec.findings.exam_words import TOKEN
from mednec.findings.exam_zones import Unit

TENDERNESS = ("spine_tenderness", "joint_tenderness")
SPLIT_PLACES = re.compile(r",\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+|;|/", re.I)
LEG = re.compile(r"\b(?:leg|legs|LE|LEs|thigh|shin|calf|foot|toe|arm|arms|hand|finger|knee|radicular|radiat\w*|groin|hamstring\w*|sciatic\w*)\b", re.I)
PAIN = re.compile(r"p!|\b(?:pain\w*|discomfort|LBP|reproduc\w*|hurts?|concordant|ache)\b", re.I)
NO_PAIN = re.compile(r"\b(?:no|without|w/o|not|non|minus)\s+(?:\w+\s+){0,2}(?:pain|discomfort|LBP)|\bpain-?free|\bpainless|\bnon-?painful", re.I)
LIMITED = re.compile(r"%|\bpercent|\blimit\w*|\bdecreas\w*|\bdecr?\b|\breduc\w*|\brestrict\w*|\bloss\b|\bdiminish\w*|\black\w*|\bstiff\w*|\blabored", re.I)
LEVELS_ONLY = re.compile(r"[\s(]*(?:(?:the|over|at|left|right|bilateral|R|L|B|of|to|through)\s+)*[CTLS]\d{1,2}(?:\s*[-/]\s*(?:[CTLS]?\d{1,2}))?[\s)]*", re.I)
FLEXION_ONLY = re.compile(r"\b(?:forward\s+)?(?:flex(?:ion|es)?|forward bend(?:ing)?)\b", re.I)
LOADING = re.compile(r"\b(?:ext(?:ension|ends?)?|hyperextension|rot(?:ation)?s?|lateral (?:bend(?:ing)?|flexion|rotation)|side[- ]?bend(?:ing)?|SB|lateral side bend|backward bending)\b", re.I)
NECK_OF_HEAD = ("swelling", "edema", "warm", "warmth", "heat", "red", "redness", "erythema", "nodule", "deformity", "deformities", "effusion", "inflammation", "tremor", "tremors", "list", "click", "clicking", "flattening", "bruising", "ecchymosis", "discoloration", "tightness", "guarding", "spasm", "spasms", "weakness", "weak", "walking", "numbness", "anesthesia", "inflammation", "stability", "alignment", "flex", "extend", "ext", "si", "hip", "hips", "station", "mobility")


@dataclass(frozen=True, slots=True)
class Draft:
    """A finding before it is cut out of its document."""

    concept: str
    start: int
    end: int
    quote: tuple[int, int]
    result: str | None
    side: str | None
    sign: str | None = None


def drafts(text: str, unit: Unit, statement: Statement, *, side: str | None, sacroiliac: bool, bare: bool) -> Iterator[Draft]:
    """The findings of one statement; `side` is that of the label it stands under."""
    for term in statement.terms:
        if _is_out_of_place(text, unit, term, sacroiliac) or bare and not _is_measured(text, statement, term):
            continue
        told = verdicts(statement, term)
        for index, verdict in enumerate(told):
            start, end = (term.start, term.end) if index == 0 else (verdict.start, verdict.end)
            quote = (min(unit.start, start), max(unit.end, end))
            placed = replace(verdict, side=verdict.side or side)
            yield from _placed(text, unit, statement, term, placed, Draft(term.concept, start, end, quote, placed.result, placed.side), index)


def _placed(text: str, unit: Unit, statement: Statement, term: Term, verdict: Verdict, draft: Draft, index: int) -> Iterator[Draft]:
    if term.concept in TENDERNESS and term.reading == "sign":
        yield from _tender(text, unit, statement, term, draft)
    elif term.reading == "motion" or term.concept == "facet_loading" and _is_movement(text, statement, term, verdict):
        yield from _moved(text, unit, statement, term, draft)
    elif term.concept in ("si_compression", "si_distraction"):
        yield draft
    else:
        yield replace(draft, sign="yeoman") if "yeoman" in term.words else draft


def _is_out_of_place(text: str, unit: Unit, term: Term, sacroiliac: bool) -> bool:
    if term.words in ("compression", "distraction", "compression test", "distraction test", "gapping") and not sacroiliac:
        return True
    if re.search(r"family|reports?\b|states\b|complain", unit.label, re.I):
        return True
    return bool(NOT_MUSCULOSKELETAL.match(unit.label)) and (term.reading == "sign" or term.words in NECK_OF_HEAD) and term.concept not in ("gait", "reflex") and not re.search(r"papilledema|step.?off|scoliosis|spine|paraspin", term.words)


def _is_measured(text: str, statement: Statement, term: Term) -> bool:
    """Whether a therapist's line outside an examination still records one: a named test or a measured value."""
    near = text[statement.first : min(statement.last, term.end + 45)]
    if term.concept in ("straight_leg_raise", "faber", "gaenslen", "thigh_thrust", "spurling", "facet_loading") or term.concept == "other_sign" and term.reading == "test":
        return bool(re.search(r"\(?[+\u2212-]\)?|\bpos|\bneg", near, re.I))
    if term.concept == "motor":
        return bool(re.search(r"\b[0-5][+-]?\s?/\s?5|\b[2-4][+-]?\s+(?:to|->)\s+[3-5][+-]?", near)) or term.words == "tra"
    if term.concept == "range_of_motion":
        return bool(re.search(r"\d\s?%|\bAROM|\bp!|WFL|\bc pain", near)) and not re.search(r"\d\s?x\s?\d|stretch|exerc", near, re.I)
    if term.concept in ("sensory", "reflex"):
        return bool(re.search(r"\bdec|\bintact|\d\+", near)) and term.reading != "sign"
    return term.concept == "gait" and term.words == "gait"


def _is_movement(text: str, statement: Statement, term: Term, verdict: Verdict) -> bool:
    """'Extension and rotation limited' tells of movement, unless pain or a sign is named."""
    words = text[term.start : max(statement.last, term.end)]
    return bool(LOADING.match(term.words)) and not PAIN.search(words) and not re.search(r"[+\u2212]|\bpos|\bneg|\(-\)", words, re.I)


def _tender(text: str, unit: Unit, statement: Statement, term: Term, draft: Draft) -> Iterator[Draft]:
    """One finding for each kind of place that the words around name."""
    first, last = _around(text, unit, statement, term)
    words = text[first:last]
    if ELSEWHERE.search(words) and tenderness_in(words, "abdomen") in (None, "other_sign"):
        return
    found: dict[str, Draft] = {}
    for start, end in _places(text, first, last, term):
        concept = tenderness_in(text[start:end], "") if len(found) else tenderness_in(text[start:end], unit.label)
        if concept is None or concept in found:
            continue
        found[concept] = replace(draft, concept=concept, start=min(start, term.start) if not found else start, end=max(end, term.end) if not found else end)
    if not found:
        concept = tenderness_in(words, unit.label)
        if concept:
            found[concept] = replace(draft, concept=concept)
    yield from found.values()


def _around(text: str, unit: Unit, statement: Statement, term: Term) -> tuple[int, int]:
    """The words that may tell where it is tender."""
    first = max(statement.first, unit.body if term.start >= unit.body else unit.start)
    return min(first, term.start), max(statement.last, term.end)


def _places(text: str, first: int, last: int, term: Term) -> Iterator[tuple[int, int]]:
    """The places named, each with its offsets: those behind the term where there are any, else those in front of it."""
    for start, end in ((term.end, last), (first, term.start)):
        places = [(a, b) for a, b in _pieces(text, start, end) if tenderness_in(text[a:b], "abdomen")]
        named = [(a, b) for a, b in places if not LEVELS_ONLY.fullmatch(text[a:b])]
        if places:
            yield from named or places
            return


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for gap in SPLIT_PLACES.finditer(text, start, end):
        if gap.start() > position:
            yield position, gap.start()
        position = gap.end()
    if end > position:
        yield position, end


def _moved(text: str, unit: Unit, statement: Statement, term: Term, draft: Draft) -> Iterator[Draft]:
    """A movement: facet loading where extension, rotation or bending of the spine hurts, else range of motion."""
    first, last = statement.first, max(statement.last, term.end)
    words = text[first:last]
    mention = replace(draft, end=max(draft.end, min(last, _told_until(text, term, statement))))
    hurts = bool(PAIN.search(words)) and not NO_PAIN.search(words) and draft.result == "positive"
    joint = is_of_joint(words, unit.label)
    facet = hurts and not joint and bool(LOADING.search(term.words)) and not LEG.search(text[term.end : last])
    if not (facet and not LIMITED.search(words)):
        side = draft.side if joint or not LEG.search(text[term.end : last]) else _leading_side(statement)
        yield replace(mention, concept="range_of_motion", side=side)
    if facet:
        yield replace(mention, concept="facet_loading")


def _told_until(text: str, term: Term, statement: Statement) -> int:
    return max([term.end, *(token.end for token in statement.tail if token.what in ("percent", "degrees", "pain", "pos", "neg", "ratio", "side"))])


def _leading_side(statement: Statement) -> str | None:
    return union(token.side for token in statement.head if token.side)


__all__ = ["Draft", "drafts", "TOKEN"]
