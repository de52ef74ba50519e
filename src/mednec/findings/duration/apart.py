"""A sentence that tells of two pains with a time each in, its parts out: 'knee pain for a year, back pain for days'."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed, Sentence
from mednec.findings.regions import regions_in

CUT = compiled(r";\s+|,?\s+(?:and|but|while|whereas)\s+|,\s+", re.I)
TIME = compiled(
    r"\b(?:for|since|x|over|of|during|past|last)\s?(?:the\s|about\s|a\s|an\s|this\s|last\s|past\s|almost\s|nearly\s|"
    r"over\s|~)*"
    r"(?:\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|many|few|years?|months?|weeks?|"
    r"days?|decades?|weekend|yesterday"
    r"|january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|"
    r"wednesday|thursday|friday|saturday|sunday)"
    r"|\b(?:\d+|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[\s-]?(?:years?|months?|weeks?|"
    r"wks?|days?|yrs?|mos?)['\u2019]?\s"
    r"(?:of\b|standing\b|history\b|ago\b)|\bx\s?\d",
    re.I,
)


def apart(parsed: Parsed, sentence: Sentence) -> list[Sentence]:
    """The parts of a sentence, cut where both sides name a pain of their own regions and a time; else the sentence."""
    for cut in CUT.finditer(parsed.text, sentence.start, sentence.end):
        one, other = Sentence(sentence.start, cut.start()), Sentence(cut.end(), sentence.end)
        if _is_whole(parsed, one) and _is_whole(parsed, other) and not _regions(parsed, one) & _regions(parsed, other):
            return [one, *apart(parsed, other)]
    return [sentence]


def _is_whole(parsed: Parsed, part: Sentence) -> bool:
    """Whether it names a pain, where it is and since when."""
    pain = parsed.within(part.start, part.end, "symptom_duration")
    return bool(pain and _regions(parsed, part) and TIME.search(parsed.text, part.start, part.end))


def _regions(parsed: Parsed, part: Sentence) -> set[str]:
    return set(regions_in(parsed, part.start, part.end))
