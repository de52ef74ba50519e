"""A parsed document in, out how long the pain has lasted or when it began."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled
from mednec.findings.duration import fracture
from mednec.findings.duration.apart import apart
from mednec.findings.duration.counted import counted
from mednec.findings.duration.ended import has_ended
from mednec.findings.duration.events import AGAIN, goes_back, gone_back_to, is_since_event, is_still
from mednec.findings.duration.fields import fields
from mednec.findings.duration.length import first_is_pain, governs, is_length, is_since, opens
from mednec.findings.duration.nearby import ANATOMY, names_pain, speaks_of_pain, spoken_of
from mednec.findings.duration.onset import NEAR_PAIN, is_onset, is_onset_column
from mednec.findings.duration.region import regions_of
from mednec.findings.duration.relapse import since_return
from mednec.findings.duration.times import Time, times_in
from mednec.findings.parse import Parsed, Sentence
from mednec.findings.regions import one_or_list
from mednec.findings.scores import lines_of
from mednec.model import Finding

TIMED = needing(
    r"\d|\b(?:years?|decades?|months?|weeks?|days?|time|while|night|yesterday|since|ago|long\w*|life|lifelong|"
    r"remember|recall|mths?|multi-?year|"
    r"january|february|"
    r"march|april|may|june|july|august|september|october|november|december|last|spring|summer|autumn|winter|easter"
    r"|valentine\w*|christmas|xmas|holidays|thanksgiving|halloween|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.I,
)
NOT_TOLD = compiled(
    r"\b(?:(?:mother|father|sister|brother)(?!['\u2019]?s['\u2019]?\s(?:day|funeral|death|wedding|birthday|move))"
    r"|wife'?s|husband'?s|aunt|uncle|family|"
    r"people|patients|you|your|"
    r"anyone|requires?|required|policy|criteria|criterion|(?:his|her)\s(?:wife|husband|daughter|"
    r"son)\s(?:has|had|was|is)|may|might|could|will|would|should)\b[^.;]{0,60}$",
    re.I,
)
POST = compiled(
    r"\s*(?:of\s(?:january|february|march|april|may|june|july|august|september|"
    r"october|november|december|therapy|treatment|PT)\b|"
    r"(?:a|per|each|every)\s(?:day|week|month)\b|/\s?(?:wk|week|d)\b|post\b|s/p(?!\sonset)|"
    r"(?:(?:is|are|was)\s)?(?:required|needed)\b|out\sfrom|status\spost|(?:after|following|since)\s(?:the\s|her\s|"
    r"his\s|"
    r"a\s)?(?:last\s|first\s|second\s|diagnostic\s|left\s|right\s)?(?:RFA|blocks?|injections?|surgery|"
    r"MBB|ablation|procedure|ESI|TFESI|visit|epidural|operation))",
    re.I,
)
OFTEN = compiled(
    r"(?:\d|\b(?:once|twice|times|thrice|one|two|three|four|five|several|x|tablets?|pills?|"
    r"packs?))[\s-]*$",
    re.I,
)
OF_AGE = compiled(r"since\s(?:(?:the\s)?age\b|s?he\swas|high\sschool|college|childhood|adolescence)", re.I)
THIS_WAS = compiled(r"\b(?:this|these|it|they)\s(?:was|were|occurred|happened|took\splace)\b[^.;,]{0,60}$", re.I)
RECORD = compiled(r":\s")  # behind the date of a record that is summed up
CHANGED = compiled(
    r"\b(?:initially|at first)\b[^.;]{0,60}\bbut\s(?:over|in|for|during)\sthe\s(?:last|past)\s$", re.I
)  # how the pain has changed of late, not how long it has lasted
BOUT = compiled(  # 'back pain eight years ago for about two weeks' is over
    r"\bago,?\s(?:and\s|which\s|that\s|it\s)*(?:lasted\s|lasting\s)?(?:for\s)?(?:about\s|approximately\s|only\s)*"
    r"(?:an?|one|two|three|four|five|six|\d{1,2})\s(?:days?|weeks?|months?)\b"
    r"(?!\s(?:it|and it|he|she)\s(?:has|have|still))",
    re.I,
)
PREVIOUS = needing(r"\b(?:previous|prior|past|other) injuries\s*:", re.I)
WORSE = compiled(r"\b(?:wors\w*|increas\w*|flare\w*|more|stronger|constant)\W+(?:\w+\W+){0,2}$", re.I)
LEGAL = compiled(
    r"\b(?:apportion\w*|permanent and stationary|industrially related|causation|degenerat\w+"
    r"|(?:additional )?allowance|"
    r"pre-?existing condition)\b",
    re.I,
)  # an opinion on an injury that is told elsewhere
STORY = compiled(
    r"\b(?:ago|yesterday),?\s(?:(?:when|while|as)\s)?(?:s?he\s|the patient\s|pt\s)?(?:was|were)\s\w+ing\b", re.I
)
LEFT_OUT = frozenset(
    {"family_history", "allergies", "medications", "education", "social_history", "past_surgical", "goals"}
)
APART = compiled(  # what a record only notes of another pain
    r"\bthat['\u2019]?s (?:a )?separate\b|\b(?:separate (?:issue|problem|matter|complaint)"
    r"|not (?:addressed|treated|being treated) (?:here|today|this)|unrelated to (?:this|today|the present))\b",
    re.I,
)
SINCE_AGE = compiled(r"(?:since|from|when|at|in)\b", re.I)
VISIT = compiled(
    r"\b(?:clinic|visit|consult\w*|note|encounter|evaluation|service|seen|department|office|center|centre|program|"
    r"medicine|message|portal|letter|call|telephone|phone|triage|intake|dictated|e-?mail)\b[^.;\n]{0,20}$",
    re.I,
)
LATE = compiled(r"\b(?:last|past)\s+$", re.I)
UNCHECKED = compiled(
    r"(?:\[\s{0,2}\]|\(\s{1,2}\)|\u2610)[^\[\](\u2610-\u2612\n]{0,12}$"
)  # the box of an answer that was not given
BEGINS = compiled(
    r"\b(?:since|beg[aiu]n|onset|started|from|today|fell|fall|injur\w*|DOI|on|of|accident|MVA|MVC|crash|hurt)\b", re.I
)
MUCH = compiled(
    r"long|life|multi|decade|year|many|several|numerous|multiple|countless|great"
    r"|good",
    re.I,
)  # ... of pain
CUES = ("symptom_duration", "duration_cues")


def find(parsed: Parsed) -> Iterator[Finding]:
    """One finding for each sentence that tells how long the pain has lasted or when it began."""
    done: list[tuple[int, int]] = []
    broken = list(fracture.find(parsed))
    ages = {(one.start, one.end) for one in broken}
    for sentence in (part for whole in _sentences(parsed) for part in apart(parsed, whole)):
        if has_ended(parsed, sentence):
            continue
        times = [time for time in times_in(parsed, sentence) if _is_of_pain(parsed, sentence, time)]
        times = since_return(parsed, sentence, [*times, *counted(parsed, sentence)])
        times = [time for time in times if (time.start, time.end) not in ages]
        if times and _is_about_pain(parsed, sentence) and not APART.search(parsed.text, sentence.start, sentence.end):
            yield _finding(parsed, sentence, times)
            done.append((sentence.start, sentence.end))
    for field, time in fields(parsed):
        if not has_ended(parsed, field) and not any(first < field.end and field.start < last for first, last in done):
            yield _finding(parsed, field, [time])
    yield from broken


def _is_about_pain(parsed: Parsed, sentence: Sentence) -> bool:
    """Whether the sentence tells of an injury, or pain is named in it or near it: 'symptoms' alone may be anything."""
    cues = parsed.within(sentence.start, sentence.end, "duration_cues")
    injury = any(hit.concept == "injury" for hit in cues)
    return injury or names_pain(parsed, sentence.start - NEAR_PAIN // 2, sentence.end + NEAR_PAIN // 2)


def _sentences(parsed: Parsed) -> Iterator[Sentence]:
    """The sentences that speak of pain, its onset or an injury, and of time."""
    done = -1
    for hit in parsed.of(CUES):
        if hit.start < done or hit.concept == "other":
            continue
        sentence = parsed.sentence_at(hit.start)
        if hit.concept == "injury" and (story := _story_before(parsed, sentence)) and story.start >= done:
            yield story
        done = sentence.end
        if (
            TIMED.search(parsed.text, sentence.start, sentence.end)
            and not PREVIOUS.search(parsed.text, parsed.text.rfind("\n", 0, sentence.start) + 1, sentence.end)
            and parsed.section_at(hit.start).name not in LEFT_OUT
        ):
            yield sentence


def _story_before(parsed: Parsed, sentence: Sentence) -> Sentence | None:
    """The sentence with which the story of an injury begins: 'Two days ago he was walking on ice. He fell.'"""
    index = parsed.sentence_index(sentence.start)
    earlier = parsed.sentences[index - 1] if index else None
    told = earlier and STORY.search(parsed.text, earlier.start, earlier.end)
    return earlier if told and "\n" not in parsed.text[told.start() : sentence.start].strip() else None


def _is_of_pain(parsed: Parsed, sentence: Sentence, time: Time) -> bool:
    """Whether a length or date tells of the pain, and not of its treatment, of relief or of something else."""
    text = parsed.text
    if NOT_TOLD.search(text, max(sentence.start, time.start - 80), time.start) or POST.match(text, time.end):
        return False
    if UNCHECKED.search(text, max(sentence.start, time.start - 16), time.start):
        return False
    if text[time.start] in "aA" and OFTEN.search(text, max(sentence.start, time.start - 12), time.start):
        return False
    points_back = goes_back(parsed, time) and not OF_AGE.match(text, time.start)
    if points_back and AGAIN.search(text, sentence.start, time.start):
        return False
    if points_back and not _told_of_onset(parsed, sentence) and not gone_back_to(parsed, sentence, time):
        return False
    if time.onset and is_onset_column(parsed.text, time.start):
        return speaks_of_pain(parsed, sentence.start, sentence.end) and not _is_visit(parsed, time)
    if BOUT.search(text, max(sentence.start, time.start - 40), min(time.end + 40, sentence.end)):
        return False
    if time.ago or SINCE_AGE.match(text, time.start):
        if is_onset(parsed, sentence, time) or is_since_event(parsed, sentence, time):
            return True
        if not time.ago and not time.vague:
            return governs(parsed, sentence, time)
        if time.ago:
            return time.vague and _is_recent_onset(parsed, sentence, time)
    if time.onset:
        told = any(of(parsed, sentence, time) for of in (is_since, is_onset, is_since_event, is_still))
        return told and not _is_of_record(parsed, sentence, time)
    if CHANGED.search(text, max(sentence.start, time.start - 90), time.start):
        return False
    if time.short and not LATE.search(text, max(sentence.start, time.start - 8), time.start):
        return False
    if time.vague:
        return _is_vaguely_of_pain(parsed, sentence, time)
    return is_length(parsed, sentence, time) or is_since_event(parsed, sentence, time)


def _is_vaguely_of_pain(parsed: Parsed, sentence: Sentence, time: Time) -> bool:
    """'Back pain for years', 'lifelong back pain', 'for as long as she can remember her back has hurt'."""
    after = spoken_of(parsed, time.end, min(sentence.end, time.end + 90))
    if MUCH.match(parsed.text, time.start):
        return first_is_pain(parsed.text, after, "of")
    return governs(parsed, sentence, time) or (
        opens(parsed.text, sentence, time.start) and first_is_pain(parsed.text, after, "of")
    )


def _is_of_record(parsed: Parsed, sentence: Sentence, time: Time) -> bool:
    """Whether a date is that of a visit, of a treatment told before, of a record or of an opinion on an injury."""
    text = parsed.text
    heads = text[max(0, time.start - 3) : time.start].strip(" .0123456789") in ("", "\n")
    return (
        _is_visit(parsed, time)
        or _was_done(parsed, sentence, time)
        or (heads and RECORD.match(text, time.end) is not None)
        or LEGAL.search(text, sentence.start, sentence.end) is not None
    )


def _is_visit(parsed: Parsed, time: Time) -> bool:
    """Whether a date is the day of writing at the head of a line: 'Injury clinic 05/25/2026.'"""
    written = parsed.dated_at(time.start)
    line = parsed.text.rfind("\n", 0, time.start) + 1
    if written is None or time.onset != written.isoformat():
        return False
    return bool(VISIT.search(parsed.text, line, time.start)) or not BEGINS.search(parsed.text, line, time.start)


def _is_recent_onset(parsed: Parsed, sentence: Sentence, time: Time) -> bool:
    """'Pain since last week', which is not 'worse since last week'."""
    worse = WORSE.search(parsed.text, max(sentence.start, time.start - 40), time.start)
    return not worse and is_since(parsed, sentence, time)


def _was_done(parsed: Parsed, sentence: Sentence, time: Time) -> bool:
    """Whether a date is that of a treatment told before: 'She had an ablation. This occurred in October 2008.'"""
    index = parsed.sentence_index(sentence.start)
    if not index or not THIS_WAS.search(parsed.text, max(sentence.start, time.start - 80), time.start):
        return False
    earlier = parsed.sentences[index - 1]
    return any(hit.term.lower() not in ANATOMY for hit in parsed.within(earlier.start, earlier.end, "therapy"))


def _told_of_onset(parsed: Parsed, sentence: Sentence) -> bool:
    """Whether 'since then' goes back to an injury or an onset, and not to a treatment."""
    start = max(0, sentence.start - NEAR_PAIN // 2)
    told = any(hit.concept in ("onset", "injury") for hit in parsed.within(start, sentence.end, "duration_cues"))
    return told or bool(re.search(r"\bago\b", parsed.text[start : sentence.start]))


def _finding(parsed: Parsed, sentence: Sentence, times: list[Time]) -> Finding:
    back = (gone_back_to(parsed, sentence, time) for time in times if goes_back(parsed, time))
    told = [*times, *(one for one in back if one)]
    days = next((time.days for time in told if time.days is not None), None)
    onset = max((time.onset for time in told if time.onset), key=len, default=None)
    first, last = min(time.start for time in times), max(time.end for time in times)
    regions, begins = regions_of(parsed, sentence, min(time.end for time in times), last)
    quote = lines_of(parsed.text, sentence, first, last)
    return parsed.document.finding(
        "symptom_duration",
        "pain_duration",
        first,
        last,
        quote=(min(begins, quote[0]), quote[1]),
        days=days,
        onset=onset,
        region=one_or_list(regions),
    )
