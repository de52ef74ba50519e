"""An examination in, its statements out: sentences, list items and table rows, each with the label in force."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mednec.expressions.patterns import compiled
from mednec.findings.exam.places import JOINT_LABEL, NOT_MUSCULOSKELETAL, SPINE_LABEL
from mednec.findings.exam.zones import Zone

LABEL = compiled(r"[ \t>*\u2022-]*(?P<label>[A-Za-z][\w /&.'(),+-]{0,48}?)[ \t]*:(?=\s|[A-Za-z(+]|$)")
EXAM_OF = compiled(
    r"(?!\W*(?:\w+\s+){0,2}(?:tender\w*|pain\w*|discomfort|sore\w*|nontender)\b)"
    r"[ \t>*\u2022-]*(?:(?:MSK|Musculoskeletal|Extremities|Ortho\w*|"
    r"Neuro\w*)\s*:\s*)?(?:\w+\s+){0,2}(?:exam(?:ination)?|evaluation|inspection|palpation)\s+(?:of|"
    r"to)\s+(?P<label>(?:the\s+|his\s+|her\s+|patient's\s+)?[\w /-]{3,40}?)(?=\s*[:;,.]|\s+(?:show|reveal|"
    r"demonstrat|is|are|was|were|with|disclose|today|note|there|no\b|for\b|yield|he\b|she\b|the patient\b))",
    re.I,
)
ASPECT = compiled(
    r"(?:general |active |passive |gross |manual |muscle |motor |special |maximum |maximal |provocative |"
    r"ligament\w* |neuro\w* |joint )*"
    r"(?:inspection|observation|appearance|palpation|tenderness|swelling|effusion|deformity|alignment|range of motion|"
    r"rom|a?rom|prom|motion|movements?|strength|power|mmt|motor|sensation|sensory|sensibility|reflexes|"
    r"neurovascular|special tests?|tests?|testing|special testing|stability|ligaments|laxity|provocation|signs|"
    r"impingement|rotator cuff|instability|meniscus|flexion|extension|abduction|examination|exam|findings)",
    re.I,
)
TEST_NAME = compiled(r"(?:[\w'\u2019/-]+\s){0,3}(?:tests?|signs?|maneuvers?|stress|drawer)", re.I)
ONE_JOINT = compiled(r"(knee|shoulder|hip|elbow|wrist|hand|ankle|foot)(?: exam(?:ination)?)?", re.I)
HEADS = ("neck", "head", "heen", "mout")
MOUTH = compiled(
    r"\b(?:oropharynx|gums?|tooth|teeth|tympanic|tonsils?|pharynx|mucous membranes?|buccal|conjunctiva\w*|larynx)\b",
    re.I,
)
ORGAN = compiled(
    r"abd(?:omen)?|gi|heart|cor|lungs?|chest|cvs?|cardiovascular|respiratory|heent|skin|psych(?:iatric)?|throat|"
    r"neck veins|ears?|nose|mouth|eyes?|rectal|breasts?|lymph\w*(?: nodes)?",
    re.I,
)
OF_SPINE = compiled(
    r"\b(?:lumb\w*|paraspin\w*|paralumbar|sciatic|straight leg|sacro\w*|SI joints?|trochant\w*|gait|spinous|"
    r"deep tendon|motor (?:strength|exam\w*)|musculoskeletal|extremit\w+|atrophy|knees?|shoulders?|hips?)\b",
    re.I,
)
BESIDE = compiled(r"skin|vascular|pulses?|gait|limp|scars?|wounds?|incision|velocity|assistive|compartments?", re.I)
ALONE = compiled(
    r"[\s>*\u2022-]*(?:the\s+)?(?P<label>(?:(?:right|left|bilateral|both|[RL]|upper|lower|low|cervical|lumbar|"
    r"thoracic|lumbosacral)\s+){0,3}"
    r"(?:knees?|shoulders?|hips?|elbows?|wrists?|hands?|ankles?|foot|feet|back|spine|neck|extremit(?:y|ies))"
    r"(?:\s+(?:joint|exam(?:ination)?|evaluation)){0,2})\s*[:.]?",
    re.I,
)
SUBJECT = compiled(
    r"(?:(?:his|her|the)\s+)?(?P<label>(?:right|left)\s+(?:knee|shoulder|hip|elbow|wrist|hand|ankle|foot)"
    r"(?:\s+and\s+(?:knee|shoulder|hip|elbow|wrist|hand|ankle|foot))?)"
    r"(?=,|\s+(?:has|shows?|showed|reveals?|demonstrates?|is|was|exhibits?|with)\b)",
    re.I,
)
ELSEWHERE = compiled(
    r"\b(?:knees?|shoulders?|hips?|elbows?|wrists?|hands?|ankles?|feet|foot|legs?|lower extremit(?:y|ies)|back|spine|"
    r"neck|lumbar|cervical|thoracic|gait|ambulat\w*|cranial|reflex\w*|DTRs?|abdomen|lungs|heart|straight)\b",
    re.I,
)
PASSING = compiled(
    r"vital signs?|vitals?|vs|general(?: appearance)?|gen|constitutional|appearance|mental status|"
    r"cranial nerves?|speech",
    re.I,
)
OF_BODY = compiled(
    r"\b(?:strength|motor|reflex\w*|DTRs?|sensation|sensory|gait|station|range of motion|tender\w*|spasms?|"
    r"straight leg|cervical|lumbar|paraspin\w*|trigger points?|cerebellar|Romberg|Babinski|spine)\b",
    re.I,
)
LONGEST = 1200
OPENING = 80  # within how many characters 'Examination of' stands
STOP = compiled(r"[.!?][\"')\]]*(?=\s)|[.!?](?=[A-Z][a-z])")
KEEP = compiled(r"\b(?:e\.g|i\.e|vs|Dr|Mr|Mrs|Ms|St|No)\.$")
KEEP_BEFORE_SMALL = compiled(
    r"(?:\b(?:approx|deg|fl|neg|pos|bilat|inf|sup|lat|med|post|ant|mod|sl|w|incl|resp)|"
    r"(?<![A-Za-z])[a-km-qs-z])\.$"
)
ROW = compiled(r"[^\n]*\S(?:[ ]{3,}|\t|[ ]*\|[ ]*)\S")
MARK = compiled(r"[ \t]*(?:[-*\u2022>]|\d{1,2}[.)])[ \t]+\S|[ \t]*\[[ xX]?\]")


@dataclass(frozen=True, slots=True)
class Unit:
    """One statement of an examination: its offsets, where its own words begin, and the label it stands under."""

    start: int
    end: int
    body: int
    label: str
    inherited: bool


def units(text: str, zone: Zone) -> Iterator[Unit]:
    """The statements of an examination, each with the label in force."""
    label = part = told = ""
    for first, last, fresh in _blocks(text, zone):
        if fresh:
            label = ""
        for start, end in _sentences(text, first, last):
            own = _exam_of(text, start, end) or LABEL.match(text, start, end)
            subject = None if own else ALONE.fullmatch(text, start, end) or SUBJECT.match(text, start, end)
            body = _body(text, own, start)
            if own and own.re is LABEL and (inner := LABEL.match(text, body, end)) and ALONE.fullmatch(inner["label"]):
                own, body = inner, inner.end()
            if own and _is_label(own):
                alone = ALONE.fullmatch(text, body, end) if body < end else None
                label, part = _in_force(own["label"], alone["label"] if alone else "", part)
                label = _sided(text, body, end, label) or label
            elif subject:
                label = part = told = subject["label"]
            elif label[:4].lower() in HEADS and MOUTH.search(text, start, end):
                label = "mouth"
            elif label and _has_passed(label, text, start, end):
                label = ""
            elif (sided := _sided(text, start, end, label)) is not None:
                label = part = sided
            elif label and label == told and _is_elsewhere(text[start:end], label):
                label = part = ""
            yield Unit(start, end, body, label, own is None and subject is None)


def _exam_of(text: str, start: int, end: int) -> re.Match[str] | None:
    """'Examination of the left knee', asked for only where 'of' or 'to' stands near the beginning."""
    near = min(end, start + OPENING)
    if text.find(" of ", start, near) < 0 and text.find(" to ", start, near) < 0:
        return None
    return EXAM_OF.match(text, start, end)


def _in_force(label: str, alone: str, part: str) -> tuple[str, str]:
    """The label in force and the part of the body it is of: 'Palpation' under 'Left knee' is that of the left knee."""
    if alone:
        return alone, alone
    if ASPECT.fullmatch(label.strip()):
        return (f"{part} {label}" if part else label), part
    if part and TEST_NAME.fullmatch(label.strip()):
        return f"{part} {label}", part
    if BESIDE.match(label):
        return label, part
    of_body = (JOINT_LABEL.search(label) or SPINE_LABEL.search(label)) and not NOT_MUSCULOSKELETAL.match(label)
    return label, label if of_body else ""


def _has_passed(label: str, text: str, start: int, end: int) -> bool:
    """Whether a sentence behind 'Vital signs: ...' or 'Abdomen: ...' already tells of the back, the limbs or nerves."""
    spoken = OF_BODY if PASSING.fullmatch(label) else OF_SPINE if ORGAN.fullmatch(label) else None
    return spoken is not None and spoken.search(text, start, end) is not None


def _sided(text: str, start: int, end: int, label: str) -> str | None:
    """The joint of the label with its side, where a sentence under the label tells it: 'in the left knee'."""
    joint = ONE_JOINT.fullmatch(label)
    if joint is None:
        return None
    named = {found.lower() for found in re.findall(rf"\b(right|left) {joint[1]}\b", text[start:end], re.I)}
    return f"{named.pop()} {joint[1]}" if len(named) == 1 else None


def _is_elsewhere(words: str, label: str) -> bool:
    """Whether a sentence names a part of the body or a function that the subject before it does not."""
    return any(match.group().lower() not in label.lower() for match in ELSEWHERE.finditer(words))


def _body(text: str, label: re.Match[str] | None, start: int) -> int:
    """Where the words behind a label begin; a label that ends in no colon is part of the statement."""
    if label is None:
        return start
    if label.re is LABEL:
        return label.end()
    return label.end() + 1 if text[label.end() : label.end() + 1] == ":" else start


def _is_label(match: re.Match[str]) -> bool:
    return len(match["label"].split()) <= 6


def _blocks(text: str, zone: Zone) -> Iterator[tuple[int, int, bool]]:
    """Lines that belong together, and whether a blank line stands before them."""
    first = last = -1
    fresh = True
    position = zone.start
    for line in text[zone.start : zone.end].splitlines(keepends=True):
        start, end = position, position + len(line.rstrip())
        position += len(line)
        if start >= end:
            if first >= 0:
                yield first, last, fresh
            first, fresh = -1, True
            continue
        if first >= 0 and _begins(text, start, end, first, last):
            yield first, last, fresh
            first, fresh = -1, False
        if first < 0:
            first = start
        last = end
    if first >= 0:
        yield first, last, fresh


def _begins(text: str, start: int, end: int, first: int, last: int) -> bool:
    """Whether a line begins a statement of its own, and does not go on with the line before."""
    if LABEL.match(text, start, end) or MARK.match(text, start, end) or ROW.match(text, start, end):
        return True
    line = text.rfind("\n", first, last) + 1 or first
    if text[last - 1] in ",/-&+" or text[start:end].lstrip()[:1].islower():
        return bool(ROW.match(text, line, last))
    return last - line < 55 or bool(ROW.match(text, line, last))


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for stop in STOP.finditer(text, start, end):
        if text[stop.start()] == "!" and re.search(
            r"(?<![A-Za-z])p$", text[max(first, stop.start() - 2) : stop.start()]
        ):
            continue
        if text[stop.start()] == "." and _is_abbreviated(text, first, stop.start() + 1, end):
            continue
        yield from _trimmed(text, first, stop.end())
        first = stop.end()
    yield from _trimmed(text, first, end)


def _is_abbreviated(text: str, first: int, dot: int, end: int) -> bool:
    before = max(first, dot - 9)
    if KEEP.search(text, before, dot):
        return True
    following = text[dot : min(end, dot + 4)].lstrip()[:1]
    return following.islower() and bool(KEEP_BEFORE_SMALL.search(text, before, dot))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > LONGEST:  # an endless statement is read in pieces, so that time stays linear
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST) + 1 or start + LONGEST
        yield start, cut
        start = cut
    if start < end:
        yield start, end
