"""A treatment in everyday words in, whether it is told as an operation on the spine or a joint out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.findings.therapy.beside import is_unwarranted
from mednec.findings.therapy.kinds import JOINTS, SPINE, nearest_region
from mednec.findings.therapy.mention import Mention, is_back_reference
from mednec.findings.therapy.scope import Cue

AFTERWARDS = compiled(
    r"\b(?:after|before|post|following|until|prior to|since|days? of|time of|status post|s/p)"
    r"\s+(?:the\s+|his\s+|her\s+|any\s+)?(?:first\s+|scheduled\s+|planned\s+)?$"
    r"|\bmay require\s+(?:\w+\s+){0,2}$",
    re.I,
)
OF_AN_ORGAN = compiled(
    r"\b(?:liver|heart|cardiac|bypass|bowel|colon|abdominal|eye|cataract|brain|gallbladder|kidney|bariatric|"
    r"dental|oral|"
    r"breast|hernia|sinus|thyroid|prostate|bladder|valve|vascular|lung|ear|tonsil|gastric)\s+$",
    re.I,
)
ON_AN_ORGAN = compiled(
    r"\s+(?:on|of|for|to)\s+(?:(?:his|her|the|both|left|right|an?)\s+)*(?:liver|heart|bowels?|colon|stomach|eyes?|"
    r"cataracts?|"
    r"brain|gallbladder|kidneys?|teeth|tooth|breasts?|hernia|sinus(?:es)?|thyroid|prostate|bladder|lungs?|ears?|"
    r"tonsils|ulcers?|"
    r"uterus|ovar\w+|testic\w+|hemorrhoids?|veins?|arter\w+|nose|appendix|obesity)\b",
    re.I,
)
ANOTHER_OPERATION = compiled(
    r"\b(?:lap[- ]?band|stents?|bypass|bariatric|ulcers?|amputat\w+|fibroid\w*|hysterectomy|hernia|cataract|cancer|"
    r"tumou?r|mastectomy|implants? removal|breast|sleeve|carotid|coronary|vascular|aort\w+|valve|"
    r"melanoma|lymph\w*|hospitali[sz]ations?|hematoma|bladder|varicocele|bowel|"
    r"lumpectomy|wounds?|kidney|renal|ureter\w*|intrarenal|nephrolithiasis|gallstones?|colon|rectal|prostate|"
    r"ovar\w+|uter\w+|"
    r"cataracts?|tonsil\w*|sinus(?:es)?(?! rhythm)|abscess\w*|laryn\w+|glott\w+|carcinoma|malignan\w+|appendi\w+|"
    r"cholecyst\w+|TURP|cystoscop\w+|prostatectomy|colectomy|nephrectomy|splenectomy|gastrectomy|thyroidectomy|"
    r"tubal|cesarean|"
    r"obstruction|urinary|foley|pyelonephritis|"
    r"gastroenterolog\w+|general surg\w+|abdom\w+|penile|gallbladder|thyroid)\b",
    re.I,
)

SENT_TO = compiled(r"surgical (?:referral|consult)", re.I)
PARAGRAPH = 300  # characters
VAGUE = ("abdomen_pelvis", "chest", "head", "widespread")
TITLE = 400  # characters of a section in which the title of an operation stands


@dataclass(frozen=True, slots=True)
class Seen:
    """A treatment in everyday words: whether an exact one stands beside it, and the cues that speak of it."""

    parsed: Parsed
    mention: Mention
    strong: bool
    status: Cue | None
    response: Cue | None


def surgery(seen: Seen) -> bool:
    """Whether 'surgery', 'operation' or 'fusion' is told as one of this patient's spine or joints."""
    if is_back_reference(seen.parsed.text, seen.mention) or AFTERWARDS.search(
        seen.parsed.text, max(0, seen.mention.start - 24), seen.mention.start
    ):
        return False
    if ON_AN_ORGAN.match(seen.parsed.text, seen.mention.end):
        return False
    if seen.parsed.section_at(seen.mention.start).name == "past_surgical" or OF_AN_ORGAN.search(
        seen.parsed.text, max(0, seen.mention.start - 16), seen.mention.start
    ):
        return False
    listed = bool(
        re.search(
            r"(?:^|\n)[ \t]*(?:[-*\u2022]|\d{1,2}[.)]?)\s*(?:\w+\s+){0,2}$",
            seen.parsed.text[max(0, seen.mention.start - 40) : seen.mention.start],
        )
    )
    if seen.parsed.section_at(seen.mention.start).name == "procedure":
        return not _is_of_another_part(seen)
    sent = SENT_TO.match(seen.parsed.text, seen.mention.start)
    first = max(0, seen.mention.start - 90)
    unwarranted = is_unwarranted(seen.parsed.text, first, seen.mention.start, seen.mention.end)
    told = seen.strong or bool(seen.status) or listed or bool(sent) or unwarranted
    return told and _of_spine_or_joint(seen)


def _of_spine_or_joint(seen: Seen) -> bool:
    """Whether 'surgery' is one of the spine or a joint, as far as its sentence or else the document tells."""
    mention = seen.mention
    if mention.concept != "spine_surgery":
        return True
    near = nearest_region(seen.parsed, mention)
    if _is_of_the_titled_one(seen):
        return False
    return (near is None or near in SPINE | JOINTS) and not _is_of_another_part(seen)


def _is_of_the_titled_one(seen: Seen) -> bool:
    """Whether the title of the note names an operation, but none of the spine or a joint, and the sentence no part."""
    parsed, start = seen.parsed, seen.mention.start
    titles = [
        part for part in parsed.sections if part.name == "procedure" and parsed.text[part.body : part.end].strip()
    ]
    if not titles or parsed.section_at(start).name not in ("indication", "history", "other"):
        return False
    for part in titles:
        end = min(part.end, part.body + TITLE)
        named = parsed.within(part.body, end, ("therapy", "operations", "regions"))
        if any(hit.concept not in ("act", "elsewhere", *VAGUE) and hit.term != "neck" for hit in named):
            return False
    sentence = parsed.sentence_at(start)
    return not parsed.within(sentence.start, sentence.end, "regions")


def _is_of_another_part(seen: Seen) -> bool:
    """Whether its sentence names an operation of other kinds; where no region is named there, those before it."""
    parsed, start = seen.parsed, seen.mention.start
    sentence = parsed.sentence_at(start)
    first = sentence.start
    if not parsed.within(sentence.start, sentence.end, "regions"):
        first = max(parsed.text.rfind("\n", 0, start) + 1, parsed.section_at(start).start, start - PARAGRAPH)
    return bool(ANOTHER_OPERATION.search(parsed.text, first, sentence.end))
