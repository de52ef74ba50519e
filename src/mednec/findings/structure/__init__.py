"""A parsed document in, its treatments out, as its sentences, tables, forms and answered questions tell of them."""

from __future__ import annotations

from collections.abc import Iterator

from mednec.findings import therapy
from mednec.findings.parse import Parsed
from mednec.findings.structure.told import as_structured
from mednec.model import Finding


def find(parsed: Parsed) -> Iterator[Finding]:
    """Every treatment that a document tells of, with what stands about it in tables and fields."""
    yield from as_structured(parsed, therapy.find(parsed))
