"""A treatment without a date in, the year long past that its sentence tells out: 'PT and NSAIDs failed in 2008'."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings import dates
from mednec.findings.parse import Parsed
from mednec.findings.therapy.mention import Mention
from mednec.findings.therapy.past_episode import clause

TELLS_WHEN = compiled(r"(?:\b(?:in|during|around|about|of|from|after|following|her|his|the)\s+|\()$", re.I)
OTHERS_DATE = compiled(
    r"\b(?:MRI|CT|x-?rays?|EMG|NCS|imaging|scan|surgery|fusion|\w+ectomy|onset|began|started|since|diagnos\w+|DOB|"
    r"born|now|"
    r"currently|again|until|today|this\s+time|unlike|had\s+(?:cured|helped|worked|healed))\b",
    re.I,
)
LONG_PAST = 2  # years


def old_dates(parsed: Parsed, mention: Mention) -> dict[str, str]:
    """The only date of the sentence, where it is years before the text was written and tells when."""
    written = parsed.dated_at(mention.start)
    if mention.group == "injection" or written is None:
        return {}
    sentence, text = parsed.sentence_at(mention.start), parsed.text
    first_of, last_of = clause(text, sentence, mention)
    told = [*dates.periods(text, first_of, last_of), *dates.relative(text, first_of, last_of, written)]
    if len(told) != 1 or OTHERS_DATE.search(text, sentence.start, sentence.end):
        return {}
    first, last = told[0].first, told[0].last
    if first is None or last is None or int(last[:4]) > written.year - LONG_PAST:
        return {}
    ago = text[told[0].start : told[0].end].lower().endswith("ago")
    return (
        {"started": first, "ended": last}
        if ago or TELLS_WHEN.search(text[max(0, told[0].start - 16) : told[0].start])
        else {}
    )
