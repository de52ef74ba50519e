"""Scores in, those out that rate the patient: no example of an answer, no key of a scale."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.model import Finding

GRADES = r"(?:no pain|none|minimal|mild|moderate|severe|crippl\w+|bed-?bound|worst|complete|excruciating|unbearable)"
RANGE = r"\d{1,2}\s?(?:-|\u2013|to)\s?\d{1,3}\s?(?:/\s?10|%)?"
SCORE = r"(?:\d{1,2}\s?/\s?10|\d{1,3}\s?%|\d{1,2}\s?(?:-|\u2013|to)\s?\d{1,3}\s?(?:/\s?10|%)?)"
LEGEND = needing(
    r"\b(?:for example|for instance|sample(?: answer| score| rating| entry)?|examples?|such as)\b"
    rf"[^.;\n]{{0,40}}?(?:{SCORE}|\b(?:ODI|NDI|score|rating)\b)"
    r"|\be\.\s?g\.[,:]?\s[^;\n]{0,30}?\d"
    rf"|{SCORE}\s(?:(?:pain|disability)\s)?(?:means?|would (?:mean|be)|stands for|is considered|corresponds to|"
    rf"indicates)\b"
    rf"|(?P<key>{RANGE}\s?(?:[=:(]\s?)?{GRADES}\b[^.\n]{{0,20}}?{RANGE}\s?(?:[=:(]\s?)?{GRADES}\b|"
    rf"{RANGE}\s?=\s?{GRADES}\b)"
    rf"|\b(?:scale|score|rating|ODI|NDI)\s(?:key|legend|guide|interpretation)\b",
    re.I,
)
# What makes a sentence one about this patient; 'explained to the patient' does not.
OF_PATIENT = compiled(
    r"\b(?:(?<!to )(?:the |this )?(?:patient|pt)(?!s)\b(?!['\u2019]?s? (?:education|information))|she|he|her|his|"
    r"my|i|me"
    r"|^pain (?:today|now)\s*:|reports|reported|rates|(?<!is )(?<!are )rated|states|scored|yesterday)\b",
    re.I,
)
SCORES = frozenset({"pain_score", "function_score"})


def without_examples(parsed: Parsed, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings without the scores that only explain a scale."""
    for finding in findings:
        if finding.kind not in SCORES or not _is_shown(parsed, finding):
            yield finding


def _is_shown(parsed: Parsed, finding: Finding) -> bool:
    """Whether a score is an example, or a part of the key of its scale."""
    sentence = parsed.sentence_at(finding.start)
    first, last = sentence.start, max(sentence.end, finding.end)
    for match in LEGEND.finditer(parsed.text, first, last):
        if match["key"] and match.start() < finding.end and finding.start < match.end():
            return True
        if not match["key"] and not OF_PATIENT.search(parsed.text, first, last):
            return True
    return False
