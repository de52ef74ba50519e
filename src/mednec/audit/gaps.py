"""A criterion that is not met in, the least set of facts out that, told in the record, would decide it.

A fact is one attribute of one thing: of a piece of evidence that the chart holds, or of one that it does not hold yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations
from typing import Any, TypeAlias

from mednec.audit import calendar
from mednec.audit.questions import PATTERN_WORDS, ask, states
from mednec.audit.selection import ORDER, Asked, Candidate, select
from mednec.model import Answer, Criterion, Evidence, Status

DATE, RECORD = "date", "record"
SAME = {
    **dict.fromkeys(("within", "after", ORDER, "recent", "days_before", "age_days"), DATE),
    "relief_basis": "relief_percent",
}  # what one fact answers
UPGRADED = {"relief_basis": "stated"}  # what a more exact fact would replace: scores stand above a bare percentage
COMPARED = ("recent", "prefer", "about")  # conditions that a new record of the present meets by itself
DECIDED = (Status.MET, Status.EXEMPT, Status.NOT_APPLICABLE)
MOST = 40  # alternatives that are kept while questions are joined, the smallest


@dataclass(frozen=True, slots=True)
class MissingFact:
    """An attribute that is not told: of the evidence numbered `piece`, or of the `number`-th new thing."""

    kind: str
    concepts: tuple[str, ...]
    attribute: str
    piece: int | None = None
    number: int = 0


Facts: TypeAlias = frozenset[MissingFact]
Ways: TypeAlias = tuple[Facts, ...]  # sets of facts each of which would do; none where nothing would

NOTHING_MISSING: Ways = (frozenset(),)


def smallest_gap(criterion: Criterion, status: Status, asked: Asked) -> Facts:
    """The fewest facts that would have a criterion met, or else waived; none where no fact can do it."""
    if status in DECIDED:
        return frozenset()
    barred = criterion.excludes is not None and ask(criterion.excludes, asked).status is Status.MET
    spoken = criterion.against is not None and _speaks(ask(criterion.against, asked))
    ways = () if barred or spoken else affirmed(criterion.needs, asked)
    if not ways and criterion.unless is not None:
        ways = affirmed(criterion.unless, asked)
    return ways[0] if ways else frozenset()


def affirmed(question: Mapping[str, Any], asked: Asked) -> Ways:
    """The sets of facts that would have a question answered yes, the smallest first."""
    if ask(question, asked).status is Status.MET:
        return NOTHING_MISSING
    if "unread" in question:
        return ()  # no fact of a chart tells what the policy says
    if "all" in question:
        return _together([affirmed(part, asked) for part in question["all"]])
    if "any" in question:
        return _either(affirmed(part, asked) for part in question["any"])
    if "of" in question:
        return _some_of([affirmed(part, asked) for part in question["of"]], question["at_least"])
    if "not" in question:
        return refuted(question["not"], asked)
    if "request" in question:
        return _of_request(question["request"], asked)
    return _affirmed_pattern(question, asked)


def refuted(question: Mapping[str, Any], asked: Asked) -> Ways:
    """The sets of facts that would have a question answered no, the smallest first."""
    answer = ask(question, asked)
    if answer.status is Status.NOT_MET:
        return NOTHING_MISSING
    if "all" in question:
        return _either(refuted(part, asked) for part in question["all"])
    if "any" in question:
        return _refuted_any(question["any"], asked)
    if "not" in question:
        return affirmed(question["not"], asked)
    if "of" in question or "request" in question or "unread" in question or "at_most" in question or _speaks(answer):
        return ()
    return _refuted_pattern(question, asked)


def _speaks(answer: Answer) -> bool:
    return answer.status in (Status.MET, Status.CONFLICTING)


def _refuted_any(parts: Sequence[Mapping[str, Any]], asked: Asked) -> Ways:
    """Every alternative of which something is said has to be answered no; the others give way to one that is."""
    answers = [(part, ask(part, asked)) for part in parts]
    told = [part for part, answer in answers if answer.status is not Status.INSUFFICIENT or answer.seen]
    ways = [refuted(part, asked) for part in told or parts]
    return _together(ways) if told else _either(ways)


def _of_request(tests: Mapping[str, Any], asked: Asked) -> Ways:
    answer = ask({"request": tests}, asked)
    if answer.status is Status.NOT_MET:
        return ()
    names = (missing.removesuffix(" of the request") for missing in answer.missing)
    return (frozenset(MissingFact("request", ("request",), name) for name in names),)


def _affirmed_pattern(pattern: Mapping[str, Any], asked: Asked) -> Ways:
    candidates = _candidates(pattern, asked)
    if "at_most" in pattern:
        return _within_limit(pattern, candidates, asked)
    tests = _tests(pattern)
    lacking = [(c, _lacking(c, tests, asked)) for c in candidates]
    sure = [ways for c, ways in lacking if c.sure and c.evidence.distinct]
    if pattern.get("each") and sure:
        return _together(sure)
    wanted = pattern.get("count", 1)
    countable = [ways for c, ways in lacking if wanted == 1 or c.evidence.distinct]
    new = [(_new(pattern, tests, number),) for number in range(wanted)]
    return _some_of([*countable, *new], wanted)


def _candidates(pattern: Mapping[str, Any], asked: Asked) -> list[Candidate]:
    """What a pattern is about, or would be about if one fact of it were told more exactly."""
    kind, spec = next(iter(pattern.items()))
    found = select(kind, spec, pattern, asked)
    where = pattern.get("where", {})
    vague = {name: value for name, value in UPGRADED.items() if name in where}
    if not vague:
        return found
    looser = {**pattern, "where": {name: test for name, test in where.items() if name not in vague}}
    known = {id(candidate.evidence.findings) for candidate in found}
    others = (c for c in select(kind, spec, looser, asked) if id(c.evidence.findings) not in known)
    able = (c for c in others if all(c.evidence.value(name) == value for name, value in vague.items()))
    return [*found, *(Candidate(c.evidence, (*c.open, *vague)) for c in able)]


def _tests(pattern: Mapping[str, Any]) -> dict[str, Any]:
    return {name: test for name, test in list(pattern.items())[1:] if name not in PATTERN_WORDS}


def _lacking(candidate: Candidate, tests: Mapping[str, Any], asked: Asked) -> Ways:
    """What a piece of evidence lacks to say yes; no way where it says no to something."""
    piece, names = candidate.evidence, list(candidate.open)
    exact = {SAME[name] for name in UPGRADED if name in names}
    for name, test in tests.items():
        if name in exact:
            continue  # a more exact telling of it is asked for already
        status = states(piece, name, test, asked).status
        if status in (Status.NOT_MET, Status.CONFLICTING):
            return ()
        if status is Status.INSUFFICIENT:
            names.append(name)
    return (_facts_of(piece, names, asked),)


def _new(pattern: Mapping[str, Any], tests: Iterable[str], number: int) -> Facts:
    """What would have to be told of something that the chart does not hold."""
    kind, spec = next(iter(pattern.items()))
    names = [RECORD, *(name for name in pattern.get("where", {}) if name not in COMPARED), *tests]
    concepts = (spec,) if isinstance(spec, str) else tuple(spec)
    return frozenset(MissingFact(kind, concepts, SAME.get(name, name), None, number) for name in names)


def _facts_of(piece: Evidence, names: Iterable[str], asked: Asked) -> Facts:
    place = next(n for n, one in enumerate(asked.evidence) if one.findings is piece.findings)
    return frozenset(MissingFact(piece.kind, (piece.concept,), SAME.get(name, name), place) for name in names)


def _within_limit(pattern: Mapping[str, Any], candidates: Sequence[Candidate], asked: Asked) -> Ways:
    """The open facts of the fewest sessions that, were they told not to count, would leave a limit kept."""
    sure: set[Any] = set()
    perhaps: dict[Any, Candidate] = {}
    for candidate in candidates:
        day = calendar.day(candidate.evidence, asked.request.dated)
        if day == asked.request.dated or not candidate.evidence.distinct:
            continue
        place = day or id(candidate.evidence)
        if candidate.sure:
            sure.add(place)
        else:
            perhaps[place] = candidate
    open_ = [candidate for place, candidate in perhaps.items() if place not in sure]
    excess = len(sure) + 1 + len(open_) - pattern["at_most"]
    if not 0 < excess <= len(open_):
        return ()
    return (frozenset().union(*(_facts_of(c.evidence, c.open[:1], asked) for c in open_[:excess])),)


def _refuted_pattern(pattern: Mapping[str, Any], asked: Asked) -> Ways:
    """A fact of each candidate that is open, and one candidate at least that clearly says no."""
    tests = _tests(pattern)
    told = [(c, _told(c, tests, asked)) for c in _candidates(pattern, asked)]
    if not tests or any(c.sure and status in (Status.MET, Status.CONFLICTING) for c, status in told):
        return ()
    first = next(iter(tests))
    refusing = any(c.sure and status is Status.NOT_MET for c, status in told)
    open_ = [c for c, status in told if status is not Status.NOT_MET]
    dropped = [(_facts_of(c.evidence, (*c.open, first)[:1], asked),) for c in open_]
    if refusing or any(c.sure for c in open_):
        return _together(dropped)
    failing = [_facts_of(c.evidence, (*c.open, first), asked) for c in open_]
    instead = [_together([*dropped[:n], (facts,), *dropped[n + 1 :]]) for n, facts in enumerate(failing)]
    return _either([*instead, _together([*dropped, (_new(pattern, [first], 0),)])])


def _told(candidate: Candidate, tests: Mapping[str, Any], asked: Asked) -> Status:
    """The answer of a candidate to the tests: one clear no, else a contradiction, else a gap, else yes."""
    results = {states(candidate.evidence, name, test, asked).status for name, test in tests.items()}
    order = (Status.NOT_MET, Status.CONFLICTING, Status.INSUFFICIENT)
    return next((status for status in order if status in results), Status.MET)


def _either(ways: Iterable[Ways]) -> Ways:
    """The ways of all alternatives."""
    return _pruned(way for alternative in ways for way in alternative)


def _together(parts: Sequence[Ways]) -> Ways:
    """The ways to have all parts at once; what two of them ask of one thing is asked once."""
    return reduce(lambda one, other: _pruned(a | b for a in one for b in other), parts, NOTHING_MISSING)


def _some_of(parts: Sequence[Ways], wanted: int) -> Ways:
    """The ways to have so many of the parts."""
    possible = sorted((part for part in parts if part), key=lambda part: len(part[0]))[: wanted + 4]
    return _either(_together(chosen) for chosen in combinations(possible, wanted))


def _pruned(ways: Iterable[Facts]) -> Ways:
    """The ways, smallest first, without those that ask more than another; of equals the first."""
    kept: list[Facts] = []
    for way in sorted(dict.fromkeys(ways), key=len):
        if not any(smaller <= way for smaller in kept) and len(kept) < MOST:
            kept.append(way)
    return tuple(kept)
