"""A course in, its length out where it is told by the week or day it has come to: 'in week seven of neck PT'."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings import quantities
from mednec.findings.parse import Parsed

NUMBER = rf"(?:\d{{1,3}}|{quantities.SPELLED})"
ORDINALS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
)
COME_TO = compiled(
    r"\b(?:(?P<over>finish\w*|complet\w+|concluded|through|end of|after)\s+)?(?:the\s+|her\s+|his\s+|their\s+)?"
    rf"(?:(?P<ordinal>\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(ORDINALS)})(?P<last>\s+and\s+(?:last|final))?\s+week"
    rf"|week\s+(?P<week>{NUMBER})|day\s+(?P<day>{NUMBER}))\s+of\s+(?:(?:the|her|his|their|a|an|supervised|daily|"
    rf"formal|outpatient|home"
    r"|lumbar|cervical|thoracic|neck|back|low|spine|SI|course|of|directed|guided)\s+){0,4}\Z",
    re.I,
)
RELEASED = compiled(
    r"[^.;\n]{0,40}?\b(?:discharged|released|finished|completed|ended|concluded|graduated)\b"
    rf"(?:\s+(?:today|yesterday|on \S+|last \w+))?"
    rf"\s+after\s+(?:a (?:full|total of) )?(?P<weeks>{NUMBER})\s+(?:full\s+)?(?:weeks?|wks?)\b",
    re.I,
)

BROKEN_OFF = compiled(
    r"\b(?:stopp?ed|quit|left|dropped out|discontinued|gave up|given up|broke(?:n)? off|abandoned|aborted"
    r"|was lost|bailed)\b"
    r"(?:\s+(?:it|out|coming|going|attending|to follow-?up))?"
    rf"\s+(?:at|in|by|during|after)\s+(?:the\s+|only\s+|just\s+)?(?:(?P<weeks>{NUMBER})\s+(?:weeks?|wks?)\b"
    rf"|week\s+(?P<week>{NUMBER})\b|(?P<ordinal>\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(ORDINALS)})\s+week\b)",
    re.I,
)


def days_come_to(parsed: Parsed, start: int, end: int) -> int | None:
    """How many whole days of the therapy named between two offsets are over; None where it is not told so.

    The week that it is in does not count until it is said to be over.
    """
    sentence = parsed.sentence_at(start)
    if told := COME_TO.search(parsed.text, max(sentence.start, start - 90), start):
        over = bool(told["over"] or told["last"])
        if told["day"]:
            return int(quantities.number(told["day"])) - (not over)
        return 7 * (_weeks(told) - (not over)) or None
    if told := RELEASED.match(parsed.text, end, sentence.end):
        return 7 * int(quantities.number(told["weeks"]))
    return None


def days_until_broken_off(parsed: Parsed, end: int) -> int | None:
    """How many days of a therapy named up to an offset are told before it was broken off; None where it is not told."""
    told = BROKEN_OFF.search(parsed.text, end, parsed.sentence_at(end - 1).end)
    if told is None:
        return None
    if told["weeks"]:
        return 7 * int(quantities.number(told["weeks"]))
    return max(7 * (_weeks(told) - 1), 1)


def _weeks(told: re.Match[str]) -> int:
    ordinal = (told["ordinal"] or "").lower()
    if not ordinal:
        return int(quantities.number(told["week"]))
    return ORDINALS.index(ordinal) + 1 if ordinal in ORDINALS else int(ordinal[:-2])
