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
    r"\s+(?:states?|stated|reports?|reported|denies|denied|presents?|complains?|c/o|was seen|is seen|seen|"
    r"arrived|called|ambulates?|verbalized?|understands?|is an?\b|was an?\b|has been seen|rates?|notes?|"
    r"describes?|agrees?|wishes|would like|ed\b|education|will (?:call|return|follow|be seen)|left|instructed|"
    r"advised|educated|counseled|tolerated|came|comes)\b"
)
CREDENTIAL_BEFORE = re.compile(r"[A-Z][\w'-]+,\s*$")
CREDENTIAL_AFTER = re.compile(
    r"\s*(?:,\s*(?:DPT|MPT|OCS|MS|PhD|ATC|CSCS|COMT|PTA|[A-Z]{2,5}\b)|\n|$|\d|\(|e-?signed|;|\.)"
)
THERAPIST_NAMED = re.compile(r":\s*(?:[A-Z][a-z]+\s+){1,2}[A-Z][a-z]+,\s*(?:PT|DPT)")
ARTERY = re.compile(r"\s*(?:pulses?|arter|/DP|and DP|or DP)", re.I)
CHEMOTHERAPY = re.compile(
    r"\b(?:cyclophosphamide|chemo\w*|vincristine|lymphoma|myeloma|methotrexate|transplant|asthma|COPD|lupus)\b", re.I
)
COAGULATION = re.compile(r"\b(?:INR|PTT|prothrombin|coagulation)\b|\s+(?:of\s+|was\s+|is\s+)?\d{1,2}\.\d", re.I)
FACILITY_AFTER = re.compile(
    r"\s*(?:,?\s*(?:PLLC|LLC|Inc\b|INC\b|P\.?C\.|PA\b)|&\s*(?:[A-Z]|Balance|Rehab|Wellness|Sports)|(?:Center|"
    r"CENTER|Clinic|CLINIC|Associates|Department|Services, |Specialists|Institute)\b)"
)
FACILITY_BEFORE = re.compile(
    r"(?:\b(?:at|from|@|by)\s+(?:the\s+)?(?:[A-Z][\w'&.]+\s+){1,4}|(?:[A-Z][a-z'&.]+\s+){2,})$"
)
ORDERED_BEFORE = re.compile(
    r"\b(?:[Ff]ormal|[Oo]utpatient|[Ss]upervised|[Cc]ompleted|[Pp]rior|[Cc]ontinue|[Ss]tart|"
    r"[Rr]efer(?:red)?)\s+$"
)
INJECTION_AHEAD = re.compile(
    r"[\s,]*(?:(?:and/or|and|or|/|&|,|then|other|spinal|joints?|nerves?|steroid|cortisone|epidural|facet|"
    r"sacroiliac|SI|intraarticular|bursa|pes|anserine|lumbar|cervical|thoracic|left|right|bilateral|medial|"
    r"branch|[CTLS]\d[-\w]*)[\s,]*)*(?:injections?|blocks?|inj\b|injected|ablations?|shots?|ESIs?\b)",
    re.I,
)
NEEDLED_BEFORE = re.compile(
    r"\b(?:inject(?:ing|ed|ion of|ion into|ions? in(?:to)?)?|block of|ablat(?:ed|ing|ion of)|"
    r"injections? (?:to|of|into|in))\s+(?:\w+\s+){0,3}$",
    re.I,
)
PAINFUL = re.compile(r"\bpain|analges|ache\b|headache|symptom|relief|discomfort", re.I)
TAKEN_FOR_PAIN = re.compile(
    r"[^.;\n]{0,60}?\b(?:p\.?r\.?n|as needed|pain|headaches?|aches?|arthritis|discomfort)\b", re.I
)
FOR_ANOTHER_ILLNESS = re.compile(
    r"\s+(?:for|to control|to treat)\s+(?:his|her|the|their)?\s*(?:diabetes|hypertension|blood|high|"
    r"cholesterol|depression|anxiety|sleep|infection|cough|asthma|heart|thyroid|seizures?|fever|gout|bladder|"
    r"nausea|allerg)",
    re.I,
)
HEAD_OF_EXAMPLES = re.compile(
    r"\s*(?:,\s*)?(?:such as|including|to include|(?:have |has |had )?include[sd]?|(?:have |has )?consist(?:s|"
    r"ed)? of|like|e\.g\.?|i\.e\.?|which include[sd]?|consisting of|namely)\s*[,:]?\s*(?:an?\s+|his\s+|"
    r"her\s+)?|\s*\(\s*(?:e\.g\.?,?\s*|i\.e\.?,?\s*|including\s+)?",
    re.I,
)
CARE_WITH = re.compile(
    r"\s*,?\s*(?:with|via|in the form of)\s+(?:an?\s+|formal\s+|some\s+|more\s+|a minimum of\s+|\d\s+|"
    r"further\s+)*",
    re.I,
)
BACK_REFERENCE = re.compile(
    r"\b(?:the|this|these|those|said|such|each|of each|each of these|that|above|similar|same|a similar)\s+$", re.I
)
FORMS = re.compile(r"\s*\b(?:patch(?:es)?|gel|cream|ointment|topical|5%|1%|sodium gel)\s*$", re.I)
GIVEN_BY_NEEDLE = re.compile(
    r"\bIV\b|intraven|inject|\bIM\b|epidural|ESI\b|lidocaine|bupivacaine|marcaine|\bcc\b|\bmL\b|\bPF\b|fluoro", re.I
)
NEEDLE_STEROIDS = ("dexamethasone", "decadron", "methylprednisolone", "prednisolone")
NO_TREATMENT_AFTER = re.compile(
    r"\s+(?:incision|instruments?|hardware|site|scars?|notes?\b|records?|department|clinic|referral form)\b", re.I
)
GRAFTING = re.compile(r"(?:harvest|graft)\w*\b[^.;\n]{0,80}$", re.I)
RECORD_WORDS = frozenset(
    [
        "therex",
        "ther ex",
        "97110",
        "97112",
        "97140",
        "97530",
        "poc",
        "cont poc",
        "nmr",
        "mt",
        "prom",
        "mhp",
        "ifc",
        "stg",
        "ltg",
        "stgs",
        "ltgs",
        "plan of care",
        "rehab potential",
        "rehabilitation potential",
        "short term goals",
        "long term goals",
        "skilled therapy",
        "skilled physical therapy",
        "therapeutic exercise",
        "te",
        "stm",
        "manual",
    ]
)
RECORD_TOKENS = ("NPRS", "DPT", "PTA", "AROM")
PERSON = re.compile(r"\b(?:patient|she|he|his|her|pt|mr|mrs|ms|y/?o|year[- ]old)\b", re.I)
JOINED_SURGERY = re.compile(r"\s*(?:,?\s*(?:and|with|via|&|/|for)\s*(?!an?\s)(?:\w+\s+){0,3}|\s*)", re.I)
INSTEAD = re.compile(r"\s*(?:#\s*\d)?\s*(?:by|via|\()\s*", re.I)
STANCE = re.compile(r"\b(?:ant|anterior|post|posterior|incr\w*|decr\w*)\.?\s+$", re.I)


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
    record = kind.startswith("therapy_") or _record_words(parsed) >= 2
    named = {section.name for section in parsed.sections}
    operative = "technique_description" in named and bool(named & {"procedure", "indication", "anesthesia"})
    operative = operative or {"procedure", "anesthesia", "indication"} <= named
    education = kind == "education_material" or (len(text) > 600 and not PERSON.search(text, 0, 6000))
    return Setting(record, kind == "procedure_note" or (kind != "office_visit" and operative), education)


