"""A treatment in, the relief that is told before its name out: '75% relief of her leg pain with physical therapy'."""

from __future__ import annotations

import re
from typing import Any

from mednec.expressions.patterns import compiled
from mednec.findings import quantities
from mednec.vocabulary import lexicon

LED_BY = compiled(
    r"\s*(?:(?:pain|sustained|overall|symptom\w*|subjective|good|ongoing)\s+)*"
    r"(?:relief|improvement|reduction|decrease|benefit|better|improved|relieved)\b(?P<of>[^.;:%]{0,60}?)"
    r"\b(?:with|from|after|following|by|s/p|post)\s+"
    r"(?:(?:the|her|his|their|a|an|this|that|last|prior|previous|first|second|initial|recent|most|both|each|these|"
    r"formal|supervised|lumbar|cervical|thoracic|left|right|bilateral|diagnostic|confirmatory|[a-z]+-guided|"
    r"[CTLS]\d[-/\w]*|\d{1,2})\s+){0,6}",
    re.I,
)
WITH = compiled(  # '30% with PT and 20% with chiropractic'
    r"\s*(?P<of>)(?:with|from|after)\s+(?:(?:the|her|his|a|formal|supervised|lumbar|cervical|each|both|first|"
    r"second)\s+){0,3}",
    re.I,
)
NOT_OF_PAIN = compiled(r"\b(?:function\w*|odi|ndi|mobility|strength|range|disability|rom)\b", re.I)
PERSON, TROUBLE, WISH = (
    rf"(?:{'|'.join(lexicon('relief_cues').concepts[name].extra['expressions'])})"
    for name in ("person", "trouble", "hoped")
)
VOID_STRETCH = compiled(
    r"\b(?:no|not|without|zero|never|hardly|neither|nor|n't)\s+(?:(?!longer\b|only\b|less\b|more\b"
    r"|until\b)\w+\s+){0,3}"
    r"(?:relief|reliev\w*|benefit\w*|better|help\w*|improve\w*|effect|change\w*|good)\b"
    r"|\b(?-i:Had)\s+(?:it|s?he|this|that|they|pain|relief)\b"  # 'had it stayed at 2 for nine months, we could'
    rf"|\b{PERSON}(?:'s|\u2019s)?\s+(?:(?:has|had|got|was|is|had\s+been|reports?|says?|own|relief|injection|shot)\b)",
    re.I,
)
TIME_PASSED = compiled(  # 'eligible now that more than six months have gone by' tells of the calendar, not of relief
    r"\s*(?:have|has|had)?\s*(?:now\s+|already\s+|since\s+)?(?:gone\s+by|passed|elapsed|gone\s+past)\b|\s*(?:mark|rule|interval|wait|minimum|"
    r"requirement|limit)\b",
    re.I,
)
ON_THE_CALENDAR = compiled(
    r"\b(?:eligib\w+|interval|wait\w*|must|required?|requirement|mark|allowed|calendar|it\s+(?:has|is)\s+(?:now\s+)?(?:been\s+)?)\b[^.;%]{0,40}$",
    re.I,
)
OF_TROUBLE = compiled(
    rf"\b(?:relief|improve\w*|reduc\w*|decrease|better|less)\s+(?:of|in|from"
    rf"|for)\s+(?:(?!pain\b)\w+\s+){{0,3}}{TROUBLE}\b(?![^.;,]{{0,12}}\bpain\b)"
    rf"|^\s*(?:of\s+)?(?:less|of\s+the|better)?\s*{TROUBLE}\s+(?:relief|better|improve\w*|reduc\w*)",
    re.I,
)
WISHED = compiled(  # 'hope for at least 70%', 'success is defined as 50%'
    rf"\b{WISH}\s+(?:(?:an?|the|some|about|at|least|around|least|more|than|over|better|>=?|\u2265)\s*)*$", re.I
)
ASKED_FOR = compiled(  # '50% relief will count as a success', '70% relief is required'
    r"[^.;,\d]{0,24}?\b(?:(?:will|would|must|has\s+to|is\s+to)\s+(?:count|be|mean|qualify|do|suffice)|counts?|qualif\w+"
    r"|as\s+(?:an?\s+)?(?:pass|success\w*|responder|positive|goal|target)|is\s+(?:required|needed|asked|wanted|hoped|expected|the\s+(?:goal|target|threshold|aim|cut-?off)))\b",
    re.I,
)
SUPPOSED = compiled(
    r"\b(?:if|goal|expect\w*|requir\w*|needs?|hop\w*|until|unless|should|criteri\w*|positive)\b[^.;]{0,30}$"
    r"|(?<!of )(?<!of\n)[<>\u2265]=?\s*$",
    re.I,
)
HOPED = compiled(  # 'relief may last for six months', 'which can last up to a year'
    r"\b(?:if|goal|expect\w*|require\w*|need\w*|hop\w*|may|might|can|could|should|would|until|unless|every|plan\w*"
    r"|will|often|usually|typically)\b[^.;,]{0,40}$",
    re.I,
)
STRETCH = compiled(
    r"\s+of\s+(?:about\s+|approximately\s+|at least\s+|(?:~|>=?|\u2265)\s*)?", re.I
)  # '12 weeks of >=70% relief'
LASTED = compiled(r"\s*\b(?:for|lasting|lasted|x)\s+(?:about\s+|approximately\s+|only\s+|~\s*)*$", re.I)
OVER = (
    r"(?:(?:for|x|some|about|approximately|around|roughly|over|~|at\s+least|(?:well|just|a\s+(?:little|bit))\s+over"
    r"|(?:more|better|longer)\s+than)\s*)*$"
)
OVER_ALONE = compiled(OVER, re.I)
HELD_THERE = compiled(  # 'came down to 2/10 and held there for five months', 'stayed that way x 14 weeks'
    r"\b(?<!was )(?<!were )(?<!be )"
    r"(?:held|holding|stayed|staying|remained|remaining|kept|stuck|sustained|maintained|enjoyed)\b"
    r"(?:\s+(?:there|that\s+way|so|steady|low|down|(?:at|around)\s+(?:an?\s+|about\s+)?\d{1,2}(?:\s?/\s?10)?))?,?\s+"
    + OVER,
    re.I,
)
GIVEN = compiled(
    r"\b(?:gave|bought|got|given|provided|had)\s+(?:(?:her|him|me|us)\s+)?" + OVER, re.I
)  # 'gave her four good months'
GOOD_TIME = compiled(r"\bgood\b", re.I)
AT_LITTLE = compiled(r"\s+at\s+(?:an?\s+)?[0-3]\s?/\s?10\b", re.I)  # 'four months at 2/10'
CAME_BACK = compiled(  # 'back pain returned around April 10, four months after'
    r"\b(?:pain|ache|aching|symptoms?)\b(?:(?!\b(?:not|never|until|clinic|if)\b|n't)[^.;]){0,30}?\b(?:returned|recurred|flared|resumed|(?:came|crept|was)\s+back"
    r"|began\s+(?:to\s+return|to\s+come\s+back|coming\s+back|returning))\b(?!\s+to\b)[^.;]{0,36}$",
    re.I,
)
TOLD_AGAIN = compiled(  # 'held until the middle of May, a little over five months'
    r"\b(?:stayed|held|lasted|remained|relief|better)\b[^.;]{0,60}\b(?:until|till|through)\b[^.;]{0,40},\s+"
    r"(?:(?:some|about|around|just\s+over|a\s+(?:little|bit)\s+over|more\s+than|over)\s+)*$",
    re.I,
)
GOOD_BEFORE = compiled(  # 'she was better for', 'her pain stayed away for', 'she got a good'
    r"\b(?:relief|better|gone|away|pain[- ]free|under control|comfortable|improve\w*|reliev\w*"
    r"|(?:got|had|enjoyed)\s+a\s+good"
    r"|(?:stayed|held|remained)\s+(?:at\s+)?(?:an?\s+)?[0-3](?:\s?/\s?10)?)\b[^.;:%\d]{0,24}$",
    re.I,
)
FROM_IT = compiled(
    r"\s*(?:of\s+(?:good\s+|pain\s+)?relief\s+)?(?:after|following|out\s+of|from|with|s/p)\s+"
    r"(?:(?:the|her|his|their|an?|that|this|last|prior|previous|first|second|third|most|recent|initial|repeat"
    r"|diagnostic"
    r"|bilateral|lumbar|cervical|left|right|[CTLS]\d[-/\w]*)\s+){0,6}",
    re.I,
)
RELIEF_WITH = compiled(
    r"\b(?:relief|improvement|benefit|better)\b[^.;,%]{0,24}\b(?:with|from|after|"
    r"following)\s+(?:[\w/-]+\s+){0,3}$",
    re.I,
)
WORE_OFF = compiled(
    r"[^.;:]{0,30}\b(?:wore|worn|wearing|wears) off\s+(?:after|within|in|by)\s+"
    r"(?:about\s+|approximately\s+|only\s+|~\s*)?",
    re.I,
)
REACH = 110  # characters before a treatment within which its relief is told


