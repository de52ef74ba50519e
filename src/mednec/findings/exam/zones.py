"""A document in, its examinations out: the stretches of text in which an examiner's findings stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from mednec.expressions.begun import at_lines
from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.findings.regions import side_in
from mednec.findings.terms import Hit

HEADING = compiled(
    r"[ \t>*\u2022#-]*(?:\d{1,2}[.)][ \t]+)?(?:\d{1,2}/\d{1,2}/\d{2,4}[ \t]+)?"
    r"(?P<name>[A-Za-z][\w /&.'-]{0,48}?)(?P<note>[ ]*\([^)\n]{0,40}\))?[ \t]*(?P<mark>:|$|-[ ]|\u2013|[ \t]{2,}|"
    r"(?=[ ]\d{1,2}/\d{1,2}/\d)|(?<=[a-z])(?P<stop>\.)(?=[ ]+[A-Z]))",
    re.M,
)
INLINE = compiled(
    r"(?P<name>PHYSICAL EXAM(?:INATION)?|EXAM(?:INATION)?|OBJECTIVE|PE|O|ASSESSMENT|IMPRESSION|PLAN|IMAGING|MRI|"
    r"A/P|A|P|S"
    r"|Dx|DX|Rx|Tx|Plan|Goals|LABS?|MEDS)[ ]*:(?!\d)"
)
EXAM_NAME = compiled(
    r"(?!reason|date|type|time|place|purpose|history|prior|previous|since|last|next|eye|annual|mental|mini"
    r"|under|indication|order)"
    r"(?:[\w/.-]+ ){0,3}(?:clinical assessment and findings|"
    r"exam(?:ination)?s?|eval(?:uation)? findings|objective(?: findings| data)?|obj|pe|"
    r"p\.e\.?|o|o/rx|px"
    r"|vital ?signs?|vitals?|vs|physical findings)",
    re.I,
)
NOT_A_NAME = compiled(r"[ ]*(?:date|table|room|type|by\b|performed|under anesthesia|number|time)\b", re.I)
SPECIAL = compiled(
    r"""[ \t>*\u2022#-]*(?:\d{1,2}[.)][ \t]+)?(?:
    (?P<heading>(?:on[ ])?physical[ ]exam(?:ination)?s?\b(?![ ]*(?:was|were|is)[ ]+(?:deferred|not))
      |findings[ ]*:(?=[^\n]{0,250}\b(?:alert|awake|motor|gait|strength|reflex\w*|tender\w*|range[ ]of[ ]motion)\b))
    |(?P<line>bp:?[ ]*\d{2,3}/\d{2,3}\b)
    |(?P<prose>on[ ](?:[a-z']+[ ]){0,2}exam(?:ination)?\b
      |(?:(?:brief|limited|focused|physical|neurologic(?:al)?|motor|general|orthopedic|clinical|musculoskeletal|his|her|
        today's|the|my)[ ]){0,3}(?:exam(?:ination)?|evaluation)[ ](?:today[ ])?
        (?:reveal|show|demonstrat|disclos)(?:s|ed)?\b
      |(?:msk:?[ ]*)?(?:exam(?:ination)?|inspection|palpation)[ ]of[ ]
        (?:the|his|her|patient's|right|left|both|bilateral)\b)
    |(?P<study>(?:x-?rays?|xr|mri|ct|emg|dexa|dxa)\b(?![ ]?')))""",
    re.I | re.X,
)
OF_IMAGING = compiled(
    r"[\s:]*(?:\d{1,2}/\S+\s*)?(?:(?:NON[- ]?CONTRAST|UNENHANCED|ENHANCED|CONTRAST|LIMITED|PORTABLE|STANDING)\s+)?"
    r"(?:MRI?|CT|XR|X-?RAYS?|DEXA|DXA|ULTRASOUND|BONE|RADIOGRAPH|NM|US"
    r"|(?:LEFT|RIGHT|AP|LUMBAR|CERVICAL|THORACIC|BILATERAL)\s+(?:\w+\s+){0,4}(?:X-?RAY|MRI|CT|SERIES|VIEWS?))\b",
    re.I,
)
SIDE_HEADS = at_lines(  # the head of a table of both sides: 'SIJ tests       R      L'
    r"^(?P<lead>[^\n]{0,80}?)(?:[ ]{2,}|\t|\|[ ]*)(?P<one>right|left|R|L|rt|lt)[ ]{0,60}(?:[ ]{2}|\t|\|)[ ]*"
    r"(?P<two>right|left|R|L|rt|lt)[ \t|]*$",
    re.I,
)
TABLE_ROW = compiled(r"\n[^\n]*\S(?:[ ]{2,}|\t|[ ]*\|)[^\n]*")
CAPITALS = compiled(r"[ \t]*(?P<name>[A-Z][A-Z0-9 ,/&'().-]{4,60}?)(?::|[ \t]*$)", re.M)
NERVES_NUMBERED = compiled(r"[IVX]+(?:[ ,&/-]+(?:AND[ ]+)?[IVX]+)*")  # 'IX & X:' is a line of the cranial nerves
# 'RLE 3 3 4 4' is a row of muscle grades, 'HF HE KF KE' the head over it
GRADES = compiled(r"(?:[A-Z]{1,5}[ ]+)?(?:[0-5][ ,]+){2,}[0-5]|(?:[A-Z]{1,2}[ ]+){3,}[A-Z]{1,2}$")
COLON = compiled(r"[ \t]*:?[ \t]*")
FACTORS = compiled(r"factors (?:for|of) (?:permanent )?disability:?\s*$", re.I)  # they repeat the findings
OTHER_NAMES = frozenset(
    (
        "a", "p", "s", "ap", "a/p", "a&p", "a / p", "dx", "cc", "hpi", "hx", "ros", "pmh", "psh", "fh", "sh", "shx",
        "fhx", "mdm", "tx", "rx", "hep", "course", "visit", "meds", "med", "allergies", "data", "icd", "cpt",
        "code", "codes", "emg", "labs", "lab", "past", "order", "orders", "return",
    )
)  # fmt: skip
OTHER_BEGINNINGS = (
    "assessment", "impression", "diagnos", "differential", "plan", "imaging", "images", "radiolog",
    "radiograph", "laboratory", "lab data", "labs ", "result", "studies", "investigation", "test results",
    "tests performed", "history", "subjective", "chief", "meds ", "medication", "current medication", "allerg",
    "review of systems", "review of records", "review of imaging", "review of studies", "social", "family",
    "past ", "procedure", "operat", "medical decision", "medical record", "medical imaging",
    "medical reasoning", "medical history", "discussion", "rationale", "clinical impression",
    "clinical reasoning", "clinical course", "clinical decision", "recommend", "treatment", "goal",
    "short-term", "short term", "long-term", "long term", "instruction", "order ", "orders ", "disposition",
    "follow", "counsel", "hospital course", "course ", "consent", "problem list", "prognosis",
    "rehab potential", "question", "answer", "summary", "total time", "time spent", "electronically", "e-sign",
    "esign", "signed", "dictated", "nerve conduction", "needle", "record", "discharge", "emergency",
    "ed course", "conclusion", "opinion", "causation", "comment", "interpretation", "daily", "flowsheet",
    "interval", "technique", "indication", "preop", "pre-op", "postop", "post-op", "education",
    "patient education", "patient instruction", "patient agreement", "patient's goal", "functional limitation",
    "functional history", "functional status", "functional activit", "outcome", "billing", "attestation",
    "addendum", "thank you", "sincerely", "referr", "prescription", "activity", "work status", "restriction",
    "consultation", "opioid", "pain assessment", "neurological symptoms", "psychosocial", "response to",
    "data ", "mdm ", "a/p ", "dx ",
)  # fmt: skip
OF_EXAM = compiled(
    r"""vital|general|gen\b|heent|head|neck|eye|\bent\b|ear|nose|throat|mouth|oral|lung|chest|thora|heart|cardi|vascul
    |\bcv|resp|pulm|abd|gastro
    |\bg\.?[iu]\b|genit|ext\b|extrem|back|spin|lumb|cervic|musc|msk|neuro|motor|sens|reflex|gait|station|
      coord|skin|integ|derm|psych|mental|lymph
    |rectal|pelvi|breast|strength|rom\b|motion|palpat|inspect|should|knee|\bhip|wrist|hand|elbow|ankle|foot|
      feet|\bleg|\barm|limb|provoc|test|ortho
    |special|observ|postur|cranial|\bcn\b|dtr|tone|sacro|\bsi\b|\bsij|facet|constit|function|joint|visual|
      palp|slr|upper|lower|cerebel|cortical
    |physical|exam|other|stance|\bms\b|trunk|tension|balance|sit|stand|supine|prone|transf|girth|flex|active|
      passive|nerve|faber|gaenslen|spurling
    |right|left|straight|deep|cns|mood|appear|aff|objective|measure|percuss|waddell|trigger|hema|bones|axial|
      trachea|axill|hgt|nodes|finger|thumb
    |bp\b|ht\b|wt\b|bmi|pulse|temp|rr\b""",
    re.I | re.X,
)
OTHER_CAPITALS = ("NEUROLOGICAL SYMPTOMS", "REVIEW", "ROS")
THERAPIST = compiled(
    r"physical therap|\bPT\b.{0,40}(?:NOTES?|EVAL|RECORDS?|SUMMARY|FLOWSHEET)|\brehab(?:ilitation)?\b|"
    r"occupational therap|chiropractic",
    re.I,
)
OF_THERAPY = compiled(
    r"(?i:\b(?:home exercise program|functional outcomes?|functional mobility|rehab potential|plan of care|"
    r"pool therapy|short[- ]term (?:goals?|objectives?)|long[- ]term (?:goals?|objectives?)|therapeutic exercise|"
    r"core stabilization|gait training|physical therapy evaluation))"
)
THERAPIST_SIGNS = ("DPT", "TherEx", ", PT\n", ", PT ", "PT, OCS", "MPT")


OF_THE_JOINT = frozenset(("faber", "gaenslen", "thigh_thrust", "si_compression", "si_distraction"))
OF_A_ROOT = frozenset(("straight_leg_raise", "spurling"))
EARLIER = compiled(
    r"\b(?:(?:in|since|back in) (?:19|20)\d\d|last (?:year|month|fall|spring|summer|winter|time)"
    r"|previous(?:ly)?|prior|formerly"
    r"|earlier (?:exam\w*|visits?)|(?:years?|months?) ago|used to|at one time|before (?:the|her|his)"
    r" (?:surgery|fusion|injection"
    r"|operation)|reports?|was told|says|other (?:clinic|doctor|office|hospital)|outside|elsewhere|records?)\b",
    re.I,
)
OF_ALL = compiled(r"\s*(?:all|each|every one|none|not one|no one|both)\b", re.I)  # 'A, B and C; all three hurt'
NOT_OF_AN_EXAM = frozenset(
    (
        "plan",
        "family_history",
        "education",
        "goals",
        "past_medical",
        "past_surgical",
        "procedure",
        "assessment",
        "rationale",
    )
)
AHEAD = compiled(
    r"\b(?:will|plan\w*|next|should|to be(?! (?:positive|negative|painful|painless|normal))|if|would|need\w*"
    r"|requires?|policy|criteria|consider\w*|teach\w*|taught"
    r"|explain\w*|unable to|not (?:done|tested|performed))\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Zone:
    """A stretch of text that records an examination; in a `bare` one only measurements and named tests count."""

    start: int
    end: int
    bare: bool = False


@dataclass(frozen=True, slots=True)
class _Edge:
    """Where an examination may begin (`exam` names how) or end."""

    start: int
    end: int
    exam: str = ""  # heading, line (its words belong to the examination), prose (it lasts one paragraph)


def zones(parsed: Parsed) -> list[Zone]:
    """The examinations of a document, in order."""
    text = parsed.text
    found = list(_headed(text))
    if _is_of_therapist(parsed):
        found += _between(text, found)
    return sorted(found, key=lambda zone: zone.start) or list(_of_tests(parsed))


def _of_tests(parsed: Parsed) -> Iterator[Zone]:
    """The sentences of a note without any heading of an examination that tell tests of the joint or of a root."""
    named: dict[tuple[int, int], set[str]] = {}
    tables = list(_tables(parsed.text))
    yield from tables
    for hit in parsed.of("exam"):
        if _is_told_anywhere(hit) and not any(one.start <= hit.start < one.end for one in tables):
            sentence = parsed.sentence_at(hit.start)
            named.setdefault((sentence.start, sentence.end), set()).add(hit.concept)
    of_the_joint = set[str]().union(*named.values()) - OF_A_ROOT
    for (start, end), tests in named.items():
        if len(of_the_joint) < 2 and not tests & OF_A_ROOT:
            continue
        if _is_of_another_day(parsed, start, end):
            continue
        end = _clause_end(parsed, start, end)
        one_side = side_in(parsed.text, start, end) != "bilateral"  # which test is of which side, prose does not tell
        if one_side or not tests - OF_A_ROOT:
            yield Zone(start, end, bare=True)


def _is_told_anywhere(hit: Hit) -> bool:
    """Whether a test is known by its name, wherever it is told."""
    return hit.concept in OF_THE_JOINT or hit.concept in OF_A_ROOT or hit.term.lower().startswith("yeoman")


def _is_of_another_day(parsed: Parsed, start: int, end: int) -> bool:
    """Whether a sentence tells what is to be tested, what was found at an earlier time, or what somebody was told."""
    if parsed.section_at(start).name in NOT_OF_AN_EXAM:
        return True
    return bool(AHEAD.search(parsed.text, start, end) or EARLIER.search(parsed.text, start, end))


def _clause_end(parsed: Parsed, start: int, end: int) -> int:
    """Where what is said of the tests ends: behind a semicolon after the last of them the other side may be told."""
    last = max(hit.end for hit in parsed.of("exam") if _is_told_anywhere(hit) and start <= hit.start < end)
    stop = parsed.text.find(";", last, end)
    return end if stop < 0 or OF_ALL.match(parsed.text, stop + 1) else stop


def _tables(text: str) -> Iterator[Zone]:
    """Tables of both sides, from their heads to their last rows."""
    for head in SIDE_HEADS.finditer(text):
        end = head.end()
        while row := TABLE_ROW.match(text, end):
            end = row.end()
        if end > head.end():
            yield Zone(head.start(), end, bare=True)


def _is_of_therapist(parsed: Parsed) -> bool:
    """Whether a therapist wrote the document: its type, else its head and its signature tell."""
    kind, text = parsed.document.type, parsed.text
    if kind == "office_visit":
        return bool(THERAPIST.search(text, 0, 250)) and len(set(OF_THERAPY.findall(text))) >= 3
    if kind != "other":
        return kind.startswith("therapy")
    ends = text[:800] + text[-800:]
    return any(sign in ends for sign in THERAPIST_SIGNS) or bool(THERAPIST.search(text, 0, 250))


def _headed(text: str) -> Iterator[Zone]:
    edges = sorted((*_at_lines(text), *_inline(text)), key=lambda edge: (edge.start, edge.end))
    ends = [edge.start for edge in edges if not edge.exam]
    position = 0
    for edge in edges:
        if not edge.exam or edge.start < position or OF_IMAGING.match(text, edge.end, edge.end + 70):
            continue
        stop = len(text)
        if edge.exam == "prose":
            paragraph = text.find("\n\n", edge.end)
            stop = paragraph if paragraph >= 0 else stop
        following = bisect_left(ends, edge.end)
        position = min(stop, ends[following]) if following < len(ends) else stop
        begin = edge.start if edge.exam != "heading" or SIDE_HEADS.match(text, edge.start) else _body(text, edge.end)
        yield Zone(min(begin, position), position)


def _body(text: str, end: int) -> int:
    """Where the words behind a heading begin: past its colon."""
    colon = COLON.match(text, end)
    return colon.end() if colon else end


def _at_lines(text: str) -> Iterator[_Edge]:
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        if not line.isspace() and (edge := _edge(text, start, end)) is not None:
            yield edge
        start = end


def _edge(text: str, start: int, end: int) -> _Edge | None:
    """What a line that looks like a heading heads: an examination, something else, or None where it is no heading."""
    special, sides = SPECIAL.match(text, start, end), SIDE_HEADS.match(text, start, end)
    if sides and not sides["lead"].strip():
        return None
    if special is not None and special.lastgroup == "heading":
        return _Edge(start, special.end(), "heading")
    heading = HEADING.match(text, start, end)
    if heading and heading["stop"] and not (heading["name"][0].isupper() and heading["name"].isalpha()):
        heading = None  # a sentence that ends with such a word
    name = heading["name"].strip().lower() if heading else ""
    if heading and name.startswith("objective") and FACTORS.search(text, max(0, start - 60), start):
        return _Edge(start, end)
    if heading and EXAM_NAME.fullmatch(name) and not NOT_A_NAME.match(text, heading.end("name")):
        return _Edge(start, heading.end(), "heading")
    if special is not None:
        return _Edge(start, end) if special.lastgroup == "study" else _Edge(start, start, special.lastgroup or "")
    if heading and (name in OTHER_NAMES or name.startswith(OTHER_BEGINNINGS)):
        return _Edge(start, end)
    capitals = CAPITALS.match(text, start, end)
    if capitals is None or NERVES_NUMBERED.fullmatch(capitals["name"]) or GRADES.match(capitals["name"]):
        return None
    named_else = capitals["name"].startswith(OTHER_CAPITALS) or not OF_EXAM.search(capitals["name"])
    return _Edge(start, end) if named_else else None


def _inline(text: str) -> Iterator[_Edge]:
    """Headings that stand within a line, behind the end of a sentence or a wide gap."""
    for match in INLINE.finditer(text):
        before = text[max(0, match.start() - 3) : match.start()]
        if before == "   " or (
            before.endswith((" ", "\t")) and before.rstrip()[-1:] in (".", "!", "?", ";", ")", '"', "'")
        ):
            exam = EXAM_NAME.fullmatch(match["name"]) is not None
            yield _Edge(match.start(), match.end(), "heading" if exam else "")


def _between(text: str, found: list[Zone]) -> list[Zone]:
    """In a therapist's record, what stands outside the headed examinations: measurements are written anywhere."""
    edges = [
        0,
        *(edge for zone in sorted(found, key=lambda zone: zone.start) for edge in (zone.start, zone.end)),
        len(text),
    ]
    return [
        Zone(first, last, bare=True) for first, last in zip(edges[::2], edges[1::2], strict=True) if last - first > 3
    ]
