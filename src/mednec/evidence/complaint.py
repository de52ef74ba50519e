"""A document and its findings in, the one region of the body that it is about out, where there is one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from mednec.model import Document, Finding
from mednec.vocabulary import SPINE_SITES, lexicon, lexicon_names

WEIGHTS = {"symptom_duration": 4, "diagnosis": 3, "imaging": 2, "therapy": 1, "exam": 1}
REPORTS = ("imaging_report", "electrodiagnostic_report")
STUDIES = ("imaging", "electrodiagnostic")
REPORT = 6  # what an imaging report shows is what it is about
SUBJECT = 4  # a region named where a note says what it is about
TOPIC = re.compile(
    r"(?im)\b(?P<topic>cc|chief complaint|reason for (?:visit|consultation|referral|call)|(?:medical )?dx"
    r"|diagnos[ie]s|body part|exam|indication|impression|assessment|re|area|procedure)\b\s*:\s*(?P<said>[^\n]{0,160})"
)
TITLE = re.compile(r"[^\n]{0,400}(?:\n[^\n]{0,200}){0,2}")
DORSOPATHY = re.compile(r"\bM4[0-9]\.?\d*([1-9])[A-Z]?\b|\bM5[34]\.?[014]?([1-9])\b")
CODES = (
    (re.compile(r"\bM54\.?2\b|\bM50\."), "cervical"),
    (re.compile(r"\bM54\.?[345]\d?\b|\bM51\.\d"), "lumbar"),
    (re.compile(r"\bM53\.?3\b|\bM46\.?1\b"), "sacroiliac"),
    (re.compile(r"\bM75\.|\bM25\.?51\d|\bM19\.?01\d"), "shoulder"),
    (re.compile(r"\bM17\.|\bM25\.?56\d"), "knee"),
    (re.compile(r"\bM16\.|\bM25\.?55\d|\bM70\.?6"), "hip"),
)
SCALES = {"odi": "lumbar", "rmdq": "lumbar", "qbpds": "lumbar", "ndi": "cervical"}
COMPLAINT = ("cc", "chief complaint")
LEVEL = re.compile(r"\b([CTL])(?:1[0-2]|[1-9])(?![\d/]|\s*(?:weighted|image))")
SEGMENTS = {"C": "cervical", "T": "thoracic", "L": "lumbar"}
OF_PLACE = re.compile(
    r"\s+(?:for|in)\s+(?:(?:his|her|the|my|left|right|both)\s+){1,2}", re.I
)  # '72 mm for his shoulder'
PLACE_NAME = 16  # characters in which the place that a score is of is named
CLAUSE = (",", ";", ": ", ". ", "\n")
SENTENCE = (";", ". ", "\n\n")
RADIATES = {  # where the pain of a region may be felt, so that a note may tell it by that place
    "lumbar": frozenset(["ankle_foot"]),
    "sacroiliac": frozenset(["ankle_foot", "hip"]),
    "cervical": frozenset(["elbow", "wrist_hand"]),
    "thoracic": frozenset(["chest"]),
}
PAIN = r"(?:pain\w*|ach\w+|hurt\w*|radicul\w+|burning|sciatica|numb\w*|tingl\w+|symptoms|sx)"
LEG, ARM = (
    r"(?:legs?|thighs?|calf|calves|lower (?:limbs?|extremit\w+)|LEs?)",
    r"(?:arms?|forearms?|upper (?:limbs?|extremit\w+)|UEs?)",
)
LIMBS = {
    region: re.compile(rf"\b{limb}\b[^.;\n]{{0,25}}\b{PAIN}|\b{PAIN}\b[^.;\n]{{0,35}}\b{limb}\b", re.I)
    for region, limb in (("lumbar", LEG), ("cervical", ARM))
}
ROOT = re.compile(
    r"\bS[12](?=\s(?:nerve\b|root\b|radic|pain\b|distribution|dermatom))"
)  # S1 alone may be a heart sound
BACK = re.compile(  # 'back, axial', not 'she came back.'
    r"(?i)(?:^|[\n:;,.|]\s*|\b(?:my|the|her|his|axial|for|of|in)\s)back\b(?=\s*[,;.:|\n]|\s+(?:pain|hurts|ache))"
)
FAMILY = {"sacroiliac": "lumbar"}  # low back and sacroiliac joint are told of in one breath


def complaint(document: Document, findings: Iterable[Finding]) -> str | None:
    """The single region that dominates a document; None where it speaks of several, or of none."""
    findings = list(findings)
    votes = Counter[str]()
    for region, weight in (*_from_findings(document, findings), *_from_text(document.text)):
        votes[region] += weight
    if not votes:
        return _by_scale(findings) or _by_limb(document.text)
    families = Counter[str]()
    for region, weight in votes.items():
        families[FAMILY.get(region, region)] += weight
    (family, most), *others = sorted(families.items(), key=lambda item: (-item[1], item[0]))
    rest = [(region, votes) for region, votes in others if votes == most or region not in RADIATES.get(family, ())]
    if rest and most < 2 * rest[0][1]:
        return None
    members = [region for region in votes if FAMILY.get(region, region) == family]
    return min(members, key=lambda region: (-votes[region], region))


def _by_scale(findings: Iterable[Finding]) -> str | None:
    """The region that a document without other words tells by its disability scale: the Oswestry is of the back."""
    told = {SCALES[f.concept] for f in findings if f.concept in SCALES}
    return told.pop() if len(told) == 1 else None


def _by_limb(text: str) -> str | None:
    """The region from which the pain of a limb comes, where a document tells of nothing else that hurts."""
    told = {region for region, limb in LIMBS.items() if limb.search(text)}
    if not told and (ROOT.search(text) or BACK.search(text)):
        return "lumbar"
    return told.pop() if len(told) == 1 else None


def regions_of(finding: Finding) -> frozenset[str]:
    """The regions that a finding itself states."""
    value = finding.get("region")
    return frozenset((value,) if isinstance(value, str) else value or ())


def beside(finding: Finding, document: Document) -> frozenset[str]:
    """The one region named beside a finding, in its clause, else in its sentence; none where several are."""
    said = OF_PLACE.match(document.text, finding.end)
    if (
        said
        and finding.kind == "pain_score"
        and (places := _named(document.text[said.end() : said.end() + PLACE_NAME]))
    ):
        return frozenset(places[:1])
    for marks in (CLAUSE, SENTENCE):
        if named := frozenset(_named(_around(finding, document.text, marks))):
            return named if len({FAMILY.get(region, region) for region in named}) == 1 else frozenset()
    return frozenset()


def _around(finding: Finding, text: str, marks: Iterable[str]) -> str:
    """The words of a quote between the marks next to the mention."""
    before = (
        place + len(mark) for mark in marks if (place := text.rfind(mark, finding.quote_start, finding.start)) >= 0
    )
    after = (place for mark in marks if (place := text.find(mark, finding.end, finding.quote_end)) >= 0)
    return text[max(before, default=finding.quote_start) : min(after, default=finding.quote_end)]


def compatible(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two statements may be about the same part of the body; what is unknown may be."""
    if not one or not other:
        return True
    return bool({FAMILY.get(region, region) for region in one} & {FAMILY.get(region, region) for region in other})


