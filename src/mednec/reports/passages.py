"""Findings in, the passages that they quote out: each passage once, with the words that were found in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from mednec.model import Finding


@dataclass(frozen=True, slots=True)
class Passage:
    """One stretch of one document, verbatim; `marks` are the mentions in it, as offsets into `quote`."""

    document_id: str
    page: int
    start: int
    end: int
    quote: str
    marks: tuple[tuple[int, int], ...]

    def pieces(self) -> Iterator[tuple[str, bool]]:
        """The quote in pieces: its text, and whether it is a mention."""
        last = 0
        for start, end in self.marks:
            if start > last:
                yield self.quote[last:start], False
            if end > max(start, last):
                yield self.quote[max(start, last) : end], True
            last = max(last, end)
        if last < len(self.quote):
            yield self.quote[last:], False


def passages(findings: Iterable[Finding]) -> tuple[Passage, ...]:
    """The quoted passages of findings, the oldest documents first, without repetition."""
    by_place: dict[tuple[date, str, int, int], list[Finding]] = {}
    for finding in findings:
        place = (finding.dated or date.max, finding.document_id, finding.quote_start, finding.quote_end)
        by_place.setdefault(place, []).append(finding)
    return tuple(_passage(by_place[place]) for place in sorted(by_place))


def _passage(findings: list[Finding]) -> Passage:
    first = findings[0]
    marks = {(finding.start - first.quote_start, finding.end - first.quote_start) for finding in findings}
    return Passage(
        document_id=first.document_id,
        page=first.page,
        start=first.quote_start,
        end=first.quote_end,
        quote=first.quote,
        marks=tuple(sorted(marks)),
    )
