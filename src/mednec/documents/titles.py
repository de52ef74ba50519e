"""A line of a document in, what in it may be the document's title out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from mednec.documents.days import days
from mednec.documents.fields import COLUMNS, Line
from mednec.expressions.patterns import compiled

NAMED_BY = compiled(
    r"(?:re|subject|regarding|document(?: type| title)?|title|note type|type(?: of (?:note|visit|document))?|form|"
    r"visit(?: type)?|encounter(?: type)?|report)\s*:\s*",
    re.I,
)
DASHED = compiled(r"\s[-–—]{1,2}\s")
TOLD = compiled(
    r"\b(?:given|provided|reviewed|discussed|printed|offered|declined|verbalized|see attached|"
    r"discussion|obtained)\b",
    re.I,
)
LISTED = compiled(
    r"(?:dx|diagnos[ei]s|plan|p|a|o|s|hpi|cc|meds?|medications|provider|physician|ref|referring|from|to|allergies"
    r"|reason|"
    r"referrals?|orders?|treatment|therapy|goals?|visits|insurance|attachments?|enclosures?|procedures? requested|"
    r"procedure codes?|service)\b[^:]{0,30}:",
    re.I,
)
SHOWING = compiled(
    r"(?:exam(?:ination)?|study|procedure|test|re|subject|document|title|note type|type|form|visit)\b[^:]{0,20}:$", re.I
)
AMENDING = compiled(r"(?:addend|amendment|late entry)", re.I)
STANDING = compiled(
    r"[*= ]*(?:addend|amend|late entry|correction|clarification|letter|appeal|attestation|signature|request|re\b)", re.I
)
MOST = 110  # characters of a title
LONGEST = 60  # characters of a title that running text follows
FEW, MANY = 3, 6  # words that are a title although they are not capitalized, many if one names a paper
NAMING = compiled(  # what a heading must speak of to be a title and not the heading of a section
    r"\b(?:note|form|report|record|letter|statement|memo(?:randum)?|summary|appeal|attest\w*|addend\w*|amend\w*|"
    r"peer[- ]to[- ]peer|talking points|checklist|worksheet|script|late entry|correct\w+|clarif\w+|education"
    r"|handout|discharge|h&p|authorization|request)s?\b",
    re.I,
)
MEETING = compiled(r"\b(?:visit|eval\w*|consult\w*)\b", re.I)
SMALL = frozenset(
    {"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "per", "the", "to", "vs", "with"}
)
BIRTH = compiled(r"(?:d\.?o\.?b\.?|birth|born)\W*(?:date\W*)?$", re.I)
DATING = compiled(r"(?:\bdate(?: of (?:service|visit))?|\bdos|\bvisit)?\W*$", re.I)
BANNERED = compiled(
    r"[\s,;:.|()*=#~_\[\]>•–—-]*(?:(?:\d{1,3} ?(?:y/?o|yrs?|years?)?|male|female|[mf]|mrn\W{0,3}\w+)\b[\s,;:.|()*-]+)*",
    re.I,
)
ENDING = compiled(
    r"(?<![\s.][A-Za-z])(?<!^[A-Za-z])\.(?=\s|$)|[:;,(|\n]|\s[-–—]{1,2}\s|\s{3,}|\t|\s(?:dated|per|entered|author"
    r"|dob)\b",
    re.I,
)
FULL = compiled(r"(?<![\s.][A-Za-z])(?<!^[A-Za-z])\.(?=\s|$)|[:|\t]")
CAPITALS = compiled(r"(?=[A-Z&/' -]{6})(?:[A-Z][A-Z&/'-]+ +)+(?=[a-z]|[A-Z][a-z]|I\b)")


def leads(line: Line) -> Iterator[str]:
    """What begins a line, or follows the day or the patient's birth date in it, as titles do before running text."""
    text = line.text
    found = list(days(text[:200]))
    headed = [day for day in found if BIRTH.search(text[: day.start]) or DATING.fullmatch(text[: day.start])]
    for start in (0, *(day.end for day in headed)):
        place = BANNERED.match(text, start)
        begins = place.end() if place else start
        ends = [mark.start() for mark in [ENDING.search(text, begins)] if mark]
        ends += [day.start for day in found if day.start > begins][:1]
        ends += [mark.end() for mark in [CAPITALS.match(text, begins)] if mark]
        full = FULL.search(text, begins)
        whole = min([full.start() if full else len(text), *(day.start for day in found if day.start > begins)])
        for stop in dict.fromkeys((min(ends, default=len(text)), whole)):
            lead = text[begins:stop].strip(" ,;-–—")
            section = text[stop : stop + 1] == ":" and not NAMING.search(lead)
            if (ends or line.number == 0) and not section and is_lead(lead):
                yield lead


def is_lead(words: str) -> bool:
    """Whether words before running text may be a title: of a few words, or capitalized as titles are."""
    if TOLD.search(words) and not words.isupper():
        return False
    if not words or not words[0].isupper() or len(words) > LONGEST:
        return False
    if LISTED.match(f"{words}:") and not NAMING.search(words):
        return False
    named = MANY if NAMING.search(words) or MEETING.search(words) else FEW
    return bool(title_part(words)) or sum(word not in SMALL for word in words.lower().split()) <= named


def title_parts(line: Line) -> list[str]:
    """The stretches of a line that may be a title: short, capitalized, no sentence, no heading of what follows."""
    stretches = [part for part in COLUMNS.split(line.text) if part.strip()]
    free = [
        part
        for above, part in pairwise(["", *stretches])
        if not (above.rstrip().endswith(":") and not SHOWING.match(above.strip()))
        and (not part.rstrip().endswith(":") or STANDING.match(part.strip()))
    ]
    whole = " ".join(line.text.split())
    pieces = [piece for part in free for piece in DASHED.split(part)]
    candidates = dict.fromkeys([*free, *pieces, *([whole] if len(whole) <= 90 and len(free) == len(stretches) else [])])
    return [named for part in candidates if (named := title_part(part))]


def title_part(part: str) -> str:
    """The words of a stretch that can name a document; empty where it is something else."""
    part = part.strip(" \t*=#_~[]|>•-–—")
    if named := NAMED_BY.match(part):
        part = part[named.end() :]
    elif LISTED.match(part):
        return ""
    if len(part) > MOST:
        return ""
    plain = re.sub(r"\([^)]*\)", " ", part)
    words = [word for word in re.findall(r"[A-Za-z][\w'&/-]*", plain) if word.lower() not in SMALL]
    raised = sum(1 for word in words if word[0].isupper())
    sentence = part.endswith(".") or (TOLD.search(part) and not part.isupper())
    if (words and words[0].isupper() and len(words[0]) > 2) or AMENDING.match(part):
        raised = len(words)
    return "" if sentence or not words or raised < 0.6 * len(words) else part
