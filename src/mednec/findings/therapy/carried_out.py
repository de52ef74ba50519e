"""The words behind an ordered treatment in, out where they tell that the patient went through it, and whether he does.

'Referred to PT in January and completed 10 visits', 'PT was ordered. He went twice a week for six weeks': the order
alone is a plan, what follows is the course. What is told of others, as a condition or not at all is none.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled
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
ALL_OF_IT = rf"""(?:all|both|every(?:\s(?:one|visit|session))?|{NUMBER})
    (?:\s(?:of\s(?:them|these|it)|two|three|four|\d{{1,2}}))?
    (?=\s*(?:[.,;]|\b(?:of|on|over|in|through|for|from|between|by|with|and|but)\b))"""
KEPT = rf"""(?:all|both|every|each|\d{{1,2}}|{SPELLED})(?:\s(?:out\s)?of\s(?:the\s)?(?:\d{{1,2}}|which|them|these))?
    (?:\s(?!remain|left|to)\w+){{0,2}}?\s(?:(?:were|was|have\sbeen|has\sbeen|s?he)\s)?
    (?:attended|kept|used(?:\sup)?|completed|finished)\b"""  # passive
REPORTED = (
    r"(?:(?:the\s)?(?:chart|records?|log|reports?|notes?|therapist|rehab|clinic|portal)\s"
    r"(?:shows?|says?|confirms?|states?)\s(?:that\s)?)"
)
GRANTED = (
    r"(?:(?:(?:the\s)?(?:plan|insurer|insurance|carrier)|it|this|these|request)\s(?:(?:was|were|has\sbeen)\s)?"
    r"(?:approved|authorized|certified|granted)(?:\s(?:it|this|them))?\s*(?:[;,]|\band\b)\s*)"
)
GONE_THROUGH = rf"""{GRANTED}?{REPORTED}?(?:(?:and|but)\s+)?(?:{PATIENT}\s+)?(?:(?:has|have|had)\s+)?(?:{ADVERB}\s+)*
    (?:
      (?:attended|completed|finished|underwent|participated|did|performed|practiced|went|tried|used|took|wore)\s+
        (?:{ADVERB}\s+)*(?:{COURSE}|{PRONOUN}|{ALL_OF_IT})
    | (?:went|did\s(?:so|go)|has\sgone)\s*,?\s+(?:for\s+)?(?:about\s+)?{NUMBER}\s+(?:\w+\s+)?{UNIT}\b
    | (?:been|went|gone)\sthrough\s(?:it|both|all|them|these|that)\b
    | ran\s(?:from|for|through|until|over)\b
    | (?:(?:was|were|has\sbeen|have\sbeen|all|both)\s+)*(?:{ADVERB}\s+)*
        (?:used\sup|completed|attended|carried\sout|undertaken|done)
        (?=\s*(?:[,;.]|\b(?:and|but|without|over|from|by|in|with\s(?:no|little|minimal|good|some|great|only))\b))
    | {KEPT}
    | (?:received|had|kept)\s+(?:{ADVERB}\s+)*{COURSE}
    | (?P<goes_on>(?:is|are|has\sbeen|have\sbeen)\s+(?:{ADVERB}\s+)*(?:attending|going|doing|taking|using|wearing)\s+
        (?:{ADVERB}\s+)*(?:{COURSE}|{PRONOUN}))
    )"""
OPENING = compiled(GONE_THROUGH, re.I | re.X)
TOLD = needing(rf"(?:[,;.:)]\s*|\b(?:and|but|which|who)\s+|\n\s*){GONE_THROUGH}", re.I | re.X)
BETWEEN = compiled(
    r"\b(?:not|never|no|none|without|if|when|once|until|unless|after|before|will|would|should|must|could|supposed|"
    r"expected|requires?d?|criteri\w+|polic(?:y|ies)|declin\w+|refus\w+|den(?:y|ies|ied)|cancel\w+|sister|brother|"
    r"mother|father|wife|husband|son|daughter|friend|goal|instead|letter|fax|form|paperwork|evaluation\s+only)\b|n't\b",
    re.I,
)
FARTHEST = 120  # characters behind the order


WHOLE = compiled(
    r"\b(?:all|both|every|each|full|whole|entire|faithfully|used\sup|as\s(?:directed|prescribed|ordered|instructed|"
    r"recommended))\b"
    r"|\b(?P<kept>\d{1,3})\s(?:out\s)?of\s(?:the\s)?(?P=kept)\b",
    re.I,
)


class Course(NamedTuple):
    """Where the words begin that tell of the course, whether it goes on, and whether all that was ordered was done."""

    start: int
    goes_on: bool
    whole: bool


def carried_out(text: str, start: int, end: int, limit: int) -> Course | None:
    """The first words that tell that what stands before them was gone through.

    They begin between `start` and `end`, and may lead on up to `limit`, the end of the sentence.
    """
    told = TOLD.search(text, start, limit)
    if told is None or told.start() - start > FARTHEST or told.start() >= end:
        return None
    if BETWEEN.search(text, start, told.start()):
        return None
    return Course(told.start(), told["goes_on"] is not None, WHOLE.search(told.group()) is not None)


def opens(text: str, start: int) -> bool:
    """Whether a sentence that begins at an offset tells that something was gone through: 'She completed 8 weeks.'"""
    return OPENING.match(text, start) is not None
