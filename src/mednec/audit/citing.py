"""The findings that decide in, the few most exact of them out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mednec.model import Criterion, Finding

MOST = 8
PER_DOCUMENT = 3


def cited(findings: Sequence[Finding], criterion: Criterion) -> tuple[Finding, ...]:
    """The findings to show for a criterion."""
    asked = {name for question in (criterion.needs, criterion.against, criterion.unless) for name in names(question)}
    return most_exact(findings, asked)


def most_exact(findings: Sequence[Finding], asked: Iterable[str], most: int = MOST) -> tuple[Finding, ...]:
    """The findings that state the most of what was asked, each quote once, spread over the documents."""
    wanted = frozenset(asked)
    ranked = sorted(findings, key=lambda f: (-len(wanted & f.attributes.keys()), -len(f.attributes), len(f.quote)))
    quotes: set[tuple[str, str]] = set()
    chosen: list[Finding] = []
    per_document: dict[str, int] = {}
    for finding in ranked:
        key = (finding.document_id, finding.quote)
        if key in quotes or per_document.get(finding.document_id, 0) >= PER_DOCUMENT or len(chosen) == most:
            continue
        quotes.add(key)
        per_document[finding.document_id] = per_document.get(finding.document_id, 0) + 1
        chosen.append(finding)
    return tuple(chosen)


def names(question: Mapping[str, Any] | None) -> Iterable[str]:
    """The attributes that a question asks about."""
    for name, part in (question or {}).items():
        yield name
        for inner in part if isinstance(part, list) else [part]:
            if isinstance(inner, Mapping):
                yield from names(inner)
