"""The head and foot of a document in: the day of service, and the day on which an addendum was written, out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import PurePosixPath

from mednec.documents.days import Day, days
from mednec.documents.fields import Field, Line, columns
from mednec.expressions.patterns import compiled

EARLIEST = 1995
HEADER_LINES = 9
NEVER = compiled(
    r"(?:print|fax|releas|receiv|\brev\b|revis|onset|injur|\bdob|d\.o\.b|birth|born|since|until|thru|through|cert|appt|"
    r"appointment|sched|next|return|last|prior|previous|expir|valid|accident|mvc|soc\b|start of care|s/p|copyright|"
    r"effective|scan|submi|transcri|referr|anticipat|planned|proposed|requested|follow[- ]?up on|on file|sent|lmp|"
    r"\bre:|regarding|(?<!intake )(?<!history )(?<!screening )(?<!visit )(?<!health )form\b|version|auth|started|"
    r"began|given|p\.\d|from:)[^|]{0,18}$",
    re.I,
)
QUOTED = compiled(  # what happened on another day than the visit that tells it
    r"\b(?:mri?|ct|x-?rays?|xr|emg|ncs|scan|films?|radiographs?|pt|therapy|chiro\w*|acupuncture|injections?|"
    r"[a-z]{0,3}esi|rfa|"
    r"mbbs?|blocks?|surgery|fusion|\w+ectomy|ablations?|epidurals?|fall|fell|pain|letter|note|report|done|"
    r"dated?)\b[^.;|]{0,40}$",
    re.I,
)
LEADS = compiled(r"(?:^|[.;]\s)\s*$")
TREATED = compiled(
    r"[\s:,-]*(?:(?:left|right|bilateral|lumbar|cervical|repeat|first|second|#\d|[LRB]|"
    r"[CTLS]\d[-/\w]*)[\s,]+){0,4}(?:[LCT]?(?:TF|IL)?ESIs?|MBBs?|RFA|TPIs?|epidural|block|injection|ablation)\b",
    re.I,
)
ITEM = compiled(r"\s*(?:[-*\u2022]|\d{1,2}[.)])\s*")  # before a day that heads an item of a list
LOGGED = 3  # days that begin a sentence or line each, with a treatment behind: a log
LONG_AFTER = 45  # days from a visit by which its note is signed
OF_ITS_OWN = (
    "imaging_report",
    "procedure_note",
    "electrodiagnostic_report",
    "order",
    "laboratory_report",
    "pain_diary",
)
FAXED = compiled(
    r"\bfrom\b.*\b\d{10}\b|\bp\.? ?\d{1,3}(?:/\d{1,3})?\s*$|\bfax\b.*\bpage\b|\b\d{3} \d{3} \d{4}\b.*\bp\b", re.I
)
SIGNING = compiled(r"signed|e-?sign|signature|authenticated|finali[sz]ed|attested|/s/|\bclosed\b", re.I)
SIGNS = ("sign", "authenticated", "finali", "attested", "/s/", "closed")  # one of them in every word of signing
AMENDED = compiled(r"addend|amend|late entry|entered|written|dictated|signed|e-?sign|signature|\bdate\b", re.I)
AMENDS = compiled(
    r"\b(?:re|for|to|regarding|dos|service|visit|seen|encounter|(?:note|entry|record) (?:of|from|dated))\b"
    r"[^|\n\d]{0,40}$",
    re.I,
)
FROM = compiled(r"\b(?:from|in|per|since|of)\s(?:(?:the|an?|\w+)\s){0,3}$", re.I)  # before the label of a source
MANY_VISITS = ("therapy_discharge", "therapy_note", "therapy_evaluation")


def dated(kind: str, lines: list[Line], found: list[Field], name: str) -> date | None:
    """The day of service: as labelled, else as the head has it, else that of the signature, else of the file's name."""
    births = {day for field in found if field.kind == "birth" for day in [value_of(field, lines)] if day}
    labelled = [day for day in by_label(found, lines, "service") if day not in births]
    plain = [day for day in by_label(found, lines, "plain") if day not in births]
    heads = [(line, day) for line in lines[:HEADER_LINES] for day in free_days(line) if day.value not in births]
    heads = [(line, day) for line, day in heads if not ITEM.fullmatch(line.text[: day.start])] or heads
    headed = [day.value for line, day in heads if kind in OF_ITS_OWN or not is_quoted(line, day)]
    if kind not in OF_ITS_OWN and headed and (own := own_day(lines, heads)):
        headed = [own]
    signed = [day for day in signing_days(lines) if day not in births]
    if kind in MANY_VISITS:
        titled = [day.value for line, day in heads if line.number == 0] if labelled else []
        ends = [*labelled, *titled, *signed, *row_days(lines, births)]
        return max(ends, default=None) or first(plain, headed) or of_name(name)
    if kind == "addendum":
        return first(labelled, amended_day(lines), of_name(name), headed)
    chosen = first(labelled, plain, headed, signed, of_name(name))
    return signed[0] if chosen and signed and is_told_of(kind, chosen, signed[0], heads, lines) else chosen


def is_told_of(kind: str, chosen: date, signed: date, heads: list[tuple[Line, Day]], lines: list[Line]) -> bool:
    """Whether a day is one of those that a history or ledger tells of, which was signed on a later day.

    The day of signing then stands in its head too, or its lines begin with one day after another.
    """
    if kind in OF_ITS_OWN or kind in MANY_VISITS or (signed - chosen).days < LONG_AFTER:
        return False
    rows = [day.value for line, day in heads if not line.text[: day.start].strip()]
    ledger = len(rows) >= LOGGED and max(rows) <= signed and chosen in rows
    return ledger or any(day.value == signed for day in days(lines[0].text))


