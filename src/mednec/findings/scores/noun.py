"""A '6/10' in, whether the words beside it tell of pain or of something else that is counted to ten out."""

from __future__ import annotations

import re
from functools import cache

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed, Sentence
from mednec.findings.scores.numbers import Number
from mednec.vocabulary import lexicon

CLAUSE = compiled(r"[.;,(\n]\s|[\n(]|\s{3,}|\|")
WORD = compiled(r"[A-Za-z][A-Za-z'\u2019]*")
OF_IT = compiled(r"\s+of\s+(?!10\b|ten\b)(?P<what>[^.;,\n]{0,40})", re.I)
PAIN = compiled(
    r"\b(?:pains?|painful|aches?|aching|achy|discomfort|sore\w*|hurts?|hurting|intensity|severity|NRS|NPRS|VAS|LBP|sciatica|symptoms?|numb\w*|burning)\b",
    re.I,
)
COUNTABLE = compiled(
    r"\s+(?!at\b|on\b|per\b|each\b|every\b|during\b|since\b|after\b|before\b|is\b|was\b|has\b|as\b|this\b|its\b|always\b|sometimes\b|across\b|besides\b|less\b|days\b|hips\b|knees\b|legs\b|symptoms\b)"
    r"(?:(?:of\s+)?[a-z]+\s+|PT\s+|OT\s+)?(?:items?|visits?|sessions?|words?|meals?|tasks?|objects?|letters?|steps|reps|trials|stars|appointments|classes|pills|doses"
    r"|tests?|questions?|points\b(?!\s(?:of|on))|boxes|criteria|errors|attempts|stretches|exercises)\b",
    re.I,
)


PAIN_BEHIND = compiled(
    r"\s+(?:(?!in\b|for\b|with\b|on\b)[a-z-]+\s+){0,2}(?:pains?|aches?|discomfort|soreness|headaches?)\b", re.I
)  # '6/10 pain', '7/10 low back pain'
YEAR = compiled(r"\b(?:19|20)\d\d\b")
SINCE = compiled(r"\b(?:since|ever|onset|began|started|now|today|current\w*|still|DOB|born)\b", re.I)
LONG_PAST = 2  # years
NEAR = 160  # characters before a sentence within which an injection may be named whose change it tells


def is_of_something_else(parsed: Parsed, sentence: Sentence, number: Number, *, after_score: bool) -> bool:
    """Whether a number out of ten is counted or rated of what is no pain: 'answered 9/10 items', 'hearing 6/10'.

    The words of its clause have to speak of pain, or be such as stand beside any score; where a score stands before
    it in the sentence, it goes on with it.
    """
    text = parsed.text
    of = OF_IT.match(text, number.end, sentence.end)
    if (of and not PAIN.search(of["what"])) or COUNTABLE.match(text, number.end, sentence.end):
        return True
    if after_score or PAIN_BEHIND.match(text, number.end, sentence.end):
        return False
    breaks = [match.end() for match in CLAUSE.finditer(text, sentence.start, number.start)]
    first = breaks[-1] if breaks else sentence.start
    if _names_an_organ(text[first : number.start]):
        return True
    return not is_of_an_injection(parsed, sentence, number) and _has_another_subject(parsed, first, number.start)


def is_of_an_injection(parsed: Parsed, sentence: Sentence, number: Number) -> bool:
    """Whether it is a side of a change that an injection made: 'the ablation took it from 8/10 to 3/10'."""
    given = lexicon("therapy").group("injection")
    return number.when is not None and any(
        hit.concept in given for hit in parsed.within(max(0, sentence.start - NEAR), number.start, "therapy")
    )


def is_of_years_ago(parsed: Parsed, sentence: Sentence, number: Number) -> bool:
    """Whether the words before a score name a year long past, and its sentence no treatment: 'in 2017 it was 7/10'."""
    written = parsed.dated_at(number.start)
    years = [int(year.group()) for year in YEAR.finditer(parsed.text, sentence.start, number.start)]
    if not years or written is None or max(years) > written.year - LONG_PAST:
        return False
    since = SINCE.search(parsed.text, sentence.start, number.start)
    return not since and not parsed.within(sentence.start, sentence.end, "therapy")


def _has_another_subject(parsed: Parsed, first: int, last: int) -> bool:
    clause = parsed.text[first:last]
    if PAIN.search(clause) or parsed.within(first, last, ("symptom_duration", "pain_score")):
        return False
    named = [
        hit
        for hit in parsed.within(first, last, ("regions", "therapy", "score_cues"))
        if hit.lexicon != "score_cues" or hit.concept in ("rating", "course")
    ]
    rated = max((hit.end - first for hit in named if hit.concept == "rating"), default=0)
    return any(
        word.group().lower() not in _beside()
        for word in WORD.finditer(clause, rated)
        if not any(hit.start <= first + word.start() < hit.end for hit in named)
    )


def _names_an_organ(clause: str) -> bool:
    """Whether the pain itself is of an organ: 'tooth pain 8/10'."""
    return bool(_organs().search(clause))


@cache
def _beside() -> frozenset[str]:
    """Words that stand beside any score."""
    return frozenset(str(lexicon("score_cues").concepts["fraction"].extra["beside"]).split())


@cache
def _organs() -> re.Pattern[str]:
    names = "|".join(lexicon("score_cues").concepts["fraction"].extra["organs"])
    return compiled(rf"\b(?:{names})\b[^.;,]{{0,24}}$", re.I)
