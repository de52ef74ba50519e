"""A treatment of which no plain word tells how it worked in, its failure out where nothing came of it.

'Left where he had started', 'bought her nothing', 'the ache is what it was': what was done is told, then what did or
did not become of it. What is told of the treatment holds for that treatment; what is told of the patient afterwards for
all that the sentence tells before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled, spaced
from mednec.expressions.standing import Standing
from mednec.findings.parse import Parsed, Sentence
from mednec.findings.sentences import MARK
from mednec.findings.terms import Hit
from mednec.findings.therapy.case import Case
from mednec.findings.therapy.joined import JOINS
from mednec.findings.therapy.praise import is_denied
from mednec.findings.therapy.scope import cues
from mednec.findings.therapy.voids import HAPPENED
from mednec.vocabulary import lexicon

LONGEST_LIST, LONGEST_HEAD, LISTED = 260, 100, 8
GROUPS = ("active", "passive", "medication", "self_care")
FAILS = ("none", "partial")
LINKS = {"it": "link", "state": "after", "against": "right_behind"}  # what ties words to the treatment behind them
SHORT = 70  # characters of a sentence that may be a mere verdict
OPENING = 45  # characters with which a sentence that goes on from a treatment may begin, before what it tells
FOLLOWING = 2  # sentences behind that of a treatment in which may stand what came of it


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that tell a failure: whom they speak of, what they say, and where the treatment stands.

    `of_care` holds for what speaks of care, also where the patient is its subject: 'she gained nothing from'.
    """

    start: int
    end: int
    tells: str
    says: str
    scope: str
    of_care: bool = True


def failing(case: Case) -> str | None:
    """`none`, `partial` or `worse` where the words around a treatment tell that nothing came of it."""
    if headed := _headed(case):
        return headed
    if case.mention.group not in GROUPS:
        return None
    return _ahead(case) or _behind(case) or _below(case)


def has_lost_effect(case: Case) -> bool:
    """Whether what once helped is told to do so no more: 'naproxen used to help but no longer does'."""
    group = case.group
    if case.mention.group not in GROUPS:
        return False
    first, last = max(group.before, group.first), min(group.after, group.sentence.end)
    text = case.parsed.text
    told = _aid("lost_effect").search(text, first, last)
    return told is not None and not _is_idle(text, first, told.start(), "it")


def none_did(case: Case) -> bool:
    """Whether 'none' behind a list denies its help, not that it was tried: 'of PT and naproxen, none made a dent'."""
    group = case.group
    told = _aid("none_did").search(case.parsed.text, group.start, min(group.sentence.end, group.end + 160))
    return told is not None and group.end <= told.end() and case.mention.group in GROUPS


def none_helped(case: Case) -> bool:
    """Whether what 'neither ... nor' denies of the treatments is that they helped, not that they were tried."""
    text, sentence = case.parsed.text, case.group.sentence
    told = _aid("has_helped").search(text, case.group.end, min(sentence.end, case.group.end + 160))
    return told is not None and not _aid("tried").search(text, case.group.end, told.start())


def _headed(case: Case) -> str | None:
    """What the head of the list says of all that it lists: 'Treatments that have not worked: PT, naproxen'."""
    text, start = case.parsed.text, case.group.start
    first = max(case.group.sentence.start, start - LONGEST_LIST)
    colon = text.rfind(":", first, start)
    if colon < 0:
        line = text.rfind("\n", 0, start)
        above = text.rfind("\n", 0, max(0, line)) + 1
        if line < 0 or not text[above:line].rstrip().endswith(":") or not MARK.match(text, line + 1):
            return None
        first, colon = above, line
    first = max(first, text.rfind(".", first, colon) + 1)
    if _aid("answered_no").match(text, case.group.end) or _aid("invites").search(text, first, colon):
        return None
    if colon - first > LONGEST_HEAD or not _aid("of_treatments").search(text, first, colon):
        return None
    told = [one for one in phrases(text, first, colon) if one.tells == "it"]
    return told[0].says if told and not _aid("except").search(text, colon, case.group.sentence.end) else None


def _below(case: Case) -> str | None:
    """What a sentence further down says of all that was listed: 'None of it has been worth the trouble'."""
    parsed = case.parsed
    text, index = parsed.text, parsed.sentence_index(case.mention.start)
    before = parsed.sentences[index]
    for sentence in parsed.sentences[index + 1 : index + 1 + LISTED]:
        if text.count("\n", before.end, sentence.start) > 1:
            return None
        if _is_of_all(text, sentence):
            return _of_all(case, sentence)
        if not parsed.within(sentence.start, sentence.end, "therapy"):
            return None
        before = sentence
    return None


