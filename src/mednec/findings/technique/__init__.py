"""How a procedure is planned or was done: a parsed document in, `technique` findings out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Any

from mednec.expressions.patterns import compiled
from mednec.findings.diagnosis import place
from mednec.findings.diagnosis.window import window
from mednec.findings.parse import Parsed
from mednec.findings.regions import levels_in, side_in
from mednec.findings.technique import sedation as technique_sedation
from mednec.findings.technique import when
from mednec.findings.technique.denied import is_denied
from mednec.findings.technique.dose import DOSE_AFTER, as_written, injected_dose
from mednec.findings.technique.heat import mode
from mednec.findings.technique.words import words
from mednec.findings.terms import Hit
from mednec.model import Document, Finding
from mednec.vocabulary import lexicon

SILENT_SECTIONS = {"education", "family_history", "allergies"}
DONE = compiled(
    r"\bPROC(?:EDURE)?(?: NOTE| RECORD| REPORT)\b|\bOPERATI(?:VE|ON) (?:NOTE|REPORT|RECORD)\b"
    r"|\b(?:(?:description|details) of (?:the )?procedure|procedure in detail|estimated blood loss|EBL|time[- ]?out"
    r"|sterile(?:ly)? (?:prep|drape|fashion)|prepped and draped)\b",
    re.I,
)
NO_STEROID = compiled(r"\b(?:no|without|steroid[- ]free|non)\s+(?:\w+\s+){0,2}$", re.I)
BLIND = compiled(
    r"(?:[,;(]|\b(?:done|performed|injected|given|was|is|be|MBB|block|injection|ESI))\s*blind\b"
    r"(?! (?:in|to|spot|since birth))",
    re.I,
)
NO_TIME = compiled(r"(?:\s+time)?\s*[:=]?\s*0+(?:\.0+)?\s*(?:s|secs?|seconds?|min|minutes?)\b", re.I)
OUT_OF_ORDER = compiled(
    r"\s+(?:is|was|being)\s+(?:in repair|under repair|at the shop|out for repair"
    r"|down|broken|unavailable|not (?:available|used|working)|out)\b",
    re.I,
)
NOT_OFFERED = compiled(
    r"\b(?:no|not|without|never|rather than|instead of|declin\w+|ask(?:ed|s)? about|about)\s+(?:\w+\s+){0,2}$", re.I
)
CLAUSE_ENDS = compiled(r";|\.\s|,\s(?:and|but|while)\s|\n")
LIMB_JOINT = compiled(r"\b(?:knees?|hips?|shoulders?|elbows?|ankles?|wrists?|thumbs?|foot|feet)\b", re.I)
OF_THE_SPINE = compiled(
    r"\b(?:\w*ESIs?|epidurals?|MBBs?|medial branch\w*|facets?|SIJ?|sacroiliac|RFA|ablation|lumbar|cervical|thoracic"
    r"|spin\w+|genicular"
    r"|[CTLS]\d+|transforaminal|interlaminar|caudal|trigger points?)\b",
    re.I,
)
OTHER_JOINT = compiled(r"\b(?:knee|shoulder|elbow|ankle|wrist|scalp|hair|face)\b", re.I)
NOT_GIVEN = compiled(
    r"[^.;]{0,40}?\b(?:not (?:offered|covered|planned|used|given|recommended)|declined|do not offer|don't offer)\b",
    re.I,
)
ALLERGY = compiled(r"\b(?:allerg|anaphyla|hives|contrast reaction|reaction to)", re.I)
TO_IT = compiled(r"\ballerg\w*(?:\s+to|\s*[:-])\s+(?:[\w-]+[\s,/]+){0,4}$", re.I)
NO_ALLERGY = compiled(
    r"\b(?:no|not|without|denies|nkda|never)\b[^.;]{0,60}\b(?:allerg|reaction)|\ballerg\w*\s*[:-]\s*(?:none|no\b|nkda)",
    re.I,
)
BORNE_BEFORE = compiled(
    r"\b(?:(?:allerg\w*|reaction\w*|rxns?|react(?:s|ed)?|(?:hyper)?sensitiv\w*|intoleran\w*|anaphyla\w*|hives|"
    r"problems?|issues?"
    r"|trouble|difficulty)\s+(?:to|with|from|after)|tolerat\w*|allerg\w*\s*[:-])\s+(?:[\w-]+(?:\s*[,/]\s*|\s+)){0,6}$"
    r"|\b(?:problems?|issues?|trouble|difficulty|reactions?|hives|allerg\w*)\s+$",
    re.I,
)
BORNE_BEHIND = compiled(
    r"(?:[\s,/&-]+(?:or|and|dye|media|medium|material|agents?|iodin\w+|iv|latex|shellfish|gadolinium|steroids?|drug"
    r"|medication|anesthetics?|local|tape|adhesives?|betadine|chlorhexidine|lidocaine|known|prior|"
    r"previous))*[\s/-]+(?:allerg\w*"
    r"|(?:hyper)?sensitiv\w*|reactions?|rxns?|exposures?|intoleran\w*|issues?|problems?|anaphyla\w*|tolerated)\b",
    re.I,
)
LEFT_OUT = compiled(
    r"\s*[:=]\s*(?:none|no\b|not\b|n/a|nil\b|0\b)|\s+(?:(?:dye|agent|medium|media|material)\s+)?(?:(?:is|was|will|"
    r"to|be|has|been|were|are)\s+){0,3}(?:not\b|omitted"
    r"|avoided|withheld|held\b|deferred|contraindicated|declined|unavailable|skipped)",
    re.I,
)
NERVES = compiled(r"\bMBs?\b|\bMBBs?\b|medial branch|dorsal ram|\bDR\b", re.I)
INJECTED = compiled(r"inject|\bblock|arthrogram|\bspread\b|contrast|needle|\bIA\b", re.I)
MODALITIES = compiled(
    r"\b(?:heat|hot packs?|cold packs?|ice|massage|stretch\w*|TENS|electrical stim\w*|e-?stim|traction|modalit\w+"
    r"|physical therap\w+|PT|therapist|exercises?|manual therapy|chiropract\w+)\b"
)
BESIDE_A_NEEDLE = {"by ultrasound", "with ultrasound", "via ultrasound"}
OF_A_SCAN = compiled(r"\s+(?:contrast|scan|dye|report|images?|abdomen|chest|of\b)", re.I)
AROUND = 90  # characters around the name of a picture in which it is said to lead a needle
BEHIND = 60  # characters behind a sentence in which the procedure may still be named
TWO_VIEWS = compiled(
    r"\bAP\b.{0,60}\b(?:lateral|oblique)\b|\b(?:lateral|oblique)\b.{0,60}\bAP\b|\b(?:two|2|multiple"
    r"|biplanar) views?\b",
    re.I | re.S,
)
RULED = {"guidance", "contrast", "radiofrequency_mode"}
NEGATABLE = {"contrast", "approach", "radiofrequency_mode", "levels", "guidance"}


def find(parsed: Parsed) -> Iterator[Finding]:
    """Guidance, contrast, sedation, injectate, approach, levels and images of the procedures planned or done."""
    if place.is_report(parsed.document):
        return
    done = records_a_procedure(parsed.document)
    found: dict[tuple[str, int, str], Finding] = {}
    for hit in parsed.of("technique"):
        if finding := _finding(parsed, hit, done):
            found.setdefault((hit.concept, finding.quote_start, str(sorted(finding.attributes.items()))), finding)
    yield from technique_sedation.settled(list(found.values()))


def records_a_procedure(document: Document) -> bool:
    """Whether the document records a procedure that was carried out."""
    if document.type == "procedure_note":
        return True
    return (
        document.type in ("other", "hospital_record", "structured_entry", "office_visit")
        and bool(DONE.search(document.text[:3000]))
        and not re.search(
            r"\b(?:HPI|chief complaint|present illness|new patient|follow[- ]?up visit)\b", document.text[:1500], re.I
        )
    )


def _finding(parsed: Parsed, hit: Hit, done: bool) -> Finding | None:
    first, last = window(parsed, hit.start, hit.end)
    value = _values(hit.concept)[hit.term]
    if _is_silent(parsed, hit, (first, last)) or _is_hidden(parsed, hit, value, first, last):
        return None
    if _is_of_another_joint(parsed, hit, first, last) or _is_a_rule(parsed, hit, (first, last)):
        return None
    if hit.concept in NEGATABLE and value not in ("none", "not_given") and is_denied(parsed, hit, first):
        return None
    attributes = _attributes(parsed, hit, value, (first, last), done)
    if attributes is None:
        return None
    told = {
        "status": when.status(parsed, hit, (first, last), done),
        "earlier": when.is_earlier(parsed, (first, last), done) or None,
    }
    return parsed.document.finding(
        "technique", hit.concept, hit.start, hit.end, quote=(first, last), **told, **attributes
    )


def _is_silent(parsed: Parsed, hit: Hit, quote: tuple[int, int]) -> bool:
    """Whether the section tells nothing of a procedure; a plan that follows a line of allergies does."""
    section = parsed.section_at(hit.start)
    if section.name != "allergies":
        return section.name in SILENT_SECTIONS
    return quote[0] <= section.body or not when.PROCEDURE.search(parsed.text, *quote)


def _is_of_another_joint(parsed: Parsed, hit: Hit, first: int, last: int) -> bool:
    """Whether the clause speaks of a knee, a hip or the like alone: 'the knee was injected under fluoroscopy'."""
    before = [match.end() for match in CLAUSE_ENDS.finditer(parsed.text, first, hit.start)]
    after = CLAUSE_ENDS.search(parsed.text, hit.end, last)
    clause = parsed.text[before[-1] if before else first : after.start() if after else last]
    return bool(LIMB_JOINT.search(clause)) and not OF_THE_SPINE.search(clause)


def _is_hidden(parsed: Parsed, hit: Hit, value: str, first: int, last: int) -> bool:
    """Whether words around tell that something else is meant; an allergy to contrast hides no steroid with its dose."""
    hides = _hides(hit.concept)
    found = hides.search(parsed.text, max(first, hit.start - 160), min(last, hit.end + 120)) if hides else None
    if found is None or value != "steroid" or not found[0].lower().startswith("allerg"):
        return bool(found)
    return not DOSE_AFTER.match(parsed.text, hit.end, last) or bool(TO_IT.search(parsed.text, first, hit.start))


def _attributes(parsed: Parsed, hit: Hit, value: str, quote: tuple[int, int], done: bool) -> Mapping[str, Any] | None:
    reader = {
        "contrast": _contrast,
        "guidance": _guidance,
        "sedation": _sedation,
        "injectate": _injectate,
        "approach": _placed,
        "levels": _placed,
        "radiofrequency_mode": _radiofrequency,
        "images_saved": _images,
    }[hit.concept]
    return reader(parsed, hit, value, quote, done)


def _about_a_procedure(parsed: Parsed, quote: tuple[int, int], done: bool) -> bool:
    """The sentence, what stands near it or the whole document speaks of a procedure."""
    return done or bool(when.PROCEDURE.search(parsed.text, max(0, quote[0] - 200), quote[1] + BEHIND))


def _guidance(parsed: Parsed, hit: Hit, value: str, quote: tuple[int, int], done: bool) -> Mapping[str, Any] | None:
    if hit.term == "blind" and not BLIND.search(
        parsed.text, max(quote[0], hit.start - 30), min(quote[1], hit.end + 12)
    ):
        return None
    if hit.term in _bare() and not _guides_a_needle(parsed, hit, quote):
        return None
    if (
        value == "none"
        and hit.term.startswith(("no ", "without "))
        and any(map(_is_an_image, parsed.within(*quote, "technique")))
    ):
        return None  # 'by ultrasound, no x-ray': one picture is ruled out, another guides
    if hit.term in BESIDE_A_NEEDLE and MODALITIES.search(parsed.text, *quote):
        return None  # the ultrasound of a therapist
    if NO_TIME.match(text := parsed.text, hit.end, quote[1]):
        return None  # 'fluoro 0 s'
    if value != "none" and OUT_OF_ORDER.match(text, hit.end, quote[1]):
        value = "none"
    return {"value": value} if _about_a_procedure(parsed, quote, done) else None


def _guides_a_needle(parsed: Parsed, hit: Hit, quote: tuple[int, int]) -> bool:
    """Whether a picture that is only named (an x-ray, a probe) is said to lead a needle, and is no examination."""
    text = parsed.text
    if hit.term == "US" and not text[hit.start : hit.end].isupper():
        return False
    if OF_A_SCAN.match(text, hit.end, quote[1]):
        return False
    if _values("guidance")[hit.term] == "none" and any(map(_is_an_image, parsed.within(*quote, "technique"))):
        return False
    near = max(quote[0], hit.start - AROUND), min(quote[1], hit.end + AROUND)
    leads = words("guidance", "at_the_needle").search(text, *near)
    return bool(leads) and not words("guidance", "of_an_exam").search(text, *near)


def _is_an_image(hit: Hit) -> bool:
    return hit.concept == "guidance" and _values("guidance")[hit.term] != "none"


def _is_a_rule(parsed: Parsed, hit: Hit, quote: tuple[int, int]) -> bool:
    """Whether the sentence tells how such procedures are to be done, and nothing of this one."""
    if hit.concept not in RULED or not words("guidance", "ruled").search(parsed.text, *quote):
        return False
    return not words("guidance", "this_one").search(parsed.text, *quote)


@cache
def _bare() -> frozenset[str]:
    return frozenset(lexicon("technique").concepts["guidance"].extra["bare"])


def _contrast(parsed: Parsed, hit: Hit, value: str, quote: tuple[int, int], done: bool) -> Mapping[str, Any] | None:
    """Contrast in the needle's way, not an allergy to it or how it was borne ('no allergy to contrast')."""
    text = parsed.text
    if BORNE_BEFORE.search(text, max(quote[0], hit.start - 90), hit.start) or BORNE_BEHIND.match(
        text, hit.end, quote[1]
    ):
        return None
    if value == "given" and LEFT_OUT.match(text, hit.end, quote[1]):
        value = "not_given"
    if value == "given" and ALLERGY.search(text, *quote) and not NO_ALLERGY.search(text, *quote):
        return None
    return {"value": value} if _about_a_procedure(parsed, quote, done) else None


