"""A parsed document in, the scores out that the telling of an injection sets against each other: before and after.

Whoever tells what an injection did names two moments and a number for each, in endless ways: 'pain was 7, is 2', '8
that morning, 2 at one month', 'Before: 9. On stimulation: 4.' A number gets its side by the words of its own clause.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from operator import attrgetter

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.findings.scores.change import is_supposed
from mednec.findings.scores.numbers import Number, numbers
from mednec.findings.terms import Hit
from mednec.vocabulary import lexicon

GIVEN = frozenset(lexicon("therapy").group("injection"))
GENERIC = "injection_unspecified"  # 'the injection' is no other one
SENTENCES = 8  # how many sentences from that of the injection on tell what it did
FAR = 420  # characters behind an injection up to which they do
BREAK = compiled(r"[,;()|]|\.(?=\s|$)|\n|\s(?:and|but|then|while|whereas)\s|\s[-\u2013]\s", re.I)
STOP = compiled(r"[.;](?=\s|$)|\n")
WORD = compiled(r"[A-Za-z][A-Za-z'\u2019-]*")
SUBJECTS = ("regions", "symptom_duration", "pain_score", "therapy")
CLAUSE = 90  # characters before a number in which the words that say what it is of may stand
MOMENT_OF_IT = compiled(
    r"\b(?:before|prior\sto|pre|after|post|following|since|with|during|at|by|until)[\s-](?:(?:the|her|his|that)\s)?$",
    re.I,
)
SURE = ("before", "after")
WEAK = {"was": "before", "is": "after"}  # what is told by a tense alone
LED_DOWN = compiled(
    r"[\s,;()\u2013-]*(?:[\w']+\s){0,5}(?:now(?:\s(?:it\s)?is)?|(?:down|dropp\w+|fell|fall\w*|eas\w+"
    r"|settl\w+)\s(?:down\s)?to)\s"
    r"(?:an?\s|about\s)?",
    re.I,
)
OPENING = 24  # characters within which a sentence opens
ARROW = compiled(r"(?:[^.;\d]|\b\d+\s?[hdw]\b){0,14}?\s*(?:-{1,2}>|=>|\u2192)\s*")
AGAINST = compiled(
    r",?\s(?:as\s)?(?:against|versus|vs\.?|compared\s(?:with|to)|down\sfrom|from|instead\sof|where\sit\s(?:was"
    r"|had\sbeen))\s(?:an?\s)?",
    re.I,
)
DROPPED = 0.7  # the part that is left at most, where the first of two numbers bears no word of its moment
PRESENT = compiled(r"\b(?:now|today|currently|current|presently|present|worst|best|goal|target)\b", re.I)
TELLS = compiled(r"\d|\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|nil)\b", re.I)


@dataclass(frozen=True, slots=True)
class _Side:
    """A number with its side, and whether its own clause tells that by itself."""

    number: Number
    when: str
    sure: bool


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of moments, as expressions, and those that may stand in the clause of a score."""

    moments: re.Pattern[str]
    later: re.Pattern[str]
    onward: re.Pattern[str]
    pain: frozenset[str]
    plain: frozenset[str]
    other: frozenset[str]


def told(parsed: Parsed) -> dict[int, Number]:
    """By offset, the numbers that the telling of an injection makes scores of before and after."""
    found: dict[int, Number] = {}
    hits = [hit for hit in parsed.of("therapy") if hit.concept in GIVEN]
    for index, hit in enumerate(hits):
        if hit.concept == GENERIC and index and hit.start - hits[index - 1].end < FAR:
            continue
        start, end = _zone(parsed, hit, hits[index + 1 :])
        if not TELLS.search(parsed.text, start, end) or not _words().moments.search(parsed.text, start, end):
            continue
        for number in _sided(parsed, start, end):
            found.setdefault(number.start, number)
    return found


def _zone(parsed: Parsed, hit: Hit, others: Sequence[Hit]) -> tuple[int, int]:
    """From the sentence that names an injection up to the next other one, a blank line, or some sentences on."""
    index = bisect_right(parsed.sentences, hit.start, key=attrgetter("start")) - 1
    first = parsed.sentences[max(index, 0)]
    last = parsed.sentences[min(index + SENTENCES, len(parsed.sentences)) - 1].end
    blank = parsed.text.find("\n\n", hit.end, last)
    last = min(last, hit.end + FAR, blank if blank >= 0 else last)
    others = [other for other in others if other.concept != GENERIC and not _points_back(parsed.text, hit, other)]
    return max(first.start, hit.start - FAR), min([other.start for other in others] + [last])


