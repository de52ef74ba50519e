"""A therapist's record whose entries say which is the first and which the last in, the course between them out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from mednec.expressions.patterns import compiled
from mednec.findings import dates, regions
from mednec.findings.parse import Parsed
from mednec.findings.structure.amending import made
from mednec.findings.structure.logs import DAY
from mednec.findings.structure.words import Verdict, expression, verdict
from mednec.model import Finding

LEAST, MOST = timedelta(days=7), timedelta(days=730)  # what is shorter is one visit, what is longer two episodes
SPARSE = 12  # days to a visit at most, if the visits are to make a course
REACH = 500  # characters behind the last entry in which it sums up
TO_ITS_MARK = 28  # characters between the day of a line and the word that says which entry it is
SIGNED = compiled(r"\be-?/?s(?:ign\w*)?\b|\bsigned\b|/s/|\b(?:PTA?|DPT|OTR?)\b(?:[ /,-]|$)", re.I)
CLAUSE = compiled(r"[.;,\n]")
SCORE = compiled(r"\b(?P<scale>NPRS|NRS|VAS|pain)\b[^\d\n.;]{0,16}(?P<n>10|\d)(?:\s?/\s?10)?(?![\d/%-]|\.\d)", re.I)
SOME, HALF = 0.7, 0.5  # what is left of the pain, where the course did nothing that counts, or did not do much
COUNT = compiled(
    r"\b(?P<kept>\d{1,3})\s*(?:(?:of|/)\s*(?P<planned>\d{1,3})\s*)?(?:total\s+)?(?:visits?|sessions|attended|kept|treatments)\b"
    r"|\b(?:kept|attended|visits?|v)\s?#?:?\s?(?P<told>\d{1,3})(?!\d|[/-]\d)(?:\s*(?:of|/)\s*(?P<out_of>\d{1,3}))?\b|\((?P<bare>\d{1,2})\)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Entry:
    """The entry that a word marks as the first or the last: where its day and the word stand, and the day."""

    start: int
    end: int
    day: date


def between(parsed: Parsed, found: list[Finding]) -> Iterator[Finding]:
    """The findings, and the course of a therapist's record that its first and last entry bound, where none tells it."""
    yield from found
    if not parsed.document.type.startswith("therapy_") or any(map(_is_told, found)):
        return
    first, last = _entries(parsed, "first_entry"), _entries(parsed, "last_entry")
    if len({one.day for one in first}) != 1 or not last:
        return
    begun, ended = first[0], max(last, key=lambda one: (one.day, one.start))
    words = parsed.text[ended.start : _close(parsed.text, ended.end)]
    if expression("stayed_off").search(words) or _is_sparse(words, ended.day - begun.day):
        return  # the day of a letter to who stayed away is none of treatment
    if LEAST <= ended.day - begun.day <= MOST and "chiropract" not in parsed.text[:300].lower():
        mention, quote = _places(parsed, begun, ended)
        yield made(parsed, "physical_therapy", mention, quote, _told(parsed, begun, ended))


def _is_told(finding: Finding) -> bool:
    """Whether a finding tells of the whole course already: from when to when, and with what effect."""
    course = finding.concept == "physical_therapy" and None not in (finding.get("started"), finding.get("ended"))
    return course and finding.get("started") != finding.get("ended") and finding.get("response") is not None


def _is_sparse(words: str, span: timedelta) -> bool:
    """Whether so few visits are counted that they fill no course between the two days."""
    count = COUNT.search(words)
    kept = count and (count["kept"] or count["told"] or count["bare"])
    return bool(kept) and int(str(kept)) * SPARSE < span.days


