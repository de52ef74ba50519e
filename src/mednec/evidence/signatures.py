"""Documents and signature attestations in, documents with their healed signatures out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from mednec.model import Document, SignatureState

WRITTEN = re.compile(r"\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})\b|\b(\d{4})-(\d{2})-(\d{2})\b")
TITLES = {"md", "do", "dr", "pa", "np", "pt", "dpt", "rn", "aprn", "dnp", "fnp", "bc", "ii", "iii", "jr", "sr"}


def healed(documents: Iterable[Document], chart: Iterable[Document]) -> list[Document]:
    """The documents, those signed whose missing signature their author attests to, by name and date of service."""
    attestations = [
        d for d in chart if d.type == "signature_attestation" and d.signature is not SignatureState.UNSIGNED
    ]
    return [
        replace(document, signature=SignatureState.SIGNED)
        if document.signature is SignatureState.UNSIGNED and any(_attests(paper, document) for paper in attestations)
        else document
        for document in documents
    ]


def _attests(paper: Document, document: Document) -> bool:
    if document.dated is None or document.dated not in set(_days(paper)):
        return False
    names = _surnames(document.author)
    words = set(re.findall(r"[^\W\d_]+", f"{paper.text} {paper.author or ''}".lower()))
    return not names or bool(names & words)


def _surnames(author: str | None) -> set[str]:
    """The words of an author's name that tell people apart: not initials, not titles."""
    words = re.findall(r"[^\W\d_]+", (author or "").lower())
    kept = [word for word in words if len(word) > 2 and word not in TITLES]
    return set(kept[:1] if author and "," in author.split()[0] else kept[-1:])


def _days(paper: Document) -> Iterable[date]:
    """Every day that the attestation names, and its own date of service."""
    if paper.dated:
        yield paper.dated
    for match in WRITTEN.finditer(paper.text):
        month, day, year, iso_year, iso_month, iso_day = match.groups()
        try:
            yield (
                date(int(iso_year), int(iso_month), int(iso_day))
                if iso_year
                else date(_century(year), int(month), int(day))
            )
        except ValueError:
            continue


def _century(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)
