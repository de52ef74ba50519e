"""Conditions that policies ask about, with their status, place and basis: a parsed document in, `diagnosis` findings out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from mednec.findings import diagnosis_place as place
from mednec.findings.diagnosis_share import shares
from mednec.findings.diagnosis_status import status_of
from mednec.findings.parse import Parsed
from mednec.findings.terms import Hit
from mednec.model import Finding
from mednec.vocabulary import lexicon

STRUCTURAL = {"spinal_stenosis", "disc_herniation", "facet_syndrome", "facet_cyst"}
LASTING = {
    "fibromyalgia_widespread_pain",
    "kidney_disease",
    "implanted_device",
    "contrast_allergy",
    "post_laminectomy_syndrome",
    "crps",
    "spinal_deformity",
}
IMAGED = STRUCTURAL | {
    "vertebral_fracture",
    "spinal_infection",
    "spinal_tumor",
    "spinal_deformity",
    "spinal_instability",
    "pseudarthrosis",
}
IMAGED |= {"other_condition", "myelopathy"}
SIDED = STRUCTURAL | {"radiculopathy", "sacroiliac_pain", "crps", "herpes_zoster", "axial_pain"}
PLACED = (SIDED - {"crps"}) | {
    "myelopathy",
    "neurogenic_claudication",
    "pseudarthrosis",
    "spinal_instability",
    "spinal_deformity",
    "vertebral_fracture",
}
PLACED |= {"post_laminectomy_syndrome", "spinal_infection", "spinal_tumor", "other_condition"}
UNPLACED = {"osteoporosis", "coagulopathy", "neuropathy", "inflammatory_arthritis"}
UNPLACED |= {"cervicogenic_headache", "occipital_neuralgia"}
ICD = re.compile(r"\b[A-TV-Z]\d[\dA-Z](?:\.[\dA-Z]{1,4})?\b")
PAIN = re.compile(
    r"\b(?:pain|ach(?:e|es|ing)|radiat|burn|sharp|shoot|symptom|sx\b|numb|tingl|spread|travel|goes?\b|go\b|LBP)", re.I
)
RADICULAR = re.compile(
    r"\b(?:radiat\w*|shoot\w*|electric\w*|dermatom\w*|to the (?:foot|toes?|ankle|hand|fingers?)|(?:great|big|little|fifth) toe|calf|shin|foot|below the knee|numb\w*|tingl\w*|pins|burning|[LCS]\d (?:distribution|pattern)|straight leg|SLR)\b",
    re.I,
)
SPINAL_CONTEXT = re.compile(
    r"\b(?:spin(?:e|al)|vertebra\w*|lumbar|thoracic|cervical|sacr\w*|back|epidural|paraspinal|marrow|osseous|endplate|[LTC]\d{1,2})\b",
    re.I,
)
WORN = re.compile(r"\b(?:implanted|has an?|existing|indwelling|with an?|s/p|in situ)\s(?:\w+\s){0,3}$", re.I)
TRIED = re.compile(r"\W{0,3}(?:trial|lead|leads|implant\w*|placement|evaluation|candidate|therapy|consult\w*)\b", re.I)
ALLERGIC = re.compile(r"allerg|reaction|anaphyla|hives|rash|intoleran", re.I)
STOPPED = re.compile(
    r"\b(?:stopp?ed|d/?c'?d|discontinued|off)\s+(?:\w+\s){0,2}$|^\W{0,3}(?:(?!be\b)\w+\W+){0,2}(?:stopped|discontinued|was stopped|d/c'd)",
    re.I,
)
NOT = re.compile(r"(?:does|do|no|not|doesn't|without)\b", re.I)
RATIO = re.compile(
    r"(?:\s*pain)?(?:\s*ratio)?[\s:=(]*(?:is |of |about )?(?P<one>\d{1,3})\s?%?\s?[/:-]\s?(?P<other>\d{1,3})\b", re.I
)
SPREAD = re.compile(r"\b(?:pain|ach(?:e|es|ing)|symptoms?|back|neck|below|beyond|past|down|into|legs?|arms?)\b", re.I)
WANTED = re.compile(
    r"\b(?:consider\w*|need(?:s|ed)?|necessity|necessary|candidate|will be|plan\w*|put in|decided)\b", re.I
)
ACUTE_THEN = re.compile(r"[^.;]{0,40}\b(?:19|20)\d\d\b")
NOW_PREGNANT = re.compile(r"\b(?:is|currently|weeks?|now)\s*$", re.I)
STRETCH = 40  # characters that a code may stand behind its diagnosis


@dataclass(frozen=True, slots=True)
class _Mention:
    """A condition named in a sentence: its concept, how its words are read, and the bounds of what is said of it."""

    concept: str
    reading: str
    start: int
    end: int
    first: int
    last: int
    term: str


def find(parsed: Parsed) -> Iterator[Finding]:
    """Every condition that the document states to be present, absent, suspected or past in this patient."""
    report = place.is_report(parsed.document)
    body = place.body_of(parsed.text) if report else 0
    default = None
    found: list[Finding] = []
    for hit in parsed.of("diagnosis"):
        if hit.start < body:
            continue
        mention = _mention(parsed, hit)
        status = _status(parsed, mention, report)
        if status is None:
            continue
        default = default or place.region_of_document(parsed, report) or "unknown"
        found.append(_finding(parsed, mention, status, report, default))
    found += _coded(parsed, found, report)
    if not report:
        found += shares(parsed)
    yield from _without_label_contradictions(found)


def _mention(parsed: Parsed, hit: Hit) -> _Mention:
    sentence = parsed.sentence_at(hit.start)
    extra = lexicon("diagnosis").concepts[hit.concept].extra
    concept = str(extra.get("concept", hit.concept))
    reading = "absent" if extra.get("states") == "absent" else _readings(hit.concept).get(hit.term, "named")
    return _Mention(concept, reading, hit.start, hit.end, sentence.start, max(sentence.end, hit.end), hit.term)


@cache
def _readings(concept: str) -> dict[str, str]:
    """How each term of a concept is read: `named`, a `symptom` of it, or `bare` (only where the context is the spine)."""
    readings = lexicon("diagnosis").concepts[concept].extra.get("readings", {})
    return {term: reading for reading, terms in readings.items() for term in terms}


def _status(parsed: Parsed, mention: _Mention, report: bool) -> str | None:
    status = status_of(
        parsed, mention.start, mention.end, lasting=mention.concept in LASTING and mention.reading != "acute"
    )
    if status is None:
        return None
    if mention.reading == "absent":
        return {"present": "absent"}.get(status)
    check = CHECKS.get((mention.concept, mention.reading)) or CHECKS.get((mention.concept, ""))
    return check(parsed, mention, status, report) if check else status


def _symptom(parsed: Parsed, mention: _Mention, status: str, report: bool) -> str | None:
    """Pain down a limb: present where it is told as radicular, else only suspected; a mere place name is nothing."""
    text = parsed.text
    if report or (" pain" not in mention.term and not PAIN.search(text, mention.first, mention.last)):
        return None
    if status != "present":
        return status
    if mention.term.startswith("past "):
        return None
    return "present" if RADICULAR.search(text, mention.first, mention.last) else "suspected"


def _claudicatory(_: Parsed, __: _Mention, status: str, report: bool) -> str | None:
    return None if report else {"present": "suspected"}.get(status, status)


def _bare_finding(parsed: Parsed, mention: _Mention, status: str, report: bool) -> str | None:
    """A bare 'fracture', 'infection' or 'tumor': denied of the spine or at large, or affirmed beside a word for the spine."""
    left, right = place.clause_of(parsed.text, mention.first, mention.start, mention.end, mention.last)
    if status == "absent":
        elsewhere = place.elsewhere(parsed, mention.first, mention.last)
        examined = "mass" in mention.term and parsed.section_at(mention.start).name == "exam"
        return None if elsewhere or examined else status
    near = SPINAL_CONTEXT.search(parsed.text, max(left, mention.start - 45), min(right, mention.end + 45))
    return status if near and not place.elsewhere(parsed, left, right) else None


def _bare_stenosis(parsed: Parsed, mention: _Mention, status: str, report: bool) -> str | None:
    """A bare 'stenosis' is of the spine where the sentence or the whole document speaks of it."""
    named = SPINAL_CONTEXT.search(parsed.text, mention.first, mention.last)
    return status if named or place.region_of_document(parsed, report) else None


def _device(parsed: Parsed, mention: _Mention, status: str, report: bool) -> str | None:
    """A stimulator counts where it is worn, not where a trial of one is spoken of."""
    if status == "absent":
        return status
    worn = WORN.search(parsed.text, max(0, mention.start - 30), mention.start)
    return status if worn and not TRIED.match(parsed.text, mention.end) else None


def _implant(parsed: Parsed, mention: _Mention, status: str, report: bool) -> str | None:
    """A pacemaker that is only wanted is none."""
    wanted = WANTED.search(parsed.text, max(mention.first, mention.start - 50), min(mention.last, mention.end + 25))
    return None if status != "absent" and wanted else status


def _contrast(parsed: Parsed, mention: _Mention, status: str, _: bool) -> str | None:
    allergic = parsed.section_at(mention.start).name == "allergies" or ALLERGIC.search(
        parsed.text, mention.first, mention.last
    )
    return status if allergic else None


def _medication(parsed: Parsed, mention: _Mention, status: str, report: bool) -> str | None:
    """A blood thinner that was stopped is history."""
    text = parsed.text
    if status == "absent" and mention.term[0].isupper():
        return None
    stopped = STOPPED.search(text[max(mention.first, mention.start - 25) : mention.start]) or STOPPED.search(
        text[mention.end : mention.end + 25]
    )
    return "history" if status == "present" and stopped else status


def _pregnant(parsed: Parsed, mention: _Mention, status: str, _: bool) -> str | None:
    if status == "absent":
        return status
    return status if NOW_PREGNANT.search(parsed.text, max(0, mention.start - 20), mention.start) else None


def _acute(parsed: Parsed, mention: _Mention, status: str, _: bool) -> str | None:
    """An acute illness that a year stands beside is over."""
    over = status == "present" and ACUTE_THEN.match(parsed.text, mention.end)
    return "history" if over else status


def _ratio(text: str, mention: _Mention) -> str | None:
    """'Back/leg ratio 70/30', 'leg to back 80:20': axial where the larger share is the spine's."""
    shares = RATIO.match(text, mention.end)
    if not shares or shares["one"] == shares["other"]:
        return None
    limb_first = mention.term.startswith(("leg", "arm"))
    return "present" if (int(shares["one"]) > int(shares["other"])) != limb_first else "absent"


