"""Treatments in, out which of them are only asked about, doubted, or told of patients in general.

'Ask whether six weeks of therapy helped', 'no evidence that it failed', 'most patients get no relief from it': the
words are those of a trial that failed, and nobody says that there was one. An answer behind the question counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.model import Finding

ASKED = needing(
    r"\b(?:ask|asks|asked|asking|find out|finding out|check|checking|clarify|determine|establish|verify|see"
    r"|wonder|wonders|wondered|unclear|unknown|uncertain|unsure|not (?:sure|clear|known|certain)"
    r"|cannot (?:say|tell)|can't (?:say|tell))"
    r"\s(?:(?:with )?(?:him|her|them|me|us|the patient|the clinic|the office|to me|at this point)\s)?"
    r"(?:whether|if)\b",
    re.I,
)
DOUBTED = needing(
    r"\b(?:(?:no|not any|little|insufficient|without|lacks?|lacking) (?:\w+ )?"
    r"(?:evidence|proof|indication|confirmation|assurance) that"
    r"|doubts? (?:that|whether|if)|doubted (?:that|whether)|doubtful (?:that|whether|if)|not convinced that"
    r"|nothing (?:shows|proves) that"
    r"|(?:cannot|can't|could not|unable to) (?:confirm|verify|establish|prove) (?:that|whether|if)"
    r"|not (?:established|proven|shown|documented|verified|confirmed) that)\b",
    re.I,
)
HEARD = needing(
    r"\b(?:read|reads|heard|hears|learned|saw)\s(?:\w+\s){0,3}?that\b"
    r"(?=[^.;\n]{0,120}\b(?:do|does|never|rarely|seldom|usually|often) )",
    re.I,
)
PATIENTS = needing(
    r"(?:^|(?<=[.;:] )|(?<=\n))(?:most|many|some|all|other|our|typically|generally|usually|often)?,?\s*"
    r"(?:patients|people|folks|individuals)\s+(?:usually|often|generally|typically|commonly|mostly|tend|who|with|should|must|may"
    r"|can|will|need|needs|get|gets|do|have|are|fail|respond|improve|try)\b",
    re.I | re.M,
)
ANSWERED = compiled(
    r"(?::|[,;]|\band\b|\bbut\b)\s*(?:no|yes|not|it|they|none|he|she|the patient|pt)\b"
    r"(?:\s(?:said|says|replied|answered|denied|denies|reports?|reported|stated|states|told|did|does|do|has|had|was|were|is)\b)?"
    r"|\b(?:said|says|answer\w*|replied|denied|reported|states|told)\b",
    re.I,
)


DONE = ("past", "current", "performed")


def without_doubted(parsed: Parsed, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings, treatments that are only asked, doubted or told of patients marked as no trial."""
    told = list(_spans(parsed))
    for finding in findings:
        inside = finding.kind == "therapy" and any(start <= finding.start < end for start, end in told)
        if inside and finding.get("status") in DONE:
            yield replace(finding, attributes={**finding.attributes, "status": "other"})
        else:
            yield finding


def _spans(parsed: Parsed) -> Iterator[tuple[int, int]]:
    """Where what is told asserts nothing: from the question or doubt to the end of its sentence."""
    for asked in ASKED.finditer(parsed.text):
        end = parsed.sentence_at(asked.start()).end
        if not ANSWERED.search(parsed.text, asked.end(), end) and not ANSWERED.search(
            parsed.text, parsed.sentence_at(asked.start()).start, asked.start()
        ):
            yield asked.end(), end
    for expression in (DOUBTED, HEARD, PATIENTS):
        for found in expression.finditer(parsed.text):
            yield found.end(), parsed.sentence_at(max(found.end() - 1, found.start())).end
