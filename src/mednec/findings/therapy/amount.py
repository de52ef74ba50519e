"""A course in, what is told of it out: neither length nor effect where it has only begun or was hardly attended."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from mednec.expressions.patterns import compiled
from mednec.findings import quantities
from mednec.findings.parse import Parsed
from mednec.findings.therapy.mention import Mention
from mednec.findings.therapy.week_of import days_come_to, days_until_broken_off
from mednec.model import Finding

NUMBER = rf"(?:\d{{1,3}}|{quantities.SPELLED})"
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8}
BEGUN = compiled(
    rf"\b(?:(?P<ordinal>\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(ORDINALS)})(?:\s+week)?|week\s+(?P<week>{NUMBER})|"
    rf"(?P<done>{NUMBER})\s+weeks?\s+in(?:to)?"
    rf"|(?P<start>start|beginning|outset))\s+(?:out\s+)?(?:of|in(?:to)?)\s+(?:an?\s+|the\s+|her\s+|his\s+)?(?:\w+\s+)?"
    rf"{NUMBER}[- ]?(?:weeks?|wks?|of\b)?",
    re.I,
)
HARDLY = compiled(
    r"\b(?:(?:hardly|barely|scarcely|almost|nearly)\s+(?:any|none|no)(?:\s+of)?\b|next to none of\b|(?:very\s+)?few "
    r"of\b|(?:only|just)\s+(?:a\s+)?(?:few|couple|handful|one|two|1|2)\s+of\b|missed most of\b|skipped most of\b|"
    r"(?:under|less than|fewer than|only|barely|not even|just)\s+(?:a\s+)?half\s+of\b|"
    r"(?:a|one)\s+(?:third|quarter|fraction|fifth)\s+of\b|"
    r"missed nearly all\b|missed almost all\b|missed all but\b|skipped all but\b)",
    re.I,
)
OF_MANY = compiled(
    rf"\b(?:out\s+)?of\s+(?:the\s+|her\s+|his\s+)?(?P<many>{NUMBER})\s+(?:[\w/]+\s+){{0,4}}?(?:visits|sessions|"
    rf"appointments|"
    rf"treatments)\b[^.;]{{0,40}}?\b(?:made|attended|kept|went to|came (?:to|for)|completed|used|showed up (?:for|to)|"
    rf"appeared (?:for|at))\s+(?:only\s+|just\s+|but\s+)?(?P<few>{NUMBER})\b",
    re.I,
)
PAIN_FREE = compiled(
    r"\b(?:since(?: then)?|now|currently|today|thereafter)[\s,]+(?:is |she is |he is |has been |completely |entirely "
    r"|totally |now )*(?:pain[- ]free|without (?:any )?pain)\b"
    r"|\bpain[- ]free (?:since|now|ever since|today)\b|\bno (?:more |further )?pain (?:since|now|any ?more)\b"
    r"|\bpain (?:is |has )?(?:now )?(?:completely |all )?"
    r"(?:gone(?!\s(?:up|down|from|to|back|on|into|higher|through|over)\b)|resolved)\b",
    re.I,
)
BACK_AGAIN = compiled(
    r"\b(?:until|return\w*|recur\w*|came back|comes back|again|if|not|never|hop\w+|goal|for \d|for (?:a|one|two|three"
    r"|four|five|six)\b|at rest|when)\b",
    re.I,
)
JUST_BEGUN = compiled(
    r"\b(?:first|initial|1st)\s+(?:\w+\s+)?(?:visit|session|appointment|dose|treatment|day)(?:\s+(?:was|is|on))?\s*[:,]?\s*(?:\w+day\s+)?"
    r"(?:today|yesterday|this\s+(?:morning|week|afternoon)|last\s+(?:night|week)|tomorrow|next)"
    r"|\b(?:start(?:ed|s|ing)?|beg[au]n|begins|opened|eval\w*)\s+(?:(?:it|PT|therapy|\w+ly|on)\s+)*(?:only\s+)?(?:today|yesterday|this\s+(?:morning|week)|tomorrow|next)\b",
    re.I,
)
COURSES = ("active", "passive")


def as_attended(parsed: Parsed, mention: Mention, told: dict[str, Any]) -> dict[str, Any]:
    """What is told of a course, without the length and effect of one that has hardly begun or was hardly attended."""
    if mention.group not in COURSES or told.get("status") not in ("past", "current"):
        return told
    sentence = parsed.sentence_at(mention.start)
    text, start, end = parsed.text, sentence.start, sentence.end
    if (begun := BEGUN.search(text, start, end)) and begun.end() <= mention.start + 40:
        weeks = _weeks(begun)
        full = {"duration_days": weeks * 7} if weeks else {}
        return {name: value for name, value in told.items() if name != "duration_days"} | full | {"status": "current"}
    if HARDLY.search(text, start, mention.start):
        return _hardly(told)
    if JUST_BEGUN.search(text, start, end):
        return {name: said for name, said in told.items() if name not in ("duration_days", "response")}
    if (few := OF_MANY.search(text, start, end)) and _number(few["few"]) * 2 < _number(few["many"]):
        return _hardly(told) | {"sessions": int(_number(few["few"]))}
    if broken := days_until_broken_off(parsed, mention.end):
        return told | {"duration_days": broken} if told.get("duration_days", 0) > broken else told
    come_to = None if "duration_days" in told else days_come_to(parsed, mention.start, mention.end) or _by_rhythm(told)
    return told | {"duration_days": come_to} if come_to else told


def _by_rhythm(told: dict[str, Any]) -> int | None:
    """How many days so many visits took at so many a week: '18 visits at 3 a week'."""
    visits, rhythm = told.get("sessions"), told.get("per_week")
    if not visits or not rhythm or not {"started", "ended"}.isdisjoint(told) or visits < rhythm:
        return None
    return int(7 * visits / rhythm)


def as_it_ended(parsed: Parsed, finding: Finding) -> Finding:
    """A treatment of a list at whose end the patient is free of pain: it did not help, and nothing is left to treat."""
    if finding.get("response") != "none":
        return finding
    sentence = parsed.sentence_at(finding.start)
    free = PAIN_FREE.search(parsed.text, finding.end, sentence.end)
    if free is None or BACK_AGAIN.search(parsed.text, sentence.start, sentence.end):
        return finding
    return replace(finding, attributes={name: said for name, said in finding.attributes.items() if name != "response"})


def _weeks(begun: re.Match[str]) -> int:
    """How many weeks are over."""
    if done := begun["done"]:
        return int(_number(done))
    if begun["start"]:
        return 0
    ordinal = begun["ordinal"]
    if not ordinal:
        return int(_number(begun["week"])) - 1
    return (ORDINALS[ordinal.lower()] if ordinal.lower() in ORDINALS else int(ordinal[:-2])) - 1


def _hardly(told: dict[str, Any]) -> dict[str, Any]:
    gone = ("duration_days", "per_week", "response", "sessions")
    return {name: value for name, value in told.items() if name not in gone} | {"adherence": "nonadherent"}


def _number(words: str) -> float:
    return quantities.number(words)
