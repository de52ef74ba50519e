"""An injection of a known day in, the further sessions told behind it out: 'again on 12/04', 'a second in May'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from mednec.expressions.needs import Needing, needing
from mednec.expressions.patterns import compiled, spaced
from mednec.findings.dates import periods
from mednec.findings.duration.times import times_in
from mednec.findings.parse import Parsed, Sentence
from mednec.findings.therapy.series import KEPT
from mednec.model import Finding
from mednec.vocabulary import lexicon

SENTENCES = 3  # from that of the injection on
AHEAD = 24  # characters before a name in which it is said that it was done again
LONGEST = 110  # characters between one session and the next
BEHIND = compiled(r"[^.;\n]{0,70}")
FULL, MONTH = len("2026-01-01"), len("2026-01")


def further_sessions(parsed: Parsed, told: list[Finding]) -> Iterator[Finding]:
    """The sessions that follow those of a mention, each with its own day."""
    first = told[0]
    known = {str(one.get("started")) for one in told if one.get("started")}
    if (
        first.get("sessions", 1) > 1
        or not known
        or first.get("status") not in ("past", "performed")
        or not _is_procedure(first.concept)
    ):
        return
    kept = {name: value for name, value in first.attributes.items() if name in KEPT}
    index = parsed.sentence_index(first.end)
    last = parsed.sentences[min(index + SENTENCES, len(parsed.sentences)) - 1].end
    last = min(_next_other(parsed, first, last), _paragraph(parsed, first.end, last))
    place = max([first.end, *_ends(parsed, first, known, last)])
    for day, start, end in _days(parsed, first.end, last):
        if start < place:
            continue
        between = parsed.text[place:start]
        if len(between) > LONGEST or not _leads_on(between):
            return
        undone = _undone().match(parsed.text, end, last)
        place = undone.end() if undone else end
        if day in known or undone or not _took_place(parsed.text, between, end, last):
            continue
        known.add(day)
        quote = (first.quote_start, max(first.quote_end, end))
        yield parsed.document.finding(
            "therapy", first.concept, first.start, first.end, quote=quote, **kept, started=day, ended=day
        )


def unless_undone(parsed: Parsed, finding: Finding) -> Finding:
    """An injection of a list or ledger whose line says that it was canceled was none."""
    if not _is_procedure(finding.concept) or finding.get("status") not in ("past", "performed"):
        return finding
    line = parsed.text.find("\n", finding.end)
    last = min(line if line >= 0 else len(parsed.text), finding.end + 2 * LONGEST)
    if not _undone_line().match(parsed.text, finding.end, last):
        return finding
    return replace(finding, attributes={**finding.attributes, "status": "not_tried"})


def _is_procedure(concept: str) -> bool:
    return concept in lexicon("therapy").group("injection") and not concept.endswith(("surgery", "stimulator", "pump"))


def _next_other(parsed: Parsed, first: Finding, last: int) -> int:
    """Where another treatment is named, or the same one without a word that makes it a further session."""
    for hit in parsed.within(first.end, last, "therapy"):
        same = hit.concept in (first.concept, "injection_unspecified")
        if not same or not _anew().search(parsed.text, max(first.end, hit.start - AHEAD), hit.start):
            return hit.start
    return last


def _paragraph(parsed: Parsed, first: int, last: int) -> int:
    blank = parsed.text.find("\n", first, last)
    return blank if blank >= 0 else last


def _ends(parsed: Parsed, first: Finding, known: set[str], last: int) -> list[int]:
    """Where the days that are known stand."""
    return [end for day, _, end in _days(parsed, first.end, last) if day in known]


def _days(parsed: Parsed, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """The days and months of a stretch."""
    found = [(one.first, one.start, one.end) for one in periods(parsed.text, start, end) if one.first == one.last]
    found += [(one.onset, one.start, one.end) for one in times_in(parsed, Sentence(start, end)) if one.onset]
    seen: set[int] = set()
    for day, first, last in sorted(found, key=lambda one: (one[1], -len(one[0] or ""))):
        if day and len(day) in (FULL, MONTH) and not any(place in seen for place in range(first, last)):
            seen.update(range(first, last))
            yield day, first, last


def _leads_on(between: str) -> bool:
    """Whether nothing but words of a further session stands between two days, and one that tells of it."""
    return bool(_words().fullmatch(between)) and bool(_signals().search(between))


def _took_place(text: str, between: str, end: int, last: int) -> bool:
    """Whether a session whose day is told took place, where it is told as one that was set."""
    told = lexicon("sessions_told").concepts["undone"].extra
    behind = BEHIND.match(text, end, last)
    if not re.search(rf"\b(?:{_any(told['planned'])})\b", between, re.I):
        return True
    return behind is not None and bool(re.search(rf"\b{_any(told['held'])}\b", behind.group(), re.I))


@cache
def _undone() -> re.Pattern[str]:
    undone = lexicon("sessions_told").concepts["undone"].extra["behind"]
    return compiled(rf"[\s,(\u2013\u2014-]*(?:(?:{_any(undone[0:1])})[\s:]+)*(?:{_any(undone[1:])})\b", re.I)


@cache
def _anew() -> re.Pattern[str]:
    words = lexicon("sessions_told").concepts["further"].extra["anew"]
    return compiled(rf"\b(?:{_any(words)})\b[^.;\n]*$", re.I)


@cache
def _words() -> re.Pattern[str]:
    return compiled(
        rf"(?:\b(?:{_any(lexicon('sessions_told').concepts['further'].extra['words'])})\b|[\s,;:(.)&/–—+-])*", re.I
    )


@cache
def _signals() -> re.Pattern[str]:
    return compiled(rf"\b(?:{_any(lexicon('sessions_told').concepts['further'].extra['signals'])})\b|[;&]", re.I)


@cache
def _undone_line() -> re.Pattern[str] | Needing:
    undone = lexicon("sessions_told").concepts["undone"].extra["behind"]
    return needing(rf"[^.;\n]{{0,60}}?\s[-–—|:(]+\s*(?:(?:{_any(undone[0:1])})[\s:]+)*(?:{_any(undone[1:])})\b", re.I)


def _any(words: list[str]) -> str:
    return "|".join(map(spaced, words))
