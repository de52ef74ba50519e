"""A procedure named in a procedure note in, whether its words there are the title of what the note records out."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed

TITLE = compiled(
    r"(?:[\s:#(),/&+.*|-]|\b(?:procedures?|operation|performed|name|of|title|dos|left|right|bilateral|bilat|"
    r"midline|[LRB]"
    r"|rt|lt|caudal|cervical|thoracic|lumbar|lumbosacral|sacral|sacroiliac|[CTLS]\d{1,2}|\d{1,2}|diagnostic|therapeutic"
    r"|confirmatory|first|second|third|repeat|1st|2nd|3rd|no|number|interlaminar|transforaminal|intra-?articular"
    r"|paramedian|parasagittal|fluoroscop\w*|fluoro|ultrasound|ct|guided|guidance|under|with|using|and|thermal|cooled"
    r"|conventional|medial|branch(?:es)?|nerves?|joints?|facets?|levels?|at|the|note|report|record|operative|one|two"
    r"|x|single|level|dorsal|ram(?:us|i)|MBs?|DRs?|dx|\d{5}|(?:done|given|performed|procedure)?\s?today|upper|lower|mid(?:dle)?"
    r"|trapezi(?:us|i)|levator|scapulae?|rhomboids?|paraspinals?|muscles?|gluteus|medius|quadratus|lumborum|splenius|capitis"
    r"|infraspinatus|piriformis)\b)*",
    re.I,
)
DAY = compiled(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d\d-\d\d|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|"
    r"dec)\w*\.?\s\d{1,2},?"
    r"\s\d{4}",
    re.I,
)
TOLD = compiled(
    r"\b(?:relief|relieved|reliev\w+|helped|gave|given|provid\w+|ago|last(?:ed|ing)?|since|prior|"
    r"previous(?:ly)?|response"
    r"|responded|benefit|improv\w+|planned|plan|scheduled|if|consider|weeks|months|will|would|today's|denied|failed"
    r"|returns?|presents?|here|for\s(?:follow|repeat))\b|%(?!\s*0)",
    re.I,
)
TITLE_OF_NOTE = compiled(  # a line of capitals that names a procedure, before anything else
    r"\s*[A-Z0-9 ,/&().-]*\b(?:INJECTIONS?|BLOCKS?|ABLATION|NEUROTOMY|RHIZOTOMY|DENERVATION|ECTOMY|PLASTY|"
    r"[A-Z]+(?:ECTOMY|OTOMY|PLASTY|OSCOPY|ODESIS))\b[A-Z0-9 ,/&().-]*(?:\n|$)"
)
CELLS = compiled(r"[ \t]{3,}|\t|[ \t]\|[ \t]")
NAMED = compiled(
    r"[ \t]*(?-i:[A-Z])[\w.'-]*,?(?:[ \t]+(?-i:[A-Z])[\w.'-]*,?){1,3}(?:[ \t(]|DOB:?|\b[FM]\b|[\d/.-]|\))*$", re.I
)
LEAD = 140  # characters that may stand between the start of a line and the procedure that it names
TOP = 12  # lines with words in which a title stands


def is_titled(text: str) -> bool:
    """Whether the first line of a note, in capitals, names a procedure."""
    return bool(TITLE_OF_NOTE.match(text))


def is_title(parsed: Parsed, start: int, end: int) -> bool:
    """Whether a line near the top of a note names the procedure and nothing else: 'Left L4-5 MBB, first diagnostic'.

    The first line of a note, written in capitals up to the procedure, is its title whatever else it names.
    """
    text = parsed.text
    first = text.rfind("\n", 0, start) + 1
    if start - first > LEAD or sum(1 for line in text[:first].split("\n") if line.strip()) > TOP:
        return False
    if not text[:first].strip() and text[first:end].isupper():
        return True
    cell = max((gap.end() for gap in CELLS.finditer(text, first, start)), default=first)
    if text[cell:end].isupper() and NAMED.match(text, first, cell):
        first = cell  # 'Ada Stone  08/09/1961      LEFT SI JOINT INJECTION'
    stop = text.find("\n", end)
    sentence = parsed.sentence_at(start)
    rest = text[end : min(stop if stop >= 0 else len(text), max(sentence.end, end))]
    return bool(TITLE.fullmatch(DAY.sub(" ", text[first:start]))) and not TOLD.search(rest)
