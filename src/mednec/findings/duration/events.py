"""A time in, whether the pain is told to be there since what happened then: 'since she moved last October'."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings.duration.length import EASED, governs
from mednec.findings.duration.nearby import is_pain, spoken_of
from mednec.findings.duration.onset import HARMLESS
from mednec.findings.duration.times import Time, times_in
from mednec.findings.parse import Parsed, Sentence

LEAD = compiled(  # the pain is there since, goes back to or followed something that is told before its time
    r"\b(?:(?:ever\s)?since|(?:dat(?:es|ed|ing)|go(?:es|ing)|went|trac(?:es|ed|ing))\s(?:back\s)?(?:to|from)|"
    r"follow(?:ed|ing|s))\s"
    r"(?P<event>(?:(?!\bsince\b)[^.;:,\n]){2,80}?)[\s(,-]*(?:(?:in|on|at|of|around|about|dated|back|early|late|"
    r"mid)[\s-]+)*$",
    re.I,
)
NO_EVENT = compiled(  # what the pain is not counted from: visits, and treatments after which it may have been gone
    r"\b(?:visits?|seen|saw|appointments?|injections?|injected|blocks?|epidurals?|ESIs?|TFESIs?|MBBs?|ablations?|"
    r"RFA|RF|RFTC|"
    r"discharged?|evaluat\w+|refill|imaging|MRI|x-?rays?|therapy|PT|study|film)\b",
    re.I,
)
THEN = compiled(
    r"(?:ever\s)?since(?:\s(?:then|(?:that|this|the)\s\w+))?(?=\s*(?:[.;,)]|$)|\s(?:and|but|with|despite)\b)|"
    r"(?:ever\s)?since\s(?:then|that\s\w+)\b"
    r"|since\s(?:the|that|this)\s(?!fall\sof|age\b)\w+|from\s(?:then|that)\b|ever\safter\b",
    re.I | re.M,
)
SEEN = compiled(
    r",?\s(?:(?:that|which|for\swhich|of\swhich)\s)?(?:we|I|s?he|they|the\spatient|pt)\s(?:first\s|last\s)?(?:was\s|"
    r"were\s|had\s)*"
    r"(?:saw|seen|treated|evaluated|examined|met|presented|came|complained|consulted|reported|described|told|"
    r"had)\b[^.;,\n]{0,40}$",
    re.I,
)
PERSISTS = compiled(
    r"[\s,]*(?:(?:has|is|are|still|have|unfortunately|largely)\s)*(?:persist\w*|unchanged|continu\w+|remain\w*|"
    r"goes\son|stay\w*|lingers?|no\sbetter|the\ssame|present|there|"
    r"not\s(?:changed|improved|resolved|let\sup|gone|gotten\sbetter|eased))\b",
    re.I,
)
YEARLESS = compiled(r"\b(?:on|since|from|of)\s\d{1,2}/\d{1,2}(?![\d/])")  # 'fell on 3/7 and has hurt since'
BORN = compiled(r"\b(?:D\.?O\.?B\.?|born(?:\son)?|birth\s?-?\s?da(?:te|y)|date\sof\sbirth)\W*$", re.I)
AGAIN = compiled(
    r"\b(?:(?:is|was|been|came|come|now)\sback|back\s(?:at|to|up)|return\w*|recur\w*|again)\b", re.I
)  # after a treatment
OPENING = compiled(r"(?:ever\s)?since\b", re.I)
BACK = 3  # sentences back that 'since then' may refer to


def is_since_event(parsed: Parsed, sentence: Sentence, time: Time) -> bool:
    """'Low back pain since she moved house last October', 'dates back to a fall in 2022'."""
    if not (time.onset or (time.days and (time.ago or not _is_length(parsed, time)))):
        return False
    lead = LEAD.search(parsed.text, max(sentence.start, time.start - 120), time.start)
    if lead is None or NO_EVENT.search(lead["event"]) or HARMLESS.search(parsed.text, lead.start(), sentence.end):
        return False
    if governs(parsed, sentence, Time(lead.start(), lead.start())):
        return True
    behind = spoken_of(parsed, time.end, min(sentence.end, time.end + 90))
    opening = OPENING.match(parsed.text, lead.start()) and not parsed.text[sentence.start : lead.start()].strip()
    return bool(opening and behind) and is_pain(behind[0]) and not EASED.match(parsed.text, behind[0].end)


def _is_length(parsed: Parsed, time: Time) -> bool:
    """Whether the time is a length and not an age: 'when he was nineteen' is a point."""
    return not re.match(r"(?:since|from|at|when|in)\b", parsed.text[time.start : time.start + 5], re.I)


def is_still(parsed: Parsed, sentence: Sentence, time: Time) -> bool:
    """'The back pain we saw her for in October persists': it is there since then at the latest."""
    pain = next((hit for hit in spoken_of(parsed, sentence.start, time.start) if is_pain(hit)), None)
    if pain is None or not SEEN.fullmatch(parsed.text, pain.end, time.start):
        return False
    return PERSISTS.match(parsed.text, time.end, sentence.end) is not None


def goes_back(parsed: Parsed, time: Time) -> bool:
    """Whether a time only points back to what was told before: 'ever since', 'from that day on'."""
    return time.vague and THEN.match(parsed.text, time.start) is not None


def gone_back_to(parsed: Parsed, sentence: Sentence, time: Time) -> Time | None:
    """The time that 'since then' goes back to: 'He broke it 20 years ago. It has hurt since then.'"""
    if AGAIN.search(parsed.text, sentence.start, time.start):
        return None
    own = [one for one in times_in(parsed, sentence) if one.end <= time.start and _is_point(parsed, one)]
    if own and NO_EVENT.search(parsed.text, sentence.start, time.start):
        return None
    if own:
        return None if HARMLESS.search(parsed.text, own[-1].end, time.start) else own[-1]
    if YEARLESS.search(parsed.text, sentence.start, time.start):
        return None
    index = parsed.sentence_index(sentence.start)
    for earlier in reversed(parsed.sentences[max(0, index - BACK) : index]):
        if "\n\n" in parsed.text[earlier.end : sentence.start]:
            break
        told = [one for one in times_in(parsed, earlier) if _is_point(parsed, one)]
        if told and (NO_EVENT.search(parsed.text, earlier.start, earlier.end)):
            return None
        if told:
            return None if HARMLESS.search(parsed.text, told[-1].end, time.start) else told[-1]
    return None


def _is_point(parsed: Parsed, time: Time) -> bool:
    """Whether a time is one at which something happened, and not the day on which the note was written."""
    written = parsed.dated_at(time.start)
    if BORN.search(parsed.text, max(0, time.start - 24), time.start):
        return False
    if time.onset:
        return written is None or time.onset < written.isoformat()
    return bool(time.ago and time.days)
