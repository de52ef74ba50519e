"""Answers in, one answer out: the tables of every, some and not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from mednec.model import Answer, Finding, Status

_OPPOSITE = {Status.MET: Status.NOT_MET, Status.NOT_MET: Status.MET}


def every(answers: Sequence[Answer]) -> Answer:
    """One clear no sinks it; else a contradiction taints it; else a gap leaves it open; else yes."""
    refused, mixed, open_, _ = _sorted(answers)
    if refused:
        return _joined(refused, Status.NOT_MET, answers)
    if mixed:
        return _joined([answer for answer in answers if answer.yes or answer.no], Status.CONFLICTING, answers)
    if open_:
        return replace(_joined([], Status.INSUFFICIENT, answers), missing=_union(answer.missing for answer in open_))
    return _joined(answers, Status.MET, answers)


def some(answers: Sequence[Answer], count: int = 1) -> Answer:
    """`count` clear yeses carry it; else contradictions taint it; else a gap leaves it open; else no.

    What is missing is that of the candidates which lack the least: the smallest gap.
    """
    refused, mixed, open_, agreed = _sorted(answers)
    if len(agreed) >= count:
        return _joined(agreed, Status.MET, answers)
    if len(agreed) + len(mixed) >= count:
        return _joined([*agreed, *mixed], Status.CONFLICTING, answers)
    if refused and len(answers) - len(refused) < count:
        return _joined(refused, Status.NOT_MET, answers)
    nearest = sorted((answer for answer in open_ if answer.missing), key=lambda answer: len(answer.missing))
    missing = _union(answer.missing for answer in nearest[: max(count - len(agreed), 1)])
    return replace(_joined([], Status.INSUFFICIENT, answers), missing=missing)


def reverse(answer: Answer) -> Answer:
    """The same answer to the opposite question."""
    settled = _OPPOSITE.get(answer.settled, answer.settled) if answer.settled else None
    return replace(answer, yes=answer.no, no=answer.yes, settled=settled)


def opposed(answer: Answer, against: Answer) -> Answer:
    """The answer with what a second question brings up against it: its yeses join the noes."""
    if against.status not in (Status.MET, Status.CONFLICTING):
        return replace(answer, seen=joined([answer.seen, against.seen]))
    yes = answer.yes if answer.status in (Status.MET, Status.CONFLICTING) else ()
    return Answer(
        yes=yes,
        no=joined([answer.no, against.yes]),
        seen=joined([answer.seen, against.seen]),
        because=_union([against.because, answer.because if yes else ()]),
        settled=None if against.yes else Status.NOT_MET,
    )


def joined(parts: Iterable[Iterable[Finding]]) -> tuple[Finding, ...]:
    """All findings of the parts, each once, in order."""
    unique = {(f.document_id, f.start, f.end, f.kind, f.concept): f for f in chain.from_iterable(parts)}
    return tuple(unique.values())


def _sorted(answers: Sequence[Answer]) -> tuple[list[Answer], list[Answer], list[Answer], list[Answer]]:
    """The answers that say no, both, nothing, and yes."""
    piles: dict[Status, list[Answer]] = {status: [] for status in Status}
    for answer in answers:
        piles[answer.status].append(answer)
    return piles[Status.NOT_MET], piles[Status.CONFLICTING], piles[Status.INSUFFICIENT], piles[Status.MET]


def _joined(deciding: Sequence[Answer], status: Status, answers: Sequence[Answer]) -> Answer:
    """One answer of the given status that rests on the deciding ones and has seen them all."""
    answer = Answer(
        yes=joined(a.yes for a in deciding) if status is not Status.NOT_MET else (),
        no=joined(a.no for a in deciding) if status is not Status.MET else (),
        seen=joined(a.seen for a in answers),
        because=_union(a.because for a in deciding),
    )
    return answer if answer.status is status else replace(answer, settled=status)


def _union(parts: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(parts)))
