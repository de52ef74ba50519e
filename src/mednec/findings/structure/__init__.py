"""A parsed document in, its treatments out, as its sentences, tables, forms and answered questions tell of them."""

from __future__ import annotations

from collections.abc import Iterator

from mednec.findings import scores, therapy
from mednec.findings.parse import Parsed
from mednec.findings.structure.grids import grids
from mednec.findings.structure.ratings import as_rated
from mednec.findings.structure.told import as_structured
from mednec.model import Finding


def find(parsed: Parsed) -> Iterator[Finding]:
    """Every treatment that a document tells of, with what stands about it in tables and fields."""
    yield from as_structured(parsed, therapy.find(parsed))


def rated(parsed: Parsed) -> Iterator[Finding]:
    """Every pain score that a document tells of, with those that only a field or a table gives."""
    yield from as_rated(parsed, scores.find(parsed), grids(parsed.text))