def _is_of_all(text: str, sentence: Sentence) -> bool:
    """Whether a sentence speaks of all that was listed: 'None of it helped', 'Nil effect from the lot'."""
    opens = _aid("of_all").match(text, sentence.start, sentence.end)
    return bool(opens or _aid("of_all_behind").search(text, sentence.start, sentence.end))


def _of_all(case: Case, sentence: Sentence) -> str | None:
    """What is said of all, unless this treatment is what is excepted: 'All but the massage left him unchanged'."""
    text, end = case.parsed.text, sentence.end
    but = _aid("except").search(text, sentence.start, end)
    first = sentence.start
    if but:
        named = case.parsed.within(but.end(), end, "therapy")
        if not named or any(hit.concept == case.mention.concept for hit in named):
            return None
        first = named[-1].end
        if _aid("none_but").match(text, sentence.start):
            return "none" if _aid("helped").search(text, first, end) else None
    told = phrases(text, first, end)
    failed = None if _aid("none_but").match(text, sentence.start) else _aid("failed").search(text, first, end)
    return told[0].says if told else "none" if failed else None


def _ahead(case: Case) -> str | None:
    """What is told before the treatment and tied to it: 'got no mileage out of [PT]'."""
    text, group = case.parsed.text, case.group
    first = max(group.sentence.start, group.before)
    for phrase in phrases(text, first, group.sentence.end):
        if phrase.start < group.start and group.end < phrase.end and _spans(text, phrase):
            return phrase.says
        if phrase.end <= group.start and phrase.scope != "among" and _tied(text, phrase, group.start):
            return phrase.says
    return None


def _fragment(case: Case, stretch: Sentence) -> str | None:
    """What a few words behind a full stop tell of the effect, without a verb of their own: 'With minimal benefit.'"""
    if _aid("none_failed").search(case.parsed.text, stretch.start, stretch.end):
        return "good"
    if stretch.end - stretch.start > SHORT or case.parsed.within(stretch.start, stretch.end, "therapy"):
        return None
    told = [one for one in cues(case.parsed, stretch, ()) if "response" in one.says and one.scope != "forward"]
    if not told or told[0].start - stretch.start > SHORT // 2:
        return None
    answer = told[0].says["response"]
    limited = answer != "partial" or _aid("limited").search(case.parsed.text, stretch.start, stretch.end)
    return answer if limited else "good"  # 'He improved.' tells of no failure


def _spans(text: str, phrase: Phrase) -> bool:
    """Whether a phrase is told of what stands within it: 'I doubt that [PT] helped', 'none of the [PT] eased it'."""
    return phrase.scope == "among" or _aid("none_but").match(text, phrase.start) is not None


def _tied(text: str, phrase: Phrase, start: int) -> bool:
    """Whether the words between a phrase and the treatment behind it tie the one to the other."""
    links = ("after", "got_from") if phrase.tells == "state" and phrase.of_care else (LINKS[phrase.tells],)
    return any(_aid(link).match(text, phrase.end, start) for link in links)


def _behind(case: Case) -> str | None:
    """What is told behind the treatment, in its sentence or in one that goes on from it."""
    parsed, group = case.parsed, case.group
    for number, stretch in enumerate(_stretches(parsed, group.end)):
        if number and _is_of_all(parsed.text, stretch):
            return _of_all(case, stretch)
        found = [
            one
            for one in phrases(
                parsed.text, stretch.start, stretch.end, stretch.start if number else group.sentence.start
            )
            if one.scope == "before"
            and not (one.tells == "it" and _aid("linked_on").match(parsed.text, one.end))
            and (not number or one.start - stretch.start <= OPENING)
        ]
        if number and (short := _fragment(case, stretch)):
            return short if short in FAILS else None
        if found:
            return found[0].says if _reaches(case, found[0]) and not _is_only_ordered(case, found[0]) else None
        if _good(parsed.text, stretch.start, stretch.end):
            return None
    return None


def _stretches(parsed: Parsed, end: int) -> Iterator[Sentence]:
    """The rest of the sentence of a treatment, and the sentences after it that may tell what came of it."""
    index = parsed.sentence_index(end - 1)
    section = parsed.section_at(end - 1)
    first = parsed.sentences[index]
    yield Sentence(end, first.end)
    before = first.end
    for sentence in parsed.sentences[index + 1 : index + 1 + FOLLOWING]:
        lines = parsed.text.count("\n", before, sentence.start)
        if lines > 1 or (lines and MARK.match(parsed.text, sentence.start, sentence.end)):
            return
        if parsed.section_at(sentence.start) != section:
            return
        answer = parsed.sentences[parsed.sentence_index(sentence.start) + 1 :][:1]
        asks = parsed.text[sentence.end - 1 : sentence.end] == "?" and bool(answer)
        yield Sentence(sentence.start, answer[0].end) if asks else sentence
        before = sentence.end