def _record_words(parsed: Parsed) -> int:
    """How many different words of a therapist's record a document holds."""
    named = {
        hit.term.lower()
        for lexicon_ in ("therapy", "sections")
        for hit in parsed.of(lexicon_)
        if hit.term.lower() in RECORD_WORDS and parsed.text[hit.start].isupper() | (len(hit.term) > 8)
    }
    return len(named) + sum(token in parsed.text for token in RECORD_TOKENS)


def mentions(parsed: Parsed, where: Setting) -> list[Mention]:
    """The treatments named in a document, in order; weak ones are still to be confirmed by what surrounds them."""
    found: list[Mention] = []
    for hit in parsed.of("therapy"):
        mention = _mention(parsed, hit, where)
        if mention is None:
            continue
        if found and mention.start < found[-1].end:
            if found[-1].weak and not mention.weak:
                found[-1] = mention
            continue
        found.append(mention)
    return _merged(parsed.text, _without_heads(parsed.text, found))


def _mention(parsed: Parsed, hit: Hit, where: Setting) -> Mention | None:
    text, reading = parsed.text, _reading(hit, where)
    mention = Mention(hit.start, hit.end, hit.concept, reading, _group(hit.concept), _agent(text, hit, reading))
    if (reading == "capitals" and not _in_capitals(text[hit.start : hit.end])) or (
        reading in ("record", "drill", "code") and not _in_record(text, hit, where, reading)
    ):
        return None
    if reading == "short":
        return _needled(text, mention)
    if NO_TREATMENT_AFTER.match(text, hit.end) or _is_another(parsed, hit, mention):
        return None
    section = parsed.section_at(hit.start)
    heading = section.start <= hit.start < section.body
    return None if heading and section.name not in ("procedure", "other") else mention


