"""An injection in, how long its relief lasted out, where a clause tells of a good time or of one that goes on."""

from __future__ import annotations

import re
from datetime import date

from mednec.expressions.patterns import compiled
from mednec.findings import quantities
from mednec.findings.parse import Parsed
from mednec.findings.quantities import Quantity
from mednec.findings.therapy.relief import HOPED, is_void_stretch
from mednec.findings.therapy.until import NO_RELIEF, end_of_telling, is_of_something_else, span_of
from mednec.model import Finding
from mednec.vocabulary import lexicon


def _words(name: str) -> re.Pattern[str]:
    """The expressions of a concept, any of them as whole words."""
    return compiled(rf"\b(?:{'|'.join(lexicon('relief_cues').concepts[name].extra['expressions'])})(?![A-Za-z])", re.I)


GOOD, BAD, GENERAL, GOES_ON, ENDED = map(_words, ("good", "bad", "general", "goes_on", "ended"))
LASTING_PAIN = compiled(
    r"\bpain\s+(?:has\s+)?(?:been\s+)?(?:back|lasted|persisted|remained|stayed|for)\b(?!\s+(?:away|down|gone"
    r"|low|better|quiet|controlled|(?:at\s+)?[0-3]\b))",
    re.I,
)
UNDER = compiled(r"\b(?:under|short\s+of|shy\s+of)\s+(?:an?\s+)?$", re.I)
NEVER = compiled(r"\b(?:no|not|never|without|neither|nor|hardly|barely|n't)\b", re.I)
NO_PAIN = compiled(
    r"\b(?:no|without(?:\s+any)?|not\s+any)\s+(?:[a-z]+\s+){0,3}(?:pains?|ache|aching|discomfort|knots?"
    r"|spasms?|sciatica|trouble|symptoms?|flares?)\b|\bnot\s+bother\w*|\bno\s+(?:longer|less|fewer)\b"
    r"|\bnot\s+only\b",
    re.I,
)
AGO = compiled(
    r"\s*(?:ago|prior|back\b|from\s+now|hence|old\b|before\s+(?:the\s+)?(?:injection|block|shot|procedure)"
    r"|(?:after|following)\s+(?:the\s+|an?\s+)?(?:fall|accident|surgery))",
    re.I,
)
BACK_AFTER = compiled(  # 'it took seven weeks for the pain to come back'
    r"[^.;]{0,30}\b(?:(?:come|creep|coming|crept|came)\s+back|return\w*|recur\w*|wear\s+off|wore\s+off)\b", re.I
)
TOOK = compiled(r"\b(?:took|was|were)\s+(?:about\s+|some\s+|a\s+good\s+|a\s+full\s+|over\s+|at\s+least\s+)*$", re.I)
LATER = compiled(  # 'seven weeks later it was still at 2'
    r"\s+(?:later|out|on|after(?:wards)?)\b[^.;]{0,40}\bstill\s+(?:better|good|quiet|comfortable|relieved"
    r"|improved|(?:at\s+)?(?:an?\s+)?[0-3]\b|gone|down)",
    re.I,
)
CHANGED = compiled(
    r"\b(?:10|\d|[a-z]+)(?:/10)?\s+(?:down\s+)?to\s+(?:an?\s+)?(?:[0-4]|zero|one|two|three|four)(?:/10)?\b"
    r"|\b(?:has|have|had)\s+been\s+(?:at\s+)?(?:an?\s+)?(?:[0-3]|zero|one|two|three)\b",
    re.I,
)
AT_LITTLE = compiled(
    r"\b(?:[0-4]|zero|one|two|three|four)(?:\s?/\s?10)?\s+(?:for|x)\s+(?:the\s+(?:next|first|following)\s+"
    r"|about\s+|some\s+|over\s+|nearly\s+)*$",
    re.I,
)
GIVEN = ("past", "performed")


