"""The words behind an ordered treatment in, out where they tell that the patient went through it, and whether he does.

'Referred to PT in January and completed 10 visits', 'PT was ordered. He went twice a week for six weeks': the order
alone is a plan, what follows is the course. What is told of others, as a condition or not at all is none.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from mednec.findings.needs import needing
from mednec.findings.patterns import compiled
from mednec.findings.quantities import SPELLED

NUMBER = rf"(?:\d{{1,3}}|{SPELLED}|a\sdozen|several|a\sfew|a\scouple\sof|all|both|all\sof)"
UNIT = r"(?:visits?|sessions?|treatments?|adjustments?|appointments?|lessons?|weeks?|wks?|months?|mos?)"
OF_ANOTHER = (
    r"(?!\s+of\s+(?!(?:it|this|that|these|them|(?:the\s+|physical\s+|supervised\s+|formal\s+|manual\s+)?"
    r"(?:PT|therapy|treatments?|care|exercises?|sessions|rehab\w*|program))\b))"
)
COURSE = rf"""(?:
    (?:the\s+)?{NUMBER}(?:\s+(?:out\s+)?of\s+(?:the\s+|her\s+|his\s+)?\d{{1,3}})?(?:\s|-)(?:[\w-]+\s+){{0,2}}?{UNIT}\b{OF_ANOTHER}
  | (?:once|twice|{NUMBER}\s*(?:times|x))\s*(?:-\s*)?(?:a|per|each|every|/)?\s*(?:week|wk|month|day|weekly)\b
  | (?:the|a|an|his|her|this|that)\s+(?:(?:full|whole|entire|complete|\w+-week|recommended|prescribed|supervised)\s+)*
    (?:\w+\sand\s)?(?:course|program|series|regimen|sessions|visits|exercises)\b{OF_ANOTHER}
  | (?:faithfully|regularly|as\s(?:directed|prescribed|ordered|instructed|recommended))\b
)"""
PRONOUN = (
    r"(?:it|them|this|these)(?=\s*(?:[.,;)]|\b(?:for|with|without|over|through|until|twice|daily|faithfully|but|and|in|"
    r"from|as)\b|\d))"
)
PATIENT = r"(?:s?he|they|the\spatient|patient|pt|this\s(?:man|woman|patient)|(?:Mr|Mrs|Ms)\.\s\w+)"
ADVERB = (
    r"(?:since|then|subsequently|already|dutifully|faithfully|now|recently|eventually|also|diligently|only|actually|"
    r"ultimately|ended\sup\shaving|about|just|at\sleast|over|nearly|almost|through|to|for|approximately|a\stotal\sof|"
    r"roughly|in|all)"
)
GONE_THROUGH = rf"""(?:(?:and|but)\s+)?(?:{PATIENT}\s+)?(?:(?:has|have|had)\s+)?(?:{ADVERB}\s+)*
    (?:
      (?:attended|completed|finished|underwent|participated|did|performed|practiced|went|tried|used|took|wore)\s+
        (?:{ADVERB}\s+)*(?:{COURSE}|{PRONOUN})
    | (?:received|had|kept)\s+(?:{ADVERB}\s+)*{COURSE}
    | (?P<goes_on>(?:is|are|has\sbeen|have\sbeen)\s+(?:{ADVERB}\s+)*(?:attending|going|doing|taking|using|wearing)\s+
        (?:{ADVERB}\s+)*(?:{COURSE}|{PRONOUN}))
    )"""
OPENING = compiled(GONE_THROUGH, re.I | re.X)
TOLD = needing(rf"(?:[,;.:)]\s*|\b(?:and|but|which|who)\s+|\n\s*){GONE_THROUGH}", re.I | re.X)
BETWEEN = compiled(
    r"\b(?:not|never|no|none|without|if|when|once|until|unless|after|before|will|would|should|must|could|supposed|"
    r"expected|requires?d?|criteri\w+|polic(?:y|ies)|declin\w+|refus\w+|den(?:y|ies|ied)|cancel\w+|sister|brother|"
    r"mother|father|wife|husband|son|daughter|friend|goal|instead)\b|n't\b",
    re.I,
)
FARTHEST = 120  # characters behind the order


class Course(NamedTuple):
    """Where the words begin that tell of the course, and whether it goes on."""

    start: int
    goes_on: bool


def carried_out(text: str, start: int, end: int) -> Course | None:
    """The first words between two offsets that tell that what stands before them was gone through."""
    told = TOLD.search(text, start, end)
    if told is None or told.start() - start > FARTHEST or BETWEEN.search(text, start, told.start()):
        return None
    return Course(told.start(), told["goes_on"] is not None)


def opens(text: str, start: int) -> bool:
    """Whether a sentence that begins at an offset tells that something was gone through: 'She completed 8 weeks.'"""
    return OPENING.match(text, start) is not None