def _reading(hit: Hit, where: Setting) -> str:
    readings = _readings(hit.concept).get(hit.term, ("plain",))
    if where.record and "record" in readings:
        return "record"
    return next((reading for reading in readings if reading != "record"), readings[0])


def _in_record(text: str, hit: Hit, where: Setting, reading: str) -> bool:
    if not where.record or (reading == "code" and text[hit.start - 1 : hit.start] == "("):
        return False
    if reading == "drill" and STANCE.search(text, max(0, hit.start - 12), hit.start):
        return False
    return (
        len(hit.term) > 4
        or text[hit.start].isupper()
        or hit.term in ("bike", "ice", "heat")
        or text[hit.start].isdigit()
    )


def _is_another(parsed: Parsed, hit: Hit, mention: Mention) -> bool:
    """Whether the words mean something else here: a person, a clinic, a drug for another illness or given by needle."""
    text = parsed.text
    if hit.concept == "physical_therapy":
        return _is_no_therapy(text, hit)
    if mention.agent in ("aspirin", "asa", "ecotrin"):
        return not TAKEN_FOR_PAIN.match(text, hit.end)
    if hit.concept == "bracing" and "postoperative course" in text[max(0, hit.start - 80) : hit.start]:
        return True
    if hit.concept == "conservative_unspecified" and re.search(r"\babove\s+$", text[max(0, hit.start - 8) : hit.start]):
        return True
    if hit.concept == "oral_steroid" and parsed.section_at(hit.start).name not in ("allergies", "medications"):
        near = (
            text[max(0, hit.start - 90) : hit.end + 90]
            if mention.agent in NEEDLE_STEROIDS
            else text[hit.end : hit.end + 30]
        )
        sentence = parsed.sentence_at(hit.start)
        return bool(
            GIVEN_BY_NEEDLE.search(near) or CHEMOTHERAPY.search(text, sentence.start, sentence.end)
        ) or not _among_treatments(parsed, hit, sentence.start, sentence.end)
    if (
        hit.concept == "gabapentinoid"
        and mention.agent
        and not mention.agent.startswith(("gaba", "neuro", "grali", "hori", "prega", "lyri"))
    ):
        sentence = parsed.sentence_at(hit.start)
        return not (
            about_pain(text, sentence.start, sentence.end)
            or re.search(r"neuropath|neuralg|migraine", text[sentence.start : sentence.end], re.I)
        )
    if mention.group == "medication" and FOR_ANOTHER_ILLNESS.match(text, hit.end):
        return True
    return hit.concept == "spine_surgery" and bool(GRAFTING.search(text, max(0, hit.start - 90), hit.start))


def _among_treatments(parsed: Parsed, hit: Hit, start: int, end: int) -> bool:
    """Whether a steroid is told beside other treatments or pain, not for another illness."""
    if re.search(r"pack|pak|burst|taper|oral", hit.term, re.I):
        return True
    others = [other for other in parsed.within(start, end, "therapy") if other.start != hit.start]
    return (
        bool(others)
        or re.search(r"\breaction|allerg|causes|intoleran", parsed.text[start:end]) is not None
        or about_pain(parsed.text, start, end)
        or parsed.section_at(hit.start).name in ("plan", "prior_treatment", "prescribed")
    )


def _needled(text: str, mention: Mention) -> Mention | None:
    """A joint or nerve that is named as the place of an injection: 'facet and sacroiliac joint injections'."""
    ahead = INJECTION_AHEAD.match(text, mention.end)
    behind = NEEDLED_BEFORE.search(text, max(0, mention.start - 50), mention.start)
    return replace(mention, reading="plain") if ahead or behind else None


def _in_capitals(words: str) -> bool:
    return not any(sign.islower() for sign in words.rstrip("s").removesuffix("'"))


def _is_no_therapy(text: str, hit: Hit) -> bool:
    """PT as the patient, as a credential, as a clotting time, or as part of a clinic's name."""
    words, before = text[hit.start : hit.end], text[max(0, hit.start - 60) : hit.start]
    if words == "PT" and (
        CALLED_PATIENT.match(text, hit.end) or THERAPIST_NAMED.match(text, hit.end) or COAGULATION.match(text, hit.end)
    ):
        return True
    if words == "PT" and (ARTERY.match(text, hit.end) or re.search(r"\bDP\s*(?:,|/|and|or)\s*$", before)):
        return True
    if words == "PT" and (
        (CREDENTIAL_BEFORE.search(before) and CREDENTIAL_AFTER.match(text, hit.end))
        or before.endswith("supervision of ")
    ):
        return True
    if FACILITY_AFTER.match(text, hit.end) or (
        words.lower().endswith("therapist") and re.search(r"\b(?:her|his|their)\s+$", before)
    ):
        return True
    return bool(
        (words == "PT" or words.istitle()) and FACILITY_BEFORE.search(before) and not ORDERED_BEFORE.search(before)
    )


