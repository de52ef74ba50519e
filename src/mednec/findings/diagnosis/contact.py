"""A nerve root that an image shows to be pressed on, by whatever: a parsed document in, findings out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from mednec.expressions.needs import Needing, needing
from mednec.expressions.patterns import compiled
from mednec.findings.diagnosis import place
from mednec.findings.diagnosis.status import status_of
from mednec.findings.diagnosis.window import window
from mednec.findings.parse import Parsed
from mednec.model import Finding
from mednec.vocabulary import lexicon

CONCEPT = "nerve_root_compression"
TOUCHING = ("spinal_stenosis", "disc_herniation")
IF = compiled(
    r"\b(?:if|may|might|could|would|when|whether|should|to (?:see|look|rule)|suspect\w*|possib\w+|probab\w+|presum\w+"
    r"|denied|deferred|pending|ordered|differential)\b[^.;]{0,80}$",
    re.I,
)


def contacts(parsed: Parsed, found: Sequence[Finding], report: bool) -> Iterator[Finding]:
    """One finding for each sentence of an image in which a root is pressed on by what has no finding of its own."""
    told_of = [(f.quote_start, f.quote_end) for f in found if f.concept in TOUCHING]
    body, done = place.body_of(parsed.text) if report else 0, 0
    for match in _pressed().finditer(parsed.text, body):
        if match.start() < done:
            continue
        start, end = match.span()
        first, last = window(parsed, start, end)
        if any(one < last and first < other for one, other in told_of):
            continue
        basis = place.basis_of(parsed, start, first, report=report)
        status = status_of(parsed, start, end)
        if basis == "clinical" and place.QUOTED.search(parsed.text, end, last):
            basis = "quoted"
        if basis == "clinical" or status is None or IF.search(parsed.text, first, start):
            continue
        done = end
        yield _finding(parsed, (first, start, end, last), status, basis)


@cache
def _pressed() -> re.Pattern[str] | Needing:
    """What tells of pressure on a root, as the lexicon has it."""
    return needing(str(lexicon("diagnosis").concepts[CONCEPT].extra["pressed"]), re.I)


def _finding(parsed: Parsed, bounds: tuple[int, int, int, int], status: str, basis: str) -> Finding:
    first, start, end, last = bounds
    report = basis == "report"
    levels = place.levels_of(parsed, bounds, report=report, denied=status == "absent")
    region = place.region_of(parsed, bounds, levels or []) or place.region_of_document(parsed, report)
    return parsed.document.finding(
        "diagnosis",
        CONCEPT,
        start,
        end,
        quote=(first, last),
        status=status,
        region=region,
        side=place.side_of(parsed.text, *bounds, report=True),
        levels=levels,
        basis=basis,
        nerve_contact=status == "present",
    )
