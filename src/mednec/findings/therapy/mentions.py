"""A parsed document in, the places where a treatment is named out: which words count as one, and what they name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from operator import attrgetter

from mednec.findings.parse import Parsed
from mednec.findings.patterns import compiled
from mednec.findings.terms import Hit
from mednec.findings.therapy.heads import without_heads
from mednec.findings.therapy.look_alikes import means_another
from mednec.findings.therapy.operations import operations
from mednec.findings.therapy.title import is_titled
from mednec.vocabulary import lexicon

INJECTION_AHEAD = compiled(
    r"[\s,]*(?:(?:and/or|and|or|/|&|,|then|other|spinal|joints?|nerves?|steroid|cortisone|epidural|facet|"
    r"sacroiliac|SI|intraarticular|bursa|pes|anserine|lumbar|cervical|thoracic|left|right|bilateral|medial|"
    r"posterior|primary|dorsal|ram[iu]s?|"
    r"branch|[CTLS]\d[-\w]*)[\s,]*)*(?:injections?|blocks?|inj\b|injected|ablations?|shots?|ESIs?\b)",
    re.I,
)
NEEDLED_BEFORE = compiled(
    r"\b(?:inject(?:ing|ed|ion of|ion into|ions? in(?:to)?)?|block of|ablat(?:ed|ing|ion of)|"
    r"injections? (?:to|of|into|in))\s+(?:\w+\s+){0,3}$",
    re.I,
)
BACK_REFERENCE = compiled(
    r"\b(?:the|this|these|those|said|such|each|of each|each of these|that|above|similar|same|a similar)\s+$", re.I
)
SAID_THAT = compiled(r"\b(?:feels?|felt|think|thought|believed?|advised|told|decided|stated?|said) that $", re.I)
NAMING = ("agent", "pain_only", "needle")  # readings that give the name of a drug
TITLE_ENDS = 300  # characters of a document that may be its letterhead and title
FORMS = compiled(r"\s*\b(?:patch(?:es)?|gel|cream|ointment|topical|5%|1%|sodium gel)\s*$", re.I)
NO_TREATMENT_AFTER = compiled(
    r"\s+(?:(?:pain\s+)?syndrome|concerns?|incision|instruments?|hardware|site|scars?|splints?|portals?|notes?\b|"
    r"records?|department|clinic|"
    r"referral form)\b",
    re.I,
)
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
DATE = compiled(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d\d-\d\d|\b\d{1,2} ?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|"
    r"dec)[a-z]* ?\d{4}"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2},? \d{4}",
    re.I,
)
YOU = compiled(r"(?:\byour?\b.*?){4}", re.I | re.S)  # who is spoken to so often reads no record
UNWRITTEN_AFTER = compiled(
    r"\s*(?:(?:is|are|was|were)\s+)?(?:not|never|nowhere)\s+(?:listed|documented|mentioned|noted|recorded|specified|"
    r"addressed|stated|described|detailed|seen in|found in)\b",
    re.I,
)
UNWRITTEN_BEFORE = compiled(
    r"\b(?:no|without|lacks?|lacking|missing)\s+(?:\w+\s+)?(?:mention|documentation|records?|notes?|evidence)\s+"
    r"(?:of|for|on|about)\s+(?:any\s+|a\s+|prior\s+|previous\s+)*$",
    re.I,
)
WITHIN_THERAPY = compiled(
    r"\b(?:with|w/|including|incl\.?|consisting of|using|through|focus\w* on|emphasi\w+)\s+"
    r"(?:(?:daily|progressive|graded)\s+)?(?:active|therapeutic|supervised|directed|strengthening|core|"
    r"stabilization|aerobic|ther\w*)\s+(?:and\s+\w+\s+)?$",
    re.I,
)
DEVICE_FROM = compiled(
    r"\s*(?:\([^)]*\)\s*)?(?:(?:was|is|given|issued|provided|fitted|supplied)\s+)*(?:from|by|per)\s+$", re.I
)
DRAPED = compiled(r"\bprepped\b[^.;]{0,40}\bdraped\b|\bunder (?:general|spinal) anesthesia\b", re.I)
HEADLINE = compiled(r"[^a-z\n]*(?:\n|$|[ \t]{3})")
LEGEND = compiled(r"\s*=\s")
ANSWERED = compiled(r"\s*[:?]\s*(?:no|none|yes|never|denie[sd]|n/a)\b(?![ \t]+[a-z])", re.I)  # a line of a form
PERSON = compiled(r"\b(?:patient|she|he|his|her|pt|mr|mrs|ms|y/?o|year[- ]old)\b", re.I)
JOINED_SURGERY = compiled(r"\s*(?:,?\s*(?:and|with|via|&|/|for)\s*(?!an?\s)(?:\w+\s+){0,3}|\s*)", re.I)
SURGERY = compiled(r"surger(?:y|ies)|operations?", re.I)
INSTEAD = compiled(r"\s*(?:#\s*\d)?\s*(?:by|via|\()\s*", re.I)
PLACE = compiled(r"\s+(?:at\s+|@\s*)?(?:[A-Z][\w'&.]+\s+){1,3}")  # 'PT at Windward Therapy' names the clinic
CODED = compiled(r"[ \t]*(?:CPT:?[ \t]*)?\d{5}\b[^\n]*,")
BY_NAME = compiled(r"\s*(?:with|via|by|such as|\()\s*(?:an?\s+)?(?:\w+\s+){0,2}", re.I)
FOCUS = compiled(r"\s+(?:for|with|focus(?:ed|ing) on|emphasizing|directed at|working on)\s+(?:\w+\s+){0,2}", re.I)
STANCE = compiled(r"\b(?:ant|anterior|post|posterior|incr\w*|decr\w*)\.?\s+$", re.I)


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
    operative = operative or ("technique_description" in named and is_titled(text))
    operative = operative or ({"procedure", "indication"} <= named and "plan" not in named and _is_reported(parsed))
    general = kind == "other" and not record and len(text) > 600 and not PERSON.search(text, 0, 6000)
    education = kind == "education_material" or (general and (not DATE.search(text) or bool(YOU.search(text, 0, 6000))))
    return Setting(record, kind == "procedure_note" or (kind != "office_visit" and operative), education)


def _is_reported(parsed: Parsed) -> bool:
    """Whether what stands under a heading such as 'Procedure' is the report of an operation."""
    under = (section for section in parsed.sections if section.name == "procedure")
    return any(DRAPED.search(parsed.text, section.body, section.end) for section in under)


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
    if where.procedure:
        found = _with_titled(parsed, found)
    told = [mention for mention in found if not _is_unwritten(parsed, mention)]
    return _merged(parsed.text, without_heads(parsed.text, _without_givers(parsed.text, told)))


def _with_titled(parsed: Parsed, found: list[Mention]) -> list[Mention]:
    """The treatments; operations that no lexicon knows by their whole name stand in place of loose words for them."""
    named = [(one.start, one.end) for one in found if not one.weak]
    spans = operations(parsed, named)
    if not spans:
        return found
    titled = [Mention(*span, "joint_surgery", "titled", _group("joint_surgery")) for span in spans]
    others = [one for one in found if not any(one.start < end and start < one.end for start, end in spans)]
    return sorted([*others, *titled], key=attrgetter("start"))


def _is_unwritten(parsed: Parsed, mention: Mention) -> bool:
    """Whether the text only says that nothing is written of a treatment, or names an exercise within a cue.

    'NSAIDs not listed', 'no documentation of PT'; 'could not do the exercises' tells of the therapy before it,
    'PT with active exercise' of what it consisted of.
    """
    text = parsed.text
    if UNWRITTEN_AFTER.match(text, mention.end) or UNWRITTEN_BEFORE.search(
        text, max(0, mention.start - 60), mention.start
    ):
        return True
    if not mention.weak or mention.concept != "home_exercise":
        return False
    if WITHIN_THERAPY.search(text, max(0, mention.start - 40), mention.start):
        sentence = parsed.within(parsed.sentence_at(mention.start).start, mention.start, "therapy")
        return any(hit.concept == "physical_therapy" for hit in sentence)
    around = parsed.within(max(0, mention.start - 40), mention.end + 30, "therapy_cues")
    covered = any(
        hit.concept == "not_endured" and hit.start < mention.start and mention.end <= hit.end for hit in around
    )
    before = parsed.within(parsed.sentence_at(mention.start).start, mention.start, "therapy") if covered else ()
    return any(hit.concept == "physical_therapy" for hit in before)


def _without_givers(text: str, found: list[Mention]) -> list[Mention]:
    """A therapist who only gave the device that is named before: 'SI belt from PT, 4 wks' tells of the belt."""
    kept: list[Mention] = []
    for mention in found:
        given = kept and kept[-1].concept in ("bracing", "tens", "heat_cold") and mention.concept == "physical_therapy"
        if not (given and DEVICE_FROM.fullmatch(text, kept[-1].end, mention.start)):
            kept.append(mention)
    return kept


def _mention(parsed: Parsed, hit: Hit, where: Setting) -> Mention | None:
    text, reading = parsed.text, _reading(hit, where)
    mention = Mention(hit.start, hit.end, hit.concept, reading, _group(hit.concept), _agent(text, hit, reading))
    if (reading == "capitals" and not _in_capitals(text[hit.start : hit.end])) or (
        reading in ("record", "drill", "code") and not _in_record(text, hit, where, reading)
    ):
        return None
    if where.procedure and CODED.match(text, text.rfind("\n", 0, hit.start) + 1, hit.start):
        return None  # the words of a billing code
    if reading == "short":
        return _needled(text, mention)
    if NO_TREATMENT_AFTER.match(text, hit.end) or means_another(parsed, hit, reading, mention.group):
        return None
    if _is_headline(text, hit, where) or LEGEND.match(text, hit.end) or text[: hit.start].endswith("= "):
        return None
    section = parsed.section_at(hit.start)
    heading = section.start <= hit.start < section.body
    told = section.name in ("procedure", "other") or (reading == "record" and where.record)
    told = told or (reading != "weak" and bool(ANSWERED.match(text, hit.end)))
    told = told and not (reading == "weak" and section.name == "procedure")  # 'OPERATION AND PROCEDURE:'
    return mention if told or not heading else None


def _is_headline(text: str, hit: Hit, where: Setting) -> bool:
    """Whether the words stand in a line of capitals without figures: a letterhead, a title, a heading."""
    if where.procedure or not text[hit.start : hit.end].isupper() or (len(hit.term) < 6 and hit.start > TITLE_ENDS):
        return False
    line = text.rfind("\n", 0, hit.start) + 1
    lead = text[line : hit.start]
    follows = HEADLINE.match(text, hit.end)
    return (
        not any(map(str.islower, lead))
        and not re.search(r"\d|^\s*[-*\u2022]", lead)
        and follows is not None
        and not any(map(str.isdigit, follows[0]))
        and ":" not in lead
    )


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


def _needled(text: str, mention: Mention) -> Mention | None:
    """A joint or nerve that is named as the place of an injection: 'facet and sacroiliac joint injections'."""
    ahead = INJECTION_AHEAD.match(text, mention.end)
    behind = NEEDLED_BEFORE.search(text, max(0, mention.start - 50), mention.start)
    return replace(mention, reading="plain") if ahead or behind else None


def _in_capitals(words: str) -> bool:
    return not any(sign.islower() for sign in words.rstrip("s").removesuffix("'"))


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
    told_twice = {"topical_analgesic": gap.isspace(), "joint_surgery": last.weak and bool(BY_NAME.fullmatch(gap))}
    if last.concept == mention.concept and last.concept in told_twice:
        return told_twice[last.concept]
    if last.concept == mention.concept == "spine_surgery":
        if SURGERY.fullmatch(text, last.start, last.end) and re.search(r"\band\b", gap):
            return False
        return len(gap) < 45 and bool(JOINED_SURGERY.fullmatch(gap))
    if last.concept == "injection_unspecified" and mention.group == "injection" and last.weak:
        return bool(INSTEAD.fullmatch(gap))
    if last.concept == mention.concept and last.reading == mention.reading and last.reading in ("drill", "code"):
        return len(gap) < 30 and not re.search(r"[.;:]", gap)
    return False


def _is_abbreviated(text: str, gap: str, mention: Mention) -> bool:
    """Whether the brackets behind a name hold no more than its abbreviation: 'open reduction and ... (ORIF)'."""
    closed = text[mention.end : mention.end + 1] == ")"
    return closed and gap.strip() == "(" and text[mention.start : mention.end].isupper()


def _belongs_to(text: str, last: Mention, mention: Mention) -> bool:
    """Exercises that spell out what a session or a home program consisted of, and the joint that is being injected."""
    gap = text[last.end : mention.start]
    if last.concept == mention.concept and mention.concept.endswith("surgery") and _is_abbreviated(text, gap, mention):
        return True
    if mention.concept == "analgesic_unspecified" and last.group == "medication" and last.agent and gap.isspace():
        return True  # 'tramadol pills'
    if last.concept == "joint_surgery" and mention.weak and mention.concept == "spine_surgery" and gap.isspace():
        return True
    if mention.concept == "injection_unspecified" and last.group == "injection" and not gap.strip():
        return True
    if last.concept == mention.concept == "physical_therapy" and mention.weak and PLACE.fullmatch(gap):
        return text[mention.start].isupper()
    if last.concept == mention.concept == "physical_therapy" and "(" in gap and ")" not in gap:
        return True
    if last.concept == mention.concept == "physical_therapy" and mention.reading == "plain":
        return bool(FOCUS.fullmatch(gap))
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
    if reading not in NAMING:
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
    before = text[max(0, mention.start - 24) : mention.start]
    return not SAID_THAT.search(before) and bool(BACK_REFERENCE.search(before[-16:]))
