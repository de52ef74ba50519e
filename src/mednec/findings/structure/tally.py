"""A therapist's record in, its course out as its tally tells: 'Scheduled: 12   Attended: 11'."""

from __future__ import annotations

import re
from typing import Any

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled
from mednec.findings import dates
from mednec.findings.parse import Parsed
from mednec.findings.structure.amending import HAD, amended, made
from mednec.model import Finding

N = r"[ \t]*[:=][ \t]*(?P<n>\d{1,3})\b(?![/.-]\d)"
UNITS = r"(?:visits?|sessions?|appointments?|appts?|treatments?)"
ATTENDED = compiled(
    rf"(?:^|[ \t]{{2}}|[|;,(])[ \t]*(?P<label>(?:(?:total|number of|no\. of|#)[ \t]+)?(?:{UNITS}[ \t]+)?"
    rf"(?:attended|kept|completed|seen)(?:[ \t]+{UNITS})?){N}"
    r"|\b(?P<label2>scheduled|booked|ordered)[ \t]+(?P<of2>\d{1,2})(?: visits)?,?[ \t]+(?:and[ \t]+)?"
    r"(?:attended|kept|came to|completed)[ \t]+(?P<n2>\d{1,2})\b"
    rf"|\b(?P<label3>{UNITS})[ \t]*:[ \t]*(?P<n3>\d{{1,2}})[ \t]?(?:/|of|out of)[ \t]?(?P<of3>\d{{1,2}})\b(?!/)"
    rf"|\b(?P<label4>total {UNITS})[ \t]*:?[ \t]*(?P<of4>\d{{1,2}})[ \t]*"
    r"\((?P<n4>\d{1,2})[ \t]+(?:kept|attended|completed)\)",
    re.I | re.M,
)
COUNTS = needing(r"\b(?:attended|kept|completed|seen|came to|(?:visits?|sessions?|appointments?|appts?)[ \t]*:)", re.I)
OF = compiled(r"[ \t]*(?:/|of|out of)[ \t]*(?P<n>\d{1,3})\b", re.I)
BEGAN = compiled(
    r"\b(?:eval(?:uation)?|IE|SOC|start(?: of care)?|(?:first|initial) visit|began|begun|started)"
    r"(?: date)?[ \t]*:?[ \t]*(?:on )?(?=\d)",
    re.I,
)
OVER = compiled(
    r"\b(?:d/?c(?:'?d)?|discharged?|(?:last|final) visit|ended|closed)(?: date)?[ \t]*:?[ \t]*(?:on )?(?=\d)", re.I
)
NEAR = 160  # characters behind the name of the therapy in which its tally stands
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
    kept = _tally(parsed)
    if kept is None:
        return found
    told, quote = _told(parsed, kept)
    course = next((f for f in found if f.concept == "physical_therapy" and f.get("status") in (*HAD, "planned")), None)
    if course is None:
        label = next(name for name in ("label", "label2", "label3", "label4") if kept[name])
        return [*found, made(parsed, "physical_therapy", kept.span(label), quote, told)]
    return [amended(parsed, f, told, quote) if f is course else f for f in found]


def _tally(parsed: Parsed) -> re.Match[str] | None:
    """The tally of a therapist's record, or one that stands shortly behind the name of the therapy in its paragraph."""
    if parsed.document.type.startswith("therapy_"):
        return ATTENDED.search(parsed.text)
    done = 0
    for hit in parsed.of("therapy"):
        last = hit.end + NEAR
        if hit.concept != "physical_therapy" or last < done or not COUNTS.search(parsed.text, hit.end, last):
            continue
        done = last
        kept = ATTENDED.search(parsed.text, hit.end, last)
        if kept and "\n\n" not in parsed.text[hit.end : kept.start()]:
            return kept
    return None


def _told(parsed: Parsed, kept: re.Match[str]) -> tuple[dict[str, Any], tuple[int, int]]:
    """What the tally says, and the words that say it."""
    text, which = parsed.text, next(name for name in ("", "2", "3", "4") if kept[f"n{name}"])
    count = int(kept[f"n{which}"])
    if not count:
        return {"status": "not_tried"}, kept.span()
    told: dict[str, Any] = {"status": "past", "sessions": count}
    first, last = kept.start(f"label{which}"), kept.end()
    scheduled = SCHEDULED.search(text, max(0, kept.start() - 200), kept.end() + 200)
    of = OF.match(text, kept.end())
    most = int(kept[f"of{which}"] if which else of["n"] if of else scheduled["n"] if scheduled else 0)
    if 2 * count < most:
        told["adherence"] = "nonadherent"
    span = SPAN.search(text, max(0, kept.start() - 400), kept.end() + 400)
    period = next(iter(dates.periods(text, span.end(), span.end() + 40)), None) if span else None
    if period and period.first and period.last and period.first != period.last:
        return told | {"started": period.first, "ended": period.last}, (min(first, period.start), max(last, period.end))
    days = [_day(text, label, kept) for label in (BEGAN, OVER)]
    if days[0] and days[1]:
        told |= {"started": days[0].first, "ended": days[1].last}
        first, last = min(first, days[0].start), max(last, days[1].end)
    return told, (first, last)


def _day(text: str, label: re.Pattern[str], kept: re.Match[str]) -> dates.Period | None:
    """The day behind a label that stands near a tally."""
    found = label.search(text, max(0, kept.start() - 200), kept.end() + 200)
    return next(iter(dates.periods(text, found.end(), found.end() + 24)), None) if found else None
