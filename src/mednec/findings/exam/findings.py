"""A statement in, drafts of findings out: one for each term and verdict, with the concept that its place gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mednec.expressions.patterns import compiled
from mednec.findings.exam.movement import LOADING, is_movement, moved
from mednec.findings.exam.places import JOINT_LABEL, NOT_MUSCULOSKELETAL
from mednec.findings.exam.results import Draft
from mednec.findings.exam.shapes import Statement, Term
from mednec.findings.exam.tenderness import tender
from mednec.findings.exam.tokens import reading_of
from mednec.findings.exam.units import Unit
from mednec.findings.exam.verdicts import verdicts
from mednec.findings.exam.zones import OF_THE_JOINT

WALKING = compiled(r"\b(?:heels?|toes?|ambulat\w*|walks?)\b.*\bwithout\s+(?:any\s+)?$", re.I | re.S)
OF_NECK = compiled(r"\bcervical|\bneck|\bc[- ]?spine", re.I)
AMBIGUOUS = ("compression", "distraction", "compression test", "distraction test", "gapping")
UNTICKED = compiled(r"(?:\[[ _]?\]|\u2610|\([ _]\))\s*$")
OF_STRENGTH = compiled(r"strength|motor|power|MMT", re.I)
TENDERNESS = ("spine_tenderness", "joint_tenderness")
EXERCISE = compiled(
    r"\b(?:\d+\s?x\s?\d|x\s?\d+|reps?|sets|stretch\w*|exerc\w*|TherEx|strengthen\w*|goals?|will|work on|GTB|RTB|"
    r"seated|slider|glides?)\b",
    re.I,
)
SIGNED = compiled(r"\(?[+\u2212-]\)?(?=[\s.,;)/]|$)|\bpos|\bneg", re.I)
REPRODUCED = compiled(
    r"\b(?:(?:reproduc|provok|elicit|recreat|replicat|evok|caus|aggravat|exacerbat|trigger|produc)\w*"
    r"|(?:brings?|brought) (?:it )?on"
    r"|gave|gives?|pain\w*|hurts?|[1-4]\+(?!\w)|concordant|familiar|present|absent|yes|likewise|as well"
    r"|so (?:did|does|do|was|were))\b",
    re.I,
)  # a result told without a sign
STRENGTH = compiled(
    r"(?<![/\d])[0-5][+-]?\s?/\s?5(?![\d/])|\b[2-4][+-]?\s+(?:to|->)\s+[3-5][+-]?|\s{2,}(?:poor|fair|good)\b"
)
MEASURED = compiled(r"\d\s?%|\bAROM|\bp!|WFL|\bc pain|\bw/ pain")
DATES = compiled(
    r"(?<![\d/+])(?:1[0-2]|[1-9])/(?:[6-9]|[12]\d|3[01])\b|\b(?:date|visits?|attended|missed|NRS|NPRS|pain)\b", re.I
)
SUBJECTIVE = compiled(
    r"\s*(?:he|she|(?:the )?patient|pt\.?)\s+(?:also\s+)?(?:denies|reports?|complains|states|notes|describes)\b", re.I
)
PERIPHERAL = compiled(
    r"\bpitting|\btrace\b|\b[1-4]\s?\+|\+\s?[1-4]\b|\bcyanosis|\bclubbing|\bven(?:ous|o)|\bstasis|\bpedal|\bpulses|"
    r"\bvaricos",
    re.I,
)
OF_A_JOINT = compiled(
    r"\b(?:knees?|patell\w*|tibial?|shoulders?|hips?|elbows?|wrists?|hands?|fingers?|thumbs?|ankles?|foot|feet|"
    r"toes?|heels?|"
    r"joints?|malleol\w*|metatars\w*|metacarp\w*|MCPs?|PIPs?|spine|back|lumbar|cervical|paraspin\w*|bone|marrow)\b",
    re.I,
)
ONE_LEG = compiled(r"^(?!.*\b(?:bilateral|both|ankles|legs|feet|extremities)\b).*\b(?:right|left)\b", re.I | re.S)
LAX = compiled(r"\b(?:decreas\w*|absent|lax\w*|poor|no|loss|lost|diminish\w*|reduced|weak)\b", re.I)
FELT = ("numbness", "dysesthesia", "dysesthesias", "radicular symptoms")
PRODUCED = compiled(r"\b(?:reproduc|caus|produc|elicit|provok)\w*\s+(?:\w+\s+){0,3}$", re.I)  # by the test before it
CAUSE = compiled(r"\b(?:due to|because of|secondary to|owing to)\s+(?:\w+\s+){0,2}$", re.I)
MOVED = compiled(r"\b(?:motion|ROM|rotat\w*|flex\w*|exten\w*|cervical|joints?)\b", re.I)
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
class Setting:
    """What is known around a statement.

    The side of its label, whether sacroiliac tests are told, whether the zone is bare, the tenderness told last.
    """

    side: str | None
    sacroiliac: bool
    bare: bool
    tender: str | None = None


def drafts(text: str, unit: Unit, statement: Statement, setting: Setting) -> Iterator[Draft]:
    """The findings of one statement."""
    for term in statement.terms:
        if _is_out_of_place(text, unit, term, setting.sacroiliac) or _is_detail(text, unit, term):
            continue
        if setting.bare and not _is_measured(text, unit, statement, term):
            continue
        for index, verdict in enumerate(verdicts(statement, term)):
            start, end = (term.start, term.end) if index == 0 else (verdict.start, verdict.end)
            if index == 0 and text[end : end + 1] == ":" and verdict.end > end:
                end = verdict.end
            quote = (min(unit.start, start), max(unit.end, end))
            draft = Draft(term.concept, start, end, quote, verdict.result, verdict.side or setting.side)
            yield from _placed(text, unit, statement, term, draft, setting.tender)


def _drifts(unit: Unit, term: Term) -> bool:
    """'Gait: drifts to the left': under that label a drift is one of the gait."""
    return term.words.endswith("drift") and unit.label.lower().startswith("gait")


def _placed(
    text: str, unit: Unit, statement: Statement, term: Term, draft: Draft, before: str | None
) -> Iterator[Draft]:
    """The draft with the concept that its place gives it."""
    if term.words in AMBIGUOUS and OF_NECK.search(unit.label):
        yield replace(draft, concept="other_sign")
    elif term.concept in TENDERNESS and term.reading == "sign":
        yield from tender(text, unit, statement, term, draft, before)
    elif _drifts(unit, term):
        yield replace(draft, concept="gait")
    elif term.reading == "motion" and OF_STRENGTH.search(unit.label):
        yield replace(draft, concept="motor")
    elif term.reading == "motion" or (term.concept == "facet_loading" and is_movement(text, statement, term)):
        yield from moved(text, unit, statement, term, draft)
    else:
        yield replace(draft, sign="yeoman") if "yeoman" in term.words else draft


def _is_out_of_place(text: str, unit: Unit, term: Term, sacroiliac: bool) -> bool:
    """Whether a term is unticked, is meant of another part of the body, or tells what the patient reports."""
    if UNTICKED.search(text, max(unit.start, term.start - 6), term.start):
        return True
    if term.words in FELT and PRODUCED.search(text, unit.start, term.start):
        return True
    if term.words == "weakness" and WALKING.search(text, unit.start, term.start):
        return True
    if _is_of_organ(text, unit, term):
        return True
    if term.words in AMBIGUOUS and not sacroiliac and not OF_NECK.search(unit.label):
        return True
    if (
        term.end <= unit.body
        and unit.body > unit.start
        and (
            term.words in ("ext", "flex", "edema", "si", "hips", "hip", "power")
            or (term.words == "swelling" and not JOINT_LABEL.search(unit.label))
        )
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


def _is_of_organ(text: str, unit: Unit, term: Term) -> bool:
    """Whether a sign is one of heart, veins, bowel or airway: swollen legs, a sphincter's tone, air under the skin."""
    sentence = text[unit.start : unit.end]
    if term.words == "edema":
        joint = OF_A_JOINT.search(unit.label) or ONE_LEG.search(sentence)
        return not joint and (PERIPHERAL.search(sentence) is not None or not OF_A_JOINT.search(sentence))
    if term.words == "swelling":
        return CAUSE.search(text, unit.start, term.start) is not None
    if term.words in ("crepitus", "crepitance", "crepitation"):
        return unit.label.lower().startswith("neck") and not MOVED.search(sentence)
    return (
        "tone" in term.words
        and term.concept == "other_sign"
        and unit.label.lower().startswith("rectal")
        and not LAX.search(sentence)
    )


def _is_detail(text: str, unit: Unit, term: Term) -> bool:
    """'Motion of the neck is less in rotation and side bending': the movements belong to the range."""
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
        told = text[term.start : statement.last]
        if any(token.what in ("pos", "neg") for token in statement.head) and term.concept in OF_THE_JOINT:
            return True
        return bool(
            SIGNED.search(near)
            or ((term.concept in OF_THE_JOINT or "yeoman" in term.words) and REPRODUCED.search(told))
        )
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