def _axial(parsed: Parsed, mention: _Mention, status: str, report: bool) -> str | None:
    """'Axial' of pain; 'does not radiate' says axial too, 'leg worse than back' that it is not."""
    compared = mention.reading in ("spine_worse", "limb_worse", "ratio")
    if report or not (compared or PAIN.search(parsed.text, mention.first, mention.last)):
        return None
    if mention.reading == "ratio":
        return _ratio(parsed.text, mention)
    if mention.reading == "limb_worse":
        return "absent" if status == "present" else None
    if mention.reading == "not_radiating" and not SPREAD.search(parsed.text, mention.first, mention.last):
        return None
    if mention.reading == "not_radiating":
        return "present" if status == "absent" or NOT.match(parsed.text, mention.start) else None
    return status if status != "history" else None


def _fracture(parsed: Parsed, mention: _Mention, status: str, report: bool) -> str | None:
    if mention.reading == "bare":
        return _bare_finding(parsed, mention, status, report)
    return status


CHECKS: dict[tuple[str, str], Any] = {
    ("radiculopathy", "symptom"): _symptom,
    ("neurogenic_claudication", "symptom"): _claudicatory,
    ("vertebral_fracture", ""): _fracture,
    ("spinal_infection", "bare"): _bare_finding,
    ("spinal_stenosis", "bare"): _bare_stenosis,
    ("spinal_tumor", "bare"): _bare_finding,
    ("spinal_instability", "bare"): _bare_finding,
    ("implanted_device", "bare"): _device,
    ("implanted_device", "named"): _implant,
    ("contrast_allergy", "bare"): _contrast,
    ("anticoagulation", ""): _medication,
    ("pregnancy", ""): _pregnant,
    ("axial_pain", ""): _axial,
    ("kidney_disease", "acute"): _acute,
}


