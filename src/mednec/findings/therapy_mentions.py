"""A parsed document in, the places where a treatment is named out: which words count as one, and what they name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from mednec.findings.parse import Parsed
from mednec.findings.terms import Hit
from mednec.vocabulary import lexicon

CALLED_PATIENT = re.compile(
    r"\s+(?:states?|stated|reports?|reported|denies|denied|presents?|complains?|c/o|was seen|is seen|seen|arrived|called|ambulates?|verbalized?|understands?|is an?|was an?|here|has been seen|rates?|notes?|describes?|agrees?|wishes|would like|ed\b|education|will (?:call|return|follow|be seen)|left|instructed|advised|educated|counseled|tolerated|came|comes)\b"
)
CREDENTIAL = re.compile(r",\s*(?:DPT|MPT|OCS|MS|PhD|ATC|CSCS|COMT|PTA)\b")
CREDENTIAL_BEFORE = re.compile(r"(?:[a-z]{2,}|[A-Z]\.),\s*$")
FACILITY_AFTER = re.compile(r"\s*(?:,?\s*(?:PLLC|LLC|Inc\b|INC\b|P\.?C\.|PA\b)|&\s*(?:[A-Z]|Balance|Rehab|Wellness|Sports)|(?:Center|CENTER|Clinic|CLINIC|Associates|Department|Services, |Specialists|Institute)\b)")
FACILITY_BEFORE = re.compile(r"(?:\b(?:at|from|@|by)\s+(?:the\s+)?(?:[A-Z][\w'&.]+\s+){1,4}|(?:[A-Z][a-z'&.]+\s+){2,})$")
INJECTION_AHEAD = re.compile(
    r"[\s,]*(?:(?:and/or|and|or|/|&|,|then|joints?|nerves?|steroid|cortisone|epidural|facet|sacroiliac|SI|intraarticular|bursa|pes|anserine|lumbar|cervical|thoracic|left|right|bilateral|medial|branch|[CTLS]\d[-\w]*)[\s,]*)*(?:injections?|blocks?|inj\b|injected|ablations?|shots?)\b",
    re.I,
)
NEEDLED_BEFORE = re.compile(r"\b(?:inject(?:ing|ed|ion of|ion into|ions? in(?:to)?)?|block of|ablat(?:ed|ing|ion of)|injections? (?:to|of|into|in))\s+(?:\w+\s+){0,3}$", re.I)
PAINFUL = re.compile(r"\bpain|analges|ache\b|headache|symptom|relief|discomfort", re.I)
TAKEN_FOR_PAIN = re.compile(r"[^.;\n]{0,60}?\b(?:p\.?r\.?n|as needed|pain|headaches?|aches?|arthritis|discomfort)\b", re.I)
HEAD_OF_EXAMPLES = re.compile(r"\s*(?:,\s*)?(?:such as|including|like|e\.g\.?|i\.e\.?|which include[sd]?|to include|consisting of|namely)\s*[,:]?\s*|\s*\(\s*(?:e\.g\.?,?\s*|i\.e\.?,?\s*|including\s+)?", re.I)
BACK_REFERENCE = re.compile(r"\b(?:the|this|these|those|said|such|each|of each|each of these|that)\s+$", re.I)
FORMS = re.compile(r"\s*\b(?:patch(?:es)?|gel|cream|ointment|topical|5%|1%|sodium gel)\s*$", re.I)
RECORD = re.compile(r"\b(?:TherEx|Ther Ex|9711[0-9]|97140|97530|9701[0-9]|HEP|NPRS|POC|LTG|STG|IFC|MHP|PROM|AROM|NMR|Rehab potential|PTA|DPT)\b")
PROCEDURE_HEADINGS = ("technique_description", "anesthesia", "indication", "procedure")


@dataclass(frozen=True, slots=True)
class Mention:
    """A treatment where it is named: `reading` tells how the lexicon reads its words."""

    start: int
    end: int
    concept: str
    reading: str
    group: str
    agent: str | None = None

    @property
    def weak(self) -> bool:
        """Whether it counts only where it is told as a treatment."""
        return self.reading == "weak"


@dataclass(frozen=True, slots=True)
class Setting:
    """What sort of document it is, as far as treatments are read differently in it."""

    record: bool  # a therapist's own notes
    procedure: bool  # an operative or procedure note
    education: bool  # about a condition, not about a patient


def setting(parsed: Parsed) -> Setting:
    """The sort of document, from its type where that is known, else from its words and headings."""
    kind, text = parsed.document.type, parsed.text
    record = kind.startswith("therapy_") or len({match.group() for match in RECORD.finditer(text)}) >= 3
    named = {section.name for section in parsed.sections}
    operative = "technique_description" in named and bool(named & {"procedure", "indication", "anesthesia"})
    operative = operative or {"procedure", "anesthesia"} <= named and "indication" in named
    patient = re.search(r"\b(?:patient|she|he|his|her|pt|mr|mrs|ms|y/?o|year[- ]old|i am|my)\b", text, re.I)
    return Setting(record, kind == "procedure_note" or kind != "office_visit" and operative, kind == "education_material" or not patient and len(text) > 600)


def mentions(parsed: Parsed, where: Setting) -> list[Mention]:
    """The treatments named in a document, in order; weak ones are still to be confirmed by what surrounds them."""
    found: list[Mention] = []
    for hit in parsed.of("therapy"):
        mention = _mention(parsed, hit, where)
        if mention and not (found and mention.start < found[-1].end):
            found.append(mention)
    return _without_heads(parsed, found)


def _mention(parsed: Parsed, hit: Hit, where: Setting) -> Mention | None:
    text, reading = parsed.text, _readings(hit.concept).get(hit.term, "plain")
    mention = Mention(hit.start, hit.end, hit.concept, reading, _group(hit.concept), _agent(text, hit, reading))
    if reading == "capitals" and not _in_capitals(text[hit.start : hit.end]):
        return None
    if reading == "record" and not (where.record and (len(hit.term) > 4 or text[hit.start].isupper() or text[hit.start].isdigit() or hit.term in ("manual", "bike"))):
        return None
    if hit.concept == "physical_therapy" and _is_no_therapy(text, hit):
        return None
    if hit.concept == "nsaid" and mention.agent in ("aspirin", "asa", "ecotrin") and not TAKEN_FOR_PAIN.match(text, hit.end):
        return None
    if reading == "short" or hit.term in ("facet", "trigger point", "trigger points", "medial branch", "epidural", "intraarticular", "intra-articular", "nerve root"):
        return _needled(text, mention)
    section = parsed.section_at(hit.start)
    if section.start <= hit.start < section.body and section.name not in ("procedure", "other"):
        return None
    return mention


def _needled(text: str, mention: Mention) -> Mention | None:
    """A joint or nerve that is named as the place of an injection: 'facet and sacroiliac joint injections'."""
    ahead = INJECTION_AHEAD.match(text, mention.end)
    behind = NEEDLED_BEFORE.search(text, max(0, mention.start - 50), mention.start)
    return replace(mention, reading="plain") if ahead or behind else None


def _in_capitals(words: str) -> bool:
    return not any(sign.islower() for sign in words.rstrip("s").removesuffix("'"))


def _is_no_therapy(text: str, hit: Hit) -> bool:
    """PT as the patient, as a credential, or as part of a clinic's name."""
    words, before = text[hit.start : hit.end], text[max(0, hit.start - 60) : hit.start]
    if words == "PT" and (CALLED_PATIENT.match(text, hit.end) or CREDENTIAL.match(text, hit.end) or CREDENTIAL_BEFORE.search(before)):
        return True
    if words == "PT" and re.match(r":\s*(?:[A-Z][a-z]+\s+){1,2}[A-Z][a-z]+,\s*(?:PT|DPT)", text[hit.end : hit.end + 60]):
        return True
    if FACILITY_AFTER.match(text, hit.end):
        return True
    return bool((words == "PT" or words.istitle()) and FACILITY_BEFORE.search(before) and not re.search(r"\b(?:[Ff]ormal|[Oo]utpatient|[Ss]upervised|[Cc]ompleted|[Pp]rior|[Cc]ontinue|[Ss]tart|[Rr]efer(?:red)?)\s+$", before))


