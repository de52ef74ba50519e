"""Findings in, out which of them are only asked about: in the reason for an order, before a question mark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
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
SEEN_ON_IMAGES = frozenset(
    {
        "disc_herniation",
        "spinal_stenosis",
        "nerve_root_compression",
        "facet_cyst",
        "spinal_instability",
        "vertebral_fracture",
        "spinal_tumor",
        "spinal_infection",
    }
)
KNOWN = compiled(r"\b(?:known|documented|established|previous|prior|old|chronic)\b[^.;\n]{0,20}\Z", re.I)
LOOKED_INTO = compiled(
    r"[\s-]+(?:work-?\s?up|evaluation|screen\w*|testing|test|assessment|clinic|referral|study|studies|protocol|pathway"
    r"|panel)\b",
    re.I,
)
IN_PART = compiled(
    r"\s+(?:in part|partly|component|element|only in part|to a (?:small|lesser) (?:part|extent|degree))\b"
    r"|[^.;\n]{0,40}?\b(?:minor|minimal|secondary|negligible|trivial|lesser)\b",
    re.I,
)
BILLED = compiled(  # 'radiculopathy (listed for billing only)' names a code, and no condition
    r"[^.;\n]{0,60}?\b(?:for|only for) (?:the )?(?:billing|coding|insurance|authorization"
    r"|reimbursement)(?: purposes)?(?: only|\))",
    re.I,
)
GONE = compiled(
    r"[^.;\n]{0,24}?[,(]?\s*\b(?:since |now |later |by now |meanwhile )*"
    r"(?:gone|resorbed|disappeared|no longer (?:seen|present|visible|there))\b"
    r"|(?:(?!\b(?:but|while|and)\b)[^.;\n]){0,70}?\b(?:has|have)\s(?:since\s|now\s|largely\s|completely\s|fully\s)*"
    r"(?:resorbed|regressed|disappeared|vanished|resolved|gone away)\b"
    r"|[^.\n]{0,24}?[,(;]\s*(?:(?:it|this|that|which|the \w+)\s+)?(?:(?:has|have|had|was"
    r"|is)\s+)?(?:since\s+(?:then\s+)?"
    r"|now\s+|later\s+)*(?:been\s+)?"
    r"(?:since\s+)?(?:resected|removed|excised|operated(?: on)?|taken out|decompressed|resorbed|gone)\b",
    re.I,
)
UNANSWERED = compiled(r"[^.;,\n?]{0,24}\?(?!\W{0,6}(?:no|yes|n|y|none|denie[sd]|neg\w*|never|absent)\b)", re.I)
DOUBTED = compiled(r"[^.;,\n?]{0,24}\?")


def without_questions(parsed: Parsed, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings without what an image was only ordered to look for, and conditions that are only asked about."""
    for finding in findings:
        if finding.kind == "diagnosis":
            yield from _as_told(parsed, finding)
        elif finding.kind != "statement" or finding.concept not in OF_IMAGES or not _is_asked(parsed, finding):
            yield finding


def _as_told(parsed: Parsed, finding: Finding) -> Iterator[Finding]:
    """A condition, unless it is a question or what a work-up is for; one that is gone is history."""
    text, end = parsed.text, parsed.sentence_at(finding.start).end
    status = finding.get("status")
    if LOOKED_INTO.match(text, finding.end, end):
        return
    if status == "absent" and UNANSWERED.match(text, finding.end):
        return
    if finding.concept == "axial_pain" and IN_PART.match(text, finding.end, end):
        return
    if BILLED.match(text, finding.end):
        return
    if finding.concept in SEEN_ON_IMAGES and status == "present":
        start = parsed.sentence_at(finding.start).start
        if ORDERED.search(text, start, finding.start) and not KNOWN.search(text, start, finding.start):
            return
        if GONE.match(text, finding.end, end):
            finding = replace(finding, attributes={**finding.attributes, "status": "history"})
    yield finding


def _is_asked(parsed: Parsed, finding: Finding) -> bool:
    start = parsed.sentence_at(finding.start).start
    asked = REASON.search(parsed.text, start, finding.start) or ORDERED.search(parsed.text, start, finding.start)
    return bool(asked or DOUBTED.match(parsed.text, finding.end))
