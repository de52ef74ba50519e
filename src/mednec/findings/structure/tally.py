"""A therapist's record in, its course out as its tally tells: 'Scheduled: 12   Attended: 11'."""

from __future__ import annotations

import re
from typing import Any

from mednec.findings import dates
from mednec.findings.parse import Parsed
from mednec.findings.patterns import compiled
from mednec.findings.structure.amending import HAD, amended, made
from mednec.model import Finding

N = r"[ \t]*[:=][ \t]*(?P<n>\d{1,3})\b(?![/.-]\d)"
UNITS = r"(?:visits?|sessions?|appointments?|appts?|treatments?)"
ATTENDED = compiled(
    rf"(?:^|[ \t]{{2}}|[|;,(])[ \t]*(?P<label>(?:(?:total|number of|no\. of|#)[ \t]+)?(?:{UNITS}[ \t]+)?"
    rf"(?:attended|kept|completed|seen)(?:[ \t]+{UNITS})?){N}",
    re.I | re.M,
)
SCHEDULED = compiled(
    rf"\b(?:scheduled|ordered|authori[sz]ed|prescribed|booked|offered|planned)(?:[ \t]+{UNITS})?{N}", re.I
)
SPAN = compiled(
    r"(?:^|[ \t]{2}|[|;,(])[ \t]*(?:period|dates?(?: of (?:service|care|treatment|therapy))?|episode(?: of care)?|from"
    r"|treatment dates?)[ \t]*:[ \t]*",
    re.I | re.M,
)


def tallied(parsed: Parsed, found: list[Finding]) -> list[Finding]:
    """The findings; the course of a therapist's record with the visits that its tally counts."""
    if not parsed.document.type.startswith("therapy_") or (kept := ATTENDED.search(parsed.text)) is None:
        return found
    told, quote = _told(parsed, kept)
    course = next((f for f in found if f.concept == "physical_therapy" and f.get("status") in HAD), None)
    if course is None:
        return [*found, made(parsed, "physical_therapy", kept.span("label"), quote, told)]
    return [amended(parsed, f, told, quote) if f is course else f for f in found]


def _told(parsed: Parsed, kept: re.Match[str]) -> tuple[dict[str, Any], tuple[int, int]]:
    """What the tally says, and the words that say it."""
    text, count = parsed.text, int(kept["n"])
    if not count:
        return {"status": "not_tried"}, kept.span()
    told: dict[str, Any] = {"status": "past", "sessions": count}
    first, last = kept.start("label"), kept.end()
    scheduled = SCHEDULED.search(text, max(0, kept.start() - 200), kept.end() + 200)
    if scheduled and 2 * count < int(scheduled["n"]):
        told["adherence"] = "nonadherent"
    span = SPAN.search(text, max(0, kept.start() - 400), kept.end() + 400)
    period = next(iter(dates.periods(text, span.end(), span.end() + 40)), None) if span else None
    if period and period.first and period.last and period.first != period.last:
        told |= {"started": period.first, "ended": period.last}
        first, last = min(first, period.start), max(last, period.end)
    return told, (first, last)