def _sedation(parsed: Parsed, hit: Hit, value: str, quote: tuple[int, int], done: bool) -> Mapping[str, Any] | None:
    told = technique_sedation.depth(parsed.text, hit, value, quote)
    if told is None:
        return None
    certain = told == "none" and ("IV" in hit.term or "local" in hit.term)
    if not certain and not _about_a_procedure(parsed, quote, done):
        return None
    return {"value": None if told == technique_sedation.UNSAID else told}


def _injectate(parsed: Parsed, hit: Hit, value: str, quote: tuple[int, int], done: bool) -> Mapping[str, Any] | None:
    text = parsed.text
    ahead = text[max(quote[0], hit.start - 30) : hit.start]
    if not _about_a_procedure(parsed, quote, done) or NO_STEROID.search(ahead):
        return None
    if value == "biologic" and (
        OTHER_JOINT.search(text, *quote) or NOT_OFFERED.search(ahead) or NOT_GIVEN.match(text, hit.end, quote[1])
    ):
        return None
    name = re.sub(r"[\s-]+", " ", text[hit.start : hit.end]).lower()
    injected = lexicon("technique").concepts["injectate"].extra
    given = injected_dose(parsed, hit, name, quote) if value == "steroid" else {"value": as_written(text, hit, None)}
    return {
        **given,
        "agent": injected["generic"].get(name, name),
        "role": value if value != "other" else None,
    }


