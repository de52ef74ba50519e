"""What one study's words say of another: a second region with its own result, a result or a region that both share."""

from __future__ import annotations

import re

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.findings.terms import Hit
from mednec.model import Finding

SECOND = compiled(
    r"(?:\band|\bwhile|\bwhereas|\bbut|[;,])\s+(?:(?:that|the\s+one)\s+)?(?:of\s+)?(?:the\s+)?"
    r"(?P<region>(?:(?:cervical|thoracic|lumbar|lumbosacral|low\s+back|[CTL])[\s-]+spine|brain"
    r"|(?:left|right)\s+(?:knee|hip|shoulder|ankle|wrist|elbow|foot|hand)))"
    r"\s+(?:(?:as|also|has|have|had)\s+)*(?:show\w*|reveal\w*|demonstrat\w*|was|were|is|are)\b",
    re.I,
)
TOLD = compiled(r"\b(?:show\w*|reveal\w*|demonstrat\w*|report\w*|was|were|is|are|negative|normal|unremarkable)\b", re.I)
AND = compiled(r"\s*(?:,|/|&|\band\b|\bor\b)\s*(?:(?:an?|the|his|her)\s+)?", re.I)
SAID_AHEAD = compiled(
    r"\b(?:normal|abnormal|negative|positive|unremarkable)\s+(?:(?:by|on|per|for|an?|the|his|her|plain|recent|prior)\s+)*$",
    re.I,
)
AS_WELL = compiled(r"\bas well as\s+(?:(?:the|an?|his|her)\s+)?(?:\w+\s+){0,2}$", re.I)
SAME_THING = compiled(
    r"\b(?:this|the same|these)\s+(?:\w+\s)?(?:fractures?|lesions?|levels?|dis[ck]s?|deformity|vertebrae?|"
    r"herniation|tears?|"
    r"findings?|abnormalit(?:y|ies)|area|segment|compression|stenosis)\b",
    re.I,
)
SECOND_REGION = "second region"  # stands for the term of a study that is named by its region alone
ORGANS = (
    r"(?:brain|head|chest|abdomen|abdominal|thorax|sinus\w*|carotid|breast|renal|kidneys?|cardiac|heart|lungs?|liver)"
)
OF_ORGAN = {
    concept: needing(
        rf"\b(?:{words})\b(?:\s(?:scan|study))?\s(?:of\s)?(?:(?:the|his|her)\s)?{ORGANS}\b|\b{ORGANS}\s(?:{words})\b",
        re.I,
    )
    for concept, words in (("ct", "CT"), ("mri", "MRI"), ("xray", r"x-?rays?"))
}
APART = 4  # characters between a sentence and the next


def with_second_regions(parsed: Parsed, hits: list[Hit]) -> list[Hit]:
    """The studies, and each further region that a sentence gives a result of its own: 'MRI of the brain was ...'."""
    found = list(hits)
    for index, hit in enumerate(hits):
        if hit.lexicon != "imaging":
            continue
        end = parsed.sentence_at(hit.start).end
        last = min(end, hits[index + 1].start) if index + 1 < len(hits) else end
        for second in SECOND.finditer(parsed.text, hit.end, last):
            if TOLD.search(parsed.text, hit.end, second.start()):
                found.append(hit._replace(start=second.start("region"), end=second.end("region"), term=SECOND_REGION))
    return sorted(found, key=lambda hit: (hit.start, hit.end))


def of_organ(parsed: Parsed, hit: Hit) -> bool:
    """Whether the same kind of study is told of head, chest or belly elsewhere: 'the CT' is then that one."""
    words = OF_ORGAN.get(hit.concept)
    return words is not None and words.search(parsed.text) is not None


def shared_result(parsed: Parsed, before: Finding | None, hit: Hit, result: str | None) -> str | None:
    """The result of the study before, where this one is only joined to it: 'the MRI showed a tear, as well as CT'."""
    if result or before is None or before.quote_end < hit.end:
        return result
    joined = AND.fullmatch(parsed.text, before.end, hit.start) and _is_said_ahead(parsed.text, before.start)
    if not joined and not AS_WELL.search(parsed.text, before.end, hit.start):
        return result
    told = before.get("result")
    return told if isinstance(told, str) else None


def _is_said_ahead(text: str, start: int) -> bool:
    """Whether the result stands before the first of two studies: 'a normal EMG and MRI', 'negative by x-ray and CT'."""
    return bool(SAID_AHEAD.search(text, max(0, start - 40), start))


def shared_region(parsed: Parsed, before: Finding | None, hit: Hit) -> tuple[str, ...]:
    """The region of the study told right before, where this sentence goes on with 'this fracture'."""
    sentence = parsed.sentence_at(hit.start)
    if before is None or not -1 <= sentence.start - before.quote_end <= APART:
        return ()
    region = before.get("region")
    return (region,) if isinstance(region, str) and SAME_THING.search(parsed.text, hit.end, sentence.end) else ()
