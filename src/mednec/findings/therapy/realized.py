"""A treatment with all that surrounds it in, whether it took place or is only spoken of out.

'Has ten sessions of PT lined up', 'PT was held out as a choice', 'waved off PT': what is told beside it of the pain is
no effect of it. 'PT, ordered in January, has been used up': what was ordered or refused at first was then done.
"""

from __future__ import annotations

import re
from functools import cache

from mednec.expressions.needs import Needing, needing
from mednec.expressions.patterns import compiled, spaced
from mednec.findings.therapy.case import Case
from mednec.findings.therapy.failing import none_helped, phrases
from mednec.findings.therapy.joined import JOINS
from mednec.vocabulary import lexicon

COURSES = ("active", "passive", "medication")
WORDS_AHEAD = 110  # characters before a treatment in which may stand what makes it mere words
NAMING = ("plain", "capitals", "agent", "class", "pain_only", "needle")  # readings that name a treatment by themselves
REFUSED = ("declined", "not_tried")
FOLLOWING = 2  # sentences behind that of a treatment in which may stand that it took place


def only_spoken(case: Case) -> str | None:
    """The status of a treatment that is only planned, ordered, offered or refused; None where it took place."""
    if case.mention.group not in COURSES:
        return None
    spoken = only_words(case)
    given = spoken == "ordered" and _was_given(case)
    denied = spoken == "not_tried" and _is_denied(case)
    if spoken is None or given or denied or took_place(case, spoken):
        return None
    return "planned" if spoken == "ordered" else spoken


def _is_denied(case: Case) -> bool:
    """Whether it is only denied that it helped: 'denies that PT has been of use'."""
    text, group = case.parsed.text, case.group
    return _one("denies").search(text, group.sentence.start, group.start) is not None and none_helped(case)


def _was_given(case: Case) -> bool:
    """Whether a drug was prescribed at an earlier time, so that it is taken to have been used."""
    text, group = case.parsed.text, case.group
    if case.mention.group != "medication":
        return False
    first = max(group.sentence.start, group.before, group.start - WORDS_AHEAD)
    return bool(_one("earlier").search(text, first, group.start) or _one("past_time").search(text, first, group.last))


def only_words(case: Case) -> str | None:
    """`planned`, `ordered` or `declined` where the words right around a treatment only plan, order or refuse it."""
    text, group = case.parsed.text, case.group
    first = max(group.sentence.start, group.before, group.start - WORDS_AHEAD)
    for status, spoken in _spoken("ahead"):
        for found in spoken.finditer(text, first, group.start):
            denied = status in REFUSED and _one("denied").search(text, first, found.start())
            if not denied and _one("lead").fullmatch(text, found.end(), group.start):
                return status
    last = min(group.after, case.parsed.sentence_at(group.end - 1).end)
    return next((status for status, spoken in _spoken("behind") if spoken.match(text, group.end, last)), None)


def took_place(case: Case, spoken: str = "planned") -> bool:
    """Whether it is told in its clause or behind it that the treatment was gone through, or what came of it."""
    if case.mention.group not in COURSES:
        return False
    text, group = case.parsed.text, case.group
    first, last = max(group.first, group.before), _end(case)
    for sign in _done():
        for found in sign.finditer(text, first, last):
            since = group.end if found.start() >= group.end else first
            if not _one("unless").search(text, max(since, found.start() - 40), found.start()):
                return True
    return _is_governed(case) or (spoken not in REFUSED and _has_failed(case))


def _is_governed(case: Case) -> bool:
    """Whether the verb right before the treatment tells that it was had: 'tried the PT that we had offered'."""
    text, group = case.parsed.text, case.group
    first = max(group.sentence.start, group.before, group.start - WORDS_AHEAD)
    return any(
        _one("lead").fullmatch(text, found.end(), group.start)
        and not _one("unless").search(text, max(first, found.start() - 40), found.start())
        for found in _one("done_ahead").finditer(text, first, group.start)
    )


def _has_failed(case: Case) -> bool:
    """Whether an effect in the past is told of the treatment itself: 'the PT that was ordered brought no relief'."""
    text, group = case.parsed.text, case.group
    last = min(group.after, group.sentence.end)
    for phrase in phrases(text, group.end, last, group.sentence.start):
        nobody = _one("nobody").match(
            text, phrase.start
        )  # 'was ordered; nothing has touched it': all that there was before
        if (
            phrase.tells == "it"
            and phrase.scope == "before"
            and not nobody
            and _one("tied").fullmatch(text, group.end, phrase.start)
        ):
            return _one("bygone").search(text, max(group.end, phrase.start - 16), phrase.end) is not None
    return False


def _end(case: Case) -> int:
    """Where what may be told of a treatment ends: before the next treatment, or some sentences further down."""
    parsed, group = case.parsed, case.group
    index, end = parsed.sentence_index(group.end - 1), group.sentence.end
    for sentence in parsed.sentences[index + 1 : index + 1 + FOLLOWING]:
        if "\n" in parsed.text[end : sentence.start]:
            break
        end = max(end, sentence.end)
    last = group.end
    for hit in parsed.within(group.end, end, "therapy"):
        if _is_another(case, hit.concept, hit.term) and not JOINS.fullmatch(parsed.text, last, hit.start):
            return hit.start
        last = hit.end
    return end


def _is_another(case: Case, concept: str, term: str) -> bool:
    """Whether a word names another treatment by itself: not a part of the body, nor 'sessions'."""
    readings = lexicon("therapy").concepts[concept].extra.get("readings", {})
    named = not readings or any(term in readings.get(plain, ()) for plain in NAMING)
    return concept != case.mention.concept and named


@cache
def _spoken(where: str) -> list[tuple[str, re.Pattern[str]]]:
    told = lexicon("realized").concepts
    [amount] = told["amount"].extra["where"] if where == "behind" else [""]
    return [
        (status, compiled(spaced(f"{amount}(?:{'|'.join(told[where].extra[status])})"), re.I))
        for status in ("not_tried", "declined", "ordered", "planned")
    ]


@cache
def _done() -> list[Needing | re.Pattern[str]]:
    return [needing(spaced(where), re.I) for where in lexicon("realized").concepts["done"].extra["where"]]


@cache
def _one(name: str) -> re.Pattern[str]:
    [where] = lexicon("realized").concepts[name].extra["where"]
    return compiled(spaced(where), re.I)
