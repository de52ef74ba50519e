"""The words about an instrument of function in, the score that stands in them in words, or before its name, out."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings import quantities

TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
ONES = r"(?:one|two|three|four|five|six|seven|eight|nine)"
TEENS = r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
SPELLED = compiled(rf"\b(?:{TENS}(?:[-\s]{ONES})?|{TEENS}|{ONES}(?=\s(?:of|out\sof|percent|points)\b))\b", re.I)
AHEAD = compiled(  # 'scored 44% on the Oswestry', 'a 16 on her Roland-Morris', '22 of 50 points by ODI'
    r"(?<![\w./:#<>-])(?P<raw>\d{1,3}(?:\.\d)?)(?:\s?/\s?(?P<of>\d{2,3})"
    r"|\s+(?:out\s+)?of\s+(?:a\s+possible\s+)?(?P<whole>\d{2,3}))?"
    r"(?:\s?points?)?(?P<sign>\s?%|\s?percent)?(?:\s?points?|\s+disability)?\s+(?:on|by|per|for"
    r"|in)\s+(?:(?:the|an?|his|her|their|today's|revised|modified)\s+)*$",
    re.I,
)
SUPPOSED = compiled(
    r"\b(?:would|could|should|will|may|might|qualif\w+|requir\w+|needs?|wants?|if|unless|threshold|cut-?off"
    r"|goals?|target|aim\w*|hop\w+|expect\w*"
    r"|below|under|less\s+than|above|over|at\s+least|MCID|MCD|MDC|change\s+of|improv\w+\s+(?:of|by)|drop\s+of"
    r"|such\s+as|e\.g)\b[^.;]{0,50}$",
    re.I,
)
REACH = 48  # characters before an instrument in which its score may stand


def in_figures(words: str) -> str:
    """The words with the numbers that are spelled out in figures, each as long as its words: '       42'."""
    return SPELLED.sub(lambda one: f"{quantities.number(one.group()):.0f}".rjust(len(one.group())), words)


def ahead_of(text: str, start: int, hit: int) -> re.Match[str] | None:
    """The score that stands right before an instrument at `hit`, in figures or words, in a sentence from `start` on."""
    first = max(start, hit - REACH)
    covered = " " * first + in_figures(text[first:hit])
    found = AHEAD.search(covered, first)
    return found if found and not is_supposed(text, start, found.start()) else None


def is_supposed(text: str, start: int, first: int) -> bool:
    """Whether the words before a score tell of a rule, a hope or a change."""
    return bool(SUPPOSED.search(text, start, first))