def _reaches(case: Case, phrase: Phrase) -> bool:
    """Whether a phrase behind a treatment speaks of it, over what else is named between."""
    parsed, end = case.parsed, case.group.end
    if _good(parsed.text, end, phrase.start) or _ends_well(case, phrase):
        return False
    others = _others(case, phrase.start)
    if not others:
        return True
    if any(end <= cue.start < phrase.start and "response" in cue.says for cue in case.cues):
        return False
    if phrase.tells == "state":
        return True
    last = others[-1].end
    each = _aid("each").search(parsed.text, last, phrase.end)
    return bool(each) or bool(JOINS.fullmatch(parsed.text, end, others[-1].start))


def _ends_well(case: Case, phrase: Phrase) -> bool:
    """Whether the same sentence goes on to say that the pain is gone."""
    text, last = case.parsed.text, case.parsed.sentence_at(phrase.start).end
    return phrase.tells == "state" and _aid("gone").search(text, phrase.end, last) is not None


def _is_only_ordered(case: Case, phrase: Phrase) -> bool:
    """Whether care is told as ordered, not as done, so that the patient's state says nothing of it."""
    if phrase.tells != "state" or case.mention.group not in ("active", "passive"):
        return False
    text, group = case.parsed.text, case.group
    first, last = group.sentence.start, min(group.after, group.sentence.end)
    ordered = _aid("ordered_ahead").search(text, max(first, group.start - 60), group.start) or _aid(
        "ordered_behind"
    ).match(text, group.end, last)
    return bool(ordered) and not HAPPENED.search(text, first, max(last, phrase.start))


def _others(case: Case, end: int) -> list[Hit]:
    """The treatments named between the group and an offset; loose words such as 'sessions' only point back at it."""
    parsed, group = case.parsed, case.group
    named = [] if end <= group.after else parsed.within(group.after, end, "therapy")
    return [hit for hit in named if hit.term not in _loose(hit.concept)]


@cache
def _loose(concept: str) -> tuple[str, ...]:
    readings = lexicon("therapy").concepts[concept].extra.get("readings", {})
    return tuple(readings.get("weak", ()))


def _good(text: str, start: int, end: int) -> bool:
    """Whether some good is told there."""
    return any(
        not _aid("not_good").search(text, max(start, match.start() - 30), match.start())
        for match in _aid("did_good").finditer(text, start, end)
    )


def phrases(text: str, start: int, end: int, since: int | None = None) -> list[Phrase]:
    """The words between two offsets that tell a failure, in order; what is only feared, denied or another's is none.

    `since` is where that begins in which a denial of them may stand.
    """
    found = []
    since = start if since is None else since
    for (tells, says, scope), expression in _expressions().of(text):
        for match in expression.finditer(text, start, end):
            if scope != "among" and is_denied(text, since, *match.span()):
                continue
            if not _is_idle(text, start, match.start(), tells):
                whom = (
                    "state"
                    if _aid("of_the_patient").search(text, max(start, match.start() - 40), match.start())
                    else tells
                )
                found.append(Phrase(match.start(), match.end(), whom, says, scope, tells != "state"))
    return sorted(found, key=lambda one: (one.start, -one.end))


def _is_idle(text: str, start: int, first: int, tells: str) -> bool:
    """Whether the words are only supposed, are denied, or tell of something that is no pain."""
    if _aid("supposed").search(text, max(start, first - 60), first) or _aid("denied").search(
        text, max(start, first - 30), first
    ):
        return True
    return tells == "state" and bool(_aid("not_the_state").search(text, max(start, first - 40), first))


@cache
def _expressions() -> Standing[tuple[str, str, str]]:
    """What tells a failure: whom it speaks of, what it says, where the treatment stands, and how it is told."""
    told = (one for one in lexicon("failure").concepts.values() if "tells" in one.extra)
    return Standing(
        ((one.extra["tells"], one.extra["says"], one.extra.get("scope", "before")), needing(spaced(where), re.I))
        for one in told
        for where in one.extra["where"]
    )


@cache
def _aid(name: str) -> re.Pattern[str]:
    """An expression that only helps to read those: what ties, denies, excepts."""
    where = lexicon("failure").concepts[name].extra["where"]
    return compiled(spaced("|".join(where)), re.I)
