"""A second place that is injected in one session, in plain words: a parsed document in, what tells of it out.

'The needle was then redirected to the SI joint', 'both on 6/9', 'the trigger points get needled in the same sitting':
two targets of different families are named of one session, by a joint, by a word for 'at once', or by one day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from mednec.expressions.needs import Needing, needing
from mednec.expressions.patterns import compiled
from mednec.findings import dates
from mednec.findings.diagnosis.window import window
from mednec.findings.parse import Parsed
from mednec.findings.statement.families import FAMILIES
from mednec.findings.statement.phrases import Phrase
from mednec.findings.terms import Hit
from mednec.vocabulary import lexicon

CONCEPT = "other_block_same_session"
SILENT = ("prior_treatment", "past_surgical", "past_medical", "history", "family_history", "education", "imaging")
ENDS = compiled(r";|\n[ \t]*(?:[-*\u2022]|\d{1,2}[.)])\s|\s\(?\d\)\s|\n[ \t]*\n")
MANNER = compiled(r"intra-?\s?articular", re.I)  # how, not where: 'sacroiliac joint injection, intra-articular'
ANSWER = 30  # characters behind a clause in which a wish is answered: 'asked for the hip too; I did it'
WHOLE = len("2026-06-09")
BACK = 3  # clauses back in which the first target may stand
NEAR = 48  # characters around a target in which it is said to be injected
JOINT = 70  # characters between two targets that are joined


@dataclass(frozen=True, slots=True)
class _Target:
    """A place that is injected: where it is named, its family, whether an injection is named, no place alone."""

    start: int
    end: int
    family: str
    named: bool


@dataclass(frozen=True, slots=True)
class _Clause:
    """A stretch of a sentence with its targets and the days that it names, as MM-DD."""

    start: int
    end: int
    targets: tuple[_Target, ...]
    days: frozenset[str]


def told_of_a_second(parsed: Parsed) -> Iterator[Phrase]:
    """Each clause that gives a second target to the session of a first."""
    places = _places(parsed)
    if len({place.family for place in places}) < 2:
        return
    earlier: list[_Clause] = []
    for clause in _clauses(parsed, places):
        if clause.targets and not _is_elsewhere(parsed, clause):
            mark = _joined(parsed, clause) or _after(parsed, clause, earlier[-BACK:])
            if mark:
                yield Phrase(CONCEPT, "affirmed", mark.start, mark.end, window(parsed, mark.start, mark.end))
        earlier.append(clause)


def left_open(parsed: Parsed) -> Iterator[_Target]:
    """Each second place that is said to be injected, and of which no word puts it into the session or apart from it."""
    places = _places(parsed)
    if len({place.family for place in places}) < 2:
        return
    named: set[str] = set()
    days: frozenset[str] = frozenset()
    for clause in _clauses(parsed, places):
        if not clause.targets or _is_elsewhere(parsed, clause):
            continue
        if _words("put_off").search(parsed.text, clause.start, clause.end):
            continue
        for target in clause.targets:
            injected = target.named or _is_injected(parsed, clause, target) or _has_a_dose(parsed, clause, target)
            if injected and named - {target.family} and (not clause.days or clause.days & days):
                yield target
        named |= {target.family for target in clause.targets if target.named}
        days |= clause.days


def _has_a_dose(parsed: Parsed, clause: _Clause, target: _Target) -> bool:
    """Whether an amount stands beside a place that is not said to ail: 'left SI joint 1 mL'."""
    first, last = max(clause.start, target.start - NEAR), min(clause.end, target.end + NEAR)
    return not _words("ailing").match(parsed.text, target.end, last) and bool(
        _words("amount").search(parsed.text, first, last)
    )


def _places(parsed: Parsed) -> list[_Target]:
    """What injections and places of the body are named, in order; a place within an injection's name is that one's."""
    named = [
        _Target(hit.start, hit.end, FAMILIES[hit.concept], not ails(parsed, hit))
        for hit in parsed.of("therapy")
        if hit.concept in FAMILIES and not (hit.concept == "joint_injection" and MANNER.fullmatch(hit.term))
    ]
    named += [
        _Target(hit.start, hit.end, "block", True)
        for hit in parsed.of("therapy")
        if hit.concept == "injection_unspecified" and hit.term.startswith("nerve block")
    ]
    taken = [(target.start, target.end) for target in named]
    if not named:
        return []
    parts = (
        _Target(match.start(), match.end(), str(match.lastgroup), False)
        for match in _parts().finditer(parsed.text, 0, len(parsed.text))
        if not any(start < match.end() and match.start() < end for start, end in taken)
    )
    return sorted((*named, *parts), key=lambda target: target.start)


def ails(parsed: Parsed, hit: Hit) -> bool:
    """Whether what names an injection is a place alone, and is only said to ail: 'the SI joint is tender'."""
    alone = _place().fullmatch(parsed.text, hit.start, hit.end)
    return bool(alone and _words("ailing").match(parsed.text, hit.end))


def _clauses(parsed: Parsed, places: Sequence[_Target]) -> Iterator[_Clause]:
    for sentence in parsed.sentences:
        marks = [mark.end() for mark in ENDS.finditer(parsed.text, sentence.start, sentence.end)]
        for start, end in zip([sentence.start, *marks], [*marks, sentence.end], strict=True):
            inside = tuple(place for place in places if start <= place.start < end)
            days = _days(parsed, start, end) if inside else frozenset()
            yield _Clause(start, end, inside, days)


def _days(parsed: Parsed, start: int, end: int) -> frozenset[str]:
    """The days that a clause names, without that on which the document was written."""
    found = dates.periods(parsed.text, start, end, anchor=parsed.document.dated)
    return frozenset(one.first[5:] for one in found if one.first and len(one.first) == WHOLE)


def _is_elsewhere(parsed: Parsed, clause: _Clause) -> bool:
    """Whether a clause denies, puts off, supposes or tells of the past."""
    text = _words("as_before").sub(lambda told: " " * len(told[0]), parsed.text[clause.start : clause.end])
    silent = parsed.section_at(clause.start).name in SILENT
    if silent or _words("bygone").search(text):
        return True
    answered = text + parsed.text[clause.end : clause.end + ANSWER]
    apart = _words("apart").search(answered)
    return apart is not None and apart.start() < len(text)


def _joined(parsed: Parsed, clause: _Clause) -> _Target | None:
    """The second of two targets that a clause joins, where it is of one day, done, or says that both go together."""
    text = parsed.text
    for first, second in zip(clause.targets, clause.targets[1:], strict=False):
        between = text[first.end : second.start]
        if first.family == second.family or len(between) > JOINT or not _words("joined").search(between):
            continue
        if not (first.named or _is_injected(parsed, clause, first)) and not _words("together").search(
            text, clause.start, clause.end
        ):
            continue
        if not second.named and _words("ailing").match(text, second.end, clause.end):
            continue
        if _is_one_session(parsed, clause, between):
            return second
    return None


def _is_one_session(parsed: Parsed, clause: _Clause, between: str) -> bool:
    text = parsed.text
    at_once = _words("at_once").search(text, clause.start, clause.end) or _words("together").search(
        text, clause.start, clause.end
    )
    if at_once or _words("follows").search(between):
        return True
    ahead = clause.days - _own_day(parsed)
    done = _words("carried_out").search(text, clause.start, clause.end)
    return len(ahead) == 1 or bool(done and not ahead)


def _after(parsed: Parsed, clause: _Clause, earlier: Sequence[_Clause]) -> _Target | None:
    """The target of a clause that is given to the session of one of the clauses before it."""
    context = [one for one in earlier if one.targets and not _is_elsewhere(parsed, one)]
    for before in reversed(context):
        named = {one.family for one in before.targets if one.named or _is_injected(parsed, before, one)}
        for target in clause.targets:
            if not named or target.family in named:
                continue
            if not target.named and not _is_injected(parsed, clause, target):
                continue
            if _goes_with(parsed, clause, before, target):
                return target
    return None


def _goes_with(parsed: Parsed, clause: _Clause, before: _Clause, target: _Target) -> bool:
    text = parsed.text
    if _words("at_once").search(text, clause.start, clause.end):
        return True
    if (clause.days or before.days) and (clause.days & before.days) - _own_day(parsed):
        return True
    sentence = parsed.sentence_at(clause.start)
    beside = sentence == parsed.sentence_at(before.start)
    if beside and _words("headed").search(text, sentence.start, before.end) and not clause.days - before.days:
        return True
    if clause.days:
        return False
    first, last = max(clause.start, target.start - NEAR), min(clause.end, target.end + NEAR)
    return bool(_words("went_on").search(text, first, last))


def _own_day(parsed: Parsed) -> set[str]:
    """The day on which the document was written: it says nothing of when what it plans is done."""
    own = parsed.document.dated
    return {f"{own:%m-%d}"} if own else set()


def _is_injected(parsed: Parsed, clause: _Clause, target: _Target) -> bool:
    """Whether a place that is named is said to be injected, and is not said to ail."""
    first, last = max(clause.start, target.start - NEAR), min(clause.end, target.end + NEAR)
    if _words("ailing").match(parsed.text, target.end, last):
        return False
    behind, ahead = (
        _words("injected").search(parsed.text, target.end, last),
        _words("injecting").search(parsed.text, first, target.start),
    )
    return bool(behind or ahead)


@cache
def _words(name: str) -> re.Pattern[str]:
    return compiled(lexicon("statement").concepts[CONCEPT].extra["second"][name], re.I)


@cache
def _place() -> re.Pattern[str]:
    """A place by itself, which some injections are called by: 'the SI joint on 6/9'."""
    places = lexicon("statement").concepts[CONCEPT].extra["places"]
    return compiled("|".join(words for family, words in places.items() if family != "epidural"), re.I)


@cache
def _parts() -> Needing | re.Pattern[str]:
    parts = lexicon("statement").concepts[CONCEPT].extra["places"]
    return needing("|".join(rf"(?P<{family}>\b(?:{words})\b)" for family, words in parts.items()), re.I)
