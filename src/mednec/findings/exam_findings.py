"""A statement in, drafts of findings out: one for each term and verdict, with the concept that its place gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mednec.findings.exam_places import ELSEWHERE, FACET, NOT_MUSCULOSKELETAL, is_of_joint, tenderness_in
from mednec.findings.exam_statements import Statement, Term
from mednec.findings.exam_tokens import reading_of
from mednec.findings.exam_units import Unit
from mednec.findings.exam_verdicts import Verdict, union, verdicts

TENDERNESS = ("spine_tenderness", "joint_tenderness")
OPENING = re.compile(r"\b(?:with|but|has|have|shows?|reveals?)\s", re.I)
SPLIT_PLACES = re.compile(r",\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+|;|/", re.I)
LEG = re.compile(
    r"\b(?:leg|legs|LE|LEs|thigh|shin|calf|foot|toe|arm|arms|hand|finger|knee|radicular|radiat\w*|groin|"
    r"hamstring\w*|sciatic\w*)\b",
    re.I,
)
PAIN = re.compile(r"p!|\b(?:pain\w*|discomfort|LBP|reproduc\w*|hurts?|concordant|ache)\b", re.I)
NO_PAIN = re.compile(
    r"\b(?:no|without|w/o|not|non|minus)\s+(?:\w+\s+){0,2}(?:pain|discomfort|LBP)|\bpain-?free|\bpainless|"
    r"\bnon-?painful",
    re.I,
)
LIMITED = re.compile(
    r"%|\bpercent|\blimit\w*|\bdecreas\w*|\bdecr?\b|\breduc\w*|\brestrict\w*|\bloss\b|\bdiminish\w*|\black\w*|"
    r"\bstiff\w*|\blabored",
    re.I,
)
EXERCISE = re.compile(
    r"\b(?:\d+\s?x\s?\d|x\s?\d+|reps?|sets|stretch\w*|exerc\w*|TherEx|strengthen\w*|goals?|will|work on|GTB|RTB|"
    r"seated|slider|glides?)\b",
    re.I,
)
SIGNED = re.compile(r"\(?[+\u2212-]\)?(?=[\s.,;)/]|$)|\bpos|\bneg", re.I)
STRENGTH = re.compile(
    r"(?<![/\d])[0-5][+-]?\s?/\s?5(?![\d/])|\b[2-4][+-]?\s+(?:to|->)\s+[3-5][+-]?|\s{2,}(?:poor|fair|good)\b"
)
MEASURED = re.compile(r"\d\s?%|\bAROM|\bp!|WFL|\bc pain|\bw/ pain")
DATES = re.compile(
    r"(?<![\d/+])(?:1[0-2]|[1-9])/(?:[6-9]|[12]\d|3[01])\b|\b(?:date|visits?|attended|missed|NRS|NPRS|pain)\b", re.I
)
SUBJECTIVE = re.compile(
    r"\s*(?:he|she|(?:the )?patient|pt\.?)\s+(?:also\s+)?(?:denies|reports?|complains|states|notes|describes)\b", re.I
)
UNPROVOKED = re.compile(r"\b(?:no|without|denies)\s+(?:\w+\s+){0,2}(?:pain|discomfort)\s+(?:with|on|upon|during|to)\s+(?:\w+\s+){0,3}$", re.I)
LEVELS_ONLY = re.compile(
    r"[\s(]*(?:(?:the|over|at|on|left|right|bilateral|R|L|B|of|to|through|"
    r"levels?)\s+)*[CTLS]\d{1,2}(?:\s*[-/]\s*(?:[CTLS]?\d{1,2}))?(?:\s+(?:bilat\w*|right|left|levels?|[RLB]|"
    r"to [CTLS]\d+))*[\s).]*",
    re.I,
)
FLEXION_ONLY = re.compile(r"\b(?:forward\s+)?(?:flex(?:ion|es)?|forward bend(?:ing)?)\b", re.I)
LOADING = re.compile(
    r"\b(?:ext(?:ension|ends?)?|hyperextension|rot(?:ation)?s?|lateral (?:bend(?:ing)?|flexion|rotation)|"
    r"side[- ]?bend(?:ing)?|SB|lateral side bend|backward bending)\b",
    re.I,
)
NECK_OF_HEAD = (
    "swelling",
    "edema",
    "warm",
    "warmth",
    "heat",
    "red",
    "redness",
    "erythema",
    "nodule",
    "deformity",
    "deformities",
    "effusion",
    "inflammation",
    "tremor",
    "tremors",
    "list",
    "click",
    "clicking",
    "flattening",
    "bruising",
    "ecchymosis",
    "discoloration",
    "tightness",
    "guarding",
    "spasm",
    "spasms",
    "weakness",
    "weak",
    "walking",
    "numbness",
    "anesthesia",
    "inflammation",
    "stability",
    "alignment",
    "flex",
    "extend",
    "ext",
    "si",
    "hip",
    "hips",
    "station",
    "mobility",
)


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


def drafts(
    text: str, unit: Unit, statement: Statement, *, side: str | None, sacroiliac: bool, bare: bool
) -> Iterator[Draft]:
    """The findings of one statement; `side` is that of the label it stands under."""
    for term in statement.terms:
        if (
            _is_out_of_place(text, unit, term, sacroiliac)
            or _is_detail(text, unit, term)
            or (bare
            and not _is_measured(text, unit, statement, term))
        ):
            continue
        told = verdicts(statement, term)
        for index, verdict in enumerate(told):
            start, end = (term.start, term.end) if index == 0 else (verdict.start, verdict.end)
            if index == 0 and text[end : end + 1] == ":" and verdict.end > end:
                end = verdict.end
            quote = (min(unit.start, start), max(unit.end, end))
            placed = replace(verdict, side=verdict.side or side)
            yield from _placed(
                text,
                unit,
                statement,
                term,
                placed,
                Draft(term.concept, start, end, quote, placed.result, placed.side),
                index,
            )


def _placed(
    text: str, unit: Unit, statement: Statement, term: Term, verdict: Verdict, draft: Draft, index: int
) -> Iterator[Draft]:
    if term.concept in TENDERNESS and term.reading == "sign":
        yield from _tender(text, unit, statement, term, draft)
    elif term.reading == "motion" and re.search(r"strength|motor|power|MMT", unit.label, re.I):
        yield replace(draft, concept="motor")
    elif term.reading == "motion" or (term.concept == "facet_loading" and _is_movement(text, statement, term, verdict)):
        yield from _moved(text, unit, statement, term, draft)
    elif term.concept in ("si_compression", "si_distraction"):
        yield draft
    else:
        yield replace(draft, sign="yeoman") if "yeoman" in term.words else draft


def _is_out_of_place(text: str, unit: Unit, term: Term, sacroiliac: bool) -> bool:
    if (
        term.words in ("compression", "distraction", "compression test", "distraction test", "gapping")
        and not sacroiliac
    ):
        return True
    if (
        term.end <= unit.body
        and unit.body > unit.start
        and term.words in ("ext", "flex", "edema", "swelling", "si", "hips", "hip", "power")
    ):
        return True
    if term.reading == "sign" and re.match(r"throat|head\b", unit.label, re.I) and term.words in NECK_OF_HEAD:
        return True
    if term.reading == "sign" and term.concept in ("sensory", "motor") and SUBJECTIVE.match(text, unit.body, unit.end):
        return True
    if re.search(r"family|reports?\b|states\b|complain", unit.label, re.I):
        return True
    return (
        bool(NOT_MUSCULOSKELETAL.match(unit.label))
        and (term.reading == "sign" or term.words in NECK_OF_HEAD)
        and term.concept not in ("gait", "reflex")
        and not re.search(r"papilledema|step.?off|scoliosis|spine|paraspin", term.words)
    )


def _is_detail(text: str, unit: Unit, term: Term) -> bool:
    """'Range of motion is decreased in extension and lateral flexion': the movements belong to the range."""
    return (
        term.concept == "facet_loading"
        and bool(
            re.search(
                r"\b(?:ROM|range of (?:motion|movement))\b[^,;]{0,40}\b(?:in|with|on|to)\s+$",
                text[unit.start : term.start],
                re.I,
            )
        )
        and bool(LOADING.match(term.words))
    )


def _is_measured(text: str, unit: Unit, statement: Statement, term: Term) -> bool:
    """Whether a therapist's line outside an examination still records one: a named test or a measured value."""
    if re.match(r"ROS|goals?|LTG|STG", unit.label, re.I) or re.search(r"[<>]\s?=", text[unit.start : unit.end]):
        return False
    near = text[statement.first : min(max(statement.last, term.end), term.end + 45)]
    if EXERCISE.search(near):
        return False
    if term.reading == "test":
        return bool(SIGNED.search(near))
    if term.concept == "motor":
        if (
            term.reading == "grade"
            and not reading_of("motor", term.words)
            and (not re.search(r"[a-z]{3}|\bLE\b|\bUE\b", term.words, re.I) or DATES.search(text, unit.start, unit.end))
        ):
            return False
        return bool(STRENGTH.search(text, term.start, min(len(text), term.end + 45))) and not text[term.start].isdigit()
    if term.concept == "range_of_motion":
        return bool(MEASURED.search(near)) or "AROM" in text[unit.start : unit.end]
    if term.concept in ("sensory", "reflex"):
        return bool(re.search(r"\bdec|\bintact|\d\+", near)) and term.reading != "sign"
    if term.concept == "other_sign":
        return term.reading in ("place", "property") and bool(
            re.match(r"\s*:?\s*(?:neg|pos|intact|wnl|normal)", text[term.end : term.end + 14], re.I)
        )
    return term.concept == "gait" and term.words.startswith("gait")


