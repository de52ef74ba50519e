"""A therapist's own records: visits told without the name of the therapy, and the dates of flowsheet rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from mednec.findings.parse import Parsed
from mednec.findings.therapy_mentions import Mention, Setting

VISITS = re.compile(r"^[ \t]*(?P<visits>(?:attended\s+)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?\s+(?:total\s+)?visits?\b[^.;,:(\n]{0,24})", re.I | re.M)
AFTER_LABEL = re.compile(r"(?:D/C|discharge|summary)[^\n]{0,20}?:\s*(?P<visits>\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?\s+visits?\b(?:\s*/\s*[\d+]+\s*wks?)?)", re.I)
PLANNED_IN_RECORD = re.compile(r"\bHEP (?:issued|upgraded?|upd\w*|given|provided|instructed)", re.I)
FULL_DATE = re.compile(r"\d{1,2}[/-]\d{1,2}[/-]\d{2,4}|\d{4}-\d\d-\d\d")


def visits_told(parsed: Parsed, found: list[Mention], where: Setting) -> Iterator[Mention]:
    """The mentions, and in a therapist's record the counted visits where no therapy is named beside them."""
    if not where.record:
        yield from found
        return
    spans = [match.span("visits") for pattern in (VISITS, AFTER_LABEL) for match in pattern.finditer(parsed.text)]
    visits = [Mention(start, end, "physical_therapy", "record", "active") for start, end in spans]
    free = [visit for visit in visits if not any(visit.start < other.end and other.start < visit.end for other in found)]
    yield from sorted([*found, *free], key=lambda mention: (mention.start, mention.end))


def visit_dates(parsed: Parsed, mention: Mention, where: Setting) -> dict[str, Any]:
    """The date of a flowsheet row or daily note, where it stands there with its year."""
    entry = parsed.entry_at(mention.start)
    if not where.record or entry is None or not FULL_DATE.search(parsed.text, entry.start, min(entry.end, entry.start + 60)):
        return {}
    return {"started": entry.dated.isoformat(), "ended": entry.dated.isoformat()}


def is_issued(text: str, mention: Mention) -> bool:
    """Whether a home program is handed out here."""
    return bool(PLANNED_IN_RECORD.match(text, mention.start))
