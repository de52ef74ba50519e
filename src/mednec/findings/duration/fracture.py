"""A parsed document in, how long ago a vertebra broke, where that is told and not since when it hurts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled
from mednec.findings import quantities
from mednec.findings.duration.times import Time, times_in
from mednec.findings.parse import Parsed, Sentence
from mednec.model import Finding

KIND = r"(?:(?:acute|subacute|recent|new|fresh|known|painful|osteoporotic|fragility|insufficiency|wedge)\s+)*"
BONE = r"(?:(?P<level>[TL]\d{1,2})\s+|(?P<spine>spinal|vertebral|lumbar|thoracic)\s+)"
BREAK = r"(?:(?:compression|comp|burst|wedge|vertebral|endplate|superior|inferior)\s+)*(?:fractures?|fxs?|VCFs?)\b"
FRACTURE = needing(
    rf"\b(?:{KIND}{BONE}{KIND}{BREAK}|{KIND}(?:VCF|(?:compression|vertebral|osteoporotic|fragility|wedge|"
    rf"insufficiency)\s+(?:fracture|fx))\b"
    rf"(?:\s+(?:of|at)\s+(?P<at>[TL]\d{{1,2}}))?"
    r"|(?:broke|fractured|crushed|breaking|fracturing|collapsed)\s+(?:(?:her|his|the|a)\s+)?(?P<broke>[TL]\d{1,2})\b"
    r"|(?:fracture|fx)\s+(?:of\s+)?(?P<of>[TL]\d{1,2})\b"
    r"|(?P<own>[TL]\d{1,2})\s+(?:broke|fractured|collapsed|gave\s+way))",
    re.I,
)
SEVERAL = needing(r"\b(?:fractures|VCFs|fxs)\b[^.\n]{0,30}:", re.I)  # 'two fractures: L1 from April, T8 from 2019'
LISTED = compiled(r"\b(?P<level>[TL]\d{1,2})\b")
FIELD = needing(
    r"(?:^|(?<=[.;|]\s))[ \t*-]*(?:date\s+of\s+(?:the\s+)?(?:fracture|injury|fall|break)|fracture\s+(?:date|age|"
    r"onset)|age\s+of\s+(?:the\s+)?fracture|(?:date|day)\s+(?:of\s+)?(?:onset|event))"
    r"(?:[ \t]*[:=|-]+[ \t]*|[ \t]+(?=\d))(?P<value>[^\n]{1,60})",
    re.I | re.M,
)
ITSELF = compiled(
    r"(?:it|this|that|the\s+(?:fracture|injury|break|vertebra|collapse))\s+(?:has\s+|had\s+|is\s+|was\s+)?", re.I
)
APART = compiled(  # what stands between a fracture and a time that is not of it
    r"\b(?:MRIs?|CT|films?|x-?rays?|radiograph\w*|imaging|scan\w*|study|report|DE?XA|pain\w*|brac\w+|TLSO|"
    r"calcitonin|surg\w+|kypho\w+|vertebroplasty|visits?|"
    r"seen\s(?:by|in)|admi\w+|discharg\w+|recheck|return|follow[- ]?up|f/u|rtc|appointment|appt|until|plan(?:s|ned|"
    r"ning)?|will|within|healed|repair\w*|[TL]\d{1,2})\b|[.;]",
    re.I,
)
OLD = compiled(r"\s*(?:out\b|old\b|ago\b|post\b|earlier\b|prior\b|into\b|now\b|since\b)", re.I)
BARE = compiled(r"[\s,(:-]*(?:(?:is|now|which\s+is|about|approximately|roughly|some|only|at|~)\s*)*", re.I)
ON_DAY = compiled(
    r"(?:\b(?:sustained|suffered|occurr\w+|happen\w+|dat(?:ed|es|ing)|to|of|on|from|in|at|since|around|about|late|"
    r"early|mid|the|back)\b[\s-]*)+$",
    re.I,
)
LED = compiled(  # 'six weeks after her T12 fracture', '4+ wks s/p L1 comp fx'
    r"\s*(?:now\s+|out\s+)?(?:after|since|following|from|out\s+from|s/p|status[\s-]post|post|into)\s+"
    r"(?:(?:her|his|the|this|a|an)\s+)?",
    re.I,
)
DAY_OF_IT = needing(  # 'day 18', 'fracture week 4', 'post-injury day 20'
    rf"\b(?P<told>(?P<unit>day|week|wk)\s+(?:#\s?)?(?P<n>{quantities.NUMBER}))\b(?!\s+of\b)", re.I
)
AFTER_FALL = compiled(  # '3 wks after a porch fall, L1 fx', 'day 25 from a low-energy fall with T12 fracture'
    r"\s*(?:now\s+|out\s+)?(?:after|since|following|from|out\s+from|s/p|status[\s-]post|post)\s+[^.;\n]{0,40}$", re.I
)
SUFFERED = compiled(r"\b(?:s/p|status[\s-]post|sustained|suffered)\s+(?:(?:an?|the|her|his)\s+)?$", re.I)
AGED = compiled(r"[\s-]+old\s+(?:\w+\s+){0,2}", re.I)
FELL = compiled(
    r"\b(?:fell|fall|slip\w*|trip\w*|lift\w*|bent|bending|cough\w*|sneez\w*|landed|twist\w*|stumbl\w*|injur\w+|"
    r"accident|jolt\w*|broke|fractured)\b",
    re.I,
)
IMAGED = compiled(r"\s*(?:MRI|CT|x-?rays?|films?|radiograph\w*|imaging|scan|study|report|DXA)\b", re.I)
FILM = (
    r"(?:the\s|a\s|her\s|his\s|any\s)?(?:prior\s|previous\s|earlier\s|last\s|comparison\s|lumbar\s|thoracic\s|"
    r"chest\s)*(?:films?|x-?rays?|radiographs?|MRI|CT|study|exam\w*|scan|imaging|comparison)?"
)
COMPARED = compiled(  # what a fracture was on the film of an earlier day: not there, or as it is
    r"\b(?:not\s(?:yet\s)?(?:present|seen|visible|there|evident|apparent|noted|described)|new|absent|unchanged|"
    r"stable|no\schange|similar|already\s\w+)\b"
    rf"[^.;\n]{{0,30}}?\b(?:on|since|to|with|from|in|by)\s{FILM}\s*(?:of|from|dated|on|performed|in)?\s*$",
    re.I,
)
NOT_HERS = compiled(
    r"\b(?:mother|father|sister|brother|aunt|husband|wife|if|goal|prevent\w*|risk|"
    r"(?<!week[\s-])(?<!weeks[\s-])(?<!day[\s-])(?<!days[\s-])(?<!month[\s-])(?<!months[\s-])old|prior|previous|"
    r"remote"
    r"|history\s+of|hx)\b[^.;]*$",
    re.I,
)
AGE = needing(
    rf"(?P<told>(?P<n>{quantities.NUMBER})[\s-]*(?P<unit>days?|weeks?|wks?|months?|mos?|years?|yrs?))[\s-]+old\b", re.I
)
AHEAD = compiled(
    r"\b(?:recheck|return|follow[- ]?up|f/u|rtc|appointment|appt|until|plan\w*|will|within|in)\b[^.;]*$", re.I
)
REGIONS = {"t": "thoracic", "l": "lumbar"}
FAR, AHEAD_OF = 90, 100  # characters between a fracture and its time, behind it and before it


def find(parsed: Parsed) -> Iterator[Finding]:
    """One finding for each fracture of the spine of which a sentence tells when it happened."""
    for match in FRACTURE.finditer(parsed.text):
        sentence = parsed.sentence_at(match.start())
        if NOT_HERS.search(parsed.text, sentence.start, match.start()):
            continue
        level = match["level"] or match["at"] or match["broke"] or match["of"] or match["own"] or match["spine"] or ""
        time = _told(parsed, match, sentence)
        if time:
            yield _finding(parsed, sentence, time, level)
    yield from _in_lists(parsed)


def _in_lists(parsed: Parsed) -> Iterator[Finding]:
    """Each level of a list of fractures with the time behind it."""
    for match in SEVERAL.finditer(parsed.text):
        sentence = parsed.sentence_at(match.start())
        for one in LISTED.finditer(parsed.text, match.end(), sentence.end):
            if time := _behind(parsed, one, sentence):
                yield _finding(parsed, sentence, time, one["level"])


def _finding(parsed: Parsed, sentence: Sentence, time: Time, level: str) -> Finding:
    first = min(sentence.start, parsed.sentence_at(time.start).start)
    return parsed.document.finding(
        "symptom_duration",
        "pain_duration",
        time.start,
        time.end,
        quote=(first, max(sentence.end, time.end)),
        days=time.days,
        onset=time.onset,
        region=REGIONS.get(level[:1].lower()),
        levels=[level.upper()] if level[1:].isdigit() else None,
    )


def _told(parsed: Parsed, fracture: re.Match[str], sentence: Sentence) -> Time | None:
    """When the fracture happened: by its own sentence, by the field that asks for it, by the sentence behind it."""
    return (
        _behind(parsed, fracture, sentence)
        or _before(parsed, fracture, sentence)
        or _of_field(parsed, sentence)
        or _of_follower(parsed, sentence)
    )


def _behind(parsed: Parsed, fracture: re.Match[str], sentence: Sentence) -> Time | None:
    """'L1 fracture sustained on 5/4', 'a fresh L3 fracture, three weeks old', 'not present on the film of 4/2'."""
    text = parsed.text
    for time in _times(parsed, fracture.end(), min(sentence.end, fracture.end() + 2 * FAR)):
        if time.onset and COMPARED.search(text, fracture.end(), time.start):
            return time
        if time.start > fracture.end() + FAR or APART.search(text, fracture.end(), time.start):
            return None
        if time.onset:
            told = ON_DAY.search(text, fracture.end(), time.start) or (
                SUFFERED.search(text, sentence.start, fracture.start())
                and not text[fracture.end() : time.start].strip()
            )
            return time if told and not IMAGED.match(text, time.end) else None
        counted = text[time.start : time.end].lower().startswith(("day", "week", "wk"))
        if time.days and (
            time.ago or (BARE.fullmatch(text, fracture.end(), time.start) and (counted or OLD.match(text, time.end)))
        ):
            return time
    return None


def _times(parsed: Parsed, start: int, end: int) -> list[Time]:
    """The times of a stretch, with the ages of fractures: 'five weeks old', 'a three-week-old', 'day 18'."""
    ages = [
        Time(
            *match.span("told"),
            days=quantities.tidy(
                quantities.number(match["n"]) * quantities.UNIT_DAYS[quantities.unit_name(match["unit"])]
            ),
        )
        for ages in (AGE, DAY_OF_IT)
        for match in ages.finditer(parsed.text, start, end)
    ]
    return sorted([*times_in(parsed, Sentence(start, end)), *ages], key=lambda time: time.start)


def _before(parsed: Parsed, fracture: re.Match[str], sentence: Sentence) -> Time | None:
    """'Six weeks after T12 fracture', 'On 4/21 she fell and broke L1'."""
    text = parsed.text
    for time in reversed(_times(parsed, max(sentence.start, fracture.start() - AHEAD_OF), fracture.start())):
        if time.days and AGED.fullmatch(text, time.end, fracture.start()):
            return time
        if time.days and LED.fullmatch(text, time.end, fracture.start()):
            return None if AHEAD.search(text, sentence.start, time.start) else time
        fallen = FELL.search(text, time.end, fracture.start())
        if time.days and fallen and AFTER_FALL.match(text, time.end, fallen.start()):
            return None if AHEAD.search(text, sentence.start, time.start) else time
        fell = FELL.search(text, max(sentence.start, time.start - 40), fracture.end())
        if (time.onset or time.ago) and fell and not APART.search(text, time.end, fracture.start()):
            return time if time.onset or time.days else None
    return None


def _of_field(parsed: Parsed, sentence: Sentence) -> Time | None:
    field = FIELD.search(parsed.text, max(0, sentence.start - 2 * FAR), min(len(parsed.text), sentence.end + 3 * FAR))
    told = times_in(parsed, Sentence(*field.span("value"))) if field else []
    return next((time for time in told if time.onset or time.days), None)


def _of_follower(parsed: Parsed, sentence: Sentence) -> Time | None:
    """'It happened three weeks ago as he bent down', 'The fracture is now five weeks old'."""
    index = parsed.sentence_index(sentence.start) + 1
    if index >= len(parsed.sentences):
        return None
    follower = parsed.sentences[index]
    itself = ITSELF.match(parsed.text, follower.start, follower.end)
    return _behind(parsed, itself, follower) if itself else None