def _from_findings(document: Document, findings: Iterable[Finding]) -> Iterator[tuple[str, int]]:
    """Votes of findings; what an image happens to show is what its report is about, not what a note is."""
    report = document.type in REPORTS
    for finding in findings:
        seen = finding.kind == "diagnosis" and finding.get("basis") in ("report", "quoted")
        if finding.get("status") in ("other", "history", "absent", "not_tried") or (seen and not report):
            continue
        weight = REPORT if report and finding.kind in STUDIES else WEIGHTS.get(finding.kind, 1)
        for region in sorted(regions_of(finding)):
            yield region, weight


def _from_text(text: str) -> Iterator[tuple[str, int]]:
    """Votes of the words: where a note says what it is about, and of diagnosis codes."""
    topics = list(TOPIC.finditer(text))
    subjects = [match["said"] for match in topics]
    title = TITLE.match(text)
    if title and not any(match["topic"].lower() in COMPLAINT for match in topics):
        subjects.append(title[0])
    for said in subjects:
        for region in sorted({*_named(said), *(SEGMENTS[level[1]] for level in LEVEL.finditer(said))}):
            yield region, SUBJECT
    for code in DORSOPATHY.finditer(text):
        yield SPINE_SITES.get(code[1] or code[2], "lumbar"), 1
    for pattern, region in CODES:
        if pattern.search(text):
            yield region, SUBJECT


def _named(said: str) -> Sequence[str]:
    pattern = _words()
    return [str(match.lastgroup) for match in pattern.finditer(said)] if pattern else ()


@cache
def _words() -> re.Pattern[str] | None:
    """The terms of the lexicon of regions, as one expression with a group for each region."""
    if "regions" not in lexicon_names():
        return None
    groups = []
    for concept in lexicon("regions").concepts.values():
        terms = sorted(
            (
                re.escape(term.removesuffix("*")).replace(r"\ ", r"[\s-]+") + (r"\w*" if term.endswith("*") else "")
                for term in concept.terms
            ),
            key=len,
            reverse=True,
        )
        groups.append(f"(?P<{concept.name}>{'|'.join(terms)})")
    return re.compile(rf"\b(?:{'|'.join(groups)})\b", re.I)
