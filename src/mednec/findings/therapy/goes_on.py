"""A treatment that was begun in, whether it goes on out: what helps still, or was begun only last week."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled

BEGUN = compiled(
    r"\b(?:started(?: back)?(?: (?:him|her|them|the patient))?(?: on)?|placed on|put (?:him |her )?on|begun(?: on)?|"
    r"began(?: taking)?|"
    r"initiated(?: on)?|prescribed|given|switched to|changed to)\s+(?:[\w/-]+\s+){0,4}$",
    re.I,
)
HELPS_STILL = compiled(
    r"[^.;\n]{0,60}?\b(?:(?:this|it|that|which|they|these|and)\s+(?:has|have)\s+(?:\w+ly\s+|been\s+|really\s+|also\s+)*"
    r"(?:helped|helping|improved|improving|relieved|relieving|eased|controlled|controlling|worked|working|reduced|"
    r"decreased|"
    r"helpful|beneficial|effective|made)"
    r"|(?:is|are)\s+(?:\w+ly\s+|now\s+)*(?:helping|working|helpful|effective|controlling|easing|relieving)"
    r"|(?:this|it|that|which)\s+(?:\w+ly\s+)?(?:helps|works|eases|relieves|controls|seems to))\b",
    re.I,
)
OVER = compiled(
    r"\b(?:stopped|discontinued|quit|ran out|until|no longer|for \d|initially|at first|wore off|then|but|however|"
    r"in the past|previously)\b",
    re.I,
)
JUST_NOW = compiled(
    r"[^.;,\n]{0,24}?\b(?:last week|this (?:week|month)|yesterday|recently|(?:a|one|two|three|1|2|3|a few|a couple of) "
    r"(?:days?|weeks?) ago|\d{1,2} days ago)\b",
    re.I,
)
STARTED = compiled(
    r"\b(?:started|began|begun|starting|resumed)\s+(?:(?:on|taking|doing|attending|formal|a)\s+)*$", re.I
)


def goes_on(text: str, first: int, start: int, end: int, last: int) -> bool:
    """Whether what was begun before `start` is told between `end` and `last` to help now, or to be begun just now."""
    if STARTED.search(text, max(first, start - 40), start) and JUST_NOW.match(text, end, last):
        return not OVER.search(text, start, last)
    if not BEGUN.search(text, max(first, start - 60), start):
        return False
    return bool(HELPS_STILL.match(text, end, last)) and not OVER.search(text, first, last)
