"""What an image is to show in, out where it is only asked: in the reason for an order, before a question mark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mednec.findings.parse import Parsed
from mednec.findings.patterns import compiled
from mednec.model import Finding

OF_IMAGES = frozenset(
    {
        "modic_changes",
        "marrow_edema",
        "vertebral_height_loss",
        "kyphosis",
        "canal_compromise",
        "imaging_matches_symptoms",
    }
)
REASON = compiled(
    r"\b(?:indications?|reason for (?:the )?(?:exam\w*|study|order|scan|request|imaging|test)|question|query|"
    r"to rule out|rule out"
    r"|r/o|evaluate for|eval for|assess for|look(?:ing)? for|concern for|please (?:check|look)|to see (?:if|whether))\b"
    r"(?:(?!\b(?:shows?|showed|finding|findings|impression|result|reveals?|demonstrat\w+|read)\b)[^.;\n]){0,80}$",
    re.I,
)
ORDERED = compiled(
    r"\b(?:ordered|requested|scheduled|to be (?:done|obtained|ordered)|pending|awaiting|will (?:get|order|obtain))\b"
    r"(?:(?!\b(?:shows?|showed|shown|found|read|reviewed|result\w*|reveals?|demonstrat\w+|confirm\w*)\b)[^.;\n]){0,60}"
    r"\b(?:for|because of|given|due to)\b[^.;,\n]{0,20}$",
    re.I,
)
DOUBTED = compiled(r"[^.;,\n?]{0,24}\?")


def without_questions(parsed: Parsed, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings without what an image was only ordered to look for."""
    for finding in findings:
        if finding.kind != "statement" or finding.concept not in OF_IMAGES or not _is_asked(parsed, finding):
            yield finding


def _is_asked(parsed: Parsed, finding: Finding) -> bool:
    start = parsed.sentence_at(finding.start).start
    asked = REASON.search(parsed.text, start, finding.start) or ORDERED.search(parsed.text, start, finding.start)
    return bool(asked or DOUBTED.match(parsed.text, finding.end))