def _points_back(text: str, hit: Hit, other: Hit) -> bool:
    """Whether the name of an injection only tells a moment of it: 'NRS prior to TPI 8, since TPI 2'."""
    return other.concept == hit.concept and bool(MOMENT_OF_IT.search(text, max(0, other.start - 24), other.start))


def _sided(parsed: Parsed, start: int, end: int) -> Iterator[Number]:
    """The numbers of a zone that have sides: those of the first score of before and all of after behind it."""
    text = parsed.text
    some = [
        one
        for one in numbers(text, start, end)
        if one.end <= end
        and _is_of_pain(parsed, start, one)
        and not is_supposed(text, _sentence(parsed, one), one.start)
    ]
    sides = _sides(text, start, end, some)
    befores = [side for side in sides if side.when == "before"]
    afters = [side for side in sides if side.when == "after"]
    if not befores or not afters or not _are_against(befores, afters):
        return
    for side in sides:
        if side.number.of == befores[0].number.of:
            yield replace(side.number, when=side.when)


def _are_against(befores: Sequence[_Side], afters: Sequence[_Side]) -> bool:
    """Whether two scores are told against each other: a moment is named, or tense and a clear drop do it."""
    if any(side.sure for side in (*befores, *afters)):
        return True
    one, other = befores[0].number, afters[0].number
    return one.start < other.start and other.high <= DROPPED * one.low


def _sentence(parsed: Parsed, number: Number) -> int:
    return parsed.sentence_at(number.start).start


def _sides(text: str, start: int, end: int, some: Sequence[Number]) -> list[_Side]:
    """The numbers that have a moment: told by their own clause, else led on to from a score of before."""
    bounds = [start, *(edge for one in some for edge in (one.start, one.end)), end]
    gaps = list(zip(bounds[::2], bounds[1::2], strict=True))
    found: list[_Side] = []
    led = True  # whether the words right before a number can be its own
    for index, number in enumerate(some):
        before, after = gaps[index], gaps[index + 1]
        if number.when:
            found.append(_Side(number, number.when, sure=False))
            led = True
            continue
        ahead, behind = _ahead(text, before, led), _behind(text, after, last=index + 1 == len(some))
        led = ahead in SURE
        said = _said(ahead, behind)
        known = any(side.when == "before" for side in found)
        if said and said[0] == "before" and not said[1] and known and _is_later(text, before, after):
            said = ("after", False)
        if said is None and index + 1 < len(some):
            said = _by_the_next(text, before, number, some[index + 1])
        if said is None and index and ARROW.fullmatch(text, *before):
            said = ("after", False)
        if said is None and known and _is_later(text, before, after):
            said = ("after", False)
        if said:
            found.append(_Side(number, *said))
    return found


def _said(ahead: str | None, behind: str | None) -> tuple[str, bool] | None:
    """The moment of a number, and whether it is told for sure: by the words before it, else by those behind."""
    for told_by in (ahead, behind):
        if told_by in SURE:
            return told_by, True
    if ahead == "onward":
        return "after", True
    return (WEAK[ahead], False) if ahead else (WEAK[behind], False) if behind == "is" else None


def _ahead(text: str, gap: tuple[int, int], led: bool) -> str | None:
    """The moment that the words before a number tell, from the last break on; without one they may be of another."""
    words = _words()
    breaks = list(BREAK.finditer(text, *gap))
    first = breaks[-1].end() if breaks else gap[0]
    lead = words.onward.search(text, first, gap[1])
    if not breaks and not led:
        return "onward" if lead else None
    named = [str(one.lastgroup) for one in words.moments.finditer(text, first, gap[1])]
    sure = [name for name in named if name in SURE] or list(_opening(text, gap, led))
    return sure[-1] if sure else "onward" if lead and not named else named[-1] if named else None


def _opening(text: str, gap: tuple[int, int], led: bool) -> Iterator[str]:
    """The moment with which the sentence of a number opens: 'With the leads in, leg pain was 3'."""
    stops = list(STOP.finditer(text, *gap))
    if not stops and not led:
        return
    first = stops[-1].end() if stops else gap[0]
    opens = _words().moments.search(text, first, min(first + OPENING, gap[1]))
    if opens and opens.lastgroup in SURE:
        yield str(opens.lastgroup)