@cache
def _marked(name: str) -> re.Pattern[str]:
    """A day with the word for the first or the last entry beside it, at the start of a line or behind a wide gap."""
    word = expression(name).pattern
    return compiled(
        rf"(?:^|[ \t]{{2,}}|[.;|][ \t])[ \t]*(?:(?P<day>{DAY})(?:[^\n]{{0,{TO_ITS_MARK}}}?[^\n\w-])(?:{word})(?![\w-])"
        rf"|(?:{word})[ \t]*(?:date|on)?[ \t]*[:|-]?[ \t]*(?P<then>{DAY}))",
        re.I | re.M,
    )


def _entries(parsed: Parsed, name: str) -> list[_Entry]:
    """The entries that a word marks, with their days; one whose year is not known is left out."""
    found = []
    for match in _marked(name).finditer(parsed.text):
        day = _day(parsed, match.span("day") if match["day"] else match.span("then"))
        if day:
            found.append(_Entry(match.start(), match.end(), day))
    return found


def _day(parsed: Parsed, span: tuple[int, int]) -> date | None:
    told = dates.periods(parsed.text, *span, anchor=parsed.document.dated)
    day = told[0].first or told[0].last if told else None
    return date.fromisoformat(day) if day and len(day) == len("2026-01-01") else None


def _places(parsed: Parsed, begun: _Entry, ended: _Entry) -> tuple[tuple[int, int], tuple[int, int]]:
    """What is shown of the course: its last entry, in a quote that reaches back to the first one where that is near."""
    start = ended.start + len(parsed.text[ended.start : ended.end]) - len(parsed.text[ended.start : ended.end].lstrip())
    close = _close(parsed.text, ended.end)
    near = begun.start < start and start - begun.start <= REACH
    return (start, ended.end), (begun.start if near else start, close)


def _close(text: str, place: int) -> int:
    """Where the last entry ends: at a blank line or at the signature."""
    blank = text.find("\n\n", place, place + REACH)
    last = blank if blank >= 0 else min(len(text), place + REACH)
    signed = SIGNED.search(text, place, last)
    return max(
        place, text.rfind("\n", place, signed.start()) if signed and "\n" in text[place : signed.start()] else last
    )


def _told(parsed: Parsed, begun: _Entry, ended: _Entry) -> dict[str, Any]:
    """What is told of the course: its days, its visits, whether they were kept, its outcome and its region."""
    words = parsed.text[ended.start : _close(parsed.text, ended.end)]
    told: dict[str, Any] = {"status": "past", "started": begun.day.isoformat(), "ended": ended.day.isoformat()}
    if count := COUNT.search(words):
        kept, planned = count["kept"] or count["told"] or count["bare"], count["planned"] or count["out_of"]
        told["sessions"] = int(kept)
        if planned and 2 * int(kept) < int(planned):
            told["adherence"] = "nonadherent"
    apart = "\n" in parsed.text[begun.end : ended.start]  # two columns of one line share the scores below
    scored = _by_scores(parsed.text[begun.start : begun.end + REACH // 2], words) if apart else None
    if answer := _outcome(words) or scored:
        told["response"] = answer
    named = regions.regions_in(parsed, 0, begun.start)
    return told | ({"region": regions.one_or_list(named)} if named else {})


def _by_scores(first: str, last: str) -> Verdict | None:
    """What the pain of the first entry and that of the last on one scale come to; None where either is not told."""
    before = SCORE.search(first)
    after = next((one for one in SCORE.finditer(last) if before and one["scale"] == before["scale"]), None)
    if before is None or after is None or not int(before["n"]):
        return None
    one, other = int(before["n"]), int(after["n"])
    if other > one:
        return "worse"
    return "none" if other > SOME * one else "partial" if other > HALF * one else "good"


def _outcome(words: str) -> Verdict | None:
    """What the clauses of the last entry that speak of pain, of goals or of a change come to."""
    clauses = [clause for clause in CLAUSE.split(words) if expression("of_outcome").search(clause)]
    said = {verdict(clause) for clause in clauses} - {None}
    if "worse" in said:
        return "worse"
    if len(said) > 1:
        return "partial"
    return next(iter(said), None)