def is_quoted(line: Line, day: Day) -> bool:
    """Whether a day below the first lines is that of a study or treatment that the document tells of."""
    return line.number > 1 and QUOTED.search(line.text[: day.start]) is not None


def own_day(lines: list[Line], heads: list[tuple[Line, Day]]) -> date | None:
    """The day that is not told as that of a treatment or study, or the last one of a log; None where the first will do.

    A document tells of what is past: where its first day stands beside a treatment, a later one is its own.
    """
    line, first_day = heads[0]
    leading = [day for one, day in heads if LEADS.search(one.text[: day.start])]
    told = [day.value for day in leading]
    if len(told) >= LOGGED and told == sorted(told) and all(TREATED.match(one.text[day.end :]) for one, day in heads):
        return told[-1]
    if not QUOTED.search(line.text[: first_day.start]):
        return None
    latest = max(day.value for _, day in heads)
    others = [day.value for one, day in heads if not QUOTED.search(one.text[: day.start]) and day.value == latest]
    ends = [day.value for one, day in heads if one is lines[-1] and not one.text[day.end :].strip(" .")]
    return first([day for day in others if day > first_day.value], [day for day in ends if day == latest])


def written(lines: list[Line]) -> date | None:
    """The day on which an addendum or late entry was written: beside its heading, its date or its signature."""
    heading = [day.value for line in lines[:3] for day in days(line.text) if is_writing(line.text, day)]
    last = [day.value for line in lines[-6:] for day in days(line.text) if is_signing(line.text[: day.start])]
    dates = [
        day.value
        for line in lines[:12]
        for day in days(line.text)
        if re.search(r"(?:^|\s)(?:date|written|entered|dictated|added)(?: \w+){0,3}:? *$", line.text[: day.start], re.I)
    ]
    return first(heading, last, dates)


def is_writing(text: str, day: Day) -> bool:
    """Whether a day in a heading is that of the writing, and not that of the visit it amends."""
    before = text[: day.start]
    return AMENDED.search(before) is not None and AMENDS.search(before) is None


def amended_day(lines: list[Line]) -> date | None:
    """The day of the visit that an addendum belongs to."""
    for line in lines[:8]:
        for day in days(line.text):
            if AMENDS.search(line.text[: day.start]) and not re.search(
                r"birth|dob|born", line.text[: day.start][-14:], re.I
            ):
                return day.value
    return None


def by_label(found: list[Field], lines: list[Line], kind: str, since: int = EARLIEST) -> Iterator[date]:
    """The days after labels of a kind, in order."""
    for field in found:
        if field.kind == kind and (day := value_of(field, lines)) and day.year >= since and not is_source(field, lines):
            yield day


def is_source(field: Field, lines: list[Line]) -> bool:
    """Whether a label stands in a remark on where something comes from: '[populated from ED encounter 07/14/2019]'."""
    if field.leads:
        return False
    line = next(line for line in lines if line.number == field.line)
    return FROM.search(line.text[: field.place - line.start].rstrip()[: -len(field.label) or None]) is not None


def value_of(field: Field, lines: list[Line]) -> date | None:
    """The day that a label's value begins with."""
    line = next(line for line in lines if line.number == field.line)
    day = next(days(line.text, field.place - line.start), None)
    return day.value if day and day.start - (field.place - line.start) <= 14 else None


def free_days(line: Line) -> Iterator[Day]:
    """The days of a line that no word makes another kind of date."""
    if FAXED.search(line.text):
        return
    for part, place in columns(line):
        for day in days(part):
            if not NEVER.search(part[: day.start]) and day.value.year >= EARLIEST:
                yield Day(place + day.start, place + day.end, day.value)


def signing_days(lines: list[Line]) -> Iterator[date]:
    """The days beside signatures, the last lines first."""
    for line in reversed(lines):
        above = lines[line.number - 1].text if line.number else ""
        if is_signing(line.text) or (is_signing(above) and len(line.text) < 60):
            yield from (day.value for day in free_days(line))


def is_signing(text: str) -> bool:
    """Whether a text has a word of signing; the few letters that all of them share are looked for first."""
    lowered = text.lower()
    return any(sign in lowered for sign in SIGNS) and SIGNING.search(text) is not None


def row_days(lines: list[Line], births: set[date]) -> Iterator[date]:
    """The days at the beginning of lines, as visits and flowsheets have them."""
    for line in lines:
        day = next(free_days(line), None)
        if day and len(line.text[: day.start].split()) <= 3 and day.value not in births:
            yield day.value


def of_name(name: str) -> date | None:
    """The day in a file's name."""
    stem = re.sub(r"_+", " ", PurePosixPath(name).stem)
    day = next(days(stem), None)
    if day:
        return day.value
    compact = re.search(r"(?<!\d)(20\d{2})(\d{2})(\d{2})(?!\d)|(?<!\d)(\d{2})(\d{2})(20\d{2})(?!\d)", stem)
    if not compact:
        return None
    year, month, of_month = (compact[1], compact[2], compact[3]) if compact[1] else (compact[6], compact[4], compact[5])
    try:
        return date(int(year), int(month), int(of_month))
    except ValueError:
        return None


def first(*groups: list[date] | date | None) -> date | None:
    """The first day of the first group that has one."""
    for group in groups:
        if isinstance(group, date):
            return group
        if group:
            return group[0]
    return None
