"""What a sentence says of one session: blocks of two kinds in it, two regions in it, one of several in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled
from mednec.findings import dates
from mednec.findings.diagnosis.window import window
from mednec.findings.parse import Parsed
from mednec.findings.regions import levels_in
from mednec.findings.statement.families import FAMILIES
from mednec.findings.statement.in_a_row import told_in_a_row
from mednec.findings.statement.phrases import Phrase
from mednec.findings.statement.second_target import ails, told_of_a_second
from mednec.findings.therapy.series import BETWEEN

OTHERS = (
    ("facet", compiled(r"\bfacets\b", re.I)),
    ("joint", compiled(r"\bGTB\b|\b(?:trochanteric|ischial) bursa", re.I)),
)
HERE = (
    r"\b(?:same|that|this|one|single)\s+(?:day|date|session|visit|time|sitting|setting|encounter|appointment|trip)\b"
    r"|\bfollowed\s+(?:(?:on|at|in|during|right|immediately|then|directly)\s+(?:the\s+(?:table|session"
    r"|room)\s+)?)?by\b|\bon the (?:same )?table\b"
    r"|\bconcurrent|\bsimultaneous|\bat once\b|\bwhile (?:we are|we're|s?he is|they are|on the table|under the)"
    r"|\badd(?:ed|ing)?[- ]?on\b|\b(?:along|together|combined|in conjunction|in combination) with\b|\bcombin(?:e|ing)\b"
)
TOGETHER = compiled(HERE, re.I)
# What a sentence says that adds a block to the one named before it.
ADDED = compiled(
    r"\b(?:in|at|on|during)\s+(?:the\s+)?(?:same|that|this)\s+(?:day|date|session|visit|time|sitting|setting|"
    r"encounter|appointment)\b"
    r"|\bsame\s+(?:day|date|session|visit|sitting|encounter)\b|\b(?:performed|done|given|injected|administered|"
    r"received|had)\s+(?:\w+\s+){0,2}today\b"
    r"|\btoday\s+(?:s?he|we|i|pt|patient)\s+(?:\w+\s+){0,2}(?:received|had|injected|performed|did)\b|"
    r"\bthen\s+(?:also\s+)?(?:injected|performed|done)\b",
    re.I,
)
TOLD_BACK = compiled(
    r"\b(?:prior|previous(?:ly)?|last|s/p|status post|ago|if|consider\w*|in (?:19|20)\d\d|mother|father|sister"
    r"|brother|not covered|policy|LCD|planned for|scheduled for|next (?:week|month|visit)|later)\b"
    r"|\b(?:in|since) (?:january|february|march|april|june|july|august|september|october|november|december)\b",
    re.I,
)
RECORD = needing(
    r"(?<!prior\s)(?<!previous\s)(?<!past\s)(?<!other\s)\b(?:procedures?(?:\s+(?:performed|done|today|"
    r"planned))*(?:\s+(?:(?:on|for)\s+)?\d[\d/.-]+)?\s*:"
    r"|(?:performed|done|given)\s+today\s*:)",
    re.I,
)
RECORD_ENDS = compiled(
    r"\n[ \t]*\n|\b(?:indications?|anesthesia|description|technique|consent|plan|HPI|history|diagnos[ei]s"
    r"|complications?|findings|assessment|impression)\b"
    r"[^:\n]{0,24}:",
    re.I,
)
PART_INJECTED = needing(
    r"\b(?P<part>hips?|knees?|shoulders?|bursa\w*|piriformis|occipital nerves?|trapezius|elbows?|ankles?"
    r"|thumbs?)\b[^.;]{0,16}"
    r"\b(?:(?:was|were|is|are|to be|will be|got)\s)(?:\w+\s)?inject",
    re.I,
)  # a part of the body that is injected in so many words
SERIES = 3  # days to come that make a series
NEAR = 60  # characters behind an injection in which its days begin
SOON = timedelta(days=190)
RECEIVED = compiled(r"\b(?:had|received|underwent|given|done|performed|prior|previous\w*|s/p|after|last)\b", re.I)
LISTED = 500  # characters behind its heading in which a list of procedures ends
YEARS = compiled(r"\b(?:19|20)\d\d\b|(?<=/)\d\d\b")
ON_A_DAY = compiled(r"\b(?:booked|scheduled|sched)\b[^.;\n]{0,20}?\d{1,2}/\d{1,2}", re.I)
DAY = compiled(r"(?<![\d/])\d{1,2}/\d{1,2}(?:/\d{2,4})?(?![\d/])")
BOTH = compiled(r"\band\b|[+&]|\bplus\b", re.I)
BYGONE = compiled(
    r"\b(?:had|underwent|received|prior|previous(?:ly)?|last|s/p|status post|ago|if|consider\w*|in (?:19|20)\d\d|mother"
    r"|father|sister|brother|not covered|policy|LCD)\b",
    re.I,
)
DENIED = compiled(
    r"\b(?:no|not|never|without|rather than|instead of|avoid\w*|separate\w*|later|next|neither|or|cancel\w*"
    r"|postpon\w*|declin\w*|refus\w*|called off)\b",
    re.I,
)
SILENT = ("prior_treatment", "past_surgical", "past_medical")
NAMED = r"(?:injections?|injs?\b\.?|[CLT]?ESIs?|TFESIs?|ILESIs?|epidurals?|SIJs?|SI joints?|MBBs?|blocks?|shots?)\b"
INJECTION = rf"(?:(?:\S+\s){{0,5}}?{NAMED})"
COUNT = r"(?:three|four|five|[345])"
WEEKS = r"(?:\d|two|three|four)[\s-]?(?:weeks?|wks?)"
SET = r"(?:booked|scheduled|sched|reserved|pre-?booked|already planned|to follow)\b"
IN_A_ROW = compiled(
    rf"\b(?:set|course|round|batch)\s+of\s+(?:up\s+to\s+)?{COUNT}\s+{INJECTION}"
    rf"|\b(?:first|1st|second|2nd|#\s?[12])\s+of\s+(?:a\s+)?(?:planned\s+)?{COUNT}\b"
    r"|#\s?1\b[^.;\n]{0,24}#\s?2\b[^.;\n]{0,24}#\s?3\b"
    rf"|\b{NAMED}[^.;\n]{{0,60}}?(?:\bevery|\bq)\s?{WEEKS}[^.;\n]{{0,24}}(?:total\s+of|\bx|times)\s*{COUNT}"
    rf"|\b{NAMED}[^.;\n]{{0,40}}\bup\s+to\s+{COUNT}\b[^.;\n]{{0,40}}(?:apart|spaced|interval|regardless|every)"
    rf"|\b{COUNT}\s+{INJECTION}[^.;\n]{{0,40}}?\s{WEEKS}(?:ly)?\s(?:intervals?|apart)"
    rf"|(?:\b(?:numbers?|nos?\.?)|#)\s?(?:2|two)\s?(?:and|&|,|\+)\s?#?(?:3|three)\b[^.;\n]{{0,60}}\b(?:apart|{SET})"
    rf"|\b(?:second|2nd)\s(?:and|&)\s(?:third|3rd)\b[^.;\n]{{0,60}}\b(?:apart|{SET})",
    re.I,
)
OF_PAIN = compiled(r"\b(?:hyaluron\w*|viscosuppl\w*|knee|shoulder|vaccin\w*|botox)\b", re.I)


def told_of_sessions(parsed: Parsed) -> Iterator[Phrase]:
    """Each sentence that puts blocks of two kinds, or two regions, into one session, or orders several in a row."""
    seen: set[int] = set()
    for hit in parsed.of("therapy"):
        if hit.concept not in FAMILIES or parsed.section_at(hit.start).name in SILENT:
            continue
        quote = window(parsed, hit.start, hit.end)
        if quote[0] in seen:
            continue
        seen.add(quote[0])
        yield from _of_sentence(parsed, quote)
        yield from _added(parsed, quote)
    for mark in PART_INJECTED.finditer(parsed.text):
        quote = window(parsed, mark.start(), mark.end())
        if quote[0] not in seen:
            seen.add(quote[0])
            yield from _added(parsed, quote)
    yield from _of_record(parsed)
    yield from told_of_a_second(parsed)
    yield from told_in_a_row(parsed)
    yield from _ahead(parsed)


def _ahead(parsed: Parsed) -> Iterator[Phrase]:
    """Three days or more to come on which the same injection is to be given: a series, by whatever name."""
    text, written = parsed.text, parsed.document.dated
    if written is None:
        return
    for hit in parsed.of("therapy"):
        if hit.concept not in FAMILIES:
            continue
        quote = window(parsed, hit.start, hit.end)
        points = dates.run(text, hit.end, quote[1], BETWEEN)
        if (
            len(points) < SERIES
            or RECEIVED.search(text, quote[0], points[0].start)
            or len(text[hit.end : points[0].start]) > NEAR
        ):
            continue
        days = [_next(point, written) for point in points]
        if all(day and timedelta(0) < day - written < SOON for day in days):
            yield Phrase("series_planned", "affirmed", points[0].start, points[-1].end, quote)


def _next(point: dates.Point, written: date) -> date | None:
    """The day that is written, or where it has no year the next such day."""
    if not (point.month and point.day):
        return None
    try:
        day = date(point.year or written.year, point.month, point.day)
        return day if point.year or day >= written else day.replace(year=written.year + 1)
    except ValueError:
        return None


def _added(parsed: Parsed, quote: tuple[int, int]) -> Iterator[Phrase]:
    """A sentence that adds to the block of the sentence before it: 'An SI joint injection was also performed today.'"""
    text, index = parsed.text, parsed.sentence_index(quote[0])
    mark = ADDED.search(text, *quote)
    if not mark or not index or TOLD_BACK.search(text, *quote) or DENIED.search(text, quote[0], mark.end()):
        return
    before = parsed.sentences[index - 1]
    if "\n\n" in text[before.end : quote[0]] or BYGONE.search(text, before.start, before.end):
        return
    if len(_families(parsed, (before.start, before.end)) | _families(parsed, quote)) > 1:
        yield Phrase("other_block_same_session", "affirmed", mark.start(), mark.end(), quote)


def _of_record(parsed: Parsed) -> Iterator[Phrase]:
    """A list of the procedures of one day that holds blocks of two families."""
    text, written = parsed.text, parsed.document.dated
    for heading in RECORD.finditer(text):
        ends = RECORD_ENDS.search(text, heading.end(), heading.end() + LISTED)
        last = ends.start() if ends else min(len(text), heading.end() + LISTED)
        named: set[str] = set()
        for hit in parsed.within(heading.end(), last, "therapy"):
            quote = window(parsed, hit.start, hit.end)
            first = max(quote[0], heading.end())
            dated = {year[-2:] for year in YEARS.findall(text, first, quote[1])} - {f"{written:%y}" if written else ""}
            approach = hit.term.startswith("intra") and any(FAMILIES.get(hit.concept) != name for name in named)
            if (
                hit.concept not in FAMILIES
                or ails(parsed, hit)
                or dated
                or approach
                or TOLD_BACK.search(text, first, quote[1])
            ):
                continue
            if DENIED.search(text, first, hit.start):
                continue
            named.add(FAMILIES[hit.concept])
            if len(named) > 1:
                yield Phrase("other_block_same_session", "affirmed", hit.start, hit.end, quote)
                break


def _of_sentence(parsed: Parsed, quote: tuple[int, int]) -> Iterator[Phrase]:
    text = parsed.text
    if BYGONE.search(text, *quote):
        return
    row = IN_A_ROW.search(text, *quote)
    if row and not OF_PAIN.search(text, *quote) and not DENIED.search(text, quote[0], row.start()):
        yield Phrase("series_planned", "affirmed", row.start(), row.end(), quote)
    mark = TOGETHER.search(text, *quote) or _on_one_day(text, quote)
    if mark is None or DENIED.search(text, max(quote[0], mark.start() - 40), mark.start()):
        return
    if len(_families(parsed, quote)) > 1:
        yield Phrase("other_block_same_session", "affirmed", mark.start(), mark.end(), quote)
    if len({level[0] for level in levels_in(text, *quote)} & set("CL")) > 1:
        yield Phrase("several_regions_same_session", "affirmed", mark.start(), mark.end(), quote)


def _on_one_day(text: str, quote: tuple[int, int]) -> re.Match[str] | None:
    """'Booked 06/10: A and B': one day, and the two joined."""
    if len(DAY.findall(text, *quote)) != 1 or not BOTH.search(text, *quote):
        return None
    return ON_A_DAY.search(text, *quote)


def _families(parsed: Parsed, quote: tuple[int, int]) -> set[str]:
    injected = {match["part"].lower() for match in PART_INJECTED.finditer(parsed.text, *quote)}
    named = injected | {FAMILIES[hit.concept] for hit in parsed.within(*quote, "therapy") if hit.concept in FAMILIES}
    return named | {family for family, words in OTHERS if words.search(parsed.text, *quote)}
