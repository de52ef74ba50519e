"""The levels of an operation, or a treatment within a bracketed list, in; the regions that they lie in out."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings import regions
from mednec.findings.parse import Parsed
from mednec.findings.therapy.mention import Mention

REACH = 160  # characters before a treatment within which its bracket opens
BRACKETED = compiled(r"\bfor\s+(?P<what>(?:his|her|the|their)\s+[^(;.:\n]{3,40})\((?:[^().;\n])*$", re.I)


def of_levels(levels: list[str]) -> str | list[str] | None:
    """The regions in which levels lie whole: 'T11-12' to 'L2-3' is thoracic and lumbar, 'C6-7', 'C7-T1' is cervical."""
    whole = [one[0] for one in levels if not one.partition("-")[2][:1].isalpha()]
    return regions.one_or_list([*dict.fromkeys(regions.REGION_OF_LETTER[letter] for letter in whole or levels[0][0])])


def of_bracket(parsed: Parsed, mention: Mention) -> list[str]:
    """The region before a bracket that lists what is taken for it: 'five drugs for his back (Celebrex, tramadol)'."""
    first = max(parsed.sentence_at(mention.start).start, mention.start - REACH)
    opened = BRACKETED.search(parsed.text, first, mention.start)
    return list(regions.regions_in(parsed, *opened.span("what"))) if opened else []
