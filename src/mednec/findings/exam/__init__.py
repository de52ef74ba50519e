"""A document in, what its examiner found out: signs, tests, strength, sensation, reflexes, movement, tenderness."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace

from mednec.expressions.patterns import compiled
from mednec.findings.exam.clause import as_its_clause_says
from mednec.findings.exam.elsewhere import is_elsewhere
from mednec.findings.exam.findings import Setting, drafts
from mednec.findings.exam.focus import OF_BACK, Focus, in_focus, sided
from mednec.findings.exam.grades import as_grade
from mednec.findings.exam.places import JOINT_LABEL, SPINE_LABEL, is_of_joint
from mednec.findings.exam.progress import changes
from mednec.findings.exam.results import Draft
from mednec.findings.exam.statements import statements
from mednec.findings.exam.tables import headed_movements, table_rows
from mednec.findings.exam.templates import WHOLE, graded_places, palpated, side_at_end, whole_exams, without_label
from mednec.findings.exam.ticked import ticked
from mednec.findings.exam.tokens import tokens
from mednec.findings.exam.units import Unit, units
from mednec.findings.exam.zones import Zone, zones
from mednec.findings.parse import Parsed
from mednec.findings.terms import Hit
from mednec.model import Finding

CROSSED = compiled(r"cross|contralateral|well leg", re.I)
OPPOSITE = {"left": "right", "right": "left"}
SIDE_OF_LABEL = compiled(
    r"\b(?:([Rr]ight|RIGHT|R|Rt|RUE|RLE)|([Ll]eft|LEFT|L|Lt|LUE|LLE)|([Bb]ilateral|BILATERAL|[Bb]oth|"
    r"B))\b(?![-/]\w)"
)
SIDE_COLUMN = compiled(r"[A-Za-z][\w /]{2,30}[ ](?P<side>R|L|right|left|Right|Left)[ ]{2,}(?=\S)")
LEADING_SIDE = compiled(r"\s*on\s+(?:the\s+|her\s+|his\s+)?(?P<side>right|left)(?:\s+side)?\s*,", re.I)
COORDINATION = compiled(r"coordinat|dysmetria|ataxia|finger|heel|rapid|dysdiado|cerebell|past.?point", re.I)
JOINED = compiled(r"[\w\s]{0,24}?\s(?:with|or|on|without|in|for|by|and)\s(?:no\s|normal\s|any\s)?", re.I)
TOLD_WHOLLY = compiled(
    r"neuro|[^.;]{0,60}\b(?:pressure|palpation) (?:on|over|of)\b|(?:the\s+)?(?:right|left)\s|"
    r"(?:[\w.]+\s+){0,3}(?:exam(?:ination)?s?|palpation|percussion|pressure)\b",
    re.I,
)  # sentences that may tell a finding without a term of the lexicon
NOT_EXAMINED = compiled(
    r"\bfacial\b|\btongue\b|\bpalate\b|\bnerve conduction|\blatenc(?:y|ies)\b|\bpatient was (?:placed|positioned|"
    r"prepped)|\bno mention\b|\bneedle\b|\bEMG\b",
    re.I,
)
OF_HEAD = compiled(
    r"CNs?|cranial nerves?|cn[ ]?(?:2|ii)[ ]?[-\u2013][ ]?(?:12|xii)|"
    r"(?:CN\s*)?[ivx]+(?:[ ,&/-]+(?:and\s+)?[ivx]+)*",
    re.I,
)
OF_LIMB = compiled(r"\b(?:abduct|adduct|internal|external|supinat|pronat|dorsiflex|plantar)", re.I)
ONE_SIDED = ("range_of_motion", "motor", "other_sign", "joint_tenderness", "sensory")
OF_MUSCLES = ("spine_tenderness", "muscle_spasm", "trigger_point")
AS_FOLLOWS = compiled(r"\bas follows\W*$", re.I)
GOES_WITH = compiled(
    r"(?![^.;]*\b(?:other|otherwise|others|remain\w*|rest|all|left|right|bilateral\w*|both|contralateral|[RLB])\b)"
    r"[^.;]*?\b(?:and|with|but|or)\s[^.;]*$",
    re.I,
)
OF_STRENGTH = compiled(r"(?:motor|strength|muscle|power|MMT)\b", re.I)
OF_REFLEXES = compiled(r"(?:deep tendon |tendon |muscle stretch )?reflex(?:es)?|DTR'?s?", re.I)
FIGURE = compiled(r"\d[+-]?\s?/\s?\d|\d\+|\+\d|\b(?:five|5) (?:out )?of (?:five|5)\b", re.I)
RADIATION = compiled(r"\b(?:into|to|w/|with|down)\s[^,;.]*")
SACROILIAC_TESTS = ("faber", "gaenslen", "thigh_thrust")
SI_CONTEXT = compiled(
    r"\b(?:FABER|Patrick|Gaenslen|thigh thrust|SIJ?|sacroiliac|Yeoman|sacral thrust|posterior shear)\b", re.I
)


def find(parsed: Parsed) -> Iterator[Finding]:
    """The findings of every examination that the document records."""
    hits = list(parsed.of("exam"))
    if not hits:
        return
    answered = {hit.start: draft for hit, draft in ticked(parsed.text, hits)}
    yield from (_finding(parsed, draft) for draft in answered.values() if draft)
    hits = [hit for hit in hits if hit.start not in answered]
    starts = [hit.start for hit in hits]
    for zone in zones(parsed):
        here = hits[bisect_left(starts, zone.start) : bisect_left(starts, zone.end)]
        if here or WHOLE.search(parsed.text, zone.start, zone.end):
            found = (one for one in _of_zone(parsed, zone, here) if not is_elsewhere(parsed, one))
            yield from (as_its_clause_says(parsed, one) for one in found)


def _of_zone(parsed: Parsed, zone: Zone, hits: list[Hit]) -> Iterator[Finding]:
    text = parsed.text
    rows = [*table_rows(text, zone, hits), *changes(text, zone, hits)]
    headed = list(headed_movements(text, zone))
    yield from (_finding(parsed, draft) for draft in (*rows, *(draft for draft, _ in headed)))
    covered = [draft.quote for draft in rows]
    summed = [(draft.start, rows_of[1]) for draft, rows_of in headed]
    sacroiliac = any(hit.concept in SACROILIAC_TESTS for hit in hits) or bool(
        SI_CONTEXT.search(text, zone.start, zone.end)
    )
    raised: str | None = None
    listed = False
    for unit, side, focus, here in _told(text, zone, hits):
        if OF_HEAD.fullmatch(unit.label) or _overlaps(covered, unit.start, unit.end):
            continue
        setting = Setting(side or side_at_end(text, unit), sacroiliac, zone.bare)
        here = without_label(text, unit, here)
        told = graded_places(text, unit, setting.side) or list(_on_one_side(text, _of_unit(text, unit, here, setting)))
        told += [*whole_exams(text, unit, told), *palpated(text, unit, told, setting.side)]
        for draft in told:
            draft = sided(text, draft, focus) if focus else draft
            within = "as follows" in text[unit.start : draft.start].lower()
            detail = _overlaps(summed, draft.start, draft.end) or ((listed or within) and draft.result is None)
            if draft.concept == "range_of_motion" and detail:
                continue
            if draft.concept == "straight_leg_raise":
                draft, raised = _crossed(text, draft, raised)
            yield _finding(parsed, draft)
        listed = AS_FOLLOWS.search(text, unit.start, unit.end) is not None


def _told(text: str, zone: Zone, hits: list[Hit]) -> Iterator[tuple[Unit, str | None, Focus | None, list[Hit]]]:
    """The statements that may tell a finding, each with the side of its label, the joint in force and its terms."""
    side: str | None = None
    label = ""
    position = 0
    back = OF_BACK.search(text, zone.start, zone.end) is not None
    for unit, focus in in_focus(text, units(text, zone), back):
        if unit.label != label or not unit.inherited:
            label, side = unit.label, _side_of(unit.label)
        while position < len(hits) and hits[position].start < unit.start:
            position += 1
        stop = position
        while stop < len(hits) and hits[stop].end <= unit.end:
            stop += 1
        told = (
            stop > position
            or TOLD_WHOLLY.match(text, unit.start, unit.end)
            or FIGURE.search(text, unit.start, unit.end)
        )
        if told and not NOT_EXAMINED.search(text, unit.start, unit.end):
            yield unit, side, focus, hits[position:stop]


def _overlaps(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(first < end and start < last for first, last in spans)


def _crossed(text: str, draft: Draft, raised: str | None) -> tuple[Draft, str | None]:
    """A crossed straight leg raise is that of the other leg; with it, the leg that was raised last."""
    if CROSSED.match(text, draft.start) and draft.side is None and raised:
        return replace(draft, side=OPPOSITE[raised]), raised
    return draft, draft.side if draft.side in OPPOSITE else raised


def _of_unit(text: str, unit: Unit, hits: list[Hit], setting: Setting) -> Iterator[Draft]:
    if setting.side is None and (leading := LEADING_SIDE.match(text, unit.body, unit.end)):
        setting = replace(setting, side=leading["side"].lower())
    column = SIDE_COLUMN.match(text, unit.start, unit.end)
    if column:
        setting = replace(setting, side="right" if column["side"][0] in "Rr" else "left")
    held: Draft | None = None
    reflexes = unit.inherited and bool(OF_REFLEXES.match(unit.label))
    found = tokens(text, unit.start, unit.end, hits)
    if OF_STRENGTH.match(unit.label):
        found = [as_grade(token) for token in found]
    for statement in statements(text, unit.start, unit.end, found, reflexes=reflexes):
        for draft in drafts(text, unit, statement, setting):
            if draft.concept.endswith("_tenderness"):
                setting = replace(setting, tender=draft.concept)
            if held and _goes_on(text, unit, held, draft):
                held = replace(held, end=draft.end)
                continue
            if held:
                yield held
            held = draft
    if held:
        yield held


def _on_one_side(text: str, drafts: Iterable[Draft]) -> Iterator[Draft]:
    """'Tender right wrist with decreased grip': what is joined to a finding on a side is of that side."""
    before: Draft | None = None
    for draft in drafts:
        if (
            before
            and before.side
            and draft.side is None
            and _may_share_side(before, draft)
            and (before.side != "bilateral" or " with " in text[before.end : draft.start])
            and GOES_WITH.match(_beside(text[before.end : draft.start], before.side))
        ):
            draft = replace(draft, side=before.side)
        yield draft
        before = draft


def _may_share_side(before: Draft, draft: Draft) -> bool:
    """Whether two findings may be told of one side: of a limb, or of the muscles beside the spine."""
    if before.concept in OF_MUSCLES and draft.concept in OF_MUSCLES:
        return True
    return before.concept in (*ONE_SIDED, "straight_leg_raise") and draft.concept in ONE_SIDED


def _beside(words: str, side: str) -> str:
    """The words between two findings without the side of the first, told behind it: 'Neer on the right with ...'."""
    return re.sub(r"\b(?:both|bilateral\w*)\b" if side == "bilateral" else rf"\b{side}\b", "", words, flags=re.I)


def _goes_on(text: str, unit: Unit, one: Draft, other: Draft) -> bool:
    """Whether two movements of one joint with one result are told in a row: 'flexion 45, extension 45'."""
    if one.concept == other.concept == "other_sign":
        return one.result == other.result and _is_coordination(text, one, other)
    return (
        one.concept == other.concept == "range_of_motion"
        and one.result == other.result
        and other.side in (one.side, None)
        and other.start >= one.end
        and (
            is_of_joint(RADIATION.sub("", text[unit.body : other.start]), unit.label)
            or (one.result is None and bool(OF_LIMB.search(text, one.start, other.end)))
        )
    )


def _is_coordination(text: str, one: Draft, other: Draft) -> bool:
    """'Coordination is normal with no dysmetria', 'no ataxia on finger to nose': one function, told by its tests."""
    return (
        COORDINATION.search(text, one.start, one.end) is not None
        and COORDINATION.search(text, other.start, other.end) is not None
        and JOINED.fullmatch(text, one.end, other.start) is not None
    )


def _side_of(label: str) -> str | None:
    """The side that a label names for what stands under it: 'R shoulder', 'Examination of the left knee'."""
    named = SIDE_OF_LABEL.search(label)
    if named is None or not JOINT_LABEL.search(label) or SPINE_LABEL.search(label):
        return None
    return "right" if named[1] else "left" if named[2] else "bilateral"


def _finding(parsed: Parsed, draft: Draft) -> Finding:
    return parsed.document.finding(
        "exam",
        draft.concept,
        draft.start,
        draft.end,
        quote=draft.quote,
        result=draft.result,
        side=draft.side,
        sign=draft.sign,
    )
