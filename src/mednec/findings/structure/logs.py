"""A log of visits or of exercises at home in, the course out that its kept days show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mednec.expressions.patterns import compiled
from mednec.findings import dates, regions
from mednec.findings.parse import Parsed
from mednec.findings.structure.amending import HAD, amended, made
from mednec.findings.structure.grids import Grid
from mednec.findings.structure.words import expression
from mednec.model import Finding

DAY = (
    r"(?:\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?|\d{4}-\d\d-\d\d"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?[ ]\d{1,2}(?![\d/]))"
)
COUNTED = r"(?:(?:week|wk|visit|session|tx|treatment|appt|day)[ ]?#?[ ]?\d{1,2}|#\d{1,2})"
ENTRY = compiled(
    rf"(?<![\w/.-])(?:(?P<counted>{COUNTED})(?:[ \t]*[(:,-]?[ \t]*(?P<own>{DAY})\)?)?|(?P<day>{DAY}))"
    r"[ \t]*[:|=.\u2013-]*[ \t]*(?:(?:visit|session|#|tx)?[ \t]?#?\d{1,2}[ \t]*[|:][ \t]*)?"
    r"(?P<said>[^\n;,]*?)(?=[ \t]*(?:[;,\n]|$|(?<=\s)(?:\d{1,2}/\d{1,2}|(?:week|wk|visit|session)[ ]?\d)))",
    re.I,
)
LEGEND = compiled(
    r"(?<![\w/])(?P<code>[A-Z][A-Za-z/]{0,3}|[\u2713\u2714\u2717xX+-])[ ]?=[ ]?(?P<meant>[a-z][a-z -]{2,24})"
)
LONGEST_TITLE = 80  # a title is shorter than a line of prose that speaks of a log
VISITS = (
    "office_visit",
    "consultation",
    "history_and_physical",
    "hospital_record",
    "procedure_note",
)  # tell, and log nothing
APART = 240  # characters that may stand between two entries of a log
LEAST = 3  # entries that make a log
HEAD, LONGEST = 1500, 20_000  # characters in which a log is titled, and of a document that may be one
SCORED = compiled(r"(?:(?:pain|NP?RS|VAS|leg|back|neck)\b[ \w]{0,12}[:=]?[ ]?)?\d{1,2}(?:/10)?\s*$", re.I)
DATED = compiled(rf"[ \t|]*{DAY}", re.I)
WEEK = compiled(r"week|wk", re.I)
TITLE_ENDS = compiled(rf":|{DAY}", re.I)


@dataclass(frozen=True, slots=True)
class Entry:
    """A visit or a week of a log: where it stands, its day as written, whether it was kept, whether it is a week."""

    start: int
    end: int
    day: tuple[int, int] | None
    kept: bool
    week: bool = False


@dataclass(frozen=True, slots=True)
class Log:
    """The entries of a log in order."""

    entries: tuple[Entry, ...]

    @property
    def start(self) -> int:
        """Where the first entry begins."""
        return self.entries[0].start

    @property
    def end(self) -> int:
        """Where the last entry ends."""
        return self.entries[-1].end

    def holds(self, finding: Finding) -> bool:
        """Whether a finding stands within an entry, so that it only counts that visit."""
        return any(entry.start <= finding.start < entry.end for entry in self.entries)


def log_of(parsed: Parsed, tables: Sequence[Grid]) -> Log | None:
    """The log that a document holds: lines or items with a day or number each, and a code for whether it was kept."""
    if not _is_titled(parsed):
        return None
    found = sorted([*_listed(parsed.text), *_tabled(parsed.text, tables)], key=lambda entry: entry.start)
    longest = max(_runs(found), key=len, default=[])
    return Log(tuple(longest)) if len(longest) >= LEAST else None


def _runs(found: list[Entry]) -> Iterator[list[Entry]]:
    """The entries in stretches that nothing longer than a remark parts: days named far apart in a note are no log."""
    run: list[Entry] = []
    for entry in found:
        if run and entry.start - run[-1].end > APART:
            yield run
            run = []
        run.append(entry)
    yield run


def _is_titled(parsed: Parsed) -> bool:
    """Whether a therapist wrote the document, or a line near its head names a treatment and a log."""
    if parsed.document.type.startswith("therapy_"):
        return True
    if parsed.document.type in VISITS:
        return False
    last = -1
    for hit in parsed.within(0, HEAD, "therapy"):
        if hit.start < last:
            continue
        first, last = parsed.text.rfind("\n", 0, hit.start) + 1, parsed.text.find("\n", hit.end)
        opened = TITLE_ENDS.search(parsed.text, first, last)
        title = opened.start() if opened else last
        if 0 < title - first <= LONGEST_TITLE and expression("log_title").search(parsed.text, first, title):
            return True
    return False


def _listed(text: str) -> Iterator[Entry]:
    """The entries that stand in lines or one behind the other."""
    meant = _legend(text)
    scored = expression("log_title").search(text, 0, HEAD) is not None
    for match in ENTRY.finditer(text):
        said = match["said"].strip(" \t|:()")
        coded = meant.get(said.split()[0].rstrip(".,;:")) if said else None
        kept = _state(said) if coded is None else coded
        if kept is None and scored and SCORED.match(said):
            kept = True
        if kept is not None:
            name = "day" if match["day"] else "own"
            week = bool(match["counted"] and WEEK.match(match["counted"]))
            yield Entry(match.start(), match.end(), match.span(name) if match[name] else None, kept, week)


def _tabled(text: str, tables: Sequence[Grid]) -> Iterator[Entry]:
    """The rows of a table that has a column for whether the visit was kept."""
    meant = _legend(text)
    for grid in tables:
        for row in grid.rows:
            cell, day = row.under.get("kept"), row.under.get("dates") or row.first
            if cell is None or not DATED.match(text, day.start, day.end):
                continue
            said = text[cell.start : cell.end].strip()
            kept = meant.get(said, _state(said)) if said else None
            if kept is not None:
                yield Entry(row.start, row.end, (day.start, day.end), kept)


def _legend(text: str) -> Mapping[str, bool]:
    """What the codes mean that a key explains."""
    told = {match["code"]: _state(match["meant"]) for match in LEGEND.finditer(text)}
    return {code: kept for code, kept in told.items() if kept is not None}


def _state(said: str) -> bool | None:
    """Whether an entry says that the day was kept; None where it says neither."""
    if expression("stayed_away").match(said):
        return False
    return True if expression("came").match(said) else None


def logged(parsed: Parsed, found: list[Finding], tables: Sequence[Grid]) -> list[Finding]:
    """The findings; the treatment that a log is of with the visits that it shows."""
    log = log_of(parsed, tables) if len(parsed.text) < LONGEST else None
    if log is None:
        return found
    told, quote = _course(parsed, log), (log.start, log.end)
    title = next((f for f in found if f.start < log.start and f.get("status") in (*HAD, "planned")), None)
    kept = [f for f in found if f is not title and not log.holds(f)]
    if title:
        return [amended(parsed, title, told, quote), *kept]
    if any(f.start < log.start for f in found):
        return found
    mention = (log.start, log.entries[0].end)
    told = {name: value for name, value in told.items() if value is not None}
    return [made(parsed, "physical_therapy", mention, quote, told | _region(parsed, log)), *kept]


def _region(parsed: Parsed, log: Log) -> dict[str, Any]:
    named = regions.regions_in(parsed, 0, log.start)
    return {"region": regions.one_or_list(named)} if named else {}


def _course(parsed: Parsed, log: Log) -> dict[str, Any]:
    """What the kept entries come to: none at all is no therapy."""
    kept = [entry for entry in log.entries if entry.kept]
    if not kept:
        return {"status": "not_tried"}
    told: dict[str, Any] = {"status": "past"}
    days = sorted(day for entry in kept if (day := _day(parsed, entry)))
    if all(entry.week for entry in kept):
        told |= {"duration_days": 7 * len(kept), "started": None, "ended": None}
    else:
        told["sessions"] = len(kept)
        if len(days) > 1:
            told |= {"started": days[0].isoformat(), "ended": days[-1].isoformat()}
    if len(log.entries) > 2 * len(kept):
        told["adherence"] = "nonadherent"
    return told


def _day(parsed: Parsed, entry: Entry) -> date | None:
    if not entry.day:
        return None
    found = dates.periods(parsed.text, *entry.day, anchor=parsed.document.dated)
    day = found[0].first or found[0].last if found else None
    return date.fromisoformat(day) if day and len(day) == len("2026-01-01") else None
