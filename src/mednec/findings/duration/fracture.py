"""A parsed document in, out how long ago a vertebra broke, where that is told and not since when it hurts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mednec.findings import dates, quantities
from mednec.findings.needs import needing
from mednec.findings.parse import Parsed
from mednec.findings.patterns import compiled
from mednec.model import Finding

KIND = r"(?:(?:acute|subacute|recent|new|fresh|known|painful|osteoporotic|fragility|insufficiency|wedge)\s+)*"
BONE = r"(?:(?P<level>[TL]\d{1,2})\s+|(?P<spine>spinal|vertebral|lumbar|thoracic)\s+)"
BREAK = r"(?:(?:compression|comp|burst|wedge|vertebral|endplate)\s+)*(?:fractures?|fxs?|VCFs?)\b"
FRACTURE = needing(
    rf"\b(?:{KIND}{BONE}{KIND}{BREAK}|{KIND}(?:VCF|(?:compression|vertebral)\s+(?:fracture|fx))\b"
    rf"(?:\s+(?:of|at)\s+(?P<at>[TL]\d{{1,2}}))?)",
    re.I,
)
LENGTH = compiled(rf"(?P<n>{quantities.NUMBER})\+?[\s-]*(?P<unit>days?|weeks?|wks?|months?|mos?)\b\.?", re.I)
AHEAD = compiled(
    r"\b(?:recheck|return|follow[- ]?up|f/u|rtc|appointment|appt|until|plan\w*|will|within|in)\b[^.;]*$", re.I
)
LED = compiled(  # 'six weeks after her T12 fracture', '4+ wks s/p L1 comp fx'
    r"\s*(?:now\s+|out\s+)?(?:after|since|following|from|out\s+from|s/p|status[\s-]post|post|into)\s+"
    r"(?:(?:her|his|the|this|a|an)\s+)?",
    re.I,
)
FOLLOWED = compiled(  # 'L1 fx 3 weeks out', 'a fresh L3 fracture, three weeks old'
    r"\s*(?:,|\(|-|:)?\s*(?:(?:is|now|which\s+is|about|approximately|roughly|some|~)\s*)*", re.I
)
OLD = compiled(r"\s*(?:out|old|ago|post|earlier|prior|into|now\b)", re.I)
ON_DAY = compiled(r"\s*(?:,\s*)?(?:(?:sustained|suffered|that\s+occurred|dated|of|on)\s+)+", re.I)
IMAGED = compiled(r"\s*(?:MRI|CT|x-?rays?|films?|radiograph\w*|imaging|scan|study|report|DXA)\b", re.I)
NOT_HERS = compiled(
    r"\b(?:mother|father|sister|brother|aunt|husband|wife|if|goal|prevent\w*|risk|old|prior|previous|remote"
    r"|history\s+of|hx)\b[^.;]*$",
    re.I,
)
REGIONS = {"t": "thoracic", "l": "lumbar"}


def find(parsed: Parsed) -> Iterator[Finding]:
    """One finding for each sentence that tells when a vertebra broke."""
    for match in FRACTURE.finditer(parsed.text):
        sentence = parsed.sentence_at(match.start())
        told = _age(parsed, match, sentence.start, sentence.end)
        if told and not NOT_HERS.search(parsed.text, sentence.start, match.start()):
            start, end, when = told
            quote = (sentence.start, sentence.end)
            level = match["level"] or match["at"] or match["spine"] or ""
            region = REGIONS.get(level[:1].lower())
            yield parsed.document.finding(
                "symptom_duration", "pain_duration", start, end, quote=quote, region=region, **when
            )


def _age(parsed: Parsed, fracture: re.Match[str], first: int, last: int) -> tuple[int, int, dict[str, object]] | None:
    text = parsed.text
    for length in LENGTH.finditer(text, first, last):
        start, end = length.span()
        before = end <= fracture.start() and LED.fullmatch(text, end, fracture.start())
        behind = start >= fracture.end() and FOLLOWED.fullmatch(text, fracture.end(), start)
        if (before or (behind and OLD.match(text, end))) and not AHEAD.search(text, first, start):
            unit = quantities.UNIT_DAYS[quantities.unit_name(length["unit"])]
            return start, end, {"days": quantities.tidy(quantities.number(length["n"]) * unit)}
    for day in dates.periods(text, fracture.end(), min(last, fracture.end() + 60)):
        leads = ON_DAY.fullmatch(text, fracture.end(), day.start)
        if leads and day.first and day.first == day.last and not IMAGED.match(text, day.end):
            return day.start, day.end, {"onset": day.first}
    return None
