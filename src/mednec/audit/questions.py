"""A question of a policy and the evidence in, an answer out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations, pairwise, permutations
from operator import itemgetter
from typing import Any

from mednec.audit import answers, calendar, requested, wording
from mednec.audit.conditions import passes, spans
from mednec.audit.selection import ORDER, Asked, Candidate, fits, gap, holds, select
from mednec.model import Answer, Evidence, Fact, Finding, Interval, Status

JOINING = ("all", "any", "not", "of", "request")
IN_A_YEAR = re.compile(
    r"\b(?:12|twelve)[- ]months?\b|\b(?:past|last|this|calendar|one) year\b|\bper year\b", re.IGNORECASE
)
TOLD_BESIDE = {"relief_percent": "relief_stated"}  # what a chart tells in words of what it also measures
PATTERN_WORDS = ("where", "except", "sure", "count", "each", "at_most", "apart")


def ask(question: Mapping[str, Any], asked: Asked) -> Answer:
    """Put a question to the evidence; `all`, `any`, `not` and `of` join questions."""
    if "all" in question:
        return answers.every([ask(part, asked) for part in question["all"]])
    if "any" in question:
        return _any_of([ask(part, asked) for part in question["any"]])
    if "not" in question:
        return answers.reverse(ask(question["not"], asked))
    if "of" in question:
        return answers.some([ask(part, asked) for part in question["of"]], question["at_least"])
    if "unread" in question:  # a part of the policy that nobody read decides nothing, and stays open
        return Answer(missing=(question["unread"],))
    if "request" in question:
        return _of_request(question["request"], asked)
    return look_for(question, asked)


def _any_of(parts: list[Answer]) -> Answer:
    """Some of the alternatives; one of which nothing is said gives way to one that is clearly answered no."""
    told = [answer for answer in parts if answer.status is not Status.INSUFFICIENT or answer.seen]
    return answers.some(told if any(answer.status is Status.NOT_MET for answer in told) else parts)


def look_for(pattern: Mapping[str, Any], asked: Asked) -> Answer:
    """Put a pattern to each piece of evidence that it is about."""
    kind, spec = next(iter(pattern.items()))
    candidates = [c for c in select(kind, spec, pattern, asked) if c.sure or not pattern.get("sure")]
    if "at_most" in pattern:
        return _limited(candidates, pattern["at_most"], asked, _denials(kind, spec, asked), _counted(kind, spec, asked))
    if not candidates:
        return Answer(missing=(wording.unrecorded(kind, spec),))
    tests = {name: test for name, test in list(pattern.items())[1:] if name not in PATTERN_WORDS}
    if any(ORDER in candidate.open for candidate in candidates):
        return _whichever([(c, _told(c.evidence, tests, asked)) for c in candidates])
    judged = [(c, verdict) for c in candidates if (verdict := _judge(c, tests, asked)) is not None]
    if pattern.get("each"):
        return _each(judged)
    count = pattern.get("count", 1)
    if count > 1:
        judged = [
            (c, answer if c.evidence.distinct else replace(answer, yes=(), no=(), settled=None)) for c, answer in judged
        ]
    answer = answers.some([answer for _, answer in judged], count)
    if "apart" in pattern and answer.status is Status.MET:
        return _apart(answer, judged, count, pattern["apart"], asked)
    return answer


def states(piece: Evidence, name: str, test: Any, asked: Asked) -> Answer:
    """Which findings state that an attribute passes a test, and which that it fails it."""
    if name in ("days_before", "age_days") and name not in piece.facts:
        return _dated(piece, name, test, asked)
    if name == "duration_days" and name not in piece.facts and (ran := _between(piece)):
        return _ran(piece, name, test, ran)
    if name == "side" and test == "requested" and asked.request.side is None:
        return Answer(settled=Status.MET, seen=piece.findings)  # what has no side is asked for on none
    if test == "unknown":
        told = answers.joined(fact.findings for fact in piece.facts.get(name, ()))
        return Answer(no=told, seen=piece.findings) if told else Answer(settled=Status.MET, seen=piece.findings)
    results = [(fact, _fits_all(piece, name, fact, test, asked)) for fact in piece.facts.get(name, ())]
    passed = [fact for fact, result in results if result is True]
    failed = [fact for fact, result in results if result is False]
    belied = _belied(piece, name, test, asked) if passed and not failed else []
    return Answer(
        yes=answers.joined([*(fact.findings for fact in passed), _agreeing(piece, name, test, asked)])
        if passed
        else (),
        no=answers.joined(fact.findings for fact in (*failed, *belied)),
        seen=piece.findings,
        missing=() if passed or failed else (f"{wording.phrase(name)} of {wording.named(piece)}",),
        because=(
            *_because(piece, name, test, [*((fact, True) for fact in passed), *((fact, False) for fact in failed)]),
            *_because(piece, TOLD_BESIDE.get(name, name), test, [(fact, False) for fact in belied]),
        ),
    )


def _belied(piece: Evidence, name: str, test: Any, asked: Asked) -> list[Fact]:
    """What is told in words beside what was measured, and would not pass."""
    told = piece.facts.get(TOLD_BESIDE.get(name, ""), ())
    return [fact for fact in told if fits(name, fact.value, test, asked) is False]


def _because(piece: Evidence, name: str, test: Any, facts: Iterable[tuple[Fact, bool]]) -> Iterator[str]:
    named = wording.named(piece)
    yield from (f"{named}: {wording.stated(name, fact.value, test, passed=passed)}" for fact, passed in facts)


def _fits_all(piece: Evidence, name: str, fact: Fact, test: Any, asked: Asked) -> bool | None:
    """Whether a fact passes; a duration since a vague day ('since 2025') only where its whole span passes or fails."""
    result = fits(name, fact.value, test, asked)
    if name == "days" and piece.facts.get("open") and result is (str(test).split()[:2] == ["at", "most"]):
        return None  # it may be longer
    if name != "days" or not all(finding.get("onset") for finding in fact.findings):
        return result
    whole = (fits(name, most.value, test, asked) for most in piece.facts.get("longest", ()))
    return result if all(other is result for other in whole) else None


def _agreeing(piece: Evidence, name: str, test: Any, asked: Asked) -> list[Finding]:
    """The other findings of a piece of evidence that state the same by themselves."""
    told = ((finding, finding.get(name)) for finding in piece.findings)
    return [finding for finding, value in told if value is not None and fits(name, value, test, asked)]


def _judge(candidate: Candidate, tests: Mapping[str, Any], asked: Asked) -> Answer | None:
    """What one candidate answers; where it is not sure to be meant, it says neither yes nor no.

    None where it would fail if it were meant: so it does not matter whether it is.
    """
    piece = candidate.evidence
    told = _told(piece, tests, asked)
    if candidate.sure:
        return told
    if told.status is Status.MET and (denied := _denied(candidate)):
        return replace(told, no=denied)  # one document tells of it, and another denies it
    if told.status is Status.NOT_MET:
        return None
    if told.status is Status.CONFLICTING:
        return Answer(seen=piece.findings)
    return Answer(seen=piece.findings, missing=(*gap(candidate).missing, *told.missing))


def _told(piece: Evidence, tests: Mapping[str, Any], asked: Asked) -> Answer:
    """What a piece of evidence answers to the tests of a pattern."""
    return answers.every([states(piece, name, test, asked) for name, test in tests.items()]) if tests else _plain(piece)


def _whichever(told: list[tuple[Candidate, Answer]]) -> Answer:
    """The answer where any of several may be the latest: that which all of them give, else none."""
    statuses = {answer.status for _, answer in told}
    given = [answer for _, answer in told]
    meant = any(set(candidate.open) <= {ORDER} for candidate, _ in told)
    if meant and len(statuses) == 1 and statuses <= {Status.MET, Status.NOT_MET, Status.CONFLICTING}:
        return answers.every(given)
    missing = (m for candidate, answer in told for m in (*gap(candidate).missing, *answer.missing))
    return Answer(seen=answers.joined(answer.seen for answer in given), missing=tuple(dict.fromkeys(missing)))


def _denied(candidate: Candidate) -> tuple[Finding, ...]:
    """What denies a treatment that others tell of, where nothing but that is open."""
    facts = candidate.evidence.facts.get("status", ())
    if candidate.open != ("status",) or len(facts) < 2:
        return ()
    return answers.joined(fact.findings for fact in facts if fact.value == "not_tried")


def _plain(piece: Evidence) -> Answer:
    return Answer(yes=piece.findings, seen=piece.findings, because=(wording.in_state(piece),))


def _dated(piece: Evidence, name: str, test: Any, asked: Asked) -> Answer:
    """A test of how many days before the request something was."""
    span = calendar.days_before(piece, asked.request.dated)
    result = None if span is None else spans(*span, test)
    if span is None or result is None:
        return Answer(seen=piece.findings, missing=(f"{wording.phrase(name)} of {wording.named(piece)}",))
    because = (f"{wording.named(piece)}: {span[0]} days before the request ({'' if result else 'not '}{test})",)
    yes, no = (piece.findings, ()) if result else ((), piece.findings)
    return Answer(yes=yes, no=no, seen=piece.findings, because=because)


def _between(piece: Evidence) -> tuple[int, int] | None:
    """The fewest and the most days that a course can have run whose first or last day is known to the month only."""
    if piece.start is None or piece.end is None:
        return None
    fewest, most = (piece.end.first - piece.start.last).days, (piece.end.last - piece.start.first).days
    vague = piece.start.first != piece.start.last or piece.end.first != piece.end.last
    return (fewest, most) if vague and fewest > 0 else None


def _ran(piece: Evidence, name: str, test: Any, ran: tuple[int, int]) -> Answer:
    """A test of how long a course ran: it passes or fails only where every day that its months may mean does."""
    result = spans(*ran, test)
    if result is None:
        return Answer(seen=piece.findings, missing=(f"{wording.phrase(name)} of {wording.named(piece)}",))
    because = (f"{wording.named(piece)}: {ran[0]} to {ran[1]} days ({'' if result else 'not '}{test})",)
    yes, no = (piece.findings, ()) if result else ((), piece.findings)
    return Answer(yes=yes, no=no, seen=piece.findings, because=because)


def _each(judged: list[tuple[Candidate, Answer]]) -> Answer:
    """Every candidate that is surely meant has to pass; what may be a retelling of another need not."""
    sure = [answer for candidate, answer in judged if candidate.sure and candidate.evidence.distinct]
    return answers.every(sure) if sure else answers.some([answer for _, answer in judged])


def _apart(answer: Answer, judged: list[tuple[Candidate, Answer]], count: int, least: str, asked: Asked) -> Answer:
    """Whether so many of those that pass lie so far from one another, whatever the open dates may be."""
    passed = [c for c, verdict in judged if verdict.status is Status.MET]
    others = [c for c, verdict in judged if verdict.status is Status.INSUFFICIENT and c.evidence.distinct]
    sure = [day for c in passed if (day := calendar.when(c.evidence, asked.request.dated))]
    perhaps = [calendar.when(c.evidence, asked.request.dated) for c in (*passed, *others)]
    if any(_surely_apart(chosen, least) for chosen in combinations(sure, count)):
        return answer
    if any(_perhaps_apart(chosen, least) for chosen in combinations(perhaps, count)):
        return Answer(seen=answer.seen, missing=("the dates of the sessions",))
    told = " and ".join(sorted(day.first.isoformat() for day in sure if day.first == day.last))
    return Answer(no=answer.yes, seen=answer.seen, because=(f"sessions on {told} (not {least} days apart)",))


def _surely_apart(days: tuple[Interval, ...], test: str) -> bool:
    """Whether the days lie apart even where each comes as near to the next as it can."""
    ordered = sorted(days, key=lambda day: (day.first, day.last))
    return all(passes((after.first - before.last).days, test) for before, after in pairwise(ordered))


def _perhaps_apart(days: tuple[Interval | None, ...], test: str) -> bool:
    """Whether the days can lie apart: in some order each far enough from the next."""
    if None in days:
        return True
    known = [day for day in days if day]
    return any(
        all(passes((after.last - before.first).days, test) for before, after in pairwise(order))
        for order in permutations(known)
    )


def _denials(kind: str, spec: Any, asked: Asked) -> tuple[Finding, ...]:
    """What states that there was none, in the requested region or in any."""
    pieces = (p for p in asked.by_kind.get(kind, ()) if p.concept in asked.concepts(kind, spec))
    denied = (p for p in pieces if p.value("status") == "not_tried")
    return answers.joined(p.findings for p in denied if holds(p, "region", "requested", asked) is not False)


def _counted(kind: str, spec: Any, asked: Asked) -> tuple[int, tuple[Finding, ...]]:
    """The highest number that a sentence gives a session within a year: 'the fifth epidural in 12 months'."""
    pieces = (p for p in asked.by_kind.get(kind, ()) if p.concept in asked.concepts(kind, spec))
    here = (p for p in pieces if holds(p, "region", "requested", asked) is not False)
    told = [
        (int(f.get("ordinal")) + (f.get("status") != "planned"), (f,))
        for piece in here
        for f in piece.findings
        if f.get("ordinal") and IN_A_YEAR.search(f.quote)
    ]
    return max(told, key=itemgetter(0), default=(0, ()))


def _limited(
    candidates: list[Candidate],
    most: int,
    asked: Asked,
    denials: tuple[Finding, ...],
    counted: tuple[int, tuple[Finding, ...]],
) -> Answer:
    """Whether the sessions, the requested one counted in, stay within a limit, whatever the open dates may be."""
    sure: dict[Any, tuple[Finding, ...]] = {}
    open_: dict[Any, int] = {}
    for candidate in candidates:
        piece = candidate.evidence
        day = calendar.day(piece, asked.request.dated)
        if day == asked.request.dated or not piece.distinct:
            continue
        number = 1 if day else max(int(piece.value("sessions", 1)), 1)
        if candidate.sure:
            sure.update({day or (id(piece), index): piece.findings for index in range(number)})
        else:
            open_[day or id(piece)] = number
    perhaps = sum(number for place, number in open_.items() if place not in sure)
    findings = answers.joined(sure.values())
    because = (f"{len(sure)} earlier and the requested session ({most} allowed)",)
    seen = answers.joined(c.evidence.findings for c in candidates)
    if len(sure) + 1 > most:
        return Answer(no=findings, seen=seen, because=because)
    number, told = counted
    if number > most:
        return Answer(seen=answers.joined([told, seen]), missing=("the dates of the earlier sessions",))
    if len(sure) + 1 + perhaps <= most:
        yes = findings or denials
        return Answer(yes=yes, seen=seen, because=because, settled=None if yes else Status.MET)
    missing = tuple(dict.fromkeys(m for c in candidates if not c.sure for m in gap(c).missing))
    return Answer(seen=seen, missing=missing or ("the dates of the earlier sessions",))


def _of_request(tests: Mapping[str, Any], asked: Asked) -> Answer:
    """Put tests to the request itself."""
    known = requested.fields(asked.request)
    results = {name: None if known[name] is None else passes(known[name], test) for name, test in tests.items()}
    because = tuple(f"the request: {name} {wording.in_words(known[name])}" for name in tests if known[name] is not None)
    if any(result is False for result in results.values()):
        return Answer(settled=Status.NOT_MET, because=because)
    missing = tuple(f"{name} of the request" for name, result in results.items() if result is None)
    return Answer(settled=None if missing else Status.MET, missing=missing, because=because)
