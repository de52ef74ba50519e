"""A sentence in, how long the pain has lasted by the month that it is in: 'in its sixth month', 'eight months old'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled
from mednec.findings import quantities
from mednec.findings.duration.length import NOT_HAD, governs
from mednec.findings.duration.nearby import is_pain, speaks_of_pain, spoken_of
from mednec.findings.duration.times import Time
from mednec.findings.parse import Parsed, Sentence

UNIT = r"(?P<unit>days?|weeks?|wks?|months?|mos?|years?|yrs?|decades?)"
ORDINALS = {
    name: number
    for number, names in enumerate(
        ("second 2nd", "third 3rd", "fourth 4th", "fifth 5th", "sixth 6th", "seventh 7th", "eighth 8th", "ninth 9th",
         "tenth 10th", "eleventh 11th", "twelfth 12th", "thirteenth 13th", "fourteenth 14th", "fifteenth 15th",
         "sixteenth 16th", "seventeenth 17th", "eighteenth 18th", "nineteenth 19th", "twentieth 20th",
         "twenty-first 21st", "twenty-second 22nd", "twenty-third 23rd", "twenty-fourth 24th", "twenty-fifth 25th",
         "twenty-sixth 26th"), 2
    )
    for name in names.split()
}  # fmt: skip
IN_ITS = needing(  # one less than the number is over
    rf"\b(?:(?:in|into|enter\w*|start\w*|beginn\w*|reach\w*|on)\s+(?:its|the|his|her|their|a)|(?:is|was|marks|now|"
    rf"makes)\s+(?:already\s+|now\s+)?(?:the|his|her|its))\s+"
    rf"(?P<nth>{'|'.join(ORDINALS)})\s+(?:(?:straight|consecutive|full)\s+)?{UNIT}\b",
    re.I,
)
MARK = needing(rf"\bthe\s+(?P<n>{quantities.NUMBER})[\s-]+{UNIT}[\s-]+(?:mark|point|threshold|milestone)\b", re.I)
OLD = needing(
    rf"\b(?:is|are|now|already)\s+(?:(?:now|about|some|already|approximately|over|"
    rf"nearly)\s+)*(?P<n>{quantities.NUMBER})\s+{UNIT}\s+old\b",
    re.I,
)
INTO = needing(
    rf"\b(?P<n>{quantities.NUMBER})\s+{UNIT}\s+(?:in|on|into\s+(?:(?:his|her|the|this|their|an?)\s+)?(?:(?:episode|"
    rf"bout|course|spell)\s+of\s+)?)(?=,|[\w\s-]{{0,30}}\b(?:pain|symptoms|sciatica|ache)\b)",
    re.I,
)
THAT = needing(
    rf"\b(?:it\s+(?:is|has\s+been|has\s+now\s+been)|it's\s+been|for)\s+(?:(?:now|about|some|over|"
    rf"almost)\s+)*(?P<n>{quantities.NUMBER})\s+{UNIT}\s+(?:now\s+)?(?:that|of|since)\b",
    re.I,
)
NUMBERED = needing(
    rf"\b(?:now|is|in|into|at|entering|on|reached)\s+(?P<told>(?P<unit>day|week|month|year)\s+(?:number\s+|"
    rf"no\.\s*|#\s*)?(?P<n>{quantities.NUMBER}))\b",
    re.I,
)  # 'this is now month seven'
OVER = compiled(r"\b(?:pass\w*|beyond|past|exceed\w*|reach\w*|cross\w*|over|hit\w*|at)\s+$", re.I)
OF_ELSE = compiled(
    r"\s+(?:of|after|post|since|into|at|in|with|on)\s+(?!(?:[\w-]+\s+){0,4}(?:pain|symptoms?|sciatica|ache|episode|"
    r"it|this)\b)",
    re.I,
)
OF_IT = compiled(r"\s+of\s+(?:it|this)\b", re.I)
SPOKEN = 60  # characters behind a time in which the pain that it counts is named


def counted(parsed: Parsed, sentence: Sentence) -> Iterator[Time]:
    """Every time of a sentence that counts the months or years of a pain in such words."""
    text, first, last = parsed.text, sentence.start, sentence.end
    for match in IN_ITS.finditer(text, first, last):
        days = (ORDINALS[match["nth"].lower()] - 1) * _days(match["unit"])
        if _is_of(parsed, sentence, match) and not OF_ELSE.match(text, match.end()):
            yield Time(match.start("nth"), match.end(), days=quantities.tidy(days))
    for match in NUMBERED.finditer(text, first, last):
        days = (quantities.number(match["n"]) - 1) * _days(match["unit"])
        if days > 0 and _is_of(parsed, sentence, match) and not OF_ELSE.match(text, match.end()):
            yield Time(*match.span("told"), days=quantities.tidy(days))
    for expression in (MARK, OLD, INTO, THAT):
        for match in expression.finditer(text, first, last):
            if expression is MARK and not OVER.search(text, max(first, match.start() - 20), match.start()):
                continue
            if _is_of(parsed, sentence, match):
                yield Time(match.start("n"), match.end("unit"), days=_told(match))


def _told(match: re.Match[str]) -> float:
    return quantities.tidy(quantities.number(match["n"]) * _days(match["unit"]))


def _days(unit: str) -> float:
    return quantities.UNIT_DAYS[quantities.unit_name(unit)]


def _is_of(parsed: Parsed, sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether the pain is the last thing spoken of before the words, or the first behind them."""
    if governs(parsed, sentence, Time(match.start(), match.end())):
        return True
    if OF_IT.match(parsed.text, match.end()) and speaks_of_pain(parsed, sentence.start - 200, sentence.start):
        return True
    if any(hit.concept != "now" for hit in spoken_of(parsed, max(sentence.start, match.start() - 60), match.start())):
        return False
    behind = [
        hit
        for hit in spoken_of(parsed, match.end(), min(sentence.end, match.end() + SPOKEN))
        if hit.concept not in ("now", "onset")
    ]
    denied = NOT_HAD.search(parsed.text, max(sentence.start, match.start() - 40), match.start())
    return bool(behind) and is_pain(behind[0]) and not denied
