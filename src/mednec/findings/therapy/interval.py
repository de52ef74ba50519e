"""An injection in, with its day out, where a word or its distance from another tells it: 'a week after the first'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled
from mednec.findings import quantities
from mednec.findings.duration.times import Time, times_in
from mednec.findings.parse import Parsed, Sentence
from mednec.model import Finding
from mednec.vocabulary import lexicon

DONE = compiled(  # between an injection and its day
    r"[^.;\n]{0,60}?(?:\b(?:was|were|done|given|performed|placed|took\splace|happened|carried\sout|came|fell|on|had|"
    r"underwent)\b|[,:(-])\s*"
    r"(?:(?:was|were|done|given|performed|just|only|on|as\srecently\sas|back|last|this|past|about|late|early)\s)*$",
    re.I,
)
OTHER = compiled(
    r"\b(?:pain|relief|returned|recurred|back|until|since|MRI|seen|visit|planned|scheduled|booked|will|next|for)\b",
    re.I,
)
ELAPSED = needing(  # 'interval since the first block: 8 days', 'it has been nine days since her first block'
    r"\b(?:interval|time|days|weeks|elapsed|been)\b[^.;\n]{0,40}\bsince\b", re.I
)
COUNTED = compiled(
    r"[^.;\n]*?\b(?P<unit>days|weeks)\s+(?:elapsed\s+)?since\s[^.;\n]*", re.I
)  # 'days since first block: 22'
SO_MANY = compiled(r"s?\s*(?:\([^)\n]{0,60}\))?\s*[:=]\s*(?P<n>\d{1,3})\b(?!\s*[/%])", re.I)
FIRST = needing(
    r"(?<!\w)(?P<after>(?:after|from|following|since|of)\s)?(?P<first>(?:the|her|his|my)\s(?:first|initial|prior|"
    r"previous|earlier|last)(?:\s(?:one|block|set|injection|session|procedure|round|test|"
    r"MBB))?|(?:#|no\.\s?|number\s)\s?(?:1|one))(?!\w)(?!\s\w+\s(?:visit|week))",
    re.I,
)
SECOND = compiled(r"\b(?:second|2nd|confirmatory|repeat|#\s?2|another)\b", re.I)
AHEAD = compiled(r"s?[^.;,\n]{0,40}?\b(?:tomorrow|the day after tomorrow)\b", re.I)
NEAR, SENTENCES = 60, 2


def with_a_worded_day(parsed: Parsed, finding: Finding) -> Finding:
    """An injection that was given, with the day that a word tells: 'was yesterday', 'took place last Monday'."""
    written = parsed.dated_at(finding.start)
    if finding.get("started") or finding.get("status") not in ("past", "performed") or written is None:
        return finding
    sentence = parsed.sentence_at(finding.start)
    if AHEAD.match(parsed.text, finding.end, sentence.end):
        return replace(finding, attributes={**finding.attributes, "status": "planned"})
    if (counted := COUNTED.match(parsed.text, max(sentence.start, finding.start - NEAR), finding.start)) and (
        told := SO_MANY.match(parsed.text, finding.end, sentence.end)
    ):
        back = timedelta(days=int(told["n"]) * (7 if counted["unit"].lower() == "weeks" else 1))
        return _on(finding, (written - back).isoformat())
    for time in times_in(parsed, Sentence(finding.end, sentence.end)):
        gap = (finding.end, time.start)
        if time.start > finding.end + NEAR or OTHER.search(parsed.text, *gap):
            break
        led = DONE.fullmatch(parsed.text, *gap) if (time.ago or time.onset) else None
        elapsed = time.days and not time.ago and ELAPSED.search(parsed.text, sentence.start, finding.start)
        if (led or elapsed) and (day := _day(time, written)):
            return _on(finding, day)
    return finding


def _on(finding: Finding, day: str) -> Finding:
    return replace(finding, attributes={**finding.attributes, "started": day, "ended": day})


def with_the_first(parsed: Parsed, finding: Finding) -> Iterator[Finding]:
    """The first of two injections where the second alone is named: 'the first was done nine days ago'."""
    sentence = parsed.sentence_at(finding.start)
    second = finding.get("ordinal") == 2 or SECOND.search(
        parsed.text, max(sentence.start, finding.start - 30), finding.end + 8
    )
    if not second or finding.concept not in lexicon("therapy").group("injection"):
        return
    index = parsed.sentence_index(finding.start)
    last = parsed.sentences[min(index + SENTENCES, len(parsed.sentences)) - 1].end
    last = min(
        (hit.start for hit in parsed.within(finding.end, last, "therapy") if hit.start > finding.end + 4), default=last
    )
    for match in FIRST.finditer(parsed.text, finding.end, last):
        told = _of_the_first(parsed, finding, match.start("first"), match.end(), last, after=bool(match["after"]))
        if told:
            kept = {name: finding.get(name) for name in ("levels", "side", "region") if finding.get(name) is not None}
            quote = (finding.quote_start, max(finding.quote_end, told[1]))
            yield parsed.document.finding(
                "therapy", finding.concept, told[2], match.end(), quote=quote,
                **kept, ordinal=1, status="past", started=told[0], ended=told[0],
            )  # fmt: skip
            return


def _of_the_first(
    parsed: Parsed, finding: Finding, start: int, end: int, last: int, *, after: bool
) -> tuple[str, int, int] | None:
    """The day of the first, told behind it or by its distance from that of the second; where that ends and begins."""
    written = parsed.dated_at(start)
    if after:
        booked = finding.get("started")
        day = date.fromisoformat(booked) if isinstance(booked, str) and len(booked) == len("2026-01-01") else None
        for told in reversed(quantities.durations(parsed.text, max(finding.end, start - NEAR), start)):
            if day and told.value >= 1 and not OTHER.search(parsed.text, told.end, start):
                return (day - timedelta(days=int(told.value))).isoformat(), end, told.start
        return None
    for time in times_in(parsed, Sentence(end, min(last, end + 2 * NEAR))):
        if written and DONE.fullmatch(parsed.text, end, time.start) and (day_told := _day(time, written)):
            return day_told, time.end, start
    return None


def _day(time: Time, written: date) -> str | None:
    if time.onset:
        return time.onset if time.onset <= written.isoformat() else None
    if time.days is None or time.days < 1:
        return None
    return (written - timedelta(days=int(time.days))).isoformat() if time.days < 60 else None
