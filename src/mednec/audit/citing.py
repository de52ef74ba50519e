"""The findings that decide in, the few most exact of them out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from mednec.model import Criterion, Finding

MOST = 8
PER_DOCUMENT = 4


def cited(findings: Sequence[Finding], criterion: Criterion) -> tuple[Finding, ...]:
    """The findings to show for a criterion."""
    asked = {name for question in _questions(criterion) for name in names(question)}
    return most_exact(findings, asked)


def _questions(criterion: Criterion) -> tuple[Mapping[str, Any] | None, ...]:
    return criterion.needs, criterion.against, criterion.unless, criterion.excludes


def most_exact(findings: Sequence[Finding], asked: Iterable[str], most: int = MOST) -> tuple[Finding, ...]:
    """The findings that state the most of what was asked, each quote once, the best of every concept first."""
    wanted = frozenset(asked)
    places: dict[tuple[str, str], int] = {}
    for finding in findings:
        places.setdefault((finding.kind, finding.concept), len(places))
    turns: Counter[tuple[str, str]] = Counter()
    ranked = []
    for finding in sorted(findings, key=lambda f: _worth(f, wanted)):
        concept = (finding.kind, finding.concept)
        ranked.append((turns[concept], places[concept], finding))
        turns[concept] += 1
    in_turn = (finding for _, _, finding in sorted(ranked, key=lambda item: item[:2]))
    return tuple(islice(_spread(in_turn), most))


def opposed(yes: Sequence[Finding], no: Sequence[Finding]) -> tuple[Finding, Finding] | None:
    """The two findings that disagree most plainly: on one thing and in two documents, if such there are."""
    pairs = [(one, other) for other in no for one in yes]
    return min(pairs, key=_likeness, default=None)


def _likeness(pair: tuple[Finding, Finding]) -> tuple[bool, bool]:
    one, other = pair
    return ((one.kind, one.concept) != (other.kind, other.concept), one.document_id == other.document_id)


def _worth(finding: Finding, wanted: frozenset[str]) -> tuple[int, int, int, int, str, int]:
    """The place of a finding among its like: what it states, how recently, and in how few words."""
    recency = -finding.dated.toordinal() if finding.dated else 0
    stated = len(wanted & finding.attributes.keys())
    return (-stated, -len(finding.attributes), recency, len(finding.quote), finding.document_id, finding.start)


def _spread(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings without repeated quotes, and without more than a few of one document."""
    quotes: set[tuple[str, str]] = set()
    per_document: Counter[str] = Counter()
    for finding in findings:
        key = (finding.document_id, finding.quote)
        if key not in quotes and per_document[finding.document_id] < PER_DOCUMENT:
            quotes.add(key)
            per_document[finding.document_id] += 1
            yield finding


def names(question: Mapping[str, Any] | None) -> Iterable[str]:
    """The attributes that a question asks about."""
    for name, part in (question or {}).items():
        yield name
        for inner in part if isinstance(part, list) else [part]:
            if isinstance(inner, Mapping):
                yield from names(inner)