def _is_movement(text: str, statement: Statement, term: Term, verdict: Verdict) -> bool:
    """'Extension and rotation limited' tells of movement, unless pain or a sign is named."""
    words = text[term.start : max(statement.last, term.end)]
    return (
        bool(LOADING.match(term.words))
        and not PAIN.search(words)
        and not re.search(r"[+\u2212]|\bpos|\bneg|\(-\)", words, re.I)
    )


def _tender(text: str, unit: Unit, statement: Statement, term: Term, draft: Draft) -> Iterator[Draft]:
    """One finding for each kind of place that the words around name."""
    wide = text[min(statement.first, term.start) : max(statement.last, term.end)]
    if ELSEWHERE.search(wide) and tenderness_in(wide, "abdomen") in (None, "other_sign"):
        return
    first, last = _around(text, unit, statement, term)
    words = text[first:last]
    found: dict[str, Draft] = {}
    for start, end in _places(text, first, last, term):
        concept = tenderness_in(text[start:end], "") if len(found) else tenderness_in(text[start:end], unit.label)
        if concept is None:
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
            start=min(start, term.start) if not found else start,
            end=max(end, term.end) if not found else end,
        )
    if not found:
        concept = tenderness_in(words, unit.label)
        if concept:
            found[concept] = replace(draft, concept=concept)
    yield from found.values()


