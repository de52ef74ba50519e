"""A parsed document in, the places where a treatment is named out: which words count as one, and what they name."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from operator import attrgetter

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.findings.terms import Hit
from mednec.findings.therapy.heads import without_heads
from mednec.findings.therapy.look_alikes import means_another
from mednec.findings.therapy.mention import Mention
from mednec.findings.therapy.merged import merged, without_givers
from mednec.findings.therapy.operations import operations
from mednec.findings.therapy.setting import Setting
from mednec.vocabulary import lexicon

INJECTION_AHEAD = compiled(
    r"[\s,]*(?:(?:and/or|and|or|/|&|,|then|other|spinal|joints?|nerves?|steroid|cortisone|epidural|facet|"
    r"sacroiliac|SI|intraarticular|bursa|pes|anserine|lumbar|cervical|thoracic|left|right|bilateral|medial|"
    r"posterior|primary|dorsal|ram[iu]s?|"
    r"branch|[CTLS]\d[-\w]*)[\s,]*)*(?:injections?|blocks?|inj\b|injected|ablations?|shots?|ESIs?\b)",
    re.I,
)
BLOCK_OF = compiled(  # 'first block: L3 and L4 medial branches', not 'facet blocks of the L3 branches'
    r"(?<!branch )(?<!facet )(?<!joint )(?<!nerve )"
    r"\bblocks?\b(?: #?\d)?(?: on [\w/]+)?"
    r"(?:\s*[:-]|\s+(?:of|to|at|on|was of|covered|targeted|goes to|"
    r"went to))\s*(?:(?:the|those|these|very|same|identical"
    r"|left|right|bilateral|both|and|[CL]\d(?:[-/,]\s?[CL]?\d)*,?)\s+){0,6}$",
    re.I,
)
NEEDLED_BEFORE = compiled(
    r"\b(?:inject(?:ing|ed|ion of|ion into|ions? in(?:to)?)?|block of|ablat(?:ed|ing|ion of)|"
    r"injections? (?:to|of|into|in))\s+(?:\w+\s+){0,3}$",
    re.I,
)
NAMING = ("agent", "pain_only", "needle")  # readings that give the name of a drug
TITLE_ENDS = 300  # characters of a document that may be its letterhead and title
FORMS = compiled(r"\s*\b(?:patch(?:es)?|gel|cream|ointment|topical|5%|1%|sodium gel)\s*$", re.I)
NO_TREATMENT_AFTER = compiled(
    r"\s+(?:(?:pain\s+)?syndrome|concerns?|incision|instruments?|hardware|site(?!\s*:)|scars?|splints?|portals?|notes?\b|"
    r"records?|department|clinic|"
    r"referral form)\b",
    re.I,
)
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
HEADLINE = compiled(r"[^a-z\n]*(?:\n|$|[ \t]{3})")
LEGEND = compiled(r"\s*=\s")
ANSWERED = compiled(r"\s*[:?]\s*(?:no|none|yes|never|denie[sd]|n/a)\b(?![ \t]+[a-z])", re.I)  # a line of a form
CODED = compiled(r"[ \t]*(?:CPT:?[ \t]*)?\d{5}\b[^\n]*,")
STANCE = compiled(r"\b(?:ant|anterior|post|posterior|incr\w*|decr\w*)\.?\s+$", re.I)


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
    return merged(parsed.text, without_heads(parsed.text, without_givers(parsed.text, told)))


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
    if hit.start < TITLE_ENDS and hit.term.endswith(" therapy") and text[hit.start : hit.end].istitle():
        return mention if hit.term == "physical therapy" else None  # 'Hand & Spine Therapy' is a clinic
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
    behind = behind or BLOCK_OF.search(text, max(0, mention.start - 60), mention.start)
    return replace(mention, reading="plain") if ahead or behind else None


def _in_capitals(words: str) -> bool:
    return not any(sign.islower() for sign in words.rstrip("s").removesuffix("'"))


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