def _finding(parsed: Parsed, mention: _Mention, status: str, report: bool, default: str) -> Finding:
    text, bounds = parsed.text, (mention.first, mention.start, mention.end, mention.last)
    concept = mention.concept
    levels = _levels(parsed, mention, report, denied=status == "absent")
    region = None
    if concept in PLACED and _condition(mention) not in UNPLACED:
        named = "sacroiliac" if concept == "sacroiliac_pain" else place.region_of(parsed, bounds, levels or ())
        region = named or (default if default != "unknown" else None)
    codes = _codes(text, mention)
    contact = (
        place.contact_of(text, *place.part_of(text, *bounds))
        if concept in ("spinal_stenosis", "disc_herniation") and status == "present"
        else None
    )
    return parsed.document.finding(
        "diagnosis",
        concept,
        mention.start,
        mention.end,
        quote=(mention.first, mention.last),
        status=status,
        region=region,
        side=place.side_of(text, *bounds, report=report) if concept in SIDED else None,
        levels=levels,
        icd10=codes[0] if len(codes) == 1 else codes or None,
        basis=place.basis_of(parsed, mention.start, mention.first, report=report)
        if report or concept in IMAGED
        else "clinical",
        severity=place.severity_of(text, *bounds)
        if concept in STRUCTURAL | {"spinal_deformity"} and status != "absent"
        else None,
        nerve_contact=contact,
        condition=_condition(mention),
    )


