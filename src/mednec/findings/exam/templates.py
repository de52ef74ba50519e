"""A line of a template in, out what it tells once for all: the side at its end, how tender each place is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled
from mednec.findings.exam.places import JOINT_LABEL, tenderness_in
from mednec.findings.exam.results import Draft
from mednec.findings.exam.units import Unit
from mednec.findings.terms import Hit

DEGREE = (
    r"(?:none|absent|negative|normal|mild|minimal|slight|moderate|severe|marked|exquisite|positive|present|trace|fair|"
    r"poor|good|full|weak|intact)"
)
LAST_SIDE = compiled(rf"[-\u2013]\s*{DEGREE}\s+(?P<side>right|left|bilateral\w*|both)\b[\s.]*$", re.I)
ITEM = compiled(
    rf"(?:,|;|\band\b|[.:])?\s*(?P<name>[A-Za-z][\w /]{{2,30}}?)\s*[-\u2013]\s+(?P<degree>{DEGREE})\b"
    r"(?:\s+(?P<side>right|left|bilateral|both)\b)?",
    re.I,
)
OF_TENDERNESS = compiled(r"(?:\S+ )*?(?:tender(?:ness)?|palpation)", re.I)
OF_SIGNS = compiled(
    r"coord(?:ination)?|cerebellar(?: exam| testing| function)?|station|stability|impingement|swelling|effusion|"
    r"deformity|edema|crepitus",
    re.I,
)
ABSENT = ("none", "absent", "negative", "normal")
WHOLE = needing(
    r"\b(?:(?:(?P<side>right|left|bilateral)\s+)?(?:(?:knees?|shoulders?|hips?|elbows?|wrists?|hands?|ankles?|foot|"
    r"feet)"
    r"(?:,?\s+(?:and\s+)?)?){1,4}\s*exam(?:ination)?s?\s+(?:for\s+comparison\s+)?)"
    r"(?:(?:is|are|was|were)\s+(?:otherwise\s+|grossly\s+|entirely\s+)?(?:unremarkable|normal|benign|negative)"
    r"|(?:reveals?|shows?|demonstrates?)\s+no\s+(?:focal\s+|gross\s+|acute\s+)?(?:findings|abnormalit(?:y|ies)))"
    r"|examination\s+of\s+the\s+(?:neck|back|hips?|knees?|shoulders?|(?:cervical|thoracic|lumbar)\s+spine|elbows?|"
    r"wrists?|hands?|"
    r"ankles?|feet|extremities|joints)(?:\s+and\s+(?:the\s+)?[a-z]+(?:\s+spine)?)?\s+(?:is|are|was|"
    r"were)\s+(?:entirely\s+)?"
    r"(?:within\s+normal\s+limits|normal|unremarkable|benign)"
    r"|(?:the\s+)?(?P<one>right|left)\s+(?:knee|shoulder|hip|elbow|wrist|hand|ankle|foot)\s+(?:(?:is|"
    r"was)\s+)?(?:entirely\s+|otherwise\s+)?"
    r"(?:normal|unremarkable|benign)(?=\s*[.;]|\s*$)"
    r"|\bneuro(?:logic(?:al)?)?(?:\s+exam(?:ination)?)?\s*(?::|-|is|was)\s*(?:grossly\s+|otherwise\s+|is\s+|was\s+){0,2}"
    r"(?:intact|normal|non-?focal|unremarkable|within normal limits|WNL)\s*(?=[.;\n]|$)",
    re.I | re.M,
)
PALPATED = needing(
    r"\b(?:palpation|percussion|pressure)\s+(?:of|over|along|on|to)\s+(?P<place>[^.;,]{3,70}?)\s+(?:(?:is|"
    r"was)\s+met\s+with|"
    r"produc(?:es|ed|ing)|elicit(?:s|ed|ing)?|reproduc(?:es|ed|ing)|caus(?:es|ed|ing)|provok(?:es|ed|ing)|"
    r"reveal(?:s|ed)?|"
    r"shows?|results?\s+in)\s+(?P<none>no\s+|without\s+)?(?:(?!no\b|not\b)[\w'-]+\s+){0,4}?(?:pain|discomfort|"
    r"soreness)\b",
    re.I,
)
HURTS = needing(
    r"\b(?:palpation|percussion|pressure)\s+(?:of|over|along|on|to)\s+(?P<place>[^.;,]{3,70}?)\s+(?:is|was)\s+"
    r"(?:(?:very|quite|mildly|exquisitely|somewhat)\s+)?(?P<none>not\s+|non-?)?(?:painful|tender|uncomfortable)\b",
    re.I,
)
PRESSED = compiled(
    r"\b(?:pain|discomfort|soreness)\s+(?:(?:can|could)\s+be|is|was)\s+(?:re)?(?:produced|elicited|"
    r"provoked)\s+(?:by|with|on|upon)\s+"
    r"(?:(?:direct|deep|firm|light)\s+)?(?:pressure|palpation|percussion)\s+(?:on|over|of|to|along|"
    r"at)\s+(?P<place>[^.;,]{3,70})",
    re.I,
)
LONGEST = 400  # how far the end of a line may be
SIDES = {"b": "bilateral", "l": "left", "r": "right"}


def side_at_end(text: str, unit: Unit) -> str | None:
    """'Neer - positive. Hawkins - moderate right.': the side that ends a line of graded items is that of all."""
    if " - " not in text[unit.start : unit.end] and "\u2013" not in text[unit.start : unit.end]:
        return None
    end = text.find("\n", unit.end, unit.end + LONGEST)
    line = text[unit.start : end if end >= 0 else unit.end + LONGEST]
    told = LAST_SIDE.search(line)
    return SIDES[told["side"][0].lower()] if told else None


def graded_places(text: str, unit: Unit, side: str | None) -> list[Draft]:
    """The places of 'Tenderness: anterior - moderate, biceps - none', each with its own result."""
    if not OF_TENDERNESS.fullmatch(unit.label):
        return []
    label = unit.label if JOINT_LABEL.search(unit.label) else ""
    return list(_places(text, unit, label, side))


def _places(text: str, unit: Unit, label: str, side: str | None) -> Iterator[Draft]:
    position = unit.body
    while (item := ITEM.match(text, position, unit.end)) is not None:
        concept = tenderness_in(item["name"], label or "joint") or "joint_tenderness"
        result = "negative" if item["degree"].lower() in ABSENT else "positive"
        own = SIDES[item["side"][0].lower()] if item["side"] else side
        yield Draft(concept, item.start("name"), item.end("degree"), (unit.start, unit.end), result, own)
        position = item.end()


def palpated(text: str, unit: Unit, found: list[Draft], side: str | None) -> Iterator[Draft]:
    """'Palpation of the lateral masses meets with pain': tenderness that is told as pain."""
    for told in (place for words in (PALPATED, PRESSED, HURTS) for place in words.finditer(text, unit.start, unit.end)):
        taken = any(
            draft.concept.endswith("_tenderness") and told.start() < draft.end and draft.start < told.end()
            for draft in found
        )
        concept = None if taken else tenderness_in(told["place"], unit.label)
        if concept:
            result = "negative" if told.re is not PRESSED and told["none"] else "positive"
            named = re.search(r"\b(right|left|bilateral|both)\b", told["place"], re.I)
            own = SIDES[named[1][0].lower()] if named else side
            yield Draft(concept, told.start(), told.end(), (unit.start, unit.end), result, own)


def whole_exams(text: str, unit: Unit, found: list[Draft]) -> Iterator[Draft]:
    """'Elbow and wrist exams are unremarkable', 'Neurologic: grossly intact': a part of the body told as a whole."""
    for whole in WHOLE.finditer(text, unit.start, unit.end):
        if not any(whole.start() < draft.end and draft.start < whole.end() for draft in found):
            named = whole["side"] or whole["one"]
            side = SIDES[named[0].lower()] if named else None
            yield Draft("other_sign", whole.start(), whole.end(), (unit.start, unit.end), "negative", side)


def without_label(text: str, unit: Unit, hits: list[Hit]) -> list[Hit]:
    """'Coordination: normal finger to nose': the label only says what the signs behind it are of."""
    signs = [hit for hit in hits if hit.concept == "other_sign" and hit.end > unit.body]
    if not signs or unit.body == unit.start:
        return hits
    return [hit for hit in hits if hit.end > unit.body or not OF_SIGNS.fullmatch(text, hit.start, hit.end)]
