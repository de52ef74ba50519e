"""A report of one study: its title, its date and what its impression concludes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mednec.expressions.patterns import compiled
from mednec.findings.dates import periods
from mednec.findings.parse import Parsed
from mednec.findings.regions import regions_in
from mednec.findings.studies.result import result_in
from mednec.findings.terms import Hit

HEADINGS = compiled(
    r"^[ \t]*(?P<name>TECHNIQUE|PROCEDURE|FINDINGS?|IMPRESSION|CONCLUSION|COMPARISON|INDICATION|"
    r"CLINICAL (?:HISTORY|INFORMATION|INDICATION))\b[ \t]*:?",
    re.I | re.M,
)
CONCLUDES = compiled(r"^[ \t]*(?:IMPRESSION|CONCLUSIONS?|OPINION)\b[ \t]*:?", re.I | re.M)
COMPARED = compiled(
    r"\b(?:COMPARISONS?|compared (?:to|with)|HISTORY|INDICATION|CLINICAL[ \w]*|REASON[ \w]*)\b[^\n.]*$", re.I
)
ADVISED = compiled(
    r"\b(?:recommend\w*|suggest(?:ed|ion)|advis(?:ed|able)|(?:should|could|may|can) be (?:correlated|obtained|"
    r"performed|considered|helpful|of value)|if (?:clinically )?(?:indicated|warranted)|consider)\b",
    re.I,
)
EXAM_DATE = compiled(
    r"\b(?:exam(?:ination)?|study|service|scan|procedure|performed|completed|date)(?: (?:date|"
    r"of (?:exam(?:ination)?|service|"
    r"study)))?[\s:]{1,4}$",
    re.I,
)
NEEDLE = compiled(r"NEEDLE (?:EMG|ELECTRO\w+)\b[^\n:]{0,20}:?", re.I)
NEXT_HEADING = compiled(
    r"\n[ \t]*(?:electronically|signed|dictated|read by|interpreted|transcribed|[A-Z][A-Z ]{5,}:)|\n\s*\n\s*\n", re.I
)
OF_PART = compiled(
    r"\s+(?:scan\s+|study\s+)?(?:of\s+)?(?:the\s+)?(?P<part>(?:left\s+|right\s+)?(?:cervical|thoracic|lumbar|"
    r"lumbosacral|"
    r"knee|hip|shoulder|ankle|wrist|elbow|foot|hand|pelvis))\b",
    re.I,
)
LONG_AGO = 15  # years before a report: a date in its title that old is of no examination


@dataclass(frozen=True, slots=True)
class Report:
    """The title of the study that a document reports, its quote, its date and its result."""

    title: Hit
    quote: tuple[int, int]
    date: str | None
    result: str | None
    apart: frozenset[int]
    advised: frozenset[int]

    def states(self, hit: Hit) -> bool:
        """Whether a mention tells of a study: the title, an earlier study that it names, or one of another kind."""
        return hit.start == self.title.start or hit.start in self.apart


def report_of(parsed: Parsed, hits: list[Hit]) -> Report | None:
    """The report that the document is, or None where it is none."""
    nerves = parsed.document.type == "electrodiagnostic_report"
    own = [hit for hit in hits if (hit.lexicon == "electrodiagnostic") == nerves]
    if not own or not _is_report(parsed, own[0]):
        return None
    title = own[0] if nerves else next((hit for hit in own if _is_title(parsed, hit)), own[0])
    line = _line(parsed.text, title.start)
    advised = frozenset(hit.start for hit in hits if hit.concept != title.concept and _is_advised(parsed, hit))
    apart = frozenset(
        hit.start
        for hit in hits
        if hit.start != title.start
        and (
            hit.lexicon != title.lexicon
            or COMPARED.search(parsed.text, _line(parsed.text, hit.start)[0], hit.start)
            or (nerves and NEEDLE.match(parsed.text, _line(parsed.text, hit.start)[0]))
            or hit.start in advised
            or (not nerves and _is_of_another_part(parsed, title, hit))
        )
    )
    return Report(title, line, _date(parsed, title), _conclusion(parsed, _again(parsed, title, own)), apart, advised)


def _is_report(parsed: Parsed, first: Hit) -> bool:
    if parsed.document.type in ("imaging_report", "electrodiagnostic_report"):
        return True
    if first.start > 1500 or parsed.document.type not in ("other", "hospital_record"):
        return False
    names = {match["name"].lower()[:5] for match in HEADINGS.finditer(parsed.text, 0, 6000)}
    return {"findi", "impre"} <= names or (
        "impre" in names and {"techn", "compa"} & names != set() and "proce" not in names
    )


def _is_advised(parsed: Parsed, hit: Hit) -> bool:
    """Whether a report advises a study of another kind: 'correlation with radiographs is recommended'."""
    return ADVISED.search(parsed.text, *parsed.sentence_at(hit.start)) is not None


def _is_title(parsed: Parsed, hit: Hit) -> bool:
    """A study named with its region, outside of history and comparison."""
    first, last = _line(parsed.text, hit.start)
    return bool(regions_in(parsed, first, last)) and not COMPARED.search(parsed.text, first, hit.start)


def _line(text: str, offset: int) -> tuple[int, int]:
    first = text.rfind("\n", 0, offset) + 1
    last = text.find("\n", offset)
    last = len(text) if last < 0 else last
    while first < offset and text[first].isspace():
        first += 1
    return first, len(text[:last].rstrip()) if last - first > 0 else last


def _date(parsed: Parsed, title: Hit) -> str | None:
    """The date of the examination: labelled as such, else in the title, else that of the document."""
    text = parsed.text
    told = periods(text, 0, min(len(text), title.end + 400))
    found = [
        period for period in told if not COMPARED.search(text, text.rfind("\n", 0, period.start) + 1, period.start)
    ]
    labelled = [period for period in found if EXAM_DATE.search(parsed.text, max(0, period.start - 40), period.start)]
    first, last = _line(parsed.text, title.start)
    titled = [period for period in found if first <= period.start and period.end <= last]
    for period in (*labelled, *titled):
        if period.first and not _is_birth(parsed, period.start, period.first):
            return period.first
    return parsed.document.dated.isoformat() if parsed.document.dated else None


def _is_birth(parsed: Parsed, start: int, day: str) -> bool:
    """Whether a date is that of the patient's birth: labelled so, or so long ago that the report cannot be of it."""
    written = parsed.document.dated
    long_ago = written is not None and int(day[:4]) < written.year - LONG_AGO
    return long_ago or bool(re.search(r"\bDOB\b|birth|born", parsed.text[max(0, start - 18) : start], re.I))


