"""A document in, its examinations out: where an examiner's findings stand, cut into statements with their context."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mednec.findings.parse import Parsed

LEAD = r"(?:^[ \t>*\u2022#-]*(?:\d{1,2}[.)][ \t]+)?(?:\d{1,2}/\d{1,2}/\d{2,4}[ \t]+)?)"
BEGINS = re.compile(
    LEAD
    + r"""(?:
        (?P<loose>(?:on[ ]+)?physical[ ]+(?:exam(?:ination)?s?|findings)\b(?![ ]*(?:was|were|is)[ ]+(?:deferred|not)))
        |(?P<strict>(?:[A-Z][a-z/-]+[ ]|[A-Z/-]+[ ]){0,3}(?:exam(?:ination)?s?|eval(?:uation)?[ ]findings|objective(?:[ ]findings|[ ]data)?|obj|pe|p\.e\.|o(?:/rx)?|vital[ ]?signs?|vitals?|vs|px))
          \b(?![ ]*(?:date|table|room|type|by\b|performed|under[ ]anesthesia|number|time)\b)(?:[ ]*\([^)\n]{0,40}\))?[ \t]*(?::|-[ ]|\u2013|\n|$|[ \t]{2,}|(?=[ ]\d{1,2}/\d{1,2}/\d{2,4}))
        |(?P<seen>findings[ ]*:(?=[^\n]{0,250}\b(?:alert|awake|motor|gait|strength|reflex\w*|tender\w*|range[ ]of[ ]motion)\b))
        |(?P<vitals>(?:bp:?[ ]*\d{2,3}/\d{2,3}\b))
        |(?P<prose>(?:on[ ](?:today's[ ])?(?:physical[ ]|clinical[ ]|neurologic(?:al)?[ ]|orthop\w+[ ]|focused[ ])?exam(?:ination)?\b|(?:msk:?[ ]*)?(?:exam(?:ination)?|inspection|palpation)[ ]of[ ](?:the|his|her|patient's|right|left|both|bilateral)\b))
    )""",
    re.I | re.M | re.X,
)
INLINE_BEGINS = re.compile(
    r"(?:(?<=[.!?;)\"'] )|(?<=[.!?;)\"']  )|(?<=\t))(?P<strict>PHYSICAL EXAM(?:INATION)?|EXAM(?:INATION)?|OBJECTIVE|PE|O)[ ]*:(?!\d)"
)
ENDS = re.compile(
    LEAD
    + r"""(?:
        (?:assessments?|impressions?|diagnos[ei]s|diagnostic\w*|dx|differential|plans?|a[ ]?[/&][ ]?p|a(?=:)|p(?=:)|s(?=:)|imaging|images?|radiolog\w+|radiograph\w*|data|labs?|laboratory|results?|studies|investigations?
          |tests?[ ](?:results|performed)|hpi|history|hx|subjective|chief|cc(?=:)|meds?\b|medications?|current[ ]medications?|allerg\w+|ros|review[ ]of[ ]systems|pmh|psh|fh|sh|shx|fhx|social|family|past[ ]|procedures?\b|operat\w+|medical[ ](?:decision|record|imaging|reasoning|history)|mdm
          |discussion|rationale|clinical[ ](?:impression|reasoning|course|decision)|recommend\w+|treatments?|tx\b|rx\b|goals?|short[- ]term|long[- ]term|instructions?|orders?|disposition|follow[- ]?up|counsel\w+|hospital[ ]course|course|consent|problem[ ]list|prognosis|rehab[ ]potential|questions?(?=:)|answer
          |summary|total[ ]time|time[ ]spent|electronically|e-?signed|signed|dictated|emg\b|nerve[ ]conduction|needle|record\w*[ ]review\w*|review[ ]of[ ](?:records|imaging|studies)|medications?|discharge|emergency|ed[ ]course|conclusions?|opinions?|causation|comments?|interpretation|hep\b|daily|flowsheet|visit\b
          |interval|technique|indications?|pre-?op\w*|post-?op\w*|education|patient[ ](?:education|instructions|agreements)|functional[ ](?:limitations|history|status|activities)|outcome|billing|cpt|icd|codes?|attestation|addendum|thank[ ]you|sincerely|return|referr\w+|prescription\w*|activity|work[ ]status|restrictions|consultations?|patient's[ ]goal|opioid|pain[ ]assessment|neurological[ ]symptoms|psychosocial|response[ ]to)
        [^\n:.]{0,45}?(?::|[ \t]*$|[ ]-[ ]|[ \t]{2,})|(?:x-?rays?|xr|mri|ct|emg|dexa|dxa)\b(?![ ]?'))""",
    re.I | re.M | re.X,
)
INLINE_ENDS = re.compile(r"(?:(?<=[.!?;)\"'] )|(?<=[.!?;)\"']  )|(?<=   ))(?:ASSESSMENT|IMPRESSION|PLAN|IMAGING|MRI|A/P|A|P|S|Dx|DX|Rx|Tx|Plan|Goals|LABS?|MEDS)[ ]*:(?!\d)")
CAPITALS = re.compile(r"^[ \t]*(?P<name>[A-Z][A-Z0-9 ,/&'().-]{4,60}?)(?::|[ \t]*$)", re.M)
OF_EXAM = re.compile(
    r"""vital|general|gen\b|heent|head|neck|eye|\bent\b|ear|nose|throat|mouth|oral|lung|chest|thora|heart|cardi|vascul|\bcv|resp|pulm|abd|gastro|\bg\.?[iu]\b|genit|ext\b|extrem|back|spin|lumb|cervic|musc|msk|neuro|motor|sens|reflex|gait
    |station|coord|skin|integ|derm|psych|mental|lymph|rectal|pelvi|breast|strength|rom\b|motion|palpat|inspect|should|knee|\bhip|wrist|hand|elbow|ankle|foot|feet|\bleg|\barm|limb|provoc|test|ortho|special|observ|postur|cranial|\bcn\b|dtr|tone|sacro|\bsi\b|\bsij|facet
    |constit|gen|function|joint|visual|palp|slr|upper|lower|cerebel|cortical|physical|exam|other|stance|\bms\b|trunk|tension|balance|sit|stand|supine|prone|transf|girth|flex|active|passive|nerve|faber|gaenslen|spurling|right|left|straight|deep|cns|mood|appear|aff|objective|measure|percuss|waddell|trigger|hema|bones|axial|eyes|trachea|axill|hgt|nodes|finger|thumb|bp\b|ht\b|wt\b|bmi|pulse|temp|rr\b""",
    re.I | re.X,
)
SURE_ENDS = re.compile(r"^(?:neurological symptoms|review|ros|vital data of)", re.I)
THERAPIST = re.compile(r"physical therap|\bPT\b.{0,40}(?:NOTES?|EVAL|RECORDS?|SUMMARY|FLOWSHEET)|\brehab(?:ilitation)?\b|occupational therap|chiropractic", re.I)
THERAPIST_SIGNS = re.compile(r"\bDPT\b|\bPTA\b|\bTherEx\b|\bPT,? (?:OCS|MS|MPT)\b|, PT\b")
LABEL = re.compile(r"[ \t>*\u2022-]*(?P<label>[A-Za-z][\w /&.'(),+-]{0,48}?)[ \t]*:(?=\s|[A-Za-z(+]|$)")
EXAM_OF = re.compile(
    r"[ \t>*\u2022-]*(?:(?:MSK|Musculoskeletal|Extremities|Ortho\w*|Neuro\w*)\s*:\s*)?(?:\w+\s+){0,2}(?:exam(?:ination)?|evaluation|inspection|palpation)\s+(?:of|to)\s+(?P<label>(?:the\s+|his\s+|her\s+|patient's\s+)?[\w /-]{3,40}?)(?=\s*[:;,.]|\s+(?:show|reveal|demonstrat|is|are|was|were|with|disclose|today|note|there|no\b|for\b|yield))",
    re.I,
)
STOP = re.compile(r"[.!?][\"')\]]*(?=\s)|[.!?](?=[A-Z][a-z])")
KEEP = re.compile(r"\b(?:e\.g|i\.e|vs|Dr|Mr|Mrs|Ms|St|No)\.$")
KEEP_BEFORE_SMALL = re.compile(r"(?:\b(?:approx|deg|fl|neg|pos|bilat|inf|sup|lat|med|post|ant|mod|sl|w|incl|resp)|(?<![A-Za-z])[a-km-qs-z])\.$")
ROW = re.compile(r"[^\n]*\S(?:[ ]{3,}|\t|[ ]*\|[ ]*)\S")
MARK = re.compile(r"[ \t]*(?:[-*\u2022>]|\d{1,2}[.)])[ \t]+\S|[ \t]*\[[ xX]?\]")


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of text that records an examination; in a `bare` one only measurements and named tests count."""

    start: int
    end: int
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """One statement of an examination: its offsets, where its own words begin after a label, and the label it stands under."""

    start: int
    end: int
    body: int
    label: str
    inherited: bool


def zones(parsed: Parsed) -> list[Zone]:
    """The examinations of a document, in order."""
    text = parsed.text
    found = list(_headed(text))
    kind = parsed.document.type
    if kind.startswith("therapy") or kind == "other" and (THERAPIST.search(text, 0, 250) or THERAPIST_SIGNS.search(text)):
        found += _between(text, found)
    return sorted(found, key=lambda zone: zone.start)


def _headed(text: str) -> Iterator[Zone]:
    position = 0
    starts = sorted((m for pattern in (BEGINS, INLINE_BEGINS) for m in pattern.finditer(text)), key=lambda m: m.start())
    for match in starts:
        if match.start() < position or _is_of_imaging(text, match):
            continue
        end = _end(text, match)
        yield Zone(match.start() if match.lastgroup in ("prose", "vitals") else match.end(), end)
        position = end


def _is_of_imaging(text: str, match: re.Match[str]) -> bool:
    """'EXAM: MRI LUMBAR SPINE' heads a radiology report."""
    return bool(re.match(r"[\s:]*(?:\d{1,2}/\S+\s*)?(?:MRI?|CT|XR|X-?RAYS?|DEXA|DXA|ULTRASOUND|BONE|RADIOGRAPH|NM|US|(?:LEFT|RIGHT|AP|LUMBAR|CERVICAL|THORACIC|BILATERAL)\s+(?:\w+\s+){0,4}(?:X-?RAY|MRI|CT|SERIES|VIEWS?))\b", text[match.end() : match.end() + 70], re.I))


def _end(text: str, begin: re.Match[str]) -> int:
    """Where the examination that begins here ends: at the next heading of another kind."""
    stop = len(text)
    if begin.lastgroup == "prose":
        paragraph = text.find("\n\n", begin.end())
        stop = paragraph if paragraph >= 0 else stop
    for pattern in (ENDS, INLINE_ENDS):
        if (ending := pattern.search(text, begin.end(), stop)) is not None:
            stop = min(stop, ending.start())
    for heading in CAPITALS.finditer(text, begin.end(), stop):
        if SURE_ENDS.match(heading["name"]) or not OF_EXAM.search(heading["name"]):
            return heading.start()
    return stop


def _between(text: str, found: list[Zone]) -> list[Zone]:
    """In a therapist's record, what stands outside the headed examinations: measurements are written anywhere."""
    edges = [0, *(edge for zone in sorted(found, key=lambda zone: zone.start) for edge in (zone.start, zone.end)), len(text)]
    return [Zone(first, last, bare=True) for first, last in zip(edges[::2], edges[1::2], strict=True) if last - first > 3]


def units(text: str, zone: Zone) -> Iterator[Unit]:
    """The statements of an examination, each with the label in force."""
    label, paragraph = "", -1
    for first, last, fresh in _blocks(text, zone):
        if fresh:
            label, paragraph = "", first
        for start, end in _sentences(text, first, last):
            own = EXAM_OF.match(text, start, end) or LABEL.match(text, start, end)
            if own and _is_label(own):
                label = own["label"]
            yield Unit(start, end, own.end() if own and own.re is LABEL else start, label, own is None)


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
        if text[stop.start()] == "!" and re.search(r"(?<![A-Za-z])p$", text[max(first, stop.start() - 2) : stop.start()]):
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
    if start < end:
        yield start, end
