"""The numbers of a sentence in, those out that tell a change of pain in words: '8/10 came down to 2/10', '2, was 8'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from mednec.expressions.patterns import compiled
from mednec.findings.scores.numbers import Number

TO = r"(?:an?\s|about\s|around\s|roughly\s|only\s|just\s|~\s?)*"
MOMENT = (
    r"(?:\s\(?(?:right\s|just\s)?(?:before(?:hand)?|prior|pre)(?:\s(?:to\s)?(?:the\s|her\s|his\s|that\s)?"
    r"(?:block|injection|shot|procedure|ESI|epidural|RFA|ablation))?\)?,?)?"
)
FELL = (
    r"(?:(?:has|had|have)\s)?(?:c[ao]me|went|gone|dropp\w+|fell|fallen|brought|got(?:ten)?|decreas\w+|reduc\w+|"
    r"improv\w+|eas\w+|settl\w+|sank|sunk|cut|lower\w*|subsid\w+|shr[aiu]nk\w*|melt\w+)\s(?:right\s|all the way\s)?"
)
DOWN = compiled(  # '8/10 came down to 2/10', 'from 8/10 before the shot down to 2/10', '8/10 became 2/10'
    rf"{MOMENT}\s(?:{FELL}(?:down\s)?to|down\sto|to|(?:has\s)?became|(?:has\s)?become)\s{TO}", re.I
)
UP = compiled(  # '2/10 from 8/10', '2/10, was 8/10', '2/10 where it had been 8/10', '2/10 instead of 8'
    r"(?:,|\s?\(|\s[-\u2013]|;)?\s?(?:(?:down\s|reduced\s|improved\s|decreased\s)?from|was|(?:having|had|it\shad|it\shas|has)\sbeen"
    r"|(?:where|when|whereas)\s(?:it|she|he|the\spain|pain)\s(?:had\sbeen|was|used\sto\sbe)|it\swas|instead\sof|rather\sthan)"
    rf"\s(?:at\s)?{TO}",
    re.I,
)
AGAINST = compiled(  # '2/10 against 8 before': with a word behind that tells when the other was
    rf"(?:,|\s?\()?\s?(?:(?:as\s)?compared\s(?:with|to)|(?:as\s)?against|vs\.?|versus)\s{TO}", re.I
)
EARLIER = compiled(
    r"\)?,?\s\(?(?:before(?:hand)?|prior|pre\b|pre-|at\s(?:baseline|the\s(?:outset|start)|first)|initially|originally|earlier"
    r"|on\sthe\s(?:day|morning)\sof)",
    re.I,
)
LATER = compiled(  # 'was 2/10 after the block': the second is of after, so the first is not
    r"\)?,?\s?\(?(?:after|following|post|with|on|since|last|yesterday|at\s(?:rest|night|best)|a\s(?:week|month))\b",
    re.I,
)
SUPPOSED = compiled(  # 'a good result means going from 8/10 to 1/10', 'she expects it to come from 8/10 down to 2/10'
    r"(?-i:\bHad)\s(?:it|s?he|this|that|they|pain|relief)\b[^.;]*$|"
    r"\b(?:(?:meant|supposed|intended|designed|promised)\sto|"
    r"means?|meaning|would|could|should|might|if|whether|unless|expect\w*|hop(?:e|es|ed|ing)|goals?|aim\w*|target\w*"
    r"|e\.g|for\s(?:example|instance)|such\sas|counts?\sas|defined|considered|typical\w*|other\spatients?|wants?|needs?)\b[^.;]*$",
    re.I,
)
RATED = compiled(r"\b(?:pain|NP?RS|VAS|score|rating)\b[^.;\n]*$", re.I)
LESS = 0.7  # the part of the pain before that is left at most, where what is left is told first


def sides(text: str, start: int, numbers: Sequence[Number]) -> dict[int, str]:
    """By offset what each number of a told change is, `before` or `after`, in a sentence that begins at `start`."""
    found: dict[int, str] = {}
    for one, other in pairwise(numbers):
        if one.when or other.when or one.of != other.of or one.start in found:
            continue
        if not (one.graded or other.graded or RATED.search(text, max(0, one.start - 40), one.start)):
            continue
        if is_supposed(text, start, one.start):
            continue
        if DOWN.fullmatch(text, one.end, other.start) and other.high < one.low:
            found |= {one.start: "before", other.start: "after"}
        elif _is_told_backwards(text, one, other):
            found |= {one.start: "after", other.start: "before"}
    return found


def is_supposed(text: str, start: int, first: int) -> bool:
    """Whether what is told at an offset is only hoped for, defined or explained."""
    return bool(SUPPOSED.search(text, start, first))


def _is_told_backwards(text: str, one: Number, other: Number) -> bool:
    """Whether the present score stands before that of the time before, and is clearly less."""
    if one.high > LESS * other.low:
        return False
    if AGAINST.fullmatch(text, one.end, other.start):
        return bool(EARLIER.match(text, other.end))
    return bool(UP.fullmatch(text, one.end, other.start)) and not LATER.match(text, other.end)
