"""Scores of pain and function in, each with the treatment out whose effect it measures."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mednec.evidence.claims import THERAPY_RECORDS, Claim, is_procedure
from mednec.evidence.courses import Group
from mednec.evidence.dates import exact
from mednec.evidence.yearless import days_named
from mednec.model import Document, Finding

SOON = 14  # days after a procedure within which an unattached "8 before, 1 after" is about it
EPISODE = timedelta(days=120)  # how long after an evaluation a therapist's record may be of the same course
DIARY = 8  # the same for a pain diary
NEW_PART = re.compile(  # a line that only gives a labelled score goes on with what it is of
    r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*\u2022]|\d{1,2}[.)]\s|"
    r"(?![^\n:]{1,40}:[ \t]*\d{1,2}(?:\s?/\s?10)?[ \t]*(?:\([^)\n]*\))?[ \t]*(?:\n|$))[A-Z][A-Za-z0-9 /&()#-]{1,40}:))"
)
INSTRUMENT = re.compile(
    r"\b(?:(?P<either>VAS\s*/\s*NP?RS|NP?RS\s*/\s*VAS)|(?P<numeric>NP?RS|numeric\w*)|(?P<visual>VAS|visual analog\w*)"
    r"|(?P<verbal>VRS|verbal (?:rating|pain|descriptor)\w*))\b",
    re.I,
)
HEAD = 400  # characters of a diary in which the day of its block stands
RISES = ("koos", "lefs")  # scales on which more is better


@dataclass(frozen=True, slots=True)
class Score:
    """A score with its document; `low` and `high` differ where a range is given."""

    finding: Finding
    document: Document
    low: float
    high: float
    when: str | None
    told: date | None
    regions: frozenset[str] = frozenset()

    @property
    def scale(self) -> str:
        """The instrument: two scores compare only on the same one."""
        return (
            f"{self.finding.concept}/{self.finding.get('of', 10)}"
            if self.finding.kind == "pain_score"
            else self.finding.concept
        )

    @property
    def instrument(self) -> str | None:
        """The instrument that the words before the number in its sentence name; several names mean the numeric one."""
        words = self.document.text[self.finding.quote_start : self.finding.end]
        named = [str(match.lastgroup) for match in INSTRUMENT.finditer(words)]
        return named[-1] if named and named[-1] != "either" else None

    def compares_with(self, other: Score) -> bool:
        """Whether both are taken on one scale, as far as the words tell."""
        names = {self.instrument, other.instrument} - {None}
        return self.scale == other.scale and len(names) < 2

    @property
    def order(self) -> tuple[str, int]:
        """A place in time, then in the text."""
        return (str(self.told or date.max), self.finding.start)


def score(finding: Finding, document: Document, regions: frozenset[str] = frozenset()) -> Score | None:
    """The number that a finding gives; None for an instrument named without one."""
    if finding.kind == "pain_score":
        low, high = finding.get("low"), finding.get("high")
    else:
        low = high = _percent(finding, document)
    if not isinstance(low, int | float) or not isinstance(high, int | float):
        return None
    when, told = finding.get("when"), finding.dated or document.dated
    return Score(finding, document, float(low), float(high), when if isinstance(when, str) else None, told, regions)


def _percent(finding: Finding, document: Document) -> float | None:
    """The score in percent: '22/50' is 44, unless the finding already gives the percent beside it."""
    value = finding.get("value")
    if not isinstance(value, int | float):
        return None
    text = document.text[finding.start : finding.end + 8]
    raw = not finding.get("percent") and re.search(rf"\b{value:g}\b(?=\s*/\s*50\b)", text)
    return value * 2.0 if raw else float(value)


class Attachment:
    """Tells to which groups of claims a score belongs: by its sentence, its paragraph, or what its document records."""

    def __init__(self, groups: Iterable[Group]) -> None:
        self._groups = list(groups)
        self._claims: defaultdict[str, list[tuple[Claim, Group]]] = defaultdict(list)
        for group in self._groups:
            for one in group.claims:
                self._claims[one.document.id].append((one, group))
        for pairs in self._claims.values():
            pairs.sort(key=lambda pair: (pair[0].finding.start, pair[0].finding.end))
        self._parts: dict[str, list[int]] = {}

    def groups_of(self, one: Score) -> list[Group]:
        """The treatments whose effect a score measures; none where nothing says so."""
        record = self.record_of(one.document)
        if record and (one.document.type in THERAPY_RECORDS or one.document.type == "pain_diary"):
            return record
        near = self._in_sentence(one.finding, one.document)
        if near:
            return near
        near = self._in_paragraph(one.finding, one.document)
        if one.when not in ("before", "after"):
            return near
        if record and not any(is_procedure(group.concept) for group in near):
            return record  # in the record of a procedure, "before" and "after" are of it
        return near or self._just_before(one)

    def beside(self, finding: Finding, document: Document) -> list[Group]:
        """The treatment of the sentence that holds a finding, else the one named last before it in its paragraph."""
        return self._in_sentence(finding, document) or self._in_paragraph(finding, document)

    def _in_sentence(self, finding: Finding, document: Document) -> list[Group]:
        pairs = self._claims[document.id]
        return self._first([p for p in pairs if p[0].finding.quote_start <= finding.start < p[0].finding.quote_end])

    def _in_paragraph(self, finding: Finding, document: Document) -> list[Group]:
        part = self._part(document, finding.start)
        before = [p for p in self._claims[document.id] if p[0].finding.start <= finding.start]
        return self._first([p for p in before if self._part(document, p[0].finding.start) == part])

    def _first(self, pairs: list[tuple[Claim, Group]]) -> list[Group]:
        """The groups of the treatment that the last of these sentences names first."""
        if not pairs:
            return []
        sentence = pairs[-1][0].finding.quote_start
        first = next(one for one, _ in pairs if one.finding.quote_start == sentence)
        return _each_once(group for one, group in pairs if one.finding.start == first.finding.start)

    def record_of(self, document: Document) -> list[Group]:
        """What the document itself records: the procedure done in it, its therapist's course, the block of a diary."""
        pairs = self._claims[document.id]
        performed = [group for one, group in pairs if one.is_own_record]
        if performed:
            return _each_once(performed)
        if document.type in THERAPY_RECORDS:
            counts: dict[int, int] = {}
            therapy = [group for one, group in pairs if one.finding.concept == "physical_therapy"]
            for group in therapy:
                counts[id(group)] = counts.get(id(group), 0) + 1
            if not therapy:
                return self._course_of(document)
            return [max(therapy, key=lambda g: (g.distinct, counts[id(g)], g.claims[0].order))]
        return self._block_of(document) if document.type == "pain_diary" else []

    def _block_of(self, document: Document) -> list[Group]:
        """The block that a diary follows: of the day at its head, else the one just before it, else the only one."""
        done = [(day, g) for g in self._groups if g.distinct and is_procedure(g.concept) and (day := exact(g.span))]
        named = [group for day, group in done if (day.month, day.day) in days_named(document.text[:HEAD])]
        if len({group.span for group in named}) == 1:
            return named
        if document.dated:
            return self._last_procedure(document.dated, DIARY)
        return [group for _, group in done] if len({day for day, _ in done}) == 1 else []

    def _course_of(self, document: Document) -> list[Group]:
        """The one course of therapy of whose records an evaluation without any treatment may be the first."""
        near = [
            group
            for group in self._groups
            if group.concept == "physical_therapy" and any(_same_episode(one, document) for one in group.claims)
        ]
        return near if len(near) == 1 else []

    def _just_before(self, one: Score) -> list[Group]:
        return self._last_procedure(one.told, SOON)

    def _last_procedure(self, told: date | None, days: int) -> list[Group]:
        if told is None:
            return []
        done = [
            (day, g)
            for g in self._groups
            if is_procedure(g.claims[0].finding.concept) and (day := exact(g.span)) and 0 <= (told - day).days <= days
        ]
        last = max((day for day, _ in done), default=None)
        return [group for day, group in done if day == last]

    def _part(self, document: Document, offset: int) -> int:
        if document.id not in self._parts:
            self._parts[document.id] = [match.end() for match in NEW_PART.finditer(document.text)]
        return bisect_right(self._parts[document.id], offset)


def _same_episode(claim: Claim, document: Document) -> bool:
    if claim.document.type not in THERAPY_RECORDS or claim.told is None or document.dated is None:
        return False
    return timedelta(0) <= claim.told - document.dated <= EPISODE


def _each_once(groups: Iterable[Group]) -> list[Group]:
    return list({id(group): group for group in groups}.values())