def _without_heads(text: str, found: list[Mention]) -> list[Mention]:
    """A class followed by its examples ('NSAIDs such as Motrin') is told by the examples alone."""
    return [mention for mention, after in later(found) if not (after and _heads(text, mention, after))]


def _heads(text: str, mention: Mention, after: Mention) -> bool:
    if mention.concept == "conservative_unspecified" and CARE_WITH.fullmatch(text, mention.end, after.start):
        return True
    if (
        mention.concept == "chiropractic"
        and after.concept == "physical_therapy"
        and text[mention.end : after.start].isspace()
    ):
        return True
    general = (
        mention.concept in ("conservative_unspecified", "analgesic_unspecified", "injection_unspecified")
        or mention.weak
    )
    same = mention.concept == after.concept and (
        (after.reading == "agent" and mention.reading == "class") or mention.group in ("active", "passive")
    )
    if same and mention.reading == "class" and text[mention.end : after.start].isspace():
        return True
    return (general or same) and bool(HEAD_OF_EXAMPLES.fullmatch(text, mention.end, after.start))


def _merged(text: str, found: list[Mention]) -> list[Mention]:
    """One operation named by several words, one set of exercises, one block told twice over: each is one mention."""
    kept: list[Mention] = []
    for mention in found:
        last = kept[-1] if kept else None
        if last and _is_one(text, last, mention):
            concept = mention.concept if last.weak else last.concept
            reading = mention.reading if last.weak else last.reading
            kept[-1] = replace(last, end=mention.end, concept=concept, reading=reading)
        elif not (last and _belongs_to(text, last, mention)):
            kept.append(mention)
    return kept


def _is_one(text: str, last: Mention, mention: Mention) -> bool:
    gap = text[last.end : mention.start]
    if last.concept == mention.concept == "spine_surgery":
        return len(gap) < 45 and bool(JOINED_SURGERY.fullmatch(gap))
    if last.concept == "injection_unspecified" and mention.group == "injection" and last.weak:
        return bool(INSTEAD.fullmatch(gap))
    if last.concept == mention.concept and last.reading == mention.reading and last.reading in ("drill", "code"):
        return len(gap) < 30 and not re.search(r"[.;:]", gap)
    return False


def _belongs_to(text: str, last: Mention, mention: Mention) -> bool:
    """Exercises that spell out what a session or a home program consisted of, and the joint that is being injected."""
    gap = text[last.end : mention.start]
    if last.concept == "injection_unspecified" and mention.reading == "plain" and mention.group == "injection":
        return False
    if (
        mention.reading in ("drill", "record")
        and mention.group == "active"
        and mention.concept in (last.concept, "home_exercise")
    ):
        spelled = (last.concept == "home_exercise" and re.match(r"[^.;\n]{0,12}[:(]", gap)) or (
            mention.reading == "drill" and re.match(r"[^.;\n]{0,14}:", gap)
        )
        drilled = mention.reading == "drill" or last.concept == mention.concept == "home_exercise"
        coded = re.fullmatch(r"\s*(?:x\s?\d)?\s*\(?\d{5}\)?\s*(?:lumbar\s*)?", gap)
        return bool((spelled and drilled) or (coded and len(gap) > 4) or (spelled and last.concept == "home_exercise"))
    return False


def _agent(text: str, hit: Hit, reading: str) -> str | None:
    if reading != "agent":
        return None
    name = " ".join(text[hit.start : hit.end].lower().split())
    return FORMS.sub("", name) or name


@cache
def _readings(concept: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for reading, terms in lexicon("therapy").concepts[concept].extra.get("readings", {}).items():
        for term in terms:
            found[term] = (*found.get(term, ()), reading)
    return found


@cache
def _group(concept: str) -> str:
    return lexicon("therapy").concepts[concept].group or "other"


def is_back_reference(text: str, mention: Mention) -> bool:
    """'the injection', 'these medications': what was told before is only pointed at."""
    return bool(BACK_REFERENCE.search(text, max(0, mention.start - 16), mention.start))


def about_pain(text: str, start: int, end: int) -> bool:
    """Whether a stretch of text speaks of pain."""
    return bool(PAINFUL.search(text, start, end))


def later(found: list[Mention]) -> Iterator[tuple[Mention, Mention | None]]:
    """Each mention with the one after it."""
    return zip(found, [*found[1:], None], strict=False)
