"""A criterion in, the words of the chart out that touch on it and that no reader understood.

A limit that silence keeps is not kept where the chart is not silent (`lexicons/hint.yaml`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from mednec.audit import wording
from mednec.audit.answers import joined
from mednec.audit.questions import ask
from mednec.audit.selection import Asked, select
from mednec.model import Answer, Criterion, Evidence, Status
from mednec.vocabulary import lexicon

KIND = "hint"
SESSIONS = "sessions"  # what a limit on a number of sessions asks of
PARTS = ("all", "any", "of")
WHERE: Mapping[str, Mapping[str, str]] = {
    "session": {"about": "request"},
    "condition": {"within": "12 months"},
    "count": {"within": "12 months"},
}


def left_open(criterion: Criterion, silent: Sequence[Mapping[str, Any]], asked: Asked) -> Answer | None:
    """What is open about the questions of a criterion that silence answers, because of words that nobody understood.

    None where no such words stand.
    """
    asked_of = _asked_of(silent, asked)
    told = []
    for name, touches in _hints():
        if touches & asked_of:
            candidates = select(KIND, name, {"where": _where(name)}, asked)
            pieces = [c.evidence for c in candidates if not _is_harmless(c.evidence, criterion, asked)]
            told += [(name, piece.findings) for piece in pieces]
    if not told:
        return None
    missing = dict.fromkeys(f"{wording.label(KIND, name)}, which the chart only touches on" for name, _ in told)
    return Answer(seen=joined(findings for _, findings in told), missing=tuple(missing))


def kept_by_silence(criterion: Criterion, asked: Asked) -> list[Mapping[str, Any]]:
    """The questions of a criterion that is met by which silence is still taken for an answer.

    A number of sessions may be larger than what is told of them, and what is ruled out may be said in other words; that
    a steroid is injected does not tell that nothing else is.
    """
    questions = [criterion.needs] if any("at_most" in pattern for pattern in _patterns(criterion.needs)) else []
    if criterion.excludes is not None:
        answer = ask(criterion.excludes, asked)
        open_ = answer.status is Status.INSUFFICIENT and not answer.seen
        if open_ or any("technique" in pattern for pattern in _patterns(criterion.excludes)):
            questions.append(criterion.excludes)
    return questions


def _is_harmless(piece: Evidence, criterion: Criterion, asked: Asked) -> bool:
    """Whether words are of the requested injection itself, or tell of no more sessions than are allowed."""
    allowed = min((p["at_most"] for p in _patterns(criterion.needs) if "at_most" in p), default=0)
    return piece.value("family") in _own_families(asked) or 0 < piece.value("number", 0) <= allowed


def _own_families(asked: Asked) -> set[str]:
    """The families of injections that the requested one belongs to."""
    families = lexicon("statement").concepts["other_block_same_session"].extra["families"]
    return {families[concept] for concept in asked.concepts("therapy", "requested") if concept in families}


def _where(name: str) -> dict[str, str]:
    traits = lexicon(KIND).concepts[name].extra
    within = {"within": traits["within"]} if "within" in traits else {}
    return {**WHERE[traits["of"]], **within}


def _asked_of(questions: Iterable[Mapping[str, Any]], asked: Asked) -> frozenset[str]:
    """What questions ask of, as 'kind.concept'."""
    names: set[str] = set()
    for question in questions:
        for pattern in _patterns(question):
            kind, spec = next(iter(pattern.items()))
            names |= {f"{kind}.{concept}" for concept in asked.concepts(kind, spec)}
            names |= {SESSIONS} if "at_most" in pattern else set()
    return frozenset(names)


def _patterns(question: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The patterns of a question, however it is joined."""
    for name in PARTS:
        for part in question.get(name, ()):
            yield from _patterns(part)
    if "not" in question:
        yield from _patterns(question["not"])
    elif question and not any(name in question for name in (*PARTS, "request", "unread")):
        yield question


@cache
def _hints() -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((c.name, frozenset(c.extra["touches"])) for c in lexicon(KIND).concepts.values())
