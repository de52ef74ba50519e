"""A row of a table of treatments in, what its cells say of the treatment out."""

from __future__ import annotations

import re
from typing import Any

from mednec.expressions.patterns import compiled
from mednec.findings import dates, quantities, regions
from mednec.findings.parse import Parsed
from mednec.findings.structure.grids import Row, says
from mednec.findings.structure.words import expression, is_blank, verdict, yes_or_no

NUMBER = compiled(r"\d{1,3}")
UNKEPT = compiled(
    r"\b(?:poor|partial|non-?(?:compliant|adherent)|rare(?:ly)?|seldom|irregular|sporadic|low|minimal)\b", re.I
)
MARKS = ("tried", "current", "planned", "refused", "kept")
FACTORS = {"w": 7, "m": 30}
TELLING = ("result", "helped", "failed")


def told_by(parsed: Parsed, row: Row) -> dict[str, Any] | None:
    """The attributes that the cells of a row give; None where the row leaves open whether anything was done."""
    text = parsed.text
    response = next((v for name in TELLING if (v := _verdict(text, row, name))), None)
    when = _when(parsed, row)
    status = _status(parsed, row, response, when)
    if status is None:
        return None
    told: dict[str, Any] = {"status": status, **_region(parsed, row)}
    if status in ("past", "current"):
        told |= {"response": response, **when, **_size(text, row)}
        if (kept := row.under.get("kept")) and UNKEPT.search(text, kept.start, kept.end):
            told["adherence"] = "nonadherent"
    return told


def _words(text: str, row: Row, name: str) -> str:
    cell = row.under.get(name)
    return text[cell.start : cell.end].strip() if cell else ""


def _verdict(text: str, row: Row, name: str) -> str | None:
    words = _words(text, row, name)
    return verdict(words, name) if words else None


def _status(parsed: Parsed, row: Row, response: str | None, when: dict[str, Any]) -> str | None:
    """Whether the treatment was had, goes on, is planned or was not had; None where no cell tells."""
    text, line = parsed.text, parsed.text[row.first.end : row.end]
    ticked = {name for name in MARKS if _is_marked(_words(text, row, name))}
    if _is_denied(text, row) or expression("not_done").search(line) or "refused" in ticked - {"tried"}:
        return "not_tried"
    if expression("to_come").search(line) and not response:
        return "planned"
    written = parsed.dated_at(row.start)
    if written and when.get("started", "") > written.isoformat():
        return "planned"
    if "planned" in ticked and not ticked & {"tried", "current"} and not when:
        return "planned"
    if ticked & {"tried", "kept"} or response or "ended" in when:
        return "past"
    if "current" in ticked or "started" in when or _words(text, row, "count"):
        return "current" if "current" in ticked else "past"
    return None


def _is_marked(words: str) -> bool:
    return bool(words) and not is_blank(words) and yes_or_no(words) is not False


def _is_denied(text: str, row: Row) -> bool:
    """Whether the cell that asks whether it was tried, or how often it was attended, says no."""
    asked = [_words(text, row, name) for name in ("tried", "kept")]
    count = says(text, row.under["count"]) if "count" in row.under else ""
    return any(words and yes_or_no(words) is False for words in asked) or count.split("/")[0].strip() in ("0", "none")


def _region(parsed: Parsed, row: Row) -> dict[str, Any]:
    cell = row.under.get("region") or (row.first if "region" in row.heads and "subject" in row.under else None)
    named = regions.regions_in(parsed, cell.start, cell.end) if cell else ()
    return {"region": regions.one_or_list(named)} if named else {}


def _when(parsed: Parsed, row: Row) -> dict[str, Any]:
    """The days on which it began and ended."""
    text, anchor, told = parsed.text, parsed.document.dated, {}
    for name, key in (("start", "started"), ("end", "ended")):
        if cell := row.under.get(name):
            found = dates.periods(text, cell.start, cell.end, anchor=anchor)
            if found and (day := found[0].first or found[0].last):
                told[key] = day
    if "dates" in row.under or ("dates" in row.heads and row.first.end):
        cell = row.under.get("dates") or row.first
        found = dates.periods(text, cell.start, cell.end, anchor=anchor)
        if found and "started" not in told:
            told |= {key: day for key, day in (("started", found[0].first), ("ended", found[0].last)) if day}
    return told


def _size(text: str, row: Row) -> dict[str, Any]:
    """How long and how often."""
    told: dict[str, Any] = {}
    if cell := row.under.get("length"):
        spans = quantities.durations(text, cell.start, cell.end)
        number = NUMBER.fullmatch(_words(text, row, "length"))
        unit = re.search(r"\b(w(?:ee)?k|month|mo)", row.heads["length"], re.I)
        if spans:
            told["duration_days"] = spans[0].value
        elif number and unit:
            told["duration_days"] = int(number[0]) * FACTORS[unit[1][0].lower()]
    if (cell := row.under.get("count")) and (number := NUMBER.match(says(text, cell))):
        told["sessions"] = int(number[0])
    return told
