"""A treatment in a list in, the course out that the list as a whole is told to have had.

'PT and naproxen for 8 weeks', 'seven weeks of PT and ibuprofen': what stands behind the last of a joined list, or
before the first, holds for each of them that has no course of its own.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from mednec.expressions.patterns import compiled
from mednec.findings import quantities
from mednec.findings.parse import Parsed
from mednec.findings.sentences import MARK
from mednec.findings.therapy.course import course
from mednec.findings.therapy.mention import Mention
from mednec.findings.therapy.scope import Group, around

JOINED = compiled(
    r"\s*/\s*|[^.;:\n]{0,60}?(?:\b(?:and|with|plus|along with|together with|as well as)\b|w/|&|\+)[^.;:\n]{0,40}", re.I
)
WITHIN = compiled(r"\bwith\b|w/", re.I)
OF_A_COURSE = ("duration_days", "started", "ended")
KINDS = ("medication", "active", "passive", "self_care")
HEADED = compiled(
    r"\b(?:for|x|over)\s+(?:about\s+|>\s*)?(?P<length>[^:;.\n]{3,20}?)(?:\s*,[^:;.\n]{0,30})?\s*:\s*$", re.I
)
OVER = compiled(  # in the line above a list
    r"\b(?:treat(?:ments?|ed)|therap(?:y|ies)|care|management|measures|tried|failed)\b(?:\s(?:tried|done|given|"
    r"failed))?[\s,(]*"
    r"(?:(?:for|x|over|during|in|lasting|of)\s)?(?:the\s)?(?:(?:last|past|at least|more than|over|>=?|\u2265)\s*)?"
    r"(?P<length>(?:\d{1,2}|[a-z]{3,6})[\s-](?:weeks?|wks?|months?|mos?))\b",
    re.I,
)
OF_PAIN = compiled(
    r"\s+(?:of|with)\s+(?:\w+\s){0,3}?(?:pain|symptoms?|sciatica|ache)|\s+(?:ago|after|before|history)\b", re.I
)
FAR = 500  # characters above a treatment in which the line that heads its list stands
EACH = compiled(
    r"(?P<length>(?:\w+|\d+)\s+(?:weeks?|wks?|months?|mos?))\s+(?:each\s+)?(?:of|on)\s+"
    r"(?:(?:[a-z-]+\s+){0,2}?(?:conservative|non-?\s?operative|non-?\s?invasive|non-?\s?surgical)\s+"
    r"(?:care|treatments?|therapy|management|measures)\s*(?:with|including|consisting of|by|via|[:,(])\s*"
    r"(?:(?:an?\s)?(?:oral\s)?medications?\s*\()?)?$"
    r"|(?P<every>(?:\w+|\d+)\s+(?:weeks?|wks?|months?|mos?))\s+each\s+(?:of|on|for|with)\s+(?:[\w/-]+\s+){0,3}$",
    re.I,
)


def shared_length(parsed: Parsed, group: Group, mention: Mention) -> dict[str, Any]:
    """The course that a treatment shares with its list: told in the same sentence, else in the line above the list."""
    told = list_course(parsed.text, group, group.mentions.index(mention))
    if told or mention.group == "injection":
        return told
    return headed_course(parsed, mention.start) or _over_all(parsed, group)


def is_last_of_list(text: str, group: Group, mention: Mention) -> bool:
    """Whether what is told behind a treatment is told of it alone, as it ends its list or its list is not joined."""
    return mention is group.mentions[-1] or mention.group == "injection" or not _is_joined(text, group)


def list_course(text: str, group: Group, index: int) -> dict[str, Any]:
    """The course that the mention at `index` of a group shares with its list; empty where none is told of all."""
    mentions = group.mentions
    if len(mentions) < 2 or any(one.group not in KINDS for one in mentions) or not _is_joined(text, group):
        return {}
    if index < len(mentions) - 1 and (told := _behind(text, group)):
        return told
    return _ahead(text, group)


def headed_course(parsed: Parsed, start: int) -> dict[str, Any]:
    """The length that the line above a list gives its items: 'Conservative care for 6 weeks:', then '- PT', '- "
    "naproxen'."""
    lines = parsed.text[max(0, start - FAR) : start].split("\n")
    if not MARK.match(lines[-1] + parsed.text[start : start + 1]):
        return {}
    above = next((line for line in reversed(lines[:-1]) if not MARK.match(line)), "")
    match = OVER.search(above)
    if match is None or OF_PAIN.match(above, match.end()):
        return {}
    lengths = list(quantities.durations(above, *match.span("length")))
    return {"duration_days": lengths[0].value} if len(lengths) == 1 else {}


def _is_joined(text: str, group: Group) -> bool:
    """Whether 'and' or the like joins the last two, so that what follows may be of all, or a colon opens the list."""
    before, last = group.mentions[-2:]
    opened = HEADED.search(text, max(group.sentence.start, group.start - 60), group.start)
    return bool(JOINED.fullmatch(text, before.end, last.start) or opened)


def _behind(text: str, group: Group) -> dict[str, Any]:
    """The course told behind the last of the list."""
    last = group.mentions[-1]
    near = replace(around(text, group, last), before=last.start, lead=(last.start, last.start))
    return {name: value for name, value in course(near).items() if name in OF_A_COURSE}


def _ahead(text: str, group: Group) -> dict[str, Any]:
    """The length told before the first of the list: 'for six weeks: ...', 'six weeks each of ...'."""
    start = max(group.sentence.start, group.start - 60)
    match = HEADED.search(text, start, group.start) or EACH.search(text, start, group.start)
    if match and match[0].endswith("of ") and WITHIN.search(text, group.mentions[0].end, group.mentions[-1].start):
        return {}  # '6 weeks of PT with a home program': the weeks are those of the former
    if not match:
        return {}
    name = "every" if match.groupdict().get("every") else "length"
    lengths = list(quantities.durations(text, *match.span(name)))
    return {"duration_days": lengths[0].value} if len(lengths) == 1 else {}


def _over_all(parsed: Parsed, group: Group) -> dict[str, Any]:
    """The length that opens a sentence and holds for all in it: 'Over 8 weeks: PT failed, ice failed'."""
    sentence = group.sentence
    named = parsed.within(sentence.start, group.end, "therapy")
    match = HEADED.search(parsed.text, sentence.start, named[0].start) if named else None
    lengths = list(quantities.durations(parsed.text, *match.span("length"))) if match else []
    return {"duration_days": lengths[0].value} if len(lengths) == 1 else {}