def _is_of_another_part(parsed: Parsed, title: Hit, hit: Hit) -> bool:
    """Whether a sentence tells of a study of another part than the title's: 'MRI of the lumbar spine showed ...'."""
    own, other = (OF_PART.match(parsed.text, one.end) for one in (title, hit))
    return bool(own and other and own["part"].lower() != other["part"].lower())


def _again(parsed: Parsed, title: Hit, own: list[Hit]) -> int:
    """Where the study of the title last heads a part of the report of its own, else the beginning."""
    regions = set(regions_in(parsed, *_line(parsed.text, title.start)))
    lines = [_line(parsed.text, hit.start) for hit in own if hit.start > title.start]
    heads = [line for line in lines if parsed.text[slice(*line)].isupper()]
    return max((line[0] for line in heads if regions & set(regions_in(parsed, *line))), default=0)


def _conclusion(parsed: Parsed, start: int) -> str | None:
    """What the first impression after an offset says, abnormal or normal."""
    heading = CONCLUDES.search(parsed.text, start) or CONCLUDES.search(parsed.text)
    if heading is None:
        return None
    stop = NEXT_HEADING.search(parsed.text, heading.end())
    return result_in(parsed.text, heading.end(), min(stop.start() if stop else len(parsed.text), heading.end() + 900))