def with_its_stretch(parsed: Parsed, finding: Finding) -> Finding:
    """An injection that was given with the days of its relief: as a clause of relief tells, or up to the note."""
    if finding.get("relief_days") is not None or finding.get("status") not in GIVEN:
        return finding
    text, first = parsed.text, finding.end
    last = end_of_telling(parsed, finding)
    if NO_RELIEF.search(text, first, last):
        return finding
    for told in quantities.durations(text, first, last):
        if _is_of_relief(parsed, finding, told, last):
            return _with(parsed, finding, told.value, told.end)
    return _going_on(parsed, finding, last)


def _with(parsed: Parsed, finding: Finding, days: float, end: int) -> Finding:
    said, quote = {**finding.attributes, "relief_days": days}, (finding.quote_start, max(finding.quote_end, end))
    return parsed.document.finding("therapy", finding.concept, finding.start, finding.end, quote=quote, **said)


def _clause(text: str, first: int, start: int, last: int) -> tuple[int, int]:
    """From the last stop before an offset to the next behind it."""
    begin = max(first, *(text.rfind(sign, first, start) + 1 for sign in (". ", ";", "\n")))
    ends = [place for sign in (". ", ".\n", ";", "\n") if (place := text.find(sign, start, last)) >= 0]
    return begin, min(ends, default=last)


def _is_of_relief(parsed: Parsed, finding: Finding, told: Quantity, last: int) -> bool:
    """Whether a length is that of a good time: its clause tells of relief and of nothing else."""
    text, first = parsed.text, finding.end
    begin, end = _clause(text, first, told.start, last)
    if (
        AGO.match(text, told.end)
        or UNDER.search(text, begin, told.start)
        or HOPED.search(text, begin, told.start)
        or is_void_stretch(text, first, told.start, told.end)
    ):
        return False
    if TOOK.search(text, begin, told.start) and BACK_AFTER.match(text, told.end, end):
        return True
    if LATER.match(text, told.end, end):
        return True
    good = (
        GOOD.search(text, begin, end)
        or AT_LITTLE.search(text, begin, told.start)
        or CHANGED.search(text, begin, told.start)
    )
    if good is None or GENERAL.search(text, begin, end) or _is_of_another(text, begin, end):
        return False
    return not is_of_something_else(parsed, finding, good)


def _is_of_another(text: str, begin: int, end: int) -> bool:
    """Whether the clause tells of pain that lasted, of another trouble or of time spent otherwise."""
    lasting = LASTING_PAIN.search(text, begin, end) and not NO_PAIN.search(text, begin, end)
    return bool(lasting or BAD.search(text, begin, end)) or _is_denied(text, begin, end)


def _is_denied(text: str, begin: int, end: int) -> bool:
    """Whether the clause denies anything but the pain itself."""
    return any(not NO_PAIN.match(text, word.start(), end) for word in NEVER.finditer(text, begin, end))


def _going_on(parsed: Parsed, finding: Finding, last: int) -> Finding:
    """Relief of which it is told that it goes on: it has lasted from the injection to the day of the note."""
    text, written = parsed.text, parsed.dated_at(finding.start)
    began = span_of(finding.get("started"))
    told = GOES_ON.search(text, finding.end, last)
    if told is None or began is None or written is None or began[1] >= written or ENDED.search(text, finding.end, last):
        return finding
    begin, end = _clause(text, finding.end, told.start(), last)
    sure = GOOD.search(text, begin, end) or CHANGED.search(text, begin, end)
    if (
        not sure
        or BAD.search(text, begin, end)
        or _is_denied(text, begin, end)
        or HOPED.search(text, begin, told.start())
    ):
        return finding
    if is_void_stretch(text, finding.end, told.end(), told.end()) or is_of_something_else(parsed, finding, told):
        return finding
    return _with(parsed, finding, _days(began[1], written), told.end())


def _days(began: date, ended: date) -> int:
    return (ended - began).days
