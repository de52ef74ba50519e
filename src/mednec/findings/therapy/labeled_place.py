"""A procedure that its note's title names in, the levels and the side that the lines below the title tell out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.findings.regions import REGION_OF_LETTER, levels_in, side_in
from mednec.findings.therapy.branches import branches
from mednec.findings.therapy.title import is_title
from mednec.model import Finding

PLACED = ("medial_branch_block", "facet_joint_injection", "epidural_steroid_injection", "radiofrequency_ablation")
LABEL = compiled(
    r"(?:spinal |target(?:ed)? |treated |vertebral )?(?:levels?(?:\(s\))?(?! of )|sides?|laterality|sites?|"
    r"targets?|joints?|nerves?|medial branches|location)(?: (?:blocked|treated|targeted|injected|lesioned|"
    r"ablated|addressed|of (?:the )?(?:block|injection|procedure)))?"
    r"(?:\s?[:=-]|\s+(?=[LRCT]\d|both\b|bilat|left\b|right\b))\s*",
    re.I,
)
PLACE = compiled(r"(?:(?:bilateral(?:ly)?|left|right|both|[LR]|Lt|Rt)\s+(?:sided?\s+)?|the\s+)?[CTL]\d", re.I)
BLOCKED = compiled(
    r"[^.;]{0,90}\b(?:medial branch\w*|MBs?|dorsal ram\w+|DRs?|nerves?|joints?|branches|facets?|levels?)\b", re.I
)
EACH_SIDE = compiled(r"\b(?:on|at) (?:each|either) side\b|\b(?:sides? )?both\b|\bright and left\b", re.I)
FINDING = compiled(r"\b(?:MRI|CT|x-?rays?|films?|show(?:s|ed|ing)?|arthropathy|stenosis|pain|tender\w*|plan)\b", re.I)
REST = compiled(r"[^.\n]*[.\n]?\s*")
ABOUT = compiled(
    r"(?:date|dos|time|physician|surgeon|operator|provider|performed by|assistants?|facility|cpt|codes?|"
    r"guidance|imaging|anesthesia|sedation|procedure (?:number|#))[^:\n]{0,20}:",
    re.I,
)
LINES = 8  # lines or sentences below a title that may still tell its place


def with_its_labels(parsed: Parsed, finding: Finding) -> Finding:
    """'Procedure: medial branch block' with the levels and the side that 'Levels: ...' and 'Side: ...' below add."""
    lacking = [name for name in ("levels", "side") if not finding.get(name)]
    if finding.concept not in PLACED or finding.get("status") != "performed" or not lacking:
        return finding
    if not is_title(parsed, finding.start, finding.end):
        return finding
    told, last = dict(finding.attributes), finding.quote_end
    for start, end in _below(parsed, finding):
        levels = branches(parsed.text, start, end) or levels_in(parsed.text, start, end)
        joints = tuple(level for level in levels_in(parsed.text, start, end) if "-" in level)
        side = "bilateral" if EACH_SIDE.search(parsed.text, start, end) else side_in(parsed.text, start, end)
        new = {"levels": list(joints or levels) or None, "side": side}
        added = {name: value for name, value in new.items() if value and name in lacking and name not in told}
        told, last = told | added, end if added else last
    if last == finding.quote_end:
        return finding
    if "region" not in told and "levels" in told:
        told["region"] = REGION_OF_LETTER[told["levels"][0][0]]
    quote = (finding.quote_start, last)
    return parsed.document.finding("therapy", finding.concept, finding.start, finding.end, quote=quote, **told)


def _below(parsed: Parsed, finding: Finding) -> Iterator[tuple[int, int]]:
    """The lines and sentences directly below a title that tell a place, up to the first that tells something else."""
    text, position = parsed.text, finding.end
    rest = REST.match(text, position)
    position = rest.end() if rest else position
    for _ in range(LINES):
        stop = min((at for sign in (". ", "\n", "; ") if (at := text.find(sign, position)) >= 0), default=len(text))
        if LABEL.match(text, position) or (PLACE.match(text, position) and BLOCKED.match(text, position, stop)):
            if FINDING.search(text, position, stop):
                return
            yield position, stop
        elif text[position:stop].strip() and not ABOUT.match(text, position):
            return
        position = stop + 1
        while position < len(text) and text[position] in " \t\n":
            position += 1
        if position >= len(text):
            return