def _placed(parsed: Parsed, hit: Hit, value: str, quote: tuple[int, int], _: bool) -> Mapping[str, Any] | None:
    """Levels and side that the sentence gives to the procedure."""
    first, last = _around(parsed.text, hit, quote)
    levels = list(levels_in(parsed.text, first, last))
    pairs = [level for level in levels if "-" in level] or _joints(parsed.text[first:last], levels) or levels
    side = side_in(parsed.text, first, last)
    if value == "intra_articular" and not INJECTED.search(parsed.text, *quote):
        return None
    if hit.concept == "levels":
        return {"levels": pairs, "side": side} if pairs else None
    return {"value": value, "levels": pairs or None, "side": side}


def _joints(words: str, nerves: list[str]) -> list[str]:
    """The facet joints that a run of medial branches supplies: L3, L4 and the L5 dorsal ramus are L4-5 and L5-S1."""
    if not NERVES.search(words):
        return []
    numbers = [(nerve[0], int(nerve[1:])) for nerve in nerves if nerve[1:].isdigit()]
    joints = []
    for (letter, upper), (other, lower) in pairwise(numbers):
        if letter == other and lower == upper + 1 and letter in "CL":
            first = lower if letter == "L" else upper
            joints.append("L5-S1" if (letter, first) == ("L", 5) else f"{letter}{first}-{first + 1}")
    return joints


def _around(text: str, hit: Hit, quote: tuple[int, int]) -> tuple[int, int]:
    """The part of the sentence up to the next semicolon on either side."""
    first = max(quote[0], text.rfind(";", quote[0], hit.start) + 1)
    end = text.find(";", hit.end, quote[1])
    return first, end if end >= 0 else quote[1]


def _radiofrequency(parsed: Parsed, hit: Hit, value: str, quote: tuple[int, int], _: bool) -> Mapping[str, Any] | None:
    return mode(parsed, hit, value, quote)


def _images(parsed: Parsed, _: Hit, __: str, quote: tuple[int, int], ___: bool) -> Mapping[str, Any] | None:
    return {"value": "saved", "views": 2 if TWO_VIEWS.search(parsed.text, *quote) else None}


@cache
def _values(concept: str) -> dict[str, str]:
    readings = lexicon("technique").concepts[concept].extra["readings"]
    return {term: value for value, terms in readings.items() for term in terms}


@cache
def _hides(concept: str) -> re.Pattern[str] | None:
    words = lexicon("technique").concepts[concept].extra.get("hides")
    return compiled(words, re.I) if words else None
