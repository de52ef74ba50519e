"""An injection in, how much of the pain it took in percent out, where a later sentence tells that."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings import quantities
from mednec.findings.parse import Parsed
from mednec.findings.quantities import Quantity
from mednec.findings.regions import regions_in
from mednec.findings.therapy.relief import tells_no_relief
from mednec.findings.therapy.until import NO_RELIEF, end_of_telling, is_anothers, is_of_something_else
from mednec.model import Finding

ABOUT = (
    r"(?:(?:by|at|perhaps|maybe|possibly|an?\s+estimated|about|around|approximately|roughly|some|over|nearly|almost|only|a|an|full|good|well|to|be"
    r"|more\s+than|better"
    r"\s+than|at\s+least)\s+|[~>\u2265]=?\s*)*$"
)
PAIN = r"(?:pain|ache|aching|discomfort|sciatica|soreness|symptoms?|misery|hurt)"
OF_PAIN = rf"\s*of\s+(?:(?!range\b|function\b)[\w'-]+\s+){{0,5}}?{PAIN}\b"
GONE = r"(?:gone|away|relieved|resolved|lifted|vanished|went|better|less|taken|off|eliminated|quiet)"
LEFT = compiled(  # 'only a tenth of the pain was left'
    rf"{OF_PAIN}[^.;,]{{0,20}}\b(?:left|remain\w*|persist\w*|still\s+there|still\s+present|stayed)\b", re.I
)
BEHIND = compiled(  # 'seventy percent of my leg pain is gone', '60% less leg pain', '70% better'
    rf"{OF_PAIN}[^.;,]{{0,20}}?\b{GONE}\b"
    rf"|[\s,-]*(?:in\s+|of\s+)?(?:(?:overall|total|her|his|pain|symptom\w*|sustained|subjective)\s+)*"
    r"(?:relief|better|improve(?:d|ment)|reduc(?:ed|tion)|decreased?|drop|relieved|gone)\b"
    r"|\s+less(?=\s*[.,;)])"
    rf"|\s+less\s+(?:(?:leg|arm|back|low|neck|of|her|his|the|radicular|axial|overall)\s+)*{PAIN}\b",
    re.I,
)
TOOK = compiled(  # 'took away ninety percent of the pain'
    r"\b(?:took|takes?|taken|taking|lifted|removed|relieved|relieves|eliminated|resolved|lost|wiped|knocked"
    r"|rid\s+of|eased|erased)\s+"
    rf"(?:(?:away|off|out|care\s+of|her\s+of|him\s+of)\s+)?{ABOUT}",
    re.I,
)
OF_IT = compiled(OF_PAIN, re.I)
FELL = compiled(  # 'pain came down by 70%', 'leg pain improved 60%'
    rf"\b(?:{PAIN}|leg|arm|back|neck|it|score|intensity)\b[^.;\d]{{0,36}}\b(?:improved|reduced|decreased"
    rf"|came\s+down|went\s+down|dropped"
    rf"|fell|lessened|eased|cut|diminished|lowered|down|relieved|better|subsided|shrank)\s+{ABOUT}",
    re.I,
)
PUT_AT = compiled(  # 'she puts the relief at 60%', 'Relief: 60%', 'pain relief estimated to be 70%'
    rf"\b(?:relief|(?:pain\s+)?reduction|(?:reduction|improvement|drop|decrease)\s+(?:of"
    rf"|in)\s+(?:\w+\s+){{0,3}}pain)\b"
    rf"[^.;,\d]{{0,24}}?(?:\b(?:at|of|as|is|was|be|by)|[:=])\s*{ABOUT}",
    re.I,
)
HALVED = compiled(  # a change of the pain by half without a number
    rf"\b{PAIN}\b[^.;\d]{{0,24}}\b(?:was\s+|were\s+|is\s+|has\s+been\s+)?(?:(?P<more>more\s+than\s+)?halved"
    rf"|cut\s+(?:in|by)\s+half)\b"
    rf"|\b(?:halved|cut)\s+(?:the|her|his|my)\s+(?:\w+\s+){{0,3}}{PAIN}(?:\s+(?:in|by)\s+half)?\b",
    re.I,
)
LESS_THAN = compiled(r"\b(?:less|under|not|nearly|almost|never|barely)\b[^.;,]{0,12}$", re.I)
SUPPOSED = compiled(
    r"\b(?:if|goals?|target|aim\w*|expect\w*|requir\w*|needs?|asks?|hop\w*|until|unless|should|would|could|may"
    r"|might|will|criteri\w*|polic\w+|defin\w+|thresholds?|counts? as|counted as"
    r"|insur\w+|plan\w*|patients|people|studies|literature|chance|typical\w*|usually|told|advised|wants?"
    r"|sister|brother|mother|father|wife"
    r"|husband|son|daughter|friend|neighbou?r|cousin|aunt|uncle|co-?worker|roommate)\b[^.;]*$",
    re.I,
)
OTHERWISE = compiled(
    r"[^.;,]{0,24}\b(?:function\w*|mobility|strength|range|numb\w*|nausea|sleep\w*|slept|walk\w*|stiff\w*|battery"
    r"|spasms?|headache\w*|energy|mood|colou?r|swelling|swollen|temperature|sweating|coverage|overlap|paresthesia)\b",
    re.I,
)
BRIEF = compiled(  # 'for an hour on the first day', 'while numb'
    r"[^.;]{0,40}\b(?:for|x|within|in)\s+(?:about\s+|only\s+|just\s+|the\s+first\s+)*(?:an?|one|two|three|four"
    r"|five|six|eight|ten|twelve|a\s+few|some|\d{1,2})"
    r"?\s*(?:minutes?|mins?|hours?|hrs?|h|(?:days?|night|evening|afternoon))\b",
    re.I,
)
BACK = compiled(
    r"[^.;]{0,80}\b(?:then|but|before)\s+(?:\w+\s+){0,3}(?:back|as\s+before|returned|the\s+same|gone\s+again)\b", re.I
)
BY = compiled(  # '60% relief from her gabapentin': what the relief was of
    r"[^.;,\d]{0,30}?\b(?:from|with|by|on|after|of|since|due\s+to|thanks\s+to)\s+(?:(?:the|her|his|their|this|that|an?|daily|oral|taking"
    r"|using|doing)\s+){0,3}$",
    re.I,
)
LOOSE = ("injection_unspecified", "oral_steroid")  # words that may mean what was injected
SHORT_LIVED = "medial_branch_block"  # tells of hours by its nature
GIVEN = ("past", "performed")


def with_its_percent(parsed: Parsed, finding: Finding) -> Finding:
    """An injection that was given with the percent of its relief, where what follows it tells that of the pain."""
    if finding.get("relief_percent") is not None or finding.get("status") not in GIVEN:
        return finding
    last = end_of_telling(parsed, finding)
    if NO_RELIEF.search(parsed.text, finding.end, last):
        return finding
    told = _told(parsed, finding, last)
    if told is None:
        return finding
    value, end = told
    said = {**finding.attributes, "relief_percent": value}
    if finding.get("response") in (None, "partial", "good"):
        said["response"] = "good" if value >= 50 else "partial" if value > 0 else "none"
    quote = (finding.quote_start, max(finding.quote_end, end))
    return parsed.document.finding("therapy", finding.concept, finding.start, finding.end, quote=quote, **said)


def _told(parsed: Parsed, finding: Finding, last: int) -> tuple[float, int] | None:
    """The first percent or fraction of the pain that is told to have gone, and where its words end."""
    text, first = parsed.text, finding.end
    some = [*quantities.percents(text, first, last), *quantities.fractions(text, first, last)]
    for quantity in sorted(some, key=lambda one: one.start):
        value = _value(text, first, quantity)
        if value is None or _is_other(parsed, finding, quantity):
            continue
        return quantities.tidy(value), min(last, quantity.end + 40)
    halved = HALVED.search(text, first, last)
    if halved is None or LESS_THAN.search(text, first, halved.start()) or _is_void(parsed, finding, halved):
        return None
    brief = finding.concept != SHORT_LIVED and BRIEF.match(text, halved.end())
    return None if brief or BACK.match(text, halved.end()) else (50, halved.end())


def _value(text: str, first: int, quantity: Quantity) -> float | None:
    """How much of the pain went in percent, by the words about a number; None where they tell of something else."""
    clause = max(first, quantity.start - 80)
    if LEFT.match(text, quantity.end):
        return None if LESS_THAN.search(text, clause, quantity.start) else 100 - quantity.value
    if TOOK.search(text, clause, quantity.start) and OF_IT.match(text, quantity.end):
        return quantity.value
    ahead = FELL.search(text, clause, quantity.start) or PUT_AT.search(text, clause, quantity.start)
    if ahead and (OTHERWISE.search(ahead.group()) or OTHERWISE.match(text, quantity.end)):
        ahead = None
    return quantity.value if ahead or BEHIND.match(text, quantity.end) else None


def _is_other(parsed: Parsed, finding: Finding, quantity: Quantity) -> bool:
    """Whether the number is of a hope, of somebody else, of another trouble or place, or did not last."""
    text, first = parsed.text, max(finding.end, quantity.start - 100)
    clause = max(first, *(text.rfind(sign, first, quantity.start) + 1 for sign in ".;,\n"))
    if OTHERWISE.match(text, quantity.end) or OTHERWISE.match(text, clause, quantity.start):
        return True
    if tells_no_relief(text, clause, quantity.start, quantity.end):
        return True
    brief = finding.concept != SHORT_LIVED and BRIEF.match(text, quantity.end)
    if brief or BACK.match(text, quantity.end) or _is_of_another(parsed, finding, quantity):
        return True
    place = BEHIND.match(text, quantity.end) or OF_IT.match(text, quantity.end)
    if place:
        return _is_void(parsed, finding, place)
    return bool(SUPPOSED.search(text, first, quantity.start)) or is_anothers(parsed, quantity.start)


def _is_of_another(parsed: Parsed, finding: Finding, quantity: Quantity) -> bool:
    """Whether another treatment is named as that which gave the relief: '60% relief from gabapentin'."""
    behind = parsed.within(quantity.end, quantity.end + 60, "therapy")
    others = (hit for hit in behind if hit.concept not in (finding.concept, *LOOSE))
    return any(BY.fullmatch(parsed.text, quantity.end, hit.start) for hit in others)


def _is_void(parsed: Parsed, finding: Finding, told: re.Match[str]) -> bool:
    """Whether words of relief are of a hope or a rule, of another person, or of another place."""
    sentence = max(finding.end, parsed.sentence_at(told.start()).start)
    if SUPPOSED.search(parsed.text, sentence, told.start()):
        return True
    return is_of_something_else(parsed, finding, told) or _is_elsewhere(parsed, finding, told)


def _is_elsewhere(parsed: Parsed, finding: Finding, told: re.Match[str]) -> bool:
    """Whether the words themselves name a region that is not the injection's: 'nine tenths of the neck pain'."""
    named, own = regions_in(parsed, told.start(), told.end()), finding.get("region")
    return bool(named and own) and set(named).isdisjoint([own] if isinstance(own, str) else own)