def is_void_stretch(text: str, first: int, start: int, end: int) -> bool:
    """Whether the clause of a length says that there was no relief, or tells of another person or of the calendar."""
    clause = max(first, *(text.rfind(sign, first, start) + 1 for sign in ".;\n"))
    if is_of_the_calendar(text, clause, start, end):
        return True
    return bool(VOID_STRETCH.search(text, clause, start))


def is_of_the_calendar(text: str, first: int, start: int, end: int) -> bool:
    """Whether a length between two offsets is the time that has gone by, or the interval that has to."""
    return bool(TIME_PASSED.match(text, end) or ON_THE_CALENDAR.search(text, first, start))


def tells_no_relief(text: str, first: int, start: int, end: int) -> bool:
    """Whether a percent between two offsets is of no relief of pain: '70% less numbness', 'hoping for 70% relief'."""
    if WISHED.search(text, max(0, first), start) or ASKED_FOR.match(text, end):
        return True
    return bool(OF_TROUBLE.search(text, first, start) or OF_TROUBLE.search(text, end, min(len(text), end + 50)))


def days_after(text: str, first: int, start: int, end: int, last: int) -> dict[str, Any]:
    """How long relief lasted by the words behind an injection: 'wore off after a month', 'relief with it for weeks'."""
    for duration in quantities.durations(text, end, min(last, end + 80)):
        if WORE_OFF.fullmatch(text, end, duration.start):
            return {"relief_days": duration.value}
    if not RELIEF_WITH.search(text, max(first, start - 60), start):
        return {}
    for duration in quantities.durations(text, end, min(last, end + 40)):
        if LASTED.fullmatch(text, end, duration.start):
            return {"relief_days": duration.value}
    return {}


