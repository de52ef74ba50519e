"""The sentences of an examination in; out, each with the joint and the side that the sentences before it speak of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled
from mednec.findings.exam.results import Draft
from mednec.findings.exam.units import Unit

# The joint of each family and the parts that are named with it.
FAMILIES = {
    "shoulder": r"shoulders?|clavic\w*|acromi\w*|AC|glenohum\w*|rotator cuff|cuff|deltoid|humer\w*|scapula\w*|biceps|"
    r"bicip\w*|trapezius|subacromial|supraspinatus|infraspinatus|rhomboids?",
    "elbow": r"elbows?|epicondyl\w*|olecranon|forearm|radial head",
    "hand": r"wrists?|hands?|fingers?|thumbs?|carp\w*|metacarp\w*|palm\w*|snuff\s?box|thenar|grip|digits?|knuckles?|"
    r"(?:index|middle|ring|small|little|long) finger",
    "hip": r"hips?|trochant\w*|groin|buttocks?|thighs?|gluteal",
    "knee": r"knees?|patell\w*|menisc\w*|quadriceps|quads?|hamstrings?|collaterals?|cruciate|tibia\w*|"
    r"popliteal|thighs?",
    "foot": r"ankles?|foot|feet|heels?|toes?|malleol\w*|calcan\w*|metatars\w*|achilles|plantar|arch|forefoot|hindfoot|"
    r"midfoot|hallux",
}
PART = needing(
    r"\b(?:(?P<side>right|left|R|L|Rt|Lt)\s+(?:\w+\s+)?)?(?:"
    + "|".join(f"(?P<{name}>{words})" for name, words in FAMILIES.items())
    + r")\b",
    re.I,
)
COMPARED = compiled(
    r"\b(?:compar(?:ed|ison)|relative|similar|equal|symmetric(?:al)?|than|versus)\b[^,.;]{0,25}?"
    r"\b(?:contralateral|opposite|other|right|left|uninvolved|unaffected)\b",
    re.I,
)
BOTH = compiled(r"\b(?:bilateral\w*|both|contralateral|opposite|right|left|either|each|[RLB])\b(?!-hand)")
ELSEWHERE = compiled(
    r"\b(?:legs?|arms?|extremit\w+|backs?|spinal|spine|neck|lumb\w*|cervic\w*|thorac\w*|paraspin\w*|sacr\w*|gait|"
    r"ambulat\w*|"
    r"walk\w*|cranial|reflex\w*|DTRs?|abdom\w*|lungs?|heart|straight|SLR|romberg|babinski|head(?! of)|skin|chest|"
    r"muscle groups|"
    r"throughout|pupils?|oriented|coordination|cerebellar|neurologic\w*|CVA|calf|calves|all joints|joints|skeletal|"
    r"generali[sz]ed|diffuse\w*|body|face|facial)\b",
    re.I,
)
OF_JOINT = ("range_of_motion", "joint_tenderness", "other_sign")
OF_LIMB = compiled(r"atroph|wast|quad|hamstr|cuff|deltoid|grip|flexor|extensor|abduct|adduct|rotat", re.I)


GENERAL = compiled(
    r"|(?:physical |clinical |general |orthop(?:a?edic) |focused )*exam(?:ination)?|objective|musculoskeletal|msk|"
    r"ortho\w*|"
    r"findings|extremit(?:y|ies)|exts?",
    re.I,
)
OF_BACK = compiled(
    r"\b(?:lumb\w+|cervic\w+|thorac(?:ic|olumbar)|spin(?:e|al|ous)|para\w*spin\w*|facets?|(?:low|lower|mid|upper) back|"
    r"neck|sacro\w*|SI joints?|straight leg|SLR)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Focus:
    """The joint that an examination speaks of, its side where that is told, and where the words end that told it."""

    family: str
    side: str | None
    label: str
    end: int


def in_focus(text: str, units: Iterable[Unit], back: bool) -> Iterator[tuple[Unit, Focus | None]]:
    """Each sentence with the joint it goes on to speak of; `back` where the examination is of the spine too."""
    focus: Focus | None = None
    for unit in units:
        if focus and not _holds(text, unit, focus):
            focus = None
        parts = list(PART.finditer(text, unit.start, unit.end))
        if focus and _is_elsewhere(text, unit, parts, focus):
            yield unit, None
        elif focus and not back and GENERAL.fullmatch(unit.label):
            yield replace(unit, label=f"{focus.family} {unit.label}".strip()), focus
        else:
            yield unit, focus
        focus = _behind(text, unit, parts, focus)


def _holds(text: str, unit: Unit, focus: Focus) -> bool:
    """Whether a sentence stands in the same paragraph and under the same label."""
    return unit.label == focus.label and unit.inherited and "\n" not in text[focus.end : unit.start].strip(" \t")


def _is_elsewhere(text: str, unit: Unit, parts: list[re.Match[str]], focus: Focus) -> bool:
    return (
        any(part.lastgroup != focus.family and part[focus.family] is None for part in parts)
        or ELSEWHERE.search(text, unit.start, unit.end) is not None
        or BOTH.search(COMPARED.sub("", text[unit.start : unit.end])) is not None
    )


def sided(text: str, draft: Draft, focus: Focus) -> Draft:
    """A finding of the joint in force, on its side where it names none."""
    if draft.side is not None:
        return draft
    if draft.concept in OF_JOINT or (draft.concept == "motor" and OF_LIMB.search(text, draft.start, draft.quote[1])):
        return replace(draft, side=focus.side)
    return draft


def _behind(text: str, unit: Unit, parts: list[re.Match[str]], focus: Focus | None) -> Focus | None:
    """What is in force behind a sentence: the one joint that it names, else what was, unless it is elsewhere."""
    families = {_family(part) for part in parts}
    letters = {part["side"][0].lower() for part in parts if part["side"]}
    if len(families) == 1 and len(letters) == 1:
        return Focus(families.pop(), "left" if letters.pop() == "l" else "right", unit.label, unit.end)
    if focus and not _is_elsewhere(text, unit, parts, focus):
        return replace(focus, end=unit.end)
    if len(families) == 1 and not letters and not ELSEWHERE.search(text, unit.start, unit.end):
        return Focus(families.pop(), None, unit.label, unit.end)
    return None


def _family(part: re.Match[str]) -> str:
    return next(name for name in FAMILIES if part[name])
