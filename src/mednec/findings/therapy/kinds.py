"""A treatment named in general words in, its concept out: which block 'the blocks' are, what joint 'surgery' is on."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from mednec.expressions.patterns import compiled
from mednec.findings import regions
from mednec.findings.parse import Parsed
from mednec.findings.therapy.mention import Mention

JOINTS = frozenset({"shoulder", "elbow", "wrist_hand", "hip", "knee", "ankle_foot"})
SPINE = frozenset({"cervical", "thoracic", "lumbar", "sacroiliac"})
BLOCKS = (
    "medial_branch_block",
    "facet_joint_injection",
    "peripheral_nerve_block",
    "epidural_steroid_injection",
    "sacroiliac_joint_injection",
)
BLOCK = compiled(r"\b(?:confirmatory|diagnostic)?\s*blocks?\b", re.I)
OF_FACETS = compiled(
    r"s?\s+(?:of|to|at|into|for)\s+(?:the\s+|her\s+|his\s+)?(?:[\w-]+\s+){0,3}(?:facets?|zygapophys\w+|z-joints?)\b",
    re.I,
)
ANOTHER = compiled(r"\b(?:second|third|2nd|3rd|another|repeat|additional|last|next)\s+(?:\w+\s+){0,2}$", re.I)
OF_THE_SPINE = compiled(r"fusion|decompression|arthrodesis", re.I)
INTO_A_JOINT = compiled(
    r"\s+(?:in|into|of|to)\s+(?:the\s+|his\s+|her\s+|that\s+)?(?:\w+\s+)?"
    r"(?:bursae?|tendon sheath|(?<!facet )(?<!SI )joint)\b",
    re.I,
)
FRACTURE = compiled(  # 'surgery to repair a pelvic fracture'
    r"\s+(?:to (?:repair|fix)|for)\s+(?:an?\s+|the\s+|his\s+|her\s+)?(?!vertebr|compression|spin|lumbar|thoracic|"
    r"cervical)"
    r"(?:[\w-]+\s+){0,2}fractures?\b",
    re.I,
)
MANIPULATED = compiled(r"MUA$|manipulation under anesthesia$", re.I)  # of a joint, where the spine is not the complaint
GENERAL_SURGERY = compiled(
    r"^(?:arthrodesis|decompression|fusions?|surg\w+.*|operati\w+.*|operations?|surgical .*)$", re.I
)


def resolved(parsed: Parsed, mention: Mention, earlier: list[Mention], tied: str | list[str] | None) -> Mention:
    """The mention under the concept that its general words mean here."""
    if mention.concept == "injection_unspecified":
        return replace(mention, concept=_injection(parsed, mention, earlier, tied))
    if mention.concept == "spine_surgery" and GENERAL_SURGERY.match(parsed.text[mention.start : mention.end]):
        return replace(mention, concept=_surgery(parsed, mention, tied))
    if MANIPULATED.match(parsed.text, mention.start, mention.end) and main_region(parsed) in SPINE:
        return replace(mention, concept="osteopathic_manipulation")
    return mention


def _lies_in(tied: str | list[str] | None, regions: frozenset[str]) -> bool:
    """Whether the place of a treatment, or each of its places, is one of `regions`."""
    places = [tied] if isinstance(tied, str) else tied or []
    return bool(places) and regions.issuperset(places)


def kind_of(concept: str) -> str:
    """The sort of procedure that a concept is, general words and exact ones together."""
    return (
        "surgery"
        if concept.endswith("surgery")
        else "joint_injection"
        if concept == "injection_unspecified"
        else concept
    )


def _injection(parsed: Parsed, mention: Mention, earlier: list[Mention], tied: str | list[str] | None) -> str:
    words = parsed.text[mention.start : mention.end]
    before = parsed.text[max(0, mention.start - 40) : mention.start]
    if _lies_in(tied, JOINTS) or INTO_A_JOINT.match(parsed.text, mention.end):
        return "joint_injection"
    if BLOCK.match(words.strip()) and OF_FACETS.match(parsed.text, mention.end):
        return "facet_joint_injection"
    told = [
        one.concept
        for one in earlier
        if one.group == "injection" and not one.concept.endswith(("surgery", "unspecified"))
    ]
    if BLOCK.match(words.strip()) and (
        block := next((concept for concept in reversed(told) if concept in BLOCKS), None) or block_of_document(parsed)
    ):
        return block
    if (
        re.match(r"(?:given )?injections?$", words, re.I)
        and told
        and told[-1].endswith("injection")
        and mention.start - earlier[-1].end < 250
        and not re.search(r"\b(?:other|any|prior|previous|spinal)\s+$", before, re.I)
    ):
        return told[-1]
    if (
        re.match(r"injections?$|shots?$", words, re.I)
        and ANOTHER.search(before)
        and told
        and told[-1].endswith("injection")
    ):
        return told[-1]
    if (
        tied is None
        and not BLOCK.search(words)
        and not re.search(r"spin|back|lumbar|cervical|neck|pain|intervention", words, re.I)
    ):
        spinal = any(hit.concept in BLOCKS for hit in parsed.of("therapy"))  # 'foot pain', and an epidural is planned
        return "joint_injection" if sole_joint(parsed) and not spinal else "injection_unspecified"
    return "injection_unspecified"


def block_of_document(parsed: Parsed) -> str | None:
    """The one sort of block that a document speaks of."""
    named = {
        hit.concept
        for hit in parsed.of("therapy")
        if hit.concept in BLOCKS and (hit.concept == "medial_branch_block" or "block" in hit.term)
    }
    return "medial_branch_block" if "medial_branch_block" in named else min(named, default=None)


def _surgery(parsed: Parsed, mention: Mention, tied: str | list[str] | None) -> str:
    near = tied if isinstance(tied, str) else nearest_region(parsed, mention)
    if OF_THE_SPINE.match(parsed.text, mention.start) and not _lies_in(tied, JOINTS):
        sentence = parsed.sentence_at(mention.start)
        named = {hit.concept for hit in parsed.within(mention.end, min(sentence.end, mention.end + 80), "regions")}
        return "joint_surgery" if named and named <= JOINTS else "spine_surgery"
    if not _lies_in(tied, SPINE) and FRACTURE.match(parsed.text, mention.end):
        return "joint_surgery"
    if isinstance(tied, list):
        return "joint_surgery" if _lies_in(tied, JOINTS) else "spine_surgery"
    return "joint_surgery" if near in JOINTS else "spine_surgery"


def nearest_region(parsed: Parsed, mention: Mention) -> str | None:
    """The region named last before a mention in its sentence, else the one that the document speaks of most."""
    sentence = parsed.sentence_at(mention.start)
    named = [hit.concept for hit in parsed.within(sentence.start, mention.start, "regions")]
    return named[-1] if named else main_region(parsed)


def main_region(parsed: Parsed) -> str | None:
    """The region that a document speaks of most, its beginning weighing more; the spine counts as a whole."""
    counted = Counter(hit.concept for hit in parsed.of("regions"))
    counted.update({hit.concept: 3 for hit in parsed.within(0, 700, "regions")})
    levels = (match for match in regions.LEVEL.finditer(parsed.text, 0, 6000) if match["letter"].isupper())
    counted.update(regions.REGION_OF_LETTER[match["letter"].upper()] for match in levels)
    spine = Counter({region: count for region, count in counted.items() if region in SPINE})
    named = counted.most_common(1)
    return spine.most_common(1)[0][0] if spine and spine.total() >= named[0][1] else named[0][0] if named else None


def sole_joint(parsed: Parsed) -> bool:
    """Whether the document's complaint is one joint alone."""
    told = [part for part in parsed.sections if part.name in ("chief_complaint", "assessment")]
    named = {
        hit.concept for part in told for hit in parsed.within(part.start, min(part.end, part.body + 300), "regions")
    }
    if named and told[0].name == "chief_complaint":
        return len(named) == 1 and named <= JOINTS
    complaint = {hit.concept for hit in parsed.within(0, 900, "regions")}
    return len(complaint & JOINTS) == 1 and not complaint & SPINE