def relief_before(text: str, first: int, start: int, end: int, last: int) -> dict[str, Any]:
    """What is told between `first` and the treatment at `start`: how much it relieved, and for how long."""
    first = max(first, start - REACH)
    for quantity in reversed(quantities.percents(text, first, start)):
        led = LED_BY.fullmatch(text, quantity.end, start) or WITH.fullmatch(text, quantity.end, start)
        if led is None or NOT_OF_PAIN.search(led["of"]) or SUPPOSED.search(text, first, quantity.start):
            continue
        told: dict[str, Any] = {"relief_percent": quantity.value}
        for from_, to in ((quantity.end, start), (end, min(last, end + 40))):
            for duration in quantities.durations(text, from_, to):
                if LASTED.search(text, from_, duration.start):
                    return told | {"relief_days": duration.value}
        for duration in quantities.durations(text, first, quantity.start):
            if STRETCH.fullmatch(text, duration.end, quantity.start):
                return told | {"relief_days": duration.value}
        return told
    return _stretch_before(text, first, start)


def _stretch_before(text: str, first: int, start: int) -> dict[str, Any]:
    """How long relief without a percent lasted: 'she was better for four months after the injection'."""
    for duration in quantities.durations(text, first, start):
        good = GOOD_BEFORE.search(text, first, duration.start - len(_over(text, first, duration.start)))
        if CAME_BACK.search(text, first, duration.start) and FROM_IT.fullmatch(text, duration.end, start):
            return {"relief_days": duration.value}
        if good and FROM_IT.fullmatch(text, duration.end, start) and not SUPPOSED.search(text, first, good.start()):
            return {"relief_days": duration.value}
    return {}


def _over(text: str, first: int, last: int) -> str:
    match = OVER_ALONE.search(text, first, last)
    return match.group() if match else ""


def lasted(text: str, end: int, duration: quantities.Quantity) -> bool:
    """Whether a stretch of time behind an injection is told as that of its relief: 'and held there for five months'."""
    first = max(end, duration.start - 120)
    if HELD_THERE.search(text, first, duration.start) or TOLD_AGAIN.search(text, first, duration.start):
        return True
    if AT_LITTLE.match(text, duration.end):
        return True
    return bool(GIVEN.search(text, first, duration.start) and GOOD_TIME.search(text, duration.start, duration.end))
