"""A finding and what else is told of it in, the finding that says so out, with a quote that holds the words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mednec.findings.parse import Parsed
from mednec.model import Finding

HAD = ("past", "current")
NAMING = ("agent", "region", "levels", "side")  # what holds of a treatment that was not had
DAYS = ("started", "ended")


def amended(parsed: Parsed, finding: Finding, told: Mapping[str, Any], quote: tuple[int, int]) -> Finding:
    """The finding with what is told: days that are told take the place of all that sentences gave."""
    kept = dict(finding.attributes)
    if any(name in told for name in DAYS):
        kept = {name: value for name, value in kept.items() if name not in DAYS}
    if told.get("status", "past") not in HAD:
        kept = {name: value for name, value in kept.items() if name in NAMING}
    attributes = {name: value for name, value in {**kept, **told}.items() if value is not None}
    whole = min(quote[0], finding.quote_start), max(quote[1], finding.quote_end)
    new = parsed.document.finding("therapy", finding.concept, finding.start, finding.end, quote=whole, **attributes)
    return replace(new, dated=finding.dated)


def made(
    parsed: Parsed, concept: str, mention: tuple[int, int], quote: tuple[int, int], told: Mapping[str, Any]
) -> Finding:
    """A finding of a treatment that no sentence told of."""
    return parsed.dated(parsed.document.finding("therapy", concept, *mention, quote=quote, **told))