def _without_heads(parsed: Parsed, found: list[Mention]) -> list[Mention]:
    """A class followed by its examples ('NSAIDs such as Motrin') is told by the examples alone."""
    kept = []
    for mention, after in zip(found, [*found[1:], None], strict=True):
        if after and mention.reading in ("class", "plain", "weak") and _heads(parsed.text, mention, after):
            continue
        kept.append(mention)
    return kept


def _heads(text: str, mention: Mention, after: Mention) -> bool:
    general = mention.concept in ("conservative_unspecified", "analgesic_unspecified", "injection_unspecified") or mention.weak
    same = mention.concept == after.concept and after.reading == "agent" and mention.reading == "class"
    return (general or same) and bool(HEAD_OF_EXAMPLES.fullmatch(text, mention.end, after.start))


def _agent(text: str, hit: Hit, reading: str) -> str | None:
    if reading != "agent":
        return None
    name = " ".join(text[hit.start : hit.end].lower().split())
    return FORMS.sub("", name) or name


@cache
def _readings(concept: str) -> dict[str, str]:
    readings = lexicon("therapy").concepts[concept].extra.get("readings", {})
    return {term: reading for reading, terms in readings.items() for term in terms}


@cache
def _group(concept: str) -> str:
    return lexicon("therapy").concepts[concept].group or "other"


def is_back_reference(text: str, mention: Mention) -> bool:
    """'the injection', 'these medications': what was told before is only pointed at."""
    return bool(BACK_REFERENCE.search(text, max(0, mention.start - 16), mention.start))


def about_pain(text: str, start: int, end: int) -> bool:
    """Whether a stretch of text speaks of pain."""
    return bool(PAINFUL.search(text, start, end))


def later(mentions_: list[Mention]) -> Iterator[tuple[Mention, Mention | None]]:
    """Each mention with the one after it."""
    return zip(mentions_, [*mentions_[1:], None], strict=True)