def _behind(text: str, gap: tuple[int, int], *, last: bool) -> str | None:
    """The moment that the words behind a number tell, up to the first break, or the second where one comes at once."""
    breaks = list(BREAK.finditer(text, *gap))
    if breaks and not text[gap[0] : breaks[0].start()].strip() and (last or len(breaks) > 1):
        breaks = breaks[1:]
    end = breaks[0].start() if breaks else gap[1]
    told_by = _words().moments.search(text, gap[0], end)
    if told_by is None or (not breaks and not last and _words().onward.search(text, gap[0], end)):
        return None
    return str(told_by.lastgroup)


def _by_the_next(text: str, before: tuple[int, int], one: Number, other: Number) -> tuple[str, bool] | None:
    """The moment of a number that only stands against the next: '8 -> 1', '3 against 8 the week before'."""
    if AGAINST.fullmatch(text, one.end, other.start):
        return ("after", False)
    arrow = ARROW.fullmatch(text, one.end, other.start) and not ARROW.fullmatch(text, *before)
    return ("before", False) if arrow or _leads_down(text, before, one, other) else None


def _leads_down(text: str, before: tuple[int, int], one: Number, other: Number) -> bool:
    """Whether a number without moment is what the pain came down from: '7 at rest, down to 2 the next week'."""
    if other.high > DROPPED * one.low or PRESENT.search(text, max(before[0], one.start - 60), one.start):
        return False
    return bool(LED_DOWN.fullmatch(text, one.end, other.start))


def _is_later(text: str, before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether a time stands beside a number that goes on from a score of before: '2 at one month', '15 min: 1'."""
    breaks = list(BREAK.finditer(text, *before))
    first = breaks[-1].end() if breaks else before[0]
    stop = BREAK.search(text, *after)
    later = _words().later
    return bool(
        later.search(text, first, before[1]) or later.match(text, after[0] + 1, stop.start() if stop else after[1])
    )


def _is_of_pain(parsed: Parsed, start: int, number: Number) -> bool:
    """Whether the words before a number, read backwards, come to pain or its place before anything else."""
    text, words = parsed.text, _words()
    behind = WORD.match(text, number.end + 1) if text[number.end : number.end + 1] == " " else None
    if behind and not _may_stand(parsed, behind) and not words.moments.match(text, behind.start()):
        return False
    first = max(start, number.start - CLAUSE, parsed.sentence_at(number.start).start)
    for word in reversed(list(WORD.finditer(text, first, number.start))):
        name = word.group().lower()
        if name in words.other:
            return False
        if name in words.pain or _is_subject(parsed, word):
            return not _is_measured(text, first, word.start())
        if name not in words.plain and not words.moments.match(text, word.start()):
            return False
    return True


def _may_stand(parsed: Parsed, word: re.Match[str]) -> bool:
    words = _words()
    name = word.group().lower()
    return name not in words.other and (name in words.pain or name in words.plain or _is_subject(parsed, word))


def _is_subject(parsed: Parsed, word: re.Match[str]) -> bool:
    """Whether a word is part of the name of a region, of pain or of the treatment itself."""
    near = parsed.within(max(0, word.start() - 40), word.end() + 40, SUBJECTS)
    own = (hit for hit in near if hit.lexicon != "therapy" or hit.concept in GIVEN)
    return any(hit.start <= word.start() < hit.end for hit in own)


def _is_measured(text: str, first: int, subject: int) -> bool:
    """Whether another thing of the place is counted: 'range of motion of the neck', 'weakness of the leg'."""
    clause = max((stop.end() for stop in BREAK.finditer(text, first, subject)), default=first)
    return any(word.group().lower() in _words().other for word in WORD.finditer(text, clause, subject))


@cache
def _words() -> _Words:
    concepts = lexicon("score_moments").concepts
    kinds = {name: "|".join(concepts[name].extra["expressions"]) for name in concepts if name != "clause"}
    every = "|".join(rf"(?P<{name}>{kinds[name]})" for name in ("before", "after", "was", "is"))
    sets = {name: frozenset(str(words).lower().split()) for name, words in concepts["clause"].extra.items()}
    return _Words(
        compiled(rf"\b(?:{every})(?![A-Za-z])", re.I),
        compiled(rf"\b(?:{kinds['later']})(?![A-Za-z])", re.I),
        compiled(rf"\b(?:{kinds['onward']})\s(?:an?\s|about\s|only\s)*$", re.I),
        sets["pain"],
        sets["plain"],
        sets["other"],
    )
