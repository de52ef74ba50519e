"""An injection in, how long its relief lasted out, where a later sentence tells it or the words put it behind."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings import quantities
from mednec.findings.parse import Parsed
from mednec.findings.therapy.relief import HOPED, is_void_stretch
from mednec.findings.therapy.until import NO_RELIEF, end_of_telling, is_of_something_else
from mednec.model import Finding

ABOUT = (
    r"(?:(?:for|x|some|about|approximately|around|roughly|nearly|almost|over|only|just|right\s+(?:at|around)"
    r"|close\s+to|a\s+good|a\s+full|at\s+least|~|a\s+(?:little|bit)\s+(?:over|more\s+than)"
    r"|(?:more|better|longer)\s+than)\s*)*$"
)
LOW = r"(?:an?\s+)?[0-3](?:\s?/\s?10)?"
BEFORE = compiled(  # 'lasted 4 hours', 'went from 8 to 2 for 15 weeks', 'at least 85% gone for 4 hours'
    r"\b(?:last(?:ed|ing)|(?<!was\s)(?<!were\s)(?<!been\s)held|stayed\s+(?:there|that\s+way|down|so|(?:at\s+)?"
    + LOW
    + r")"
    r"|remained\s+(?:there|down|so)|sustained|(?:good|better|relief|gone|relieved|improved|reduced)\s+(?:for|x|over)"
    r"|(?:\bto|\bat)\s+" + LOW + r"\s+(?:for|x|over)"
    r"|(?:had|kept|held|got|brought|put|left)\s+(?:her|him|them|me|it|the\s+pain)\s+(?:down\s+)?(?:at|to)\s+"
    r"(?:an?\s+)?[0-6](?:\s?/\s?10)?(?:\s+or\s+(?:less|so))?\s+(?:for|x|over)"
    r"|\d\d\s?%\s+(?:(?:better|gone|relief|improved|improvement|less|reduction|pain|down)\s+){1,3}"
    r"(?:for|x|over|lasting))\s*" + ABOUT,
    re.I,
)
BEHIND = compiled(  # '16 weeks out of it', 'nine months at 60 to 75% relief', 'five months before it wore off'
    r"\+?\s+(?:(?:at|with)\s+(?:about\s+|over\s+|>=?\s*)?(?:\d\d\s?%?\s*(?:to|-)\s*)?\d\d\s?%|out\s+of\s+(?:it|that)\b"
    r"|(?:of|worth\s+of)\s+(?:\w+\s+)?(?:relief|benefit|comfort|ease)"
    r"|before\s+(?:it|the|her|his|their|that|pain|symptoms?)\b[^.;]{0,40}"
    r"\b(?:return\w*|wore|came|crept|fad\w+|recur\w*))",
    re.I,
)
NOT_RELIEF = compiled(
    r"\b(?:numb\w*|weak\w*|sore\w*|bruis\w*|swell\w*|headache|flush\w*|insomnia|therapy|PT|meds?|taking|took|worse"
    r"|pain(?:\s+\w+)?)\b[^.;,]{0,12}\blast\w+[^.;,]*$",
    re.I,
)
TELLS = compiled(
    r"\b(?:had|kept|held|last\w+|stayed|remained|sustained|better|relief|gone|before|out\s+of|for|x)\b|%", re.I
)


def with_its_length(parsed: Parsed, finding: Finding) -> Finding:
    """An injection that was given with the days of its relief, where what follows it tells them."""
    if finding.get("relief_days") is not None or finding.get("status") not in ("past", "performed"):
        return finding
    text, first = parsed.text, finding.end
    last = end_of_telling(parsed, finding)
    if NO_RELIEF.search(text, first, last) or not TELLS.search(text, first, last):
        return finding
    for told in quantities.durations(text, first, last):
        near = max(first, told.start - 90)
        if (
            is_void_stretch(text, first, told.start, told.end)
            or HOPED.search(text, near, told.start)
            or NOT_RELIEF.search(text, near, told.start)
        ):
            continue
        shown = BEFORE.search(text, near, told.start) or BEHIND.match(text, told.end)
        if shown and not is_of_something_else(parsed, finding, shown):
            quote = (finding.quote_start, max(finding.quote_end, told.end))
            said = {**finding.attributes, "relief_days": told.value}
            return parsed.document.finding("therapy", finding.concept, finding.start, finding.end, quote=quote, **said)
    return finding
