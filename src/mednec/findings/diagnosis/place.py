"""Where a condition sits: the levels, side, region, severity and basis that the words around it state."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.findings.regions import LEVEL, levels_in, one_or_list, regions_in, side_in
from mednec.model import Document

SPINE = ("cervical", "thoracic", "lumbar", "sacroiliac")
REPORT_TYPES = ("imaging_report",)
OTHER_TYPES = ("other", "structured_entry", "hospital_record")
STUDY = compiled(
    r"\b(?:MRI|MR|CT|XR|x-?rays?|radiographs?|films?|radiology|myelogram|bone scan|DEXA|DXA|SPECT|ultrasound)\b", re.I
)
QUOTED = compiled(
    r"\b(?:MRIs?|MR (?:lumbar|cervical|thoracic)|CTs?|XR|x-?rays?|radiographs?|films?|myelogram|bone scan|imaging"
    r"|plain films|scan)\b",
    re.I,
)
CITED = 220  # characters that a study may be named before what it showed
CITING = compiled(
    r"\bMRI|\bCT\b|IMAGING|Imaging|X-?ray|\bXR"
    r"|\b(?:looked|reviewed|viewed|went over|saw|read|studied|opened|pulled up|checked)\b[^.\n]{0,40}?"
    r"\b(?:scans?|films?|pictures|images)\b"
    r"|\b(?:scans?|films?|pictures|images)\b[^.\n]{0,30}?\b(?:reviewed|seen|at hand|with (?:her|him|them))\b"
)
NEW_HEADING = compiled(
    r"\n[ \t]*(?:[A-Z][A-Za-z/& ]{1,30}:|[A-Z]{3,}\b|Assessment|Impression|Plan|Exam|A/P|Rationale|\d[.)]|- )"
)
BODY = compiled(
    r"^[ \t]*(?:findings|impression|interpretation|conclusion|opinion)\b[ \t]*(?::|\n|$)|\bfindings:", re.I | re.M
)
OPINION = compiled(r"\bimpression\b", re.I)
VISIT = compiled(r"\b(?:HPI|chief complaint|present illness|physical exam)", re.I)
LABEL = compiled(
    r"(?:^|(?<=[\n.;]))[ \t]*(?:At )?(?P<levels>(?:[CTLS]\d{1,2}\s*[-/]\s*[CTLS]?\d{1,2}|[TL]\d{1,2})(?:\s*(?:,"
    r"|and|to|through|thru|&|-)\s*[CTLS]?\d{1,2}(?:\s*[-/]\s*[CTLS]?\d{1,2})?)*)\s*:",
    re.M,
)
LEAD = compiled(
    r"(?:^|(?<=[\n.;]))\s*(?:At |The )?(?P<levels>[CTLS]\d{1,2}\s*[-/]\s*[CTLS]?\d{1,2})(?=\s*(?:,|-\s|\u2013"
    r"|level\b|there\b|shows?\b"
    r"|demonstrates?\b|has\b|with\b|mild\b|moderate\b|severe\b|disc\b|disk\b|broad|left\b|right\b|small\b|grade\b))",
    re.M,
)
HEADED = 600  # characters that a level's heading may stand before
LABEL_ENDS = compiled(
    r"\n[ \t]*\n|\n[ \t]*(?:IMPRESSION|Impression|CONCLUSION|PARASPINAL|Paraspinal|OTHER|Other|PELVIS|HIPS|Hips"
    r"|SOFT TISSUE|Soft tissue|INCIDENTAL|Incidental|\d{1,2}[.)])|\bat all levels\b|\bElsewhere\b|\bVisualized\b"
)
STOPS = compiled(r"[;:]|\n\s*\n|\.(?!\d)|,(?!\s*\d+\s*mm)|\b(?:and|with|but)\b")
SEVERITY = compiled(
    r"\b(?P<minimal>minimal(?:ly)?|slight|trace|tiny)|(?P<mild>mild(?:ly)?|small|early|shallow|low grade)"
    r"|(?P<moderate>moderate(?:ly)?|mod)|(?P<severe>severe(?:ly)?|marked(?:ly)?|advanced|critical|large"
    r"|high[- ]grade|profound)\b",
    re.I,
)
GRADE = (
    r"(?:minimal|slight|mild|moderate|severe|marked|advanced)(?:\s*(?:to|-|/)\s*(?:to\s*-?\s*)?(?:moderate|severe))?"
)
GRADED_SIDES = compiled(
    rf"(?P<grade1>{GRADE})\s+(?P<one>left|right)(?:-sided)?\s*(?:,|and|,\s*and"
    rf"|/)\s*(?P<grade2>{GRADE})\s+(?P<other>left|right)(?:-sided)?\s+(?:\w+\s+){{0,2}}$",
    re.I,
)
SEQUENCE_BEHIND = compiled(r"[\s-]*(?:signal|weighted|hyper|hypo|images?|sequences?|/)", re.I)
SEQUENCE_BEFORE = compiled(r"\b(?:low|high|increased|decreased|sagittal|axial|sag|ax|on)\s+$", re.I)
CONTACT = compiled(
    r"\b(?:compress(?:es|ed|ing|ion)?|imping(?:es|ed|ing|ement)|displac(?:es|ed|ing)|contacts?|contacting"
    r"|abut(?:s|ting)?|deform(?:s|ing)|effac(?:es|ing|ement))\b[^.;]{0,60}?\b(?:roots?|nerves?|cord|thecal sac"
    r"|conus)\b"
    r"|\b(?:roots?|nerves?|cord|thecal sac)\b"
    r"(?:(?!\b(?:no|not|without)\b)[^.;]){0,25}\b(?:compress(?:ed|ion)|imping(?:ed|ement)|displaced"
    r"|contact(?:ed)?|abutment|effaced)\b",
    re.I,
)
SPARED = compiled(  # a root that is not reached: 'does not touch the L5 root', 'stops short of the root'
    r"(?:\b(?:not|never|without)\s(?:\w+\s)?(?:reach|touch|contact|abut|press|compress|imping|displac|deform|involv"
    r"|affect|meet|irritat)\w*|\b(?:short|clear|free|away)\s(?:of|from)|\bspar(?:es|ed|ing))\b"
    r"[^.;]{0,40}?\b(?:roots?|nerves?)\b"
    r"|\b(?:roots?|nerves?)\b(?:(?!\b(?:but|and)\b)[^.;]){0,25}?\b(?:spared|unaffected|uninvolved|untouched|undisturbed"
    r"|not\s(?:touched|reached|involved|affected|compressed|displaced|contacted))\b",
    re.I,
)
NO_CONTACT = compiled(r"\b(?:no|without|not)\b[^.;,]{0,40}$", re.I)
SIDE_BEHIND = compiled(
    r"(?:\s*\([^)\n]{0,30}\))?,?\s*(?:(?P<left>[Ll]eft(?: side)?|LEFT|L|Lt)|(?P<right>[Rr]ight(?: side)?|RIGHT|R"
    r"|Rt)|(?P<bilateral>[Bb]ilat(?:eral(?:ly)?)?))(?=\s*(?:[.,;:()]|$|[CLS]\d))"
)
BOTH = compiled(
    r"\b[RL] ?[<>=] ?[RL]\b|\b(?:right|left) and (?:\w+ )?(?:right|left)\b"
    r"|\b(?:greater|worse|more) on the (?:right|left)\b",
    re.I,
)
ONE_LEVEL = r"[CTLS]\d{1,2}(?:\s*[-/]\s*[CTLS]?\d{1,2})?"
LIST_BEFORE = compiled(rf"{ONE_LEVEL}\s*(?:,|and|&|/)\s*$")
LISTED = compiled(rf"\s*(?:at |the )?{ONE_LEVEL}")
OF_THE_PAIN = compiled(r"pain|ache\b|weakness|secondary|due to|caus", re.I)
LEANING = compiled(r"\b(?:greater|worse|more) on the (?:right|left)\b", re.I)
LIST_AFTER = compiled(rf"\s*(?:,\s*and|,|and|&|/)\s*{ONE_LEVEL}")
LIMB = compiled(
    r"\b(?:(?P<lumbar>(?i:legs?|sciatica|calf|thighs?|buttocks?|foot|lower extremit(?:y|ies))|LEs?)"
    r"|(?P<cervical>(?i:arms?|upper extremit(?:y|ies)|forearms?|hands?|fingers?)|UEs?))\b"
)


def is_report(document: Document) -> bool:
    """Whether the document is the report of a study, by its type or, where that is not known, by how it reads."""
    return document.type in REPORT_TYPES or (document.type in OTHER_TYPES and _reads_like_a_report(document.text))


@lru_cache(maxsize=8)
def _reads_like_a_report(text: str) -> bool:
    return bool(STUDY.search(text, 0, 500) and BODY.search(text) and OPINION.search(text) and not VISIT.search(text))


def body_of(text: str) -> int:
    """Where a report begins to say what was seen: behind indication, technique and comparison."""
    found = BODY.search(text)
    return found.start() if found else 0


def clause_of(text: str, first: int, start: int, end: int, last: int) -> tuple[int, int]:
    """The words around a mention up to the next comma, semicolon or joining word on either side."""
    left = first
    for match in STOPS.finditer(text, first, start):
        left = match.end()
    right = STOPS.search(text, end, last)
    return left, right.start() if right else last


def part_of(text: str, first: int, start: int, end: int, last: int) -> tuple[int, int]:
    """The part of a sentence between semicolons that holds a mention."""
    stop = text.find(";", end, last)
    return max(first, text.rfind(";", first, start) + 1), stop if stop >= 0 else last


def with_list(text: str, first: int, left: int, right: int, last: int) -> tuple[int, int]:
    """A clause widened by the levels that are listed across its bounds ('L3-4, L4-5 and L5-S1')."""
    while (
        text[left - 1 : left] in ",&/d"
        and LISTED.match(text, left)
        and (before := LIST_BEFORE.search(text, max(first, left - 24), left))
    ):
        stops = [match.end() for match in STOPS.finditer(text, max(first, before.start() - 60), before.start())]
        left = stops[-1] if stops else max(first, before.start() - 60)
    while after := LIST_AFTER.match(text, right, last):
        right = after.end()
        stop = STOPS.search(text, right, last)
        if stop and not LIST_AFTER.match(text, stop.start(), last):
            return left, stop.start()
    return left, right


def levels_of(
    parsed: Parsed, bounds: tuple[int, int, int, int], *, report: bool, denied: bool = False
) -> list[str] | None:
    """Disc levels (L4-5) that the clause names, else the sentence, else the heading 'L4-5:' that it stands under.

    Of what is denied only levels of its own clause: 'C5-6 bulge, no herniation' denies it everywhere.
    """
    first, start, end, last = bounds
    text = parsed.text
    labels = [match for match in LABEL.finditer(text, max(0, first - 1), last) if match.end() <= start]
    if labels:
        return list(levels_in(text, *labels[-1].span("levels"))) or None
    left, right = with_list(text, first, *clause_of(text, first, start, end, last), last)
    part = part_of(text, first, start, end, last)
    for one, other in ((left, right), part, (first, last)) if not denied else ((left, right),):
        pairs = [level for level in levels_in(text, one, other) if "-" in level]
        if pairs:
            return pairs
    return _heading_levels(text, start, first) if report and "all levels" not in text[first:last] else None


def _heading_levels(text: str, start: int, first: int) -> list[str] | None:
    """The levels of the last sentence before that begins with them: 'L4-5: ...', 'At C5-C6 there is ...'."""
    labels = [
        *LABEL.finditer(text, max(0, first - HEADED), first + 1),
        *LEAD.finditer(text, max(0, first - HEADED), start),
    ]
    if not labels:
        return None
    last = max(labels, key=lambda match: match.start("levels"))
    if LABEL_ENDS.search(text, last.end("levels"), start):
        return None
    return list(levels_in(text, *last.span("levels"))) or None


def vertebrae_of(text: str, bounds: tuple[int, int, int, int], *, denied: bool) -> list[str] | None:
    """The vertebrae (L1, T8) named nearest to a mention of a fracture; of a denied one only those of its clause."""
    first, start, end, last = bounds
    if denied:
        first, last = clause_of(text, first, start, end, last)
    near = []
    for match in LEVEL.finditer(text, first, last):
        gap = start - match.end() if match.end() <= start else match.start() - end
        if match["letter"].isupper() and 0 <= gap <= 60 and not _is_a_sequence(text, match):
            near.append((gap, match.start(), match.end()))
    return list(levels_in(text, *min(near)[1:])) or None if near else None


def vertebrae_within(text: str, start: int, end: int) -> list[str] | None:
    """The vertebra that the words of a mention name themselves ('edema at T9')."""
    named = [match for match in LEVEL.finditer(text, start, end) if match["letter"].isupper()]
    levels = [match.span() for match in named if match["letter"] in "TL" and not _is_a_sequence(text, match)]
    return list(levels_in(text, *levels[0])) or None if levels else None


def _is_a_sequence(text: str, level: re.Match[str]) -> bool:
    """'low T1 signal', 'sagittal T2': a sequence of the scanner, not a vertebra."""
    if level.group() not in ("T1", "T2"):
        return False
    return bool(
        SEQUENCE_BEHIND.match(text, level.end())
        or SEQUENCE_BEFORE.search(text, max(0, level.start() - 14), level.start())
    )


def side_of(text: str, first: int, start: int, end: int, last: int, *, report: bool) -> str | None:
    """The side said nearest before the mention in its clause, else behind it; in a report that of the sentence."""
    left, right = with_list(text, first, *clause_of(text, first, start, end, last), last)
    joined = max(first, left - 24) if text[max(0, left - 3) : left] == "and" else left
    words = text[joined:right]
    if (" and " in words or " on the " in words or ">" in words or "<" in words or "=" in words) and BOTH.search(words):
        return "bilateral"
    if found := side_in(text, left, end):
        return found
    if appended := SIDE_BEHIND.match(text, end, last):
        return appended.lastgroup
    if found := side_in(text, end, right):
        return found
    if appended := SIDE_BEHIND.match(text, right, last):
        return appended.lastgroup
    if not report or LEANING.search(text, first, last):
        return None
    side = side_in(text, first, last)
    return side if side in ("left", "right") else None


def severity_of(text: str, first: int, start: int, end: int, last: int) -> str | None:
    """How severe: the adjective before the mention in its clause; of a range (mild to moderate) the lower."""
    left, _ = clause_of(text, first, start, end, last)
    found = list(SEVERITY.finditer(text, max(left, start - 50), end))
    if not found or OF_THE_PAIN.search(text, found[-1].end(), start):
        return None
    last_two = found[-2:]
    ranged = len(last_two) == 2 and re.fullmatch(r"\s*(?:to|-|/)\s*", text[last_two[0].end() : last_two[1].start()])
    return (last_two[0] if ranged else last_two[-1]).lastgroup


def graded_sides(text: str, first: int, start: int) -> tuple[tuple[str, str | None], ...]:
    """Both sides with their own severity, where a mention is preceded by 'severe left and mild right'."""
    found = GRADED_SIDES.search(text, max(first, start - 70), start)
    if not found or found["one"].lower() == found["other"].lower():
        return ()
    grades = [_grade(found["grade1"]), _grade(found["grade2"])]
    return ((found["one"].lower(), grades[0]), (found["other"].lower(), grades[1])) if all(grades) else ()


def _grade(words: str | None) -> str | None:
    found = SEVERITY.search(words or "")
    return found.lastgroup if found else None


def contact_of(text: str, first: int, last: int) -> bool | None:
    """Whether the sentence says that a nerve root or the cord is touched; None where it does not say."""
    found = CONTACT.search(text, first, last)
    if not found:
        return False if SPARED.search(text, first, last) else None
    return not NO_CONTACT.search(text, max(first, found.start() - 45), found.start())


def basis_of(parsed: Parsed, start: int, first: int, *, report: bool) -> str:
    """`report`, `quoted` (a note cites a study) or `clinical`."""
    if report:
        return "report"
    if parsed.section_at(start).name == "imaging" or QUOTED.search(parsed.text, first, start):
        return "quoted"
    behind = max(parsed.text.rfind("\n\n", 0, start), first - CITED, 0)
    cited = parsed.text[behind:first]
    studies = [match.end() for match in CITING.finditer(cited)]
    return "quoted" if studies and not NEW_HEADING.search(cited, studies[-1]) else "clinical"


def region_of(parsed: Parsed, bounds: tuple[int, int, int, int], levels: Iterable[str] = ()) -> str | list[str] | None:
    """The spinal region that the levels, the clause or the sentence name, or a limb that the pain runs into tells."""
    first, start, end, last = bounds
    named = _spinal(_region_of_level(level) for level in levels)
    left, right = clause_of(parsed.text, first, start, end, last)
    named = named or _spinal(regions_in(parsed, left, right)) or _spinal(regions_in(parsed, first, last))
    named = [region for region in named if region != "sacroiliac"]
    if named:
        return one_or_list(named)
    limb = LIMB.search(parsed.text, left, right) or LIMB.search(parsed.text, first, last)
    return limb.lastgroup if limb else None


@cache
def _region_of_level(level: str) -> str:
    return {"C": "cervical", "T": "thoracic", "L": "lumbar", "S": "lumbar"}[level[0]]


def _spinal(regions: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(region for region in regions if region in SPINE))


def elsewhere(parsed: Parsed, first: int, last: int) -> bool:
    """Whether the words name only regions that are not the spine."""
    named = regions_in(parsed, first, last)
    return bool(named) and not _spinal(named)


@lru_cache(maxsize=8)
def region_of_document(parsed: Parsed, report: bool) -> str | None:
    """The spinal region that the whole document is about (sacroiliac counts as lumbar); None where it is open."""
    spinal, named = _named(parsed, report)
    total = spinal.total()
    if total * 4 < named:
        return None
    return next((region for region, count in spinal.items() if count * 4 > total * 3), None)


@lru_cache(maxsize=8)
def is_of_the_spine(parsed: Parsed, report: bool) -> bool:
    """Whether the document speaks of the spine often enough that an unplaced 'no fracture' means it."""
    spinal, named = _named(parsed, report)
    return spinal.total() * 10 >= named


def _named(parsed: Parsed, report: bool) -> tuple[Counter[str], int]:
    """How often the document (a report: its head) names each region of the spine, and any region at all."""
    last = min(len(parsed.text), body_of(parsed.text) or 600) if report else len(parsed.text)
    named = [hit.concept for hit in parsed.within(0, last, "regions")]
    return Counter("lumbar" if region == "sacroiliac" else region for region in named if region in SPINE), len(named)