def _is_beside(words: str) -> bool:
    """Whether the muscles beside the spine are meant, not its midline."""
    return bool(re.search(r"\bpara|muscul|muscle", words, re.I))


def _around(text: str, unit: Unit, statement: Statement, term: Term) -> tuple[int, int]:
    """The words that may tell where it is tender."""
    first = max(statement.first, unit.body if term.start >= unit.body else unit.start)
    for opening in OPENING.finditer(text, first, term.start):
        first = opening.end()
    return min(first, term.start), max(statement.last, term.end)


def _places(text: str, first: int, last: int, term: Term) -> Iterator[tuple[int, int]]:
    """The places named, each with its offsets: those behind the term where there are any, else those in front of it."""
    behind, before = _named(text, term.end, last), _named(text, first, term.start)
    if behind and not all(LEVELS_ONLY.fullmatch(text, *place) for place in behind):
        places = behind
    else:
        places = before or behind
    facets = any(FACET.search(text, *place) for place in places)
    yield from (place for place in places if not (facets and LEVELS_ONLY.fullmatch(text, *place)))


def _named(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The pieces between two offsets that name a place on the body."""
    return [
        (first, last)
        for first, last in _pieces(text, start, end)
        if tenderness_in(text[first:last], "abdomen")
        and not (RELATIVE.match(text, first, last) and "PSIS" in text[first:last])
    ]


RELATIVE = re.compile(
    r"\s*(?:lateral|medial|inferior|superior|distal|proximal|just|below|above|adjacent)\b[^,]*\b(?:to|of)\b", re.I
)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    position = start
    for gap in SPLIT_PLACES.finditer(text, start, end):
        yield from _stripped(text, position, gap.start())
        position = gap.end()
    yield from _stripped(text, position, end)


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def _moved(text: str, unit: Unit, statement: Statement, term: Term, draft: Draft) -> Iterator[Draft]:
    """A movement: facet loading where extension, rotation or bending of the spine hurts, else range of motion."""
    first, last = statement.first, max(statement.last, term.end)
    words = text[first:last]
    mention = replace(draft, end=max(draft.end, min(last, _told_until(text, term, statement))))
    hurts = bool(PAIN.search(words)) and not NO_PAIN.search(words) and draft.result == "positive"
    joint = is_of_joint(text[first : term.end] + _whose(text, term), unit.label)
    facet = hurts and not joint and bool(LOADING.search(term.words)) and not LEG.search(text[term.end : last])
    if not joint and draft.result == "negative" and LOADING.search(term.words) and UNPROVOKED.search(text, first, term.start):
        yield replace(mention, concept="facet_loading")
        return
    both = facet and bool(FLEXION_ONLY.search(re.sub(r"lateral flexion", "", term.words)))
    if both or not (facet and not LIMITED.search(words)):
        side = draft.side if joint or not LEG.search(text[term.end : last]) else _leading_side(statement)
        yield replace(mention, concept="range_of_motion", side=side)
    if facet:
        yield replace(mention, concept="facet_loading")


def _whose(text: str, term: Term) -> str:
    """The joint named right behind a movement: 'flexion of the knee'."""
    owner = re.compile(
        r"\s+(?:of|in|at)\s+(?:the\s+|her\s+|his\s+|both\s+|right\s+|left\s+|bilateral\s+)*\w+(?:\s+\w+)?", re.I
    ).match(text, term.end)
    return owner.group() if owner else ""


def _told_until(text: str, term: Term, statement: Statement) -> int:
    return max(
        [
            term.end,
            *(
                token.end
                for token in statement.tail
                if token.what in ("percent", "degrees", "pain", "pos", "neg", "ratio", "side")
            ),
        ]
    )


def _leading_side(statement: Statement) -> str | None:
    return union(token.side for token in statement.head if token.side)