def _levels(parsed: Parsed, mention: _Mention, report: bool, *, denied: bool) -> list[str] | None:
    bounds = (mention.first, mention.start, mention.end, mention.last)
    if mention.concept == "vertebral_fracture":
        return place.vertebrae_of(parsed.text, bounds, denied=denied)
    if mention.concept in STRUCTURAL | {"pseudarthrosis", "spinal_infection", "spinal_instability", "other_condition"}:
        return place.levels_of(parsed, bounds, report=report, denied=denied)
    return None


def _condition(mention: _Mention) -> str | None:
    if mention.concept != "other_condition":
        return None
    groups: dict[str, list[str]] = lexicon("diagnosis").concepts["other_condition"].extra["conditions"]
    return next((name for name, terms in groups.items() if mention.term in terms), None)


def _codes(text: str, mention: _Mention) -> list[str]:
    """The codes that stand with the diagnosis: behind it in its sentence, of its own families."""
    patterns = _families(mention.concept)
    found = (match.group() for match in ICD.finditer(text, mention.first, min(len(text), mention.last + STRETCH)))
    return list(dict.fromkeys(code for code in found if any(fnmatchcase(code, pattern) for pattern in patterns)))


@cache
def _families(concept: str) -> tuple[str, ...]:
    return tuple(lexicon("diagnosis").concepts[concept].extra.get("icd10", ()))


def _coded(parsed: Parsed, found: list[Finding], report: bool) -> Iterator[Finding]:
    """Conditions that only their code states ('DX: M54.31')."""
    if report:
        return
    for match in ICD.finditer(parsed.text):
        for concept in _concepts_of(match.group()):
            sentence = parsed.sentence_at(match.start())
            said = any(f.concept == concept and f.quote_start <= match.start() <= f.quote_end + STRETCH for f in found)
            status = None if said else status_of(parsed, *match.span())
            if status:
                yield parsed.document.finding(
                    "diagnosis", concept, *match.span(), quote=(sentence.start, max(sentence.end, match.end())), status=status, icd10=match.group(),
                    region=_region_of_code(match.group()) if concept in PLACED else None, basis="clinical",
                )  # fmt: skip


@cache
def _concepts_of(code: str) -> tuple[str, ...]:
    if "." not in code:
        return ()
    return tuple(
        name for name in lexicon("diagnosis").concepts if any(fnmatchcase(code, family) for family in _families(name))
    )


@cache
def _region_of_code(code: str) -> str | None:
    """The region that a code's last figure means in chapter M, where it has one."""
    if code in ("M53.3", "M46.1", "M43.28"):
        return "sacroiliac"
    if code.startswith("M50"):
        return "cervical"
    if code.startswith(("M51.16", "M51.17", "M51.26", "M51.27", "M54.3", "M54.4", "M96.1")):
        return "lumbar" if not code.startswith("M96") else None
    figures = code.partition(".")[2]
    if not code.startswith(("M47", "M48.0", "M54.1")) or len(figures) < 2:
        return None
    last = figures[2] if code.startswith(("M47", "M48")) and len(figures) > 2 else figures[1]
    return {
        "1": "cervical",
        "2": "cervical",
        "3": "cervical",
        "4": "thoracic",
        "5": "thoracic",
        "6": "lumbar",
        "7": "lumbar",
        "8": "sacroiliac",
    }.get(last)


def _without_label_contradictions(found: list[Finding]) -> Iterator[Finding]:
    """'Spondylosis without radiculopathy' is a code's name: where the document states a radiculopathy it says nothing."""
    stated = {(f.concept, str(f.get("region"))) for f in found if f.get("status") == "present"}
    for finding in found:
        label = finding.get("status") == "absent" and re.search(r"spondylosis\s+(?:without|w/o)\s", finding.quote, re.I)
        if not (label and (finding.concept, str(finding.get("region"))) in stated):
            yield finding
