"""A treatment without a course of its own in, the length out that its sentence tells of the time spent on it.

'Ten weeks of pain; PT throughout', 'for two months the patient has treated this with PT', 'began PT eight weeks ago':
the time is told, but not beside the treatment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from mednec.expressions.needs import Needing, needing
from mednec.expressions.patterns import compiled, spaced
from mednec.findings import quantities
from mednec.findings.parse import Sentence
from mednec.findings.quantities import Quantity
from mednec.findings.therapy.case import Case
from mednec.vocabulary import lexicon

GROUPS = ("active", "passive", "medication", "self_care")
OPENS = compiled(
    r"(?:^|[.;:,\n]\s*|[-*\u2022]\s+|\b(?:and|that|but|now|has|have|of which)\s+|\A\s*)"
    r"(?:(?:for|over|in|during|throughout|all)\s+)?(?:(?:the|these|those|this|a|about|past|last|some|"
    r"nearly|almost|over|full|good|solid|at least|"
    r"more than|well over|approximately|total of|(?:course|span|period|space|stretch|total|matter) of)\s+)*$",
    re.I,
)
TREATED = compiled(
    r"\b(?:treat(?:ed|ments?)(?: (?:conservatively|nonoperatively|non-operatively|medically))?|manag(?:ed|"
    r"ement)|care|therapy|measures)\b(?:\s(?!pain|with\b)\w+){0,3}?\s(?:for|over|lasting|of|"
    r"x)\s(?:(?!pain)\w+\s){0,3}?$",
    re.I,
)
WITH = compiled(
    r"\s*(?:with|using|by (?:means of|way of)|via|consisting of|including|that included)\s(?:[\w-]+\s){0,3}$", re.I
)
COMMA = compiled(r"\s*(?:(?:now|already|so far|or so|plus)\s*)?,", re.I)
OF_BEFORE = compiled(r"\w[^.;:\n]*,\s*(?:(?:about|over|nearly|almost|now|x|at least|more than|some|~|>)\s*)*$", re.I)
WITHIN = compiled(
    r"\b(?:in|within)\s+(?:the\s+)?(?:past|last|previous)\s+$", re.I
)  # not filled: 'in the last 6 weeks he tried PT'
CLAUSE_END = compiled(r"[.;:]\s|\n|\bbut\b")
PAIN = compiled(r"\b(?:pain|ach\w+|hurt\w*|symptom\w*|suffer\w*|numb\w*|sciatica|relief|better|improv\w+)\b", re.I)
OFTEN = compiled(
    r"(?:\d|\b(?:once|twice|thrice|times|x|two|three|four|five|visits?|sessions?|days?|nights?))[\s-]*$", re.I
)
AGO = compiled(r"\s*(?:ago|back|earlier|prior)\b", re.I)
NEAR_BEGUN = 70  # characters between the word of the beginning, its time and the treatment
WHOLE = {"half": 15, "most": 16, "much": 10, "the better part": 16, "part": 0}  # days of a month that are sure
MONTH = 30
FIELDS = 220  # characters around the line of a treatment in which the field of its length may stand


def shared_time(case: Case) -> dict[str, Any]:
    """The length of the course, where the sentence of a treatment tells it once and for all of it; else nothing."""
    text = case.parsed.text
    sentence = case.parsed.sentence_at(case.mention.start)
    if case.mention.group not in GROUPS:
        return {}
    if days := _in_its_field(case, sentence):
        return {"duration_days": days}
    if not quantities_or_months(text, sentence):
        return {}
    for reader in (_throughout, _filled, _begun_ago, _last_few, _whole_months):
        if days := reader(case, sentence):
            return {"duration_days": days}
    return {}


def quantities_or_months(text: str, sentence: Sentence) -> bool:
    """Whether a sentence, or one that it leans on, tells any time at all."""
    return any(_expression(name).search(text, *sentence) for name in ("throughout", "begun_ago", "months")) or bool(
        _lengths(text, *sentence)
    )


def _in_its_field(case: Case, sentence: Sentence) -> float | None:
    """The length that a field beside the one of the treatments tells: 'Duration of treatment: 8 weeks'."""
    text = case.parsed.text
    first, last = max(0, sentence.start - FIELDS), min(len(text), sentence.end + FIELDS)
    block = max(text.rfind("\n\n", first, sentence.start), first)
    told = _expression("field").search(text, block, last)
    if told is None or "\n\n" in text[sentence.end : told.start()]:
        return None
    lengths = _lengths(text, told.end(), text.find("\n", told.end()) if "\n" in text[told.end() :] else len(text))
    return (
        lengths[0].value if len(lengths) == 1 and not text[told.end() : lengths[0].start].strip(" \t~>about") else None
    )


def _throughout(case: Case, sentence: Sentence) -> float | None:
    """As long as the pain: 'ten weeks of pain; PT and naproxen throughout'."""
    text, group = case.parsed.text, case.group
    told = _expression("throughout").search(text, *sentence)
    if told is None or _is_apart(text, *sorted((told.span(), (group.start, group.end)))):
        return None
    index = case.parsed.sentence_index(sentence.start)
    before = case.parsed.sentences[index - 1] if index else sentence
    for first, last in (sentence, (before.start, sentence.end)):
        lengths = {one.value for one in _lengths(text, first, last)}
        if len(lengths) == 1 and not _other_time(text, first, last):
            return lengths.pop()
    return None


def _filled(case: Case, sentence: Sentence) -> float | None:
    """A time that opens a clause and was filled with care: 'for two months now she has treated this with PT'."""
    text = case.parsed.text
    for length in _lengths(text, sentence.start, case.mention.start):
        start = case.group.start if case.group.start > length.end else case.mention.start
        said = text[length.end : start]
        lead = text[max(sentence.start, length.start - 40) : length.start]
        opens = OPENS.search(lead) and not WITHIN.search(lead)
        if COMMA.match(said) and OF_BEFORE.search(text, sentence.start, length.start):
            continue  # 'bad back, 2 years, seeing a chiropractor'
        filled = _expression("treated_so_long").match(said) if opens else None
        filled = filled or (TREATED.search(lead) and WITH.match(said))
        if filled and len(said) < 2 * NEAR_BEGUN and not CLAUSE_END.search(said) and not PAIN.search(said):
            return length.value
    return None


def _begun_ago(case: Case, sentence: Sentence) -> float | None:
    """A beginning so long ago, after which nothing is told to have cut it short: 'PT was begun eight weeks ago'."""
    text, group = case.parsed.text, case.group
    for length in quantities.durations(text, *sentence):
        if not AGO.match(text, length.end) or length.unit in ("hour", "minute"):
            continue
        around = (max(sentence.start, length.start - NEAR_BEGUN), min(sentence.end, length.end + NEAR_BEGUN))
        near = _expression("begun_ago").search(text, *around)
        beside = abs(length.start - group.end) < NEAR_BEGUN or abs(group.start - length.end) < NEAR_BEGUN
        first, last = min(length.start, group.start), max(length.end, group.end)
        if near is None or not beside or CLAUSE_END.search(text, first, last):
            continue
        if PAIN.search(text, max(sentence.start, min(near.start(), first) - 30), max(near.end(), last)):
            continue
        if not _expression("cut_short").search(text, sentence.start, min(len(text), sentence.end + 120)):
            return length.value
    return None


def _last_few(case: Case, sentence: Sentence) -> float | None:
    """A number that leaves its unit to the time before it: 'hurt for four months, for the last two has had PT'."""
    text = case.parsed.text
    told = _expression("last_few").search(text, sentence.start, case.group.start)
    before = _lengths(text, sentence.start, told.start()) if told else []
    if told is None or not before or CLAUSE_END.search(text, told.end(), case.group.start):
        return None
    return quantities.tidy(quantities.number(told["n"]) * quantities.UNIT_DAYS[before[-1].unit])


def _whole_months(case: Case, sentence: Sentence) -> float | None:
    """Months one by one: 'all of April in PT', 'PT for the whole of March and most of April'."""
    text, group = case.parsed.text, case.group
    for told in _expression("months").finditer(text, *sentence):
        first, last = sorted((told.span(), (group.start, group.end)))
        if _is_apart(text, first, last) or PAIN.search(text, first[1], last[0]):
            continue
        days = WHOLE.get(told["much"].lower(), MONTH)
        if told["month2"]:
            days += WHOLE.get((told["much2"] or "").lower(), MONTH)
        return days
    return None


def _is_apart(text: str, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether a clause ends, or pain is spoken of, between two stretches of a sentence."""
    gap = text[one[1] : other[0]]
    return bool(CLAUSE_END.search(gap)) or bool(PAIN.search(gap))


def _other_time(text: str, first: int, last: int) -> bool:
    return _expression("other_time").search(text, first, last) is not None


def _lengths(text: str, first: int, last: int) -> list[Quantity]:
    """The lengths of days and more between two offsets."""
    return list(_days_and_more(text, first, last))


def _days_and_more(text: str, first: int, last: int) -> Iterator[Quantity]:
    for one in quantities.durations(text, first, last):
        rate = text[one.start] in "aA" and OFTEN.search(text, max(first, one.start - 14), one.start)
        if one.unit not in ("hour", "minute") and not rate:
            yield one


@cache
def _expression(name: str) -> re.Pattern[str] | Needing:
    return needing(spaced("|".join(lexicon("courses_told").concepts[name].extra["where"])), re.I | re.M)
